//! `ankra credentials registry create`

use clap::Args;

use super::{CredentialsArgs, RegistryImportArgs, RegistryTargetArgs};
use crate::{cli::CreateMode, platform::CredentialName};

#[derive(Debug, Args)]
pub struct RegistryCreateArgs {
    /// Name it in lower-case letters, digits and hyphens
    #[arg(short, long, required = true)]
    pub name: Option<CredentialName>,
    #[command(flatten)]
    pub credentials: CredentialsArgs,
    #[command(flatten)]
    pub import: RegistryImportArgs,
    #[command(flatten)]
    pub target: RegistryTargetArgs,
    /// Replace the user name and password if the name exists already
    #[arg(long, conflicts_with = "if_not_exists")]
    pub or_update: bool,
    #[command(flatten)]
    pub mode: CreateMode,
}
