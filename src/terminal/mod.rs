//! Prompts, confirmations, the signal guard: the only room that talks with a person.

use crate::{error::Result, secret::Secret};

/// The person at the keyboard, if there is one.
#[derive(Debug)]
pub struct Terminal {
    no_input: bool,
}

impl Terminal {
    /// `no_input`: never ask, even where a terminal is there.
    #[must_use]
    pub fn new(no_input: bool) -> Self {
        Self { no_input }
    }

    /// Whether a question can be asked: input is allowed and there is a controlling terminal.
    #[must_use]
    pub fn can_ask(&self) -> bool {
        todo!("{}", self.no_input)
    }

    /// Asks for a secret, hidden. `label` is shown before `": "`.
    pub fn ask_secret(&self, label: &str) -> Result<Secret> {
        todo!("{label}")
    }

    /// Asks for a new secret twice, until both agree (at most three times).
    pub fn ask_new_secret(&self, label: &str) -> Result<Secret> {
        todo!("{label}")
    }

    /// Asks for a visible line of text.
    pub fn ask_text(&self, label: &str) -> Result<String> {
        todo!("{label}")
    }

    /// Writes a line on the terminal, for what a question is about.
    pub fn say(&self, line: &str) -> Result<()> {
        todo!("{line}")
    }

    /// Asks yes or no; Enter alone means no.
    pub fn confirm(&self, question: &str) -> Result<bool> {
        todo!("{question}")
    }

    /// Lets the person choose one of `choices`; gives its index.
    pub fn choose(&self, question: &str, choices: &[String]) -> Result<usize> {
        todo!("{question} {choices:?}")
    }
}
