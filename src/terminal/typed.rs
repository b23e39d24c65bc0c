//! What is typed or pasted as a hidden answer, made ready for rpassword, which edits it.
//!
//! rpassword ends an answer at a line break and passes over control characters. Those that a paste may hold
//! reach it as other characters, which [`restored`] puts back; any other becomes a [`MARK`].

use std::io::{self, ErrorKind, Read};

use unicode_width::UnicodeWidthChar;
use zeroize::Zeroizing;

use super::guard::Input;
use crate::secret::Secret;

/// Stands in an answer for a control character that edits nothing: no text holds this character.
pub(super) const MARK: char = '\u{fdd0}';
/// Stands for a line break within a paste.
const BREAK: char = '\u{fdda}';
/// Stands for a tab within a paste.
const TAB: char = '\u{fdd9}';

const END: u8 = 0x04;
const BACKSPACE: u8 = 0x08;
const CLEAR: u8 = 0x15;
const CLEAR_WORD: u8 = 0x17;
const ESCAPE: u8 = 0x1b;
const DELETE: u8 = 0x7f;

/// The most that the sequence of a key has between its first bytes and its last.
const LONGEST_KEY: usize = 16;
/// The longest line that is echoed.
const LONGEST_ECHO: usize = 4096;

/// The answer with the line breaks and tabs of a paste.
pub(super) fn restored(answer: Secret) -> Secret {
    if !answer.expose().contains([BREAK, TAB]) {
        return answer;
    }
    let mut text = String::with_capacity(answer.expose().len());
    text.extend(answer.expose().chars().map(|c| match c {
        BREAK => '\n',
        TAB => '\t',
        other => other,
    }));
    Secret::new(text)
}

/// Whether `answer` to the question for a path is no path but what a key file holds.
pub(super) fn is_contents(answer: &str) -> bool {
    answer.trim_end_matches([BREAK, '\n']).contains([BREAK, '\n'])
        || start(answer).starts_with('{')
        || start(answer).starts_with(PEM)
}

/// How every key in PEM form begins.
const PEM: &str = "-----BEGIN";

fn start(answer: &str) -> &str {
    answer.trim_start_matches([' ', '\'', '"', TAB, BREAK, '\t', '\n'])
}

/// Hands an answer to rpassword, with a [`MARK`] for each control character that edits nothing.
pub(super) struct Typed {
    input: Input,
    /// Between the marks that the terminal sets around a paste.
    in_paste: bool,
    /// What is to be read again, the next byte last.
    again: Vec<u8>,
    /// What rpassword gets next, from the last byte to the first.
    ready: Vec<u8>,
    echo: Option<Echo>,
}

impl Typed {
    /// `is_path`: the answer is echoed, unless it is [`is_contents`].
    pub(super) fn new(input: Input, is_path: bool) -> Self {
        let echo = is_path.then(Echo::default);
        Self { input, in_paste: false, again: Vec::new(), ready: Vec::new(), echo }
    }

    fn byte(&mut self) -> io::Result<u8> {
        if let Some(byte) = self.again.pop() {
            return Ok(byte);
        }
        let mut byte = [0];
        if self.input.read(&mut byte)? == 0 {
            // Not the kind that means the end of an answer to rpassword: half a secret is none.
            return Err(io::Error::new(ErrorKind::ConnectionAborted, "the terminal is gone"));
        }
        if self.input.was_resumed() {
            self.again.push(byte[0]);
            self.in_paste = false;
            if let Some(echo) = &mut self.echo {
                echo.shown.clear();
            }
            return Ok(CLEAR);
        }
        Ok(byte[0])
    }

    fn stand_in(&mut self, c: char) {
        self.ready.extend(c.encode_utf8(&mut [0; 4]).bytes().rev());
    }

