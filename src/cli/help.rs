//! Whole help texts, and what errors say of commands: an example, a flag, a place.
//!
//! A help text is completed only where a command line may ask for it: `--help` of the root, which shows
//! no other command's, would take 2.5 times the instructions with the whole tree.

use std::ffi::OsString;

use clap::{Command, CommandFactory};

use super::{Cli, Guide, global};
use crate::error::Run;

/// How a help ends that does not list the options of every command.
const GLOBAL_OPTIONS: &str = "\
Global options: -o FORMAT, --org NAME, --sandbox, --no-input, -q, -v, -h;
what they do, and all of them: ankra --help";

/// The whole command tree, for help, completion scripts and man pages.
pub fn whole_tree() -> Command {
    with_guides(of_root(built()))
}

/// The tree in which every command has the options of all.
pub(super) fn built() -> Command {
    let mut root = Cli::command();
    root.build();
    root
}

/// Whose help a command line may ask for, as far as can be told without parsing it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Asked {
    Nothing,
    /// That of the root: no command is named, so nothing else can be shown or run.
    Root,
    Tree,
}

/// Tells whose help `args` may ask for. A wrong guess shows the same text, later.
pub(super) fn asked_of(root: &Command, args: &[OsString]) -> Asked {
    let words = args.get(1..).unwrap_or_default();
    if !words.is_empty() && !words.iter().any(|word| word == "--help" || word == "-h") {
        return Asked::Nothing;
    }
    let names_a_command = |word: &OsString| root.find_subcommand(word).is_some();
    if words.iter().any(names_a_command) { Asked::Tree } else { Asked::Root }
}

/// Completes the help text of the root, and leaves those of its commands as they are.
pub(super) fn of_root(root: Command) -> Command {
    let examples = root.get_after_help().map(ToString::to_string).unwrap_or_default();
    root.after_long_help(examples + &guide(""))
}

fn guide(path: &str) -> String {
    Guide::of(path).map(|guide| guide.text(path)).unwrap_or_default()
}

fn with_guides(parent: Command) -> Command {
    parent.mut_subcommands(|child| with_guides(with_guide(child)))
}

fn with_guide(command: Command) -> Command {
    let path = command.get_bin_name().unwrap_or_default().trim_start_matches("ankra ").to_owned();
    let start = command.get_after_help().map(|text| format!("{text}\n\n")).unwrap_or_default();
    let text = format!("{}{}", start.trim_end(), guide(&path));
    let long = format!("{text}\n\n{GLOBAL_OPTIONS}");
    command
        .after_help(format!("{start}{GLOBAL_OPTIONS}"))
        .after_long_help(long.trim_start().to_owned())
        .mut_args(|arg| {
            let of_all = arg.get_help_heading() == Some(global::HEADING);
            if of_all { arg.hide_short_help(true).hide_long_help(true) } else { arg }
        })
}

/// Finds the command that a usage line of the tree `root` names.
pub(super) fn command_of<'a>(root: &'a Command, usage: &str) -> &'a Command {
    let words = usage.trim_start_matches("Usage:").split_whitespace().skip(1);
    let mut command = root;
    for word in words {
        let Some(child) = command.find_subcommand(word) else { break };
        command = child;
    }
    command
}

/// Reads the examples of a command, but for those that need a shell.
pub(super) fn examples(command: &Command) -> Vec<Run> {
    let text = command.get_after_help().map(ToString::to_string).unwrap_or_default();
    let Some(examples) = text.strip_prefix("Examples:\n") else { return Vec::new() };
    let examples = examples.split("\n\n").next().unwrap_or_default().replace("\\\n", " ");
    let plain = |line: &&str| !line.contains(['|', '>', '$']);
    examples
        .lines()
        .filter(plain)
        .filter_map(|line| Some(Run::read(line.trim().strip_prefix("ankra ")?)))
        .collect()
}

/// The options that say where the secrets of a command are taken from.
pub(super) fn sources(command: &Command) -> impl Iterator<Item = &clap::Arg> {
    let is_source = |long: &str| {
        (long.ends_with("-from") || long.ends_with("-stdin") || long.starts_with("from-"))
            && !long.starts_with("passphrase")
    };
    command
        .get_arguments()
        .filter(move |arg| arg.get_help_heading() == Some("Secrets") && arg.get_long().is_some_and(is_source))
}

/// The flag that gives the secrets of a command, if it asks for any.
pub(super) fn secret_flag(command: &Command) -> Option<String> {
    let from = |long: &&str| long.ends_with("-from");
    let flags: Vec<&str> = sources(command).filter_map(clap::Arg::get_long).filter(from).collect();
    // One secret has its own flag; several are given at once.
    match flags.as_slice() {
        [] => None,
        [one] | [one, "secrets-from"] => Some(format!("--{one}")),
        _ => Some("--secrets-from".to_owned()),
    }
}

/// Finds the commands called `name` anywhere in the tree `root`: those nearest to the root.
pub(super) fn elsewhere<'a>(root: &'a Command, name: &str) -> Vec<&'a Command> {
    let mut level = vec![root];
    while !level.is_empty() {
        level = level.into_iter().flat_map(Command::get_subcommands).collect();
        let is_called = |command: &Command| {
            command.get_name() == name || command.get_all_aliases().any(|one| one == name)
        };
        let found: Vec<&Command> = level.iter().copied().filter(|command| is_called(command)).collect();
        if !found.is_empty() {
            return found;
        }
    }
    Vec::new()
}
