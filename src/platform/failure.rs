//! Turns what went wrong between here and the platform into errors with hints.

use std::time::Duration;

use reqwest::StatusCode;
use serde::Deserialize;
use serde_json::Value;

use super::{
    base_url::BaseUrl,
    decode::{self, Malformed},
    types::says_taken,
};
use crate::{
    error::{Error, ErrorKind, Hint, Run},
    http::{self, quote},
};

/// A whole answer.
#[derive(Debug)]
pub struct Reply {
    pub(super) status: StatusCode,
    pub(super) body: Vec<u8>,
    pub(super) retry_after: Option<Duration>,
}

impl Reply {
    /// The body of a success that says no.
    pub(super) fn of_success(body: Vec<u8>) -> Self {
        Self { status: StatusCode::OK, body, retry_after: None }
    }

    /// Its `detail`, where that is a text, and whether it names a permission that is lacking.
    pub(super) fn detail(&self) -> (Option<String>, bool) {
        let body = decode::object::<FailureBody>(&self.body).unwrap_or_default();
        let detail = body.detail.as_ref().and_then(Value::as_str).map(str::to_owned);
        (detail, body.permission.is_some())
    }
}

/// Why there is no answer of the kind that is due.
#[derive(Debug)]
pub enum Fault {
    /// None came, or not in a form that is read.
    Http(http::Fault),
    /// It is not what it should be.
    Malformed(Malformed),
    /// It says no.
    Refused(Reply),
}

impl From<http::Fault> for Fault {
    fn from(fault: http::Fault) -> Self {
        Self::Http(fault)
    }
}

impl From<Malformed> for Fault {
    fn from(malformed: Malformed) -> Self {
        Self::Malformed(malformed)
    }
}

impl Fault {
    /// Whether it means "there is no such route here", not "there is no such thing".
    ///
    /// The platform's framework says exactly `Not Found` or `Method Not Allowed` for a route
    /// that it lacks; an edge in front of it answers with something that is not JSON.
    pub(super) fn is_no_route(&self) -> bool {
        let reply = match self {
            Self::Http(_) => return false,
            Self::Malformed(malformed) => return matches!(malformed, Malformed::NotJson(_)),
            Self::Refused(reply) => reply,
        };
        if ![404, 405].contains(&reply.status.as_u16()) {
            return false;
        }
        match decode::object::<FailureBody>(&reply.body) {
            Ok(body) => {
                let detail = body.detail.as_ref().and_then(Value::as_str);
                matches!(detail, Some("Not Found" | "Method Not Allowed"))
            }
            // JSON that is cut or broken is the platform's own answer, damaged on the way.
            Err(malformed) => matches!(malformed, Malformed::NotJson(_) | Malformed::Empty),
        }
    }
}

/// What an error is about.
pub(super) struct About<'a> {
    /// What was to be done, to follow "cannot": `list the credentials`.
    pub(super) action: &'a str,
    /// The name that was about to be given.
    pub(super) naming: Option<&'a str>,
    pub(super) is_read: bool,
    pub(super) base: &'a BaseUrl,
    pub(super) timeout: Duration,
    /// What helps where the token is refused.
    pub(super) on_refusal: &'a Hint,
    /// The request was for an organisation that was chosen here.
    pub(super) names_organisation: bool,
}

