//! Words of a command line that cannot be read, as they were typed.

use std::ffi::{OsStr, OsString};

use clap::{Arg, Command, CommandFactory, Parser};

use super::{Cli, GlobalArgs, help::built};
use crate::{error::Error, output::Format};

/// What editors and web pages make of a hyphen.
const DASHES: [char; 11] = [
    '\u{2010}', '\u{2011}', '\u{2012}', '\u{2013}', '\u{2014}', '\u{2015}', '\u{2212}', '\u{fe58}',
    '\u{fe63}', '\u{ff0d}', '\u{ad}',
];

/// Returns the words that may be commands or options, without the program's name.
pub(super) fn words(args: &[OsString]) -> impl Iterator<Item = &str> {
    args.iter().skip(1).take_while(|arg| *arg != "--").filter_map(|arg| arg.to_str())
}

/// Reads the options of every command among `args`, and leaves out those that cannot be read.
pub fn given(args: &[OsString]) -> Option<GlobalArgs> {
    let (root, words) = (Cli::command(), words(args).collect::<Vec<_>>());
    let read = |options: &[&str]| Cli::try_parse_from([&["ankra"], options, &["status"]].concat());
    let (mut taken, mut at) = (Vec::new(), 0);
    while let Some(word) = words.get(at) {
        at += 1;
        let Some(option) = root.get_arguments().find(|arg| is_of(arg, word)) else { continue };
        let mut one = vec![*word];
        if option.get_action().takes_values() && !word.contains('=') && is_whole(option, word) {
            one.extend(words.get(at));
            at += 1;
        }
        let more = [taken.clone(), one].concat();
        if read(&more).is_ok() {
            taken = more;
        }
    }
    read(&taken).ok().map(|cli| cli.global)
}

/// Tells whether `word` gives the option `arg`: `--org`, `--org=acme`, `-o`, `-ojson`.
fn is_of(arg: &Arg, word: &str) -> bool {
    match word.strip_prefix("--") {
        Some(long) => long.split('=').next().is_some_and(|name| arg.get_long() == Some(name)),
        None => word.strip_prefix('-').is_some_and(|rest| rest.chars().next() == arg.get_short()),
    }
}

/// Tells whether `word` holds the option alone, without its value.
fn is_whole(arg: &Arg, word: &str) -> bool {
    arg.get_long().is_some_and(|long| word.strip_prefix("--") == Some(long)) || word.chars().count() == 2
}

/// Tells whether `args` hold the option.
pub(super) fn has(args: &[OsString], arg: &Arg) -> bool {
    words(args).any(|word| is_of(arg, word))
}

/// Returns the word before `word`, if that is an option: what follows may be its value.
pub(super) fn option_before<'a>(args: &'a [OsString], word: &str) -> Option<&'a str> {
    let words: Vec<&str> = words(args).collect();
    let at = words.iter().position(|one| *one == word)?;
    at.checked_sub(1).map(|before| words[before]).filter(|before| before.starts_with('-'))
}

/// Returns the words behind `word`, up to the first option.
pub(super) fn after<'a>(args: &'a [OsString], word: &str) -> impl Iterator<Item = &'a str> {
    let word = word.to_owned();
    words(args).skip_while(move |one| *one != word).skip(1).take_while(|one| !one.starts_with('-'))
}

/// Refuses the first word that is an option but for its dashes. Such words are looked for before anything
/// is read: `-name` would be `-n ame`, and a long dash is a plain letter.
pub(super) fn wrong_dashes(args: &[OsString]) -> Option<Error> {
    let mut options = None;
    words(args).find_map(|word| {
        let bare = without_dashes(word);
        let dashes = &word[..word.len() - bare.len()];
        let name = bare.split('=').next().unwrap_or_default();
        let is_single = dashes == "-" && name.len() > 2 && !is_of_short_options(name);
        if dashes.is_ascii() && !is_single {
            return None;
        }
        let options = options.get_or_insert_with(|| option_names(&built()));
        if !options.iter().any(|option| option == name) {
            return None;
        }
        let hyphens = if name.chars().count() == 1 { "-" } else { "--" };
        Some(if dashes.is_ascii() {
            Error::usage(format!("-{name} is not an option")).hint(format!("type --{name}, with two hyphens"))
        } else {
            Error::usage(format!("the dash of {dashes}{name} is not a hyphen"))
                .hint(format!("type {hyphens}{name}"))
        })
    })
}

/// Returns what follows the dashes of any kind at the start of `word`.
pub(super) fn without_dashes(word: &str) -> &str {
    word.trim_start_matches(|c| c == '-' || DASHES.contains(&c))
}

/// Tells whether `word` begins with a dash that is not a hyphen.
pub(super) fn has_wrong_dash(word: &str) -> bool {
    word.starts_with(|c| DASHES.contains(&c))
}

/// Tells whether `-name` is plainly short options in one word: no tree is built for these.
fn is_of_short_options(name: &str) -> bool {
    let format = name.strip_prefix('o');
    name.bytes().all(|byte| b"hqvVy".contains(&byte))
        || format.is_some_and(|given| Format::NAMED.iter().any(|(format, _)| given == *format))
}

/// Collects the names of all options, the long and the short ones.
fn option_names(command: &Command) -> Vec<String> {
    let own = command.get_arguments().flat_map(|arg| {
        let long = arg.get_long_and_visible_aliases().unwrap_or_default();
        long.into_iter().map(str::to_owned).chain(arg.get_short().map(String::from))
    });
    own.chain(command.get_subcommands().flat_map(option_names)).collect()
}

/// Returns `args` without the first that is `word`.
pub(super) fn without_first(args: &[OsString], word: &str) -> Vec<OsString> {
    let at = args.iter().position(|arg| arg == OsStr::new(word));
    args.iter().enumerate().filter(|(place, _)| Some(*place) != at).map(|(_, arg)| arg.clone()).collect()
}

#[cfg(test)]
mod tests {
    use std::ffi::OsString;

    use super::{given, wrong_dashes};

    fn args(line: &str) -> Vec<OsString> {
        line.split(' ').map(OsString::from).collect()
    }

    #[test]
    fn options_are_found_on_a_line_that_cannot_be_read() {
        let line = "ankra --bogus --org acme credentials -qojson --sandbox lst --timeout x --no-input";
        let found = given(&args(line)).unwrap();
        assert_eq!(found.org.map(|org| org.to_string()).as_deref(), Some("acme"));
        assert!(found.sandbox && found.no_input && found.quiet && found.timeout.is_none());
        let last = given(&args("ankra --org a --org b -o -- --sandbox")).unwrap();
        assert!(last.org.is_some() && !last.sandbox);
    }

    #[test]
    fn an_option_is_known_by_its_name_whatever_its_dashes() {
        let told = |line| wrong_dashes(&args(line)).map(|error| error.hints()[0].to_string());
        for (line, hint) in [
            ("ankra credentials hetzner create \u{2014}name x", "type --name"),
            ("ankra credentials hetzner create -\u{2013}name=x", "type --name"),
            ("ankra \u{2212}o json", "type -o"),
            ("ankra credentials hetzner create -name x", "type --name, with two hyphens"),
            ("ankra -org=x status", "type --org, with two hyphens"),
        ] {
            assert_eq!(told(line).as_deref(), Some(hint), "{line}");
        }
        for line in
            ["ankra -vvv -ojson", "ankra get \u{2014}bogus", "ankra -- \u{2014}name", "ankra -nmy-name"]
        {
            assert_eq!(told(line), None, "{line}");
        }
    }
}
