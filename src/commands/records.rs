//! How each thing looks as a row, an object or a name.

mod account;

pub(super) use account::{ChosenView, MadeTokenView, OrganisationView, ProfileView, TokenView};

use jiff::Timestamp;
use serde::Serialize;

use crate::{
    output::{Cell, record},
    platform::{Cluster, Credential, CredentialDetail, Preview},
    providers::Provider,
    ssh::PublicKey,
};

fn yes_no(value: Option<bool>) -> Cell<'static> {
    value.map_or(Cell::Missing, |value| Cell::Text(if value { "yes" } else { "no" }.into()))
}

record!(Credential, |one| one.name(), {
    always "NAME" => Cell::text(one.name()),
    always "PROVIDER" => Cell::text(one.provider()),
    always "CREATED" => Cell::time(one.created_at()),
    always "ID" => Cell::text(one.id()),
    wide "UPDATED" => Cell::time(one.updated_at()),
    wide "AVAILABLE" => yes_no(one.available()),
    wide "HEALTH" => Cell::maybe(one.health()),
    wide "ORGANISATION" => Cell::maybe(one.organisation_id()),
});

/// A credential in a list of which some have secrets that expire.
#[derive(Debug, Serialize)]
pub(super) struct ExpiringView {
    #[serde(flatten)]
    pub(super) credential: Credential,
    #[serde(skip_serializing_if = "Option::is_none")]
    expires_at: Option<String>,
    #[serde(skip)]
    end: Option<Timestamp>,
}

impl ExpiringView {
    pub(super) fn new(end: Option<Timestamp>, credential: Credential) -> Self {
        Self { credential, expires_at: end.map(|end| end.to_string()), end }
    }

    /// Its provider, its name and its end.
    pub(super) fn ending(&self) -> (&str, &str, Option<Timestamp>) {
        (self.credential.provider(), self.credential.name(), self.end)
    }
}

record!(ExpiringView, |one| one.credential.name(), {
    always "NAME" => Cell::text(one.credential.name()),
    always "PROVIDER" => Cell::text(one.credential.provider()),
    always "CREATED" => Cell::time(one.credential.created_at()),
    always "EXPIRES" => Cell::time(one.expires_at.as_deref()),
    always "ID" => Cell::text(one.credential.id()),
    wide "UPDATED" => Cell::time(one.credential.updated_at()),
    wide "AVAILABLE" => yes_no(one.credential.available()),
    wide "HEALTH" => Cell::maybe(one.credential.health()),
    wide "ORGANISATION" => Cell::maybe(one.credential.organisation_id()),
});

/// One credential with what is known of it, and what uses it.
#[derive(Debug, Serialize)]
pub(super) struct DetailView {
    #[serde(flatten)]
    pub(super) detail: CredentialDetail,
    /// The registries that use it; `None`: cannot tell.
    pub(super) registries: Option<Vec<String>>,
    /// Like the next one, of an SSH key alone.
    #[serde(skip_serializing_if = "Option::is_none")]
    fingerprint: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    fingerprint_md5: Option<String>,
    /// The end of its secret, where that is known.
    #[serde(skip_serializing_if = "Option::is_none")]
    expires_at: Option<String>,
}

impl DetailView {
    pub(super) fn new(
        detail: CredentialDetail,
        registries: Option<Vec<String>>,
        end: Option<Timestamp>,
    ) -> Self {
        let key = parsed(detail.ssh_public_key.as_deref());
        let fingerprint = key.as_ref().map(PublicKey::fingerprint);
        Self {
            detail,
            registries,
            fingerprint,
            fingerprint_md5: key.as_ref().map(PublicKey::fingerprint_md5),
            expires_at: end.map(|end| end.to_string()),
        }
    }
}

record!(DetailView, |one| one.detail.credential.name(), {
    always "NAME" => Cell::text(one.detail.credential.name()),
    always "PROVIDER" => Cell::text(one.detail.credential.provider()),
    always "ID" => Cell::text(one.detail.credential.id()),
    always "CREATED" => Cell::time(one.detail.credential.created_at()),
    always "UPDATED" => Cell::time(one.detail.credential.updated_at()),
    always "EXPIRES" => Cell::time(one.expires_at.as_deref()),
    always "AVAILABLE" => yes_no(one.detail.credential.available()),
    always "HEALTH" => Cell::maybe(one.detail.credential.health()),
    always "ORGANISATION" => Cell::maybe(one.detail.credential.organisation_id()),
    always "USERNAME" => Cell::maybe(one.detail.username.as_deref()),
    always "PROJECT" => Cell::maybe(one.detail.project_id.as_deref()),
    always "FINGERPRINT" => Cell::maybe(one.fingerprint.as_deref()),
    always "MD5 FINGERPRINT" => Cell::maybe(one.fingerprint_md5.as_deref()),
    always "PUBLIC KEY" => Cell::maybe(one.detail.ssh_public_key.as_deref()),
    always "CLUSTERS" => Cell::text(known(one.detail.clusters.as_deref().map(names_of).as_deref())),
    always "REGISTRIES" => Cell::text(known(one.registries.as_deref())),
});

