//! The token of a command: where it was found, and how it is read when it is needed.

use std::{fmt, time::Duration};

use crate::{
    error::{Error, ErrorKind, Result, Run},
    keychain::{self, Trouble},
    platform::API_TOKEN,
    secret::{Secret, SecretSource},
};

/// A token, or the way to it, and where it was found.
#[derive(Debug)]
pub struct TokenFrom {
    pub held: Held,
    pub source: TokenSource,
}

/// A token, or the way to it. Nothing is opened or run before the token is needed.
#[derive(Clone, Debug)]
pub enum Held {
    Here(Secret),
    Keychain(keychain::Item),
    /// What `token-command` of the settings prints.
    Command(String),
}

/// Where a token was found.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TokenSource {
    /// `ANKRA_API_TOKEN`.
    Environment,
    /// `token-command` of the settings file.
    Command,
    /// Saved by `ankra login`.
    Saved,
    /// The official CLI's `~/.ankra.yaml`.
    OfficialCli,
    /// The sandbox's own.
    Sandbox,
}

impl fmt::Display for TokenSource {
    /// Continues "the API token" in a sentence.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Environment => " in ANKRA_API_TOKEN",
            Self::Command => " that token-command printed",
            Self::Saved => " that was saved by a sign-in",
            Self::OfficialCli => " in ~/.ankra.yaml",
            Self::Sandbox => "",
        })
    }
}

impl TokenFrom {
    pub(super) fn here(token: Secret, source: TokenSource) -> Self {
        Self { held: Held::Here(token), source }
    }
}

impl Held {
    /// The token. A command is ended after `limit`; without one a person is there to end it.
    ///
    /// # Errors
    /// Failure or timed out, if the keychain does not give it or the command fails; authentication, if the
    /// keychain has it no more.
    pub fn read(&self, limit: Option<Duration>) -> Result<Secret> {
        match self {
            Self::Here(token) => Ok(token.clone()),
            Self::Keychain(item) => {
                keychain::get(item).map_err(|trouble| unread(&trouble))?.ok_or_else(|| {
                    Error::new(
                        ErrorKind::Authentication,
                        format!("the saved token is no longer in {}", keychain::NAME),
                    )
                    .run("sign in again with", Run::new("login"))
                })
            }
            Self::Command(line) => {
                let source = SecretSource::Command { line: line.clone(), limit };
                let passed = source
                    .read(&API_TOKEN, false, limit.unwrap_or_default())
                    .map_err(|error| error.hint("the command is token-command in the settings file"))?;
                Ok(passed.value)
            }
        }
    }

    /// The token, where it can be had in a moment without anybody being asked.
    pub fn at_hand(&self) -> Option<Secret> {
        match self {
            Self::Here(token) => Some(token.clone()),
            Self::Keychain(item) => keychain::get_quietly(item).ok()?,
            Self::Command(_) => None,
        }
    }

    /// A text that is another for each token, for names of caches: it is not shown or kept.
    pub fn key(&self) -> &str {
        match self {
            Self::Here(token) => token.expose(),
            Self::Keychain(item) => &item.id,
            Self::Command(line) => line,
        }
    }
}

fn unread(trouble: &Trouble) -> Error {
    let kind = if let Trouble::Silent = trouble { ErrorKind::TimedOut } else { ErrorKind::Failure };
    let error =
        Error::new(kind, "the saved token cannot be read").cause(format!("{} {trouble}", keychain::NAME));
    let error = match trouble {
        Trouble::Locked => error.hint("unlock the keychain and try again"),
        _ => error,
    };
    error.run(
        "to keep it in a file that only you can read, sign in again with",
        Run::new("login").arg("--store").arg("file"),
    )
}

#[cfg(test)]
mod tests {
    use super::{ErrorKind, Trouble, unread};

    #[test]
    fn a_locked_keychain_is_to_be_unlocked_and_a_silent_one_took_too_long() {
        let otherwise = "to keep it in a file that only you can read, sign in again with";
        for (trouble, kind, hint) in [
            (Trouble::Locked, ErrorKind::Failure, "unlock the keychain and try again"),
            (Trouble::Silent, ErrorKind::TimedOut, otherwise),
        ] {
            let error = unread(&trouble);
            assert_eq!(error.kind(), kind);
            assert!(error.hints()[0].to_string().starts_with(hint), "{error:?}");
        }
    }
}
