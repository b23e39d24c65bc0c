//! How a registry credential looks as a row and an object.

use jiff::Timestamp;
use serde::Serialize;

use crate::{
    cli::SortKey,
    commands::sort::Listed,
    output::{Cell, record},
    platform::{REGISTRY, RegistryCredential},
};

#[derive(Debug, Serialize)]
pub(super) struct RegistryView {
    #[serde(flatten)]
    credential: RegistryCredential,
    /// RFC 3339; `None`: it does not expire, or that is not known here.
    expires_at: Option<String>,
    #[serde(skip)]
    pub(super) end: Option<Timestamp>,
}

impl RegistryView {
    pub(super) fn new(end: Option<Timestamp>, credential: RegistryCredential) -> Self {
        Self { credential, expires_at: end.map(|end| end.to_string()), end }
    }

    /// Its provider, its name and its end.
    pub(super) fn ending(&self) -> (&str, &str, Option<Timestamp>) {
        (REGISTRY, &self.credential.name, self.end)
    }
}

impl Listed for RegistryView {
    fn key(&self, by: SortKey) -> Option<&str> {
        match by {
            SortKey::Name => Some(&self.credential.name),
            SortKey::Provider => None,
            SortKey::Created => self.credential.created_at.as_deref(),
            SortKey::Updated => self.credential.updated_at.as_deref(),
        }
    }
}

record!(RegistryView, |one| one.credential.name.as_str(), {
    always "NAME" => Cell::text(one.credential.name.as_str()),
    always "USERNAME" => Cell::maybe(one.credential.username.as_deref()),
    always "CREATED" => Cell::time(one.credential.created_at.as_deref()),
    always "EXPIRES" => Cell::time(one.expires_at.as_deref()),
    always "ID" => Cell::text(one.credential.id.as_str()),
    wide "UPDATED" => Cell::time(one.credential.updated_at.as_deref()),
});
