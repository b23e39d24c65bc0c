//! The Ankra platform's API: client, routes, wire types, typed errors.
//!
//! A [`Request`] is made by a function of its route, can be shown, and is sent by an
//! [`AuthenticatedClient`]: a call without a token does not compile.

mod account;
mod base_url;
mod client;
mod cloud;
mod credential;
mod credentials;
mod decode;
mod failure;
#[doc(hidden)]
pub mod fuzz;
mod login;
mod names;
mod registry;
mod request;
mod types;

pub use crate::http::Trace;
pub use account::revoke_request;
pub use base_url::BaseUrl;
pub use client::{AuthenticatedClient, Client, DEFAULT_TIMEOUT};
pub use cloud::{create_cloud_request, create_ssh_key_request};
pub use credential::Credential;
pub use credentials::delete_request;
pub use login::{LoginAnswer, LoginStart};
pub use names::{
    CredentialId, CredentialName, CredentialRef, OrganisationId, OrganisationRef, RegistryRef, TokenId,
};
pub use registry::{create_registry_request, delete_registry_request, update_registry_request};
pub use request::{Body, Preview, Request};
pub use types::{
    Cluster, CredentialDetail, NameCheck, Organisation, Registry, RegistryCredential, SshKey, Token,
};
