//! `ankra completion`

mod install;
mod profile;

use crate::{
    cli::{self, CompletionArgs, CompletionCommand},
    error::{Error, Result},
    output::Output,
    terminal::Terminal,
};

/// Prints, installs or removes the completion of a shell. It needs no settings: a shell's startup
/// may run it.
///
/// # Errors
/// Usage, if the shell is not known or nobody can be asked; declined; failure, if a file or standard
/// output cannot be written.
pub fn run(output: &Output, terminal: &Terminal, args: CompletionArgs) -> Result<()> {
    match (args.action, args.shell) {
        (Some(CompletionCommand::Install(args)), None) => install::install(output, terminal, &args),
        (Some(CompletionCommand::Uninstall(args)), None) => install::uninstall(output, terminal, &args),
        (None, Some(shell)) => output.raw(&cli::completion_script(shell, args.fixed)),
        (Some(_), Some(shell)) => Err(Error::usage("a shell is named before the command")
            .hint(format!("run: ankra completion install --shell {shell}"))),
        (None, None) => Err(Error::usage("missing: <SHELL>").hint("run: ankra completion --help")),
    }
}
