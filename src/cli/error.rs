//! What clap refuses, in this program's own form of error.

use std::ffi::OsString;

use clap::{
    Arg, ArgAction, Command,
    error::{ContextKind, ContextValue, ErrorKind as ClapKind},
};

use super::{
    brought,
    help::{built, command_of, examples, secret_flag, sources},
    meant,
    plain::repeatable,
    typed,
};
use crate::{
    error::{Error, Hint, Run, is_near},
    providers::{ALL, Provider},
    secret::SecretSource,
};

/// Why there is nothing to run.
#[derive(Debug)]
pub enum Stop {
    /// Text that was asked for: help, also by the program's name alone, or the version.
    Text(String),
    /// A command is missing: the help that names them.
    Incomplete(String),
    Error(Error),
}

impl Stop {
    /// Takes what clap says of the command line `args`.
    pub(super) fn of(error: &clap::Error, args: &[OsString]) -> Self {
        match error.kind() {
            ClapKind::DisplayHelp | ClapKind::DisplayVersion => Self::Text(rendered(error)),
            ClapKind::DisplayHelpOnMissingArgumentOrSubcommand if args.len() < 2 => {
                Self::Text(rendered(error))
            }
            ClapKind::DisplayHelpOnMissingArgumentOrSubcommand => Self::Incomplete(rendered(error)),
            _ => Self::Error(explain(error, args)),
        }
    }
}

/// Clap's text, its last line ended.
fn rendered(error: &clap::Error) -> String {
    format!("{}\n", error.render().to_string().trim_end_matches('\n'))
}

