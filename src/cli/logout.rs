//! `ankra logout`

use clap::Args;

use crate::platform::TokenId;

#[derive(Debug, Args)]
#[command(after_help = "Examples:
  ankra logout
  ankra logout --local")]
pub struct LogoutArgs {
    /// Revoke the token with this id
    ///
    /// Needed only where the platform's list does not tell which token is saved here.
    #[arg(long, value_name = "ID")]
    pub token_id: Option<TokenId>,
    /// Remove the token from this machine only: it stays valid
    #[arg(long, conflicts_with = "token_id")]
    pub local: bool,
}
