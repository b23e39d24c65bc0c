//! Signing in with a browser, with PKCE (RFC 7636): the token goes to whoever holds the
//! verifier, and to nobody who only saw the page's address.
//!
//! The platform begins a login by a GET, which any web page can have a browser send. So nothing is kept of a
//! login that waits: its ticket holds all there is to know, sealed, and no login can push out another. There
//! are no passwords here: whoever types the code that `sandbox serve` printed, or the token of `admin`, on
//! the page approves the login as `admin`.

use axum::http::StatusCode;
use base64ct::{Base64UrlUnpadded, Encoding};
use jiff::{SignedDuration, Timestamp};
use redb::ReadableTable;
use serde::{Deserialize, Serialize, de::DeserializeOwned};
use serde_json::json;
use uuid::Uuid;
use zeroize::Zeroizing;

use super::super::{
    answers::{Answer, Fault},
    approval::Judged,
    call::Call,
    ids,
    model::{APPROVED, Approved, TOKENS, Token},
    records, seed,
    vault::Vault,
};
use crate::secret::Secret;

/// How long a login may take.
const PATIENCE: SignedDuration = SignedDuration::from_mins(10);

/// How long its token is good for.
const VALIDITY: SignedDuration = SignedDuration::from_hours(30 * 24);

/// The most that is read of a ticket, a state or a code.
const LONGEST: usize = 2_048;

/// What a ticket holds.
#[derive(Deserialize, Serialize)]
struct Login {
    challenge: String,
    machine_name: String,
    /// Unix seconds.
    expires: i64,
}

/// What the page's address holds: which login is meant, and nothing of its ticket.
#[derive(Deserialize, Serialize)]
struct State {
    ticket_hash: [u8; 32],
    expires: i64,
}

pub(super) fn begin(call: &Call<'_>) -> Result<Answer, Fault> {
    let challenge = call.required_query("code_challenge")?;
    // SHA-256 in base64url without padding.
    if challenge.len() != 43 || !challenge.bytes().all(|b| b.is_ascii_alphanumeric() || b"-_".contains(&b)) {
        let msg = "Value error, the challenge is base64url(SHA-256(verifier)) without padding";
        return Err(Fault::invalid(&["query", "code_challenge"], msg, "value_error"));
    }
    let name: String = call.query("machine_name").unwrap_or_default();
    let name: String = name.chars().filter(|c| c.is_ascii_graphic() || *c == ' ').take(60).collect();
    let machine_name = if name.trim().is_empty() { "browser login".to_owned() } else { name };
    let (ticket, state) = issue(call.vault, challenge, machine_name, call.now + PATIENCE)?;
    let page = format!("http://{}/sandbox/login?state={state}", call.address);
    Answer::json(&json!({ "auth_url": page, "state": state, "ticket": ticket.expose() }))
}

/// A ticket, and the state for its page.
pub(in crate::sandbox) fn issue(
    vault: &Vault,
    challenge: String,
    machine_name: String,
    end: Timestamp,
) -> Result<(Secret, String), Fault> {
    let expires = end.as_second();
    let ticket = sealed(vault, &Login { challenge, machine_name, expires })?;
    let state = State { ticket_hash: ids::sha256(&ticket), expires };
    Ok((Secret::new(ticket), sealed(vault, &state)?))
}

/// `value` as a text that only this sandbox reads.
fn sealed(vault: &Vault, value: &impl Serialize) -> Result<String, Fault> {
    let mut id = [0; 16];
    ids::randomise(&mut id)?;
    let plain = Zeroizing::new(serde_json::to_vec(value)?);
    let sealed = vault.seal(Uuid::from_bytes(id), &plain)?;
    Ok(Base64UrlUnpadded::encode_string(&[id.as_slice(), &sealed].concat()))
}

/// What [`sealed`] made a text of; `None`: it made none of it, or not of a `T`.
fn unsealed<T: DeserializeOwned>(vault: &Vault, text: &str) -> Option<T> {
    let bytes = Base64UrlUnpadded::decode_vec(Some(text).filter(|text| text.len() <= LONGEST)?).ok()?;
    let (id, sealed) = bytes.split_first_chunk::<16>()?;
    serde_json::from_slice(&vault.open_sealed(Uuid::from_bytes(*id), sealed)?).ok()
}

fn refused(status: StatusCode, text: &str) -> Fault {
    Fault(Box::new(Answer::page(status, text, "")))
}

