//! Signing in with a browser, with PKCE (RFC 7636): the token goes to whoever holds the
//! verifier, and to nobody who only saw the page's address.
//!
//! There is no password here: opening the page approves the login as `admin`.

use axum::http::StatusCode;
use base64ct::{Base64UrlUnpadded, Encoding};
use jiff::SignedDuration;
use redb::ReadableTable;
use serde_json::json;

use super::super::{
    answers::{Answer, Fault},
    call::Call,
    ids,
    model::{LOGINS, Login, TOKENS, Token},
    records, seed,
};

/// How long a login may take.
const PATIENCE: SignedDuration = SignedDuration::from_mins(10);

/// How long its token is good for.
const VALIDITY: SignedDuration = SignedDuration::from_hours(30 * 24);

/// How many logins may wait; then the one that would end first is forgotten.
const WAITING: usize = 1000;

pub(super) fn begin(call: &Call<'_>) -> Result<Answer, Fault> {
    let challenge = call.required_query("code_challenge")?;
    // SHA-256 in base64url without padding.
    if challenge.len() != 43 || !challenge.bytes().all(|b| b.is_ascii_alphanumeric() || b"-_".contains(&b)) {
        let msg = "Value error, the challenge is base64url(SHA-256(verifier)) without padding";
        return Err(Fault::invalid(&["query", "code_challenge"], msg, "value_error"));
    }
    forget(call)?;
    let name: String = call.query("machine_name").unwrap_or_default();
    let name: String = name.chars().filter(|c| c.is_ascii_graphic() || *c == ' ').take(60).collect();
    let login = Login {
        challenge,
        machine_name: if name.trim().is_empty() { "browser login".to_owned() } else { name },
        expires: (call.now + PATIENCE).as_second(),
        approved: false,
    };
    let ticket = ids::random_text("")?;
    let hash = ids::sha256(ticket.expose());
    records::put(call.tx, LOGINS, &hash, &login)?;
    // It tells which login is meant, and nothing of the ticket.
    let state = Base64UrlUnpadded::encode_string(&hash);
    let page = format!("http://{}/sandbox/login?state={state}", call.address);
    Answer::json(&json!({ "auth_url": page, "state": state, "ticket": ticket.expose() }))
}

/// Forgets logins that ended an hour ago, and the oldest where there are too many.
fn forget(call: &Call<'_>) -> Result<(), Fault> {
    let long_ago = (call.now - SignedDuration::from_hours(1)).as_second();
    let mut table = call.tx.open_table(LOGINS)?;
    let mut logins = Vec::new();
    for entry in table.iter()? {
        let (hash, login) = entry?;
        logins.push((serde_json::from_str::<Login>(login.value())?.expires, *hash.value()));
    }
    logins.sort_unstable();
    let over = logins.partition_point(|(expires, _)| *expires < long_ago);
    for (_, hash) in &logins[..over.max((logins.len() + 1).saturating_sub(WAITING))] {
        table.remove(hash)?;
    }
    Ok(())
}

/// `GET /sandbox/login?state=`: the page that `auth_url` leads to.
pub(super) fn approve(call: &Call<'_>) -> Result<Answer, Fault> {
    let state = call.query("state").unwrap_or_default();
    // What is no state leads to no login.
    let hash: Option<[u8; 32]> = Base64UrlUnpadded::decode_vec(&state).ok().and_then(|h| h.try_into().ok());
    let hash = hash.unwrap_or_default();
    let page = |status, text| Fault(Box::new(Answer::page(status, text)));
    let Some(mut login) = records::get::<_, Login>(call.tx, LOGINS, &hash)? else {
        return Err(page(StatusCode::NOT_FOUND, "There is no such login."));
    };
    if login.expires <= call.now.as_second() {
        return Err(page(StatusCode::GONE, "This login took too long. Begin a new one."));
    }
    login.approved = true;
    records::put(call.tx, LOGINS, &hash, &login)?;
    Ok(Answer::page(StatusCode::OK, "You are signed in to the sandbox as admin. You can close this page."))
}

pub(super) fn poll(call: &Call<'_>) -> Result<Answer, Fault> {
    let mut form = call.form()?;
    let (ticket, verifier) = (form.text("ticket"), form.text("code_verifier"));
    let (ticket, verifier) = form.finish(ticket.zip(verifier))?;
    let hash = ids::sha256(ticket.expose());
    let login = records::get::<_, Login>(call.tx, LOGINS, &hash)?
        .filter(|login| login.expires > call.now.as_second())
        .ok_or_else(|| Fault::detail(StatusCode::GONE, "Login has expired or was collected"))?;
    if Base64UrlUnpadded::encode_string(&ids::sha256(verifier.expose())) != login.challenge {
        return Err(Fault::detail(StatusCode::FORBIDDEN, "Code verifier was refused"));
    }
    if !login.approved {
        return Answer::json(&json!({
            "token": "",
            "expires_at": null,
            "token_id": null,
            "token_name": null,
            "mfa_required": false,
            "status": "awaiting_approval",
        }));
    }
    // Collected once.
    call.tx.open_table(LOGINS)?.remove(&hash)?;
    let text = ids::random_text("ankra-sandbox-login-")?;
    let token = Token {
        id: ids::id(call.now, 0)?,
        name: login.machine_name,
        user: seed::ADMIN.to_owned(),
        created_at: call.now.to_string(),
        expires_at: Some((call.now + VALIDITY).to_string()),
        ..Token::default()
    };
    records::put(call.tx, TOKENS, &ids::sha256(text.expose()), &token)?;
    Answer::json(&json!({
        "token": text.expose(),
        "expires_at": token.expires_at,
        "token_id": token.id,
        "token_name": token.name,
        "mfa_required": false,
        "status": "approved",
    }))
}
