//! What the database holds: tables and the records in them.

use jiff::Timestamp;
use redb::TableDefinition;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use uuid::Uuid;

/// The layout below. A state of another format is refused.
pub(super) const FORMAT: &[u8] = b"1";

/// The record that the key is tried on.
pub(super) const CHECK: (Uuid, &[u8]) = (Uuid::nil(), b"ankra sandbox");

/// Facts on the state itself: `format`, `check`, the ids of the ready-made tokens, `filled`.
pub(super) const META: TableDefinition<&str, &[u8]> = TableDefinition::new("meta");
/// Organisation id to [`Organisation`].
pub(super) const ORGANISATIONS: TableDefinition<u128, &str> = TableDefinition::new("organisations");
/// User name to [`User`].
pub(super) const USERS: TableDefinition<&str, &str> = TableDefinition::new("users");
/// SHA-256 of a token to [`Token`].
pub(super) const TOKENS: TableDefinition<&[u8; 32], &str> = TableDefinition::new("tokens");
/// Credential or token id to its secrets, sealed.
pub(super) const SEALED: TableDefinition<u128, &[u8]> = TableDefinition::new("sealed");
/// Organisation and credential id to provider and [`Credential`]: a list is its values,
/// joined without being read.
pub(super) const CREDENTIALS: TableDefinition<(u128, u128), (&str, &str)> =
    TableDefinition::new("credentials");
/// Organisation and name to credential id.
pub(super) const NAMES: TableDefinition<(u128, &str), u128> = TableDefinition::new("names");
/// Credential id to a JSON object of what its detail has beyond its list entry; never a secret.
pub(super) const EXTRAS: TableDefinition<u128, &str> = TableDefinition::new("extras");
/// Organisation and cluster id to [`Cluster`].
pub(super) const CLUSTERS: TableDefinition<(u128, u128), &str> = TableDefinition::new("clusters");
/// Organisation and registry name to [`Registry`].
pub(super) const REGISTRIES: TableDefinition<(u128, &str), &str> = TableDefinition::new("registries");
/// SHA-256 of a login's ticket, in base64url, to [`Decided`].
pub(super) const LOGINS: TableDefinition<&str, &str> = TableDefinition::new("logins");
/// The audit log: a rising number to [`super::Access`].
pub(super) const AUDIT: TableDefinition<u64, &str> = TableDefinition::new("audit");

/// What an older state lacks of it is `None` or empty.
#[derive(Clone, Debug, Default, Deserialize, Serialize)]
#[expect(clippy::struct_field_names, reason = "the names of the wire")]
pub(super) struct Organisation {
    pub(super) organisation_id: Uuid,
    pub(super) name: Option<String>,
    /// Its name in URLs.
    pub(super) slug: Option<String>,
    pub(super) created_at: Option<String>,
    #[serde(default)]
    pub(super) invited: Vec<Invitation>,
}

impl Organisation {
    /// What a person calls it: its name, else its slug, else its id.
    pub(super) fn title(&self) -> String {
        let named = [&self.name, &self.slug].into_iter().flatten().find(|text| !text.trim().is_empty());
        named.map_or_else(|| self.organisation_id.to_string(), Clone::clone)
    }
}

/// Whoever was asked to join an organisation and has not answered.
#[derive(Clone, Debug, Deserialize, Serialize)]
pub(super) struct Invitation {
    pub(super) invite_id: Uuid,
    pub(super) email: String,
    pub(super) role: Role,
}

/// What a member may do in an organisation.
#[derive(Clone, Copy, Debug, Deserialize, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Role {
    Owner,
    Viewer,
}

impl Role {
    /// Whether the role holds a permission such as `credentials.create`.
    pub(super) fn may(self, permission: &str) -> bool {
        match self {
            Self::Owner => true,
            Self::Viewer => permission.rsplit_once('.').is_some_and(|(_, verb)| verb == "read"),
        }
    }
}

