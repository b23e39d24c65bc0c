//! The Ankra platform's API: client, routes, wire types, typed errors.
//!
//! A [`Request`] is made by a function of [`routes`] that says what answer is due. It can be shown, and
//! [`AuthenticatedClient::send`] gives the answer: a call without a token does not compile.

mod answer;
mod base_url;
mod client;
mod credential;
mod decode;
mod failure;
#[doc(hidden)]
pub mod fuzz;
mod login;
mod names;
mod pages;
mod request;
pub mod routes;
mod status;
mod types;

pub use crate::http::Trace;
pub use answer::Done;
pub use base_url::BaseUrl;
pub use client::{API_TOKEN, AuthenticatedClient, Client, DEFAULT_TIMEOUT};
pub use credential::Credential;
pub use login::{BegunLogin, LoginAnswer, Obtained, SignInPage};
pub use names::{
    CredentialId, CredentialName, CredentialRef, OrganisationId, OrganisationRef, REGISTRY, RegistryRef,
    TokenId, TokenRef, cloud_of_ssh_keys, ssh_keys_of,
};
pub use request::{Body, Preview, Request};
pub use status::Status;
pub use types::{
    Cluster, CredentialDetail, NameCheck, Organisation, Registry, RegistryCredential, SshKey, Token,
};
