//! Follows the words of a line through the command tree.

use clap::{Arg, ArgAction, Command, CommandFactory, builder::PossibleValue};

use super::{Candidate, Next, table, table::Values};
use crate::cli::Cli;

/// The forms that a secret's source has.
const SOURCES: [(&str, &str); 6] = [
    ("prompt", "ask on the terminal"),
    ("stdin", "read standard input"),
    ("file:", "read a file"),
    ("env:", "take an environment variable"),
    ("command:", "run a command"),
    ("fd:", "read an open descriptor"),
];

/// Where the walk stands.
struct Walk<'a> {
    command: &'a Command,
    path: String,
    /// The arguments that were given.
    seen: Vec<&'a Arg>,
    /// The words that are neither options nor commands, of the present command.
    positionals: Vec<String>,
    /// The option whose value comes next.
    due: Option<&'a Arg>,
    /// After `--` nothing is an option.
    options_end: bool,
    /// The options of every command, as typed.
    global: Vec<String>,
}

/// What may come after `words`, the last of which is unfinished, and the options of every
/// command among them, in a form that the parser reads.
pub(super) fn walk(words: &[String]) -> (Next, Vec<String>) {
    let mut root = Cli::command();
    root.build();
    let Some((last, before)) = words.split_last() else { return (Next::default(), Vec::new()) };
    let mut walk = Walk {
        command: &root,
        path: String::new(),
        seen: Vec::new(),
        positionals: Vec::new(),
        due: None,
        options_end: false,
        global: Vec::new(),
    };
    before.iter().skip(1).for_each(|word| walk.step(word));
    let next = walk.next(last);
    (next, walk.global)
}

impl<'a> Walk<'a> {
    /// The arguments of the present command that are to be seen.
    fn arguments(&self) -> impl Iterator<Item = &'a Arg> + use<'a> {
        self.command.get_arguments().filter(|arg| !arg.is_hide_set())
    }

