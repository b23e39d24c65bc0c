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

    /// What the fields of a credential say: the worst of them. Of the platform's words only some are known. One that is
    /// not known is never good, whatever else is said.
    pub(super) fn of(said: &Said<'_>) -> Self {
        let health = said.health.map_or(Sense::Silent, Sense::of);
        let senses = [health, said.state.map_or(Sense::Silent, Sense::of)];
        let says = |sense| senses.contains(&sense);
        let has_errors = said.failures.is_some_and(|count| count > 0);
        // An error that is over stays beside a good word, or beside a count of none.
        let has_last_error = said.has_error
            && match health {
                Sense::Good => false,
                Sense::Silent => said.failures.is_none(),
                _ => true,
            };
        if has_errors || has_last_error || says(Sense::Bad) {
            Self::Failing
        } else if said.available == Some(false) || says(Sense::Gone) {
            Self::Unavailable
        } else if says(Sense::Odd) {
            Self::Unknown
        } else if said.syncing == Some(true) || says(Sense::Busy) {
            Self::Syncing
        } else if said.available == Some(true) || says(Sense::Good) {
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
#[derive(Default)]
pub(super) struct Said<'a> {
    pub(super) available: Option<bool>,
    pub(super) syncing: Option<bool>,
    pub(super) failures: Option<u64>,
    /// There is the class of a last error.
    pub(super) has_error: bool,
    pub(super) health: Option<&'a str>,
    pub(super) state: Option<&'a str>,
}

/// What a word of the platform means.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Sense {
    Good,
    Busy,
    Gone,
    Bad,
    /// Nothing is said.
    Silent,
    /// Nobody knows what it means.
    Odd,
}

impl Sense {
    fn of(word: &str) -> Self {
        // What nearly all are, told in one look.
        if GOOD.contains(&word) {
            return Self::Good;
        }
        let word = word.trim().to_ascii_lowercase();
        let holds = |some: &[&str]| some.iter().any(|part| word.contains(part));
        let has_part =
            |some: &[&str]| word.split(|c: char| !c.is_alphanumeric()).any(|part| some.contains(&part));
        if word.is_empty() {
            Self::Silent
        } else if holds(&BAD) || has_part(&BAD_PARTS) {
            Self::Bad
        } else if holds(&GONE) {
            Self::Gone
        } else if BUSY.contains(&&*word) {
            Self::Busy
        } else if GOOD.contains(&&*word) {
            Self::Good
        } else {
            Self::Odd
        }
    }
}

/// Bad wherever they stand: `auth_failed`, `last-error`.
const BAD: [&str; 18] = [
    "fail",
    "error",
    "invalid",
    "denied",
    "unauthor",
    "revoked",
    "suspended",
    "disabled",
    "critical",
    "expired",
    "broken",
    "unhealthy",
    "degraded",
    "reject",
    "refused",
    "forbidden",
    "retrying",
    "blocked",
];
/// Bad as a whole part of a word.
const BAD_PARTS: [&str; 4] = ["down", "bad", "dead", "locked"];
const GONE: [&str; 7] =
    ["unavailable", "unreachable", "offline", "inactive", "deleting", "deleted", "removed"];
const BUSY: [&str; 6] = ["syncing", "pending", "indexing", "creating", "checking", "validating"];
const GOOD: [&str; 12] = [
    "healthy",
    "ok",
    "up",
    "active",
    "available",
    "valid",
    "ready",
    "connected",
    "enabled",
    "verified",
    "synced",
    "installed",
];

#[cfg(test)]
mod tests {
    use super::{Said, Status};

    #[test]
    fn the_worst_that_is_said_counts() {
        let said = |available, syncing, failures, health| {
            Status::of(&Said { available, syncing, failures, health, ..Said::default() })
        };
        for (status, told) in [
            (Status::Unknown, said(None, None, None, None)),
            (Status::Unknown, said(None, Some(false), Some(0), Some("odd"))),
            (Status::Unknown, said(Some(true), Some(false), Some(0), Some("odd"))),
            (Status::Unknown, said(Some(true), Some(true), None, Some("odd"))),
            (Status::Ok, said(Some(true), None, None, None)),
            (Status::Ok, said(Some(true), None, None, Some(" "))),
            (Status::Ok, said(None, None, None, Some("Healthy"))),
            (Status::Ok, said(None, None, Some(0), Some("ok"))),
            (Status::Syncing, said(Some(true), Some(true), Some(0), Some("healthy"))),
            (Status::Syncing, said(None, Some(true), None, None)),
            (Status::Syncing, said(None, None, None, Some("Pending"))),
            (Status::Unavailable, said(None, None, None, Some("offline"))),
            (Status::Unavailable, said(Some(false), Some(true), Some(0), Some("healthy"))),
            (Status::Unavailable, said(Some(false), None, None, Some("odd"))),
            (Status::Failing, said(Some(false), None, None, Some("failing"))),
            (Status::Failing, said(Some(true), None, Some(1), Some("healthy"))),
        ] {
            assert_eq!(status, told);
        }
        for (name, status) in Status::NAMED {
            assert_eq!(name, status.name());
            assert_eq!(format!("{status:12}|"), format!("{name:12}|"), "in a column");
            assert_eq!(serde_json::to_value(status).unwrap(), name);
        }
    }

    #[test]
    fn what_is_available_may_fail_and_a_word_that_nobody_knows_is_not_good() {
        for word in [
            "auth_failed",
            "retrying",
            "Expired",
            "REVOKED",
            "suspended",
            "disabled",
            "critical",
            "permission-denied",
            "unauthorised",
            "node down",
            "last_error",
            "invalid credentials",
        ] {
            let said = Said { available: Some(true), ..Said::default() };
            assert_eq!(Status::of(&Said { health: Some(word), ..said }), Status::Failing, "{word}");
            let said = Said { available: Some(true), health: Some("healthy"), ..Said::default() };
            assert_eq!(Status::of(&Said { state: Some(word), ..said }), Status::Failing, "{word}");
        }
        for word in ["download", "upside", "not healthy", "none"] {
            let said = Said { available: Some(true), health: Some(word), ..Said::default() };
            assert_eq!(Status::of(&said), Status::Unknown, "{word}");
        }
        let deleting = Said { available: Some(true), state: Some("deleting"), ..Said::default() };
        assert_eq!(Status::of(&deleting), Status::Unavailable);
        for (health, failures, status) in [
            (Some("odd"), Some(0), Status::Failing),
            (Some("pending"), None, Status::Failing),
            (None, None, Status::Failing),
            (None, Some(0), Status::Ok),
            (Some("healthy"), None, Status::Ok),
        ] {
            let said = Said { available: Some(true), has_error: true, health, failures, ..Said::default() };
            assert_eq!(Status::of(&said), status, "{health:?} {failures:?}");
        }
    }
}
