//! How credentials are deleted.

use clap::Args;

use crate::platform::CredentialRef;

#[derive(Debug, Args)]
pub struct DeleteArgs {
    /// The credentials, by name or id
    #[arg(required = true, value_name = "NAME|ID")]
    pub names: Vec<CredentialRef>,
    #[command(flatten)]
    pub mode: DeleteMode,
}

#[derive(Clone, Copy, Debug, Args)]
pub struct DeleteMode {
    /// Delete without asking
    #[arg(short, long)]
    pub yes: bool,
    /// Succeed where there is nothing to delete
    #[arg(long)]
    pub ignore_not_found: bool,
}
