//! SSH keys: stored, generated.

use jiff::Timestamp;
use serde::Serialize;

use super::{CredentialView, Listed, parsed, state, yes_no};
use crate::{
    commands::usage::Users,
    output::{Cell, End, record},
    platform::ssh_keys_of,
    providers::Provider,
    ssh::PublicKey,
};

/// An SSH key in a list.
#[derive(Debug, Serialize)]
pub(in crate::commands) struct SshKeyView {
    #[serde(flatten)]
    pub(in crate::commands) view: CredentialView,
    pub(in crate::commands) ssh_public_key: Option<String>,
    pub(in crate::commands) fingerprint: Option<String>,
    pub(in crate::commands) fingerprint_md5: Option<String>,
    /// Whether its provider's console shows MD5.
    #[serde(skip)]
    shows_md5: bool,
}

impl SshKeyView {
    pub(in crate::commands) fn new(provider: &Provider, key: crate::platform::SshKey) -> Self {
        let parsed = parsed(key.ssh_public_key.as_deref());
        // Its own list may name the cloud alone, where that of all names the keys of the cloud.
        let credential = match key.credential {
            one if one.provider() == provider.slug => one.of_provider(&ssh_keys_of(provider.slug)),
            one => one,
        };
        Self {
            // A key does not expire.
            view: CredentialView::new(credential, End::Never, Timestamp::now()),
            fingerprint: parsed.as_ref().map(PublicKey::fingerprint),
            fingerprint_md5: parsed.as_ref().map(PublicKey::fingerprint_md5),
            ssh_public_key: key.ssh_public_key,
            shows_md5: provider.ssh_keys.shows_md5,
        }
    }

    /// The fingerprint in the form of its provider's console.
    fn shown(&self) -> Option<&str> {
        if self.shows_md5 { self.fingerprint_md5.as_deref() } else { self.fingerprint.as_deref() }
    }
}

impl Listed for SshKeyView {
    fn view(&self) -> &CredentialView {
        &self.view
    }

    fn view_mut(&mut self) -> &mut CredentialView {
        &mut self.view
    }
}

record!(SshKeyView, |one| one.view.credential.name(), {
    always "NAME" => Cell::text(one.view.credential.name()),
    always "PROVIDER" => Cell::text(one.view.credential.provider()),
    vital "CONSOLE FINGERPRINT" => Cell::maybe(one.shown()),
    known "STATUS" => state(one.view.status),
    known "EXPIRES" as "expires_at" => Cell::End(one.view.end),
    known "USED BY" => Cell::maybe(one.view.used_by.as_ref().map(Users::to_string)),
    minor "CREATED" as "created_at" => Cell::time(one.view.credential.created_at()),
    wide "FINGERPRINT" => Cell::maybe(one.fingerprint.as_deref()),
    wide "MD5 FINGERPRINT" as "fingerprint_md5" => Cell::maybe(one.fingerprint_md5.as_deref()),
    wide "ID" => Cell::text(one.view.credential.id()),
    wide "UPDATED" as "updated_at" => Cell::time(one.view.credential.updated_at()),
    wide "SYSTEM" => yes_no(one.view.credential.system()),
    wide "ORGANISATION" as "organisation_id" => Cell::maybe(one.view.credential.organisation_id()),
    wide "PUBLIC KEY" as "ssh_public_key" => Cell::maybe(one.ssh_public_key.as_deref()),
});

/// An SSH key that was generated or stored.
#[derive(Debug, Default, Serialize)]
pub(in crate::commands) struct KeyView {
    pub(in crate::commands) name: String,
    pub(in crate::commands) provider: Option<String>,
    pub(in crate::commands) id: Option<String>,
    /// Like the next three, not known of a stored key that the platform does not show.
    pub(in crate::commands) algorithm: Option<String>,
    pub(in crate::commands) fingerprint: Option<String>,
    pub(in crate::commands) fingerprint_md5: Option<String>,
    pub(in crate::commands) public_key: Option<String>,
    pub(in crate::commands) private_key_file: Option<String>,
    pub(in crate::commands) public_key_file: Option<String>,
    pub(in crate::commands) encrypted: Option<bool>,
}

impl KeyView {
    /// Describes a key that is stored already.
    pub(in crate::commands) fn of_stored(key: &SshKeyView) -> Self {
        let parsed = parsed(key.ssh_public_key.as_deref());
        Self {
            name: key.view.credential.name().to_owned(),
            provider: Some(key.view.credential.provider().to_owned()),
            id: Some(key.view.credential.id().to_owned()),
            algorithm: parsed.map(|key| key.algorithm()),
            fingerprint: key.fingerprint.clone(),
            fingerprint_md5: key.fingerprint_md5.clone(),
            public_key: key.ssh_public_key.clone(),
            ..Self::default()
        }
    }
}

record!(KeyView, |one| &one.name, {
    always "NAME" => Cell::text(&one.name),
    always "PROVIDER" => Cell::maybe(one.provider.as_deref()),
    always "ID" => Cell::maybe(one.id.as_deref()),
    always "FINGERPRINT" => Cell::maybe(one.fingerprint.as_deref()),
    always "MD5 FINGERPRINT" => Cell::maybe(one.fingerprint_md5.as_deref()),
    always "PRIVATE KEY FILE" => Cell::maybe(one.private_key_file.as_deref()),
    always "ENCRYPTED" => yes_no(one.encrypted),
    always "PUBLIC KEY" => Cell::maybe(one.public_key.as_deref()),
});