/// Whoever a token belongs to.
#[derive(Clone, Debug, Deserialize, Serialize)]
pub(super) struct User {
    /// `None` in an older state.
    pub(super) id: Option<Uuid>,
    /// The organisation that requests without a choice go to.
    pub(super) current: Uuid,
    pub(super) memberships: Vec<(Uuid, Role)>,
}

/// An API token; its text is not here.
#[derive(Clone, Debug, Default, Deserialize, Serialize)]
pub(super) struct Token {
    pub(super) id: Uuid,
    pub(super) name: String,
    pub(super) user: String,
    pub(super) created_at: String,
    pub(super) expires_at: Option<String>,
    pub(super) revoked_at: Option<String>,
    pub(super) last_used_at: Option<String>,
    /// What else than REST it is for; a token that has none does all that its owner may do.
    #[serde(default)]
    pub(super) scopes: Vec<String>,
}

/// A credential as lists show it, field for field as the platform does.
#[derive(Debug, Default, Deserialize, Serialize)]
pub(super) struct Credential {
    pub(super) id: Uuid,
    pub(super) name: String,
    pub(super) provider: String,
    pub(super) organisation_id: Uuid,
    pub(super) system: bool,
    pub(super) available: bool,
    pub(super) created_at: String,
    pub(super) updated_at: String,
    pub(super) state: Option<String>,
    pub(super) account_login: Option<String>,
    pub(super) account_type: Option<String>,
    pub(super) installation_id: Option<u64>,
    pub(super) repository_selection: Option<String>,
    pub(super) co_tenant_count: Option<u64>,
    pub(super) last_synced_at: Option<String>,
    pub(super) syncing: bool,
    pub(super) repository_count: Option<u64>,
    /// Good, but of one of the samples.
    pub(super) health: Value,
}

impl Token {
    /// Why it is not accepted at `now`; `None`: it is.
    pub(super) fn refusal(&self, now: Timestamp) -> Option<&'static str> {
        let ahead = |end: &String| end.parse::<Timestamp>().is_ok_and(|end| end > now);
        if self.revoked_at.is_some() {
            Some("Token has been revoked")
        } else if !self.expires_at.as_ref().is_none_or(ahead) {
            Some("Token has expired")
        } else {
            None
        }
    }
}

impl Credential {
    pub(super) fn new(id: Uuid, organisation: Uuid, name: &str, provider: &str, now: Timestamp) -> Self {
        Self {
            id,
            name: name.to_owned(),
            provider: provider.to_owned(),
            organisation_id: organisation,
            available: true,
            created_at: now.to_string(),
            updated_at: now.to_string(),
            health: json!({
                "state": "healthy",
                "consecutive_failures": 0,
                "last_error_class": null,
                "next_attempt_at": null,
            }),
            ..Self::default()
        }
    }
}

#[derive(Debug, Deserialize, Serialize)]
pub(super) struct Cluster {
    pub(super) id: Uuid,
    pub(super) name: String,
    pub(super) kind: String,
    pub(super) created_at: String,
    /// Whose `clusters` it is listed in.
    pub(super) credential_id: Uuid,
}

#[derive(Debug, Deserialize, Serialize)]
pub(super) struct Registry {
    pub(super) id: Uuid,
    pub(super) name: String,
    pub(super) url: String,
    pub(super) credential_name: Option<String>,
    pub(super) created_at: String,
    /// Older states lack it.
    #[serde(default)]
    pub(super) last_sync_error: Option<String>,
}

/// A browser login of which something was decided. One that only waits is kept nowhere but in its ticket.
#[derive(Debug, Deserialize, Serialize)]
pub(super) struct Decided {
    /// Unix seconds.
    pub(super) expires: i64,
    pub(super) decision: Decision,
}

#[derive(Clone, Copy, Debug, Deserialize, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub(super) enum Decision {
    /// The first code was right, the second one is due.
    SecondFactor,
    Approved,
    Denied,
    /// Its token was given out.
    Collected,
}
