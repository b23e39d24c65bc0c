//! Whole help texts, and the line that shows how a command is used.

use clap::{Command, CommandFactory};

use super::{Cli, Guide, global};

/// How a help ends that does not list the options of every command.
const GLOBAL_OPTIONS: &str = "\
Global options: -o FORMAT, --org NAME, --sandbox, --no-input, -q, -v, -h;
what they do, and all of them: ankra --help";

/// The tree with whole help texts: each command's own options, and what [`Guide`] knows.
pub(super) fn complete(root: Command) -> Command {
    let mut root = root;
    // Gives every command the options of all, which are then kept out of its help.
    root.build();
    with_guide(root, "", true)
}

fn with_guide(command: Command, path: &str, is_root: bool) -> Command {
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
        let path = format!("{path} {}", child.get_name());
        with_guide(child, path.trim_start(), false)
    })
}

/// The first example of the command that a usage line names, on one line.
pub(super) fn first_example(usage: &str) -> Option<String> {
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
    let text = command.get_after_help()?.to_string();
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
