//! What can be typed. The doc comments are the help and the man pages.

#![expect(clippy::doc_markdown, reason = "help on a terminal is not Markdown")]

mod audit;
mod brought;
mod complete;
mod completion;
mod credentials;
mod delete;
mod error;
mod examples;
mod global;
mod guide;
mod help;
mod later;
mod list;
mod login;
mod logout;
mod meant;
mod org;
mod parse;
mod plain;
mod profile;
mod provider;
mod registry;
mod sandbox;
mod secrets;
mod ssh_key;
mod token;
mod typed;

use clap::{Parser, Subcommand};

pub use audit::{AuditArgs, FailOn};
pub use complete::{Candidate, Next, Unfinished, Values, unfinished};
pub use completion::{
    CompletionArgs, CompletionCommand, MARKER, OwnShell, Shell, ShellArgs, completion_script,
};
pub use credentials::{CredentialsCommand, ProviderName};
pub use delete::DeleteMode;
pub use error::Stop;
use examples::with_clouds;
pub use global::{GlobalArgs, OWN_VARIABLES, ProfileName};
pub use guide::{Guide, variables};
pub use help::whole_tree;
pub use later::Later;
pub use list::{ColumnName, ListOptions, Order, ShapeOptions, Span};
pub use login::{LoginArgs, Store};
pub use logout::LogoutArgs;
pub use org::OrgCommand;
pub use parse::parse;
pub use profile::ProfileCommand;
pub use provider::{
    ImportArgs, ProviderAction, ProviderCommand, ProviderCreateArgs, ProviderFields, ToolEntryName,
};
pub use registry::{
    CredentialsArgs, RegistryCheckArgs, RegistryCommand, RegistryCreateArgs, RegistryImportArgs,
    RegistryPresetsArgs, RegistryRefreshArgs, RegistryTargetArgs, RegistryUpdateArgs,
};
#[cfg(feature = "sandbox")]
pub use sandbox::Role;
pub use sandbox::SandboxCommand;
pub use secrets::{BundleArgs, CreateMode};
pub use ssh_key::{AnySshKeyCommand, NewKeyArgs, PublicKeySource, SshKeyCommand, SshKeyCreateArgs};
pub use token::{Expiry, TokenCommand, TokenCreateArgs};
pub use typed::given;

use crate::error::Error;

/// Manage the credentials of the Ankra platform
///
/// Secrets are asked for on the terminal or read from a source you name; they are never
/// taken from the command line and never shown.
#[derive(Debug, Parser)]
#[command(
    name = "ankra",
    version,
    propagate_version = true,
    disable_help_subcommand = true,
    disable_help_flag = true,
    disable_version_flag = true,
    args = global::help_and_version(),
    max_term_width = 100,
    after_help = with_clouds("Examples:
  ankra --sandbox credentials list
  ankra credentials CLOUD create --name my-CLOUD-token
  ankra credentials ssh-key create --name my-key --provider CLOUD --generate")
)]
pub struct Cli {
    #[command(flatten)]
    pub global: GlobalArgs,
    #[command(subcommand)]
    pub command: Command,
    /// The error of a command line that lacks something, which a person can be asked for.
    #[arg(skip)]
    pub lacking: Option<Error>,
}

#[derive(Debug, Subcommand)]
pub enum Command {
    /// Manage cloud, registry and SSH credentials
    ///
    /// Each kind has its own create and list; list, get and delete here are for all kinds.
    #[command(
        subcommand,
        visible_aliases = ["credential", "creds", "cred"],
        after_help = with_clouds("Examples:
  ankra credentials list
  ankra credentials CLOUD create --name my-CLOUD-token
  ankra credentials registry create --name my-ghcr --preset ghcr")
    )]
    Credentials(Box<Later<CredentialsCommand>>),
    /// Sign in with a browser or an API token, for later commands
    ///
    /// On a terminal the address of a page to sign in on is shown, and opened if you like. The token
    /// is tried first, and kept in a file that only you can read. It is sent to the
    /// address that it was saved for, and to no other. Scripts set ANKRA_API_TOKEN instead.
    Login(LoginArgs),
    /// Sign out: remove the saved login from this machine
    ///
    /// A token that a sign-in made is revoked first; one that you pasted only with --revoke. A token from
    /// ANKRA_API_TOKEN or of the official CLI is left alone.
    Logout(LogoutArgs),
    /// Show who is signed in, where and in which organisation
    ///
    /// Also shows where the token comes from: the environment, this program's settings, or the
    /// settings of the official client.
    #[command(
        visible_alias = "whoami",
        after_help = "Examples:
  ankra status
  ankra --sandbox status -o json"
    )]
    Status,
    /// List your organisations, and choose the one that commands act in
    ///
    /// Each command acts in one organisation. It is chosen by --org, else by ANKRA_ORG, the settings file,
    /// or org use; where nobody chose, it is the token's own.
    #[command(
        subcommand,
        visible_aliases = ["organisation", "organization", "orgs"],
        after_help = "Examples:
  ankra org list
  ankra org use demo"
    )]
    Org(Later<OrgCommand>),
    /// List your profiles, choose one, or sign one out
    ///
    /// A profile is a login of its own, and settings of its own if you write them: for another account,
    /// platform or organisation. login --profile NAME makes one.
    #[command(
        subcommand,
        visible_alias = "profiles",
        after_help = "Examples:
  ankra profile list
  ankra profile use staging"
    )]
    Profile(Later<ProfileCommand>),
    /// Make, list and revoke your API tokens
    ///
    /// A token acts as you. Scripts set one as ANKRA_API_TOKEN; login makes one for this machine.
    #[command(
        subcommand,
        visible_alias = "tokens",
        after_help = "Examples:
  ankra token list
  ankra token create --name ci --expires 30d > ci-token
  ankra token revoke ci"
    )]
    Token(Later<TokenCommand>),
    /// Print or install completion for your shell
    ///
    /// The scripts of bash, zsh, fish and elvish ask this program what can come next: commands,
    /// options, and the names of your credentials, organisations and profiles. They never sign in,
    /// never show a secret, and wait for the platform 0.4 seconds at most.
    Completion(CompletionArgs),
    /// Try everything without an account
    ///
    /// A platform inside this program serves every command that is given --sandbox. Two
    /// organisations and two tokens come ready made; production is the hosted platform.
    #[command(
        subcommand,
        after_help = "Examples:
  ankra --sandbox credentials list
  ankra --sandbox --org demo credentials get demo-ghcr
  ankra sandbox reset --yes"
    )]
    Sandbox(Later<SandboxCommand>),
}

impl Command {
    /// Whether its exit code 1 says that something was found, and nothing else.
    pub fn tells_findings(&self) -> bool {
        matches!(self, Self::Credentials(command) if matches!(command.0, CredentialsCommand::Audit(_)))
    }
}

#[cfg(test)]
mod tests;
