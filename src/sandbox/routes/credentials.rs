//! Credentials of every kind.

use axum::http::StatusCode;
use redb::ReadableTable;
use serde_json::{Map, Value, json};
use uuid::Uuid;

use super::super::{
    answers::{Answer, Fault},
    body::NAME_RULE,
    call::Call,
    caller::membership,
    ids,
    model::{CLUSTERS, Cluster, Credential},
    records,
};
use crate::platform::CredentialName;

pub(super) fn list(call: &Call<'_>) -> Result<Answer, Fault> {
    list_of(call, call.query("provider").as_deref())
}

/// The credentials of a provider, or all: the stored entries, joined.
pub(super) fn list_of(call: &Call<'_>, provider: Option<&str>) -> Result<Answer, Fault> {
    let mut body = vec![b'['];
    records::for_each(call.tx, call.organisation()?, provider, |_, row| {
        if body.len() > 1 {
            body.push(b',');
        }
        body.extend_from_slice(row.as_bytes());
        Ok(())
    })?;
    body.push(b']');
    Ok(Answer::raw(StatusCode::OK, body))
}

/// `GET /api/v1/org/credentials/{id}`: the entry, what is not secret of its fields, and
/// what uses it. The platform may answer with secret fields as well; the sandbox never does.
pub(super) fn get(call: &Call<'_>) -> Result<Answer, Fault> {
    let organisation = call.organisation()?;
    let id = call.id("id")?;
    let mut detail: Map<String, Value> =
        records::row(call.tx, organisation, id)?.ok_or_else(|| Fault::not_found("Credential"))?;
    detail.extend(records::extras(call.tx, id)?);
    detail.insert("clusters".to_owned(), clusters(call, organisation, id)?.into());
    detail.insert("operations".to_owned(), json!([]));
    let name = detail.get("name").and_then(Value::as_str).map(str::to_owned);
    Ok(Answer::json(&detail)?.about(&name.unwrap_or_default()))
}

fn clusters(call: &Call<'_>, organisation: Uuid, credential: Uuid) -> Result<Vec<Value>, Fault> {
    let table = call.tx.open_table(CLUSTERS)?;
    let organisation = organisation.as_u128();
    let mut clusters = Vec::new();
    for entry in table.range((organisation, u128::MIN)..=(organisation, u128::MAX))? {
        let cluster: Cluster = serde_json::from_str(entry?.1.value())?;
        if cluster.credential_id == credential {
            let mut shown = json!(cluster);
            shown.as_object_mut().map(|fields| fields.remove("credential_id"));
            clusters.push(shown);
        }
    }
    Ok(clusters)
}

pub(super) fn validate(call: &Call<'_>) -> Result<Answer, Fault> {
    let name = call.required_query("credential_name")?;
    let message = match name.parse::<CredentialName>() {
        Err(_) => Some(NAME_RULE.to_owned()),
        Ok(name) => call.taken(&name)?,
    };
    Answer::json(&json!({ "valid": message.is_none(), "message": message }))
}

/// `DELETE /api/v1/org/credentials/{id}?organisation_id=`. What uses the credential does
/// not keep it from being deleted.
pub(super) fn delete(call: &Call<'_>) -> Result<Answer, Fault> {
    let member = call.member()?;
    let id = call.id("id")?;
    let organisation = match call.query("organisation_id") {
        None => member.organisation.organisation_id,
        Some(chosen) => {
            let chosen = ids::parse_uuid(&chosen, &["query", "organisation_id"])?;
            let (_, role) = membership(call.tx, &member.user, chosen)?;
            if !role.may("credentials.delete") {
                return Err(Fault::denied("credentials.delete"));
            }
            chosen
        }
    };
    let row: Option<Credential> = records::row(call.tx, organisation, id)?;
    let row = row.ok_or_else(|| Fault::not_found("Credential").about(&id))?;
    records::remove(call.tx, organisation, id, &row.name)?;
    Ok(Answer::success().about(&row.name))
}
