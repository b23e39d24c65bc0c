//! Where a change acts: told wherever there can be doubt.

use std::fmt;

use serde::Serialize;

use super::Context;
use crate::{
    error::{Error, ErrorKind, Result},
    output::{Cell, Column, Record, named},
    platform::{BaseUrl, OrganisationRef},
    settings::{ChosenBy, Profile, Settings, TokenSource},
};

/// Where a change acts. As JSON: all that is known of it. As text, to follow a verb and its object: what there
/// can be doubt about, or nothing.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub(super) struct Place {
    /// What a person calls it; `None`: the token's own, whose name is not known.
    pub(super) organisation: Option<String>,
    /// The profile whose login is used; `None`: the token belongs to none.
    pub(super) profile: Option<String>,
    /// The address, or `the sandbox`.
    pub(super) platform: String,
    #[serde(skip)]
    doubts: String,
}

impl Context {
    /// Where a change acts. The organisation of `--org NAME` is known once there is a client.
    pub(super) fn place(&self) -> Place {
        Place::of(&self.settings)
    }

    /// Says before a person is asked for what is to be stored where it will be, if there can be doubt.
    pub(super) fn tell_place(&self) {
        let place = self.place();
        if !place.doubts.is_empty() && self.terminal.can_ask() {
            self.output.note(&format!("Where it is stored:{place}."));
        }
    }

    /// Shows the result of a change.
    ///
    /// # Errors
    /// Failure, if the result cannot be written.
    pub(super) fn changed(&self, result: impl Record) -> Result<()> {
        self.output.item(&Placed::new(result, self.place()))
    }

    /// As [`Self::changed`], of a command that may have done one thing or another.
    ///
    /// # Errors
    /// Failure, if the result cannot be written.
    pub(super) fn done(&self, action: Action, result: impl Record) -> Result<()> {
        self.output.item(&Placed { action: Some(action), ..Placed::new(result, self.place()) })
    }
}

/// What a command has done. A person has read it in the notes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub(super) enum Action {
    Created,
    Updated,
    /// It was there, and stays as it was.
    Unchanged,
}

/// The result of a change. As JSON it says where the change acted; a person has read that in the notes.
#[derive(Debug, Serialize)]
pub(super) struct Placed<T> {
    #[serde(flatten)]
    result: T,
    #[serde(skip_serializing_if = "Option::is_none")]
    action: Option<Action>,
    #[serde(flatten)]
    place: Place,
}

impl<T> Placed<T> {
    pub(super) const fn new(result: T, place: Place) -> Self {
        Self { result, action: None, place }
    }

    pub(super) const fn result(&self) -> &T {
        &self.result
    }
}

impl<T: Record> Record for Placed<T> {
    const COLUMNS: &'static [Column] = T::COLUMNS;

    fn cell(&self, column: usize) -> Cell<'_> {
        self.result.cell(column)
    }

    fn name(&self) -> &str {
        self.result.name()
    }
}

impl Place {
    /// `error` of a change, or of what is looked at before one: where it was refused, or may have been made.
    pub(super) fn refused(&self, error: Error) -> Error {
        let message = match error.kind() {
            ErrorKind::Permission | ErrorKind::OutcomeUnknown => format!("{}{self}", error.message()),
            _ => return error,
        };
        error.with_message(message)
    }

    fn of(settings: &Settings) -> Self {
        let acting = &settings.organisation;
        let login = settings.login.as_ref();
        // The login's own may be named by its id as well.
        let known = || {
            let saved = login.and_then(|login| login.organisation.as_ref())?;
            let is_meant = acting.wanted == Some(OrganisationRef::Id(saved.id));
            is_meant.then(|| saved.title.clone())
        };
        let id = || acting.wanted.as_ref().map(ToString::to_string);
        let organisation = acting.title.clone().or_else(known).or_else(id);
        let profile = settings
            .token
            .as_ref()
            .filter(|found| matches!(found.source, TokenSource::Saved | TokenSource::Command));
        let profile =
            profile.map(|_| settings.profile.as_ref().map_or(Profile::DEFAULT, Profile::name).to_owned());
        let is_one_of_several = match acting.by {
            ChosenBy::Nobody | ChosenBy::Login => {
                settings.sandbox || login.is_some_and(|login| login.has_several)
            }
            ChosenBy::Flag | ChosenBy::Environment | ChosenBy::SettingsFile | ChosenBy::OfficialCli => true,
        };
        let title = organisation.as_ref().filter(|_| is_one_of_several);
        let title = title.map(|title| named(title));
        let base = settings.base_url.to_string();
        let parts = if settings.sandbox {
            let title = title.map(|title| format!("organisation {title} of "));
            vec![format!("in {}the sandbox", title.unwrap_or_default())]
        } else {
            let under = profile.as_ref().filter(|_| settings.has_profiles);
            [
                title.map(|title| format!("in organisation {title}")),
                under.map(|profile| format!("as profile {profile}")),
                (base != BaseUrl::HOSTED).then(|| format!("at {base}")),
            ]
            .into_iter()
            .flatten()
            .collect()
        };
        let doubts = if parts.is_empty() { String::new() } else { format!(" {}", parts.join(", ")) };
        let platform = if settings.sandbox { "the sandbox".to_owned() } else { base };
        Self { organisation, profile, platform, doubts }
    }
}

impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.doubts)
    }
}