/// Returns the word for them in a sentence.
pub(super) fn names_of(clusters: &[Cluster]) -> Vec<String> {
    clusters.iter().map(|cluster| cluster.name.clone().unwrap_or(cluster.id.clone())).collect()
}

fn known(names: Option<&[String]>) -> String {
    match names {
        None => "cannot tell".to_owned(),
        Some([]) => "none".to_owned(),
        Some(names) => names.join(", "),
    }
}

/// A credential that was just created, read back from the platform.
#[derive(Debug, Serialize)]
pub(super) struct CreatedView {
    pub(super) name: String,
    pub(super) provider: String,
    /// `None` where the platform does not show it yet.
    pub(super) id: Option<String>,
    pub(super) created_at: Option<String>,
    /// The end of its secret, where that is known.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) expires_at: Option<String>,
}

impl CreatedView {
    /// `found`: what can be read back.
    pub(super) fn new(
        name: &str,
        provider: &str,
        found: Option<&Credential>,
        expires_at: Option<String>,
    ) -> Self {
        Self {
            name: name.to_owned(),
            provider: provider.to_owned(),
            id: found.map(|one| one.id().to_owned()),
            created_at: found.and_then(Credential::created_at).map(str::to_owned),
            expires_at,
        }
    }
}

record!(CreatedView, |one| &one.name, {
    always "NAME" => Cell::text(&one.name),
    always "PROVIDER" => Cell::text(&one.provider),
    always "ID" => Cell::maybe(one.id.as_deref()),
    always "CREATED" => Cell::time(one.created_at.as_deref()),
    always "EXPIRES" => Cell::time(one.expires_at.as_deref()),
});

#[derive(Debug, Serialize)]
pub(super) struct SshKeyView {
    #[serde(flatten)]
    pub(super) credential: Credential,
    pub(super) ssh_public_key: Option<String>,
    pub(super) fingerprint: Option<String>,
    pub(super) fingerprint_md5: Option<String>,
    /// Whether its provider's console shows MD5.
    #[serde(skip)]
    shows_md5: bool,
}

impl SshKeyView {
    pub(super) fn new(provider: &Provider, key: crate::platform::SshKey) -> Self {
        let parsed = parsed(key.ssh_public_key.as_deref());
        Self {
            credential: key.credential,
            fingerprint: parsed.as_ref().map(PublicKey::fingerprint),
            fingerprint_md5: parsed.as_ref().map(PublicKey::fingerprint_md5),
            ssh_public_key: key.ssh_public_key,
            shows_md5: provider.ssh_keys.shows_md5,
        }
    }

    /// The fingerprint in the form of its provider's console, if `as_there`, else in the other one.
    fn shown(&self, as_there: bool) -> Option<&str> {
        let shown = if self.shows_md5 == as_there { &self.fingerprint_md5 } else { &self.fingerprint };
        shown.as_deref()
    }
}

fn parsed(line: Option<&str>) -> Option<PublicKey> {
    PublicKey::parse(line?).ok()
}

record!(SshKeyView, |one| one.credential.name(), {
    always "NAME" => Cell::text(one.credential.name()),
    always "PROVIDER" => Cell::text(one.credential.provider()),
    always "FINGERPRINT" => Cell::maybe(one.shown(true)),
    always "CREATED" => Cell::time(one.credential.created_at()),
    wide "OTHER FINGERPRINT" => Cell::maybe(one.shown(false)),
    wide "ID" => Cell::text(one.credential.id()),
    wide "UPDATED" => Cell::time(one.credential.updated_at()),
    wide "ORGANISATION" => Cell::maybe(one.credential.organisation_id()),
    wide "PUBLIC KEY" => Cell::maybe(one.ssh_public_key.as_deref()),
});

