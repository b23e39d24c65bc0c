//! JSON of any shape that secrets are kept in.

use std::collections::BTreeMap;

use crate::secret::json::Value;

/// The members of an object by name; none of any other value. A member of the wrong type is as if it
/// were not there, and of several with one name the last counts, as for docker.
#[derive(Default)]
pub(super) struct Members(BTreeMap<String, Value>);

impl Members {
    /// The error says where it stops being JSON. The words of a JSON error may quote a value; its place does not.
    pub(super) fn read(bytes: &[u8]) -> Result<Self, String> {
        let read = serde_json::from_slice(bytes).map(|value| Self::of(Some(value)));
        read.map_err(|error| format!("it is not JSON: line {}, column {}", error.line(), error.column()))
    }

    pub(super) fn of(value: Option<Value>) -> Self {
        match value {
            Some(Value::Object(members)) => Self(members.into_iter().collect()),
            _ => Self::default(),
        }
    }

    /// The text of that name; empty if there is none.
    pub(super) fn text(&self, name: &str) -> &str {
        self.0.get(name).map_or("", text)
    }

    pub(super) fn take(&mut self, name: &str) -> Self {
        Self::of(self.0.remove(name))
    }

    pub(super) fn into_values(self) -> impl Iterator<Item = (String, Value)> {
        self.0.into_iter()
    }
}

pub(super) fn text(value: &Value) -> &str {
    match value {
        Value::Text(text) => text.expose(),
        _ => "",
    }
}
