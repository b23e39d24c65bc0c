//! Organisations and tokens.

use redb::ReadableTable;
use serde_json::json;

use super::super::{
    answers::{Answer, Fault},
    call::Call,
    caller::membership,
    ids,
    model::{ORGANISATIONS, Organisation, TOKENS, Token, USERS},
    records,
};

pub(super) fn organisations(call: &Call<'_>) -> Result<Answer, Fault> {
    let user = &call.member()?.user;
    let mut organisations = Vec::new();
    for (id, role) in &user.memberships {
        let found = records::get(call.tx, ORGANISATIONS, id.as_u128())?;
        let Some(Organisation { name, .. }) = found else { continue };
        organisations.push(json!({
            "organisation_id": id,
            "name": name,
            "slug": name,
            "user_current": *id == user.current,
            "status": "active",
            "role": role,
        }));
    }
    Answer::json(&organisations)
}

/// `POST /api/v1/org/organisation/switch`: for the user, so for all of their tokens.
pub(super) fn switch(call: &Call<'_>) -> Result<Answer, Fault> {
    let mut form = call.form()?;
    let id = form.text("organisation_id");
    let id = form.finish(id)?;
    let id = ids::parse_uuid(id.expose(), &["body", "organisation_id"])?;
    let member = call.member()?;
    let (organisation, _) = membership(call.tx, &member.user, id)?;
    let mut user = member.user.clone();
    user.current = id;
    records::put(call.tx, USERS, member.token.user.as_str(), &user)?;
    Answer::json(&json!({ "success": true, "message": format!("Switched to {}", organisation.name) }))
}

/// `GET /api/v1/org/account/tokens`: those of the caller.
pub(super) fn tokens(call: &Call<'_>) -> Result<Answer, Fault> {
    let user = &call.member()?.token.user;
    let mut tokens: Vec<Token> = all_tokens(call)?.into_iter().map(|(_, token)| token).collect();
    tokens.retain(|token| token.user == *user);
    tokens.sort_by_key(|token| token.id);
    let shown = |token: &Token| {
        let mut shown = json!(token);
        shown["revoked"] = token.revoked_at.is_some().into();
        shown.as_object_mut().map(|fields| fields.remove("user"));
        shown
    };
    Answer::json(&tokens.iter().map(shown).collect::<Vec<_>>())
}

/// Every token, by its hash.
fn all_tokens(call: &Call<'_>) -> Result<Vec<([u8; 32], Token)>, Fault> {
    let table = call.tx.open_table(TOKENS)?;
    let mut tokens = Vec::new();
    for entry in table.iter()? {
        let (hash, token) = entry?;
        tokens.push((*hash.value(), serde_json::from_str(token.value())?));
    }
    Ok(tokens)
}

/// `POST /api/v1/org/account/tokens/{id}/revoke`: one's own, or with the permission
/// `tokens.revoke` anyone's. Revoking twice is not an error.
pub(super) fn revoke(call: &Call<'_>) -> Result<Answer, Fault> {
    let member = call.member()?;
    let id = call.id("id")?;
    let found = all_tokens(call)?.into_iter().find(|(_, token)| token.id == id);
    let own = found.as_ref().is_some_and(|(_, token)| token.user == member.token.user);
    if !own && !member.role.may("tokens.revoke") {
        return Err(Fault::denied("tokens.revoke"));
    }
    let (hash, mut token) = found.ok_or_else(|| Fault::not_found("Token"))?;
    token.revoked_at.get_or_insert_with(|| call.now.to_string());
    records::put(call.tx, TOKENS, &hash, &token)?;
    Answer::json(&json!({ "success": true }))
}
