//! Where a secret can come from.

use std::{path::PathBuf, str::FromStr};

use crate::error::{Error, Result};

/// `prompt`, `stdin`, `file:PATH`, `env:VAR`, `command:CMD` or `fd:N`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum SecretSource {
    /// A hidden prompt on the terminal.
    Prompt,
    /// All of standard input.
    Stdin,
    /// All of a file.
    File(PathBuf),
    /// An environment variable.
    Env(String),
    /// What a shell command prints.
    Command(String),
    /// All of an inherited file descriptor.
    Fd(u32),
}

impl FromStr for SecretSource {
    type Err = Error;

    fn from_str(text: &str) -> Result<Self> {
        todo!("{text}")
    }
}
