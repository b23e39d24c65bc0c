//! The completion scripts.

mod args;

pub use args::{CompletionArgs, CompletionCommand, OwnShell, Shell, ShellArgs};

use clap::ValueEnum;

use super::whole_tree;

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
            Self::PowerShell => format!("{MARKER}\n{}", static_script(Shell::PowerShell)),
        }
    }
}

/// The completion script of `shell`: the live one where there is one, unless it is to be static.
pub fn completion_script(shell: Shell, fixed: bool) -> String {
    let own = OwnShell::from_str(&shell.to_string(), false).ok();
    match own.filter(|own| !fixed && *own != OwnShell::PowerShell) {
        Some(live) => live.script(),
        None => static_script(shell),
    }
}

fn static_script(shell: Shell) -> String {
    let mut script = Vec::new();
    let mut tree = if shell == Shell::Bash { whole_tree() } else { without_aliases(whole_tree()) };
    clap_complete::generate(shell, &mut tree, "ankra", &mut script);
    // bash quotes file names itself. The generated script hands them over unquoted, and the next Enter
    // would run what a name such as `$(...)` holds.
    String::from_utf8_lossy(&script).replace(r#"COMPREPLY=($(compgen -f "${cur}"))"#, "COMPREPLY=()")
}

/// Removes the aliases, for each of which every script but bash's repeats all that is below the
/// command: it would be ten times as long.
fn without_aliases(command: clap::Command) -> clap::Command {
    command.alias(None).visible_alias(None).mut_subcommands(without_aliases)
}
