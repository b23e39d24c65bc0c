//! Reads a secret from its source, in bounded memory that is zeroed.

use std::{
    fmt,
    fs::File,
    io::ErrorKind as Io,
    os::{fd::AsFd, unix::fs::FileTypeExt},
    path::Path,
    thread::sleep,
    time::Duration,
};

use rustix::{io::Errno, stdio::stdin, termios::isatty};
use zeroize::Zeroizing;

use super::{
    Field, Passed, SecretSource,
    gate::{pass, refused},
};
use crate::{
    error::{Error, Result},
    process::{Fault, LIMIT, run_line},
};

const TOO_LARGE: &str = "it is larger than 1 MiB";

impl SecretSource {
    /// Reads all of the source as the value of `field`. One trailing line feed (or carriage return
    /// and line feed) is not part of it. `insist`: a doubtful value is taken too.
    ///
    /// A command is run by `/bin/sh` without standard input, without the variables that hold tokens
    /// of ours and without inherited descriptors.
    ///
    /// # Errors
    /// None repeats anything that was read. Usage errors: what [`pass`] refuses, more than 1 MiB, text that
    /// is not UTF-8, a terminal as the file (what is typed there shows), directories and devices, and
    /// [`SecretSource::Prompt`], which cannot be read here. Failures: what cannot be opened or read,
    /// and a command that fails.
    pub fn read(&self, field: &Field, insist: bool) -> Result<Passed> {
        accept(&self.read_bytes(field.label)?, field, self, insist)
    }

    /// All bytes of the source, as they are; `what` names in errors what is looked for.
    pub(super) fn read_bytes(&self, what: &str) -> Result<Zeroizing<Vec<u8>>> {
        match self {
            Self::Prompt => Err(refused("nobody can be asked here")),
            Self::Stdin | Self::Fd(0) => drain(stdin()),
            Self::File(path) => read_file(path),
            Self::Fd(number) => read_descriptor(*number),
            Self::Env(name) => read_variable(name),
            Self::Command(command) => read_command(command),
        }
        .map_err(|refusal| about(refusal, what, self))
    }
}

/// As [`refused`], where something went wrong.
fn failed(cause: impl fmt::Display) -> Error {
    Error::failure("").cause(cause)
}

pub(super) fn about(refusal: Error, what: &str, source: &SecretSource) -> Error {
    refusal.with_message(format!("no usable {what} from {source}"))
}

/// Makes `bytes` the value of `field`, or says why they cannot be that.
fn accept(bytes: &[u8], field: &Field, source: &SecretSource, insist: bool) -> Result<Passed> {
    decoded(bytes)
        .and_then(|text| pass(text, field, insist))
        .map_err(|refusal| about(refusal, field.label, source))
}

/// `bytes` as text, without a byte-order mark.
pub(super) fn decoded(bytes: &[u8]) -> Result<&str> {
    // PowerShell's `>` writes it, with or without the mark.
    let is_wide = |two: usize| bytes.len() > 1 && bytes.chunks_exact(2).take(8).all(|pair| pair[two] == 0);
    if bytes.starts_with(b"\xff\xfe") || bytes.starts_with(b"\xfe\xff") || is_wide(0) || is_wide(1) {
        return Err(refused("it is UTF-16 text").hint("convert it: iconv -f UTF-16 -t UTF-8 FILE"));
    }
    let text = std::str::from_utf8(bytes).map_err(|_| refused("it is not UTF-8 text"))?;
    Ok(text.strip_prefix('\u{FEFF}').unwrap_or(text))
}

/// Reads to the end, at most [`LIMIT`] bytes. The buffer never grows, so that no copy stays behind.
fn drain(from: impl AsFd) -> Result<Zeroizing<Vec<u8>>> {
    if isatty(from.as_fd()) {
        return Err(refused("it is a terminal, where the secret would show")
            .hint("leave the flag out to be asked with a hidden prompt, or pipe the secret in"));
    }
    let mut buffer = Zeroizing::new(vec![0; LIMIT + 1]);
    let mut filled = 0;
    while filled < buffer.len() {
        match rustix::io::read(from.as_fd(), &mut buffer[filled..]) {
            Ok(0) => break,
            Ok(count) => filled += count,
            Err(Errno::INTR) => {}
            // Another program left the pipe in non-blocking mode.
            Err(Errno::AGAIN) => sleep(Duration::from_millis(10)),
            Err(error) => return Err(failed(std::io::Error::from(error))),
        }
    }
    if filled > LIMIT {
        return Err(refused(TOO_LARGE));
    }
    buffer.truncate(filled);
    Ok(buffer)
}

fn read_file(path: &Path) -> Result<Zeroizing<Vec<u8>>> {
    // A path may be a secret put there by mistake: it is shown only where it is known to lead somewhere.
    let shown = path.display();
    let file = File::open(path).map_err(|error| match error.kind() {
        Io::NotFound if path.starts_with("~") => refused("there is no such file")
            .hint("the shell does not expand ~ behind the colon: write $HOME in its place"),
        Io::NotFound | Io::InvalidFilename => {
            refused("there is no such file").hint("file: takes a path, not the secret itself")
        }
        Io::PermissionDenied => failed(format!("{shown}: {error}")),
        _ => failed(format!("it cannot be opened: {error}")),
    })?;
    let kind = file.metadata().map_err(|error| failed(format!("{shown}: {error}")))?.file_type();
    if kind.is_dir() {
        return Err(refused(format!("{shown} is a directory")).hint("give the path of a file in it"));
    }
    if kind.is_block_device() || (kind.is_char_device() && !isatty(&file)) {
        return Err(refused(format!("{shown} is a device, neither a file nor a pipe")));
    }
    drain(file)
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

fn read_command(command: &str) -> Result<Zeroizing<Vec<u8>>> {
    let ended = run_line(command).map_err(|fault| match fault {
        Fault::TooMuch => refused(TOO_LARGE),
        Fault::NotStarted(error) => failed(format!("/bin/sh cannot be run: {error}")),
        other => failed(other),
    })?;
    if ended.well() {
        return Ok(ended.printed);
    }
    Err(failed(ended).hint("run the command by itself to see what it does"))
}

#[cfg(test)]
mod tests;
