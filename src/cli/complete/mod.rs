//! What may come next on an unfinished command line, as far as the command tree tells.
//!
//! A shell's live completion script runs `ankra __complete SHELL WORD...`: the words typed so
//! far, the last one cut at the cursor and perhaps empty. It is no command of the tree: nobody
//! types it, and nothing lists it.

mod table;
mod walk;
mod words;

use std::ffi::OsString;

pub use table::{Values, Which};

use super::{Cli, GlobalArgs, Shell};
use clap::Parser;

/// The first argument of a completion script's question.
const ASK: &str = "__complete";

/// An unfinished command line, and the shell that asks about it.
#[derive(Debug)]
pub struct Unfinished {
    /// The shell that asks.
    pub shell: Shell,
    /// The words, the program's name first and the unfinished one last.
    words: Vec<String>,
}

/// A word that may come next.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Candidate {
    /// The word.
    pub value: String,
    /// What it means.
    pub about: String,
}

impl Candidate {
    fn new(value: impl Into<String>, about: impl Into<String>) -> Self {
        Self { value: value.into(), about: about.into() }
    }
}

/// What may come next.
#[derive(Debug, Default)]
pub struct Next {
    /// What the unfinished word begins with and keeps, such as `--org=` or `file:`.
    pub prefix: String,
    /// What is typed behind the prefix.
    pub typed: String,
    /// The words that the command tree knows.
    pub fixed: Vec<Candidate>,
    /// The kind of value that is due, where the tree does not know them all.
    pub values: Values,
    /// What was given for the same argument before.
    pub given: Vec<String>,
    /// The options of every command, as typed before; `None` where they cannot be read.
    pub global: Option<GlobalArgs>,
}

/// The question of a completion script, if the arguments are one. One that makes no sense, of
/// another version's script, is `Some(None)`: it has no answer.
#[must_use]
pub fn unfinished(args: &[OsString]) -> Option<Option<Unfinished>> {
    if args.get(1)? != ASK {
        return None;
    }
    let shell = args.get(2).and_then(|name| name.to_str()).and_then(|name| name.parse().ok());
    let words: Vec<String> = args.iter().skip(3).map(|word| word.to_string_lossy().into_owned()).collect();
    Some(shell.filter(|_| words.len() > 1).map(|shell| Unfinished { shell, words }))
}

impl Unfinished {
    /// Reads the line by the command tree; nothing outside it is looked at.
    #[must_use]
    pub fn next(&self) -> Next {
        // bash and fish give their words as typed.
        let words: Vec<String> = match self.shell {
            Shell::Bash | Shell::Fish => self.words.iter().map(|word| words::unquote(word)).collect(),
            _ => self.words.clone(),
        };
        let (mut next, global) = walk::walk(&words);
        let line = ["ankra".to_owned()].into_iter().chain(global).chain(["status".to_owned()]);
        next.global = Cli::try_parse_from(line).ok().map(|cli| cli.global);
        next
    }
}

#[cfg(test)]
mod tests;
