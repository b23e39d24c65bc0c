//! What the sandbox answers, and the platform's shapes of refusal. None of them quotes
//! a value that was sent.

use std::iter;

use axum::http::StatusCode;
use bytes::Bytes;
use serde::Serialize;
use serde_json::{Value, json};

use super::broken::{broken, not_saved};
use crate::error::{Error, ErrorKind};

#[derive(Debug)]
pub(super) struct Answer {
    pub(super) status: StatusCode,
    pub(super) content_type: &'static str,
    pub(super) body: Bytes,
    /// The credential it is about, for the audit log: a name or an id.
    pub(super) about: Option<String>,
}

/// A refusal: the answer of a request that leaves the state as it was.
#[derive(Debug)]
pub(super) struct Fault(pub(super) Box<Answer>);

/// A complaint about the field at `place` (`["body", "name"]`).
pub(super) fn complaint(place: &[&str], msg: &str, kind: &str) -> Value {
    json!({ "loc": place, "msg": msg, "type": kind })
}

impl Answer {
    pub(super) fn raw(status: StatusCode, body: impl Into<Bytes>) -> Self {
        Self { status, content_type: "application/json", body: body.into(), about: None }
    }

    /// A page for a person.
    pub(super) fn html(status: StatusCode, html: String) -> Self {
        Self { status, content_type: "text/html; charset=utf-8", body: html.into(), about: None }
    }

    /// `value` with status 200.
    pub(super) fn json(value: &impl Serialize) -> Result<Self, Fault> {
        Ok(Self::raw(StatusCode::OK, serde_json::to_vec(value)?))
    }

    pub(super) fn success() -> Self {
        Self::raw(StatusCode::OK, json!({ "success": true, "errors": [] }).to_string())
    }

    /// A success, and what is said beside it.
    pub(super) fn success_with(message: &str) -> Self {
        let body = json!({ "success": true, "message": message, "errors": [] });
        Self::raw(StatusCode::OK, body.to_string())
    }

    pub(super) fn about(mut self, name: &(impl ToString + ?Sized)) -> Self {
        self.about = Some(name.to_string());
        self
    }
}

impl Fault {
    fn json(status: StatusCode, body: &Value) -> Self {
        Self(Box::new(Answer::raw(status, body.to_string())))
    }

    pub(super) fn detail(status: StatusCode, text: &str) -> Self {
        Self::json(status, &json!({ "detail": text }))
    }

    /// No token, or one that is not accepted.
    pub(super) fn unauthorized(text: &str) -> Self {
        Self::detail(StatusCode::UNAUTHORIZED, text)
    }

    /// Signed in, but the role lacks `permission`.
    pub(super) fn denied(permission: &str) -> Self {
        let body = json!({ "detail": "permission_denied", "permission": permission });
        Self::json(StatusCode::FORBIDDEN, &body)
    }

    pub(super) fn not_found(what: &str) -> Self {
        Self::detail(StatusCode::NOT_FOUND, &format!("{what} not found"))
    }

    /// The request is not of the form it should have.
    pub(super) fn malformed(complaints: &[Value]) -> Self {
        Self::json(StatusCode::UNPROCESSABLE_ENTITY, &json!({ "detail": complaints }))
    }

    /// [`complaint`] is all that is wrong with the form of the request.
    pub(super) fn invalid(place: &[&str], msg: &str, kind: &str) -> Self {
        Self::malformed(&[complaint(place, msg, kind)])
    }

    pub(super) fn missing(place: &[&str]) -> Self {
        Self::invalid(place, "Field required", "missing")
    }

    /// The values were looked at and not accepted: status 200 with `success: false`.
    pub(super) fn refused(errors: &[(&str, &str)]) -> Self {
        let errors: Vec<_> = errors.iter().map(|(key, m)| json!({ "key": key, "message": m })).collect();
        Self::json(StatusCode::OK, &json!({ "success": false, "errors": errors }))
    }

    /// The sandbox itself failed. Its words are for the person who runs it.
    pub(super) fn internal(error: &Error) -> Self {
        let hints = error.hints().iter().map(ToString::to_string);
        let parts = iter::once(error.to_string()).chain(error.causes().iter().cloned()).chain(hints);
        let text = parts.collect::<Vec<_>>().join(": ");
        let status = match error.kind() {
            ErrorKind::TimedOut => StatusCode::SERVICE_UNAVAILABLE,
            _ => StatusCode::INTERNAL_SERVER_ERROR,
        };
        Self::detail(status, &text)
    }

    /// The same as an error of the program, which could not do `what`.
    pub(super) fn as_error(&self, what: &'static str) -> Error {
        Error::failure(what).cause(String::from_utf8_lossy(&self.0.body))
    }

    pub(super) fn about(mut self, name: &(impl ToString + ?Sized)) -> Self {
        self.0.about = Some(name.to_string());
        self
    }
}

impl From<Error> for Fault {
    fn from(error: Error) -> Self {
        Self::internal(&error)
    }
}

impl From<redb::TableError> for Fault {
    fn from(error: redb::TableError) -> Self {
        match error {
            redb::TableError::Storage(error) => error.into(),
            error => Self::internal(&broken(error)),
        }
    }
}

impl From<redb::StorageError> for Fault {
    fn from(error: redb::StorageError) -> Self {
        match error {
            redb::StorageError::Io(error) => Self::internal(&not_saved(&error)),
            error => Self::internal(&broken(error)),
        }
    }
}

impl From<serde_json::Error> for Fault {
    fn from(error: serde_json::Error) -> Self {
        // Only records of our own come here, and serde's words may quote them.
        Self::internal(&broken(format!("a record of it is damaged (line {})", error.line())))
    }
}