pub(super) fn text(error: &clap::Error, kind: ContextKind) -> Option<String> {
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
fn explain(error: &clap::Error, args: &[OsString]) -> Error {
    let kind = error.kind();
    let arg = text(error, ContextKind::InvalidArg).unwrap_or_default();
    let flag = names(&arg);
    let root = built();
    let usage = text(error, ContextKind::Usage);
    let command = command_of(&root, usage.as_deref().unwrap_or_default());
    let result = match kind {
        ClapKind::UnknownArgument if arg.starts_with('-') => {
            let name = arg.split('=').next().unwrap_or_default();
            if let Some(refusal) = secret_refused(name, command) {
                return refusal;
            }
            unknown_option(name, &root, command, error)
        }
        ClapKind::UnknownArgument => unexpected(&arg, command, args),
        ClapKind::InvalidSubcommand => {
            let name = text(error, ContextKind::InvalidSubcommand).unwrap_or_default();
            unknown_command(&name, &root, command, args, error)
        }
        ClapKind::MissingRequiredArgument => missing(&flag, &root, command, args),
        ClapKind::ArgumentConflict => match text(error, ContextKind::PriorArg).map(|other| names(&other)) {
            Some(other) if other == flag => Error::usage(format!("{flag} is given twice")),
            Some(other) => Error::usage(format!("{flag} and {other} cannot be used together")),
            None => Error::usage(format!("{flag} cannot be used with the other options")),
        },
        ClapKind::MissingSubcommand => Error::usage("a command is missing"),
        ClapKind::InvalidUtf8 => Error::usage("an argument is not valid UTF-8"),
        ClapKind::InvalidValue | ClapKind::ValueValidation => return invalid_value(error, &flag),
        ClapKind::TooManyValues => Error::usage(format!("{flag} takes no value")).cause(NOT_REPEATED),
        // Clap's own words may hold what was typed.
        _ => Error::usage("this command line cannot be read"),
    };
    if usage.is_none() {
        return result;
    }
    let usage = command.clone().render_usage().to_string();
    let usage = usage.lines().map(str::trim).collect::<Vec<_>>().join(", or ");
    result.hint(usage.replacen("Usage:", "usage:", 1))
}

/// Adds clap's own guesses at what was meant by `typed`, where they are near enough to be right.
fn guesses(result: Error, typed: &str, error: &clap::Error) -> Error {
    let alike = [ContextKind::SuggestedArg, ContextKind::SuggestedSubcommand, ContextKind::SuggestedValue];
    // Aliases come before what they stand for, and the likeliest comes last.
    let likeliest = |names: String| names.rsplit(", ").next().map(str::to_owned);
    let guesses = alike.into_iter().filter_map(|kind| text(error, kind)).filter_map(likeliest);
    let near = guesses.filter(|guess| is_near(typed, guess));
    near.fold(result, |result, guess| result.hint(format!("did you mean {guess}?")))
}

fn unknown_option(name: &str, root: &Command, command: &Command, error: &clap::Error) -> Error {
    let result = match repeatable(name) {
        Some(name) => Error::usage(format!("unknown option {name}")),
        None => Error::usage("unknown option").cause(NOT_REPEATED),
    };
    if is_of_create(name, root, command) {
        return result.hint(format!(
            "{name} is an option of create: check stores nothing, and asks from this machine"
        ));
    }
    if let Some(typed) = brought::option(name, |flag| has_option(command, flag)) {
        return result.hint(format!("did you mean {typed}?"));
    }
    let is_token = ["--api-token", "--token"].iter().any(|token| name.starts_with(token));
    if is_token && secret_flag(command).is_none() {
        return result.hint(token_hint());
    }
    guesses(result, name, error)
}

/// Tells whether the command has the option `--long`.
fn has_option(command: &Command, long: &str) -> bool {
    command.get_arguments().any(|arg| arg.get_long() == Some(long))
}

/// Tells whether `command` is a `check`, and the `create` beside it has the option `name`.
fn is_of_create(name: &str, root: &Command, command: &Command) -> bool {
    let beside = command.get_bin_name().and_then(|path| path.strip_suffix(" check"));
    let Some(path) = beside else { return false };
    let create = command_of(root, &format!("{path} create"));
    match name.strip_prefix("--") {
        Some(long) => has_option(create, long),
        None => create.get_arguments().any(|arg| arg.get_short().is_some_and(|it| name == format!("-{it}"))),
    }
}

/// Tells where a command takes the platform's token from that has no option for it.
fn token_hint() -> Hint {
    Hint::run("set ANKRA_API_TOKEN, or sign in with", Run::new("login"))
}

/// Explains a word where none is due: a name without its option, one name too many, or perhaps a secret.
fn unexpected(word: &str, command: &Command, args: &[OsString]) -> Error {
    let secret = secret_flag(command).map(|flag| format!("a secret is given by its source: {flag} SOURCE"));
    let is_unnamed = command
        .get_arguments()
        // That of a list is a filter.
        .find(|arg| arg.get_long() == Some("name") && !matches!(arg.get_action(), ArgAction::Append))
        .is_some_and(|arg| !typed::has(args, arg));
    let before = typed::option_before(args, word);
    let may_be_name = before.is_none() && (is_unnamed || secret.is_none());
    let plain = repeatable(word).filter(|_| may_be_name);
    let result = match (plain, before) {
        (Some(word), _) => Error::usage(format!("unexpected argument {word}")),
        (None, Some(option)) if has_option(command, option.trim_start_matches('-')) => {
            Error::usage(format!("{option} takes no value")).cause(NOT_REPEATED)
        }
        _ => Error::usage("unexpected argument").cause(NOT_REPEATED),
    };
    if typed::has_wrong_dash(word) {
        return Error::usage("unknown option").hint("that dash is not a hyphen: options begin with --");
    }
    let slug = Provider::called(word).map(|provider| provider.slug);
    let slug = slug.or_else(|| Some(word).filter(|word| *word == crate::platform::REGISTRY));
    if let Some(slug) = slug.filter(|_| has_option(command, "provider")) {
        let chosen = meant::whole(command, None).arg("--provider").arg(slug);
        return result.run("a provider goes with --provider", chosen);
    }
    if is_unnamed && before.is_none() {
        let named = meant::whole(command, Some(plain.unwrap_or("NAME")));
        let result = result.run("the name goes with --name", named);
        return secret.filter(|_| plain.is_none()).into_iter().fold(result, Error::hint);
    }
    if let Some(secret) = secret {
        let result = result.hint(secret);
        // The one command that people give the name of what is stored, and that looks at nothing stored.
        let (asked, stored) = match command.get_name() {
            "check" if has_option(command, "registry-url") => {
                ("a registry", Run::new("credentials registry get"))
            }
            "check" => ("the cloud about a secret that you give", Run::new("credentials get")),
            _ => return result,
        };
        return result
            .run(&format!("this asks {asked}, such as"), meant::whole(command, None))
            .run("what is stored is shown by", stored.arg("NAME"));
    }
    if command.get_positionals().next().is_some() {
        return result.run("give one at a time", meant::whole(command, plain));
    }
    if command.get_name() == "list" {
        let one = Run::new("credentials get").arg(plain.unwrap_or("NAME"));
        return result.run("one credential is shown by", one);
    }
    result
}

fn unknown_command(
    name: &str,
    root: &Command,
    command: &Command,
    args: &[OsString],
    error: &clap::Error,
) -> Error {
    let result = match repeatable(name) {
        Some(name) => Error::usage(format!("unknown command {name}")),
        None if typed::has_wrong_dash(name) => {
            return Error::usage("unknown option").hint("that dash is not a hyphen: options begin with --");
        }
        None => Error::usage("unknown command").cause(NOT_REPEATED),
    };
    let following: Vec<&str> = typed::after(args, name).map_while(repeatable).collect();
    if let Some(meant) = meant::of(&name.to_lowercase(), root, command, &following) {
        let result = match meant.message {
            Some(message) => result.with_message(message),
            None => result,
        };
        return meant.hints.into_iter().fold(result, Error::hint);
    }
    guesses(result, name, error)
}

/// Says what has to be given, with an example that has it, and the secrets from where `args` have them.
fn missing(flag: &str, root: &Command, command: &Command, args: &[OsString]) -> Error {
    let given: Vec<&Arg> = sources(command).filter(|arg| typed::has(args, arg)).collect();
    let due: Vec<&str> = flag.split(", ").filter(|flag| !flag.contains(" or ")).collect();
    let result = Error::usage(format!("missing: {flag}"));
    let result = match examples(command).into_iter().next() {
        Some(example) => {
            let lacks = due.iter().filter(|flag| flag.starts_with("--") && !example.has(flag));
            let example = lacks.fold(example.clone(), |example, flag| match meant::example_of(root, flag) {
                Some(value) => example.arg(*flag).arg(value),
                None => example,
            });
            let example = given.iter().fold(example, |example, arg| {
                let is_bare = arg.get_num_args().is_none_or(|number| number.min_values() == 0);
                let value = arg.get_value_names().and_then(<[_]>::first).filter(|_| !is_bare);
                let example = example.arg(format!("--{}", arg.get_long().unwrap_or_default()));
                value.into_iter().fold(example, |example, value| example.arg(value.to_string()))
            });
            result.run("such as", example)
        }
        None => result,
    };
    match secret_flag(command).filter(|_| given.is_empty()) {
        Some(flag) => {
            result.hint(format!("the secret is asked for on the terminal; without one add {flag} SOURCE"))
        }
        None => result,
    }
}

/// The names of the secrets whose values other programs take in a flag. None of these flags exists here, so
/// that none is completed or listed.
fn secrets() -> impl Iterator<Item = &'static str> {
    let of_clouds = ALL.iter().flat_map(|provider| provider.secrets).map(|field| field.name);
    of_clouds.chain(["password", "token"])
}

