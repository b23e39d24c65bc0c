//! A profile: a table `[profiles.NAME]` of the settings file, and the token that was saved under that name.

use std::{fmt, str::FromStr};

use super::Environment;
use crate::error::{Error, Result};

/// A profile's name: letters, digits, `-` and `_`, a letter or digit first.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Profile(String);

impl Profile {
    /// The entry for commands without a profile.
    pub const DEFAULT: &'static str = "default";

    /// The longest name.
    const LIMIT: usize = 64;

    /// Returns the profile that is named; `None`: none is.
    pub(super) fn named(flag: Option<&str>, environment: &Environment) -> Result<Option<Self>> {
        let variable = environment.text("ANKRA_PROFILE");
        let (name, from) = match (flag, &variable) {
            (Some(name), _) => (name, "--profile"),
            (None, Some(name)) => (name.as_str(), "ANKRA_PROFILE"),
            (None, None) => return Ok(None),
        };
        let named = name.parse().map_err(|error: Error| {
            let message = format!("{from}: {}", error.message());
            error.with_message(message)
        })?;
        Ok(Some(named))
    }

    /// Whether it is the one without a name of its own.
    pub fn is_default(&self) -> bool {
        self.0 == Self::DEFAULT
    }

    pub fn name(&self) -> &str {
        &self.0
    }
}

impl Default for Profile {
    fn default() -> Self {
        Self(Self::DEFAULT.to_owned())
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
        Err(Error::usage("this is not the name of a profile")
            .hint("the name of a profile has at most 64 letters, digits, - and _, and begins with a letter or digit"))
    }
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
