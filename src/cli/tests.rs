//! The command tree as data: every help text is whole, and every example is a command line.

use std::{collections::BTreeSet, ffi::OsString};

use clap::{Command, CommandFactory};

use super::{
    Cli, OWN_VARIABLES, Stop,
    help::{Asked, asked_of},
    parse, whole_tree,
};

/// Every command below `parent`, with the words that lead to it.
fn walk(parent: &Command, path: &str, found: &mut Vec<(String, Command)>) {
    found.push((path.to_owned(), parent.clone()));
    for child in parent.get_subcommands() {
        walk(child, &format!("{path} {}", child.get_name()), found);
    }
}

/// Every command, with its path.
pub(super) fn tree() -> Vec<(String, Command)> {
    let root = whole_tree();
    let mut found = Vec::new();
    walk(&root, "ankra", &mut found);
    found
}

/// The command lines of a text's examples, those of `ankra` alone, with `\` at the end undone.
fn examples(text: &str) -> Vec<String> {
    let text = text.split_once("Examples:\n").expect("there are examples").1.replace("\\\n", "");
    let text = text.split("\n\n").next().unwrap_or_default().to_owned();
    text.lines()
        .map(|line| line.rsplit("| ").next().unwrap_or_default())
        .filter_map(|line| line.find("ankra ").map(|at| &line[at..]))
        .map(|line| line.split(" > ").next().unwrap_or_default().trim_end_matches([')', '"']).to_owned())
        .collect()
}

#[test]
fn the_tree_is_sound() {
    whole_tree().debug_assert();
}

/// Help is what the whole tree shows, though only what it takes is built.
#[test]
fn help_and_errors_do_not_depend_on_what_is_built() {
    let shown = |stop: Stop| match stop {
        Stop::Text(text) | Stop::Incomplete(text) => text,
        Stop::Error(error) => format!("{error:?}"),
    };
    let mut lines: Vec<String> =
        ["ankra", "ankra -vh", "ankra --org acme -h", "ankra --no-input"].map(String::from).into();
    lines.extend(["ankra --helo", "ankra login --bogus -h", "ankra credentials lst -h"].map(String::from));
    for (path, command) in tree() {
        lines.extend([format!("{path} --help"), format!("{path} -h"), format!("{path} -qh")]);
        if command.has_subcommands() {
            lines.push(path);
        }
    }
    for line in lines {
        let words: Vec<OsString> = line.split(' ').map(OsString::from).collect();
        let whole = whole_tree().try_get_matches_from(&words).err().map(|error| Stop::of(&error, &words));
        let ours = parse(words).err();
        assert_eq!(ours.map(shown), whole.map(shown), "{line}");
    }
}

#[test]
fn no_more_is_built_for_help_than_it_takes() {
    let root = Cli::command();
    let asked = |line: &str| asked_of(&root, &line.split(' ').map(OsString::from).collect::<Vec<_>>());
    for (line, whose) in [
        ("ankra", Asked::Root),
        ("ankra --help", Asked::Root),
        ("ankra --org acme -h", Asked::Root),
        ("ankra credentials list", Asked::Nothing),
        ("ankra --version", Asked::Nothing),
        ("ankra creds list --help", Asked::Tree),
        ("ankra -h login", Asked::Tree),
    ] {
        assert_eq!(asked(line), whose, "{line}");
    }
}

#[test]
fn every_command_says_what_it_does_in_one_line() {
    for (path, command) in tree() {
        let about = command.get_about().map(ToString::to_string).unwrap_or_default();
        assert!(!about.is_empty() && about.len() <= 70, "{path}: {about:?}");
        assert!(!about.ends_with('.') && about.starts_with(char::is_uppercase), "{path}: {about:?}");
    }
}

#[test]
fn every_command_says_more_in_its_long_help() {
    for (path, command) in tree() {
        let about = command.get_about().map(ToString::to_string).unwrap_or_default();
        let long = command.get_long_about().map(ToString::to_string).unwrap_or_default();
        assert!(long.len() > about.len() && long.starts_with(&about), "{path} has no long text: {long:?}");
    }
}

#[test]
fn every_argument_has_help() {
    for (path, command) in tree() {
        for argument in command.get_arguments() {
            let help = argument.get_help().map(ToString::to_string).unwrap_or_default();
            assert!(help.len() > 5, "{path} {}: no help", argument.get_id());
        }
    }
}

