//! Turns what went wrong between here and the platform into errors with hints.

use std::time::Duration;

use reqwest::StatusCode;
use serde::Deserialize;
use serde_json::Value;

use super::{
    base_url::BaseUrl,
    decode::{self, Malformed},
};
use crate::{
    error::{Error, ErrorKind},
    http::{self, Connection, quote},
};

/// A whole answer.
pub(super) struct Answer {
    pub(super) status: StatusCode,
    pub(super) body: Vec<u8>,
    pub(super) retry_after: Option<Duration>,
}

/// Why there is no usable answer.
#[derive(Debug)]
pub(super) enum Fault {
    /// None came, or not in a form that is read.
    Http(http::Fault),
    /// The answer is not what it should be.
    Malformed(Malformed),
}

impl From<http::Fault> for Fault {
    fn from(fault: http::Fault) -> Self {
        Self::Http(fault)
    }
}

impl Fault {
    pub(super) fn explain(&self, action: &str, is_read: bool, base: &BaseUrl, timeout: Duration) -> Error {
        use http::Fault::{Encoded, Lost, NotConnected, Redirected, Setup, TimedOut, TooLarge};

        let error = match self {
            Self::Http(Setup(_) | NotConnected { .. } | Redirected) => {
                Error::failure(format!("cannot {action}"))
            }
            Self::Http(TimedOut) if is_read => Error::new(ErrorKind::TimedOut, format!("cannot {action}")),
            _ if is_read => Error::failure(format!("cannot {action}")),
            _ => outcome_unknown(action),
        };
        let fault = match self {
            Self::Http(fault) => fault,
            Self::Malformed(malformed) => {
                return error
                    .cause(malformed)
                    .hint("check that the base URL is the address of an Ankra platform");
            }
        };
        match fault {
            Setup(detail) => error.cause(detail),
            NotConnected { dns: true, .. } => error
                .cause(format!("no such host: {}", base.authority()))
                .hint("check the network and the base URL"),
            NotConnected { detail, .. } => explain_connection(error, base, detail),
            TimedOut => error
                .cause(format!(
                    "{} did not answer in full within {} s",
                    base.authority(),
                    timeout.as_secs_f64()
                ))
                .hint("try again, or allow more time with --timeout SECONDS"),
            Lost(detail) => error.cause(format!("the connection ended before the answer did: {detail}")),
            Redirected => error
                .cause("the platform answered with a redirect, which is never followed")
                .hint("check the base URL: it is the platform's own address, without a redirect on the way"),
            TooLarge(limit) => error.cause(format!("the answer is larger than {} MiB", limit >> 20)),
            Encoded(name) => {
                error.cause(format!("the answer has an encoding that was not asked for: {name}"))
            }
        }
    }
}

/// A change was sent, and nothing tells whether it was made. It is never sent again.
fn outcome_unknown(action: &str) -> Error {
    Error::new(ErrorKind::OutcomeUnknown, format!("cannot tell whether this was done: {action}"))
        .hint("look with: ankra credentials list")
}

fn explain_connection(error: Error, base: &BaseUrl, detail: &str) -> Error {
    let authority = base.authority();
    let connection = Connection::of(detail);
    match connection {
        _ if connection.is_tls() => error
            .cause(format!("no secure connection to {authority}: {detail}"))
            .hint("nothing was sent")
            .hint(connection.tls_hint().unwrap_or("check the base URL")),
        Connection::Refused => error
            .cause(format!("connection refused: {authority}"))
            .hint("check the network, the firewall and the base URL"),
        Connection::TimedOut => error
            .cause(format!("no connection to {authority} in time"))
            .hint("check the network, the firewall and the proxy"),
        _ => error
            .cause(format!("no connection to {authority}: {detail}"))
            .hint("check the network, the firewall and the proxy"),
    }
}

