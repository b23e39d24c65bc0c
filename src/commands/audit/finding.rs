//! What is found, and what nobody can tell.

use std::rc::Rc;

use serde::Serialize;

use crate::{error::Run, output::Tone, platform::OrganisationId};

/// How bad a finding is. The worst is the greatest.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "lowercase")]
pub(super) enum Severity {
    /// Worth knowing; nothing has to be done.
    Info,
    /// A risk, or something that will fail.
    Warning,
    /// Something fails now.
    Error,
}

impl Severity {
    pub(super) const fn word(self) -> &'static str {
        match self {
            Self::Info => "info",
            Self::Warning => "warning",
            Self::Error => "error",
        }
    }

    /// How its word is coloured.
    pub(super) const fn tone(self) -> Tone {
        match self {
            Self::Info => Tone::Good,
            Self::Warning => Tone::Doubtful,
            Self::Error => Tone::Bad,
        }
    }
}

/// What is looked for. Those of a group of findings stand in this order.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) enum Check {
    Failing,
    SyncFailed,
    Expired,
    Expiring,
    WeakKey,
    SeveralEnvironments,
    Old,
    Unused,
    DuplicateKey,
    Password,
    NoCredential,
    IgnoreExpired,
    IgnoreUnused,
}

impl Check {
    pub(super) const ALL: [Self; 13] = [
        Self::Failing,
        Self::SyncFailed,
        Self::Expired,
        Self::Expiring,
        Self::WeakKey,
        Self::SeveralEnvironments,
        Self::Old,
        Self::Unused,
        Self::DuplicateKey,
        Self::Password,
        Self::NoCredential,
        Self::IgnoreExpired,
        Self::IgnoreUnused,
    ];

    /// Its name, which is part of the ids of its findings, and why these matter. Names are a contract with the
    /// files of accepted findings.
    const fn published(self) -> (&'static str, &'static str) {
        match self {
            Self::Failing => ("failing", "what needs the credential cannot be created, changed or scaled"),
            Self::SyncFailed => ("sync-failed", "new charts and versions do not arrive"),
            Self::Expired => ("expired", "it is no longer accepted"),
            Self::Expiring => ("expiring", "what needs it stops working on that day"),
            Self::WeakKey => ("weak-key", "a key that can be broken opens every server that knows it"),
            Self::SeveralEnvironments => {
                ("several-environments", "what leaks from a test opens production, and a rotation stops both")
            }
            Self::Old => ("old", "the longer a secret is in use, the more copies of it there are"),
            Self::Unused => ("unused", "a secret that nothing needs can only be stolen"),
            Self::DuplicateKey => (
                "duplicate-key",
                "a key that is replaced under one name goes on to open servers by the other",
            ),
            Self::Password => (
                "password",
                "a password opens the whole account, and a token can be limited and revoked alone",
            ),
            Self::NoCredential => {
                ("no-credential", "a public registry needs none; a private one cannot be read without")
            }
            Self::IgnoreExpired => ("ignore-expired", "what was accepted for a time is accepted no longer"),
            Self::IgnoreUnused => {
                ("ignore-unused", "an entry that matches nothing hides the finding that it may match one day")
            }
        }
    }

    pub(super) const fn id(self) -> &'static str {
        self.published().0
    }

    pub(super) const fn why(self) -> &'static str {
        self.published().1
    }

    /// Whether who cannot tell this one cannot tell `other` either.
    pub(super) fn covers(self, other: Self) -> bool {
        self == other || (self, other) == (Self::Expired, Self::Expiring)
    }

    /// Whether its findings can be accepted: those about the acceptances cannot.
    pub(super) const fn may_be_accepted(self) -> bool {
        !matches!(self, Self::IgnoreExpired | Self::IgnoreUnused)
    }
}

/// An organisation that is looked at.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Org {
    /// UUID; `None`: it is the token's own, and nothing there tells which that is.
    pub(super) id: Option<String>,
    /// What a person calls it.
    pub(super) title: Option<String>,
    /// Its name in URLs.
    pub(super) slug: Option<String>,
    /// What `--org` takes for it.
    pub(super) chosen_by: Option<String>,
    /// What it was chosen by for this command.
    pub(super) given: Option<String>,
    /// Why its other names are not known, where they are not.
    pub(super) unnamed: Option<String>,
}

