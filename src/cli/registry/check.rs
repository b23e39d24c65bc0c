//! `ankra credentials registry check`

use clap::Args;

use super::{CredentialsArgs, RegistryImportArgs, TokenHostArgs};
use crate::providers::RegistryUrl;

#[derive(Debug, Args)]
pub struct RegistryCheckArgs {
    /// Ask this registry: oci://HOST/PATH, or https://HOST/PATH of a Helm repository
    #[arg(long, required = true, value_name = "URL")]
    pub registry_url: Option<RegistryUrl>,
    #[command(flatten)]
    pub token_host: TokenHostArgs,
    #[command(flatten)]
    pub credentials: CredentialsArgs,
    #[command(flatten)]
    pub import: RegistryImportArgs,
}
