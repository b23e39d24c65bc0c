//! `ankra credentials hetzner`

use clap::{Args, Subcommand};

use super::{BundleArgs, CreateMode, ListOptions, SshKeyCommand};
use crate::{platform::CredentialName, secret::SecretSource};

/// Hetzner Cloud credentials.
#[derive(Debug, Subcommand)]
pub enum HetznerCommand {
    /// Store a Hetzner API token
    ///
    /// Asks for the token on the terminal unless a source is given. Make one in the Hetzner
    /// Console > your project > Security > API tokens, with the permission Read & Write.
    #[command(after_help = "Examples:
  ankra credentials hetzner create --name my-hetzner-token
  ankra credentials hetzner create --name ci --api-token-from env:HCLOUD_TOKEN
  pass show hetzner |
      ankra credentials hetzner create --name my-hetzner-token --api-token-stdin")]
    Create(HetznerCreateArgs),
    /// List the Hetzner credentials
    ///
    /// API tokens alone: SSH keys are listed by ssh-key list. No secret is ever shown.
    #[command(
        visible_alias = "ls",
        after_help = "Examples:
  ankra credentials hetzner list -o wide"
    )]
    List(ListOptions),
    /// Manage the SSH keys for Hetzner servers
    ///
    /// The platform puts these keys on the servers that it makes at Hetzner.
    #[command(
        subcommand,
        visible_aliases = ["ssh-keys", "ssh"],
        after_help = "Examples:
  ankra credentials hetzner ssh-key create --name my-key --generate
  ankra credentials hetzner ssh-key list"
    )]
    SshKey(SshKeyCommand),
}

/// `ankra credentials hetzner create`
#[derive(Debug, Args)]
pub struct HetznerCreateArgs {
    /// Name it in lower-case letters, digits and hyphens
    #[arg(long)]
    pub name: CredentialName,
    /// Take it from prompt, stdin, file:PATH, env:VAR, command:CMD or fd:N
    #[arg(long, value_name = "SOURCE", help_heading = "Secrets")]
    pub api_token_from: Option<SecretSource>,
    /// Read the token from standard input
    #[arg(long, conflicts_with = "api_token_from", help_heading = "Secrets")]
    pub api_token_stdin: bool,
    /// One source for all secrets.
    #[command(flatten)]
    pub bundle: BundleArgs,
    /// How to create.
    #[command(flatten)]
    pub mode: CreateMode,
}
