//! What clap refuses, in this program's own form of error.

use std::{ffi::OsStr, fmt};

use clap::error::{ContextKind, ContextValue, ErrorKind as ClapKind};

use crate::error::Error;

/// Why there is nothing to run.
#[derive(Debug)]
pub enum Stop {
    /// Text that was asked for: help or the version.
    Text(String),
    /// A command is missing: the help that names them.
    Incomplete(String),
    /// An error.
    Error(Error),
}

/// What [`refuse_secret`] says; no word of the value.
#[derive(Debug)]
pub(super) struct SecretGiven;

impl fmt::Display for SecretGiven {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(
            "a secret is never taken from the command line, where other users and the shell's history see it",
        )
    }
}

impl std::error::Error for SecretGiven {}

/// The parser of every flag that would take a secret's value.
pub(super) fn refuse_secret(_: &str) -> Result<String, SecretGiven> {
    Err(SecretGiven)
}

/// Whether the command line asks for JSON, as far as can be told without parsing it.
pub fn json_is_asked_for<S: AsRef<OsStr>>(args: &[S]) -> bool {
    let mut previous = OsStr::new("");
    for arg in args {
        let arg = arg.as_ref();
        if arg == "--" {
            return false;
        }
        let after_flag = (previous == "-o" || previous == "--output") && arg == "json";
        if after_flag || arg == "-ojson" || arg == "-o=json" || arg == "--output=json" {
            return true;
        }
        previous = arg;
    }
    false
}

impl From<clap::Error> for Stop {
    fn from(error: clap::Error) -> Self {
        match error.kind() {
            ClapKind::DisplayHelp | ClapKind::DisplayVersion => Self::Text(error.render().to_string()),
            ClapKind::DisplayHelpOnMissingArgumentOrSubcommand => {
                Self::Incomplete(error.render().to_string())
            }
            kind => Self::Error(explain(kind, &error)),
        }
    }
}

fn text(error: &clap::Error, kind: ContextKind) -> Option<String> {
    match error.get(kind)? {
        ContextValue::String(text) => Some(text.clone()),
        ContextValue::Strings(all) if !all.is_empty() => Some(all.join(", ")),
        ContextValue::StyledStr(text) => Some(text.to_string()),
        _ => None,
    }
}

/// Only names of flags and commands are repeated, and values of flags that cannot hold a secret.
fn explain(kind: ClapKind, error: &clap::Error) -> Error {
    let arg = text(error, ContextKind::InvalidArg).unwrap_or_default();
    let value = text(error, ContextKind::InvalidValue);
    let source = std::error::Error::source(error);
    let mut result = match kind {
        ClapKind::UnknownArgument if arg.starts_with('-') => {
            let name = arg.split('=').next().unwrap_or_default();
            Error::usage(format!("there is no option {name} here"))
        }
        ClapKind::UnknownArgument => Error::usage("there is an argument too many")
            .cause("it is not repeated here: it may be a secret")
            .hint("a secret is given by its source, such as --api-token-stdin or --password-from env:VAR"),
        ClapKind::InvalidSubcommand => {
            let name = text(error, ContextKind::InvalidSubcommand).unwrap_or_default();
            Error::usage(format!("there is no command {name:?} here"))
        }
        ClapKind::MissingRequiredArgument => Error::usage(format!("missing: {arg}")),
        ClapKind::ArgumentConflict => {
            let other = text(error, ContextKind::PriorArg);
            Error::usage(match other {
                Some(other) => format!("{arg} and {other} do not go together"),
                None => format!("{arg} does not go with the other options"),
            })
        }
        ClapKind::InvalidUtf8 => Error::usage("an argument is not valid UTF-8"),
        ClapKind::InvalidValue | ClapKind::ValueValidation => match source {
            Some(source) if source.is::<SecretGiven>() => {
                let flag = arg.split([' ', '[', '<']).next().unwrap_or_default().to_owned();
                let flag = if flag.starts_with("--") { flag } else { "--password".to_owned() };
                return Error::usage(format!("{flag} does not take the secret itself")).cause(source).hint(
                    format!("name its source: {flag}-from prompt|stdin|file:PATH|env:VAR|command:CMD|fd:N"),
                );
            }
            _ => invalid_value(error, &arg, value.as_deref(), source),
        },
        _ => {
            let rendered = error.render().to_string();
            let line = rendered.lines().next().unwrap_or_default();
            Error::usage(line.strip_prefix("error: ").unwrap_or(line).to_owned())
        }
    };
    for suggestion in
        [ContextKind::SuggestedArg, ContextKind::SuggestedSubcommand, ContextKind::SuggestedValue]
    {
        if let Some(name) = text(error, suggestion) {
            result = result.hint(format!("did you mean {name}?"));
        }
    }
    if let Some(usage) = text(error, ContextKind::Usage) {
        let usage = usage.split_whitespace().collect::<Vec<_>>().join(" ");
        result = result.hint(usage.replacen("Usage:", "usage:", 1));
    }
    result
}

fn invalid_value(
    error: &clap::Error,
    arg: &str,
    value: Option<&str>,
    source: Option<&(dyn std::error::Error + 'static)>,
) -> Error {
    if value.is_none_or(str::is_empty) {
        return Error::usage(format!("{arg} needs a value"));
    }
    // The parsers of secret sources and keys say what is wrong without repeating the text.
    let result = match source.and_then(|source| source.downcast_ref::<Error>()) {
        Some(own) => {
            let result = Error::usage(format!("{arg}: {}", own.message()));
            let result = own.causes().iter().fold(result, Error::cause);
            own.hints().iter().fold(result, |result, hint| result.hint(hint.clone()))
        }
        None => match source {
            Some(source) => Error::usage(format!("{arg} cannot be used as given")).cause(source),
            None => Error::usage(format!("{arg} cannot be used as given")),
        },
    };
    match text(error, ContextKind::ValidValue) {
        Some(values) => result.hint(format!("it takes one of: {values}")),
        None => result,
    }
}
