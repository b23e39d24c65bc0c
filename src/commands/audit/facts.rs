//! What is known of an organisation's credentials.

use std::rc::Rc;

use jiff::{SignedDuration, Timestamp};

use super::finding::Org;
use crate::{
    commands::{name::on_a_line, usage::Users},
    error::Error,
    output::End,
    platform::{Credential, CredentialDetail, Registry, cloud_of_ssh_keys},
};

/// What the checks measure by.
pub(super) struct Limits {
    pub(super) now: Timestamp,
    /// A secret is old from then on.
    pub(super) max_age: SignedDuration,
    /// So long before its end a secret is reported.
    pub(super) expires_within: SignedDuration,
    /// A credential that is younger may have no user yet.
    pub(super) unused_after: SignedDuration,
}

/// An organisation, as far as it could be looked at.
pub(super) struct Looked {
    pub(super) org: Rc<Org>,
    pub(super) there: Result<There, Error>,
}

/// What is in an organisation.
pub(super) struct There {
    pub(super) credentials: Vec<Facts>,
    pub(super) registries: Result<Vec<Registry>, Error>,
}

/// What is known of one credential.
pub(super) struct Facts {
    pub(super) credential: Credential,
    pub(super) detail: Result<CredentialDetail, Error>,
    pub(super) users: Users,
    /// The end of its secret, as this machine knows it.
    pub(super) end: End,
    /// Whether its secret looks like a password, as this machine knows it.
    pub(super) is_password: Option<bool>,
    /// No other has its name.
    pub(super) is_alone: bool,
}

impl Facts {
    pub(super) fn name(&self) -> &str {
        self.credential.name()
    }

    /// What command lines call it.
    pub(super) fn on_a_line(&self) -> &str {
        on_a_line(self.credential.id(), self.name(), self.is_alone)
    }

    /// Whether it is the public half of a key pair.
    pub(super) fn is_ssh_key(&self) -> bool {
        self.cloud_of_key().is_some()
    }

    /// The provider that its key is stored for, if it is one.
    pub(super) fn cloud_of_key(&self) -> Option<&str> {
        cloud_of_ssh_keys(self.credential.provider())
    }

    /// How long ago `time` was; `None`: that is no time. One to come is of a clock that is ahead.
    pub(super) fn age(time: Option<&str>, now: Timestamp) -> Option<SignedDuration> {
        let then: Timestamp = time?.parse().ok()?;
        Some(now.duration_since(then).max(SignedDuration::ZERO))
    }
}

/// `1 day`, `12 days`, of less than two days the hours.
pub(super) fn days(span: SignedDuration) -> String {
    let hours = span.as_hours();
    let (count, unit) = if hours >= 48 { (hours / 24, "day") } else { (hours, "hour") };
    let plural = if count == 1 { "" } else { "s" };
    format!("{count} {unit}{plural}")
}
