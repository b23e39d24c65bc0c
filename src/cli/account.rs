//! `ankra login`, `ankra logout`

use clap::Args;

use crate::{platform::TokenId, secret::SecretSource};

/// `ankra login`
#[derive(Debug, Args)]
#[command(after_help = "Examples:
  ankra login --with-token
  pass show ankra | ankra login --with-token --api-token-stdin")]
pub struct LoginArgs {
    /// Sign in with an API token that you made on the platform; asked for on the terminal
    #[arg(long)]
    pub with_token: bool,
    /// Where the token comes from: prompt, stdin, file:PATH, env:VAR, command:CMD or fd:N
    #[arg(long, value_name = "SOURCE", requires = "with_token", help_heading = "Secrets")]
    pub api_token_from: Option<SecretSource>,
    /// Read the token from standard input
    #[arg(long, requires = "with_token", conflicts_with = "api_token_from", help_heading = "Secrets")]
    pub api_token_stdin: bool,
    /// Refused: see `--api-token-from`
    #[arg(long, hide = true, alias = "token", num_args = 0..=1, value_parser = super::error::refuse_secret)]
    pub api_token: Option<String>,
}

/// `ankra logout`
#[derive(Debug, Args)]
pub struct LogoutArgs {
    /// The id of the token to revoke, where the platform's list does not tell which one is saved here
    #[arg(long, value_name = "ID")]
    pub token_id: Option<TokenId>,
    /// Remove the token from this machine only; it stays valid
    #[arg(long, conflicts_with = "token_id")]
    pub local: bool,
}