    fn long(&self, name: &str) -> Option<&'a Arg> {
        self.command.get_arguments().find(|arg| {
            arg.get_long() == Some(name) || arg.get_all_aliases().is_some_and(|all| all.contains(&name))
        })
    }

    fn short(&self, letter: char) -> Option<&'a Arg> {
        self.command.get_arguments().find(|arg| arg.get_short() == Some(letter))
    }

    fn step(&mut self, word: &str) {
        if let Some(arg) = self.due.take()
            && (arg.is_allow_hyphen_values_set() || !word.starts_with("--"))
        {
            self.value(arg, word);
            return;
        }
        if self.options_end || !word.starts_with('-') || word == "-" {
            self.plain(word);
        } else if word == "--" {
            self.options_end = true;
        } else if let Some(option) = word.strip_prefix("--") {
            let (name, value) = match option.split_once('=') {
                Some((name, value)) => (name, Some(value)),
                None => (option, None),
            };
            if let Some(arg) = self.long(name) {
                self.option(arg, value);
            }
        } else {
            let letters = &word[1..];
            for (at, letter) in letters.char_indices() {
                let Some(arg) = self.short(letter) else { return };
                let rest = &letters[at + letter.len_utf8()..];
                if arg.get_action().takes_values() && !rest.is_empty() {
                    self.option(arg, Some(rest.strip_prefix('=').unwrap_or(rest)));
                    return;
                }
                self.option(arg, None);
            }
        }
    }

    fn option(&mut self, arg: &'a Arg, value: Option<&str>) {
        if arg.get_action().takes_values() {
            if let Some(value) = value {
                self.value(arg, value);
                return;
            }
            if is_valueless_too(arg) {
                self.seen.push(arg);
            }
            self.due = Some(arg);
            return;
        }
        self.seen.push(arg);
        let asks_for_text = matches!(arg.get_action(), ArgAction::Help | ArgAction::Version);
        if let Some(long) = arg.get_long().filter(|_| arg.is_global_set() && !asks_for_text) {
            self.global.push(format!("--{long}"));
        }
    }

    fn value(&mut self, arg: &'a Arg, value: &str) {
        self.seen.push(arg);
        if let Some(long) = arg.get_long().filter(|_| arg.is_global_set()) {
            self.global.push(format!("--{long}={value}"));
        }
    }

    fn plain(&mut self, word: &str) {
        match self.command.find_subcommand(word).filter(|_| self.positionals.is_empty() && !self.options_end)
        {
            Some(child) => {
                self.command = child;
                let name = child.get_name();
                self.path =
                    if self.path.is_empty() { name.to_owned() } else { format!("{} {name}", self.path) };
            }
            None => self.positionals.push(word.to_owned()),
        }
    }

    fn next(&self, word: &str) -> Next {
        if let Some(arg) = self.due.filter(|arg| !(is_valueless_too(arg) && word.starts_with('-'))) {
            return self.value_of(arg, "", word);
        }
        if self.options_end || !word.starts_with('-') {
            return self.word(word);
        }
        if let Some((name, value)) = word.strip_prefix("--").and_then(|option| option.split_once('=')) {
            return match self.long(name).filter(|arg| arg.get_action().takes_values()) {
                Some(arg) => self.value_of(arg, &format!("--{name}="), value),
                None => Next::default(),
            };
        }
        if let Some((arg, at)) = self.glued(word) {
            return self.value_of(arg, &word[..at], &word[at..]);
        }
        Next { typed: word.to_owned(), fixed: self.options(|_| true), ..Next::default() }
    }

    /// The option whose value begins in the word itself, as in `-ojson` or `-qo=json`, and where.
    fn glued(&self, word: &str) -> Option<(&'a Arg, usize)> {
        let letters = word.strip_prefix('-').filter(|rest| !rest.starts_with('-'))?;
        for (at, letter) in letters.char_indices() {
            let arg = self.short(letter)?;
            let end = 1 + at + letter.len_utf8();
            if arg.get_action().takes_values() {
                let end = if word[end..].starts_with('=') { end + 1 } else { end };
                return (end < word.len() || word.ends_with('=')).then_some((arg, end));
            }
        }
        None
    }

    /// What can stand where no option is begun: commands, values, and where there is neither, options.
    fn word(&self, word: &str) -> Next {
        let all: Vec<&Arg> = self.command.get_positionals().collect();
        let at = self.positionals.len();
        let arg = all.get(at).or(all.last().filter(|arg| is_repeatable(arg))).copied();
        let mut next = match arg {
            Some(arg) => Next { given: self.positionals.clone(), ..self.value_of(arg, "", word) },
            None => Next { typed: word.to_owned(), ..Next::default() },
        };
        if self.positionals.is_empty() && !self.options_end {
            let commands = self.command.get_subcommands().filter(|child| !child.is_hide_set());
            next.fixed.extend(commands.map(|child| {
                Candidate::new(
                    child.get_name(),
                    child.get_about().map(ToString::to_string).unwrap_or_default(),
                )
            }));
        }
        let has_own = arg.is_none() && !self.command.has_subcommands() && !self.options_end;
        if has_own {
            next.fixed = self.options(|arg| !arg.is_global_set());
        }
        next
    }

    /// The options that can still be given.
    fn options(&self, which: impl Fn(&Arg) -> bool) -> Vec<Candidate> {
        let conflicts = |one: &'a Arg, other: &'a Arg| {
            self.command.get_arg_conflicts_with(one).iter().any(|arg| arg.get_id() == other.get_id())
        };
        let is_open = |arg: &&'a Arg| {
            is_repeatable(arg)
                || self.seen.iter().all(|seen| {
                    seen.get_id() != arg.get_id() && !conflicts(arg, seen) && !conflicts(seen, arg)
                })
        };
        let open = self.arguments().filter(|arg| which(arg)).filter(is_open);
        open.filter_map(|arg| {
            let help = arg.get_help().map(ToString::to_string).unwrap_or_default();
            Some(Candidate::new(format!("--{}", arg.get_long()?), help))
        })
        .collect()
    }

    fn value_of(&self, arg: &Arg, prefix: &str, typed: &str) -> Next {
        let mut next = Next { prefix: prefix.to_owned(), typed: typed.to_owned(), ..Next::default() };
        let known = arg.get_possible_values();
        if !known.is_empty() {
            let about = |value: &PossibleValue| value.get_help().map(ToString::to_string).unwrap_or_default();
            let shown = known.iter().filter(|value| !value.is_hide_set());
            next.fixed = shown.map(|value| Candidate::new(value.get_name(), about(value))).collect();
            return next;
        }
        let mut keep = |form: &str, values: Values| {
            if let Some(rest) = typed.strip_prefix(form) {
                next.prefix += form;
                rest.clone_into(&mut next.typed);
                next.values = values;
            }
        };
        match table::values(&self.path, arg).unwrap_or_default() {
            Values::Source if typed.contains(':') => {
                keep("file:", Values::Files);
                keep("env:", Values::Variables);
            }
            Values::Source => {
                next.fixed = SOURCES.iter().map(|(form, about)| Candidate::new(*form, *about)).collect();
            }
            Values::PublicKey if typed.is_empty() => {
                next.fixed =
                    vec![Candidate::new("@", "read a file"), Candidate::new("-", "read standard input")];
            }
            Values::PublicKey => keep("@", Values::Files),
            values => next.values = values,
        }
        next
    }
}

/// Whether an option may stand without its value.
fn is_valueless_too(arg: &Arg) -> bool {
    arg.get_num_args().is_some_and(|range| range.min_values() == 0)
}

fn is_repeatable(arg: &Arg) -> bool {
    matches!(arg.get_action(), ArgAction::Append | ArgAction::Count)
}
