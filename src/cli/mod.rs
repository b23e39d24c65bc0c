//! What can be typed. The doc comments are the help and the man pages.

#![expect(clippy::doc_markdown, reason = "help on a terminal is not Markdown")]

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
mod provider;
mod registry;
mod root;
mod sandbox;
mod secrets;
mod ssh_key;

use std::{ffi::OsString, mem::ManuallyDrop};

use clap::{CommandFactory, FromArgMatches, error::ErrorKind};

pub use complete::{Candidate, Next, Unfinished, Values, unfinished};
pub use completion::{
    CompletionArgs, CompletionCommand, MARKER, OwnShell, Shell, ShellArgs, completion_script,
};
pub use credentials::{CredentialsCommand, ProviderName};
pub use delete::DeleteMode;
pub use error::{Stop, json_is_asked_for};
use examples::with_clouds;
pub use global::{GlobalArgs, ProfileName};
pub use guide::{Guide, variables};
use help::Asked;
pub use help::command;
pub use later::Later;
pub use list::{ListOptions, Order, SortKey};
pub use login::LoginArgs;
pub use logout::LogoutArgs;
pub use provider::{ProviderAction, ProviderCommand, ProviderCreateArgs};
pub use registry::{
    CredentialsArgs, RegistryCheckArgs, RegistryCommand, RegistryCreateArgs, RegistryImportArgs,
    RegistryPresetsArgs, RegistryRefreshArgs, RegistryTargetArgs, RegistryUpdateArgs,
};
pub use root::{Cli, Command};
#[cfg(feature = "sandbox")]
pub use sandbox::Role;
pub use sandbox::SandboxCommand;
pub use secrets::{BundleArgs, CreateMode};
pub use ssh_key::{AnySshKeyCommand, NewKeyArgs, PublicKeySource, SshKeyCommand, SshKeyCreateArgs};

/// Reads a command line.
///
/// # Errors
/// `Stop`: help or version to print, or an error; neither repeats a value that may be a secret.
pub fn parse(args: impl IntoIterator<Item = OsString>) -> Result<Cli, Stop> {
    let args: Vec<OsString> = args.into_iter().collect();
    // Nothing but help needs whole help texts.
    let root = Cli::command();
    let asked = help::asked_of(&root, &args);
    let tree = match asked {
        Asked::Nothing => root,
        Asked::Root => help::of_root(root),
        Asked::Tree => command(),
    };
    let result = read(tree, &args).or_else(|error| match error.kind() {
        ErrorKind::DisplayHelp | ErrorKind::DisplayHelpOnMissingArgumentOrSubcommand
            if asked == Asked::Nothing =>
        {
            read(command(), &args)
        }
        _ => Err(error),
    });
    result.map_err(Stop::from)
}

fn read(tree: clap::Command, args: &[OsString]) -> Result<Cli, clap::Error> {
    // Leaked, for a process parses once: 10 % fewer instructions of `--version` (`cargo bench --bench budgets`).
    let mut tree = ManuallyDrop::new(tree);
    let mut matches = tree.try_get_matches_from_mut(args)?;
    Cli::from_arg_matches_mut(&mut matches).map_err(|error| error.format(&mut Cli::command()))
}

#[cfg(test)]
mod tests;
