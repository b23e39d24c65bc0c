//! What is said of tokens, whatever is done with them.

use jiff::Timestamp;

use crate::{
    commands::Context,
    error::{Error, ErrorKind, Run},
    platform::BaseUrl,
    settings::{Profile, TokenSource},
};

/// Where something was done to a token, to follow its name, as far as there can be doubt: a token is a person's,
/// in all their organisations.
pub(super) fn place(context: &Context, base: &BaseUrl) -> String {
    let settings = &context.settings;
    if settings.sandbox {
        return " in the sandbox".to_owned();
    }
    let source = settings.token.as_ref().map(|found| found.source);
    let is_of_profile = matches!(source, Some(TokenSource::Saved | TokenSource::Command));
    let profile = settings.profile.as_ref().map_or(Profile::DEFAULT, Profile::name);
    let profile = (settings.has_profiles && is_of_profile).then(|| format!(" as profile {profile}"));
    let base = base.to_string();
    let base = (base != BaseUrl::HOSTED).then(|| format!(" at {base}"));
    let parts: Vec<String> = profile.into_iter().chain(base).collect();
    parts.join(",")
}

/// What no end of a token is called.
pub(super) const NEVER: &str = "never";

/// When a token ends, from what the platform says: a time or [`NEVER`]; `None`: it cannot be told.
pub(super) fn expiry(text: Option<&str>) -> Option<String> {
    let text = text?.trim();
    if text.is_empty() {
        return Some(NEVER.to_owned());
    }
    text.parse::<Timestamp>().is_ok().then(|| text.to_owned())
}

/// Where the outcome is unknown or a name is refused, the list of credentials does not help.
pub(super) fn without_credentials(error: Error) -> Error {
    if !matches!(error.kind(), ErrorKind::OutcomeUnknown | ErrorKind::Conflict) {
        return error;
    }
    error.with_hints([]).run("see what there is with", Run::new("token list"))
}
