//! When the secrets of credentials expire.
//!
//! The platform does not keep that, so this machine notes it: the time alone, by the credential's id, of secrets that
//! say themselves when they expire, or of which their provider told it. What was stored from elsewhere is not known
//! here.

mod words;

pub(super) use words::{tell, tell_of_ended};

use std::collections::BTreeMap;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::Context;
use crate::{
    error::Result,
    files::{self, Patience},
    settings::Paths,
};

/// The largest size of the file, in bytes.
const LIMIT: u64 = 1 << 20;

/// The largest number of credentials in the file.
const ENTRIES: usize = 5_000;

/// How long an expiry in the past is kept, in seconds.
const KEPT: i64 = 90 * 24 * 3_600;

/// The expiry of one credential.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize, Serialize)]
struct Entry {
    /// Seconds since 1970.
    expires: i64,
    /// When the platform last changed it, if it says so: after a change it holds another secret.
    updated_at: Option<String>,
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

    /// Whether none is known, so that there is nothing to look up.
    pub(super) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Returns when the secret of the credential `id` expires, if that is known of what was `updated_at` then.
    pub(super) fn of(&self, id: &str, updated_at: Option<&str>) -> Option<Timestamp> {
        let same = |entry: &&Entry| match (entry.updated_at.as_deref(), updated_at) {
            (Some(then), Some(now)) => then == now,
            // Lists of registry credentials do not tell it.
            _ => true,
        };
        let known = self.0.get(id).filter(same);
        known.and_then(|entry| Timestamp::from_second(entry.expires).ok())
    }
}

/// Remembers when the secret that was just stored as the credential `id` expires, or that it is not known.
pub(super) fn note(context: &Context, id: &str, updated_at: Option<&str>, end: Option<Timestamp>) {
    let updated_at = updated_at.map(str::to_owned);
    let entry = end.map(|end| Entry { expires: end.as_second(), updated_at });
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
        entries.retain(|_, entry| entry.expires > oldest);
        while entries.len() > ENTRIES {
            let soonest = entries.iter().min_by_key(|(_, entry)| entry.expires);
            let Some(id) = soonest.map(|(id, _)| id.clone()) else { break };
            entries.remove(&id);
        }
        (entries != before).then(|| serde_json::to_vec(&entries).unwrap_or_default())
    })
}
