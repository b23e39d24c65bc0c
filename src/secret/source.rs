//! Where a secret can come from.

use std::{
    fmt,
    path::{Path, PathBuf},
    str::FromStr,
    time::Duration,
};

use crate::error::{Error, Result, listed};

/// The largest file descriptor that a system hands out.
const LAST_FD: u32 = i32::MAX.cast_unsigned();

/// `prompt`, `stdin`, `file:PATH`, `env:VAR`, `command:CMD` or `fd:N`.
///
/// `Display` and `Debug` show the form only: what follows the colon may be a secret that
/// was typed there by mistake.
#[derive(Clone, PartialEq, Eq)]
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
    Command {
        /// For `/bin/sh`.
        line: String,
        /// How long it may take, if nobody is taken to be there to end it.
        limit: Option<Duration>,
    },
    /// All of an inherited file descriptor.
    Fd(u32),
}

impl SecretSource {
    /// The forms that a source can be written in; the first one needs a person.
    pub const FORMS: [&'static str; 6] = ["prompt", "stdin", "file:PATH", "env:VAR", "command:CMD", "fd:N"];

    /// The help of an option that takes a source.
    pub fn help() -> String {
        format!("Take it from {}", listed(&Self::FORMS, "or"))
    }

    /// Whether it can be read repeatedly without a person, and may then hold something else: the environment
    /// of a process stays as it is.
    pub const fn is_lasting(&self) -> bool {
        matches!(self, Self::File(_) | Self::Command { .. })
    }

    /// Has nobody be there: a command is ended after `limit`, at a terminal too.
    pub fn unattended(&mut self, limit: Duration) {
        if let Self::Command { limit: own, .. } = self {
            *own = Some(limit);
        }
    }

    /// The inherited descriptor that this source empties, if it does so: it can be read only once.
    pub(super) fn descriptor(&self) -> Option<u32> {
        match self {
            Self::Stdin => Some(0),
            Self::Fd(number) => Some(*number),
            Self::File(path) if path == Path::new("/dev/stdin") => Some(0),
            Self::File(path) => ["/dev/fd", "/proc/self/fd"]
                .iter()
                .find_map(|folder| path.strip_prefix(folder).ok())
                .and_then(|number| number.to_str()?.parse().ok()),
            Self::Prompt | Self::Env(_) | Self::Command { .. } => None,
        }
    }
}

impl FromStr for SecretSource {
    type Err = Error;

    /// Refuses everything but the documented forms, and never repeats what it was given.
    fn from_str(text: &str) -> Result<Self> {
        let refuse = |why: &str| Err(refused(why));
        match text.split_once(':') {
            None if text == "prompt" => Ok(Self::Prompt),
            None if text == "stdin" => Ok(Self::Stdin),
            Some(("file", "")) => refuse("file: needs a path"),
            Some(("file", path)) if path.contains('\0') => refuse("file: needs a path"),
            Some(("file", path)) => Ok(Self::File(path.into())),
            Some(("env", name)) if is_variable_name(name) => Ok(Self::Env(name.into())),
            Some(("env", _)) => refuse("env: needs the name of an environment variable, without a $ sign"),
            Some(("command", command)) if command.trim().is_empty() || command.contains('\0') => {
                refuse("command: needs a shell command")
            }
            Some(("command", command)) => Ok(Self::Command { line: command.into(), limit: None }),
            Some(("fd", number)) => match descriptor_number(number) {
                Some(1 | 2) => refuse("fd:1 and fd:2 are outputs, which cannot be read from"),
                Some(number) => Ok(Self::Fd(number)),
                None => refuse("fd: needs the number of an open file descriptor"),
            },
            _ => refuse("it has none of the known forms"),
        }
    }
}

impl fmt::Display for SecretSource {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Prompt => f.write_str("prompt"),
            Self::Stdin => f.write_str("stdin"),
            Self::File(_) => f.write_str("file:..."),
            Self::Env(_) => f.write_str("env:..."),
            Self::Command { .. } => f.write_str("command:..."),
            Self::Fd(number) => write!(f, "fd:{number}"),
        }
    }
}

impl fmt::Debug for SecretSource {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "SecretSource({self})")
    }
}

