//! Request bodies: read whole and bounded, and taken apart field by field.
//!
//! Every text of a body may be a secret, so every text is a [`Secret`].

use std::{pin::Pin, time::Duration};

use axum::{
    body::{Body, HttpBody},
    http::StatusCode,
};
use serde_json::Value as Json;
use zeroize::{Zeroize, Zeroizing};

use super::answers::{Fault, complaint};
use crate::{
    platform::CredentialName,
    secret::{Secret, json::Value},
};

/// The largest body that is accepted.
pub(super) const LIMIT: usize = 1 << 20;

/// How much of a larger one is read and dropped, so that its sender gets to read the answer.
const DRAIN: usize = 16 << 20;

/// How long a body may take.
const PATIENCE: Duration = Duration::from_secs(30);

/// Reads a body of at most [`LIMIT`] bytes.
pub(super) async fn read(body: Body) -> Result<Zeroizing<Vec<u8>>, Fault> {
    let declared = body.size_hint().upper().and_then(|size| usize::try_from(size).ok());
    // Room for all of it at once: a buffer that grows leaves its old content behind.
    let mut bytes = Zeroizing::new(Vec::with_capacity(declared.unwrap_or(LIMIT).min(LIMIT)));
    match tokio::time::timeout(PATIENCE, collect(body, &mut bytes)).await {
        Ok(Ok(size)) if size <= LIMIT => Ok(bytes),
        Ok(Ok(_)) => Err(Fault::detail(StatusCode::PAYLOAD_TOO_LARGE, "Request body is too large")),
        Ok(Err(_)) => Err(Fault::detail(StatusCode::BAD_REQUEST, "There was an error parsing the body")),
        Err(_) => Err(Fault::detail(StatusCode::REQUEST_TIMEOUT, "Request body took too long")),
    }
}

/// Reads up to [`LIMIT`] bytes into `bytes`, which has room for them, and on up to [`DRAIN`]; gives how
/// much there was.
async fn collect(mut body: Body, bytes: &mut Vec<u8>) -> Result<usize, axum::Error> {
    let mut size = 0;
    while size <= DRAIN {
        let frame = std::future::poll_fn(|cx| Pin::new(&mut body).poll_frame(cx)).await;
        let Some(frame) = frame else { break };
        let Ok(chunk) = frame?.into_data() else { continue };
        size += chunk.len();
        if size <= LIMIT {
            bytes.extend_from_slice(&chunk);
        }
        if let Ok(mut chunk) = chunk.try_into_mut() {
            chunk.zeroize();
        }
    }
    Ok(size)
}

/// A body that is being read as a form. Complaints gather until [`Form::finish`], so that
/// all of them are answered at once.
pub(super) struct Form {
    fields: Vec<(String, Value)>,
    path: Vec<&'static str>,
    complaints: Vec<Json>,
}

impl Form {
    /// Parses a body that has to be a JSON object.
    pub(super) fn parse(content_type: Option<&str>, body: &[u8]) -> Result<Self, Fault> {
        if body.is_empty() {
            return Err(Fault::missing(&["body"]));
        }
        let essence = content_type.and_then(|t| t.split(';').next()).map(str::trim);
        let json = essence.is_none_or(|t| {
            t.eq_ignore_ascii_case("application/json") || t.to_ascii_lowercase().ends_with("+json")
        });
        let value = if json { serde_json::from_slice(body) } else { Ok(Value::Other) };
        match value {
            Ok(Value::Object(fields)) => Ok(Self { fields, path: vec!["body"], complaints: Vec::new() }),
            Ok(_) => Err(Fault::invalid(
                &["body"],
                "Input should be a valid dictionary or object to extract fields from",
                "model_attributes_type",
            )),
            Err(e) => {
                let place = format!("line {} column {}", e.line(), e.column());
                Err(Fault::invalid(&["body", &place], "JSON decode error", "json_invalid"))
            }
        }
    }

    pub(super) fn complain(&mut self, key: &'static str, msg: &str, kind: &str) {
        self.path.push(key);
        self.complaints.push(complaint(&self.path, msg, kind));
        self.path.pop();
    }

