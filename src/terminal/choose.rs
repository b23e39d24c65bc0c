//! Lets a person choose one of several.

use std::{
    fmt::Write,
    io::{ErrorKind, Read},
    ops::Range,
};

use dialoguer::theme::{SimpleTheme, Theme};
use unicode_width::UnicodeWidthChar;

use super::{
    guard::{Guard, Input, Mode, failed, unanswered, unusable},
    lines::{ask, drawn},
};
use crate::{
    error::{Error, Result},
    process::{is_dumb, is_read_aloud},
};

/// What keys send; some terminals send other bytes for them.
const UP: &[u8] = b"\x1b[A";
const DOWN: &[u8] = b"\x1b[B";
const HOME: &[u8] = b"\x1b[H";
const END: &[u8] = b"\x1b[F";
const ESC: &[u8] = b"\x1b";
const CTRL_D: &[u8] = b"\x04";

/// How many choices are listed with their numbers.
const LISTED: usize = 100;

pub(super) fn choose(question: &str, choices: &[String]) -> Result<usize> {
    if choices.is_empty() {
        return Err(Error::usage(format!("there is nothing to choose from for {question}")));
    }
    if is_dumb() || is_read_aloud() { by_number(question, choices) } else { by_arrows(question, choices) }
}

/// For terminals that cannot move their cursor, and for people who hear each line once.
fn by_number(question: &str, choices: &[String]) -> Result<usize> {
    let guard = Guard::enter(Mode::Line)?;
    guard.tell(&drawn(|out| {
        SimpleTheme.format_select_prompt(out, question)?;
        let listed = choices.iter().zip(1..).take(LISTED);
        listed.into_iter().try_for_each(|(choice, number)| write!(out, "\n  {number}) {choice}"))?;
        if choices.len() > LISTED {
            write!(out, "\n  and {} more", choices.len() - LISTED)?;
        }
        writeln!(out)
    }))?;
    let answer = ask(&guard, &format!("number (1-{}): ", choices.len()), |text| match text {
        Some("q") => Ok(None),
        text => match text.and_then(|text| text.parse::<usize>().ok()) {
            Some(number) if (1..=choices.len()).contains(&number) => Ok(Some(number - 1)),
            _ => Err("give one of the numbers, or q to leave".into()),
        },
    })?;
    match answer {
        Some(Ok(Some(chosen))) => Ok(chosen),
        None | Some(Ok(None)) => Err(unanswered(question)),
        Some(Err(_)) => Err(unusable(question)),
    }
}

fn by_arrows(question: &str, choices: &[String]) -> Result<usize> {
    let guard = Guard::enter(Mode::Hidden)?;
    guard.hide_cursor()?;
    let (columns, rows) = guard.size();
    let mut list = List { question, choices, chosen: 0, columns, rows };
    let mut keys = Keys { input: guard.input(), pending: Vec::new() };
    let mut clear = String::new();
    let chosen = loop {
        let (text, lines) = list.draw();
        guard.show(&clear)?;
        guard.prompt(&text)?;
        clear = format!("\x1b[{lines}A\x1b[J");
        match &*keys.next()? {
            UP | b"\x1bOA" | b"k" => list.chosen = list.chosen.checked_sub(1).unwrap_or(choices.len() - 1),
            DOWN | b"\x1bOB" | b"j" | b"\t" => list.chosen = (list.chosen + 1) % choices.len(),
            HOME | b"\x1bOH" | b"\x1b[1~" => list.chosen = 0,
            END | b"\x1bOF" | b"\x1b[4~" => list.chosen = choices.len() - 1,
            b"\r" | b"\n" => break Some(list.chosen),
            ESC | b"q" | CTRL_D => break None,
            _ => {}
        }
    };
    let answer = chosen.map_or("none", |chosen| &choices[chosen]);
    let answer = drawn(|out| SimpleTheme.format_select_prompt_selection(out, question, answer));
    guard.show(&clear)?;
    guard.tell(&format!("{answer}\n"))?;
    guard.drop_rest()?;
    chosen.ok_or_else(|| unanswered(question))
}

