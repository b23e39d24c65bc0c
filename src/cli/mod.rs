//! What can be typed. The doc comments are the help and the man pages.

#![expect(clippy::doc_markdown, reason = "help on a terminal is not Markdown")]

mod account;
mod credentials;
mod error;
mod global;
mod hetzner;
mod ovh;
mod registry;
mod sandbox;
mod secrets;
mod ssh_key;

use std::ffi::OsString;

use clap::{CommandFactory, Parser, Subcommand};

pub use clap_complete::Shell;

pub use account::{LoginArgs, LogoutArgs};
pub use credentials::{
    CredentialsCommand, DeleteArgs, GetArgs, ListArgs, ListOptions, Order, SortKey, ValidateArgs,
};
pub use error::{Stop, json_is_asked_for};
pub use global::{ColorChoice, GlobalArgs, OutputFormat};
pub use hetzner::{HetznerCommand, HetznerCreateArgs};
pub use ovh::{OvhCommand, OvhCreateArgs};
pub use registry::{RegistryCommand, RegistryCreateArgs, RegistryUpdateArgs};
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
    after_help = "Examples:
  ankra --sandbox credentials list
  ankra credentials hetzner create --name my-hetzner-token
  ankra credentials ssh-key create --name my-key --provider hetzner --generate",
    after_long_help = "Examples:
  ankra --sandbox credentials list
  ankra credentials hetzner create --name my-hetzner-token
  ankra credentials ssh-key create --name my-key --provider hetzner --generate

Exit codes:
  0    done
  1    failure
  2    usage
  3    not found
  4    declined
  5    timed out, or the outcome is unknown
  6    authentication
  7    permission
  8    conflict: the name is taken
  130  interrupted"
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
    #[command(subcommand, visible_aliases = ["credential", "creds", "cred"])]
    Credentials(CredentialsCommand),
    /// Sign in: save an API token for later commands
    Login(LoginArgs),
    /// Revoke the saved API token and remove it from this machine
    Logout(LogoutArgs),
    /// Show who is signed in, where and in which organisation
    ///
    /// Tells also where the token comes from: the environment, this program's settings, or the
    /// settings of the official client.
    #[command(after_help = "Examples:
  ankra status
  ankra --sandbox status -o json")]
    Status,
    /// Print the completion script of a shell
    #[command(after_help = "Examples:
  ankra completion bash > ~/.local/share/bash-completion/completions/ankra
  ankra completion zsh > \"${fpath[1]}/_ankra\"
  ankra completion fish > ~/.config/fish/completions/ankra.fish")]
    Completion {
        /// The shell that reads it
        shell: Shell,
    },
    /// Try everything without an account
    ///
    /// A platform inside this program serves every command that is given --sandbox. Two
    /// organisations and two tokens come ready made; production is the hosted platform.
    #[command(subcommand)]
    Sandbox(SandboxCommand),
}

/// Reads a command line.
///
/// # Errors
/// [`Stop`]: help or version to print, or an error; neither repeats a value that may be a secret.
pub fn parse(args: impl IntoIterator<Item = OsString>) -> Result<Cli, Stop> {
    Cli::try_parse_from(args).map_err(Stop::from)
}

/// The whole command tree, for completion scripts and man pages.
#[must_use]
pub fn command() -> clap::Command {
    Cli::command()
}

/// The completion script of `shell`.
#[must_use]
pub fn completion_script(shell: Shell) -> Vec<u8> {
    let mut script = Vec::new();
    let mut tree = if shell == Shell::Bash { command() } else { without_aliases(command()) };
    clap_complete::generate(shell, &mut tree, "ankra", &mut script);
    if shell == Shell::Bash { leave_files_to_bash(&script) } else { script }
}

/// The generated bash script hands file names over unquoted: one that holds `$(...)` would be
/// run by the next Enter. Without an answer of the script, bash completes files itself, quoted.
fn leave_files_to_bash(script: &[u8]) -> Vec<u8> {
    String::from_utf8_lossy(script)
        .replace(r#"COMPREPLY=($(compgen -f "${cur}"))"#, "COMPREPLY=()")
        .into_bytes()
}

/// Every script but bash's repeats all that is below a command for each of its aliases, which
/// makes it ten times as long.
fn without_aliases(command: clap::Command) -> clap::Command {
    command.alias(None).visible_alias(None).mut_subcommands(without_aliases)
}

#[cfg(test)]
mod tests;