/// The body of a failure: any of the three shapes (`platform-api`: `errors`, `detail` text, `detail` list).
#[derive(Default, Deserialize)]
#[serde(default)]
struct FailureBody {
    detail: Option<Value>,
    message: Option<Value>,
    permission: Option<String>,
    errors: Option<Vec<FieldError>>,
}

/// One field that the platform refuses.
#[derive(Default, Deserialize)]
#[serde(default)]
pub(super) struct FieldError {
    pub(super) key: Option<String>,
    pub(super) message: Option<String>,
}

/// Whether an answer means "there is no such route here", not "there is no such thing".
///
/// The platform's framework says exactly `Not Found` or `Method Not Allowed` for a route
/// that it lacks; an edge in front of it answers with something that is not JSON.
pub(super) fn is_no_route(answer: &Answer) -> bool {
    let body = decode::object::<FailureBody>(&answer.body);
    match (answer.status.as_u16(), body) {
        // JSON that is cut or broken is the platform's own answer, damaged on the way.
        (200..=299 | 404 | 405, Err(Malformed::NotJson(_))) | (404 | 405, Err(Malformed::Empty)) => true,
        (404 | 405, Ok(body)) => {
            matches!(body.detail.as_ref().and_then(Value::as_str), Some("Not Found" | "Method Not Allowed"))
        }
        _ => false,
    }
}

/// Whether a refusal says that the name is taken: the platform has no code for it in `errors`.
fn says_taken(key: &str, message: &str) -> bool {
    let message = message.to_ascii_lowercase();
    key == "name" && ["already", "taken", "exists", "in use"].iter().any(|word| message.contains(word))
}

/// Reads any body as a failure.
pub(super) fn read_any(body: &[u8]) {
    let answer = Answer { status: StatusCode::BAD_REQUEST, body: body.to_vec(), retry_after: None };
    let _ = (is_no_route(&answer), refusal("try", true, &answer));
}

/// The error for an answer that is not a success.
pub(super) fn refusal(action: &str, is_read: bool, answer: &Answer) -> Error {
    let status = answer.status.as_u16();
    let body = decode::object::<FailureBody>(&answer.body).unwrap_or_default();
    let mut causes: Vec<String> = Vec::new();
    let mut taken = status == 409;
    match &body.detail {
        Some(Value::String(detail)) if detail != "permission_denied" => causes.push(quote(detail)),
        Some(Value::Array(list)) => {
            causes.extend(list.iter().take(20).map(validation_line));
        }
        _ => {}
    }
    for error in body.errors.iter().flatten().take(20) {
        let key = error.key.as_deref().unwrap_or_default();
        let message = error.message.as_deref().unwrap_or("refused");
        taken |= says_taken(key, message);
        let message = quote(message);
        causes.push(if key.is_empty() { message } else { format!("{}: {message}", quote(key)) });
    }
    if causes.is_empty()
        && let Some(Value::String(message)) = &body.message
    {
        causes.push(quote(message));
    }
    let permission = body.permission.as_deref().map(quote);
    if causes.is_empty() && permission.is_none() {
        causes.push(format!("the platform answered {status}"));
    }
    let error = base_error(action, is_read, status, taken, permission.as_deref(), answer.retry_after);
    causes.iter().fold(error, Error::cause)
}

fn base_error(
    action: &str,
    is_read: bool,
    status: u16,
    taken: bool,
    permission: Option<&str>,
    retry_after: Option<Duration>,
) -> Error {
    let message = format!("cannot {action}");
    match status {
        _ if taken => Error::new(ErrorKind::Conflict, message)
            .hint("choose another name, or see what is there with: ankra credentials list"),
        401 => Error::new(ErrorKind::Authentication, message)
            .hint("the token is missing, expired or revoked: sign in again with: ankra login --with-token"),
        403 => {
            let error = Error::new(ErrorKind::Permission, message);
            match permission {
                Some(permission) => error
                    .cause(format!("your role lacks the permission {permission}"))
                    .hint("ask an administrator of the organisation for it; signing in again does not help"),
                None => {
                    error.hint("ask an administrator of the organisation; see who you are with: ankra status")
                }
            }
        }
        404 => Error::new(ErrorKind::NotFound, message),
        429 => {
            let error = Error::failure(message);
            match retry_after {
                Some(wait) => error.hint(format!("too many requests: try again in {} s", wait.as_secs())),
                None => error.hint("too many requests: wait a while and try again"),
            }
        }
        500.. if !is_read => outcome_unknown(action),
        500.. => Error::failure(message).hint("the platform is not well at the moment: try again later"),
        _ => Error::failure(message),
    }
}

