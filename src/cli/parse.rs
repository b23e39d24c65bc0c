//! A command line, read against the tree of commands.

use std::{ffi::OsString, mem::ManuallyDrop};

use clap::{
    Args as _, CommandFactory, FromArgMatches, Subcommand as _,
    error::{ContextKind, ErrorKind},
};

use super::{
    Cli, Command, GlobalArgs, Stop,
    error::text,
    global,
    help::{self, Asked, whole_tree},
    typed,
};

/// Reads a command line. One that lacks what a person can be asked for is read too.
///
/// # Errors
/// `Stop`: help or version to print, or an error; neither repeats a value that may be a secret.
pub fn parse(args: impl IntoIterator<Item = OsString>) -> Result<Cli, Stop> {
    let args: Vec<OsString> = args.into_iter().collect();
    if let Some(error) = typed::wrong_dashes(&args) {
        return Err(Stop::Error(error));
    }
    // Nothing but help needs whole help texts. Leaked, as the tree that reads is.
    let mut nouns = ManuallyDrop::new(Command::augment_subcommands(clap::Command::new("ankra")));
    let asked = help::asked_of(&nouns, &args);
    let result = match asked {
        Asked::Nothing => read(narrow(&mut nouns, &args), &args).or_else(|error| match error.kind() {
            ErrorKind::DisplayVersion => Err(error),
            ErrorKind::DisplayHelp | ErrorKind::DisplayHelpOnMissingArgumentOrSubcommand => {
                read(whole_tree(), &args)
            }
            _ => read(Cli::command(), &args),
        }),
        // No command is named that could get the options of all.
        Asked::Root => read(help::of_root(Cli::command()).mut_args(|arg| arg.global(false)), &args),
        Asked::Tree => read(whole_tree(), &args),
    };
    let error = match result {
        Ok(cli) => return Ok(cli),
        Err(error) => error,
    };
    // What is missing is looked at last: the rest of the line is right.
    let is_lacking = error.kind() == ErrorKind::MissingRequiredArgument;
    let rest = is_lacking.then(|| read(Cli::command().ignore_errors(true), &args).ok()).flatten();
    let rest = rest.filter(|cli| matches!(cli.command, Command::Credentials(_) | Command::Login(_)));
    let stop = match asked_by_name(&error) {
        Some((word, option)) => {
            let mut args = typed::without_first(&args, word);
            args.push(option.into());
            read(whole_tree(), &args)
                .map_or_else(|error| Stop::of(&error, &args), |_| Stop::of(&error, &args))
        }
        None => Stop::of(&error, &args),
    };
    match (stop, rest) {
        (Stop::Error(lacking), Some(cli)) => Ok(Cli { lacking: Some(lacking), ..cli }),
        (stop, _) => Err(stop),
    }
}

/// The tree of the commands that `args` may name alone. What it reads, the whole one reads alike; what it does not,
/// and all errors, are the whole one's.
///
/// Every command of the root gets a copy of the options of all: without those that are not meant it takes
/// (`cargo bench --bench budgets`) 18 % fewer instructions of `--version`, 13 % fewer of `completion bash`.
fn narrow(nouns: &mut clap::Command, args: &[OsString]) -> clap::Command {
    let is_named = |noun: &&mut clap::Command| {
        args.iter().any(|word| noun.get_name() == word || noun.get_all_aliases().any(|alias| alias == word))
    };
    let root = clap::Command::new("ankra")
        .version(env!("CARGO_PKG_VERSION"))
        .propagate_version(true)
        .disable_help_subcommand(true)
        .disable_help_flag(true)
        .disable_version_flag(true)
        .subcommand_required(true)
        .args(global::help_and_version());
    GlobalArgs::augment_args(root)
        .subcommands(nouns.get_subcommands_mut().filter(is_named).map(std::mem::take))
}

/// Returns the command `help` or `version` and the option that it stands for, where one of them is why
/// `error` came.
fn asked_by_name(error: &clap::Error) -> Option<(&'static str, &'static str)> {
    let word = text(error, ContextKind::InvalidSubcommand)
        .filter(|_| error.kind() == ErrorKind::InvalidSubcommand)?;
    [("help", "--help"), ("version", "--version")].into_iter().find(|(name, _)| *name == word)
}

fn read(tree: clap::Command, args: &[OsString]) -> Result<Cli, clap::Error> {
    // Leaked, for a process parses once: 10 % fewer instructions of `--version` (`cargo bench --bench budgets`).
    let mut tree = ManuallyDrop::new(tree);
    let mut matches = tree.try_get_matches_from_mut(args)?;
    Cli::from_arg_matches_mut(&mut matches).map_err(|error| error.format(&mut Cli::command()))
}