/// An SSH key that was generated or stored.
#[derive(Debug, Default, Serialize)]
pub(super) struct KeyView {
    pub(super) name: String,
    pub(super) provider: Option<String>,
    pub(super) id: Option<String>,
    /// Like the next three, not known of a stored key that the platform does not show.
    pub(super) algorithm: Option<String>,
    pub(super) fingerprint: Option<String>,
    pub(super) fingerprint_md5: Option<String>,
    pub(super) public_key: Option<String>,
    pub(super) private_key_file: Option<String>,
    pub(super) public_key_file: Option<String>,
    pub(super) encrypted: Option<bool>,
}

impl KeyView {
    /// Describes a key that is stored already.
    pub(super) fn of_stored(key: &SshKeyView) -> Self {
        let parsed = parsed(key.ssh_public_key.as_deref());
        Self {
            name: key.credential.name().to_owned(),
            provider: Some(key.credential.provider().to_owned()),
            id: Some(key.credential.id().to_owned()),
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

/// Whether a name can be used.
#[derive(Debug, Serialize)]
pub(super) struct NameView {
    pub(super) name: String,
    pub(super) valid: bool,
    pub(super) message: Option<String>,
}

record!(NameView, |one| &one.name, {
    always "NAME" => Cell::text(&one.name),
    always "FREE" => yes_no(Some(one.valid)),
    always "MESSAGE" => Cell::maybe(one.message.as_deref()),
});

/// Who is signed in, and where.
#[derive(Debug, Serialize)]
pub(super) struct StatusView {
    pub(super) platform: String,
    pub(super) profile: String,
    /// E-mail address, as it was at the sign-in.
    pub(super) user: Option<String>,
    pub(super) organisation: Option<String>,
    pub(super) organisation_id: Option<String>,
    /// Who chose it; `None`: it is the token's own.
    pub(super) organisation_from: Option<&'static str>,
    pub(super) role: Option<String>,
    pub(super) token_from: String,
    /// `keychain` or `file`, for a saved login.
    pub(super) kept_in: Option<&'static str>,
    pub(super) token_name: Option<String>,
    /// RFC 3339; `None`: not known.
    pub(super) token_expires_at: Option<String>,
    /// Other profiles that are signed in.
    pub(super) other_profiles: Vec<String>,
}

record!(StatusView, |one| one.organisation.as_deref().unwrap_or_default(), {
    always "PLATFORM" => Cell::text(&one.platform),
    always "PROFILE" => Cell::text(&one.profile),
    always "USER" => Cell::maybe(one.user.as_deref()),
    always "ORGANISATION" => Cell::maybe(one.organisation.as_deref()),
    always "ORGANISATION ID" => Cell::maybe(one.organisation_id.as_deref()),
    always "ORGANISATION FROM" => Cell::maybe(one.organisation_from),
    always "ROLE" => Cell::maybe(one.role.as_deref()),
    always "TOKEN FROM" => Cell::text(&one.token_from),
    always "TOKEN KEPT IN" => Cell::maybe(one.kept_in),
    always "TOKEN NAME" => Cell::maybe(one.token_name.as_deref()),
    always "TOKEN EXPIRES" => Cell::time(one.token_expires_at.as_deref()),
    always "OTHER PROFILES" => Cell::maybe(Some(one.other_profiles.join(", ")).filter(|names| !names.is_empty())),
});

/// What `delete --dry-run` shows of one credential.
#[derive(Debug, Serialize)]
pub(super) struct DeletionView {
    #[serde(flatten)]
    pub(super) request: Preview,
    pub(super) name: String,
    pub(super) provider: String,
    pub(super) id: String,
    /// The clusters and the registries that use it; `None`: cannot tell.
    pub(super) clusters: Option<Vec<String>>,
    pub(super) registries: Option<Vec<String>>,
}

record!(DeletionView, |one| &one.name, {
    always "NAME" => Cell::text(&one.name),
    always "PROVIDER" => Cell::text(&one.provider),
    always "CLUSTERS" => Cell::text(known(one.clusters.as_deref())),
    always "REGISTRIES" => Cell::text(known(one.registries.as_deref())),
    always "ID" => Cell::text(&one.id),
    wide "METHOD" => Cell::text(&one.request.method),
    wide "URL" => Cell::text(&one.request.url),
});

record!(Preview, |one| &one.url, {
    always "METHOD" => Cell::text(&one.method),
    always "URL" => Cell::text(&one.url),
    always "BODY" => Cell::maybe(one.body.as_ref().map(ToString::to_string)),
    always "WOULD BE SENT" => yes_no(Some(one.would_be_sent)),
});
