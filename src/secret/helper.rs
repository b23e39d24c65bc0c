//! Credential helpers: programs that keep logins and give them out (docker-credential-helpers).

use std::{path::PathBuf, process::Command, time::Duration};

use rustix::fs::Access;
use zeroize::Zeroizing;

use crate::{
    error::{Error, ErrorKind, Result},
    process::{Ended, Fault, run_apart},
};

const LONGEST_NAME: usize = 64;

/// What every helper answers where it keeps nothing for a server.
const NOT_FOUND: &[u8] = b"credentials not found in native keychain";

/// A program `docker-credential-NAME`.
#[derive(Clone, Debug)]
pub struct CredentialHelper {
    program: PathBuf,
    name: String,
    /// Where it finds programs in turn.
    folders: Vec<PathBuf>,
    limit: Duration,
}

impl CredentialHelper {
    /// Finds the helper `name` in `folders`, which are absolute. It may take `limit` to answer.
    /// A name that could lead out of the folders is refused.
    pub fn find(name: &str, folders: &[PathBuf], limit: Duration) -> Result<Self> {
        let plain = |b: u8| b.is_ascii_alphanumeric() || b"._-".contains(&b);
        if name.is_empty() || name.len() > LONGEST_NAME || !name.bytes().all(plain) {
            return Err(Error::usage("the login file names a credential helper that cannot be one")
                .cause("its name has letters, digits, dots, hyphens and underscores, and no slash")
                .hint("look at credsStore and credHelpers in the login file"));
        }
        let program = format!("docker-credential-{name}");
        let there = |path: &PathBuf| path.is_file() && rustix::fs::access(path, Access::EXEC_OK).is_ok();
        let folders: Vec<PathBuf> = folders.iter().filter(|folder| folder.is_absolute()).cloned().collect();
        match folders.iter().map(|folder| folder.join(&program)).find(there) {
            Some(path) => Ok(Self { program: path, name: program, folders, limit }),
            None => Err(Error::usage(format!("there is no program {program}"))
                .cause("a login file says that it keeps the login, and no absolute folder of PATH has it")
                .hint("install it or add its folder to PATH, or sign in again without a credential helper")),
        }
    }

    /// What it answers for `server`; `None` where it keeps nothing for it.
    /// No error repeats what it wrote: that may be the secret.
    pub fn get(&self, server: &str) -> Result<Option<Zeroizing<Vec<u8>>>> {
        let ended = self.run("get", &format!("{server}\n"))?;
        if ended.well() {
            return Ok(Some(ended.printed));
        }
        if ended.printed.trim_ascii() == NOT_FOUND {
            return Ok(None);
        }
        Err(self.failed(&ended.to_string()))
    }

    /// What it answers when asked for all servers that it keeps something for.
    pub fn list(&self) -> Result<Zeroizing<Vec<u8>>> {
        let ended = self.run("list", "")?;
        if ended.well() { Ok(ended.printed) } else { Err(self.failed(&ended.to_string())) }
    }

    /// The error where it gives nothing of use.
    pub fn failed(&self, why: &str) -> Error {
        Error::failure(format!("{} gives no login", self.name))
            .cause(why)
            .hint(format!("run {} list to see what is wrong, or sign in again", self.name))
    }

    fn run(&self, action: &str, input: &str) -> Result<Ended> {
        let mut command = Command::new(&self.program);
        command.arg(action);
        if let Ok(path) = std::env::join_paths(&self.folders) {
            command.env("PATH", path);
        }
        run_apart(&mut command, input, self.limit).map_err(|fault| match fault {
            Fault::TooLong => Error::new(ErrorKind::TimedOut, format!("{} does not answer", self.name))
                .cause(format!("it was ended after {} s", self.limit.as_secs()))
                .hint(
                    "allow more time with --timeout SECONDS, or see whether it waits for an answer elsewhere",
                ),
            other => self.failed(&other.to_string()),
        })
    }
}

#[cfg(test)]
mod tests;
