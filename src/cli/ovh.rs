//! `ankra credentials ovh`

use clap::{Args, Subcommand};

use super::{BundleArgs, CreateMode, ListOptions, SshKeyCommand, ssh_key::of_ovh};
use crate::{platform::CredentialName, secret::SecretSource};

/// OVH credentials.
#[derive(Debug, Subcommand)]
pub enum OvhCommand {
    /// Store OVH API credentials
    ///
    /// Asks for the application key, the application secret and the consumer key on the
    /// terminal unless sources are given. Make them on the OVH page for API tokens of your region.
    #[command(after_help = "Examples:
  ankra credentials ovh create --name my-ovh-cred \\
      --project-id 0123456789abcdef0123456789abcdef
  ankra credentials ovh create --name my-ovh-cred --project-id $PROJECT \\
      --secrets-from file:ovh.env")]
    Create(OvhCreateArgs),
    /// List the OVH credentials
    ///
    /// API credentials alone: SSH keys are listed by ssh-key list. No secret is ever shown.
    #[command(
        visible_alias = "ls",
        after_help = "Examples:
  ankra credentials ovh list -o wide"
    )]
    List(ListOptions),
    /// Manage the SSH keys for OVH servers
    ///
    /// The platform puts these keys on the servers that it makes at OVH.
    #[command(
        subcommand,
        visible_aliases = ["ssh-keys", "ssh"],
        mut_subcommands = of_ovh,
        after_help = "Examples:
  ankra credentials ovh ssh-key create --name my-key --generate
  ankra credentials ovh ssh-key list"
    )]
    SshKey(SshKeyCommand),
}

/// `ankra credentials ovh create`
#[derive(Debug, Args)]
pub struct OvhCreateArgs {
    /// Name it in lower-case letters, digits and hyphens
    #[arg(long)]
    pub name: CredentialName,
    /// Use the public cloud project of this id; OVH calls it service name
    #[arg(long, value_name = "ID", value_parser = project_id)]
    pub project_id: String,
    /// Take it from prompt, stdin, file:PATH, env:VAR, command:CMD or fd:N
    #[arg(long, value_name = "SOURCE", help_heading = "Secrets")]
    pub application_key_from: Option<SecretSource>,
    /// Take it from SOURCE, as above
    #[arg(long, value_name = "SOURCE", help_heading = "Secrets")]
    pub application_secret_from: Option<SecretSource>,
    /// Take it from SOURCE, as above
    #[arg(long, value_name = "SOURCE", help_heading = "Secrets")]
    pub consumer_key_from: Option<SecretSource>,
    /// One source for all secrets.
    #[command(flatten)]
    pub bundle: BundleArgs,
    /// How to create.
    #[command(flatten)]
    pub mode: CreateMode,
}

/// OVH's ids have 32 hexadecimal digits by custom, not by promise: only what no id has is refused.
fn project_id(text: &str) -> Result<String, String> {
    let usable = !text.is_empty()
        && text.len() <= 128
        && text.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-' || b == b'_');
    if usable {
        Ok(text.to_owned())
    } else {
        Err("a project id has letters and digits only: OVH Control Panel > Public Cloud > your project"
            .into())
    }
}
