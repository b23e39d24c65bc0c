//! What the sandbox answers, and the platform's shapes of refusal. None of them quotes
//! a value that was sent.

use axum::http::StatusCode;
use bytes::Bytes;
use serde::Serialize;
use serde_json::json;

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

/// One complaint about a field of a request.
#[derive(Debug, Serialize)]
pub(super) struct Complaint {
    loc: Vec<String>,
    msg: String,
    r#type: &'static str,
}

impl Complaint {
    /// About the field at `path` (`["body", "name"]`).
    pub(super) fn new(path: &[&str], msg: impl Into<String>, kind: &'static str) -> Self {
        Self { loc: path.iter().map(|&part| part.to_owned()).collect(), msg: msg.into(), r#type: kind }
    }

    pub(super) fn missing(path: &[&str]) -> Self {
        Self::new(path, "Field required", "missing")
    }
}

impl Answer {
    pub(super) fn raw(status: StatusCode, body: impl Into<Bytes>) -> Self {
        Self { status, content_type: "application/json", body: body.into(), about: None }
    }

    /// A page for a person.
    pub(super) fn page(status: StatusCode, text: &str) -> Self {
        let body = format!(
            "<!doctype html><html lang=\"en\"><meta charset=\"utf-8\"><title>The sandbox of ankra</title><p>{text}</p></html>\n"
        );
        Self { status, content_type: "text/html; charset=utf-8", body: body.into(), about: None }
    }

    /// `value` with status 200.
    pub(super) fn json(value: &impl Serialize) -> Result<Self, Fault> {
        Ok(Self::raw(StatusCode::OK, serde_json::to_vec(value)?))
    }

    /// The change was made.
    pub(super) fn success() -> Self {
        Self::raw(StatusCode::OK, json!({ "success": true, "errors": [] }).to_string())
    }

    /// Names the credential it is about.
    pub(super) fn about(mut self, name: &(impl ToString + ?Sized)) -> Self {
        self.about = Some(name.to_string());
        self
    }
}

impl Fault {
    pub(super) fn detail(status: StatusCode, text: &str) -> Self {
        Self(Box::new(Answer::raw(status, json!({ "detail": text }).to_string())))
    }

    /// No token, or one that is not accepted.
    pub(super) fn unauthorized(text: &str) -> Self {
        Self::detail(StatusCode::UNAUTHORIZED, text)
    }

    /// Signed in, but the role lacks `permission`.
    pub(super) fn denied(permission: &str) -> Self {
        let body = json!({ "detail": "permission_denied", "permission": permission });
        Self(Box::new(Answer::raw(StatusCode::FORBIDDEN, body.to_string())))
    }

    pub(super) fn not_found(what: &str) -> Self {
        Self::detail(StatusCode::NOT_FOUND, &format!("{what} not found"))
    }

    pub(super) fn taken(name: &str) -> Self {
        Self::detail(
            StatusCode::CONFLICT,
            &format!("A credential named '{name}' already exists in this organisation"),
        )
    }

    /// The request is not of the form it should have.
    pub(super) fn invalid(complaints: &[Complaint]) -> Self {
        let body = json!({ "detail": complaints });
        Self(Box::new(Answer::raw(StatusCode::UNPROCESSABLE_ENTITY, body.to_string())))
    }

    /// A text that should be a UUID is none.
    pub(super) fn invalid_uuid(path: &[&str]) -> Self {
        Self::invalid(&[Complaint::new(path, "Input should be a valid UUID", "uuid_parsing")])
    }

    /// The values were looked at and not accepted: status 200 with `success: false`.
    pub(super) fn refused(errors: &[(&str, &str)]) -> Self {
        let errors: Vec<_> = errors.iter().map(|(key, m)| json!({ "key": key, "message": m })).collect();
        Self(Box::new(Answer::raw(StatusCode::OK, json!({ "success": false, "errors": errors }).to_string())))
    }

    /// The sandbox itself failed. Its words are for the person who runs it.
    pub(super) fn internal(error: &Error) -> Self {
        let mut text = error.to_string();
        let hints = error.hints().iter().map(ToString::to_string);
        for more in error.causes().iter().cloned().chain(hints) {
            text.push_str(": ");
            text.push_str(&more);
        }
        let status = match error.kind() {
            ErrorKind::TimedOut => StatusCode::SERVICE_UNAVAILABLE,
            _ => StatusCode::INTERNAL_SERVER_ERROR,
        };
        Self::detail(status, &text)
    }

    /// Names the credential it is about.
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
