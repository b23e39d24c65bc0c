//! How organisations, profiles and tokens look.

use serde::{Serialize, Serializer};

use crate::{
    instant::{read, write_time},
    output::{Cell, End, Tone, record},
    platform::Organisation,
};

/// Marks one of several.
fn mark(is_marked: bool) -> Cell<'static> {
    if is_marked { Cell::Text("*".into()) } else { Cell::Missing }
}

/// An organisation in a list.
#[derive(Debug, Serialize)]
pub(in crate::commands) struct OrganisationView {
    #[serde(flatten)]
    pub(in crate::commands) organisation: Organisation,
    /// Commands act in it here.
    pub(in crate::commands) current: bool,
}

record!(OrganisationView, |one| one.organisation.title(), {
    always "NAME" => Cell::text(one.organisation.title()),
    always "ROLE" => Cell::maybe(one.organisation.role.as_deref()),
    always "CURRENT" => mark(one.current),
    always "ID" => Cell::text(&one.organisation.organisation_id),
    wide "SLUG" => Cell::maybe(one.organisation.slug.as_deref()),
    wide "STATUS" => Cell::maybe(one.organisation.status.as_deref()),
});

/// The organisation that commands act in.
#[derive(Debug, Serialize)]
pub(in crate::commands) struct ChosenView {
    pub(in crate::commands) organisation: String,
    pub(in crate::commands) organisation_id: String,
    pub(in crate::commands) slug: Option<String>,
    pub(in crate::commands) role: Option<String>,
    /// `None`: it is the token's own.
    pub(in crate::commands) chosen_by: Option<&'static str>,
    /// `None`: the token belongs to none.
    pub(in crate::commands) profile: Option<String>,
    pub(in crate::commands) platform: String,
}

record!(ChosenView, |one| &one.organisation, {
    always "ORGANISATION" => Cell::text(&one.organisation),
    always "ID" => Cell::text(&one.organisation_id),
    always "SLUG" => Cell::maybe(one.slug.as_deref()),
    always "ROLE" => Cell::maybe(one.role.as_deref()),
    always "CHOSEN BY" => Cell::text(one.chosen_by.unwrap_or("nobody: it is the token's own")),
    always "PROFILE" => Cell::maybe(one.profile.as_deref()),
    always "PLATFORM" => Cell::text(&one.platform),
});

/// A profile, as this machine knows it.
#[derive(Debug, Serialize)]
pub(in crate::commands) struct ProfileView {
    pub(in crate::commands) name: String,
    /// Commands use it that name none.
    pub(in crate::commands) current: bool,
    pub(in crate::commands) platform: String,
    pub(in crate::commands) organisation: Option<String>,
    /// E-mail address, as it was at the sign-in.
    pub(in crate::commands) user: Option<String>,
    /// `keychain`, `file` or `token-command`: where the token is; `None`: it has none.
    pub(in crate::commands) token: Option<&'static str>,
    /// RFC 3339; `None`: not known.
    #[serde(serialize_with = "write_end")]
    pub(in crate::commands) expires_at: Option<String>,
    pub(in crate::commands) role: Option<String>,
}

record!(ProfileView, |one| &one.name, {
    always "NAME" => Cell::text(&one.name),
    always "CURRENT" => mark(one.current),
    always "PLATFORM" => Cell::text(&one.platform),
    always "ORGANISATION" => Cell::maybe(one.organisation.as_deref()),
    always "USER" => Cell::maybe(one.user.as_deref()),
    always "TOKEN" => Cell::text(one.token.unwrap_or("none")),
    wide "EXPIRES" as "expires_at" => Cell::time(one.expires_at.as_deref()),
    wide "ROLE" => Cell::maybe(one.role.as_deref()),
});

/// An API token, and which logins of this machine use it.
#[derive(Debug, Serialize)]
pub(in crate::commands) struct TokenView {
    pub(in crate::commands) id: String,
    pub(in crate::commands) name: Option<String>,
    /// RFC 3339, as the next.
    #[serde(serialize_with = "write_time")]
    pub(in crate::commands) created_at: Option<String>,
    /// Or `never`; `None`: it cannot be told.
    #[serde(serialize_with = "write_end")]
    pub(in crate::commands) expires_at: Option<String>,
    #[serde(serialize_with = "write_time")]
    pub(in crate::commands) last_used_at: Option<String>,
    #[serde(serialize_with = "write_time")]
    pub(in crate::commands) revoked_at: Option<String>,
    /// `active`, `expired`, `revoked` or `deleted`.
    pub(in crate::commands) status: &'static str,
    /// This command uses it.
    pub(in crate::commands) in_use: bool,
    /// The profiles whose sign-in made it.
    pub(in crate::commands) used_by: Vec<String>,
    #[serde(skip)]
    pub(in crate::commands) used_by_words: Option<String>,
}

record!(TokenView, |one| one.name.as_deref().unwrap_or(&one.id), {
    always "NAME" => Cell::maybe(one.name.as_deref()),
    minor "CREATED" as "created_at" => Cell::time(one.created_at.as_deref()),
    always "EXPIRES" as "expires_at" => end(one.expires_at.as_deref()),
    always "LAST USED" as "last_used_at" => Cell::time(one.last_used_at.as_deref()),
    vital "STATUS" => Cell::State(one.status, if one.status == "active" { Tone::Good } else { Tone::Bad }),
    always "USED BY" => Cell::maybe(one.used_by_words.as_deref()),
    always "ID" => Cell::text(&one.id),
});

/// Writes such an end.
#[expect(clippy::ref_option, reason = "as serde calls it")]
fn write_end<S: Serializer>(end: &Option<String>, output: S) -> Result<S::Ok, S::Error> {
    if end.as_deref() == Some("never") { output.serialize_str("never") } else { write_time(end, output) }
}

/// When something ends: a time, `never`, or `unknown`.
fn end(end: Option<&str>) -> Cell<'_> {
    match end {
        Some("never") => Cell::End(End::Never),
        Some(time) => read(time).map_or(Cell::Time(time), |time| Cell::End(End::At(time))),
        None => Cell::End(End::Unknown),
    }
}

/// A token that was made and kept, never its text.
#[derive(Debug, Serialize)]
pub(in crate::commands) struct MadeTokenView {
    pub(in crate::commands) name: String,
    pub(in crate::commands) id: Option<String>,
    /// RFC 3339 or `never`; `None`: it cannot be told.
    #[serde(serialize_with = "write_end")]
    pub(in crate::commands) expires_at: Option<String>,
    pub(in crate::commands) profile: String,
    pub(in crate::commands) kept_in: &'static str,
    pub(in crate::commands) organisation: Option<String>,
    pub(in crate::commands) platform: String,
}

record!(MadeTokenView, |one| &one.name, {
    always "NAME" => Cell::text(&one.name),
    always "ID" => Cell::maybe(one.id.as_deref()),
    always "EXPIRES" as "expires_at" => end(one.expires_at.as_deref()),
    always "PROFILE" => Cell::text(&one.profile),
    always "TOKEN KEPT IN" => Cell::text(one.kept_in),
    always "ORGANISATION" => Cell::maybe(one.organisation.as_deref()),
    always "PLATFORM" => Cell::text(&one.platform),
});
