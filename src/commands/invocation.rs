//! The maker of every command line that a hint, a note or a question prints.

use std::{cell::RefCell, ffi::OsString};

use crate::{
    cli::GlobalArgs,
    error::{Error, Run},
    platform::BaseUrl,
};

/// The global flags as they were given: a command that is run as printed acts in the same place.
#[derive(Clone, Debug, Default)]
pub struct Invocation {
    flags: Vec<(&'static str, Option<String>)>,
    /// What was typed behind the program's name.
    words: Vec<String>,
    /// The arguments that would have made questions needless.
    asked: RefCell<Vec<String>>,
    /// Those of them that would be taken for flags.
    behind: RefCell<Vec<String>>,
}

impl Invocation {
    /// Remembers the flags that say where a command acts. Variables of the environment stay in force
    /// by themselves, and an address that cannot be used is left out: it may hold a password.
    pub fn new(global: &GlobalArgs, args: &[OsString]) -> Self {
        let flags = [
            ("--org", global.org.as_ref().map(ToString::to_string)),
            ("--profile", global.profile.as_ref().map(|profile| profile.0.clone())),
            ("--base-url", global.base_url.clone().filter(|url| url.parse::<BaseUrl>().is_ok())),
            ("--config", global.config.as_ref().and_then(|path| path.to_str()).map(str::to_owned)),
        ];
        let mut flags: Vec<_> = flags.into_iter().filter(|(_, value)| value.is_some()).collect();
        if global.sandbox {
            flags.push(("--sandbox", None));
        }
        let words = args.iter().skip(1).map(|word| word.to_string_lossy().into_owned()).collect();
        Self { flags, words, asked: RefCell::default(), behind: RefCell::default() }
    }

    /// Whether the global flag was given.
    pub fn has(&self, flag: &str) -> bool {
        self.flags.iter().any(|(given, _)| *given == flag)
    }

    /// Has every line that is printed from now on mean this profile.
    pub fn use_profile(&mut self, name: &str) {
        self.flags.retain(|(flag, _)| *flag != "--profile");
        self.flags.push(("--profile", Some(name.to_owned())));
    }

    /// Remembers that a person was asked for the value of `flag`; without a flag, for an argument. A secret is
    /// named by a source. What looks like a flag and is none stands behind `--`.
    pub fn asked(&self, flag: &str, value: &str) {
        if flag.is_empty() && value.starts_with('-') {
            self.behind.borrow_mut().push(value.to_owned());
            return;
        }
        let words = [flag, value].into_iter().filter(|word| !word.is_empty());
        self.asked.borrow_mut().extend(words.map(str::to_owned));
    }

    /// The line that does the same without a question, if there was one: what was typed, and what was asked.
    pub fn again(&self) -> Option<String> {
        let asked = self.asked.borrow();
        if asked.is_empty() && self.behind.borrow().is_empty() {
            return None;
        }
        Some(self.answered(asked.iter().cloned()).line([]))
    }

    /// The same command line with `value` for `flag` in place of any other. What a person was asked for is
    /// in it, but for secrets, which are asked for again.
    pub fn repeated(&self, flag: &str, value: &str) -> Run {
        let asked = self.asked.borrow();
        let mut answers: Vec<String> = Vec::new();
        let mut pairs = asked.iter().peekable();
        while let Some(word) = pairs.next() {
            if word == flag || word.starts_with("--") && word.ends_with("-from") {
                pairs.next();
            } else {
                answers.push(word.clone());
            }
        }
        let with = [flag, value].map(str::to_owned);
        Self { words: without(&self.words, flag), behind: self.behind.clone(), ..Self::default() }
            .answered(answers.into_iter().chain(with))
    }

    /// What was typed, with `answers` in place of what asks for them.
    fn answered(&self, answers: impl Iterator<Item = String>) -> Run {
        let answers: Vec<String> = answers.collect();
        let (mut before, mut behind) = (Vec::new(), Vec::new());
        let mut words = self.words.iter().peekable();
        while let Some(word) = words.next() {
            let is_prompt = word.ends_with("-from") && words.peek().is_some_and(|next| *next == "prompt");
            if word == "--" {
                behind.extend(words.by_ref().cloned());
            } else if is_prompt {
                words.next();
            } else {
                let answers_it = |answer: &String| {
                    let rest = answer.strip_prefix(word.as_str());
                    rest.is_some_and(|rest| rest.is_empty() || rest == "-from" || rest.starts_with('='))
                };
                let is_answered = word.starts_with('-') && answers.iter().any(answers_it);
                if !is_answered && !word.ends_with("-from=prompt") {
                    before.push(word.clone());
                }
            }
        }
        behind.extend(self.behind.borrow().iter().cloned());
        let end = Some("--".to_owned()).filter(|_| !behind.is_empty());
        Run::typed(before.into_iter().chain(answers).chain(end).chain(behind).collect())
    }

