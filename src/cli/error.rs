//! What clap refuses, in this program's own form of error.

use std::ffi::OsString;

use clap::error::{ContextKind, ContextValue, ErrorKind as ClapKind};

use super::help::{command_of, elsewhere, first_example, secret_flag};
use crate::{
    error::{Error, Hint, Run},
    providers::ALL,
    secret::SecretSource,
};

/// Why there is nothing to run.
#[derive(Debug)]
pub enum Stop {
    /// Text that was asked for: help or the version.
    Text(String),
    /// A command is missing: the help that names them.
    Incomplete(String),
    Error(Error),
}

/// Whether the command line asks for JSON, as far as can be told without parsing it.
pub fn json_is_asked_for(args: &[OsString]) -> bool {
    let options: Vec<&OsString> = args.iter().take_while(|arg| *arg != "--").collect();
    options.iter().any(|arg| ["-ojson", "-o=json", "--output=json"].iter().any(|form| *arg == form))
        || options.windows(2).any(|pair| (pair[0] == "-o" || pair[0] == "--output") && pair[1] == "json")
}

impl From<clap::Error> for Stop {
    fn from(error: clap::Error) -> Self {
        match error.kind() {
            ClapKind::DisplayHelp | ClapKind::DisplayVersion => Self::Text(rendered(&error)),
            ClapKind::DisplayHelpOnMissingArgumentOrSubcommand => Self::Incomplete(rendered(&error)),
            kind => Self::Error(explain(kind, &error)),
        }
    }
}

/// Clap's text, its last line ended.
fn rendered(error: &clap::Error) -> String {
    format!("{}\n", error.render().to_string().trim_end_matches('\n'))
}

fn text(error: &clap::Error, kind: ContextKind) -> Option<String> {
    match error.get(kind)? {
        ContextValue::String(text) => Some(text.clone()),
        ContextValue::Strings(all) if !all.is_empty() => Some(all.join(", ")),
        ContextValue::StyledStr(text) => Some(text.to_string()),
        _ => None,
    }
}

/// The cause that stands in place of an argument that is kept back.
const NOT_REPEATED: &str = "it is not repeated here: it may be a secret";

/// Names of flags and commands are repeated, and values of flags that cannot hold a secret; nothing else.
fn explain(kind: ClapKind, error: &clap::Error) -> Error {
    let arg = text(error, ContextKind::InvalidArg).unwrap_or_default();
    let flag = names(&arg);
    let mut result = match kind {
        ClapKind::UnknownArgument if arg.starts_with('-') => {
            let name = arg.split('=').next().unwrap_or_default();
            let usage = text(error, ContextKind::Usage).unwrap_or_default();
            if let Some(refusal) = secret_refused(name, &usage) {
                return refusal;
            }
            match repeatable(name) {
                Some(name) => Error::usage(format!("unknown option {name}")),
                None => Error::usage("unknown option").cause(NOT_REPEATED),
            }
        }
        ClapKind::UnknownArgument => Error::usage("unexpected argument")
            .cause(NOT_REPEATED)
            .hint("a secret is given by its source, such as --api-token-stdin or --password-from env:VAR"),
        ClapKind::InvalidSubcommand => {
            let name = text(error, ContextKind::InvalidSubcommand).unwrap_or_default();
            match repeatable(&name) {
                Some("help") => Error::usage("help is an option, not a command").hint("add --help"),
                Some(name) => Error::usage(format!("unknown command {name}")),
                None => Error::usage("unknown command").cause(NOT_REPEATED),
            }
        }
        ClapKind::MissingRequiredArgument => Error::usage(format!("missing: {flag}")),
        ClapKind::ArgumentConflict => match text(error, ContextKind::PriorArg).map(|other| names(&other)) {
            Some(other) if other == flag => Error::usage(format!("{flag} is given twice")),
            Some(other) => Error::usage(format!("{flag} and {other} cannot be used together")),
            None => Error::usage(format!("{flag} cannot be used with the other options")),
        },
        ClapKind::InvalidUtf8 => Error::usage("an argument is not valid UTF-8"),
        ClapKind::InvalidValue | ClapKind::ValueValidation => return invalid_value(error, &flag),
        ClapKind::TooManyValues => Error::usage(format!("{flag} takes no value")).cause(NOT_REPEATED),
        // Clap's own words may hold what was typed.
        _ => Error::usage("this command line cannot be read"),
    };
    result = suggest(result, error);
    if let Some(usage) = text(error, ContextKind::Usage) {
        let command = (kind == ClapKind::MissingRequiredArgument).then(|| command_of(&usage));
        if let Some(example) = command.as_ref().and_then(first_example) {
            result = result.hint(format!("such as: {example}"));
        }
        if let Some(flag) = command.as_ref().and_then(secret_flag) {
            result = result
                .hint(format!("the secret is asked for on the terminal; without one add {flag} SOURCE"));
        }
        let usage = usage.lines().map(str::trim).collect::<Vec<_>>().join(", or ");
        result = result.hint(usage.replacen("Usage:", "usage:", 1));
    }
    result
}

