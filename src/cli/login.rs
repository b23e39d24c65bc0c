//! `ankra login`

use clap::Args;

use crate::secret::SecretSource;

#[derive(Debug, Args)]
#[command(after_help = "Examples:
  ankra login --with-token
  ankra login --profile staging --with-token
  pass show ankra | ankra login --with-token --api-token-stdin")]
pub struct LoginArgs {
    /// Use an API token that you made on the platform
    ///
    /// It is asked for on the terminal, tried with one request, and saved for this platform alone
    /// in a file that only you can read.
    #[arg(long)]
    pub with_token: bool,
    #[arg(
        long,
        help = SecretSource::help(),
        value_name = "SOURCE",
        requires = "with_token",
        help_heading = "Secrets"
    )]
    pub api_token_from: Option<SecretSource>,
    /// Read the token from standard input
    #[arg(long, requires = "with_token", conflicts_with = "api_token_from", help_heading = "Secrets")]
    pub api_token_stdin: bool,
}
