//! Which command was meant by a word that is none.

use clap::{Arg, Command};

use super::{
    brought::{self, Answer},
    help::{elsewhere, examples},
};
use crate::{
    error::{Hint, Run, listed},
    providers::Provider,
};

/// More commands of one name than these are not listed one by one.
const FEW: usize = 3;

/// What a word is answered that is no command.
pub(super) struct Meant {
    /// What is wrong, where it is not that the command is unknown.
    pub(super) message: Option<String>,
    pub(super) hints: Vec<Hint>,
}

impl From<Vec<Hint>> for Meant {
    fn from(hints: Vec<Hint>) -> Self {
        Self { message: None, hints }
    }
}

/// Finds what is meant by `word` at `command`, with the words that `follow` it: a command of that name or of
/// what the word stands for, here, above, or elsewhere in the tree `root`.
pub(super) fn of(word: &str, root: &Command, command: &Command, follow: &[&str]) -> Option<Meant> {
    let next = follow.first().copied();
    if let Some(option) = option_behind(word, command) {
        let run = path_of(option.0).arg(format!("--{}", option.1)).arg(next.unwrap_or("NAME"));
        return Some(vec![Hint::run("did you mean", whole_with(option.0, run))].into());
    }
    let verb = verb(word, command);
    if let Some(meant) = unchangeable(verb, command, next) {
        return Some(meant);
    }
    if let Some(answers) = brought::command(word, next) {
        return Some(answers.iter().map(hint).collect::<Vec<_>>().into());
    }
    let above = lineage(root, command).into_iter().rev().find_map(|parent| parent.find_subcommand(verb));
    let found = above.map_or_else(|| anywhere(root, word, verb, next), |one| vec![one]);
    if !found.is_empty() {
        return Some(commands(root, &found, verb, follow).into());
    }
    let preset = brought::preset(word)?;
    let create = Run::new("credentials registry create").arg("--name").arg("NAME");
    let create = create.arg("--preset").arg(preset.slug);
    Some(vec![Hint::run(&format!("for {}", preset.title), create)].into())
}

/// Finds the commands called `verb` in the tree `root`: that of the noun behind it, else those for credentials,
/// else any.
fn anywhere<'a>(root: &'a Command, word: &str, verb: &str, noun: Option<&str>) -> Vec<&'a Command> {
    let noun = noun.and_then(|noun| root.find_subcommand(noun));
    let own = noun.and_then(|noun| noun.find_subcommand(word).or_else(|| noun.find_subcommand(verb)));
    if let Some(own) = own {
        return vec![own];
    }
    let credentials = root.find_subcommand("credentials").map(|noun| elsewhere(noun, verb));
    credentials.filter(|found| !found.is_empty()).unwrap_or_else(|| elsewhere(root, verb))
}

/// Returns what `word` is called here, at `command`.
fn verb<'a>(word: &'a str, command: &Command) -> &'a str {
    brought::verb(word, |own| command.find_subcommand(own).is_some()).unwrap_or(word)
}

fn hint(answer: &Answer) -> Hint {
    match answer {
        Answer::Run(line, words) => Hint::run(words, Run::read(line)),
        Answer::Words(words) => (*words).into(),
    }
}

/// Splits `create-name` into the command and the option that lost the dashes between them.
fn option_behind<'a>(word: &'a str, command: &'a Command) -> Option<(&'a Command, &'a str)> {
    word.match_indices('-').find_map(|(at, _)| {
        let (name, option) = (&word[..at], word[at..].trim_start_matches('-'));
        let found = command.find_subcommand(name)?;
        found.get_arguments().any(|arg| arg.get_long() == Some(option)).then_some((found, option))
    })
}

/// Answers who would change what the platform cannot change in place: no other command can.
fn unchangeable(verb: &str, command: &Command, name: Option<&str>) -> Option<Meant> {
    let name = name.unwrap_or("NAME");
    let delete = Run::new("credentials delete").arg(name);
    if !["update", "refresh"].contains(&verb) {
        return None;
    }
    if let Some(provider) = Provider::named(command.get_name()) {
        let message = format!("a {} credential cannot be changed in place", provider.title);
        return Some(Meant { message: Some(message), hints: provider.replacement(name).into() });
    }
    match command.get_name() {
        "ssh-key" => Some(Meant {
            message: Some("an SSH key cannot be changed in place".to_owned()),
            hints: vec![
                Hint::run("store another with", whole(command.find_subcommand("create")?, Some("NEW-NAME"))),
                Hint::run("then delete the old one with", delete),
            ],
        }),
        "credentials" | "ankra" => {
            let change = if verb == "refresh" {
                Run::new("credentials registry refresh")
            } else {
                Run::new("credentials registry update")
            };
            let instead = "a cloud credential or SSH key cannot be changed in place: store a new one, then \
                           delete the old one with";
            let change = Hint::run("a registry credential is changed by", change.arg(name));
            Some(vec![change, Hint::run(instead, delete)].into())
        }
        _ => None,
    }
}

