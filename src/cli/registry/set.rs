//! `ankra credentials registry set`

use clap::Args;

use super::{CredentialsArgs, RegistryCreateArgs, RegistryImportArgs, RegistryTargetArgs};
use crate::{cli::CreateMode, platform::CredentialName};

#[derive(Debug, Args)]
pub struct RegistrySetArgs {
    /// The credential, by name
    #[arg(value_name = "NAME", required_unless_present = "name", conflicts_with = "name")]
    named: Option<CredentialName>,
    /// Name the credential, as create does
    #[arg(short, long)]
    name: Option<CredentialName>,
    #[command(flatten)]
    credentials: CredentialsArgs,
    #[command(flatten)]
    import: RegistryImportArgs,
    #[command(flatten)]
    target: RegistryTargetArgs,
    /// Print the request, secrets redacted, and change nothing
    #[arg(long)]
    dry_run: bool,
}

impl From<RegistrySetArgs> for RegistryCreateArgs {
    /// `create --or-update`.
    fn from(args: RegistrySetArgs) -> Self {
        let RegistrySetArgs { named, name, credentials, import, target, dry_run } = args;
        let mode = CreateMode { if_not_exists: false, dry_run };
        Self { name: named.or(name), credentials, import, target, or_update: true, mode }
    }
}
