//! `ankra completion`

use crate::{cli, error::Result, output::Output};

/// Prints the completion script of a shell. It needs no settings: a shell's startup may run it.
///
/// # Errors
/// Failure, if standard output does not take it.
pub fn print(output: &Output, shell: cli::Shell) -> Result<()> {
    output.raw(&cli::completion_script(shell))
}