    /// Makes the next character ready.
    fn character(&mut self) -> io::Result<()> {
        match self.byte()? {
            ESCAPE => self.key()?,
            b'\t' if self.in_paste => self.stand_in(TAB),
            b'\n' if self.in_paste => self.stand_in(BREAK),
            b'\r' if self.in_paste => {
                self.stand_in(BREAK);
                match self.byte()? {
                    b'\n' => {}
                    other => self.again.push(other),
                }
            }
            END if !self.in_paste => return Err(ErrorKind::Interrupted.into()),
            // The first byte of the upper control characters.
            0xc2 => match self.byte()? {
                0x80..=0x9f => self.stand_in(MARK),
                byte @ 0xa0..=0xbf => self.ready.extend([byte, 0xc2]),
                byte => {
                    self.again.push(byte);
                    self.stand_in(MARK);
                }
            },
            byte @ (CLEAR | b'\r' | b'\n' | BACKSPACE | CLEAR_WORD | DELETE) if !self.in_paste => {
                self.ready.push(byte);
            }
            // ^C comes as a byte only where the terminal has another key for it.
            0..0x20 | DELETE => self.stand_in(MARK),
            byte => self.ready.push(byte),
        }
        Ok(())
    }

    /// Heeds the marks of a paste, and passes over what other keys send. Anything else that begins with ESC
    /// is a control character like others.
    fn key(&mut self) -> io::Result<()> {
        let introducer = self.byte()?;
        if !matches!(introducer, b'[' | b'O') {
            self.again.push(introducer);
            self.stand_in(MARK);
            return Ok(());
        }
        let mut between = Zeroizing::new([0; LONGEST_KEY]);
        let mut count = 0;
        let last = loop {
            match self.byte()? {
                last @ 0x40..=0x7e => break Some(last),
                byte if byte < 0x20 || count == LONGEST_KEY => {
                    self.again.push(byte);
                    break None;
                }
                byte => {
                    between[count] = byte;
                    count += 1;
                }
            }
        };
        match (last, &between[..count]) {
            (Some(b'~'), b"201") => self.in_paste = false,
            (Some(b'~'), b"200") if !self.in_paste => self.in_paste = true,
            // Colours and the like end otherwise: no key sends them.
            (Some(b'A'..=b'I' | b'O'..=b'S' | b'Z' | b'u' | b'~'), _) if !self.in_paste => {}
            (Some(_), _) if introducer == b'O' && !self.in_paste => {}
            _ => self.stand_in(MARK),
        }
        Ok(())
    }
}

impl Read for Typed {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let Some(first) = buffer.first_mut() else { return Ok(0) };
        while self.ready.is_empty() {
            self.character()?;
            if let Some(echo) = &mut self.echo {
                self.ready.iter().rev().for_each(|byte| echo.take(*byte));
                if !self.in_paste {
                    self.input.show(&echo.draw())?;
                }
            }
        }
        *first = self.ready.pop().unwrap_or_default();
        Ok(1)
    }
}

/// A line as it is typed, and as much of it as is on the screen.
struct Echo {
    /// Never grows: it may be a key until its beginning is known.
    line: Zeroizing<Vec<u8>>,
    shown: String,
    is_off: bool,
}

impl Default for Echo {
    fn default() -> Self {
        let line = Zeroizing::new(Vec::with_capacity(LONGEST_ECHO));
        Self { line, shown: String::new(), is_off: false }
    }
}

impl Echo {
    /// Does to the line what rpassword does.
    fn take(&mut self, byte: u8) {
        match byte {
            CLEAR => {
                self.line.clear();
                self.is_off = false;
            }
            b'\r' | b'\n' => {}
            _ if self.is_off => {}
            BACKSPACE | DELETE => {
                let is_first = |byte: &u8| byte & 0xc0 != 0x80;
                let keep = self.line.iter().rposition(is_first).unwrap_or(0);
                self.line.truncate(keep);
            }
            CLEAR_WORD => {
                let words = self.line.trim_ascii_end();
                let keep = words.iter().rposition(|byte| *byte == b' ').map_or(0, |space| space + 1);
                self.line.truncate(keep);
            }
            byte if self.line.len() < LONGEST_ECHO => self.line.push(byte),
            _ => self.is_off = true,
        }
        if std::str::from_utf8(&self.line).is_ok_and(is_contents) {
            self.is_off = true;
        }
    }

