//! What can be typed. The doc comments are the help and the man pages.

#![expect(clippy::doc_markdown, reason = "help on a terminal is not Markdown")]

mod account;
mod complete;
mod completion;
mod credentials;
mod error;
mod global;
mod guide;
mod help;
mod later;
mod provider;
mod registry;
mod sandbox;
mod secrets;
mod ssh_key;

use std::{ffi::OsString, mem::ManuallyDrop};

use clap::{CommandFactory, FromArgMatches, Parser, Subcommand, error::ErrorKind};

pub use account::{LoginArgs, LogoutArgs};
pub use complete::{Candidate, Next, Unfinished, Values, unfinished};
pub use completion::{
    CompletionArgs, CompletionCommand, MARKER, OwnShell, Shell, ShellArgs, completion_script,
};
pub use credentials::{
    CredentialsCommand, DeleteArgs, DeleteMode, GetArgs, ListArgs, ListOptions, Order, ProviderName, SortKey,
    ValidateArgs,
};
pub use error::{Stop, json_is_asked_for};
pub use global::{GlobalArgs, ProfileName};
pub use guide::{Guide, variables};
use help::Asked;
pub use later::Later;
use provider::with_clouds;
pub use provider::{ProviderAction, ProviderCommand, ProviderCreateArgs};
pub use registry::{
    CredentialsArgs, PasswordArgs, RegistryCheckArgs, RegistryCommand, RegistryCreateArgs,
    RegistryDeleteArgs, RegistryGetArgs, RegistryImportArgs, RegistryPresetsArgs, RegistryRefreshArgs,
    RegistryTargetArgs, RegistryUpdateArgs,
};
pub use sandbox::{Role, SandboxCommand, SandboxEnvArgs, SandboxResetArgs, SandboxServeArgs};
pub use secrets::{BundleArgs, CreateMode, PassphraseArgs};
pub use ssh_key::{
    AnySshKeyCommand, AnySshKeyCreateArgs, NewKeyArgs, PublicKeySource, SshKeyCommand, SshKeyCreateArgs,
    SshKeyGenerateArgs,
};

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
    arg = global::help(),
    arg = global::version(),
    max_term_width = 100,
    after_help = with_clouds("Examples:
  ankra --sandbox credentials list
  ankra credentials CLOUD create --name my-CLOUD-token
  ankra credentials ssh-key create --name my-key --provider CLOUD --generate")
)]
pub struct Cli {
    /// What applies to every command.
    #[command(flatten)]
    pub global: GlobalArgs,
    /// What to do.
    #[command(subcommand)]
    pub command: Command,
}

/// The commands.
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
    /// Sign in: save an API token for later commands
    ///
    /// The token is tried first, and kept in a file that only you can read. It is sent to the
    /// address that it was saved for, and to no other. Scripts set ANKRA_API_TOKEN instead.
    Login(LoginArgs),
    /// Revoke the saved API token and remove it from this machine
    ///
    /// A token from ANKRA_API_TOKEN or of the official client is left alone.
    Logout(LogoutArgs),
    /// Show who is signed in, where and in which organisation
    ///
    /// Also shows where the token comes from: the environment, this program's settings, or the
    /// settings of the official client.
    #[command(after_help = "Examples:
  ankra status
  ankra --sandbox status -o json")]
    Status,
    /// Complete command lines in your shell, by script or installed
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

/// Reads a command line.
///
/// # Errors
/// [`Stop`]: help or version to print, or an error; neither repeats a value that may be a secret.
pub fn parse(args: impl IntoIterator<Item = OsString>) -> Result<Cli, Stop> {
    let args: Vec<OsString> = args.into_iter().collect();
    // Whole help takes a whole tree, which nothing else needs.
    let root = Cli::command();
    let (tree, is_whole) = match help::asked_of(&root, &args) {
        Asked::Nothing => (root, false),
        Asked::Root => (help::of_root(root), true),
        Asked::Tree => (help::complete(root, &|name| args.iter().any(|arg| arg == name)), true),
    };
    read(tree, &args).map_err(|error| match error.kind() {
        ErrorKind::DisplayHelp | ErrorKind::DisplayHelpOnMissingArgumentOrSubcommand if !is_whole => {
            Stop::from(read(command(), &args).err().unwrap_or(error))
        }
        _ => Stop::from(error),
    })
}

fn read(tree: clap::Command, args: &[OsString]) -> Result<Cli, clap::Error> {
    // Once in a process: to take the tree apart would cost a third of what building it does.
    let mut tree = ManuallyDrop::new(tree);
    let mut matches = tree.try_get_matches_from_mut(args)?;
    Cli::from_arg_matches_mut(&mut matches).map_err(|error| error.format(&mut Cli::command()))
}

/// The whole command tree, for help, completion scripts and man pages.
#[must_use]
pub fn command() -> clap::Command {
    help::complete(Cli::command(), &|_| true)
}

#[cfg(test)]
mod tests;
