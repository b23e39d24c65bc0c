//! `ankra logout`

use clap::Args;

use crate::platform::TokenId;

#[derive(Debug, Default, Args)]
#[command(after_help = "Examples:
  ankra logout
  ankra logout --revoke
  ankra logout --local")]
pub struct LogoutArgs {
    /// Revoke the token, also one that you pasted
    ///
    /// Wherever else it is used, it is no longer accepted.
    #[arg(long)]
    pub revoke: bool,
    /// Revoke the token with this id
    ///
    /// Needed only where the platform's list does not tell which token is saved here.
    #[arg(long, value_name = "ID")]
    pub token_id: Option<TokenId>,
    /// Remove the login from this machine only: the token stays valid
    #[arg(long, alias = "local-only", conflicts_with_all = ["token_id", "revoke"])]
    pub local: bool,
}
