//! Signing in with a browser, with PKCE (RFC 7636): the token goes to whoever holds the
//! verifier, and to nobody who only saw the page's address.
//!
//! The platform begins a login by a GET, which any web page can have a browser send. So nothing is kept of a
//! login that waits: its ticket holds all there is to know, sealed, and no login can push out another. What a
//! person decides on the page (`sign_in.rs`) is kept until the login's time is over.

use axum::http::StatusCode;
use base64ct::{Base64UrlUnpadded, Encoding};
use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize, de::DeserializeOwned};
use serde_json::json;
use uuid::Uuid;
use zeroize::Zeroizing;

use super::super::{
    answers::{Answer, Fault},
    call::Call,
    ids,
    model::{Decided, Decision, LOGINS, TOKENS, Token},
    records, seed,
    vault::Vault,
};
use crate::secret::Secret;

/// How long a login may take.
const PATIENCE: SignedDuration = SignedDuration::from_mins(10);

/// How long its token is good for.
const VALIDITY: SignedDuration = SignedDuration::from_hours(30 * 24);

/// The most that is read of a ticket, a state or a code.
pub(super) const LONGEST: usize = 2_048;

/// What a ticket holds.
#[derive(Deserialize, Serialize)]
struct Login {
    challenge: String,
    machine_name: Option<String>,
    /// Unix seconds.
    expires: i64,
}

/// What the page's address holds: which login is meant, and nothing that its ticket is good for.
#[derive(Deserialize, Serialize)]
pub(super) struct State {
    /// The key in [`LOGINS`].
    pub(super) login: String,
    pub(super) machine_name: Option<String>,
    /// Unix seconds.
    pub(super) expires: i64,
}

/// The key in [`LOGINS`] of the login whose ticket this is.
fn key(ticket: &str) -> String {
    Base64UrlUnpadded::encode_string(&ids::sha256(ticket))
}

pub(super) fn begin(call: &Call<'_>) -> Result<Answer, Fault> {
    let challenge = call.required_query("code_challenge")?;
    // SHA-256 in base64url without padding.
    if challenge.len() != 43 || !challenge.bytes().all(|b| b.is_ascii_alphanumeric() || b"-_".contains(&b)) {
        let msg = "Value error, the challenge is base64url(SHA-256(verifier)) without padding";
        return Err(Fault::invalid(&["query", "code_challenge"], msg, "value_error"));
    }
    let name: String = call.query("machine_name").unwrap_or_default();
    let is_plain = |c: &char| c.is_alphanumeric() || c.is_ascii_graphic() || *c == ' ';
    let name: String = name.chars().filter(is_plain).take(60).collect();
    let machine_name = Some(name.trim().to_owned()).filter(|name| !name.is_empty());
    let (ticket, state) = issue(call.vault, challenge, machine_name, call.now + PATIENCE)?;
    let page = format!("http://{}/sandbox/login?state={state}", call.address);
    Answer::json(&json!({ "auth_url": page, "state": state, "ticket": ticket.expose() }))
}

/// A ticket, and the state for its page.
pub(in crate::sandbox) fn issue(
    vault: &Vault,
    challenge: String,
    machine_name: Option<String>,
    end: Timestamp,
) -> Result<(Secret, String), Fault> {
    let expires = end.as_second();
    let ticket = sealed(vault, &Login { challenge, machine_name: machine_name.clone(), expires })?;
    let state = State { login: key(&ticket), machine_name, expires };
    Ok((Secret::new(ticket), sealed(vault, &state)?))
}

/// `value` as a text that only this sandbox reads.
pub(super) fn sealed(vault: &Vault, value: &impl Serialize) -> Result<String, Fault> {
    let mut id = [0; 16];
    ids::randomise(&mut id)?;
    let plain = Zeroizing::new(serde_json::to_vec(value)?);
    let sealed = vault.seal(Uuid::from_bytes(id), &plain)?;
    Ok(Base64UrlUnpadded::encode_string(&[id.as_slice(), &sealed].concat()))
}

/// What [`sealed`] made a text of; `None`: it made none of it, or not of a `T`.
pub(super) fn unsealed<T: DeserializeOwned>(vault: &Vault, text: &str) -> Option<T> {
    let bytes = Base64UrlUnpadded::decode_vec(Some(text).filter(|text| text.len() <= LONGEST)?).ok()?;
    let (id, sealed) = bytes.split_first_chunk::<16>()?;
    serde_json::from_slice(&vault.open_sealed(Uuid::from_bytes(*id), sealed)?).ok()
}

/// There is no token yet; `status` says what is missing.
fn still(status: &str, mfa_required: bool) -> Result<Answer, Fault> {
    Answer::json(&json!({
        "token": "",
        "expires_at": null,
        "token_id": null,
        "token_name": null,
        "mfa_required": mfa_required,
        "status": status,
    }))
}

pub(super) fn poll(call: &Call<'_>) -> Result<Answer, Fault> {
    let mut form = call.form()?;
    let (ticket, verifier) = (form.text("ticket"), form.text("code_verifier"));
    let (ticket, verifier) = form.finish(ticket.zip(verifier))?;
    let gone = || Fault::detail(StatusCode::GONE, "Login has expired or was collected");
    let login = unsealed::<Login>(call.vault, ticket.expose())
        .filter(|login| login.expires > call.now.as_second())
        .ok_or_else(gone)?;
    if Base64UrlUnpadded::encode_string(&ids::sha256(verifier.expose())) != login.challenge {
        return Err(Fault::detail(StatusCode::FORBIDDEN, "Code verifier was refused"));
    }
    let key = key(ticket.expose());
    let decided = records::get::<_, Decided>(call.tx, LOGINS, key.as_str())?;
    match decided.map(|decided| decided.decision) {
        None => return still("awaiting_approval", false),
        Some(Decision::SecondFactor) => return still("mfa_pending", true),
        Some(Decision::Denied) => return Err(Fault::detail(StatusCode::FORBIDDEN, "Login was denied")),
        Some(Decision::Collected) => return Err(gone()),
        Some(Decision::Approved) => {
            let decided = Decided { expires: login.expires, decision: Decision::Collected };
            records::put(call.tx, LOGINS, key.as_str(), &decided)?;
        }
    }
    let text = ids::random_text("ankra-sandbox-login-")?;
    let token = Token {
        id: ids::id(call.now, 0)?,
        name: login.machine_name.unwrap_or_else(|| "browser login".to_owned()),
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
