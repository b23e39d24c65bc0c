//! A command line, read against the tree of commands.

use std::{ffi::OsString, mem::ManuallyDrop};

use clap::{
    CommandFactory, FromArgMatches,
    error::{ContextKind, ErrorKind},
};

use super::{
    Cli, Command, Stop,
    error::text,
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
    // Nothing but help needs whole help texts.
    let root = Cli::command();
    let asked = help::asked_of(&root, &args);
    let tree = match asked {
        Asked::Nothing => root,
        Asked::Root => help::of_root(root),
        Asked::Tree => whole_tree(),
    };
    let result = read(tree, &args).or_else(|error| match error.kind() {
        ErrorKind::DisplayHelp | ErrorKind::DisplayHelpOnMissingArgumentOrSubcommand
            if asked == Asked::Nothing =>
        {
            read(whole_tree(), &args)
        }
        _ => Err(error),
    });
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
