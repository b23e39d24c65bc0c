//! How a registry credential looks as a row and an object.

use serde::Serialize;

use crate::{
    commands::expiries::Ending,
    output::{Cell, End, record},
    platform::{REGISTRY, RegistryCredential},
};

#[derive(Debug, Serialize)]
pub(super) struct RegistryView {
    #[serde(flatten)]
    credential: RegistryCredential,
    /// When its password expires.
    #[serde(rename = "expires_at")]
    pub(super) end: End,
}

impl RegistryView {
    pub(super) fn new(end: End, credential: RegistryCredential) -> Self {
        Self { credential, end }
    }

    /// What is said of its end.
    pub(super) fn ending(&self) -> Ending<'_> {
        Ending { provider: REGISTRY, id: &self.credential.id, name: &self.credential.name, end: self.end }
    }
}

record!(RegistryView, |one| one.credential.name.as_str(), {
    always "NAME" => Cell::text(one.credential.name.as_str()),
    always "USERNAME" => Cell::maybe(one.credential.username.as_deref()),
    always "EXPIRES" as "expires_at" => Cell::End(one.end),
    always "CREATED" as "created_at" => Cell::time(one.credential.created_at.as_deref()),
    always "UPDATED" as "updated_at" => Cell::time(one.credential.updated_at.as_deref()),
    always "ID" => Cell::text(one.credential.id.as_str()),
});
