//! Where a change acts: told wherever there can be doubt.

use std::fmt;

use serde::Serialize;

use super::{Context, context::WIDEST_TITLE};
use crate::{
    output::shorten,
    platform::BaseUrl,
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
    #[expect(dead_code, reason = "its commands follow")]
    pub(super) fn place(&self) -> Place {
        Place::of(&self.settings)
    }
}

impl Place {
    fn of(settings: &Settings) -> Self {
        let acting = &settings.organisation;
        let id = || acting.wanted.as_ref().map(ToString::to_string);
        let organisation = acting.title.clone().or_else(id);
        let profile = settings
            .token
            .as_ref()
            .filter(|found| matches!(found.source, TokenSource::Saved | TokenSource::Command));
        let profile =
            profile.map(|_| settings.profile.as_ref().map_or(Profile::DEFAULT, Profile::name).to_owned());
        let is_one_of_several = match acting.by {
            ChosenBy::Nobody | ChosenBy::Login => {
                settings.sandbox || settings.login.as_ref().is_some_and(|login| login.has_several)
            }
            ChosenBy::Flag | ChosenBy::Environment | ChosenBy::SettingsFile | ChosenBy::OfficialCli => true,
        };
        let title = organisation.as_ref().filter(|_| is_one_of_several);
        let title = title.map(|title| shorten(title, WIDEST_TITLE));
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
