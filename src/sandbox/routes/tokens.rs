//! A user's own API tokens.
//!
//! A token that has scopes is for the service that they name (MCP), and opens none of the routes here; one
//! without does all that its owner may do.

use axum::http::StatusCode;
use jiff::Timestamp;
use redb::ReadableTable;
use serde_json::json;

use super::super::{
    answers::{Answer, Fault},
    body::Form,
    call::{Call, Member},
    ids,
    model::{SEALED, TOKENS, Token},
    records,
};

/// What a token can be limited to.
const SCOPES: [&str; 2] = ["mcp:read", "mcp:write"];

/// The most characters of a token's name.
const LONGEST_NAME: usize = 100;

/// `GET /api/v1/org/account/tokens`: those of the caller.
pub(super) fn list(call: &Call<'_>) -> Result<Answer, Fault> {
    let user = &call.member()?.token.user;
    let mut tokens: Vec<Token> = all(call)?.into_iter().map(|(_, token)| token).collect();
    tokens.retain(|token| token.user == *user);
    tokens.sort_by_key(|token| token.id);
    let shown = |token: &Token| {
        json!({
            "id": token.id,
            "name": token.name,
            "expires_at": end(token),
            "created_at": token.created_at,
            "revoked_at": token.revoked_at,
            "last_used_at": token.last_used_at,
            "revoked": token.revoked_at.is_some(),
            "scopes": token.scopes,
        })
    };
    Answer::json(&tokens.iter().map(shown).collect::<Vec<_>>())
}

/// When it ends; empty where it does not: this field is never null.
fn end(token: &Token) -> &str {
    token.expires_at.as_deref().unwrap_or_default()
}

/// `POST /api/v1/org/account/tokens`: the only answer that holds the token itself.
pub(super) fn create(call: &Call<'_>) -> Result<Answer, Fault> {
    let member = call.member()?;
    let mut form = call.form()?;
    let (name, expires_at, scopes) = (name(&mut form), expiry(&mut form, call.now), scopes(&mut form));
    let (name, scopes) = form.finish(name.zip(scopes))?;
    let token = Token {
        id: ids::id(call.now, 0)?,
        name,
        user: member.token.user.clone(),
        created_at: call.now.to_string(),
        expires_at: expires_at.map(|end| end.to_string()),
        scopes,
        ..Token::default()
    };
    let text = ids::random_text("ankra-sandbox-token-")?;
    records::put(call.tx, TOKENS, &ids::sha256(text.expose()), &token)?;
    let kind = if token.scopes.is_empty() { "api" } else { "mcp" };
    let made = json!({ "id": token.id, "token": text.expose(), "expires_at": end(&token), "type": kind });
    Ok(Answer { status: StatusCode::CREATED, ..Answer::json(&made)? })
}

fn name(form: &mut Form) -> Option<String> {
    let name = form.text("name")?.expose().trim().to_owned();
    let complaint = match name.chars().count() {
        0 => Some(("Value error, the name must not be empty", "value_error")),
        1..=LONGEST_NAME if name.chars().any(char::is_control) => {
            Some(("Value error, the name must not have control characters", "value_error"))
        }
        1..=LONGEST_NAME => None,
        _ => Some(("String should have at most 100 characters", "string_too_long")),
    };
    let Some((msg, kind)) = complaint else { return Some(name) };
    form.complain("name", msg, kind);
    None
}

/// The end that is asked for; complains of one that is not ahead.
fn expiry(form: &mut Form, now: Timestamp) -> Option<Timestamp> {
    let text = form.optional_text("expires_at")?;
    let Ok(end) = text.expose().parse::<Timestamp>() else {
        form.complain("expires_at", "Input should be a valid datetime", "datetime_parsing");
        return None;
    };
    if end <= now {
        form.complain("expires_at", "Value error, expires_at must be in the future", "value_error");
    }
    Some(end)
}

fn scopes(form: &mut Form) -> Option<Vec<String>> {
    let mut scopes: Vec<String> = Vec::new();
    for scope in form.optional_texts("scopes")? {
        if !SCOPES.contains(&scope.expose()) {
            form.complain("scopes", "Input should be 'mcp:read' or 'mcp:write'", "literal_error");
            return None;
        }
        scopes.push(scope.expose().to_owned());
    }
    scopes.sort_unstable();
    scopes.dedup();
    Some(scopes)
}

/// Every token, by its hash.
fn all(call: &Call<'_>) -> Result<Vec<([u8; 32], Token)>, Fault> {
    let table = call.tx.open_table(TOKENS)?;
    let mut tokens = Vec::new();
    for entry in table.iter()? {
        let (hash, token) = entry?;
        tokens.push((*hash.value(), serde_json::from_str(token.value())?));
    }
    Ok(tokens)
}

/// The token of the path and its hash: one's own, or with `permission` anyone's.
fn chosen(call: &Call<'_>, permission: &str) -> Result<([u8; 32], Token), Fault> {
    let Member { token: caller, role, .. } = call.member()?;
    let id = call.id("id")?;
    let found = all(call)?.into_iter().find(|(_, token)| token.id == id);
    let own = found.as_ref().is_some_and(|(_, token)| token.user == caller.user);
    if !own && !role.may(permission) {
        return Err(Fault::denied(permission));
    }
    found.ok_or_else(|| Fault::not_found("Token"))
}

fn done() -> Result<Answer, Fault> {
    Answer::json(&json!({ "success": true }))
}

/// `POST /api/v1/org/account/tokens/{id}/revoke`. Revoking twice is not an error.
pub(super) fn revoke(call: &Call<'_>) -> Result<Answer, Fault> {
    let (hash, mut token) = chosen(call, "tokens.revoke")?;
    token.revoked_at.get_or_insert_with(|| call.now.to_string());
    records::put(call.tx, TOKENS, &hash, &token)?;
    done()
}

/// `DELETE /api/v1/org/account/tokens/{id}`: of one that was revoked.
pub(super) fn delete(call: &Call<'_>) -> Result<Answer, Fault> {
    let (hash, token) = chosen(call, "tokens.delete")?;
    if token.revoked_at.is_none() {
        return Err(Fault::detail(StatusCode::CONFLICT, "Token is active: revoke it first"));
    }
    call.tx.open_table(TOKENS)?.remove(&hash)?;
    call.tx.open_table(SEALED)?.remove(token.id.as_u128())?;
    done()
}
