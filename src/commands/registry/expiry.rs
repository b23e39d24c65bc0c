//! What is said of passwords that expire, in lists and notes.

use jiff::Timestamp;
use serde::Serialize;

use crate::{
    cli::SortKey,
    commands::{Context, sort::Listed},
    error::Run,
    output::{Cell, Record, ago, record},
    platform::RegistryCredential,
};

/// Says when what was stored expires, if that is known.
pub(super) fn tell(context: &Context, name: &str, end: Option<Timestamp>) {
    if let Some(end) = end {
        let line = refresh_line(context, name);
        context.output.note(&format!("It expires {} ({end}). To replace it: {line}", ago(end)));
    }
}

fn refresh_line(context: &Context, name: &str) -> String {
    context.invocation.line(&Run::new("credentials registry refresh").named(name))
}

pub(super) fn tell_of_ended(context: &Context, views: &[RegistryView]) {
    let now = Timestamp::now();
    let ended = views.iter().filter(|view| view.end.is_some_and(|end| end <= now));
    let ended: Vec<&str> = ended.map(Record::name).collect();
    let Some(first) = ended.first() else { return };
    let line = refresh_line(context, first);
    context.output.warn(&match ended.as_slice() {
        [one] => format!("{one} has expired; replace its password with: {line}"),
        all => format!(
            "{} credentials have expired: {}; replace each password, as with: {line}",
            all.len(),
            all.join(", ")
        ),
    });
}

#[derive(Debug, Serialize)]
pub(super) struct RegistryView {
    #[serde(flatten)]
    credential: RegistryCredential,
    /// RFC 3339; `None`: it does not expire, or that is not known here.
    expires_at: Option<String>,
    #[serde(skip)]
    pub(super) end: Option<Timestamp>,
}

impl RegistryView {
    pub(super) fn new(end: Option<Timestamp>, credential: RegistryCredential) -> Self {
        Self { credential, expires_at: end.map(|end| end.to_string()), end }
    }
}

impl Listed for RegistryView {
    fn key(&self, by: SortKey) -> Option<&str> {
        match by {
            SortKey::Name => Some(&self.credential.name),
            SortKey::Provider => None,
            SortKey::Created => self.credential.created_at.as_deref(),
            SortKey::Updated => self.credential.updated_at.as_deref(),
        }
    }
}

record!(RegistryView, |one| one.credential.name.as_str(), {
    always "NAME" => Cell::text(one.credential.name.as_str()),
    always "USERNAME" => Cell::maybe(one.credential.username.as_deref()),
    always "CREATED" => Cell::time(one.credential.created_at.as_deref()),
    always "EXPIRES" => Cell::time(one.expires_at.as_deref()),
    always "ID" => Cell::text(one.credential.id.as_str()),
    wide "UPDATED" => Cell::time(one.credential.updated_at.as_deref()),
});
