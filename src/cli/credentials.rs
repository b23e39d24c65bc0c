//! `ankra credentials`

use clap::Subcommand;

use super::{
    AnySshKeyCommand, DeleteMode, Later, ListOptions, ProviderCommand, RegistryCommand, with_clouds,
};
use crate::{
    platform::{CredentialName, CredentialRef},
    providers::ALL,
};

#[derive(Debug, Subcommand)]
pub enum CredentialsCommand {
    /// List the credentials of every kind
    ///
    /// Includes those of providers that this program has no commands for. No secret is ever shown.
    #[command(
        visible_alias = "ls",
        after_help = with_clouds("Examples:
  ankra credentials list
  ankra credentials list --provider CLOUD --sort created --order desc
  ankra credentials list -o json")
    )]
    List {
        #[arg(long, value_name = "NAME", value_parser = provider_name, help = provider_help())]
        provider: Option<ProviderName>,
        #[command(flatten)]
        options: ListOptions,
    },
    /// Show one credential and what uses it, never a secret
    ///
    /// Where the platform does not tell what uses it, the answer is: cannot tell.
    #[command(
        visible_alias = "show",
        after_help = with_clouds("Examples:
  ankra credentials get my-CLOUD-token
  ankra credentials get my-CLOUD-token -o yaml")
    )]
    Get {
        /// The credential, by name or id
        #[arg(value_name = "NAME|ID")]
        name: CredentialRef,
    },
    /// Check whether a name is well formed and free
    ///
    /// The platform decides. A name is unique among the credentials of all kinds of an organisation.
    #[command(after_help = with_clouds("Examples:
  ankra credentials validate my-CLOUD-token"))]
    Validate {
        /// The name that a credential might get
        name: CredentialName,
    },
    /// Delete credentials, after showing what uses them
    ///
    /// The question names each credential, its kind, and what stops working without it. Nothing
    /// is deleted if one of several names is unknown or ambiguous.
    #[command(
        visible_alias = "rm",
        after_help = with_clouds("Examples:
  ankra credentials delete my-CLOUD-token
  ankra credentials delete old-token older-token --yes --ignore-not-found")
    )]
    Delete {
        /// The credentials, by name or id
        #[arg(required = true, value_name = "NAME|ID")]
        names: Vec<CredentialRef>,
        #[command(flatten)]
        mode: DeleteMode,
    },
    #[command(flatten)]
    Provider(ProviderCommand),
    /// Manage credentials of Helm and OCI registries
    ///
    /// A user name and a password or token, with which the platform pulls charts. It knows seven kinds
    /// of registries: see ankra credentials registry presets.
    #[command(
        subcommand,
        visible_alias = "reg",
        after_help = "Examples:
  ankra credentials registry presets
  ankra credentials registry create --name my-ghcr --preset ghcr
  ankra credentials registry list"
    )]
    Registry(Later<RegistryCommand>),
    /// Manage SSH keys of every provider, or make a key pair
    ///
    /// The same as the ssh-key commands of each provider, for all of them.
    #[command(
        subcommand,
        visible_aliases = ["ssh-keys", "ssh"],
        after_help = with_clouds("Examples:
  ankra credentials ssh-key create --name my-key --provider CLOUD --generate
  ankra credentials ssh-key list")
    )]
    SshKey(Later<AnySshKeyCommand>),
}

/// A provider of the platform, which serves more than this program knows: any plain word is one.
#[derive(Clone, Debug)]
pub struct ProviderName(pub String);

fn provider_name(text: &str) -> Result<ProviderName, String> {
    let plain = !text.is_empty()
        && text.len() <= 64
        && text.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-' || b == b'_');
    if plain {
        Ok(ProviderName(text.to_owned()))
    } else {
        Err(format!("a provider is a lower-case word such as {}", ALL[0].slug))
    }
}

fn provider_help() -> String {
    let slugs: Vec<&str> = ALL.iter().map(|provider| provider.slug).collect();
    format!("List the credentials of this provider: {}, registry or another", slugs.join(", "))
}
