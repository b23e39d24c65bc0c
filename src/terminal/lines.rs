//! Questions answered by a visible line.

use std::{borrow::Cow, io::Read};

use dialoguer::theme::{SimpleTheme, Theme};

use super::guard::{Guard, Mode, TRIES, failed, unanswered, unusable};
use crate::error::{Error, Result};

/// More than a terminal takes as one line.
const LONGEST: usize = 16 * 1024;

pub(super) fn ask_text<T>(label: &str, mut take: impl FnMut(&str) -> Result<T>) -> Result<T> {
    let guard = Guard::enter(Mode::Line)?;
    let question = drawn(|out| SimpleTheme.format_input_prompt(out, label, None));
    let answer = ask(&guard, &question, |text| match text {
        Some("") => Err("nothing was given".into()),
        Some(text) => take(text).map_err(|refusal| refusal.causes().join(": ").into()),
        None => Err("the answer is not plain text".into()),
    })?;
    answer.ok_or_else(|| unanswered(label))?.map_err(|why| unusable(label).cause(why))
}

pub(super) fn confirm(question: &str) -> Result<bool> {
    let guard = Guard::enter(Mode::Line)?;
    let question = drawn(|out| SimpleTheme.format_confirm_prompt(out, question, Some(false)));
    let answer = ask(&guard, &question, |text| text.and_then(yes_or_no).ok_or("answer y or n".into()))?;
    Ok(answer.is_some_and(|answer| answer == Ok(true)))
}

/// Asks until `read` takes the answer, which is `None` where it is not plain text, or has refused
/// [`TRIES`] of them: then the inner error is its last reason. `None`: the person gave no answer.
pub(super) fn ask<T>(
    guard: &Guard,
    question: &str,
    mut read: impl FnMut(Option<&str>) -> Result<T, Cow<'static, str>>,
) -> Result<Option<Result<T, Cow<'static, str>>>> {
    let mut last = Cow::Borrowed("");
    for _ in 0..TRIES {
        guard.prompt(question)?;
        let Some(line) = read_line(guard)? else {
            guard.show("\n")?;
            return Ok(None);
        };
        match read(plain(&line)) {
            Ok(answer) => {
                guard.drop_rest()?;
                return Ok(Some(Ok(answer)));
            }
            Err(why) => last = why,
        }
        guard.tell(&format!("{last}\n"))?;
    }
    Ok(Some(Err(last)))
}

fn yes_or_no(text: &str) -> Option<bool> {
    match text.to_ascii_lowercase().as_str() {
        "y" | "yes" => Some(true),
        "" | "n" | "no" | "q" => Some(false),
        _ => None,
    }
}

/// What a theme of dialoguer writes. A `String` takes everything.
pub(super) fn drawn(draw: impl FnOnce(&mut String) -> std::fmt::Result) -> String {
    let mut text = String::new();
    let _ = draw(&mut text);
    text
}

/// One line without its end; `None` if the person ended it with ^D, or the terminal is gone.
fn read_line(guard: &Guard) -> Result<Option<Vec<u8>>> {
    let mut input = guard.input();
    let mut line = Vec::new();
    let mut chunk = [0; 4096];
    while line.len() < LONGEST {
        let count = input.read(&mut chunk).map_err(failed)?;
        if count == 0 {
            return Ok(None);
        }
        if input.was_resumed() {
            line.clear();
        }
        line.extend_from_slice(&chunk[..count]);
        if line.last() == Some(&b'\n') {
            line.pop();
            return Ok(Some(line));
        }
    }
    Err(Error::usage("the answer is too long"))
}

/// The text of a line, without blanks around it and marks of bracketed paste; `None` if it holds
/// control characters or is not UTF-8.
fn plain(line: &[u8]) -> Option<&str> {
    let text = std::str::from_utf8(line).ok()?.trim();
    let text = text.strip_prefix("\x1b[200~").unwrap_or(text);
    let text = text.strip_suffix("\x1b[201~").unwrap_or(text).trim();
    (!text.chars().any(char::is_control)).then_some(text)
}
