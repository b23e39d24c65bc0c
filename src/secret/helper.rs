//! Credential helpers: programs that keep logins and give them out (docker-credential-helpers).

use std::{path::PathBuf, process::Command};

use rustix::fs::Access;
use zeroize::Zeroizing;

use super::nearby::WorkingDirectory;
use crate::{
    deadline::Deadline,
    error::{Error, ErrorKind, Result},
    process::{Ended, Fault, JSON, Limit, Task, has_terminal, masked},
};

const LONGEST_NAME: usize = 64;

/// How many lines of its own words an error repeats, and how many characters in all.
const LINES: usize = 3;
const LONGEST_WORDS: usize = 300;

/// Logins for tools of containers, which are not the business of a helper.
const LOGINS: &str = "DOCKER_AUTH_CONFIG";

/// A byte-order mark.
const MARK: char = '\u{feff}';

/// What every helper answers where it keeps nothing for a server.
const NOT_FOUND: &[u8] = b"credentials not found in native keychain";

/// A program `docker-credential-NAME`.
#[derive(Clone, Debug)]
pub struct CredentialHelper {
    program: PathBuf,
    name: String,
    /// Where it finds programs in turn.
    folders: Vec<PathBuf>,
    deadline: Deadline,
}

impl CredentialHelper {
    /// Finds the helper `name` in the absolute ones of `folders` that are not in the working directory. It has to answer before `deadline`, unless it
    /// may ask a person. A name that could lead out of the folders is refused.
    pub fn find(name: &str, folders: &[PathBuf], deadline: &Deadline) -> Result<Self> {
        let plain = |b: u8| b.is_ascii_alphanumeric() || b"._-".contains(&b);
        if name.is_empty() || name.len() > LONGEST_NAME || !name.bytes().all(plain) {
            return Err(Error::usage("the login file names a credential helper that cannot be one")
                .cause("its name has letters, digits, dots, hyphens and underscores, and no slash")
                .hint("look at credsStore and credHelpers in the login file"));
        }
        let program = format!("docker-credential-{name}");
        let is_there = |path: &PathBuf| path.is_file() && rustix::fs::access(path, Access::EXEC_OK).is_ok();
        let here = WorkingDirectory::of_process();
        let (near, folders): (Vec<PathBuf>, Vec<PathBuf>) = folders
            .iter()
            .filter(|folder| folder.is_absolute())
            .cloned()
            .partition(|folder| here.holds(folder));
        let found = |folders: &[PathBuf]| folders.iter().map(|folder| folder.join(&program)).find(is_there);
        // A link may lead out of its folder.
        let leads_here = |path: &PathBuf| {
            path.canonicalize().is_ok_and(|real| real.parent().is_some_and(|folder| here.holds(folder)))
        };
        match found(&folders) {
            Some(path) if !leads_here(&path) => {
                Ok(Self { program: path, name: program, folders, deadline: deadline.clone() })
            }
            None if found(&near).is_none() => Err(Error::usage(format!("there is no program {program}"))
                .cause("a login file says that it keeps the login, and no absolute folder of PATH has it")
                .hint("install it or add its folder to PATH, or sign in again without a credential helper")),
            _ => Err(Error::usage(format!("{program} lies in the working directory and is not run"))
                .cause("whoever has made this folder could have put it there")
                .hint("if it is yours, run this in another folder")),
        }
    }

    /// What it answers for `server`; `None` where it keeps nothing for it.
    ///
    /// # Errors
    /// Failure and timed out. None repeats an answer: that is the secret.
    pub fn get(&self, server: &str) -> Result<Option<Zeroizing<Vec<u8>>>> {
        let ended = self.run("get", &format!("{server}\n"))?;
        if !ended.well() && ended.printed.trim_ascii() == NOT_FOUND {
            return Ok(None);
        }
        self.answer(ended).map(Some)
    }

    /// What it answers when asked for all servers that it keeps something for.
    pub fn list(&self) -> Result<Zeroizing<Vec<u8>>> {
        self.answer(self.run("list", "")?)
    }

    /// The error where it gives nothing of use.
    pub fn failed(&self, why: &str) -> Error {
        Error::failure(format!("{} gives no login", self.name))
            .cause(why)
            .hint(format!("run {} list to see what is wrong, or sign in again", self.name))
    }

    fn answer(&self, ended: Ended) -> Result<Zeroizing<Vec<u8>>> {
        if !ended.well() {
            let error = self.failed(&ended.to_string());
            return Err(words(&ended).into_iter().fold(error, Error::cause));
        }
        let answer = str::from_utf8(&ended.printed).ok().filter(|text| !text.contains('\0'));
        let begins = |text: &str| text.trim_start_matches([MARK, ' ', '\r', '\n', '\t']).starts_with(JSON);
        if answer.is_some_and(|text| text.contains(JSON) && !begins(text)) {
            return Err(self.failed("it prints something else before its JSON, such as a notice"));
        }
        Ok(ended.printed)
    }

    fn run(&self, action: &str, input: &str) -> Result<Ended> {
        let mut command = Command::new(&self.program);
        command.arg(action).env_remove(LOGINS);
        if let Ok(path) = std::env::join_paths(&self.folders) {
            command.env("PATH", path);
        }
        let limit = Limit { after: self.deadline.left(), is_unattended: false };
        let task = Task { command, name: &self.name, input: Some(input), limit, keeps_words: true };
        let ended = if has_terminal() { self.deadline.paused(|| task.run()) } else { task.run() };
        ended.map_err(|fault| match fault {
            Fault::TooLong => Error::new(ErrorKind::TimedOut, format!("{} does not answer", self.name))
                .cause(format!(
                    "it was ended after the {} s that this command may wait in all",
                    self.deadline.allowed().as_secs()
                ))
                .hint(
                    "allow more time with --timeout SECONDS, or see whether it waits for an answer elsewhere",
                ),
            other => self.failed(&other.to_string()),
        })
    }
}

/// Why a helper failed, in its own words: the protocol has it print them in place of an answer. What may be
/// an answer or a part of one is not repeated: JSON, lines of one word, and words that look like a secret.
fn words(ended: &Ended) -> Option<String> {
    let said = [&ended.printed, &ended.words].map(|bytes| String::from_utf8_lossy(bytes));
    if said.iter().any(|text| text.contains(JSON)) {
        return None;
    }
    let lines = |text: &str| -> Vec<String> {
        let lines = text.lines().map(|line| line.split_whitespace().map(masked).collect::<Vec<_>>());
        lines.filter(|words| words.len() > 1).map(|words| words.join(" ")).take(LINES + 1).collect()
    };
    let lines = said.iter().map(|text| lines(text)).find(|lines| !lines.is_empty())?;
    let shown = lines[..lines.len().min(LINES)].join("; ");
    let cut: String = shown.chars().take(LONGEST_WORDS).collect();
    let is_whole = lines.len() <= LINES && cut == shown;
    Some(format!("it says: {cut}{}", if is_whole { "" } else { "\u{2026}" }))
}

#[cfg(test)]
mod tests;
