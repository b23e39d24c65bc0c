//! The profiles that there are, in the settings file and among the saved logins.

use std::{collections::BTreeMap, path::Path};

use super::{LoginFile, Paths, Profile, file};
use crate::{
    error::{Error, ErrorKind, Result, Run},
    platform::BaseUrl,
};

/// Returns all profiles, each with its address if it has one.
///
/// # Errors
/// Usage or failure, if a file cannot be used.
pub fn profiles(config: Option<&Path>) -> Result<BTreeMap<Profile, Option<BaseUrl>>> {
    all(&Paths::find(config)?)
}

fn all(paths: &Paths) -> Result<BTreeMap<Profile, Option<BaseUrl>>> {
    let mut found = BTreeMap::new();
    for (name, section) in file::read(paths, false)?.profiles {
        if let Ok(profile) = name.parse() {
            found.insert(profile, section.base_url.and_then(|text| text.parse().ok()));
        }
    }
    if let Ok(path) = paths.login() {
        for (name, base) in LoginFile::of(path, None).names()? {
            if let Ok(profile) = name.parse() {
                let known = found.entry(profile).or_default();
                *known = known.take().or(base);
            }
        }
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
    let login = Run::new("login").arg("--profile").arg(profile.name()).arg("--with-token");
    error.run("make it by signing in", login)
}
