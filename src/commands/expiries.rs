//! When the secrets of credentials expire, and whether they look like passwords.
//!
//! The platform does not keep that, so this machine notes it, and nothing else, by the credential's id: of secrets that
//! say themselves when they expire, or of which their provider told it, and of those that have the form of a token or
//! should. What was stored from elsewhere is not known here.

mod words;

pub(super) use words::{Ending, replacement, tell, tell_of_ended};

use std::collections::BTreeMap;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::Context;
use crate::{
    error::Result,
    files::{self, Patience},
    output::End,
    platform::{Credential, cloud_of_ssh_keys},
    settings::Paths,
};

/// The largest size of the file, in bytes.
const LIMIT: u64 = 1 << 20;

/// The largest number of credentials in the file.
const ENTRIES: usize = 5_000;

/// How long an expiry in the past is kept, in seconds.
const KEPT: i64 = 90 * 24 * 3_600;

/// How far the clocks of this machine and the platform may be apart, in seconds.
const CLOCKS: i64 = 5 * 60;

/// What is known of one credential.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize, Serialize)]
struct Entry {
    /// Seconds since 1970; `None`: never, or not known.
    expires: Option<i64>,
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    never: bool,
    /// When the platform last changed it, if it says so: after a change it holds another secret.
    updated_at: Option<String>,
    /// When this machine changed it, where the platform did not say so: seconds since 1970.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    noted_at: Option<i64>,
    /// `None` in what was noted before this was.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    is_password: Option<bool>,
}

/// What a secret tells of itself when it is stored.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Learned {
    /// When it expires.
    pub(super) end: End,
    /// Whether it looks like a password, where there are tokens.
    pub(super) is_password: Option<bool>,
}

/// The expiries that are known on this machine.
#[derive(Debug, Default)]
pub(super) struct Expiries(Entries);

impl Expiries {
    /// Reads the file; one that cannot be used is told of, and left alone.
    pub(super) fn load(context: &Context) -> Self {
        let Some(path) = context.settings.paths.expiries() else { return Self::default() };
        if let Some(entries) = files::read_own(&path, LIMIT).and_then(|bytes| read(&bytes)) {
            return Self(entries);
        }
        if path.symlink_metadata().is_ok() {
            context.output.warn(&format!(
                "{} cannot be used, so when secrets expire is not known: it is broken, or others can get \
                 at it",
                path.display()
            ));
        }
        Self::default()
    }

    /// Returns when the secret of the credential `id` expires, if that is known of what was `updated_at` then.
    pub(super) fn of(&self, id: &str, updated_at: Option<&str>) -> End {
        self.entry(id, updated_at).map_or(End::Unknown, Entry::end)
    }

    /// As [`Self::of`]; an SSH key does not expire.
    pub(super) fn of_credential(&self, one: &Credential) -> End {
        match self.of(one.id(), one.updated_at()) {
            End::Unknown if cloud_of_ssh_keys(one.provider()).is_some() => End::Never,
            end => end,
        }
    }

    /// Returns whether the secret looks like a password, as [`Self::of`] does its end.
    pub(super) fn is_password(&self, id: &str, updated_at: Option<&str>) -> Option<bool> {
        self.entry(id, updated_at)?.is_password
    }

    fn entry(&self, id: &str, updated_at: Option<&str>) -> Option<&Entry> {
        let same = |entry: &&Entry| match (entry.updated_at.as_deref(), updated_at) {
            (Some(then), Some(now)) => then == now,
            // What was changed after that holds another secret.
            (None, Some(now)) => entry.noted_at.is_none_or(|noted| {
                now.parse::<Timestamp>().is_ok_and(|now| now.as_second() <= noted + CLOCKS)
            }),
            // Lists of registry credentials do not tell it.
            _ => true,
        };
        self.0.get(id).filter(same)
    }
}

impl Entry {
    fn end(&self) -> End {
        match self.expires {
            _ if self.never => End::Never,
            Some(second) => Timestamp::from_second(second).map_or(End::Unknown, End::At),
            None => End::Unknown,
        }
    }
}

/// Remembers what was `learned` of the secret that was just stored as the credential `id`, or that nothing is known.
pub(super) fn note(context: &Context, id: &str, updated_at: Option<&str>, learned: Learned) {
    let Learned { end, is_password } = learned;
    let entry = (learned != Learned::default()).then(|| Entry {
        expires: end.time().map(Timestamp::as_second),
        never: end == End::Never,
        updated_at: updated_at.map(str::to_owned),
        noted_at: updated_at.is_none().then(|| Timestamp::now().as_second()),
        is_password,
    });
    let noted = change(&context.settings.paths, &context.patience(), entry.is_some(), |entries| {
        entries.remove(id);
        entries.extend(entry.map(|entry| (id.to_owned(), entry)));
    });
    if let Err(error) = noted {
        context
            .output
            .warn(&format!("when it expires cannot be saved for later lists: {}", error.in_one_line()));
    }
}

/// Forgets the expiries of deleted credentials. A failure is not reported: an expiry that stays does no harm.
pub(super) fn forget(context: &Context, ids: &[&str]) {
    let _ = change(&context.settings.paths, &context.patience(), false, |entries| {
        entries.retain(|id, _| !ids.contains(&id.as_str()));
    });
}

type Entries = BTreeMap<String, Entry>;

fn read(bytes: &[u8]) -> Option<Entries> {
    serde_json::from_slice(bytes).ok()
}

/// Changes the file. None is made for a change that adds nothing.
fn change(
    paths: &Paths,
    patience: &Patience<'_>,
    adds: bool,
    change: impl FnOnce(&mut Entries),
) -> Result<()> {
    let Some(path) = paths.expiries() else { return Ok(()) };
    if !adds && path.symlink_metadata().is_err() {
        return Ok(());
    }
    files::create_parents(&path)?;
    files::update_own(&path, LIMIT, patience, read, |before: Entries| {
        let mut entries = before.clone();
        change(&mut entries);
        let oldest = Timestamp::now().as_second() - KEPT;
        entries.retain(|_, entry| entry.expires.is_none_or(|end| end > oldest));
        while entries.len() > ENTRIES {
            // An end is worth more than a guess, and a later one more than an earlier.
            let least = entries.iter().min_by_key(|(_, entry)| entry.expires);
            let Some(id) = least.map(|(id, _)| id.clone()) else { break };
            entries.remove(&id);
        }
        (entries != before).then(|| serde_json::to_vec(&entries).unwrap_or_default())
    })
}