impl About<'_> {
    pub(super) fn explain(&self, fault: &Fault) -> Error {
        match fault {
            Fault::Http(fault) => self.no_answer(fault),
            Fault::Malformed(malformed) => self
                .nothing_known()
                .cause(malformed)
                .hint("check that the base URL is the address of an Ankra platform"),
            Fault::Refused(reply) => self.refusal(reply),
        }
    }

    fn error(&self, kind: ErrorKind) -> Error {
        Error::new(kind, format!("cannot {}", self.action))
    }

    /// The error where nothing tells what came of it. A change that was sent is never sent again.
    fn nothing_known(&self) -> Error {
        if self.is_read {
            return self.error(ErrorKind::Failure);
        }
        let message = format!("cannot tell whether this was done: {}", self.action);
        Error::new(ErrorKind::OutcomeUnknown, message)
            .run("see what is there with", Run::new("credentials list"))
    }

    fn no_answer(&self, fault: &http::Fault) -> Error {
        use http::Fault::{Encoded, Lost, NotConnected, Redirected, Setup, TimedOut, TooLarge};

        let authority = self.base.authority();
        let failure = self.error(ErrorKind::Failure);
        match fault {
            Setup(error) => {
                let failure = self.error(error.kind()).cause(error.message()).because(error.clone());
                failure.hint("nothing was sent")
            }
            NotConnected(why) => {
                let kind = if why.is_timeout() { ErrorKind::TimedOut } else { ErrorKind::Failure };
                let error = self.error(kind).cause(why.told(&authority)).hint("nothing was sent");
                why.hints("check the base URL").into_iter().fold(error, Error::hint)
            }
            TimedOut(proxy) => {
                let error = if self.is_read { self.error(ErrorKind::TimedOut) } else { self.nothing_known() };
                let seconds = self.timeout.as_secs_f64();
                let by = proxy.as_ref().map(|proxy| format!(", by way of {proxy}")).unwrap_or_default();
                error
                    .cause(format!("{authority} did not answer in full within {seconds} s{by}"))
                    .hint("try again, or allow more time with --timeout SECONDS")
            }
            Lost(detail) => {
                self.nothing_known().cause(format!("the connection ended before the answer did: {detail}"))
            }
            Redirected => failure
                .cause("the platform answered with a redirect, which is never followed")
                .hint("check the base URL: it is the platform's own address, without a redirect on the way"),
            TooLarge(limit) => {
                self.nothing_known().cause(format!("the answer is larger than {} MiB", limit >> 20))
            }
            Encoded(name) => self
                .nothing_known()
                .cause(format!("the answer has an encoding that was not asked for: {name}")),
        }
    }

    /// The error for an answer that says no.
    fn refusal(&self, reply: &Reply) -> Error {
        let status = reply.status.as_u16();
        let body = decode::object::<FailureBody>(&reply.body).unwrap_or_default();
        let mut refused = Refused { taken: status == 409, ..Refused::default() };
        match &body.detail {
            Some(Value::String(detail)) if detail != "permission_denied" => refused.add_text(detail),
            Some(Value::Array(list)) => list.iter().take(20).for_each(|one| {
                let message = one["msg"].as_str().unwrap_or("refused");
                refused.add(&place_of(one), message);
            }),
            _ => {}
        }
        for error in body.errors.iter().flatten().take(20) {
            refused
                .add(error.key.as_deref().unwrap_or_default(), error.message.as_deref().unwrap_or_default());
        }
        if refused.causes.is_empty()
            && let Some(Value::String(message)) = &body.message
        {
            refused.add_text(message);
        }
        let refused_name = self.naming.filter(|_| refused.is_of_name(status));
        let mut causes = refused.told(refused_name.is_some());
        let permission = body.permission.as_deref().map(quote);
        if causes.is_empty() && permission.is_none() {
            causes.push(if reply.status.is_success() {
                "the platform refused it and gave no reason".to_owned()
            } else {
                format!("the platform answered {status}")
            });
        }
        let error = |kind| self.error(kind);
        let error = match (refused_name, status, permission) {
            // What can be done about it is for the command to say.
            (Some(name), ..) => {
                let why = if refused.is_taken(status) { "is taken" } else { "cannot be used" };
                Error::new(ErrorKind::Conflict, format!("the name {name} {why}"))
            }
            _ if refused.taken => error(ErrorKind::Conflict)
                .run("choose another name, or see what is there with", Run::new("credentials list")),
            (_, 401, _) => error(ErrorKind::Authentication).hint(self.on_refusal.clone()),
            (_, 403, Some(permission)) => error(ErrorKind::Permission)
                .cause(format!("your role lacks the permission {permission}"))
                .hint("ask an administrator of the organisation for it; signing in again does not help"),
            (_, 403, None) => error(ErrorKind::Permission)
                .run("ask an administrator of the organisation; see who you are with", Run::new("status")),
            (_, 404, _) => error(ErrorKind::NotFound),
            (_, 429, _) => error(ErrorKind::Failure).hint(match reply.retry_after {
                Some(wait) => format!("too many requests: try again in {} s", wait.as_secs()),
                None => "too many requests: wait a while and try again".to_owned(),
            }),
            (_, 500.., _) if self.is_read => {
                error(ErrorKind::Failure).hint("the platform has a problem at the moment: try again later")
            }
            (_, 500.., _) => self.nothing_known(),
            _ => error(ErrorKind::Failure),
        };
        // The choice may be older than what became of the organisation.
        let is_of_organisation = || causes.iter().any(|cause| cause.to_lowercase().contains("organi"));
        let may_be_lost = match (status, &body.permission) {
            (403, None) => true,
            (404, _) => is_of_organisation(),
            _ => false,
        };
        let error = if may_be_lost && self.names_organisation {
            error.run(
                "if you no longer belong to the organisation, see those that you belong to with",
                Run::new("org list"),
            )
        } else {
            error
        };
        causes.iter().fold(error, Error::cause)
    }
}

