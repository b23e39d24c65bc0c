//! Request bodies: read whole and bounded, and taken apart field by field.
//!
//! Every text of a body may be a secret, so every text is a [`Secret`].

use std::{pin::Pin, time::Duration};

use axum::{
    body::{Body, HttpBody},
    http::{HeaderMap, StatusCode, header},
};
use zeroize::{Zeroize, Zeroizing};

use super::answers::{Complaint, Fault};
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
pub(super) async fn read(headers: &HeaderMap, body: Body) -> Result<Zeroizing<Vec<u8>>, Fault> {
    let declared = headers.get(header::CONTENT_LENGTH).and_then(|v| v.to_str().ok()?.parse::<usize>().ok());
    // Room for all of it at once: a buffer that grows leaves its old content behind.
    let mut bytes = Zeroizing::new(Vec::with_capacity(declared.unwrap_or(4096).min(LIMIT)));
    match tokio::time::timeout(PATIENCE, collect(body, &mut bytes)).await {
        Ok(Ok(size)) if size <= LIMIT => Ok(bytes),
        Ok(Ok(_)) => Err(Fault::detail(StatusCode::PAYLOAD_TOO_LARGE, "Request body is too large")),
        Ok(Err(_)) => Err(Fault::detail(StatusCode::BAD_REQUEST, "There was an error parsing the body")),
        Err(_) => Err(Fault::detail(StatusCode::REQUEST_TIMEOUT, "Request body took too long")),
    }
}

/// Reads up to [`LIMIT`] bytes into `bytes`, and on up to [`DRAIN`]; gives how much there was.
async fn collect(mut body: Body, bytes: &mut Vec<u8>) -> Result<usize, axum::Error> {
    let mut size = 0;
    while size <= DRAIN {
        let frame = std::future::poll_fn(|cx| Pin::new(&mut body).poll_frame(cx)).await;
        let Some(frame) = frame else { break };
        let Ok(chunk) = frame?.into_data() else { continue };
        size += chunk.len();
        if size <= LIMIT {
            if bytes.capacity() - bytes.len() < chunk.len() {
                let mut larger = Vec::with_capacity((2 * bytes.capacity()).max(size).min(LIMIT));
                larger.extend_from_slice(bytes);
                std::mem::swap(bytes, &mut larger);
                larger.zeroize();
            }
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
    complaints: Vec<Complaint>,
}

impl Form {
    /// Parses a body that has to be a JSON object.
    pub(super) fn parse(content_type: Option<&str>, body: &[u8]) -> Result<Self, Fault> {
        if body.is_empty() {
            return Err(Fault::invalid(&[Complaint::missing(&["body"])]));
        }
        let essence = content_type.and_then(|t| t.split(';').next()).map(str::trim);
        let json = essence.is_none_or(|t| {
            t.eq_ignore_ascii_case("application/json") || t.to_ascii_lowercase().ends_with("+json")
        });
        if json {
            match serde_json::from_slice(body) {
                Ok(Value::Object(fields)) => {
                    return Ok(Self { fields, path: vec!["body"], complaints: Vec::new() });
                }
                Ok(_) => {}
                Err(e) => {
                    let place = format!("line {} column {}", e.line(), e.column());
                    return Err(Fault::invalid(&[Complaint::new(
                        &["body", &place],
                        "JSON decode error",
                        "json_invalid",
                    )]));
                }
            }
        }
        Err(Fault::invalid(&[Complaint::new(
            &["body"],
            "Input should be a valid dictionary or object to extract fields from",
            "model_attributes_type",
        )]))
    }

    pub(super) fn complain(&mut self, key: &'static str, msg: &str, kind: &'static str) {
        self.path.push(key);
        self.complaints.push(Complaint::new(&self.path, msg, kind));
        self.path.pop();
    }

    /// Takes a field out; of one that stands twice, the last counts.
    fn take(&mut self, key: &str) -> Option<Value> {
        let place = self.fields.iter().rposition(|(name, _)| name == key)?;
        Some(self.fields.swap_remove(place).1)
    }

    /// A field that has to be there; complains and gives `None` if it is not.
    fn required(&mut self, key: &'static str) -> Option<Value> {
        let field = self.take(key);
        if field.is_none() {
            self.miss(key);
        }
        field
    }

    pub(super) fn text(&mut self, key: &'static str) -> Option<Secret> {
        let value = self.required(key)?;
        self.as_text(key, value)
    }

    /// A text that may be missing or null.
    pub(super) fn optional_text(&mut self, key: &'static str) -> Option<Secret> {
        match self.take(key)? {
            Value::Null => None,
            value => self.as_text(key, value),
        }
    }

    fn as_text(&mut self, key: &'static str, value: Value) -> Option<Secret> {
        if let Value::Text(text) = value {
            return Some(text);
        }
        self.complain(key, "Input should be a valid string", "string_type");
        None
    }

    /// A boolean; missing or null is false.
    pub(super) fn flag(&mut self, key: &'static str) -> bool {
        match self.take(key) {
            None | Some(Value::Null) => false,
            Some(Value::Flag(flag)) => flag,
            Some(_) => {
                self.complain(key, "Input should be a valid boolean", "bool_type");
                false
            }
        }
    }

    /// A number within `range` that has to be there.
    pub(super) fn number(&mut self, key: &'static str, range: std::ops::RangeInclusive<u64>) -> Option<u64> {
        match self.required(key)? {
            Value::Number(number) if range.contains(&number) => Some(number),
            Value::Number(_) => {
                let msg = format!("Input should be between {} and {}", range.start(), range.end());
                self.complain(key, &msg, "value_error");
                None
            }
            _ => {
                self.complain(key, "Input should be a valid integer", "int_type");
                None
            }
        }
    }

    pub(super) fn name(&mut self) -> Option<CredentialName> {
        let name = self.text("name")?.expose().parse().ok();
        if name.is_none() {
            self.complain("name", NAME_RULE, "value_error");
        }
        name
    }

    /// Reads an object within this one; missing or null is `None`.
    pub(super) fn object<T>(&mut self, key: &'static str, read: impl FnOnce(&mut Self) -> T) -> Option<T> {
        match self.take(key) {
            None | Some(Value::Null) => None,
            Some(Value::Object(fields)) => {
                let outer = std::mem::replace(&mut self.fields, fields);
                self.path.push(key);
                let value = read(self);
                self.path.pop();
                self.fields = outer;
                Some(value)
            }
            Some(_) => {
                self.complain(key, "Input should be a valid dictionary", "dict_type");
                None
            }
        }
    }

    /// Complains that a field is missing that only some requests need.
    pub(super) fn miss(&mut self, key: &'static str) {
        self.complain(key, "Field required", "missing");
    }

    /// The fields read so far, if there was nothing to complain about.
    pub(super) fn finish<T>(self, fields: Option<T>) -> Result<T, Fault> {
        match fields {
            Some(fields) if self.complaints.is_empty() => Ok(fields),
            _ => Err(Fault::invalid(&self.complaints)),
        }
    }
}

pub(super) const NAME_RULE: &str = "A name is an RFC 1035 label: at most 63 lower-case letters, \
     digits and hyphens, beginning with a letter and not ending with a hyphen";