    /// The line that runs `run` in the same place, quoted for a shell.
    pub fn line(&self, run: &Run) -> String {
        // Nobody signs in to the sandbox, and a choice for later commands is none for this one.
        let is_fit = |flag: &str| {
            !(run.has(flag)
                || flag == "--sandbox" && run.is_of("login")
                || flag == "--org" && run.is_of("org use"))
        };
        let flags = self.flags.iter().filter(|(flag, _)| is_fit(flag));
        run.line(flags.flat_map(|(flag, value)| [Some(*flag), value.as_deref()]).flatten())
    }

    /// `error`, with the command lines of its hints as [`Self::line`] writes them.
    pub fn spell(&self, error: Error) -> Error {
        let hints: Vec<_> = error.hints().iter().map(|hint| hint.spelled(|run| self.line(run))).collect();
        error.with_hints(hints)
    }
}

/// `words` without `flag` and its value.
fn without(words: &[String], flag: &str) -> Vec<String> {
    let (mut kept, mut words) = (Vec::new(), words.iter().peekable());
    while let Some(word) = words.next() {
        if word == "--" {
            kept.push(word.clone());
            kept.extend(words.by_ref().cloned());
        } else if word == flag {
            // The flag may stand without its value.
            words.next_if(|next| !next.starts_with('-'));
        } else if !word.strip_prefix(flag).is_some_and(|rest| rest.starts_with('=')) {
            kept.push(word.clone());
        }
    }
    kept
}

#[cfg(test)]
mod tests {
    use super::Invocation;

    #[test]
    fn h101_a_command_is_repeated_with_one_option_more_or_another() {
        let repeated = |typed: &str, asked: &[(&str, &str)]| {
            let words = typed.split(' ').map(str::to_owned).collect();
            let invocation = Invocation { words, ..Invocation::default() };
            for (flag, value) in asked {
                invocation.asked(flag, value);
            }
            invocation.line(&invocation.repeated("--url", "b"))
        };
        for (typed, asked, line) in [
            ("a -v --org x", &[][..], "ankra a -v --org x --url b"),
            ("a --url -v", &[], "ankra a -v --url b"),
            ("--org x a --url=a -v", &[], "ankra --org x a -v --url b"),
            ("a --url a -- n", &[], "ankra a --url b -- n"),
            (
                "a",
                &[("--url", "a"), ("--user", "n m"), ("--p-from", "SOURCE")],
                "ankra a --user 'n m' --url b",
            ),
        ] {
            assert_eq!(repeated(typed, asked), line);
        }
    }

    #[test]
    fn the_line_that_asks_nothing_has_what_was_typed_and_what_was_asked() {
        let again = |typed: &str, asked: &[(&str, &str)]| {
            let words = typed.split(' ').map(str::to_owned).collect();
            let invocation = Invocation { words, ..Invocation::default() };
            for (flag, value) in asked {
                invocation.asked(flag, value);
            }
            invocation.again()
        };
        assert_eq!(again("status", &[]), None);
        for (typed, asked, line) in [
            ("a --org x", &[("--name", "n")][..], "ankra a --org x --name n"),
            (
                "a",
                &[("--token-id", "u@pve!t"), ("--t-from", "SOURCE")],
                "ankra a --token-id 'u@pve!t' --t-from SOURCE",
            ),
            ("a --t-from prompt -v", &[("--t-from", "SOURCE")], "ankra a -v --t-from SOURCE"),
            ("a --t-from=prompt", &[("--t-from", "SOURCE")], "ankra a --t-from SOURCE"),
            ("a --passphrase", &[("--passphrase-from", "SOURCE")], "ankra a --passphrase-from SOURCE"),
            ("a --from-docker", &[("--from-docker", "b.io")], "ankra a --from-docker b.io"),
            ("a --from-docker", &[("--from-docker=-x", "")], "ankra a --from-docker=-x"),
            ("get -- ", &[("", "x; y")], "ankra get 'x; y' -- ''"),
            ("get", &[("", "--org=evil")], "ankra get -- --org=evil"),
            ("a registry create", &[("--name", "registry")], "ankra a registry create --name registry"),
        ] {
            assert_eq!(again(typed, asked).as_deref(), Some(line));
        }
    }
}
