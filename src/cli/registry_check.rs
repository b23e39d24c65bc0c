//! `ankra credentials registry check`

use clap::Args;

use super::{
    BundleArgs, RegistryImportArgs,
    registry::{PasswordArgs, username},
};
use crate::providers::RegistryUrl;

/// `ankra credentials registry check`
#[derive(Debug, Args)]
pub struct RegistryCheckArgs {
    /// Ask this registry: oci://HOST/PATH, or https://HOST/PATH of a Helm repository
    #[arg(long, value_name = "URL")]
    pub registry_url: RegistryUrl,
    /// Sign in at the registry as this user; asked for if left out
    #[arg(long, value_parser = username)]
    pub username: Option<String>,
    /// The password's source.
    #[command(flatten)]
    pub password: PasswordArgs,
    /// One source for all secrets.
    #[command(flatten)]
    pub bundle: BundleArgs,
    /// A login of another tool.
    #[command(flatten)]
    pub import: RegistryImportArgs,
}
