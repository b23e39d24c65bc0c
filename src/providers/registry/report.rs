//! What a check of registry credentials found.

use serde::{Serialize, Serializer};

use super::url::Protocol;
use crate::{
    error::{Error, ErrorKind},
    providers::step::Step,
};

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Verdict {
    Good,
    /// They were accepted as far as can be seen, which proves nothing: anyone is let in.
    CannotTell,
    WrongPassword,
    Expired,
    NoAccess,
    NotFound,
    HostUnknown,
    Unreachable,
    TimedOut,
    BadCertificate,
    /// Something answers that is not a registry of this kind.
    NotARegistry,
    /// The registry asks for the password to be sent to another host. It was not.
    ForeignRealm,
    /// The registry redirects to another address, or without an end. Nothing was sent there.
    Redirected,
    RateLimited,
    RegistryError,
}

impl Verdict {
    /// What sort of failure it is; `None`: none.
    pub const fn failure(self) -> Option<ErrorKind> {
        match self {
            Self::Good => None,
            Self::WrongPassword | Self::Expired => Some(ErrorKind::Authentication),
            Self::NoAccess => Some(ErrorKind::Permission),
            Self::NotFound => Some(ErrorKind::NotFound),
            Self::TimedOut => Some(ErrorKind::TimedOut),
            _ => Some(ErrorKind::Failure),
        }
    }

    /// In a sentence about the registry at `place`.
    fn says(self, place: &str) -> String {
        match self {
            Self::Good => format!("these credentials work at {place}"),
            Self::CannotTell => format!("cannot tell whether these credentials work at {place}"),
            Self::WrongPassword => format!("{place} does not accept this user name and password"),
            Self::Expired => format!("{place} does not accept this password: it has expired"),
            Self::NoAccess => format!("these credentials may not read {place}"),
            Self::NotFound => format!("there is nothing at {place}"),
            Self::HostUnknown => format!("there is no such host: {place}"),
            Self::Unreachable => format!("no connection to {place}"),
            Self::TimedOut => format!("no answer from {place} in time"),
            Self::BadCertificate => format!("no secure connection to {place}"),
            Self::NotARegistry => format!("{place} is not a registry of this kind"),
            Self::ForeignRealm => {
                format!("{place} gets its tokens from an address that was sent no password")
            }
            Self::Redirected => format!("{place} answers with a redirect that is not followed"),
            Self::RateLimited => format!("{place} has received too many requests"),
            Self::RegistryError => format!("{place} has a problem at the moment"),
        }
    }
}

#[derive(Clone, Debug, Serialize)]
pub struct Report {
    pub registry_url: String,
    pub host: String,
    /// What speaks there: `oci` or `helm`.
    pub kind: Protocol,
    pub result: Verdict,
    /// `host`, `tls`, `registry`, `token`, `login`, `path`, `anonymous`.
    pub steps: Vec<Step>,
    #[serde(rename = "hint", skip_serializing_if = "Vec::is_empty", serialize_with = "in_one_text")]
    pub(super) hints: Vec<String>,
    /// When the password expires (RFC 3339), if it says so itself.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub expires_at: Option<String>,
    /// The host that gave no usable answer, which may be the one of the tokens.
    #[serde(skip)]
    pub(super) about: Option<String>,
    #[serde(skip)]
    pub retry: Option<Retry>,
    /// What is worth telling even where the steps are not shown.
    #[serde(skip)]
    pub remark: Option<String>,
}

/// The same command with one option more, which may succeed where this one has not.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Retry {
    /// When to run it.
    pub words: &'static str,
    pub flag: &'static str,
    pub value: String,
}

fn in_one_text<S: Serializer>(hints: &[String], serializer: S) -> Result<S::Ok, S::Error> {
    serializer.serialize_str(&hints.join("; "))
}

impl Report {
    /// What is known, in a sentence without a full stop.
    pub fn verdict(&self) -> String {
        self.result.says(match self.result {
            Verdict::Good | Verdict::CannotTell | Verdict::NoAccess | Verdict::NotFound => &self.registry_url,
            _ => self.about.as_ref().unwrap_or(&self.host),
        })
    }

    /// The error for credentials that are not known to work.
    pub fn failure(&self) -> Option<Error> {
        let error = Error::new(self.result.failure()?, self.verdict());
        let error = match self.steps.iter().rfind(|step| step.ok != Some(true)) {
            Some(step) => error.cause(format!("{}: {}", step.step, step.detail)),
            None => error,
        };
        Some(self.hints.iter().fold(error, |error, hint| error.hint(hint.clone())))
    }
}
