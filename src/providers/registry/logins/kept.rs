//! What is kept for a registry, and JSON of any shape that it is kept in.

use std::collections::BTreeMap;

use crate::secret::{Secret, json::Value};

/// A user name and a password, fit to be stored.
#[derive(Clone, Debug)]
pub struct Login {
    /// The user name.
    pub username: String,
    /// The password, or what stands for one.
    pub password: Secret,
}

/// What is kept for a registry.
#[derive(Clone, Debug)]
pub enum Kept {
    /// What can be stored.
    Login(Login),
    /// A token in place of a password, which only the tool itself can trade for access.
    Token,
    /// It cannot be used: why. Holds nothing of what was kept.
    Unusable(&'static str),
}

impl Kept {
    pub(super) fn of(username: &str, password: &str) -> Self {
        if password.is_empty() {
            return Self::Unusable("it has no password");
        }
        if username.is_empty() {
            return Self::Unusable("it has no user name");
        }
        if username.len() > 512 || username.chars().any(|c| c.is_control() || c == ':') {
            return Self::Unusable("its user name has characters that none has, or is too long");
        }
        if !password.chars().all(|c| !c.is_control() || matches!(c, '\n' | '\r' | '\t')) {
            return Self::Unusable("its password holds control characters");
        }
        Self::Login(Login { username: username.to_owned(), password: Secret::copied(password) })
    }
}

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
