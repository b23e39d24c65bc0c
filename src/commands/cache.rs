//! Names that were asked for a moment ago, so that the second Tab is quick.
//!
//! It may be lost, and a broken one is replaced without a word: the next Tab asks the platform again, and one
//! of two writers at once is as good as the other.
//!
//! One file for each platform, token, organisation and kind, named by their hash: names, ids and
//! kinds, no secret. A file that another user could have written, or that is not what this program
//! writes, is as if it were not there.

use std::{
    fs,
    path::{Path, PathBuf},
    time::{Duration, SystemTime, UNIX_EPOCH},
};

use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use crate::{
    files,
    settings::{Paths, Settings},
};

/// How long cached names are used.
const AGE: Duration = Duration::from_secs(60);

/// The largest size of a cache file, in bytes.
const LIMIT: u64 = 4 << 20;

/// What a cache file lists.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    /// The credentials of one organisation.
    Credentials,
    /// The organisations of the token's owner.
    Organisations,
    /// The API tokens of the same person.
    Tokens,
}

/// One name in the cache.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Entry {
    pub(super) id: String,
    pub(super) name: String,
    /// A credential's provider, or the state of a token.
    pub(super) kind: String,
}

impl Entry {
    pub(super) fn new(id: &str, name: &str, kind: &str) -> Self {
        Self { id: id.to_owned(), name: name.to_owned(), kind: kind.to_owned() }
    }
}

#[derive(Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
struct Held<T> {
    /// Seconds since 1970.
    saved: u64,
    entries: T,
}

/// One file of the cache.
#[derive(Debug)]
pub(super) struct Cache(PathBuf);

impl Cache {
    /// The file for what `settings` lead to; `None` where there is nothing to be kept: the sandbox
    /// is at hand, and without a token nothing is known.
    pub(super) fn of(settings: &Settings, kind: Kind) -> Option<Self> {
        let found = settings.token.as_ref().filter(|_| !settings.sandbox)?;
        let mut hash = Sha256::new();
        let organisation = settings.organisation.wanted.as_ref().filter(|_| kind == Kind::Credentials);
        let base = settings.base_url.to_string();
        hash.update(format!("names for completion 1 {kind:?} {organisation:?} {base:?} "));
        hash.update(found.held.key());
        // Half of it is enough to tell one from another.
        let half: [u8; 16] = *hash.finalize().first_chunk()?;
        let name = format!("{:032x}", u128::from_be_bytes(half));
        Some(Self(folder(&settings.paths)?.join(name).with_extension("json")))
    }

    /// Returns the cached names, unless they are too old.
    pub(super) fn load(&self) -> Option<Vec<Entry>> {
        let bytes = files::read_own(&self.0, LIMIT)?;
        let held: Held<Vec<Entry>> = serde_json::from_slice(&bytes).ok()?;
        // Nor is a time to come believed.
        let age = now().checked_sub(held.saved)?;
        (age < AGE.as_secs()).then_some(held.entries)
    }

    /// Caches `entries` if possible, and removes files that are too old.
    pub(super) fn save(&self, entries: &[Entry]) {
        let Ok(bytes) = serde_json::to_vec(&Held { saved: now(), entries }) else { return };
        if bytes.len() as u64 > LIMIT || files::create_parents(&self.0).is_err() {
            return;
        }
        let _ = files::put_own(&self.0, &bytes);
        if let Some(folder) = self.0.parent() {
            remove(folder, |path| {
                let modified = fs::symlink_metadata(path).and_then(|metadata| metadata.modified());
                modified.is_ok_and(|time| time.elapsed().is_ok_and(|age| age > AGE))
            });
        }
    }
}

/// Empties the cache, because a name was created or deleted or another user signed in.
pub(super) fn forget(paths: &Paths) {
    if let Some(folder) = folder(paths) {
        remove(&folder, |_| true);
    }
}

fn folder(paths: &Paths) -> Option<PathBuf> {
    Some(paths.cache()?.join("completion"))
}

/// Removes the cache files that `which` picks. One that cannot be removed is soon too old.
fn remove(folder: &Path, which: impl Fn(&Path) -> bool) {
    // Also what a writer left that was killed.
    let ours = |path: &PathBuf| path.extension().is_some_and(|end| end == "json" || end == "tmp");
    let files = fs::read_dir(folder).into_iter().flatten().flatten().map(|entry| entry.path());
    for path in files.filter(ours).filter(|path| which(path)) {
        let _ = fs::remove_file(path);
    }
}

fn now() -> u64 {
    SystemTime::now().duration_since(UNIX_EPOCH).map_or(0, |time| time.as_secs())
}
