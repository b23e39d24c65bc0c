//! The forms of user names and secrets: what cannot work is reported before anything is stored.
//!
//! A registry has the last word on its own secrets: what merely looks unusual is a doubt, and only
//! what no registry of the kind takes is refused. No text here repeats what it judges.

use uuid::Uuid;

#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Judgement {
    /// What is unusual, in sentences: to be warned about.
    pub doubts: Vec<&'static str>,
    /// The one of them that says that the secret has no form of this kind.
    pub looks_wrong: Option<&'static str>,
    /// Whether it is a password, as far as its form tells, where there are tokens.
    pub is_password: Option<bool>,
    /// Why it cannot work, and what to do.
    pub refusal: Option<Refusal>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Refusal {
    pub why: &'static str,
    pub hint: &'static str,
}

/// A user name and a secret while a kind of registry judges them.
pub(super) struct Judging<'a> {
    pub(super) username: &'a str,
    pub(super) secret: &'a str,
    /// Which kind's secret it looks like, as a doubt of any other kind.
    pub(super) looks_like: Option<&'static str>,
    pub(super) judgement: Judgement,
}

impl Judging<'_> {
    pub(super) fn doubt(&mut self, doubt: &'static str) {
        self.judgement.doubts.push(doubt);
    }

    pub(super) fn doubt_unless(&mut self, usual: bool, doubt: &'static str) {
        if !usual {
            self.doubt(doubt);
        }
    }

    /// Doubts a secret that has no form of this kind: it is another kind's, or else `otherwise`.
    pub(super) fn doubt_stranger(&mut self, otherwise: Option<&'static str>) {
        self.judgement.looks_wrong = self.looks_like.or(otherwise);
        self.judgement.doubts.extend(self.judgement.looks_wrong);
    }

    /// As [`Self::doubt_stranger`], of a kind that has tokens, so that a stranger looks like a password.
    pub(super) fn doubt_password(&mut self, otherwise: &'static str) {
        self.judgement.is_password = Some(self.looks_like.is_none());
        self.doubt_stranger(Some(otherwise));
    }

    /// Refuses it. The first refusal counts.
    pub(super) fn refuse(&mut self, why: &'static str, hint: &'static str) {
        self.judgement.refusal.get_or_insert(Refusal { why, hint });
    }
}

/// Whether `text` is a UUID in its usual form, with hyphens.
pub fn is_uuid(text: &str) -> bool {
    text.len() == 36 && Uuid::try_parse(text).is_ok()
}

/// Whether `text` holds nothing but letters, digits, hyphens and underscores.
pub(super) fn is_plain(text: &str) -> bool {
    text.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-' || b == b'_')
}
