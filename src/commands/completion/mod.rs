//! `ankra completion`

mod install;
mod start_file;

use crate::{
    cli::{self, CompletionArgs, CompletionCommand},
    error::{Error, Result, Run},
    output::Output,
    terminal::Terminal,
};

/// Prints, installs or removes the completion of a shell.
///
/// It needs no settings, since the start file of a shell may run it.
///
/// # Errors
/// Usage, if the shell is not known or nobody can be asked; declined; failure, if a file or standard
/// output cannot be written.
pub fn run(output: &Output, terminal: &Terminal, args: CompletionArgs) -> Result<()> {
    match (args.action, args.shell) {
        (Some(CompletionCommand::Install(args)), None) => install::install(output, terminal, &args),
        (Some(CompletionCommand::Uninstall(args)), None) => install::uninstall(output, terminal, &args),
        (None, Some(shell)) => output.raw(cli::completion_script(shell, args.fixed).as_bytes()),
        (Some(action), Some(shell)) => {
            let run = match action {
                CompletionCommand::Install(_) => Run::new("completion install"),
                CompletionCommand::Uninstall(_) => Run::new("completion uninstall"),
            };
            Err(Error::usage("the shell does not stand before the command")
                .run("run", run.arg("--shell").arg(shell.to_string())))
        }
        (None, None) => {
            Err(Error::usage("missing: <SHELL>").run("run", Run::new("completion").arg("--help")))
        }
    }
}
