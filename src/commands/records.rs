//! How each thing looks as a row, an object or a name.

mod account;
mod ssh_key;

pub(super) use account::{ChosenView, MadeTokenView, OrganisationView, ProfileView, TokenView};
pub(super) use ssh_key::{KeyView, SshKeyView};

use jiff::Timestamp;
use serde::{Serialize, Serializer, ser::SerializeMap};

use super::{
    expiries::Ending,
    usage::{Users, names_of},
};
use crate::{
    instant::write_time,
    output::{Cell, End, Record, Tone, record},
    platform::{Credential, CredentialDetail, Preview, Status},
    ssh::PublicKey,
};

fn yes_no(value: Option<bool>) -> Cell<'static> {
    value.map_or(Cell::Missing, |value| Cell::Text(if value { "yes" } else { "no" }.into()))
}

record!(Credential, |one| one.name(), {
    always "NAME" => Cell::text(one.name()),
    always "PROVIDER" => Cell::text(one.provider()),
    always "CREATED" as "created_at" => Cell::time(one.created_at()),
    always "ID" => Cell::text(one.id()),
});

/// A credential in a list.
#[derive(Debug)]
pub(super) struct CredentialView {
    pub(super) credential: Credential,
    pub(super) status: Status,
    /// When its secret expires.
    pub(super) end: End,
    /// What uses it, where that was asked.
    pub(super) used_by: Option<Users>,
}

impl CredentialView {
    pub(super) fn new(credential: Credential, end: End, now: Timestamp) -> Self {
        Self { status: status(&credential, end, now), credential, end, used_by: None }
    }

    /// What is said of its end.
    pub(super) fn ending(&self) -> Ending<'_> {
        ending(&self.credential, self.end)
    }
}

/// Its fields are written as they are: flattened by serde, they take 1.6 % more instructions of
/// `credentials list -o json` (`cargo bench --bench budgets`).
impl Serialize for CredentialView {
    fn serialize<S: Serializer>(&self, output: S) -> Result<S::Ok, S::Error> {
        let mut object = output.serialize_map(None)?;
        self.credential.write(&mut object)?;
        object.serialize_entry("status", &self.status)?;
        object.serialize_entry("expires_at", &self.end)?;
        if let Some(used_by) = &self.used_by {
            object.serialize_entry("used_by", used_by)?;
        }
        object.end()
    }
}

/// A credential that can be listed, with whatever else is shown of it.
pub(super) trait Listed: Record {
    fn view(&self) -> &CredentialView;

    fn view_mut(&mut self) -> &mut CredentialView;
}

impl Listed for CredentialView {
    fn view(&self) -> &CredentialView {
        self
    }

    fn view_mut(&mut self) -> &mut CredentialView {
        self
    }
}

/// How a credential fares of which the end is known, or not.
fn status(one: &Credential, end: End, now: Timestamp) -> Status {
    if end.is_past(now) { Status::Expired } else { one.status() }
}

/// What is said of an end.
fn ending(one: &Credential, end: End) -> Ending<'_> {
    Ending { provider: one.provider(), id: one.id(), name: one.name(), end }
}

record!(CredentialView, |one| one.credential.name(); one.used_by.is_none().then(|| one.credential.texts()), {
    always "NAME" => Cell::text(one.credential.name()),
    always "PROVIDER" => Cell::text(one.credential.provider()),
    vital "STATUS" => state(one.status),
    known "EXPIRES" as "expires_at" => Cell::End(one.end),
    known "USED BY" => Cell::maybe(one.used_by.as_ref().map(Users::to_string)),
    minor "CREATED" as "created_at" => Cell::time(one.credential.created_at()),
    wide "ID" => Cell::text(one.credential.id()),
    wide "UPDATED" as "updated_at" => Cell::time(one.credential.updated_at()),
    wide "AVAILABLE" => yes_no(one.credential.available()),
    wide "HEALTH" => Cell::maybe(one.credential.health()),
    wide "LAST ERROR" => Cell::maybe(one.credential.last_error()),
    wide "SYNCED" as "last_synced_at" => Cell::time(one.credential.last_synced_at()),
    wide "ACCOUNT" as "account_login" => Cell::maybe(one.credential.account()),
    wide "SYSTEM" => yes_no(one.credential.system()),
    wide "ORGANISATION" as "organisation_id" => Cell::maybe(one.credential.organisation_id()),
});

/// A status as a cell.
pub(super) fn state(status: Status) -> Cell<'static> {
    let tone = match status {
        Status::Expired | Status::Failing | Status::Unavailable => Tone::Bad,
        Status::Syncing | Status::Unknown => Tone::Doubtful,
        Status::Ok => Tone::Good,
    };
    Cell::State(status.name(), tone)
}

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
    status: Status,
    /// When its secret expires.
    #[serde(rename = "expires_at")]
    end: End,
}

impl DetailView {
    pub(super) fn new(detail: CredentialDetail, registries: Option<Vec<String>>, end: End) -> Self {
        let key = parsed(detail.ssh_public_key.as_deref());
        let status = status(&detail.credential, end, Timestamp::now());
        Self {
            registries,
            fingerprint: key.as_ref().map(PublicKey::fingerprint),
            fingerprint_md5: key.as_ref().map(PublicKey::fingerprint_md5),
            detail,
            status,
            end,
        }
    }