    /// What makes the screen show the line, from what it shows.
    fn draw(&mut self) -> String {
        // What is too long may end within a character.
        let line = if self.is_off { Ok("") } else { std::str::from_utf8(&self.line) };
        let Ok(line) = line else { return String::new() };
        let is_hidden = !start(line).is_empty() && PEM.starts_with(start(line));
        let is_drawn = |c: &char| !matches!(*c, MARK..=BREAK) && c.width().is_some_and(|width| width > 0);
        let wanted: String = if is_hidden { "" } else { line }.chars().filter(is_drawn).collect();
        let same = self.shown.chars().zip(wanted.chars()).take_while(|(a, b)| a == b);
        let same: usize = same.map(|(c, _)| c.len_utf8()).sum();
        let columns: usize = self.shown[same..].chars().filter_map(UnicodeWidthChar::width).sum();
        let change = "\u{8} \u{8}".repeat(columns) + &wanted[same..];
        self.shown = wanted;
        change
    }
}

#[cfg(test)]
mod tests {
    use super::{BREAK, Echo, LONGEST_ECHO, MARK, TAB};

    /// What is on the screen after each of `typed`.
    fn screens(typed: &[&str]) -> Vec<String> {
        let mut echo = Echo::default();
        let screen = |text: &&str| {
            text.bytes().for_each(|byte| echo.take(byte));
            echo.draw();
            echo.shown.clone()
        };
        typed.iter().map(screen).collect()
    }

    #[test]
    fn h96_a_path_is_echoed_and_a_key_is_not() {
        assert_eq!(
            screens(&["k", "ey\u{e4}", "\u{7f}\u{8}", "\u{17}", "a b", "\u{17}"]),
            ["k", "key\u{e4}", "ke", "", "a b", "a "]
        );
        assert_eq!(screens(&["{", "\"type", "\u{15}", "x"]), ["", "", "", "x"]);
        assert_eq!(screens(&["-", "----BEGIN", " PRIVATE"]), ["", "", ""]);
        assert_eq!(screens(&["-", "x", "\u{7f}"]), ["", "-x", ""]);
        assert_eq!(screens(&[" '", "{"]), [" '", ""]);
        let (path, lines) = (format!("key.json{BREAK}"), format!("one{BREAK}two"));
        assert_eq!(screens(&[&path]), ["key.json"]);
        assert_eq!(screens(&[&lines]), [""]);
    }

    #[test]
    fn h96_a_line_longer_than_any_path_is_not_echoed() {
        let (mut echo, mut shown) = (Echo::default(), Vec::new());
        echo.line.resize(LONGEST_ECHO - 1, b'x');
        for typed in ["x", "x", "\u{7f}", "\u{15}", "x"] {
            typed.bytes().for_each(|byte| echo.take(byte));
            echo.draw();
            shown.push(echo.shown.len());
        }
        assert_eq!(shown, [LONGEST_ECHO, 0, 0, 0, 1]);
        // The last character is cut.
        echo.line.resize(LONGEST_ECHO - 1, b'x');
        echo.draw();
        "\u{e4}".bytes().for_each(|byte| echo.take(byte));
        echo.draw();
        assert_eq!(echo.shown, "");
    }

    #[test]
    fn h96_of_a_key_no_more_is_kept_than_what_tells_that_it_is_one() {
        let mut echo = Echo::default();
        "{\"type\": \u{7f}\u{17}\u{7f}\u{7f}".bytes().for_each(|byte| echo.take(byte));
        assert_eq!(*echo.line, b"{");
    }

    #[test]
    fn h96_what_changes_is_drawn_alone() {
        let mut echo = Echo::default();
        let mut draw = |text: &str| {
            text.bytes().for_each(|byte| echo.take(byte));
            echo.draw()
        };
        assert_eq!(draw("ab"), "ab");
        assert_eq!(draw("\u{7f}\u{4e2d}"), "\u{8} \u{8}\u{4e2d}");
        assert_eq!(draw("\u{7f}c"), "\u{8} \u{8}\u{8} \u{8}c");
        let of_no_width = format!("\u{301}\u{200b}{TAB}{MARK}{BREAK}");
        assert_eq!(draw(&of_no_width), "");
    }
}
