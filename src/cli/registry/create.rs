//! `ankra credentials registry create`

use clap::Args;

use super::{CredentialsArgs, RegistryImportArgs, RegistryTargetArgs};
use crate::{cli::CreateMode, platform::CredentialName};

/// `ankra credentials registry create`
#[derive(Debug, Args)]
pub struct RegistryCreateArgs {
    /// Name it in lower-case letters, digits and hyphens
    #[arg(long)]
    pub name: CredentialName,
    /// What to store.
    #[command(flatten)]
    pub credentials: CredentialsArgs,
    /// A login of another tool.
    #[command(flatten)]
    pub import: RegistryImportArgs,
    /// Which registry it is for.
    #[command(flatten)]
    pub target: RegistryTargetArgs,
    /// How to create.
    #[command(flatten)]
    pub mode: CreateMode,
}
