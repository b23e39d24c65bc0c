//! How each thing looks as a row, an object or a name.

use serde::Serialize;

use crate::{
    output::{Cell, Column, Record},
    platform::{Cluster, Credential, CredentialDetail, Preview},
    providers::Provider,
    ssh::PublicKey,
};

const fn always(header: &'static str) -> Column {
    Column { header, wide: false }
}

const fn wide(header: &'static str) -> Column {
    Column { header, wide: true }
}

fn text(value: Option<&str>) -> Cell<'_> {
    value.map_or(Cell::Missing, |value| Cell::Text(value.into()))
}

fn time(value: Option<&str>) -> Cell<'_> {
    value.map_or(Cell::Missing, Cell::Time)
}

fn yes_no(value: Option<bool>) -> Cell<'static> {
    value.map_or(Cell::Missing, |value| Cell::Text(if value { "yes" } else { "no" }.into()))
}

impl Record for Credential {
    const COLUMNS: &'static [Column] = &[
        always("NAME"),
        always("PROVIDER"),
        always("CREATED"),
        always("ID"),
        wide("UPDATED"),
        wide("AVAILABLE"),
        wide("HEALTH"),
        wide("ORGANISATION"),
    ];

    fn cells(&self) -> Vec<Cell<'_>> {
        vec![
            text(Some(self.name())),
            text(Some(self.provider())),
            time(self.created_at()),
            text(Some(self.id())),
            time(self.updated_at()),
            yes_no(self.available()),
            text(self.health()),
            text(self.organisation_id()),
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
        always("NAME"),
        always("PROVIDER"),
        always("ID"),
        always("CREATED"),
        always("UPDATED"),
        always("AVAILABLE"),
        always("HEALTH"),
        always("ORGANISATION"),
        always("USERNAME"),
        always("PROJECT"),
        always("PUBLIC KEY"),
        always("CLUSTERS"),
        always("REGISTRIES"),
    ];

    fn cells(&self) -> Vec<Cell<'_>> {
        let credential = &self.detail.credential;
        vec![
            text(Some(credential.name())),
            text(Some(credential.provider())),
            text(Some(credential.id())),
            time(credential.created_at()),
            time(credential.updated_at()),
            yes_no(credential.available()),
            text(credential.health()),
            text(credential.organisation_id()),
            text(self.detail.username.as_deref()),
            text(self.detail.project_id.as_deref()),
            text(self.detail.ssh_public_key.as_deref()),
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
    const COLUMNS: &'static [Column] =
        &[always("NAME"), always("PROVIDER"), always("ID"), always("CREATED"), always("EXPIRES")];

    fn cells(&self) -> Vec<Cell<'_>> {
        vec![
            text(Some(&self.name)),
            text(Some(&self.provider)),
            text(self.id.as_deref()),
            time(self.created_at.as_deref()),
            time(self.expires_at.as_deref()),
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
        always("NAME"),
        always("PROVIDER"),
        always("FINGERPRINT"),
        always("CREATED"),
        wide("ID"),
        wide("UPDATED"),
        wide("ORGANISATION"),
        wide("PUBLIC KEY"),
    ];

    fn cells(&self) -> Vec<Cell<'_>> {
        vec![
            text(Some(self.credential.name())),
            text(Some(self.credential.provider())),
            text(self.fingerprint.as_deref()),
            time(self.credential.created_at()),
            text(Some(self.credential.id())),
            time(self.credential.updated_at()),
            text(self.credential.organisation_id()),
            text(self.ssh_public_key.as_deref()),
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
        always("NAME"),
        always("PROVIDER"),
        always("ID"),
        always("FINGERPRINT"),
        always("PRIVATE KEY FILE"),
        always("ENCRYPTED"),
        always("PUBLIC KEY"),
    ];

    fn cells(&self) -> Vec<Cell<'_>> {
        vec![
            text(Some(&self.name)),
            text(self.provider.as_deref()),
            text(self.id.as_deref()),
            text(self.fingerprint.as_deref()),
            text(self.private_key_file.as_deref()),
            yes_no(self.encrypted),
            text(self.public_key.as_deref()),
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
    const COLUMNS: &'static [Column] = &[always("NAME"), always("FREE"), always("MESSAGE")];

    fn cells(&self) -> Vec<Cell<'_>> {
        vec![text(Some(&self.name)), yes_no(Some(self.valid)), text(self.message.as_deref())]
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
        always("PLATFORM"),
        always("ORGANISATION"),
        always("ORGANISATION ID"),
        always("ROLE"),
        always("TOKEN FROM"),
    ];

    fn cells(&self) -> Vec<Cell<'_>> {
        vec![
            text(Some(&self.platform)),
            text(self.organisation.as_deref()),
            text(self.organisation_id.as_deref()),
            text(self.role.as_deref()),
            text(Some(&self.token_from)),
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
    const COLUMNS: &'static [Column] = &[always("METHOD"), always("URL"), always("BODY")];

    fn cells(&self) -> Vec<Cell<'_>> {
        let body = if self.body.is_empty() { Cell::Missing } else { Cell::Text(self.body.as_str().into()) };
        vec![text(Some(&self.preview.method)), text(Some(&self.preview.url)), body]
    }

    fn name(&self) -> &str {
        &self.preview.url
    }
}
