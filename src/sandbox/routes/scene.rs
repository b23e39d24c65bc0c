//! The sandbox's own routes: to set a scene, and to see what happened.

use axum::http::StatusCode;
use redb::ReadableTable;
use serde_json::{Map, json};

use super::super::{
    answers::{Answer, Fault},
    call::Call,
    ids,
    model::{
        AUDIT, CLUSTERS, Cluster, Credential, META, ORGANISATIONS, Organisation, REGISTRIES, Registry, Role,
        USERS,
    },
    records,
};

/// The most credentials that one call makes.
const FILL_LIMIT: u64 = 100_000;

/// The most characters of an organisation's name or slug.
const LONGEST_NAME: usize = 200;

/// `GET /sandbox/audit`: the log of all organisations, newest last, without this request.
pub(super) fn audit(call: &Call<'_>) -> Result<Answer, Fault> {
    let mut body = vec![b'['];
    for entry in call.tx.open_table(AUDIT)?.iter()? {
        if body.len() > 1 {
            body.push(b',');
        }
        body.extend_from_slice(entry?.1.value().as_bytes());
    }
    body.push(b']');
    Ok(Answer::raw(StatusCode::OK, body))
}

/// `POST /sandbox/organisations`: one that the caller owns. What the platform never promised holds of it: it
/// may lack a name or a slug, or have those of another, or any characters in them.
pub(super) fn organisation(call: &Call<'_>) -> Result<Answer, Fault> {
    let mut form = call.form()?;
    let mut text = |key| {
        let text = form.optional_text(key)?.expose().to_owned();
        if text.chars().count() > LONGEST_NAME {
            form.complain(key, "String should have at most 200 characters", "string_too_long");
        }
        Some(text)
    };
    let texts = (text("name"), text("slug"));
    let (name, slug) = form.finish(Some(texts))?;
    let member = call.member()?;
    let id = ids::id(call.now, 0)?;
    let created_at = Some(call.now.to_string());
    let organisation =
        Organisation { organisation_id: id, name, slug, created_at, ..Organisation::default() };
    records::put(call.tx, ORGANISATIONS, id.as_u128(), &organisation)?;
    let mut user = member.user.clone();
    user.memberships.push((id, Role::Owner));
    records::put(call.tx, USERS, member.token.user.as_str(), &user)?;
    Answer::json(&json!({ "success": true, "id": id }))
}

/// `POST /sandbox/clusters`: a cluster that uses the credential named.
pub(super) fn cluster(call: &Call<'_>) -> Result<Answer, Fault> {
    let mut form = call.form()?;
    let (name, kind, credential) = (form.name(), form.text("kind"), form.text("credential"));
    let (name, (kind, credential)) = form.finish(name.zip(kind.zip(credential)))?;
    let organisation = call.organisation()?;
    let credential_id = records::find(call.tx, organisation, credential.expose())?
        .ok_or_else(|| Fault::not_found("Credential"))?;
    let cluster = Cluster {
        id: ids::id(call.now, 0)?,
        name: name.to_string(),
        kind: kind.expose().to_owned(),
        created_at: call.now.to_string(),
        credential_id,
    };
    records::put(call.tx, CLUSTERS, (organisation.as_u128(), cluster.id.as_u128()), &cluster)?;
    Answer::json(&json!({ "success": true, "id": cluster.id }))
}

/// `POST /sandbox/registries`: a chart registry; its credential, if any, has to exist. Its last sync may have failed.
pub(super) fn registry(call: &Call<'_>) -> Result<Answer, Fault> {
    let mut form = call.form()?;
    let (name, url, credential) = (form.name(), form.text("url"), form.optional_text("credential_name"));
    let last_sync_error = form.optional_text("last_sync_error").map(|why| why.expose().to_owned());
    let (name, url) = form.finish(name.zip(url))?;
    let organisation = call.organisation()?;
    if call.tx.open_table(REGISTRIES)?.get((organisation.as_u128(), name.as_str()))?.is_some() {
        let text = format!("A registry named '{name}' already exists in this organisation");
        return Err(Fault::detail(StatusCode::CONFLICT, &text));
    }
    if let Some(credential) = &credential
        && records::row_by_name(call.tx, organisation, credential.expose(), "registry")?.is_none()
    {
        return Err(Fault::not_found("Credential"));
    }
    let registry = Registry {
        id: ids::id(call.now, 0)?,
        name: name.to_string(),
        url: url.expose().to_owned(),
        credential_name: credential.map(|name| name.expose().to_owned()),
        created_at: call.now.to_string(),
        last_sync_error,
    };
    records::put(call.tx, REGISTRIES, (organisation.as_u128(), name.as_str()), &registry)?;
    Answer::json(&json!({ "success": true, "id": registry.id }))
}

/// `POST /sandbox/fill`: `load-1`, `load-2`, ..., going on from the last call.
pub(super) fn fill(call: &Call<'_>) -> Result<Answer, Fault> {
    let mut form = call.form()?;
    let count = form.number("count", 1..=FILL_LIMIT);
    let count = form.finish(count)?;
    let organisation = call.organisation()?;
    let mut meta = call.tx.open_table(META)?;
    let filled = meta.get("filled")?.and_then(|n| n.value().try_into().ok().map(u64::from_be_bytes));
    let mut number = filled.unwrap_or(0);
    let mut made = 0;
    while made < count {
        number += 1;
        let name = format!("load-{number}");
        if records::find(call.tx, organisation, &name)?.is_some() {
            continue;
        }
        let row = Credential::new(ids::id(call.now, made)?, organisation, &name, "hetzner", call.now);
        let secret = ids::random_text("")?;
        records::put_credential(call.tx, call.vault, &row, &Map::new(), &[("api_token", secret)])?;
        made += 1;
    }
    meta.insert("filled", number.to_be_bytes().as_slice())?;
    Answer::json(&json!({ "success": true, "count": count }))
}
