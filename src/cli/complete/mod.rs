//! What may come next on an unfinished command line, as far as the command tree tells.
//!
//! A shell's live completion script runs `ankra __complete SHELL WORD...`: the words typed so
//! far, the last one cut at the cursor and perhaps empty. It is not a command of the tree: nobody
//! types it, and nothing lists it.
//!
//! The engine of `clap_complete` follows the words, and clap itself reads those before the last for
//! what it does not look at: options that are given or excluded, and where the platform is.

mod values;
mod words;

use std::{
    ffi::{OsStr, OsString},
    sync::mpsc::{self, Sender},
};

use clap::{
    Arg, ArgAction, ArgMatches, Command, CommandFactory, Parser, builder::ValueParser, parser::ValueSource,
};
use clap_complete::engine::{self, ArgValueCompleter, CompletionCandidate};

use super::{Cli, GlobalArgs, Shell};
use values::Form;
pub use values::Values;

/// The first argument of a completion script's question.
const ASK: &str = "__complete";

/// Ends a candidate of the engine where a value goes that the command tree does not know.
const HERE: &str = "\0";

/// An unfinished command line, and the shell that asks about it.
#[derive(Debug)]
pub struct Unfinished {
    pub shell: Shell,
    /// The words, the program's name first and the unfinished one last.
    words: Vec<String>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Candidate {
    pub value: String,
    pub about: String,
}

#[derive(Debug, Default)]
pub struct Next {
    pub word: String,
    /// The words that the command tree knows.
    pub fixed: Vec<Candidate>,
    /// The kind of value that is due, where the tree does not know them all.
    pub values: Values,
    /// What the unfinished word keeps before such a value, such as `--org=` or `file:`.
    pub prefix: String,
    /// The command that was typed, such as `org list`.
    pub command: String,
    /// What was given for the same argument before.
    pub given: Vec<String>,
    /// The options of every command, as typed before; `None` where they cannot be read.
    pub global: Option<GlobalArgs>,
}

/// The question of a completion script, if the arguments are one. One that makes no sense, of
/// another version's script, is `Some(None)`: it has no answer.
#[expect(clippy::option_option, reason = "no question, and a question without an answer")]
pub fn unfinished(args: &[OsString]) -> Option<Option<Unfinished>> {
    if args.get(1)? != ASK {
        return None;
    }
    let shell = args.get(2).and_then(|name| name.to_str()).and_then(|name| name.parse().ok());
    let words: Vec<String> = args.iter().skip(3).map(|word| word.to_string_lossy().into_owned()).collect();
    Some(shell.filter(|_| words.len() > 1).map(|shell| Unfinished { shell, words }))
}

impl Unfinished {
    /// Reads the line by the command tree; nothing outside it is looked at.
    pub fn next(&self) -> Next {
        // bash and fish give their words as typed.
        let words: Vec<String> = match self.shell {
            Shell::Bash | Shell::Fish => self.words.iter().map(|word| words::unquote(word)).collect(),
            _ => self.words.clone(),
        };
        let Some((last, before)) = words.split_last() else { return Next::default() };
        let (tell, told) = mpsc::channel();
        let mut tree = Cli::command().ignore_errors(true);
        tree.build();
        let mut tree = watched(tree, &tell);
        // Of `-` alone the engine makes short options, in place of the long ones of the same name.
        let asked = if last == "-" { "--" } else { last };
        let line = before.iter().map(String::as_str).chain([asked]).map(OsString::from).collect();
        let found = engine::complete(&mut tree, line, before.len(), None).unwrap_or_default();
        match tree.try_get_matches_from_mut(before) {
            Ok(matches) => next(&tree, &matches, last.clone(), &found, told.try_recv().ok()),
            Err(_) => Next::default(),
        }
    }
}

/// The tree with arguments that tell what value is due, and take any: a line that would be refused
/// has words that come next, too.
fn watched(tree: Command, tell: &Sender<Values>) -> Command {
    tree.mut_args(|arg| match arg.get_action() {
        ArgAction::Help | ArgAction::Version => arg.action(ArgAction::SetTrue).global(false),
        action if action.takes_values() && arg.get_possible_values().is_empty() => {
            let completer = completer(values::of(&arg), tell.clone());
            arg.value_parser(ValueParser::os_string()).add(completer)
        }
        _ => arg,
    })
    .mut_subcommands(|child| watched(child, tell))
}

/// Offers the forms of a value, and tells what is due in its place or behind its form.
fn completer((values, forms): (Values, &'static [Form]), tell: Sender<Values>) -> ArgValueCompleter {
    ArgValueCompleter::new(move |typed: &OsStr| {
        let typed = typed.to_string_lossy();
        let open = |(form, ..): &&Form| form.ends_with([':', '@']) && typed.starts_with(form);
        let (form, _, values) = forms.iter().find(open).copied().unwrap_or(("", "", values));
        let here = tell.send(values).is_ok().then(|| CompletionCandidate::new(format!("{form}{HERE}")));
        let fitting = forms.iter().filter(|(word, ..)| form.is_empty() && word.starts_with(&*typed));
        let words =
            fitting.map(|(word, about, _)| CompletionCandidate::new(*word).help(Some((*about).into())));
        words.chain(here).collect()
    })
}

/// What the engine has `found` for the unfinished `word`, without the options that cannot follow.
fn next(
    tree: &Command,
    matches: &ArgMatches,
    word: String,
    found: &[CompletionCandidate],
    values: Option<Values>,
) -> Next {
    let (mut command, mut matches, mut path) = (tree, matches, Vec::new());
    while let Some((name, below)) = matches.subcommand()
        && let Some(child) = command.find_subcommand(name)
    {
        (command, matches) = (child, below);
        path.push(child.get_name());
    }
    let path = path.join(" ");
    let is_typed = |arg: &&Arg| matches.value_source(arg.get_id().as_str()) == Some(ValueSource::CommandLine);
    let seen: Vec<&Arg> = command.get_arguments().filter(is_typed).collect();
    let given: Vec<String> =
        seen.iter().filter(|arg| arg.is_positional()).flat_map(|arg| typed(matches, arg)).collect();

    let (mut fixed, mut options, mut due) = (Vec::new(), Vec::new(), None);
    for one in found.iter().filter(|one| !one.is_hide_set()) {
        let value = one.get_value().to_string_lossy().into_owned();
        let about = one.get_help().map(ToString::to_string).unwrap_or_default();
        match one.get_id().and_then(|id| id.split_once("::")) {
            Some(("arg", id)) => {
                let arg = command.get_arguments().find(|arg| arg.get_id() == id);
                options.extend(arg.map(|arg| (arg, Candidate { value, about })));
            }
            // Of a command and its aliases the engine takes the shortest.
            Some((_, name)) if name.starts_with(&word) => {
                fixed.push(Candidate { value: name.to_owned(), about });
            }
            _ => match value.strip_suffix(HERE) {
                Some(prefix) => due = Some(prefix.to_owned()),
                None => fixed.push(Candidate { value, about }),
            },
        }
    }
    let global = global(&seen, matches);
    let is_option = word.starts_with('-') && !options.is_empty();
    if is_option || (fixed.is_empty() && due.is_none()) {
        let is_due = |arg: &Arg| (is_option || !arg.is_global_set()) && is_open(command, arg, &seen);
        let open = options.into_iter().filter(|(arg, one)| one.value.starts_with("--") && is_due(arg));
        let fixed = open.map(|(_, one)| one).collect();
        return Next { word, fixed, command: path, given, global, ..Next::default() };
    }
    let (values, prefix) = (values.unwrap_or_default(), due.unwrap_or_default());
    Next { word, fixed, values, prefix, command: path, given, global }
}

fn typed(matches: &ArgMatches, arg: &Arg) -> Vec<String> {
    let raw = matches.get_raw(arg.get_id().as_str()).into_iter().flatten();
    raw.map(|value| value.to_string_lossy().into_owned()).collect()
}

/// Whether `arg` can be given beside those that were.
fn is_open(command: &Command, arg: &Arg, seen: &[&Arg]) -> bool {
    let excludes = |one: &Arg, other: &Arg| {
        command.get_arg_conflicts_with(one).iter().any(|arg| arg.get_id() == other.get_id())
    };
    matches!(arg.get_action(), ArgAction::Append | ArgAction::Count)
        || seen.iter().all(|one| one.get_id() != arg.get_id() && !excludes(arg, one) && !excludes(one, arg))
}

/// The options of every command among those that were given.
fn global(seen: &[&Arg], matches: &ArgMatches) -> Option<GlobalArgs> {
    let words = seen.iter().filter(|arg| arg.is_global_set()).flat_map(|arg| {
        let long = format!("--{}", arg.get_long().unwrap_or_default());
        if arg.get_action().takes_values() {
            typed(matches, arg).iter().map(|value| format!("{long}={value}")).collect()
        } else {
            vec![long]
        }
    });
    let line = ["ankra".to_owned()].into_iter().chain(words).chain(["status".to_owned()]);
    Cli::try_parse_from(line).ok().map(|cli| cli.global)
}

#[cfg(test)]
mod tests;
