//! What a check of a cloud's credential found.

use jiff::Timestamp;
use serde::{Serialize, Serializer};

use crate::{
    error::{Error, ErrorKind, Hint},
    providers::step::Step,
};

/// What is known of a credential, from good to bad.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Outcome {
    Good,
    CannotTell,
    /// There was no connection.
    Unreachable,
    /// There was no answer in time.
    TimedOut,
    /// It is accepted, and something that the platform needs is not allowed to it.
    LacksRights,
    Refused,
    Expired,
}

impl Outcome {
    /// What sort of failure it is; `None`: none.
    pub const fn failure(self) -> Option<ErrorKind> {
        match self {
            Self::Good => None,
            Self::CannotTell => Some(ErrorKind::Failure),
            Self::Unreachable => Some(ErrorKind::Unreachable),
            Self::TimedOut => Some(ErrorKind::TimedOut),
            Self::LacksRights => Some(ErrorKind::Permission),
            Self::Refused | Self::Expired => Some(ErrorKind::Authentication),
        }
    }
}

/// What came of a check.
#[derive(Clone, Debug, Serialize)]
pub struct CloudReport {
    /// The cloud, as commands call it.
    pub provider: &'static str,
    /// The address that was asked.
    pub address: String,
    pub result: Outcome,
    /// Whose credential it is, in the cloud's words, where it says so.
    pub account: Option<String>,
    pub steps: Vec<Step>,
    /// The rights that it lacks, in the cloud's words.
    pub missing: Vec<String>,
    /// What works today and may not work for the platform.
    pub warnings: Vec<String>,
    /// When it expires, where that is known; RFC 3339.
    #[serde(rename = "expires_at", serialize_with = "as_text")]
    pub end: Option<Timestamp>,
    /// By which the cloud's support finds the request that failed.
    pub correlation_id: Option<String>,
    /// The cloud as sentences call it.
    #[serde(skip)]
    pub title: &'static str,
    #[serde(skip)]
    pub hints: Vec<Hint>,
    /// Whether the cloud itself said no, so that the platform will hear the same.
    #[serde(skip)]
    pub is_certain: bool,
}

#[expect(clippy::ref_option, reason = "as serde calls it")]
fn as_text<S: Serializer>(end: &Option<Timestamp>, serializer: S) -> Result<S::Ok, S::Error> {
    match end {
        Some(end) => serializer.collect_str(end),
        None => serializer.serialize_none(),
    }
}

impl CloudReport {
    /// What is known, in a sentence without a full stop.
    pub fn verdict(&self) -> String {
        let title = self.title;
        match self.result {
            Outcome::Good => format!("this credential works at {title}"),
            Outcome::CannotTell => format!("cannot tell whether this credential works at {title}"),
            Outcome::Unreachable => format!("{title} cannot be reached from here"),
            Outcome::TimedOut => format!("no answer from {title} in time"),
            Outcome::LacksRights => format!("{title} accepts this credential, but it lacks rights"),
            Outcome::Refused => format!("{title} does not accept this credential"),
            Outcome::Expired => format!("{title} does not accept this credential: it has expired"),
        }
    }

    /// The error for a credential that is not known to work: every step that did not go well is a cause.
    pub fn failure(&self) -> Option<Error> {
        let error = Error::new(self.result.failure()?, self.verdict());
        let failed = self.steps.iter().filter(|step| step.ok != Some(true));
        let error = failed.fold(error, |error, step| error.cause(format!("{}: {}", step.step, step.detail)));
        Some(self.hints.iter().cloned().fold(error, Error::hint))
    }
}