fn refused(why: &str) -> Error {
    Error::usage("this is not a source that a secret can come from")
        .cause(why)
        .hint(format!("give {}", listed(&SecretSource::FORMS, "or")))
        .hint("the secret itself is never given as an argument: other users of this machine could read it")
}

/// Whether `env:` can name a variable so, as a shell can.
pub fn is_variable_name(name: &str) -> bool {
    !name.starts_with(|c: char| c.is_ascii_digit())
        && !name.is_empty()
        && name.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'_')
}

fn descriptor_number(text: &str) -> Option<u32> {
    let digits = text.bytes().all(|b| b.is_ascii_digit());
    text.parse().ok().filter(|number| digits && *number <= LAST_FD)
}

#[cfg(test)]
mod tests {
    use super::SecretSource;
    use crate::error::{ErrorKind, Result};

    /// Read, shown without what may be a secret, and known by the descriptor that they empty.
    #[test]
    fn every_documented_form_is_read() -> Result<()> {
        let file = |path: &str| SecretSource::File(path.into());
        let command = |line: &str| SecretSource::Command { line: line.into(), limit: None };
        for (text, source, shown, descriptor) in [
            ("prompt", SecretSource::Prompt, "prompt", None),
            ("stdin", SecretSource::Stdin, "stdin", Some(0)),
            ("file:/CANARY", file("/CANARY"), "file:...", None),
            ("file:a:b", file("a:b"), "file:...", None),
            ("file:stdin", file("stdin"), "file:...", None),
            ("file:/dev/stdin", file("/dev/stdin"), "file:...", Some(0)),
            ("file:/dev/fd/63", file("/dev/fd/63"), "file:...", Some(63)),
            ("file:/dev/fd/x", file("/dev/fd/x"), "file:...", None),
            ("file:/proc/self/fd/0", file("/proc/self/fd/0"), "file:...", Some(0)),
            ("env:HCLOUD_TOKEN", SecretSource::Env("HCLOUD_TOKEN".into()), "env:...", None),
            ("env:_x1", SecretSource::Env("_x1".into()), "env:...", None),
            ("command:a b:c | d", command("a b:c | d"), "command:...", None),
            ("fd:0", SecretSource::Fd(0), "fd:0", Some(0)),
            ("fd:2147483647", SecretSource::Fd(2_147_483_647), "fd:2147483647", Some(2_147_483_647)),
        ] {
            let read: SecretSource = text.parse()?;
            assert_eq!(read.descriptor(), descriptor, "{text}");
            assert_eq!(
                (read.to_string(), format!("{read:?}")),
                (shown.into(), format!("SecretSource({shown})"))
            );
            assert!(read == source, "{text}");
        }
        Ok(())
    }

    #[test]
    fn h81_a_secret_in_place_of_a_source_is_refused_and_not_repeated() {
        for text in [
            "CANARY",
            "CANARY:CANARY",
            "",
            ":",
            ":CANARY",
            "Stdin",
            "stdin:",
            "stdin:CANARY",
            "prompt:CANARY",
            "file:",
            "file:CANARY\0",
            "FILE:CANARY",
            "env:",
            "env:$CANARY",
            "env:CANARY-CANARY",
            "env:1CANARY",
            "env:CANARY=1",
            "command:",
            "command:  ",
            "command:CANARY\0",
            "fd:",
            "fd:CANARY",
            "fd:-1",
            "fd:+1",
            "fd:1",
            "fd:2",
            "fd: 1",
            "fd:2147483648",
            "fd:99999999999999999999",
        ] {
            let Err(error) = text.parse::<SecretSource>() else { panic!("{text} is taken") };
            assert_eq!(error.kind(), ErrorKind::Usage);
            let why = match text.split_once(':') {
                Some(("fd", "1" | "2")) => "fd:1 and fd:2 are outputs",
                Some((form @ ("file" | "env" | "command" | "fd"), _)) => &format!("{form}: needs "),
                _ => "it has none of the known forms",
            };
            assert!(error.causes()[0].starts_with(why), "{text}: {error:?}");
            let shown = format!("{error:?}");
            assert!(!shown.contains("CANARY"), "{shown}");
            assert!(SecretSource::FORMS.iter().all(|form| error.hints()[0].to_string().contains(form)));
        }
    }
}