struct List<'a> {
    question: &'a str,
    choices: &'a [String],
    chosen: usize,
    columns: usize,
    rows: usize,
}

impl List<'_> {
    /// The text of the list, and how many lines it takes on the screen.
    fn draw(&self) -> (String, usize) {
        let seen = self.seen();
        let lines = seen.len() + 1;
        let mut text = self.line(|out| SimpleTheme.format_select_prompt(out, self.question));
        for index in seen {
            let active = index == self.chosen;
            text +=
                &self.line(|out| SimpleTheme.format_select_prompt_item(out, &self.choices[index], active));
        }
        (text, lines)
    }

    /// The choices that fit the screen, the chosen one among them.
    fn seen(&self) -> Range<usize> {
        let room = self.rows.saturating_sub(2).max(1);
        let page = self.chosen / room * room;
        page..(page + room).min(self.choices.len())
    }

    /// A line that the terminal does not break: a broken one could not be drawn over.
    fn line(&self, draw: impl FnOnce(&mut String) -> std::fmt::Result) -> String {
        format!("{}\n", fitted(&drawn(draw), self.columns.saturating_sub(1)))
    }
}

/// As much of `text` as fits into `columns`.
fn fitted(text: &str, columns: usize) -> String {
    let mut room = columns;
    let fits = |c: &char| {
        let left = c.width().and_then(|width| room.checked_sub(width));
        room = left.unwrap_or_default();
        left.is_some()
    };
    text.chars().take_while(fits).collect()
}

/// The keys that are pressed, taken apart: several may arrive at once.
struct Keys {
    input: Input,
    pending: Vec<u8>,
}

impl Keys {
    fn next(&mut self) -> Result<Vec<u8>> {
        if self.pending.is_empty() {
            let mut bytes = [0; 64];
            let count = self.input.read(&mut bytes).map_err(failed)?;
            if count == 0 {
                return Err(failed(ErrorKind::UnexpectedEof));
            }
            self.pending.extend_from_slice(&bytes[..count]);
        }
        // What a key sends arrives in one piece: ESC with nothing behind it is the key Esc.
        let length = match self.pending.as_slice() {
            [0x1b, b'[' | b'O', rest @ ..] => {
                let end = rest.iter().position(|byte| (0x40..=0x7e).contains(byte));
                end.map_or(self.pending.len(), |end| end + 3)
            }
            _ => 1,
        };
        Ok(self.pending.drain(..length).collect())
    }
}

#[cfg(test)]
mod tests {
    use super::{List, fitted};

    #[test]
    fn h50_lines_fit_any_width() {
        for (columns, shown) in [(0, ""), (1, "a"), (2, "a"), (3, "a\u{4e2d}"), (80, "a\u{4e2d}b")] {
            assert_eq!(fitted("a\u{4e2d}b", columns), shown);
        }
        assert_eq!(fitted("a\u{1b}b", 80), "a", "nothing behind a control character is drawn");
    }

    #[test]
    fn h50_a_long_list_shows_the_page_of_the_chosen_one() {
        let choices: Vec<String> = (0..10).map(|n| format!("choice-{n}")).collect();
        let list =
            |chosen, rows| List { question: "Which one", choices: &choices, chosen, columns: 20, rows };
        assert_eq!(list(0, 24).seen(), 0..10);
        assert_eq!(list(5, 6).seen(), 4..8);
        assert_eq!(list(9, 6).seen(), 8..10);
        assert_eq!(list(9, 0).seen(), 9..10);
        let (text, lines) = list(9, 6).draw();
        assert_eq!((text.as_str(), lines), ("Which one:\n  choice-8\n> choice-9\n", 3));
    }
}