/// What matters is on one screen: the options of every command are listed once, by the program itself.
#[test]
fn a_short_help_lists_its_own_options_only() {
    for (path, command) in tree() {
        let mut command = command;
        let short = command.render_help().to_string();
        assert!(short.lines().count() <= 45, "{path}: {short}");
        let lists_global = short.contains("Global options:\n");
        assert_eq!(lists_global, path == "ankra", "{path}: {short}");
        assert!(path == "ankra" || short.trim_end().ends_with("all of them: ankra --help"), "{short}");
    }
}

#[test]
fn a_long_help_tells_variables_and_exit_codes() {
    for (path, command) in tree().into_iter().filter(|(_, command)| !command.has_subcommands()) {
        let mut command = command;
        let long = command.render_long_help().to_string();
        let path = path.trim_start_matches("ankra ");
        let guide = super::Guide::of(path).unwrap();
        for (name, text) in guide.variables(path) {
            assert!(long.lines().any(|line| line.contains(&name) && line.ends_with(&text)), "{path}: {name}");
        }
        for (code, text) in guide.exits() {
            assert!(long.contains(&format!("\n  {code}")) && long.contains(&text), "{path}: {code}");
        }
    }
}

#[test]
fn every_option_is_an_instruction_in_one_line() {
    for (path, command) in tree() {
        for option in command.get_opts().filter(|option| !option.is_hide_set()) {
            let help = option.get_help().map(ToString::to_string).unwrap_or_default();
            let first = help.split([' ', ':']).next().unwrap_or_default();
            let imperative = first.starts_with(char::is_uppercase)
                && !["The", "A", "An", "What", "Where", "Which", "How", "Whose", "Whether"].contains(&first);
            assert!(imperative && !help.ends_with('.'), "{path} --{}: {help:?}", option.get_id());
        }
    }
}

#[test]
fn every_command_that_does_something_shows_examples_that_parse() {
    for (path, command) in tree().into_iter().filter(|(_, command)| !command.has_subcommands()) {
        let text = command.get_after_help().map(ToString::to_string).unwrap_or_default();
        let examples = examples(&text);
        let names_it = |example: &String| example.contains(path.rsplit(' ').next().unwrap_or_default());
        assert!(examples.iter().any(names_it), "{path}: {text}");
        for example in examples {
            assert!(parse(words(&example)).is_ok(), "{example}");
        }
    }
}

/// The words of an example as a shell would give them; a variable stands for its name.
fn words(example: &str) -> Vec<OsString> {
    let (mut words, mut word, mut quote) = (Vec::new(), String::new(), None);
    for c in example.chars().filter(|c| *c != '$').chain([' ']) {
        match (c, quote) {
            ('"' | '\'', None) => quote = Some(c),
            (c, Some(open)) if c == open => quote = None,
            (' ', None) if word.is_empty() => {}
            (' ', None) => words.push(OsString::from(std::mem::take(&mut word))),
            (c, _) => word.push(c),
        }
    }
    if !word.is_empty() {
        words.push(word.trim_end().into());
    }
    words
}

#[test]
fn help_fits_eighty_columns() {
    for (path, command) in tree() {
        for text in [command.clone().term_width(80).render_help(), command.term_width(80).render_long_help()]
        {
            for line in text.to_string().lines().filter(|line| !line.starts_with("Usage: ")) {
                assert!(line.chars().count() <= 80, "{path}: {line}");
            }
        }
    }
}

/// A line of an example that is wrapped cannot be copied.
#[test]
fn examples_are_not_wrapped() {
    for (path, command) in tree() {
        for text in [command.get_after_help(), command.get_after_long_help()].into_iter().flatten() {
            for line in text.to_string().lines() {
                assert!(line.chars().count() <= 80, "{path}: {line}");
            }
        }
    }
}

#[test]
fn every_variable_that_stands_for_an_option_is_read() {
    let root = Cli::command();
    let helps = root.get_arguments().filter_map(|arg| Some(arg.get_help()?.to_string()));
    let named = helps.filter_map(|help| Some(help.split_once("[env: ")?.1.trim_end_matches(']').to_owned()));
    let named: BTreeSet<String> = named.chain(["ANKRA_API_TOKEN".to_owned()]).collect();
    assert_eq!(named, OWN_VARIABLES.map(str::to_owned).into());
}
