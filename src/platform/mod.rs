//! The Ankra platform's API: client, routes, wire types, typed errors.

mod names;
mod types;

pub use names::{CredentialId, CredentialName, OrganisationId};
pub use types::{
    Cluster, Credential, CredentialDetail, Health, NameCheck, Organisation, Registry, RegistryCredential,
    Token,
};
