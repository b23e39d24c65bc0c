//! The profiles that there are, in the settings file and among the saved logins.

use std::{collections::BTreeMap, path::Path};

use super::{About, Held, LoginFile, Paths, Profile, file};
use crate::{
    error::{Error, ErrorKind, Result, Run},
    platform::BaseUrl,
};

/// What is known of a profile without asking anybody.
#[derive(Debug, Default)]
pub struct Known {
    /// Its address, if it has one.
    pub base_url: Option<BaseUrl>,
    /// Where its token is, if it is signed in.
    pub held: Option<Held>,
    /// What is known of its login.
    pub about: About,
    /// The organisation that the settings file names for it.
    pub org: Option<String>,
    /// Whether the settings file has it.
    pub is_in_settings: bool,
}

/// Returns all profiles. The default one is among them if there is a token without a profile.
///
/// # Errors
/// Usage or failure, if a file cannot be used.
pub fn profiles(config: Option<&Path>) -> Result<BTreeMap<Profile, Known>> {
    all(&Paths::find(config)?)
}

pub(super) fn all(paths: &Paths) -> Result<BTreeMap<Profile, Known>> {
    let mut found = BTreeMap::new();
    let config = file::read(paths, false)?;
    for (name, section) in config.profiles {
        if let Ok(profile) = name.parse() {
            let base_url = section.base_url.and_then(|text| text.parse().ok());
            let command = section.token_command.map(Held::Command);
            let known =
                Known { base_url, held: command, org: section.org, is_in_settings: true, ..Known::default() };
            found.insert(profile, known);
        }
    }
    if let Some(command) = config.own.token_command {
        let base_url = config.own.base_url.and_then(|text| text.parse().ok());
        let known = Known { base_url, held: Some(Held::Command(command)), ..Known::default() };
        found.insert(Profile::default(), known);
    }
    if let Ok(path) = paths.login() {
        for (name, login) in LoginFile::of(path, None).all()? {
            if let Ok(profile) = name.parse::<Profile>() {
                let known: &mut Known = found.entry(profile).or_default();
                known.base_url = known.base_url.take().or(Some(login.base_url));
                known.held = known.held.take().or(Some(login.held));
                known.about = login.about;
            }
        }
    }
    if let Some(known) = found.get_mut(&Profile::default()) {
        known.org = config.own.org;
    }
    Ok(found)
}

/// Builds the error for an unknown profile.
pub(super) fn unknown(profile: &Profile, paths: &Paths) -> Error {
    let error = Error::new(ErrorKind::NotFound, format!("there is no profile {profile}"));
    let all = all(paths).unwrap_or_default();
    let names: Vec<&str> = all.keys().take(20).map(Profile::name).collect();
    let error =
        if names.is_empty() { error } else { error.hint(format!("your profiles: {}", names.join(", "))) };
    error.run("make it by signing in", Run::new("login").arg("--profile").arg(profile.name()))
}