/// `body.name: too long` of a validation error (`FastAPI`'s 422 shape). The value that was refused is
/// never taken from it: it could be the secret.
fn validation_line(error: &Value) -> String {
    let place: Vec<String> = error["loc"]
        .as_array()
        .into_iter()
        .flatten()
        .filter_map(|part| part.as_str().map(str::to_owned).or_else(|| part.as_u64().map(|n| n.to_string())))
        .filter(|part| part != "body" && part != "query")
        .collect();
    let message = quote(error["msg"].as_str().unwrap_or("refused"));
    if place.is_empty() { message } else { format!("{}: {message}", quote(&place.join("."))) }
}

#[cfg(test)]
mod tests {
    use super::{Answer, ErrorKind, StatusCode, is_no_route, refusal};

    fn answer(status: u16, body: &str) -> Answer {
        Answer { status: StatusCode::from_u16(status).unwrap(), body: body.into(), retry_after: None }
    }

    #[test]
    fn the_three_shapes_of_failure_are_read() {
        let table = [
            (
                200,
                r#"{"success":false,"errors":[{"key":"api_token","message":"bad"}]}"#,
                ErrorKind::Failure,
                "api_token: bad",
            ),
            (
                400,
                r#"{"success":false,"errors":[{"key":"name","message":"Already taken"}]}"#,
                ErrorKind::Conflict,
                "name: Already taken",
            ),
            (409, r#"{"detail":"the name is taken"}"#, ErrorKind::Conflict, "the name is taken"),
            (
                422,
                r#"{"detail":[{"loc":["body","name"],"msg":"too long","type":"t"}]}"#,
                ErrorKind::Failure,
                "name: too long",
            ),
            (401, r#"{"detail":"expired"}"#, ErrorKind::Authentication, "expired"),
            (
                403,
                r#"{"detail":"permission_denied","permission":"credentials.create"}"#,
                ErrorKind::Permission,
                "your role lacks the permission credentials.create",
            ),
            (404, r#"{"detail":"no such credential"}"#, ErrorKind::NotFound, "no such credential"),
            (503, "<html>", ErrorKind::OutcomeUnknown, "the platform answered 503"),
        ];
        for (status, body, kind, cause) in table {
            let error = refusal("create it", false, &answer(status, body));
            assert_eq!(
                (error.kind(), error.causes()),
                (kind, [cause.to_owned()].as_slice()),
                "{status} {body}"
            );
        }
    }

    #[test]
    fn a_missing_route_is_not_a_missing_thing() {
        for (status, body, expected) in [
            (404, r#"{"detail":"Not Found"}"#, true),
            (405, r#"{"detail":"Method Not Allowed"}"#, true),
            (404, "<html>404</html>", true),
            (404, "", true),
            (404, "[\"Not Found\"]", false),
            (404, r#"{"errors":"none"}"#, false),
            (200, "<html></html>", true),
            (404, r#"{"detail":"Organisation not found"}"#, false),
            (200, r#"{"success":true}"#, false),
            (200, "", false),
            (200, r#"{"success": tr"#, false),
            (200, r#"{"success": x}"#, false),
            (404, r#"{"detail":"Not Fo"#, false),
            (401, "<html>", false),
            (500, "x", false),
        ] {
            assert_eq!(is_no_route(&answer(status, body)), expected, "{status} {body}");
        }
    }
}
