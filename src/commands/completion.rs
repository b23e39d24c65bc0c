//! `ankra completion`

use super::Context;
use crate::{cli, error::Result};

pub(super) fn print(context: &Context, shell: cli::Shell) -> Result<()> {
    context.output.raw(&cli::completion_script(shell))
}