impl Org {
    /// Whether `text` names it.
    pub(super) fn is_named(&self, text: &str) -> bool {
        let is_it = |own: &Option<String>| {
            own.as_ref().is_some_and(|own| own.trim().to_lowercase() == text.trim().to_lowercase())
        };
        [&self.id, &self.slug, &self.title, &self.given].into_iter().any(is_it)
    }

    /// Why nobody can tell whether `text` names it, where that is so.
    pub(super) fn may_be_named(&self, text: &str) -> Option<&str> {
        let is_id = || text.trim().parse::<OrganisationId>().is_ok() && self.id.is_some();
        self.unnamed.as_deref().filter(|_| !self.is_named(text) && !is_id())
    }
}

/// What mends a finding: words, and a command where one of this program does it.
#[derive(Debug)]
pub(super) struct Mend {
    pub(super) words: String,
    pub(super) run: Option<Run>,
}

impl Mend {
    pub(super) fn run(words: &str, run: Run) -> Self {
        Self { words: words.to_owned(), run: Some(run) }
    }
}

/// Something that is wrong or risky.
#[derive(Debug)]
pub(super) struct Finding {
    pub(super) check: Check,
    pub(super) severity: Severity,
    /// `None`: it is of no organisation.
    pub(super) org: Option<Rc<Org>>,
    /// That of the credential, of the registry, or in the file of accepted findings.
    pub(super) name: String,
    /// What besides its check, organisation and name tells it from others.
    pub(super) part: Option<&'static str>,
    pub(super) what: String,
    pub(super) mend: Mend,
}

impl Finding {
    /// Stays the same for as long as the finding does: it holds neither an age nor a count nor a text.
    pub(super) fn id(&self) -> String {
        let org = self.org.as_ref().map_or("*", |org| org.id.as_deref().unwrap_or("-"));
        let part = self.part.map(|part| format!("{part}/")).unwrap_or_default();
        format!("{}/{org}/{part}{}", self.check.id(), self.name)
    }
}

/// What a check cannot say.
#[derive(Debug)]
pub(super) struct CannotTell {
    /// `None`: none of them.
    pub(super) check: Option<Check>,
    pub(super) org: Rc<Org>,
    /// `None`: of all there.
    pub(super) name: Option<String>,
    pub(super) why: String,
    /// A request failed, and may not the next time. Otherwise nobody knows it, the platform included.
    pub(super) is_hole: bool,
}

/// All that the checks say.
#[derive(Debug)]
pub(super) struct Findings {
    pub(super) found: Vec<Finding>,
    pub(super) untold: Vec<CannotTell>,
    /// Commands name the organisation in which they mend something.
    names_org: bool,
}

impl Findings {
    pub(super) fn new(names_org: bool) -> Self {
        Self { found: Vec::new(), untold: Vec::new(), names_org }
    }

    /// Adds a finding in `org`.
    pub(super) fn add(
        &mut self,
        (check, severity): (Check, Severity),
        org: &Rc<Org>,
        name: &str,
        what: String,
        mut mend: Mend,
    ) {
        if self.names_org
            && let Some(chosen_by) = &org.chosen_by
        {
            mend.run = mend.run.map(|run| run.within(chosen_by));
        }
        let (org, name) = (Some(Rc::clone(org)), name.to_owned());
        self.found.push(Finding { check, severity, org, name, part: None, what, mend });
    }

    /// Adds that nobody knows it.
    pub(super) fn unknown(&mut self, check: Check, org: &Rc<Org>, name: &str, why: &str) {
        self.untell(check, org, Some(name), why.to_owned(), false);
    }

    /// Adds that it could not be looked at.
    pub(super) fn hole(&mut self, check: Check, org: &Rc<Org>, name: Option<&str>, why: String) {
        self.untell(check, org, name, why, true);
    }

    fn untell(&mut self, check: Check, org: &Rc<Org>, name: Option<&str>, why: String, is_hole: bool) {
        let (org, name) = (Rc::clone(org), name.map(str::to_owned));
        self.untold.push(CannotTell { check: Some(check), org, name, why, is_hole });
    }
}
