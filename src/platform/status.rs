//! How a credential fares, in one word.

use std::fmt;

use serde::{Serialize, Serializer};

/// How a credential fares.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Status {
    /// Its secret has expired.
    Expired,
    /// The platform has met errors with it.
    Failing,
    /// The platform cannot use it now.
    Unavailable,
    /// The platform is reading what it gives access to.
    Syncing,
    /// The platform can use it.
    Ok,
    /// The platform has not said.
    Unknown,
}

impl Status {
    /// Each by its name on the command line and in results.
    pub const NAMED: [(&'static str, Self); 6] = [
        ("ok", Self::Ok),
        ("failing", Self::Failing),
        ("unavailable", Self::Unavailable),
        ("expired", Self::Expired),
        ("syncing", Self::Syncing),
        ("unknown", Self::Unknown),
    ];

    /// Its name.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Expired => "expired",
            Self::Failing => "failing",
            Self::Unavailable => "unavailable",
            Self::Syncing => "syncing",
            Self::Ok => "ok",
            Self::Unknown => "unknown",
        }
    }

    /// What the fields of a credential say. Of the platform's words for a health only some are known: what another one
    /// means is told by `available` and the errors that were counted.
    pub(super) fn of(said: &Said<'_>) -> Self {
        let is_one_of = |words: &[&str]| {
            said.health.is_some_and(|health| words.iter().any(|word| word.eq_ignore_ascii_case(health)))
        };
        let has_errors = said.failures.is_some_and(|count| count > 0);
        if has_errors || is_one_of(&BAD) {
            Self::Failing
        } else if said.available == Some(false) {
            Self::Unavailable
        } else if said.syncing == Some(true) || is_one_of(&BUSY) {
            Self::Syncing
        } else if said.available == Some(true) || is_one_of(&GOOD) {
            Self::Ok
        } else {
            Self::Unknown
        }
    }
}

/// Its name.
impl Serialize for Status {
    fn serialize<S: Serializer>(&self, output: S) -> Result<S::Ok, S::Error> {
        output.serialize_str(self.name())
    }
}

impl fmt::Display for Status {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.name())
    }
}

/// What a credential says of how it fares.
pub(super) struct Said<'a> {
    pub(super) available: Option<bool>,
    pub(super) syncing: Option<bool>,
    pub(super) failures: Option<u64>,
    pub(super) health: Option<&'a str>,
}

const BAD: [&str; 9] =
    ["failing", "failed", "error", "unhealthy", "degraded", "broken", "invalid", "unauthorized", "down"];
const BUSY: [&str; 3] = ["syncing", "pending", "indexing"];
const GOOD: [&str; 6] = ["healthy", "ok", "up", "active", "available", "valid"];

#[cfg(test)]
mod tests {
    use super::{Said, Status};

    #[test]
    fn the_worst_that_is_said_counts() {
        let said =
            |available, syncing, failures, health| Status::of(&Said { available, syncing, failures, health });
        for (status, told) in [
            (Status::Unknown, said(None, None, None, None)),
            (Status::Unknown, said(None, Some(false), Some(0), Some("odd"))),
            (Status::Ok, said(Some(true), None, None, None)),
            (Status::Ok, said(Some(true), Some(false), Some(0), Some("odd"))),
            (Status::Ok, said(None, None, None, Some("Healthy"))),
            (Status::Syncing, said(Some(true), Some(true), Some(0), Some("healthy"))),
            (Status::Unavailable, said(Some(false), Some(true), Some(0), Some("healthy"))),
            (Status::Failing, said(Some(false), None, None, Some("failing"))),
            (Status::Failing, said(Some(true), None, Some(3), Some("healthy"))),
        ] {
            assert_eq!(status, told);
        }
        for (name, status) in Status::NAMED {
            assert_eq!(name, status.name());
        }
    }
}
