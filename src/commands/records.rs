//! How each thing looks as a row, an object or a name.

use serde::Serialize;

use crate::{
    output::{Cell, Column, Record},
    platform::{Cluster, Credential, CredentialDetail, Preview},
    providers::Provider,
    ssh::PublicKey,
};

fn yes_no(value: Option<bool>) -> Cell<'static> {
    value.map_or(Cell::Missing, |value| Cell::Text(if value { "yes" } else { "no" }.into()))
}

impl Record for Credential {
    const COLUMNS: &'static [Column] = &[
        Column::always("NAME"),
        Column::always("PROVIDER"),
        Column::always("CREATED"),
        Column::always("ID"),
        Column::wide("UPDATED"),
        Column::wide("AVAILABLE"),
        Column::wide("HEALTH"),
        Column::wide("ORGANISATION"),
    ];

    fn cells(&self) -> Vec<Cell<'_>> {
        vec![
            Cell::text(self.name()),
            Cell::text(self.provider()),
            Cell::time(self.created_at()),
            Cell::text(self.id()),
            Cell::time(self.updated_at()),
            yes_no(self.available()),
            Cell::maybe(self.health()),
            Cell::maybe(self.organisation_id()),
        ]
    }

    fn name(&self) -> &str {
        self.name()
    }
}

/// One credential with what is known of it, and what uses it.
#[derive(Debug, Serialize)]
pub(super) struct DetailView {
    #[serde(flatten)]
    pub(super) detail: CredentialDetail,
    /// The registries that use it; `None`: cannot tell.
    pub(super) registries: Option<Vec<String>>,
}

impl Record for DetailView {
    const COLUMNS: &'static [Column] = &[
        Column::always("NAME"),
        Column::always("PROVIDER"),
        Column::always("ID"),
        Column::always("CREATED"),
        Column::always("UPDATED"),
        Column::always("AVAILABLE"),
        Column::always("HEALTH"),
        Column::always("ORGANISATION"),
        Column::always("USERNAME"),
        Column::always("PROJECT"),
        Column::always("PUBLIC KEY"),
        Column::always("CLUSTERS"),
        Column::always("REGISTRIES"),
    ];

    fn cells(&self) -> Vec<Cell<'_>> {
        let credential = &self.detail.credential;
        vec![
            Cell::text(credential.name()),
            Cell::text(credential.provider()),
            Cell::text(credential.id()),
            Cell::time(credential.created_at()),
            Cell::time(credential.updated_at()),
            yes_no(credential.available()),
            Cell::maybe(credential.health()),
            Cell::maybe(credential.organisation_id()),
            Cell::maybe(self.detail.username.as_deref()),
            Cell::maybe(self.detail.project_id.as_deref()),
            Cell::maybe(self.detail.ssh_public_key.as_deref()),
            Cell::Text(names_of(self.detail.clusters.as_deref()).into()),
            Cell::Text(self.registries.as_ref().map_or("cannot tell".into(), |names| list_of(names)).into()),
        ]
    }

    fn name(&self) -> &str {
        self.detail.credential.name()
    }
}

fn names_of(clusters: Option<&[Cluster]>) -> String {
    clusters.map_or("cannot tell".into(), |clusters| {
        list_of(
            &clusters
                .iter()
                .map(|cluster| cluster.name.clone().unwrap_or(cluster.id.clone()))
                .collect::<Vec<_>>(),
        )
    })
}

fn list_of(names: &[String]) -> String {
    if names.is_empty() { "none".into() } else { names.join(", ") }
}

/// What was just created, read back from the platform.
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

impl Record for CreatedView {
    const COLUMNS: &'static [Column] = &[
        Column::always("NAME"),
        Column::always("PROVIDER"),
        Column::always("ID"),
        Column::always("CREATED"),
        Column::always("EXPIRES"),
    ];

    fn cells(&self) -> Vec<Cell<'_>> {
        vec![
            Cell::text(&self.name),
            Cell::text(&self.provider),
            Cell::maybe(self.id.as_deref()),
            Cell::time(self.created_at.as_deref()),
            Cell::time(self.expires_at.as_deref()),
        ]
    }

    fn name(&self) -> &str {
        &self.name
    }
}

/// An SSH key of the platform.
#[derive(Debug, Serialize)]
pub(super) struct SshKeyView {
    #[serde(flatten)]
    pub(super) credential: Credential,
    pub(super) ssh_public_key: Option<String>,
    pub(super) fingerprint: Option<String>,
}

impl SshKeyView {
    /// The platform's own word for the provider may tell keys and tokens apart; here all are keys.
    pub(super) fn new(key: crate::platform::SshKey, provider: &Provider) -> Self {
        let parsed = key.ssh_public_key.as_deref().and_then(|line| PublicKey::parse(line).ok());
        Self {
            credential: key.credential.with_provider(provider.slug),
            fingerprint: parsed.map(|key| key.fingerprint()),
            ssh_public_key: key.ssh_public_key,
        }
    }
}