    /// What is said of its end.
    pub(super) fn ending(&self) -> Ending<'_> {
        ending(&self.detail.credential, self.end)
    }
}

record!(DetailView, |one| one.detail.credential.name(), {
    always "NAME" => Cell::text(one.detail.credential.name()),
    always "PROVIDER" => Cell::text(one.detail.credential.provider()),
    always "STATUS" => state(one.status),
    always "EXPIRES" as "expires_at" => Cell::End(one.end),
    always "CREATED" as "created_at" => Cell::time(one.detail.credential.created_at()),
    always "UPDATED" as "updated_at" => Cell::time(one.detail.credential.updated_at()),
    always "ID" => Cell::text(one.detail.credential.id()),
    always "DESCRIPTION" => Cell::maybe(one.detail.description.as_deref()),
    always "AVAILABLE" => yes_no(one.detail.credential.available()),
    always "HEALTH" => Cell::maybe(one.detail.credential.health()),
    always "LAST ERROR" => Cell::maybe(one.detail.credential.last_error()),
    always "SYNCED" as "last_synced_at" => Cell::time(one.detail.credential.last_synced_at()),
    always "SYSTEM" => Cell::maybe(one.detail.credential.system().filter(|is| *is).map(|_| "yes")),
    always "ORGANISATION" as "organisation_id" => Cell::maybe(one.detail.credential.organisation_id()),
    always "ACCOUNT" as "account_login" => Cell::maybe(one.detail.credential.account()),
    always "OWNER" => Cell::maybe(one.detail.owner.as_deref()),
    always "REPOSITORY" => Cell::maybe(one.detail.repository.as_deref()),
    always "INSTALLATION ID" => Cell::maybe(one.detail.installation_id.as_deref()),
    always "USERNAME" => Cell::maybe(one.detail.username.as_deref()),
    always "PROJECT" as "project_id" => Cell::maybe(one.detail.project_id.as_deref()),
    always "FINGERPRINT" => Cell::maybe(one.fingerprint.as_deref()),
    always "MD5 FINGERPRINT" as "fingerprint_md5" => Cell::maybe(one.fingerprint_md5.as_deref()),
    always "PUBLIC KEY" as "ssh_public_key" => Cell::maybe(one.detail.ssh_public_key.as_deref()),
    always "CLUSTERS" => Cell::text(known(one.detail.clusters.as_deref().map(names_of).as_deref())),
    always "REGISTRIES" => Cell::text(known(one.registries.as_deref())),
});

fn known(names: Option<&[String]>) -> String {
    match names {
        None => "cannot tell".to_owned(),
        Some([]) => "none".to_owned(),
        Some(names) => names.join(", "),
    }
}

fn parsed(line: Option<&str>) -> Option<PublicKey> {
    PublicKey::parse(line?).ok()
}

/// A credential that was just created, read back from the platform.
#[derive(Debug, Serialize)]
pub(super) struct CreatedView {
    pub(super) name: String,
    pub(super) provider: String,
    /// `None` where the platform does not show it yet.
    pub(super) id: Option<String>,
    #[serde(serialize_with = "write_time")]
    pub(super) created_at: Option<String>,
    /// The end of its secret, where that is known.
    #[serde(skip_serializing_if = "Option::is_none", serialize_with = "write_time")]
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
    always "EXPIRES" as "expires_at" => Cell::time(one.expires_at.as_deref()),
    always "CREATED" as "created_at" => Cell::time(one.created_at.as_deref()),
    always "ID" => Cell::maybe(one.id.as_deref()),
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
    #[serde(serialize_with = "write_time")]
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

#[cfg(test)]
mod tests {
    use jiff::Timestamp;
    use serde_json::{Value, json};

    use super::{CredentialView, Users};
    use crate::{
        output::{End, Record},
        platform::Credential,
    };

    fn view() -> CredentialView {
        let credential: Credential = serde_json::from_value(json!({
            "id": "an-id", "name": "a-name", "provider": "a-provider", "organisation_id": "an-organisation",
            "created_at": "2026-01-01T00:00:00Z", "updated_at": "2026-01-02T00:00:00Z", "state": "a-state",
            "account_login": "a-login", "account_type": "a-type", "last_synced_at": "2026-01-03T00:00:00Z",
            "health": {
                "state": "a-health", "last_error_class": "an-error", "next_attempt_at": "2026-01-04T00:00:00Z",
            },
        }))
        .unwrap();
        CredentialView::new(credential, End::Never, Timestamp::now())
    }

    fn texts(value: &Value) -> Vec<&str> {
        match value {
            Value::String(text) => vec![text],
            Value::Array(all) => all.iter().flat_map(texts).collect(),
            Value::Object(all) => all.values().flat_map(texts).collect(),
            _ => Vec::new(),
        }
    }

    #[test]
    fn what_is_looked_at_in_place_of_json_has_all_of_its_foreign_texts() {
        let view = view();
        let json = serde_json::to_value(&view).unwrap();
        let foreign: Vec<_> =
            texts(&json).into_iter().filter(|text| *text != view.status.name() && *text != "never").collect();
        assert_eq!(foreign.len(), 13, "{foreign:?}");
        for text in foreign {
            assert!(view.foreign().unwrap().contains(text), "{text}");
        }
    }

    #[test]
    fn what_is_used_by_others_is_looked_at_whole() {
        assert_eq!(CredentialView { used_by: Some(Users::default()), ..view() }.foreign(), None);
    }
}
