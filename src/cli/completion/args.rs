//! `ankra completion`

use clap::{Args, Subcommand, ValueEnum};
pub use clap_complete::Shell;

#[derive(Debug, Args)]
#[command(
    subcommand_negates_reqs = true,
    override_usage = "ankra completion [OPTIONS] <SHELL>\n       ankra completion install|uninstall [OPTIONS]",
    after_help = "Examples:
  ankra completion install
  ankra completion bash > ~/.local/share/bash-completion/completions/ankra
  ankra completion zsh > \"${fpath[1]}/_ankra\"
  ankra completion fish > ~/.config/fish/completions/ankra.fish"
)]
pub struct CompletionArgs {
    /// The shell that reads the script
    #[arg(required = true, ignore_case = true)]
    pub shell: Option<Shell>,
    /// Print a script that offers commands and options, never what the platform holds
    #[arg(long = "static")]
    pub fixed: bool,
    #[command(subcommand)]
    pub action: Option<CompletionCommand>,
}

#[derive(Debug, Subcommand)]
pub enum CompletionCommand {
    /// Install the completion for your shell
    ///
    /// Writes one file of your own. Where your shell needs a line in its start file to find it, the
    /// line is shown first and added only if you agree.
    #[command(after_help = "Examples:
  ankra completion install
  ankra completion install --shell zsh --yes")]
    Install(ShellArgs),
    /// Remove what install has installed
    ///
    /// The file, if it is as it was installed, and the line in the start file. Both are left where
    /// you changed them.
    #[command(after_help = "Examples:
  ankra completion uninstall
  ankra completion uninstall --shell zsh --yes")]
    Uninstall(ShellArgs),
}

#[derive(Debug, Args)]
pub struct ShellArgs {
    /// Act for bash, zsh, fish, elvish or powershell [default: your shell, from SHELL]
    #[arg(long, value_enum, ignore_case = true, value_name = "SHELL", hide_possible_values = true)]
    pub shell: Option<OwnShell>,
    /// Change the start file without asking
    #[arg(short, long)]
    pub yes: bool,
}

/// A shell of this user, for which the completion can be installed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum OwnShell {
    /// bash
    Bash,
    /// zsh
    Zsh,
    /// fish
    Fish,
    /// elvish
    Elvish,
    /// PowerShell
    #[value(name = "powershell")]
    PowerShell,
}