/// Reads the state of a login that still waits.
fn waiting(call: &Call<'_>, state: &str) -> Result<State, Fault> {
    let found = unsealed::<State>(call.vault, state)
        .ok_or_else(|| refused(StatusCode::NOT_FOUND, "There is no such login."))?;
    if found.expires <= call.now.as_second() {
        return Err(refused(StatusCode::GONE, "This login took too long. Begin a new one."));
    }
    Ok(found)
}

/// The page that asks for the code. `state` is one of ours: nothing in it has to be escaped.
fn form(status: StatusCode, text: &str, state: &str) -> Answer {
    let form = format!(
        "<form method=\"post\" action=\"/sandbox/login\"><input type=\"hidden\" name=\"state\" value=\"{state}\">\
         <input name=\"code\" aria-label=\"Code\" autocomplete=\"off\" autofocus> <button>Sign in</button></form>"
    );
    Answer::page(status, text, &form)
}

/// `GET /sandbox/login?state=`: the page that `auth_url` leads to. It changes nothing.
pub(super) fn page(call: &Call<'_>) -> Result<Answer, Fault> {
    let state = call.query("state").unwrap_or_default();
    waiting(call, &state)?;
    let text = "Somebody on this machine wants to sign in to the sandbox as admin. If that is you, type the code \
                that was printed when the sandbox was served, or the sandbox's own token.";
    Ok(form(StatusCode::OK, text, &state))
}

/// `POST /sandbox/login`: what the page sends.
pub(super) fn approve(call: &Call<'_>) -> Result<Answer, Fault> {
    let field = |wanted: &str| {
        let mut fields = url::form_urlencoded::parse(call.body).filter(|(key, _)| key == wanted);
        let value = fields.next().map(|(_, value)| value.into_owned());
        Zeroizing::new(value.filter(|value| value.len() <= LONGEST).unwrap_or_default())
    };
    let (state, code) = (field("state"), field("code"));
    let login = waiting(call, &state)?;
    if !is_admin(call, code.trim())? {
        let (status, text) = match call.approval.judge(&code) {
            Judged::Right => (StatusCode::OK, ""),
            Judged::Wrong => {
                (StatusCode::FORBIDDEN, "This is not the code. It was printed when the sandbox was served.")
            }
            Judged::Closed => (
                StatusCode::TOO_MANY_REQUESTS,
                "Too many wrong codes: type the sandbox's own token, or serve the sandbox again.",
            ),
        };
        if status != StatusCode::OK {
            return Err(Fault(Box::new(form(status, text, &state))));
        }
    }
    forget(call)?;
    let approved = Approved { expires: login.expires, collected: false };
    if records::get::<_, Approved>(call.tx, APPROVED, &login.ticket_hash)?.is_none() {
        records::put(call.tx, APPROVED, &login.ticket_hash, &approved)?;
    }
    let text = "You are signed in to the sandbox as admin. You can close this page.";
    Ok(Answer::page(StatusCode::OK, text, ""))
}

/// Whether `text` is a token of the admin's that is good.
fn is_admin(call: &Call<'_>, text: &str) -> Result<bool, Fault> {
    // Looked up by its hash: how long that takes tells nothing of the token.
    let token = records::get::<_, Token>(call.tx, TOKENS, &ids::sha256(text))?;
    Ok(token.is_some_and(|token| token.user == seed::ADMIN && token.refusal(call.now).is_none()))
}

/// Forgets the approved logins that ended.
fn forget(call: &Call<'_>) -> Result<(), Fault> {
    let mut table = call.tx.open_table(APPROVED)?;
    let mut over = Vec::new();
    for entry in table.iter()? {
        let (hash, login) = entry?;
        if serde_json::from_str::<Approved>(login.value())?.expires < call.now.as_second() {
            over.push(*hash.value());
        }
    }
    for hash in over {
        table.remove(&hash)?;
    }
    Ok(())
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
    let hash = ids::sha256(ticket.expose());
    match records::get::<_, Approved>(call.tx, APPROVED, &hash)? {
        Some(Approved { collected: true, .. }) => return Err(gone()),
        Some(approved) => {
            // Collected once.
            records::put(call.tx, APPROVED, &hash, &Approved { collected: true, ..approved })?;
        }
        None => {
            return Answer::json(&json!({
                "token": "",
                "expires_at": null,
                "token_id": null,
                "token_name": null,
                "mfa_required": false,
                "status": "awaiting_approval",
            }));
        }
    }
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
