//! `ankra credentials registry update`

use clap::Args;

use super::{CredentialsArgs, RegistryTargetArgs};
use crate::platform::RegistryRef;

#[derive(Debug, Args)]
pub struct RegistryUpdateArgs {
    /// The credential, by name or id
    #[arg(required = true, value_name = "NAME|ID")]
    pub name: Option<RegistryRef>,
    #[command(flatten)]
    pub credentials: CredentialsArgs,
    #[command(flatten)]
    pub target: RegistryTargetArgs,
    /// Print the request, secrets redacted, and change nothing
    #[arg(long)]
    pub dry_run: bool,
}