/// Adds what may have been meant in place of what is refused.
fn suggest(result: Error, error: &clap::Error) -> Error {
    // A command of that very name is meant, wherever it is, before one that is like it.
    let places = text(error, ContextKind::InvalidSubcommand).map(|name| elsewhere(&name));
    let meant = places.filter(|places| !places.is_empty()).unwrap_or_else(|| {
        let alike =
            [ContextKind::SuggestedArg, ContextKind::SuggestedSubcommand, ContextKind::SuggestedValue];
        // Aliases come before what they stand for, and the likeliest comes last.
        let likeliest = |names: String| names.rsplit(", ").next().map(str::to_owned);
        alike.into_iter().filter_map(|kind| text(error, kind)).filter_map(likeliest).collect()
    });
    meant.into_iter().fold(result, |result, name| result.hint(format!("did you mean {name}?")))
}

/// The names of the secrets whose values other programs take in a flag. None of these flags exists here, so
/// that none is completed or listed.
fn secrets() -> impl Iterator<Item = &'static str> {
    let of_clouds = ALL.iter().flat_map(|provider| provider.secrets).map(|field| field.name);
    of_clouds.chain(["password"])
}

/// The refusal of a secret's value, if that is what the unknown option `name` would give.
fn secret_refused(name: &str, usage: &str) -> Option<Error> {
    let of_registry = usage.contains("credentials registry");
    let flag = match name {
        "-p" | "--token" | "--passwd" if of_registry => "password",
        "--token" => "api-token",
        _ => secrets().find(|flag| name.strip_prefix("--") == Some(flag))?,
    };
    Some(
        Error::usage(format!("{name} does not exist: a secret is never taken from the command line"))
            .cause("other users of the machine and the shell's history could read it there")
            .hint(format!("name its source: --{flag}-from {}", SecretSource::FORMS.join("|"))),
    )
}

/// A mistyped option or command looks like one; anything else may be a secret in the wrong place.
fn repeatable(word: &str) -> Option<&str> {
    let bare = word.trim_start_matches('-');
    let plain = bare.len() <= 24 && bare.bytes().all(|b| b.is_ascii_lowercase() || b == b'-');
    let short = word.starts_with('-') && bare.len() == 1 && bare.bytes().all(|b| b.is_ascii_alphanumeric());
    (plain || short).then_some(word)
}

/// An argument as clap shows it, without its value: `--name` of `--name <NAME>`, `--a or --b` of
/// `<--a|--b <KEY>>`.
fn names(arg: &str) -> String {
    let one = |arg: &str| {
        let options: Vec<&str> = arg
            .split(['<', '>', '|', ' ', '[', ']', ',', '='])
            .filter(|part| part.starts_with("--"))
            .collect();
        if options.is_empty() { arg.to_owned() } else { options.join(" or ") }
    };
    arg.split(", ").map(one).collect::<Vec<_>>().join(", ")
}

fn invalid_value(error: &clap::Error, flag: &str) -> Error {
    let source = std::error::Error::source(error);
    if text(error, ContextKind::InvalidValue).is_none_or(|value| value.is_empty()) {
        return Error::usage(format!("{flag} needs a value"));
    }
    // The parsers of sources and keys say what is wrong without repeating the text.
    let mut result = match source.and_then(|source| source.downcast_ref::<Error>()) {
        Some(own) => own.clone().with_message(format!("{flag}: {}", own.message())),
        None => source.into_iter().fold(Error::usage(format!("invalid value for {flag}")), Error::cause),
    };
    result = suggest(result, error);
    if let Some(values) = text(error, ContextKind::ValidValue) {
        result = result.hint(format!("it takes one of: {values}"));
    }
    // The one argument that a command can stand in place of.
    if flag == "<SHELL>" || flag == "[SHELL]" {
        let hint = Hint::run("to set it up", Run::new("completion install"));
        result = result.hint(hint.words("; to undo that: ").then(Run::new("completion uninstall")));
    }
    result
}

#[cfg(test)]
mod tests {
    use super::repeatable;

    #[test]
    fn what_may_be_a_secret_is_not_repeated() {
        for word in ["--tokn", "-x", "-X", "creat", "ssh-kye"] {
            assert_eq!(repeatable(word), Some(word));
        }
        for word in
            ["SECRET", "hunter2", "--S3cret", "abcdefghijklmnopqrstuvwxyzabcdef", "a b", "\u{1b}[2J", "-ab!"]
        {
            assert_eq!(repeatable(word), None, "{word}");
        }
    }
}