/// The refusal of a secret's value, if that is what the unknown option `name` would give.
fn secret_refused(name: &str, command: &Command) -> Option<Error> {
    let own = secrets().find(|flag| name.strip_prefix("--") == Some(flag));
    let brought = ["-p", "--token", "--passwd", "--pass", "--secret", "--api-key"].contains(&name);
    let source = match (own, secret_flag(command)) {
        (Some(flag), _) if has_option(command, &format!("{flag}-from")) => Some(format!("--{flag}-from")),
        (_, Some(flag)) if brought || own.is_some() => Some(flag),
        (Some(_), None) => None,
        _ => return None,
    };
    let hint = match source {
        Some(flag) => format!("name its source: {flag} {}", SecretSource::FORMS.join("|")).into(),
        None => token_hint(),
    };
    Some(
        Error::usage(format!("{name} does not exist: a secret is never taken from the command line"))
            .cause("other users of the machine and the shell's history could read it there")
            .hint(hint),
    )
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
    let typed = text(error, ContextKind::InvalidValue).unwrap_or_default();
    let values = match error.get(ContextKind::ValidValue) {
        Some(ContextValue::Strings(values)) => values.iter().map(String::as_str).collect(),
        _ => Vec::new(),
    };
    // The parsers of sources and keys say what is wrong without repeating the text.
    let mut result = match source.and_then(|source| source.downcast_ref::<Error>()) {
        _ if typed.is_empty() => Error::usage(format!("{flag} needs a value")),
        Some(own) => own.clone().with_message(format!("{flag}: {}", own.message())),
        None => source.into_iter().fold(Error::usage(format!("invalid value for {flag}")), Error::cause),
    };
    result = match brought::value(&typed.to_lowercase(), &values) {
        Some(value) => result.hint(format!("did you mean {value}?")),
        None => guesses(result, &typed, error),
    };
    if !values.is_empty() {
        result = result.hint(format!("it takes one of: {}", values.join(", ")));
    }
    // The one argument that a command can stand in place of.
    if flag == "<SHELL>" || flag == "[SHELL]" {
        let hint = Hint::run("to set it up", Run::new("completion install"));
        result = result.hint(hint.words("; to undo that: ").then(Run::new("completion uninstall")));
    }
    result
}
