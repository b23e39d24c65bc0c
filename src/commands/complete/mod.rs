//! Answers a completion script: one candidate a line, or nothing. Never an error, never a question,
//! never later than a person waits.
//!
//! A line is `VALUE` for bash and `VALUE<TAB>DESCRIPTION` for the others, whose own matching decides
//! what fits; `:files N` leaves the word behind its first N characters to the shell's own completion
//! of file names. Whatever a platform calls its things, a value has letters, digits and `._:=@/,-`
//! alone, and means nothing to any shell.

mod live;

use std::{fmt::Write, time::Instant};

use super::{
    import,
    records::{CredentialView, OrganisationView, ProfileView, SshKeyView, TokenView},
    registry,
};
use crate::{
    cli::{Candidate, Next, Shell, Unfinished, Values},
    output::{Column, Output, Record as _, Sieve},
    providers::{ALL, Import},
    settings::Environment,
};

/// The largest number of candidates.
const MOST: usize = 5_000;

/// How wide a description gets.
const WIDTH: usize = 72;

/// Answers `asked`, which came at `started`.
pub fn complete(output: &Output, asked: &Unfinished, started: Instant) {
    let next = asked.next();
    let found = match next.values {
        Values::Nothing => Vec::new(),
        Values::Files => {
            // Whoever no longer reads the answer needs none.
            let _ = output.raw(format!(":files {}\n", next.prefix.len()).as_bytes());
            return;
        }
        Values::Columns => {
            let columns = columns(&next.command).iter();
            columns.map(|column| Candidate { value: column.word(), about: String::new() }).collect()
        }
        Values::Variables => {
            let mut names = Environment::names();
            names.sort_unstable();
            names.into_iter().map(|value| Candidate { value, about: "environment variable".into() }).collect()
        }
        Values::Logins => {
            let about =
                |user: Option<String>| user.map(|user| format!("login of {user}")).unwrap_or_default();
            let known = registry::known_logins().into_iter();
            known.map(|(host, user)| Candidate { value: host.to_string(), about: about(user) }).collect()
        }
        Values::Entries(flag) => {
            let imports = ALL.iter().filter_map(|provider| provider.import);
            let import = imports.into_iter().find(|import| import.flag == flag);
            let about = |import: &Import| format!("{} of {}", import.entry, import.tool);
            import.map_or_else(Vec::new, |import| {
                let known = import::known(import).into_iter();
                known.map(|value| Candidate { value, about: about(import) }).collect()
            })
        }
        Values::Credentials(_)
        | Values::Organisations
        | Values::Profiles
        | Values::Providers
        | Values::Tokens => live::values(&next, started),
    };
    let _ = output.raw(answer(next, found, asked.shell).as_bytes());
}

/// The columns of what a command lists.
fn columns(command: &str) -> &'static [Column] {
    match command {
        "org list" => OrganisationView::COLUMNS,
        "profile list" => ProfileView::COLUMNS,
        "token list" => TokenView::COLUMNS,
        "credentials registry presets" => registry::PresetView::COLUMNS,
        _ if command.ends_with("ssh-key list") => SshKeyView::COLUMNS,
        _ => CredentialView::COLUMNS,
    }
}

/// The words that the command tree knows, and the values that were `found`.
fn answer(next: Next, found: Vec<Candidate>, shell: Shell) -> String {
    let Next { fixed, prefix, word, given, .. } = next;
    let new = found.into_iter().filter(|one| !given.contains(&one.value));
    let values = new.map(|one| Candidate { value: prefix.clone() + &one.value, ..one });
    let (whole, short) = (Sieve::new(None), Sieve::new(Some(WIDTH)));
    let fits = |one: &Candidate| {
        (shell != Shell::Bash || one.value.starts_with(&word))
            && is_inert(&one.value)
            && whole.text(&one.value) == one.value
    };
    let mut text = String::new();
    for Candidate { value, about } in fixed.into_iter().chain(values).filter(fits).take(MOST) {
        let written = if shell == Shell::Bash || about.is_empty() {
            writeln!(text, "{value}")
        } else {
            writeln!(text, "{value}\t{}", short.text(&about))
        };
        debug_assert!(written.is_ok(), "a string takes every text");
    }
    text
}

/// Whether every shell takes it for a plain word.
fn is_inert(value: &str) -> bool {
    !value.is_empty() && value.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"._:=@/,-".contains(&byte))
}

#[cfg(test)]
mod tests {
    use super::{Candidate, Next, Shell, answer};

    fn candidate(value: &str, about: &str) -> Candidate {
        Candidate { value: value.into(), about: about.into() }
    }

    fn answered(found: &[Candidate], shell: Shell) -> String {
        answer(Next::default(), found.to_vec(), shell)
    }

    #[test]
    fn what_a_shell_could_take_for_more_than_a_word_is_left_out() {
        let values =
            ["$(id)", ";", "a b", "a\nb", "a\tb", "'", "\"", "`id`", "*", "~", "{a,b}", "!x", "#", "é", ""];
        for value in values {
            for shell in [Shell::Bash, Shell::Zsh, Shell::Fish] {
                assert_eq!(answered(&[candidate(value, "x")], shell), "", "{value:?}");
            }
        }
    }

    #[test]
    fn descriptions_are_one_line_and_cannot_act_on_a_terminal() {
        let hostile = candidate("a", "b\n:files 0\tc\u{1b}[2J\u{202e}");
        assert_eq!(answered(&[hostile], Shell::Zsh), "a\tb\\n:files 0\\tc\\u{1b}[2J\\u{202e}\n");
        let long = answered(&[candidate("a", &"x".repeat(1000))], Shell::Fish);
        assert!(long.chars().count() < 80, "{long}");
    }

    #[test]
    fn bash_gets_what_fits_and_the_others_decide_themselves() {
        let all = vec![candidate("ab", "1"), candidate("b", "2")];
        let next = || Next { prefix: "--x=".into(), word: "--x=a".into(), ..Next::default() };
        assert_eq!(answer(next(), all.clone(), Shell::Bash), "--x=ab\n");
        assert_eq!(answer(next(), all.clone(), Shell::Fish), "--x=ab\t1\n--x=b\t2\n");
        let next = Next { given: vec!["ab".into()], ..Next::default() };
        assert_eq!(answer(next, all, Shell::Bash), "b\n");
    }
}