/// Names the `found` commands called `name`, as they can be run. The word that follows may choose one.
fn commands(root: &Command, found: &[&Command], name: &str, follow: &[&str]) -> Vec<Hint> {
    let is_below = |command: &&&Command, word: &str| {
        let word = Provider::called(word).map_or(word, |provider| provider.slug);
        let noun = root.find_subcommand(word).map_or(word, Command::get_name);
        path(command).rsplit(' ').nth(1) == Some(noun)
    };
    let chosen = follow.first().and_then(|word| found.iter().find(|command| is_below(command, word)));
    match (chosen, found) {
        (Some(one), _) => vec![Hint::run("did you mean", whole(one, follow.get(1).copied()))],
        (None, few) if few.len() <= FEW => {
            let run = |command: &&Command| below(command, follow);
            few.iter().map(|command| Hint::run("did you mean", run(command))).collect()
        }
        (None, many) => {
            let kinds: Vec<&str> = many.iter().filter_map(|one| path(one).rsplit(' ').nth(1)).collect();
            vec![
                Hint::run(&format!("each kind has its own {name}, such as"), whole(many[0], None)),
                format!("the kinds are {}", listed(&kinds, "and")).into(),
            ]
        }
    }
}

/// Follows the words from `command` on to the command that they lead to, and the name that they end with.
fn below(command: &Command, words: &[&str]) -> Run {
    let child = |word: &&str| command.find_subcommand(verb(word, command));
    match words.first().and_then(child) {
        Some(child) => below(child, &words[1..]),
        None => whole(command, words.first().copied()),
    }
}

/// Returns the commands on the way from `root` to `command`.
fn lineage<'a>(root: &'a Command, command: &'a Command) -> Vec<&'a Command> {
    let mut all = vec![root];
    for word in path(command).split_whitespace() {
        all.extend(all.last().and_then(|last| last.find_subcommand(word)));
    }
    all
}

fn path(command: &Command) -> &str {
    command.get_bin_name().unwrap_or_default().trim_start_matches("ankra").trim_start()
}

fn path_of(command: &Command) -> Run {
    Run::read(path(command))
}

/// Returns a command line that can be run: that of the first example where something has to be given, with
/// `name` as the name; a group's help.
pub(super) fn whole(command: &Command, name: Option<&str>) -> Run {
    if command.has_subcommands() && command.get_positionals().next().is_none() {
        return path_of(command).arg("--help");
    }
    let positional = command.get_positionals().next();
    if positional.is_some_and(Arg::is_required_set) && !command.has_subcommands() {
        return path_of(command).arg(name.unwrap_or("NAME"));
    }
    let has_due = command.get_arguments().any(Arg::is_required_set)
        || command.get_groups().any(|group| {
            // Those that options share are not seen from outside.
            group.get_id() == "key" || group.get_id() == "target"
        });
    let example = examples(command).into_iter().next();
    match example.filter(|_| has_due || command.has_subcommands()) {
        Some(example) => example.with("--name", name.unwrap_or("NAME")),
        None => path_of(command),
    }
}

/// Returns `run` with the options of the first example of `command` that it lacks.
fn whole_with(command: &Command, run: Run) -> Run {
    let Some(example) = examples(command).into_iter().next() else { return run };
    command
        .get_arguments()
        .filter(|arg| arg.is_required_set())
        .filter_map(Arg::get_long)
        .map(|long| format!("--{long}"))
        .filter(|flag| !run.has(flag))
        .filter_map(|flag| example.value(&flag).map(|value| (flag.clone(), value.to_owned())))
        .fold(run.clone(), |run, (flag, value)| run.arg(flag).arg(value))
}

/// Finds a value of the option `flag` in an example anywhere in the tree `root`.
pub(super) fn example_of(root: &Command, flag: &str) -> Option<String> {
    let own = examples(root).iter().find_map(|example| example.value(flag).map(str::to_owned));
    own.or_else(|| root.get_subcommands().find_map(|child| example_of(child, flag)))
}
