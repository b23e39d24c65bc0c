//! The completion scripts.

mod args;

pub use args::{CompletionArgs, CompletionCommand, OwnShell, Shell, ShellArgs};

use super::command;

/// The mark near the top of every script. A file without it was written by someone else.
pub const MARKER: &str = "# Written by ankra completion";

impl OwnShell {
    pub const ALL: [Self; 5] = [Self::Bash, Self::Zsh, Self::Fish, Self::Elvish, Self::PowerShell];

    /// The name of its program.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Bash => "bash",
            Self::Zsh => "zsh",
            Self::Fish => "fish",
            Self::Elvish => "elvish",
            Self::PowerShell => "pwsh",
        }
    }

    /// The script. All but `PowerShell`'s ask this program what can come next.
    pub fn script(self) -> String {
        match self {
            Self::Bash => include_str!("live.bash").to_owned(),
            Self::Zsh => include_str!("live.zsh").to_owned(),
            Self::Fish => include_str!("live.fish").to_owned(),
            Self::Elvish => include_str!("live.elv").to_owned(),
            Self::PowerShell => {
                let fixed = static_script(Shell::PowerShell);
                format!("{MARKER}\n{}", String::from_utf8_lossy(&fixed))
            }
        }
    }
}

/// The completion script of `shell`: the live one where there is one, unless it is to be static.
pub fn completion_script(shell: Shell, fixed: bool) -> Vec<u8> {
    let live = match shell {
        Shell::Bash => Some(OwnShell::Bash),
        Shell::Zsh => Some(OwnShell::Zsh),
        Shell::Fish => Some(OwnShell::Fish),
        Shell::Elvish => Some(OwnShell::Elvish),
        _ => None,
    };
    match live.filter(|_| !fixed) {
        Some(live) => live.script().into(),
        None => static_script(shell),
    }
}

fn static_script(shell: Shell) -> Vec<u8> {
    let mut script = Vec::new();
    let mut tree = if shell == Shell::Bash { command() } else { without_aliases(command()) };
    clap_complete::generate(shell, &mut tree, "ankra", &mut script);
    if shell == Shell::Bash { leave_files_to_bash(&script) } else { script }
}

/// Leaves file names to bash itself, which quotes them.
///
/// The generated script hands them over unquoted, and the next Enter would run what a name such as
/// `$(...)` holds.
fn leave_files_to_bash(script: &[u8]) -> Vec<u8> {
    String::from_utf8_lossy(script)
        .replace(r#"COMPREPLY=($(compgen -f "${cur}"))"#, "COMPREPLY=()")
        .into_bytes()
}

/// Removes the aliases, for each of which every script but bash's repeats all that is below the
/// command: it would be ten times as long.
fn without_aliases(command: clap::Command) -> clap::Command {
    command.alias(None).visible_alias(None).mut_subcommands(without_aliases)
}
