//! `ankra token`

use std::str::FromStr;

use clap::{Subcommand, ValueEnum};
use jiff::{SignedDuration, Timestamp};

use super::{ShapeOptions, Span, Store};
use crate::{error::Error, platform::TokenRef};

#[derive(Debug, Subcommand)]
pub enum TokenCommand {
    /// List your API tokens, never their text
    ///
    /// USED BY names the profiles of this machine whose sign-in made the token. Of a token that was pasted
    /// nothing is known.
    #[command(
        visible_alias = "ls",
        after_help = "Examples:
  ankra token list
  ankra token list -o json"
    )]
    List(ShapeOptions),
    /// Make an API token
    ///
    /// Its text goes to standard output alone, once: it cannot be shown again. With --save-as-profile it is
    /// not shown, but kept as the login of a new profile.
    #[command(after_help = "Examples:
  ankra token create --name ci --expires 30d > ci-token
  ankra token create --name nightly --save-as-profile nightly
  ankra token create --name agent --expires 2030-01-31 --scope mcp:read")]
    Create(TokenCreateArgs),
    /// Revoke API tokens: they are no longer accepted anywhere
    ///
    /// A token that a login on this machine uses is told before. Of several tokens of one name the one that
    /// can still be revoked is meant.
    #[command(after_help = "Examples:
  ankra token revoke ci
  ankra token revoke ci nightly --yes")]
    Revoke {
        /// The tokens, by name or id
        #[arg(required = true, value_name = "NAME|ID")]
        names: Vec<TokenRef>,
        /// Revoke without asking
        #[arg(short, long)]
        yes: bool,
    },
    /// Delete API tokens that were revoked
    ///
    /// They are no longer listed. One that is still accepted has to be revoked first.
    #[command(
        visible_alias = "rm",
        after_help = "Examples:
  ankra token delete old-ci --yes"
    )]
    Delete {
        /// The tokens, by name or id
        #[arg(required = true, value_name = "NAME|ID")]
        names: Vec<TokenRef>,
        /// Delete without asking
        #[arg(short, long)]
        yes: bool,
    },
}

#[derive(Debug, clap::Args)]
pub struct TokenCreateArgs {
    /// Name it as your list of tokens is to show it
    #[arg(short, long, value_parser = new_name)]
    pub name: String,
    /// Let it expire after a time (30d, 12h), on a date (2030-01-31, UTC), or never
    ///
    /// A date may have a time too, as in 2030-01-31T12:00:00Z. Without this option the platform decides.
    #[arg(long, value_name = "WHEN")]
    pub expires: Option<Expiry>,
    /// Limit it to a use: mcp:read or mcp:write; can be repeated
    ///
    /// Such a token opens the service that it names, and no command of this program. Without a limit, it may
    /// do what you may do.
    #[arg(long = "scope", value_name = "SCOPE", value_enum, hide_possible_values = true)]
    pub scopes: Vec<Scope>,
    /// Keep it as the login of a new profile of this name, and do not show it
    #[arg(long, value_name = "NEW-NAME", conflicts_with = "scopes")]
    pub save_as_profile: Option<NewProfileName>,
    /// Keep the token there, and nowhere else
    ///
    /// Without it, the token is kept in the system's keychain where one answers within three seconds,
    /// and otherwise in a file that only you can read.
    #[arg(
        long,
        value_name = "WHERE",
        value_enum,
        ignore_case = true,
        hide_possible_values = true,
        requires = "save_as_profile"
    )]
    pub store: Option<Store>,
    /// Print the request, secrets redacted, and change nothing
    #[arg(long)]
    pub dry_run: bool,
}

/// What a token is limited to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Scope {
    /// Read by the platform's MCP service
    #[value(name = "mcp:read")]
    McpRead,
    /// Read and write by the platform's MCP service
    #[value(name = "mcp:write")]
    McpWrite,
}

impl Scope {
    /// Its name at the platform.
    pub const fn name(self) -> &'static str {
        match self {
            Self::McpRead => "mcp:read",
            Self::McpWrite => "mcp:write",
        }
    }
}

/// A profile that is to be made: its own type, so that completion offers none that there is.
#[derive(Clone, Debug)]
pub struct NewProfileName(pub String);

impl From<&str> for NewProfileName {
    fn from(text: &str) -> Self {
        Self(text.to_owned())
    }
}

/// When a token expires.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Expiry {
    Never,
    After(SignedDuration),
    At(Timestamp),
}

impl FromStr for Expiry {
    type Err = Error;

    fn from_str(text: &str) -> Result<Self, Error> {
        let wrong = || {
            Error::usage("this is not a time that a token could expire at")
                .hint("such as 30d, 12h, 2030-01-31, 2030-01-31T12:00:00Z or never")
        };
        if text.eq_ignore_ascii_case("never") {
            return Ok(Self::Never);
        }
        let midnight = || format!("{text}T00:00:00Z").parse::<Timestamp>();
        if let Ok(time) = text.parse::<Timestamp>().or_else(|_| midnight()) {
            return Ok(Self::At(time));
        }
        // In whole hours at least: nobody makes a token for minutes.
        let seconds = text.parse::<Span>().map_err(|_| wrong())?.0.as_secs();
        if seconds == 0 || seconds % 3_600 != 0 {
            return Err(wrong());
        }
        let hours = i64::try_from(seconds / 3_600).map_err(|_| wrong())?;
        Ok(Self::After(SignedDuration::from_hours(hours)))
    }
}

fn new_name(text: &str) -> Result<String, &'static str> {
    let name = text.trim();
    if name.is_empty() || name.chars().any(char::is_control) {
        return Err("a name has at least one letter, and no control characters");
    }
    Ok(name.to_owned())
}

#[cfg(test)]
mod tests {
    use jiff::SignedDuration;

    use super::Expiry;

    #[test]
    fn an_end_is_a_time_from_now_a_date_or_none() {
        let read = |text: &str| text.parse::<Expiry>().ok();
        assert_eq!(read("Never"), Some(Expiry::Never));
        assert_eq!(read("12h"), Some(Expiry::After(SignedDuration::from_hours(12))));
        assert_eq!(read("30D"), Some(Expiry::After(SignedDuration::from_hours(720))));
        assert_eq!(read("2w"), Some(Expiry::After(SignedDuration::from_hours(336))));
        let at = |time: &str| Some(Expiry::At(time.parse().unwrap()));
        assert_eq!(read("2030-01-31"), at("2030-01-31T00:00:00Z"));
        assert_eq!(read("2030-01-31T12:00:00+02:00"), at("2030-01-31T10:00:00Z"));
        for text in ["", "d", "0d", "-1d", "+1d", "1.5d", "30", "30m", "3 d", "1é", "tomorrow", "2030-13-01"]
        {
            assert_eq!(read(text), None, "{text}");
        }
        for text in ["2030-01-31T12:00:00", "99999999999d", "9223372036854775807w", "１d"] {
            assert_eq!(read(text), None, "{text}");
        }
    }
}
