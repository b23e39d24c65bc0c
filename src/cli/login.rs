//! `ankra login`

use clap::{Args, ValueEnum};

use crate::secret::SecretSource;

#[derive(Debug, Args)]
#[command(after_help = "Examples:
  ankra login
  ankra login --profile staging --web
  ankra login --with-token
  pass show ankra | ankra login --api-token-stdin")]
pub struct LoginArgs {
    /// Sign in with a browser, which is opened at once where there is one
    ///
    /// The page's address is printed, so that it can be opened on another device too. Nobody is asked:
    /// this works without a terminal. login alone does the same on a terminal, and asks before it opens
    /// the browser.
    #[arg(long, conflicts_with_all = ["with_token", "api_token_from", "api_token_stdin"])]
    pub web: bool,
    /// Use an API token that you made on the platform
    ///
    /// It is asked for on the terminal, or read from standard input where that is none. It is tried with
    /// one request before it is saved.
    #[arg(long)]
    pub with_token: bool,
    #[arg(long, help = SecretSource::help(), value_name = "SOURCE", help_heading = "Secrets")]
    pub api_token_from: Option<SecretSource>,
    /// Read the token from standard input
    #[arg(long, conflicts_with = "api_token_from", help_heading = "Secrets")]
    pub api_token_stdin: bool,
    /// Keep the token there, and nowhere else
    ///
    /// Without it, the token is kept in the system's keychain where one answers within three seconds,
    /// and otherwise in a file that only you can read.
    #[arg(long, value_name = "WHERE", value_enum, ignore_case = true, hide_possible_values = true)]
    pub store: Option<Store>,
}

/// Where a token is kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Store {
    /// In the system's keychain
    Keychain,
    /// In a file that only you can read
    File,
}
