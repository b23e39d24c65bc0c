//! The page of a browser login, on which a person approves or denies it.
//!
//! There are no passwords here: the code that `sandbox serve` printed, or the token of `admin`, shows that a
//! person is the admin. To deny takes it as well: whoever only saw the page's address decides nothing.

use axum::http::StatusCode;
use redb::ReadableTable;
use serde::{Deserialize, Serialize};
use zeroize::Zeroizing;

use super::{
    super::{
        answers::{Answer, Fault},
        approval::{Code, Judged},
        call::Call,
        ids,
        model::{Decided, Decision, LOGINS, TOKENS, Token},
        page::{Form, Page},
        records, seed,
    },
    login::{LONGEST, State, sealed, unsealed},
};

/// What the page holds after the first code: that it was right for this login.
#[derive(Deserialize, Serialize)]
struct Passed {
    passed_for: String,
}

fn refused(page: &Page<'_>) -> Fault {
    Fault(Box::new(page.answer()))
}

/// Reads the state of a login that still waits.
fn waiting(call: &Call<'_>, state: &str) -> Result<State, Fault> {
    let Some(found) = unsealed::<State>(call.vault, state) else {
        let text = "There is no such login. Begin a new one.";
        return Err(refused(&Page::told(StatusCode::NOT_FOUND, "No such login", text)));
    };
    if found.expires <= call.now.as_second() {
        let text = "This login took too long, and nobody was signed in. Begin a new one.";
        return Err(refused(&Page::told(StatusCode::GONE, "Too late", text)));
    }
    Ok(found)
}

/// The page of a login that is over; `None`: it still waits.
fn decided(call: &Call<'_>, login: &State) -> Result<Option<Answer>, Fault> {
    let decided = records::get::<_, Decided>(call.tx, LOGINS, login.login.as_str())?;
    Ok(match decided.map(|decided| decided.decision) {
        None | Some(Decision::SecondFactor) => None,
        Some(decision) => Some(told(decision)),
    })
}

fn told(decision: Decision) -> Answer {
    let (title, text) = match decision {
        Decision::Denied => {
            ("Denied", "This login was denied, and nobody was signed in. You can close this page.")
        }
        _ => (
            "Signed in",
            "This login was approved: you are signed in to the sandbox as admin. You can close this page.",
        ),
    };
    Page::told(StatusCode::OK, title, text).answer()
}

/// `GET /sandbox/login?state=`: the page that `auth_url` leads to. It changes nothing.
pub(super) fn open(call: &Call<'_>) -> Result<Answer, Fault> {
    let state = call.query("state").unwrap_or_default();
    let login = waiting(call, &state)?;
    if let Some(answer) = decided(call, &login)? {
        return Ok(answer);
    }
    let form = Form { state: &state, machine: login.machine_name.as_deref(), passed: None, wrong: None };
    Ok(Page::asking(StatusCode::OK, "Sign in to the sandbox?", &form).answer())
}

/// `POST /sandbox/login`: what the page sends. What was decided first counts.
pub(super) fn decide(call: &Call<'_>) -> Result<Answer, Fault> {
    let field = |wanted: &str| {
        let mut fields = url::form_urlencoded::parse(call.body).filter(|(key, _)| key == wanted);
        let value = fields.next().map(|(_, value)| value.into_owned());
        Zeroizing::new(value.filter(|value| value.len() <= LONGEST).unwrap_or_default())
    };
    let (state, code, passed) = (field("state"), field("code"), field("passed"));
    let denies = *field("decision") == "deny";
    let login = waiting(call, &state)?;
    if let Some(answer) = decided(call, &login)? {
        return Ok(answer);
    }
    let form = Form { state: &state, machine: login.machine_name.as_deref(), passed: None, wrong: None };
    let has_passed =
        unsealed::<Passed>(call.vault, &passed).is_some_and(|passed| passed.passed_for == login.login);
    match &call.approval.second {
        Some(second) if has_passed => {
            if !denies {
                ensure_right(second, &code, &Form { passed: Some(&passed), ..form })?;
            }
        }
        second => {
            if !is_admin(call, code.trim())? {
                ensure_right(&call.approval.first, &code, &form)?;
            }
            if second.is_some() && !denies {
                keep(call, &login, Decision::SecondFactor)?;
                let passed = sealed(call.vault, &Passed { passed_for: login.login.clone() })?;
                let form = Form { passed: Some(&passed), ..form };
                return Ok(Page::asking(StatusCode::OK, "Second code", &form).answer());
            }
        }
    }
    let decision = if denies { Decision::Denied } else { Decision::Approved };
    keep(call, &login, decision)?;
    Ok(told(decision))
}

/// Refuses a code that is not `right` with the form, which says so.
fn ensure_right(right: &Code, code: &str, form: &Form<'_>) -> Result<(), Fault> {
    let is_second = form.passed.is_some();
    let (status, title, wrong) = match (right.judge(code), is_second) {
        (Judged::Right, _) => return Ok(()),
        (Judged::Wrong, false) => (
            StatusCode::FORBIDDEN,
            "Wrong code",
            "This is not the code. It was printed when the sandbox was served.",
        ),
        (Judged::Wrong, true) => (
            StatusCode::FORBIDDEN,
            "Wrong second code",
            "This is not the second code. It was printed below the first one.",
        ),
        (Judged::Closed, false) => (
            StatusCode::TOO_MANY_REQUESTS,
            "Too many wrong codes",
            "Codes are listened to no more: type the sandbox's own token, or serve the sandbox again.",
        ),
        (Judged::Closed, true) => (
            StatusCode::TOO_MANY_REQUESTS,
            "Too many wrong codes",
            "Second codes are listened to no more: serve the sandbox again.",
        ),
    };
    Err(refused(&Page::asking(status, title, &Form { wrong: Some(wrong), ..*form })))
}

/// Whether `text` is a token of the admin's that is good for all that the admin may do.
fn is_admin(call: &Call<'_>, text: &str) -> Result<bool, Fault> {
    // Looked up by its hash: how long that takes tells nothing of the token.
    let token = records::get::<_, Token>(call.tx, TOKENS, &ids::sha256(text))?;
    let is_good = |token: &Token| token.scopes.is_empty() && token.refusal(call.now).is_none();
    Ok(token.is_some_and(|token| token.user == seed::ADMIN && is_good(&token)))
}

/// Keeps what was decided, and forgets the logins whose time is over.
fn keep(call: &Call<'_>, login: &State, decision: Decision) -> Result<(), Fault> {
    let mut table = call.tx.open_table(LOGINS)?;
    let mut over = Vec::new();
    for entry in table.iter()? {
        let (key, decided) = entry?;
        if serde_json::from_str::<Decided>(decided.value())?.expires < call.now.as_second() {
            over.push(key.value().to_owned());
        }
    }
    for key in &over {
        table.remove(key.as_str())?;
    }
    drop(table);
    records::put(call.tx, LOGINS, login.login.as_str(), &Decided { expires: login.expires, decision })
}
