//! Reads a secret from its source, in bounded memory that is zeroed.

use std::{fmt, fs::File, io::ErrorKind as Io, os::fd::AsFd, path::Path, process::Command, time::Duration};

use rustix::{stdio::stdin, termios::isatty};
use zeroize::Zeroizing;

use super::{
    Field, Passed, SecretSource,
    gate::{pass, refused},
};
use crate::{
    error::{Error, ErrorKind, Result},
    files,
    process::{Fault, LIMIT, Limit, Task},
};

/// How long a command may take where nobody is there to end it.
const UNATTENDED: Duration = Duration::from_secs(300);

impl SecretSource {
    /// Reads all of the source as the value of `field`. One trailing line feed (or carriage return
    /// and line feed) is not part of it. `insist`: a doubtful value is taken too. A pipe that
    /// nobody writes to is given up after `wait`.
    ///
    /// A command is run by `/bin/sh` without standard input, without the variables that hold tokens
    /// of ours and without inherited descriptors. At a terminal it may ask, and takes as long as it takes.
    ///
    /// # Errors
    /// None repeats anything that was read. Usage errors: what [`pass`] refuses, more than 1 MiB, text that
    /// is not UTF-8, a terminal as the file (what is typed there shows), directories and devices, and
    /// [`SecretSource::Prompt`], which cannot be read here. Failures: what cannot be opened or read,
    /// and a command that fails.
    pub fn read(&self, field: &Field, insist: bool, wait: Duration) -> Result<Passed> {
        accept(&self.read_bytes(field.label, wait)?, field, self, insist)
    }

    /// All bytes of the source, as they are; `what` names in errors what is looked for.
    pub(super) fn read_bytes(&self, what: &str, wait: Duration) -> Result<Zeroizing<Vec<u8>>> {
        match self {
            Self::Prompt => Err(refused("nobody can be asked here")),
            Self::Stdin | Self::Fd(0) => drain(stdin()),
            Self::File(path) => read_file(path, wait),
            Self::Fd(number) => read_descriptor(*number),
            Self::Env(name) => read_variable(name),
            Self::Command { line, limit } => read_command(line, *limit, what),
        }
        .map_err(|refusal| about(refusal, what, self))
    }
}

/// As [`refused`], where something went wrong.
fn failed(cause: impl fmt::Display) -> Error {
    Error::failure("").cause(cause)
}

pub(super) fn about(refusal: Error, what: &str, source: &SecretSource) -> Error {
    refusal.with_message(format!("no usable {what} from {}", shown(source)))
}

/// The source. A path may be a secret put there by mistake: it is shown only where it leads somewhere.
pub(super) fn shown(source: &SecretSource) -> String {
    match source {
        SecretSource::File(path) if files::expanded(path).exists() => format!("file:{}", path.display()),
        _ => source.to_string(),
    }
}

/// Makes `bytes` the value of `field`, or says why they cannot be that.
fn accept(bytes: &[u8], field: &Field, source: &SecretSource, insist: bool) -> Result<Passed> {
    files::text(bytes)
        .and_then(|text| pass(text, field, insist))
        .map_err(|refusal| about(refusal, field.label, source))
}

/// As [`files::drain`], but from no terminal, where what is typed shows.
fn drain(from: impl AsFd) -> Result<Zeroizing<Vec<u8>>> {
    if isatty(from.as_fd()) {
        return Err(refused("it is a terminal, where the secret would show")
            .hint("leave the flag out to be asked with a hidden prompt, or pipe the secret in"));
    }
    files::drain(from, LIMIT)
}

fn read_file(path: &Path, wait: Duration) -> Result<Zeroizing<Vec<u8>>> {
    let path = files::expanded(path);
    let advice = |error: Error| {
        if path.exists() { error } else { error.hint("file: takes a path, not the secret itself") }
    };
    files::open(&path, wait).map_err(advice).and_then(drain)
}

fn read_descriptor(number: u32) -> Result<Zeroizing<Vec<u8>>> {
    match File::open(format!("/dev/fd/{number}")) {
        Ok(file) => drain(file),
        Err(error) if error.kind() == Io::NotFound => {
            Err(refused("this file descriptor is not open").hint("open it in the shell, as in 3< FILE"))
        }
        Err(error) => Err(failed(format!("it cannot be opened: {error}"))),
    }
}

fn read_variable(name: &str) -> Result<Zeroizing<Vec<u8>>> {
    let value = std::env::var_os(name).filter(|value| !value.is_empty());
    value.map(|value| Zeroizing::new(value.into_encoded_bytes())).ok_or_else(|| {
        refused("this environment variable is not set, or is empty")
            .hint("env: takes the name of an exported variable, not its value")
    })
}

/// Runs a line of a person's in `/bin/sh`, without standard input; what it says of errors is shown.
fn read_command(line: &str, limit: Option<Duration>, what: &str) -> Result<Zeroizing<Vec<u8>>> {
    let mut command = Command::new("/bin/sh");
    command.args(["-c", line]);
    let limit = Limit { after: limit.unwrap_or(UNATTENDED), is_unattended: limit.is_some() };
    let name = format!("the command that gives the {what}");
    let task = Task { command, name: &name, input: None, limit, keeps_words: false };
    let ended = task.run().map_err(|fault| match fault {
        Fault::TooMuch => files::too_large(LIMIT),
        Fault::TooLong => Error::new(ErrorKind::TimedOut, "")
            .cause(format!("the command did not end within {} s", limit.after.as_secs_f64().ceil())),
        Fault::NotStarted(error) => failed(format!("/bin/sh cannot be run: {error}")),
        Fault::Lost(_) => failed(fault),
    })?;
    if ended.well() {
        return Ok(ended.printed);
    }
    Err(failed(ended).hint("run the command by itself to see what it does"))
}

#[cfg(test)]
mod tests;
