//! Helm and OCI registries: a user name and a password or token.

mod challenge;
mod check;
mod helm_repository;
mod hosts;
mod oci;
mod probe;
mod realm;
mod report;
mod token;
mod url;
mod words;

pub use self::{
    check::check,
    report::{Report, Step, Verdict},
    url::{RegistryKind, RegistryUrl},
};

use super::{SecretSpec, Spec};
use crate::secret::Field;

/// A registry credential. Its secret may be a whole JSON key file, hence several lines.
pub const REGISTRY: Spec = Spec {
    slug: "registry",
    title: "registry",
    secrets: &[SecretSpec {
        field: Field {
            name: "password",
            label: "Registry password or token",
            env_names: &["REGISTRY_PASSWORD"],
            multiline: true,
        },
        key: "password",
        doubt: |_| None,
    }],
    where_from: "your registry's page for access tokens; a token that may only pull is enough",
};
