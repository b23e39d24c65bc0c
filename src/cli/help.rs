//! Whole help texts, and the line that shows how a command is used.

use clap::{Command, CommandFactory};

use super::{Cli, Guide, global};

/// How a help ends that does not list the options of every command.
const GLOBAL_OPTIONS: &str = "\
Global options: -o FORMAT, --org NAME, --sandbox, --no-input, -q, -v, -h;
what they do, and all of them: ankra --help";

/// The tree with whole help texts: each command's own options, and what [`Guide`] knows. Of the
/// commands below the root, those that `wanted` tells by name or alias, and what is above them.
pub(super) fn complete(root: Command, wanted: &dyn Fn(&str) -> bool) -> Command {
    let mut root = root;
    // Gives every command the options of all, which are then kept out of its help.
    root.build();
    with_guide(root, "", true, wanted)
}

fn with_guide(command: Command, path: &str, is_root: bool, wanted: &dyn Fn(&str) -> bool) -> Command {
    let examples = command.get_after_help().map(ToString::to_string);
    let guide = Guide::of(path).map(Guide::text).unwrap_or_default();
    let mut command = command;
    if is_root {
        let examples = examples.unwrap_or_default();
        command = command.after_long_help(format!("{examples}{guide}"));
    } else {
        let start = examples.map(|text| text + "\n\n").unwrap_or_default();
        let text = format!("{}{guide}", start.trim_end());
        let long = format!("{text}\n\n{GLOBAL_OPTIONS}");
        command = command
            .after_help(format!("{start}{GLOBAL_OPTIONS}"))
            .after_long_help(long.trim_start().to_owned())
            .mut_args(|arg| {
                let of_all = arg.get_help_heading() == Some(global::HEADING);
                if of_all { arg.hide_short_help(true).hide_long_help(true) } else { arg }
            });
    }
    command.mut_subcommands(|child| {
        if !wanted(child.get_name()) && !child.get_all_aliases().any(wanted) {
            return child;
        }
        let path = format!("{path} {}", child.get_name());
        with_guide(child, path.trim_start(), false, wanted)
    })
}

/// The command that a usage line names.
fn command_of(usage: &str) -> Command {
    let mut root = Cli::command();
    root.build();
    let words = usage.trim_start_matches("Usage:").split_whitespace().skip(1);
    let mut command = &root;
    for word in words {
        match command.find_subcommand(word) {
            Some(child) => command = child,
            None => break,
        }
    }
    command.clone()
}

/// The first example of the command that a usage line names, on one line.
pub(super) fn first_example(usage: &str) -> Option<String> {
    let text = command_of(usage).get_after_help()?.to_string();
    let examples = text.strip_prefix("Examples:\n")?;
    let mut example = String::new();
    for line in examples.lines() {
        let line = line.trim();
        match line.strip_suffix('\\') {
            Some(part) => example.push_str(part),
            None => return Some(example + line),
        }
    }
    None
}

/// The flag that gives the secrets of the command that a usage line names, if it asks for any.
pub(super) fn secret_flag(usage: &str) -> Option<String> {
    let command = command_of(usage);
    let from = |arg: &&clap::Arg| {
        arg.get_help_heading() == Some("Secrets")
            && arg.get_long().is_some_and(|long| long.ends_with("-from") && !long.starts_with("passphrase"))
    };
    let flags: Vec<&str> = command.get_arguments().filter(from).filter_map(clap::Arg::get_long).collect();
    // One secret has its own flag; several are given at once.
    match flags.iter().filter(|flag| **flag != "secrets-from").collect::<Vec<_>>().as_slice() {
        [] => None,
        [one] => Some(format!("--{one}")),
        _ => flags.contains(&"secrets-from").then(|| "--secrets-from".to_owned()),
    }
}

/// Where else in the tree there is a command called `name`: the nearest to the root, at most four.
pub(super) fn elsewhere(name: &str) -> Vec<String> {
    let mut root = Cli::command();
    root.build();
    let mut level = vec![("ankra".to_owned(), &root)];
    while !level.is_empty() {
        let children = |(path, command): &(String, &Command)| {
            command
                .get_subcommands()
                .filter(|child| !child.is_hide_set())
                .map(|child| (format!("{path} {}", child.get_name()), child.get_name().to_owned()))
                .collect::<Vec<_>>()
        };
        let found: Vec<String> = level
            .iter()
            .flat_map(children)
            .filter(|(_, last)| last == name)
            .map(|(path, _)| path)
            .take(4)
            .collect();
        if !found.is_empty() {
            return found;
        }
        level = level
            .into_iter()
            .flat_map(|(path, command)| {
                command.get_subcommands().map(move |child| (format!("{path} {}", child.get_name()), child))
            })
            .collect();
    }
    Vec::new()
}
