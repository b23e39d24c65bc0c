//! Names that were asked for a moment ago, so that the second Tab is quick, and `--org NAME` needs no request.
//!
//! It may be lost, and a broken one is replaced without a word: the platform is asked again, and one
//! of two writers at once is as good as the other.
//!
//! One file for each platform, token, organisation and kind, named by their hash: names, ids and
//! kinds, no secret, and nothing that a token could be found from. A file that another user could have written, or
//! that is not what this program writes, is as if it were not there.

use std::{
    fs,
    path::{Path, PathBuf},
    time::{Duration, SystemTime, UNIX_EPOCH},
};

use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use crate::{
    files,
    platform::Organisation,
    settings::{Paths, Settings},
};

/// How long cached names are offered.
pub(super) const AGE: Duration = Duration::from_secs(60);

/// How long the id of an organisation is taken for that of its name, where something is read.
pub(super) const AGE_OF_ID: Duration = Duration::from_secs(10 * 60);

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
    /// A credential's provider, the state of a token, or the slug of an organisation.
    pub(super) kind: String,
}

impl Entry {
    pub(super) fn new(id: &str, name: &str, kind: &str) -> Self {
        Self { id: id.to_owned(), name: name.to_owned(), kind: kind.to_owned() }
    }

    /// The organisation that it stands for.
    pub(super) fn organisation(&self) -> Organisation {
        let text = |text: &String| Some(text.clone()).filter(|text| !text.is_empty());
        let (name, slug) = (text(&self.name), text(&self.kind));
        Organisation { organisation_id: self.id.clone(), name, slug, ..Organisation::default() }
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
pub(super) struct Cache {
    path: PathBuf,
    kind: Kind,
}

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
        let path = folder(&settings.paths, kind)?.join(name).with_extension("json");
        Some(Self { path, kind })
    }

    /// Returns the cached names, unless they are older than `age`.
    pub(super) fn load(&self, age: Duration) -> Option<Vec<Entry>> {
        let bytes = files::read_own(&self.path, LIMIT)?;
        let held: Held<Vec<Entry>> = serde_json::from_slice(&bytes).ok()?;
        // Nor is a time to come believed.
        let found = now().checked_sub(held.saved)?;
        (found < age.as_secs()).then_some(held.entries)
    }

    /// Caches `entries` if possible, and removes files that are too old.
    pub(super) fn save(&self, entries: &[Entry]) {
        let Ok(bytes) = serde_json::to_vec(&Held { saved: now(), entries }) else { return };
        if bytes.len() as u64 > LIMIT || files::create_parents(&self.path).is_err() {
            return;
        }
        let _ = files::put_own(&self.path, &bytes);
        let longest = if self.kind == Kind::Organisations { AGE_OF_ID } else { AGE };
        if let Some(folder) = self.path.parent() {
            remove(folder, |path| {
                let modified = fs::symlink_metadata(path).and_then(|metadata| metadata.modified());
                modified.is_ok_and(|time| time.elapsed().is_ok_and(|age| age > longest))
            });
        }
    }
}

/// Keeps what the organisations are called, if possible.
pub(super) fn keep_organisations(settings: &Settings, all: &[Organisation]) {
    if let Some(cache) = Cache::of(settings, Kind::Organisations) {
        cache.save(&organisations(all));
    }
}

/// What the organisations are called, for the cache.
pub(super) fn organisations(all: &[Organisation]) -> Vec<Entry> {
    let entry = |one: &Organisation| {
        let name = one.name.as_deref().unwrap_or_default();
        Entry::new(&one.organisation_id, name, one.slug.as_deref().unwrap_or_default())
    };
    all.iter().map(entry).collect()
}

/// Forgets the names of credentials and tokens, because one was created or deleted.
pub(super) fn forget(paths: &Paths) {
    if let Some(folder) = folder(paths, Kind::Credentials) {
        remove(&folder, |_| true);
    }
}

/// Forgets all names, because another user signed in.
pub(super) fn forget_all(paths: &Paths) {
    forget(paths);
    if let Some(folder) = folder(paths, Kind::Organisations) {
        remove(&folder, |_| true);
    }
}

fn folder(paths: &Paths, kind: Kind) -> Option<PathBuf> {
    Some(paths.cache()?.join(if kind == Kind::Organisations { "organisations" } else { "completion" }))
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