impl Record for SshKeyView {
    const COLUMNS: &'static [Column] = &[
        Column::always("NAME"),
        Column::always("PROVIDER"),
        Column::always("FINGERPRINT"),
        Column::always("CREATED"),
        Column::wide("ID"),
        Column::wide("UPDATED"),
        Column::wide("ORGANISATION"),
        Column::wide("PUBLIC KEY"),
    ];

    fn cells(&self) -> Vec<Cell<'_>> {
        vec![
            Cell::text(self.credential.name()),
            Cell::text(self.credential.provider()),
            Cell::maybe(self.fingerprint.as_deref()),
            Cell::time(self.credential.created_at()),
            Cell::text(self.credential.id()),
            Cell::time(self.credential.updated_at()),
            Cell::maybe(self.credential.organisation_id()),
            Cell::maybe(self.ssh_public_key.as_deref()),
        ]
    }

    fn name(&self) -> &str {
        self.credential.name()
    }
}

/// A key that was made or stored.
#[derive(Debug, Default, Serialize)]
pub(super) struct KeyView {
    pub(super) name: String,
    pub(super) provider: Option<String>,
    pub(super) id: Option<String>,
    /// This and the next two are unknown of a stored key that the platform does not show.
    pub(super) algorithm: Option<String>,
    pub(super) fingerprint: Option<String>,
    pub(super) public_key: Option<String>,
    pub(super) private_key_file: Option<String>,
    pub(super) public_key_file: Option<String>,
    pub(super) encrypted: Option<bool>,
}

impl KeyView {
    /// What is known of a key that is stored already.
    pub(super) fn of_stored(key: &SshKeyView) -> Self {
        let parsed = key.ssh_public_key.as_deref().and_then(|line| PublicKey::parse(line).ok());
        Self {
            name: key.credential.name().to_owned(),
            provider: Some(key.credential.provider().to_owned()),
            id: Some(key.credential.id().to_owned()),
            algorithm: parsed.map(|key| key.algorithm()),
            fingerprint: key.fingerprint.clone(),
            public_key: key.ssh_public_key.clone(),
            ..Self::default()
        }
    }
}

impl Record for KeyView {
    const COLUMNS: &'static [Column] = &[
        Column::always("NAME"),
        Column::always("PROVIDER"),
        Column::always("ID"),
        Column::always("FINGERPRINT"),
        Column::always("PRIVATE KEY FILE"),
        Column::always("ENCRYPTED"),
        Column::always("PUBLIC KEY"),
    ];

    fn cells(&self) -> Vec<Cell<'_>> {
        vec![
            Cell::text(&self.name),
            Cell::maybe(self.provider.as_deref()),
            Cell::maybe(self.id.as_deref()),
            Cell::maybe(self.fingerprint.as_deref()),
            Cell::maybe(self.private_key_file.as_deref()),
            yes_no(self.encrypted),
            Cell::maybe(self.public_key.as_deref()),
        ]
    }

    fn name(&self) -> &str {
        &self.name
    }
}

/// Whether a name can be used.
#[derive(Debug, Serialize)]
pub(super) struct NameView {
    pub(super) name: String,
    pub(super) valid: bool,
    pub(super) message: Option<String>,
}

impl Record for NameView {
    const COLUMNS: &'static [Column] =
        &[Column::always("NAME"), Column::always("FREE"), Column::always("MESSAGE")];

    fn cells(&self) -> Vec<Cell<'_>> {
        vec![Cell::text(&self.name), yes_no(Some(self.valid)), Cell::maybe(self.message.as_deref())]
    }

    fn name(&self) -> &str {
        &self.name
    }
}

/// Who is signed in.
#[derive(Debug, Serialize)]
pub(super) struct StatusView {
    pub(super) platform: String,
    pub(super) organisation: Option<String>,
    pub(super) organisation_id: Option<String>,
    pub(super) role: Option<String>,
    pub(super) token_from: String,
}

impl Record for StatusView {
    const COLUMNS: &'static [Column] = &[
        Column::always("PLATFORM"),
        Column::always("ORGANISATION"),
        Column::always("ORGANISATION ID"),
        Column::always("ROLE"),
        Column::always("TOKEN FROM"),
    ];

    fn cells(&self) -> Vec<Cell<'_>> {
        vec![
            Cell::text(&self.platform),
            Cell::maybe(self.organisation.as_deref()),
            Cell::maybe(self.organisation_id.as_deref()),
            Cell::maybe(self.role.as_deref()),
            Cell::text(&self.token_from),
        ]
    }

    fn name(&self) -> &str {
        self.organisation.as_deref().unwrap_or_default()
    }
}

/// A request that was not sent.
#[derive(Debug, Serialize)]
pub(super) struct DryRunView {
    #[serde(flatten)]
    preview: Preview,
    #[serde(skip)]
    body: String,
}

impl DryRunView {
    pub(super) fn new(preview: Preview) -> Self {
        let body = preview.body.as_ref().map(ToString::to_string).unwrap_or_default();
        Self { preview, body }
    }
}

impl Record for DryRunView {
    const COLUMNS: &'static [Column] =
        &[Column::always("METHOD"), Column::always("URL"), Column::always("BODY")];

    fn cells(&self) -> Vec<Cell<'_>> {
        let body = if self.body.is_empty() { Cell::Missing } else { Cell::Text(self.body.as_str().into()) };
        vec![Cell::text(&self.preview.method), Cell::text(&self.preview.url), body]
    }

    fn name(&self) -> &str {
        &self.preview.url
    }
}
