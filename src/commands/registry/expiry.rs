//! When the secrets of registry credentials end.
//!
//! The platform does not keep that, so this machine notes it: the time alone, by the credential's
//! id, of secrets that tell their end themselves. What was stored from elsewhere is not known here.

use std::{collections::BTreeMap, fmt};

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::{
    commands::Context,
    error::Result,
    files,
    output::{Cell, Column, Record, ago},
    platform::RegistryCredential,
    settings::Paths,
};

/// The most that the file holds.
const LIMIT: u64 = 1 << 20;

/// The most credentials that are noted.
const ENTRIES: usize = 5_000;

/// How long an end that has passed is kept, in seconds.
const KEPT: i64 = 90 * 24 * 3_600;

/// What is noted of one credential.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize, Serialize)]
struct Entry {
    /// Seconds since 1970.
    expires: i64,
    /// When the platform changed it, as far as it told: another time is another secret.
    updated_at: Option<String>,
}

/// The ends that are known on this machine.
#[derive(Debug, Default)]
pub(super) struct Expiries(BTreeMap<String, Entry>);

impl Expiries {
    /// What was noted; nothing where that cannot be read.
    pub(super) fn load(paths: &Paths) -> Self {
        let bytes = paths.expiries().and_then(|path| files::read_own(&path, LIMIT));
        Self(bytes.map(|bytes| parse(&bytes)).unwrap_or_default())
    }

    /// `one` with its end, if that is known.
    pub(super) fn view(&self, one: RegistryCredential) -> RegistryView {
        let same = |entry: &&Entry| match (&entry.updated_at, &one.updated_at) {
            (Some(then), Some(now)) => then == now,
            // Lists do not tell it.
            _ => true,
        };
        let known = self.0.get(&one.id).filter(same);
        let end = known.and_then(|entry| Timestamp::from_second(entry.expires).ok());
        RegistryView::new(one, end)
    }

    /// Notes the end of what was just stored, or that none is known.
    pub(super) fn note(context: &Context, one: &RegistryCredential, end: Option<Timestamp>) {
        let entry = end.map(|end| Entry { expires: end.as_second(), updated_at: one.updated_at.clone() });
        let noted = change(&context.settings.paths, |entries| match entry {
            Some(entry) => {
                entries.insert(one.id.clone(), entry);
            }
            None => {
                entries.remove(&one.id);
            }
        });
        if let Err(error) = noted {
            context.output.warn(&format!("its end cannot be noted for later lists: {error}"));
        }
    }
}

/// Drops what is known of credentials that are gone. Nothing is said: what is left harms nobody.
pub(in crate::commands) fn forget(paths: &Paths, ids: &[&str]) {
    let _ = change(paths, |entries| entries.retain(|id, _| !ids.contains(&id.as_str())));
}

fn parse(bytes: &[u8]) -> BTreeMap<String, Entry> {
    serde_json::from_slice(bytes).unwrap_or_default()
}

/// Changes what is noted. No file is made to note nothing.
fn change(paths: &Paths, change: impl FnOnce(&mut BTreeMap<String, Entry>)) -> Result<()> {
    let Some(path) = paths.expiries() else { return Ok(()) };
    let before = files::read_own(&path, LIMIT).map(|bytes| parse(&bytes)).unwrap_or_default();
    let apply = |mut entries: BTreeMap<String, Entry>| {
        change(&mut entries);
        let oldest = Timestamp::now().as_second() - KEPT;
        entries.retain(|_, entry| entry.expires > oldest);
        while entries.len() > ENTRIES {
            let soonest = entries.iter().min_by_key(|(_, entry)| entry.expires);
            let Some(id) = soonest.map(|(id, _)| id.clone()) else { break };
            entries.remove(&id);
        }
        entries
    };
    let after = apply(before.clone());
    if after == before {
        return Ok(());
    }
    files::create_parents(&path)?;
    files::put_own(&path, &serde_json::to_vec(&after).unwrap_or_default())
}

/// Says when what was stored ends, where that is known.
pub(super) fn tell(context: &Context, name: impl fmt::Display, end: Option<Timestamp>) {
    if let Some(end) = end {
        context.output.note(&format!(
            "It ends {} ({end}). To replace it: ankra credentials registry refresh {name}",
            ago(end)
        ));
    }
}

/// The names of those that do not work any more.
pub(super) fn ended(views: &[RegistryView]) -> Vec<String> {
    let now = Timestamp::now();
    let ended = views.iter().filter(|view| view.end.is_some_and(|end| end <= now));
    ended.map(|view| view.credential.name.clone()).collect()
}

/// Warns of credentials that do not work any more.
pub(super) fn tell_of_ended(context: &Context, ended: &[String]) {
    match ended {
        [] => {}
        [one] => context.output.warn(&format!(
            "{one} has expired; replace its password with: ankra credentials registry refresh {one}"
        )),
        [first, ..] => context.output.warn(&format!(
            "{} credentials have expired: {}; replace each password, as with: ankra credentials registry \
             refresh {first}",
            ended.len(),
            ended.join(", ")
        )),
    }
}

/// A registry credential, and when its secret ends.
#[derive(Debug, Serialize)]
pub(super) struct RegistryView {
    #[serde(flatten)]
    pub(super) credential: RegistryCredential,
    /// RFC 3339; `None`: it does not end, or that is not known here.
    expires_at: Option<String>,
    #[serde(skip)]
    end: Option<Timestamp>,
}

impl RegistryView {
    pub(super) fn new(credential: RegistryCredential, end: Option<Timestamp>) -> Self {
        Self { credential, expires_at: end.map(|end| end.to_string()), end }
    }

    /// When its secret ends, if that is known.
    pub(super) const fn end(&self) -> Option<Timestamp> {
        self.end
    }
}

impl Record for RegistryView {
    const COLUMNS: &'static [Column] = &[
        Column { header: "NAME", wide: false },
        Column { header: "USERNAME", wide: false },
        Column { header: "CREATED", wide: false },
        Column { header: "EXPIRES", wide: false },
        Column { header: "ID", wide: false },
        Column { header: "UPDATED", wide: true },
    ];

    fn cells(&self) -> Vec<Cell<'_>> {
        let one = &self.credential;
        vec![
            Cell::text(one.name.as_str()),
            Cell::maybe(one.username.as_deref()),
            Cell::time(one.created_at.as_deref()),
            Cell::time(self.expires_at.as_deref()),
            Cell::text(one.id.as_str()),
            Cell::time(one.updated_at.as_deref()),
        ]
    }

    fn name(&self) -> &str {
        &self.credential.name
    }
}
