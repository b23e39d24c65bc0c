//! Helm and OCI registries: a user name and a password or token.

mod challenge;
mod check;
mod forms;
mod helm_repository;
mod kinds;
pub mod logins;
mod members;
mod oci;
mod preset;
mod probe;
pub mod realm;
mod redirect;
mod reply;
mod report;
mod token;
mod token_service;
mod url;
mod words;

use super::expiry;

pub use self::{
    check::check,
    forms::is_uuid,
    preset::{Preset, USERNAME, Username},
    realm::TokenHost,
    report::Report,
    url::RegistryUrl,
};
