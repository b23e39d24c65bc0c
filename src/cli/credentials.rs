//! `ankra credentials`

use clap::Subcommand;

use super::{
    AnySshKeyCommand, AuditArgs, DeleteMode, Later, ListOptions, ProviderCommand, RegistryCommand,
    with_clouds,
};
use crate::{
    platform::{CredentialName, CredentialRef, REGISTRY, ssh_keys_of},
    providers::{ALL, Provider},
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
        #[arg(
            long,
            value_name = "NAME",
            value_parser = provider_name,
            help = provider_help(),
            long_help = provider_details()
        )]
        provider: Option<ProviderName>,
        #[command(flatten)]
        options: ListOptions,
    },
    /// Show credentials and what uses them, never a secret
    ///
    /// Where the platform does not tell what uses one, the answer is: cannot tell. With several names, -o json
    /// and yaml show a list.
    #[command(
        visible_alias = "show",
        after_help = with_clouds("Examples:
  ankra credentials get my-CLOUD-token
  ankra credentials get my-CLOUD-token my-ghcr -o yaml")
    )]
    Get {
        /// The credentials, by name or id
        #[arg(required = true, value_name = "NAME|ID")]
        names: Vec<CredentialRef>,
    },
    /// Check whether a name is well formed and free
    ///
    /// The platform decides. A name is unique among the credentials of all kinds of an organisation.
    #[command(after_help = with_clouds("Examples:
  ankra credentials validate my-CLOUD-token"))]
    Validate {
        /// The name that a credential might get
        #[arg(required = true)]
        name: Option<CredentialName>,
    },
    /// Look for what is wrong or risky with all credentials
    ///
    /// Failing and unused credentials, registries that cannot be synced, secrets that expire, are old or look like
    /// passwords, weak and duplicate SSH keys, and one secret for several environments. What cannot be looked at is
    /// told as "cannot tell", never as fine. Each finding has an id and a command that mends it.
    ///
    /// Nothing is changed. --timeout counts for each credential, not for all of them together.
    #[command(after_help = "Examples:
  ankra credentials audit
  ankra credentials audit --all-orgs -o json
  ankra credentials audit --fail-on warning --ignore-file audit.toml
  ankra credentials audit --max-age 180d --expires-within 30d")]
    Audit(AuditArgs),
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

/// A provider, as lists show it.
#[derive(Clone, Debug)]
pub struct ProviderName {
    pub word: String,
    /// The platform serves more providers than this program knows.
    pub is_known: bool,
}

/// Providers of the platform that this program has no commands for.
const OTHERS: [&str; 2] = ["github", "gitlab"];

impl ProviderName {
    /// Lists those that this program knows: the clouds, the registries, the SSH keys of each cloud, and others.
    pub fn known() -> Vec<String> {
        let clouds = ALL.iter().map(|provider| provider.slug.to_owned());
        let keys = ALL.iter().map(|provider| ssh_keys_of(provider.slug));
        clouds.chain([REGISTRY.to_owned()]).chain(keys).chain(OTHERS.map(str::to_owned)).collect()
    }
}

fn provider_name(text: &str) -> Result<ProviderName, String> {
    let word = text.to_ascii_lowercase().replace('-', "_");
    let cloud = Provider::called(text).map(|provider| provider.slug.to_owned());
    if let Some(word) = cloud.or_else(|| ProviderName::known().into_iter().find(|known| *known == word)) {
        return Ok(ProviderName { word, is_known: true });
    }
    let plain = !text.is_empty()
        && text.len() <= 64
        && text.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-' || b == b'_');
    if plain {
        Ok(ProviderName { word: text.to_owned(), is_known: false })
    } else {
        Err(format!("a provider is a lower-case word such as {}", ALL[0].slug))
    }
}

fn provider_help() -> String {
    let slugs: Vec<&str> = ALL.iter().map(|provider| provider.slug).collect();
    format!("List the credentials of this provider: {} or {REGISTRY}", slugs.join(", "))
}

fn provider_details() -> String {
    format!(
        "{}\n\nThe SSH keys of a cloud have a provider of their own, such as {}. Any other that the list shows \
         can be given too.",
        provider_help(),
        ssh_keys_of(ALL[0].slug)
    )
}