/// The body of a failure, in any of its three shapes: `errors`, `detail` as a text, `detail` as a list.
#[derive(Default, Deserialize)]
struct FailureBody {
    detail: Option<Value>,
    message: Option<Value>,
    permission: Option<String>,
    errors: Option<Vec<FieldError>>,
}

/// One field that the platform refuses.
#[derive(Deserialize)]
struct FieldError {
    key: Option<String>,
    message: Option<String>,
}

/// What a refusal complains about.
#[derive(Default)]
struct Refused {
    /// Each field, empty where none is named, and what is wrong with it.
    causes: Vec<(String, String)>,
    /// Something else has the name.
    taken: bool,
    /// The same, as a text says that is about no field.
    told_taken: bool,
}

impl Refused {
    fn add(&mut self, field: &str, message: &str) {
        self.taken |= field == "name" && says_taken(message);
        let (field, message) = (quote(field), quote(message));
        if !field.trim().is_empty() || !message.trim().is_empty() {
            self.causes.push((field, message));
        }
    }

    /// Adds what names no field.
    fn add_text(&mut self, text: &str) {
        let lower = text.to_lowercase();
        self.told_taken |= says_taken(text) && (lower.contains("name") || lower.contains("exists"));
        self.add("", text);
    }

    /// Whether the platform has looked at what was sent.
    const fn is_judged(status: u16) -> bool {
        !matches!(status, 401 | 403 | 404 | 429 | 500..)
    }

    /// Whether something else has the name, where one was about to be given.
    fn is_taken(&self, status: u16) -> bool {
        self.taken || self.told_taken && Self::is_judged(status)
    }

    /// Whether it is the name that is refused, and nothing else.
    fn is_of_name(&self, status: u16) -> bool {
        let is_all = || !self.causes.is_empty() && self.causes.iter().all(|(field, _)| field == "name");
        self.is_taken(status) || Self::is_judged(status) && is_all()
    }

    /// The causes; that it is the name need not be said where the error says so.
    fn told(&self, says_name: bool) -> Vec<String> {
        let line = |(field, message): &(String, String)| match (field.trim(), message.trim()) {
            ("", _) => message.clone(),
            ("name", text) if says_name && !text.is_empty() => message.clone(),
            (_, "") => format!("{field}: refused"),
            _ => format!("{field}: {message}"),
        };
        self.causes.iter().map(line).collect()
    }
}

/// `name` of a validation error (`FastAPI`'s 422 shape) about `body.name`. The value that was refused is
/// never taken from it: it could be the secret.
fn place_of(error: &Value) -> String {
    let place: Vec<String> = error["loc"]
        .as_array()
        .into_iter()
        .flatten()
        .filter_map(|part| part.as_str().map(str::to_owned).or_else(|| part.as_u64().map(|n| n.to_string())))
        .filter(|part| part != "body" && part != "query")
        .collect();
    place.join(".")
}

#[cfg(test)]
mod tests;
