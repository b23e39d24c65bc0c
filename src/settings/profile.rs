//! A profile: a table `[profiles.NAME]` of the settings file, and the token that was saved under that name.

use std::{collections::BTreeMap, fmt, path::Path, str::FromStr};

use super::{Environment, LoginFile, Paths, file};
use crate::{
    error::{Error, ErrorKind, Result, Run},
    platform::BaseUrl,
};

/// A profile's name: letters, digits, `-` and `_`, a letter or digit first.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Profile(String);

impl Profile {
    /// The entry of whoever names no profile.
    pub(super) const DEFAULT: &'static str = "default";

    /// The longest name.
    const LIMIT: usize = 64;

    /// The one that was chosen; `None`: the default, whether named or not.
    pub(super) fn chosen(flag: Option<&str>, environment: &Environment) -> Result<Option<Self>> {
        let variable = environment.text("ANKRA_PROFILE");
        let (name, from) = match (flag, &variable) {
            (Some(name), _) => (name, "--profile"),
            (None, Some(name)) => (name.as_str(), "ANKRA_PROFILE"),
            (None, None) => return Ok(None),
        };
        let chosen: Self = name.parse().map_err(|error: Error| {
            let message = format!("{from}: {}", error.message());
            error.with_message(message)
        })?;
        Ok(Some(chosen).filter(|profile| profile.0 != Self::DEFAULT))
    }

    /// Its name.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for Profile {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl FromStr for Profile {
    type Err = Error;

    /// # Errors
    /// Usage; the text is not repeated: it may be a secret in the wrong place.
    fn from_str(text: &str) -> Result<Self> {
        let is_part = |byte: u8| byte.is_ascii_alphanumeric() || b"-_".contains(&byte);
        let begins = text.starts_with(|letter: char| letter.is_ascii_alphanumeric());
        if begins && text.len() <= Self::LIMIT && text.bytes().all(is_part) {
            return Ok(Self(text.to_owned()));
        }
        Err(Error::usage("this is no name of a profile")
            .hint("a profile's name has letters, digits, - and _, a letter or digit first, 64 at most"))
    }
}

/// The profiles there are, each with its address if it has one.
///
/// # Errors
/// Usage or failure, if a file cannot be used.
pub fn profiles(config: Option<&Path>) -> Result<BTreeMap<Profile, Option<BaseUrl>>> {
    let paths = Paths::find(config)?;
    let mut found = BTreeMap::new();
    for (name, section) in file::read(&paths, config.is_some())?.profiles {
        if let Ok(profile) = name.parse() {
            found.insert(profile, section.base_url.and_then(|text| text.parse().ok()));
        }
    }
    if let Ok(path) = paths.login() {
        for (name, base) in LoginFile::new(path).names()? {
            if let Ok(profile) = name.parse() {
                let known = found.entry(profile).or_default();
                *known = known.take().or(base);
            }
        }
    }
    Ok(found)
}

/// The error of a profile that is nowhere.
pub(super) fn unknown(profile: &Profile, config: Option<&Path>) -> Error {
    let error = Error::new(ErrorKind::NotFound, format!("there is no profile {profile}"));
    let all = profiles(config).unwrap_or_default();
    let names: Vec<&str> = all.keys().take(20).map(Profile::name).collect();
    let error =
        if names.is_empty() { error } else { error.hint(format!("your profiles: {}", names.join(", "))) };
    let login = Run::new("login").arg("--profile").arg(profile.name()).arg("--with-token");
    error.run("make it by signing in", login)
}

#[cfg(test)]
mod tests {
    use super::Profile;

    #[test]
    fn a_profile_s_name_is_a_plain_word() {
        for name in ["a", "staging", "Team-2_b", "0", &"a".repeat(64)] {
            assert_eq!(name.parse::<Profile>().expect("it is one").name(), name);
        }
        for text in ["", "-a", "_a", "a b", "a.b", "a/b", "$(id)", "é", "a\n", &"a".repeat(65)] {
            let error = text.parse::<Profile>().expect_err(text);
            assert!(text.len() < 3 || !error.message().contains(text), "{text}");
        }
    }
}
