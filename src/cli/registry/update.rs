//! `ankra credentials registry update`

use clap::Args;

use super::{CredentialsArgs, RegistryTargetArgs};
use crate::platform::RegistryRef;

/// `ankra credentials registry update`
#[derive(Debug, Args)]
pub struct RegistryUpdateArgs {
    /// The credential, by name or id
    #[arg(value_name = "NAME|ID")]
    pub name: RegistryRef,
    /// What to store.
    #[command(flatten)]
    pub credentials: CredentialsArgs,
    /// Which registry it is for.
    #[command(flatten)]
    pub target: RegistryTargetArgs,
    /// Print the request, secrets redacted, and send nothing
    #[arg(long)]
    pub dry_run: bool,
}