    /// [`Form::complain`], and nothing to go on with.
    fn refuse<T>(&mut self, key: &'static str, msg: &str, kind: &str) -> Option<T> {
        self.complain(key, msg, kind);
        None
    }

    /// Takes a field out; of one that stands twice, the last counts.
    fn take(&mut self, key: &str) -> Option<Value> {
        let place = self.fields.iter().rposition(|(name, _)| name == key)?;
        Some(self.fields.swap_remove(place).1)
    }

    /// Takes a field out that is there and not null.
    fn given(&mut self, key: &str) -> Option<Value> {
        self.take(key).filter(|value| !matches!(value, Value::Null))
    }

    /// A field that has to be there; complains and gives `None` if it is not.
    fn required(&mut self, key: &'static str) -> Option<Value> {
        self.take(key).or_else(|| self.refuse(key, "Field required", "missing"))
    }

    pub(super) fn text(&mut self, key: &'static str) -> Option<Secret> {
        let value = self.required(key)?;
        self.as_text(key, value)
    }

    /// A text that may be missing or null.
    pub(super) fn optional_text(&mut self, key: &'static str) -> Option<Secret> {
        let value = self.given(key)?;
        self.as_text(key, value)
    }

    /// A list of texts; missing or null is an empty one.
    pub(super) fn optional_texts(&mut self, key: &'static str) -> Option<Vec<Secret>> {
        let Some(value) = self.given(key) else { return Some(Vec::new()) };
        match value {
            Value::List(items) => items.into_iter().map(|item| self.as_text(key, item)).collect(),
            _ => self.refuse(key, "Input should be a valid list", "list_type"),
        }
    }

    fn as_text(&mut self, key: &'static str, value: Value) -> Option<Secret> {
        match value {
            Value::Text(text) => Some(text),
            _ => self.refuse(key, "Input should be a valid string", "string_type"),
        }
    }

    /// A boolean; missing or null is false.
    pub(super) fn flag(&mut self, key: &'static str) -> bool {
        match self.given(key) {
            None => false,
            Some(Value::Flag(flag)) => flag,
            Some(_) => self.refuse(key, "Input should be a valid boolean", "bool_type").unwrap_or(false),
        }
    }

    /// A number within `range` that has to be there.
    pub(super) fn number(&mut self, key: &'static str, range: std::ops::RangeInclusive<u64>) -> Option<u64> {
        match self.required(key)? {
            Value::Number(number) if range.contains(&number) => Some(number),
            Value::Number(_) => {
                let msg = format!("Input should be between {} and {}", range.start(), range.end());
                self.refuse(key, &msg, "value_error")
            }
            _ => self.refuse(key, "Input should be a valid integer", "int_type"),
        }
    }

    pub(super) fn name(&mut self) -> Option<CredentialName> {
        let name = self.text("name")?.expose().parse().ok();
        name.or_else(|| self.refuse("name", NAME_RULE, "value_error"))
    }

    /// Reads an object within this one; missing or null is `None`.
    pub(super) fn object<T>(&mut self, key: &'static str, read: impl FnOnce(&mut Self) -> T) -> Option<T> {
        let Value::Object(fields) = self.given(key)? else {
            return self.refuse(key, "Input should be a valid dictionary", "dict_type");
        };
        let outer = std::mem::replace(&mut self.fields, fields);
        self.path.push(key);
        let value = read(self);
        self.path.pop();
        self.fields = outer;
        Some(value)
    }

    /// The fields read so far, if there was nothing to complain about.
    pub(super) fn finish<T>(self, fields: Option<T>) -> Result<T, Fault> {
        match fields {
            Some(fields) if self.complaints.is_empty() => Ok(fields),
            _ => Err(Fault::malformed(&self.complaints)),
        }
    }
}

pub(super) const NAME_RULE: &str = "A name is an RFC 1035 label: at most 63 lower-case letters, \
     digits and hyphens, beginning with a letter and not ending with a hyphen";
