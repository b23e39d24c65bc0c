//! Asks for secrets.

use std::{
    cell::Cell,
    io::{self, Read},
    rc::Rc,
};

use super::guard::{Guard, Input, Mode, TRIES, failed, say, unanswered};
use crate::{
    error::{Error, Result},
    secret::Secret,
};

/// Shorter texts than this repeat by chance.
const SHORTEST_DOUBLE: usize = 16;

/// Asks for a secret that exists.
pub(super) fn ask(label: &str) -> Result<Secret> {
    let guard = Guard::enter(Mode::Hidden)?;
    let secret = wanted(&guard, label, &mut 0)?;
    received(guard, secret)
}

/// Asks for a secret that is made up now.
pub(super) fn ask_new(label: &str) -> Result<Secret> {
    let guard = Guard::enter(Mode::Hidden)?;
    let mut asked = 0;
    loop {
        let secret = wanted(&guard, label, &mut asked)?;
        match one(&guard, &format!("{label} again"))? {
            Ok(again) if again.same_as(&secret) => return received(guard, secret),
            _ => again(&guard, label, "the two do not match", &mut asked)?,
        }
    }
}

fn received(guard: Guard, secret: Secret) -> Result<Secret> {
    // Only once the terminal is as it was may anything answer to this line.
    drop(guard);
    say("received\n")?;
    Ok(secret)
}

/// Asks until an answer can be a secret; `asked` counts the refused ones.
fn wanted(guard: &Guard, label: &str, asked: &mut usize) -> Result<Secret> {
    let mut doubtful: Option<Secret> = None;
    loop {
        let why = match one(guard, label)? {
            Ok(secret) if !is_doubled(secret.expose()) => return Ok(secret),
            Ok(secret) if doubtful.as_ref().is_some_and(|before| before.same_as(&secret)) => {
                return Ok(secret);
            }
            Ok(secret) => {
                doubtful = Some(secret);
                "this looks like one text pasted twice; if it is right, enter it again"
            }
            Err(why) => why,
        };
        again(guard, label, why, asked)?;
    }
}

fn again(guard: &Guard, label: &str, why: &'static str, asked: &mut usize) -> Result<()> {
    guard.show(&format!("{why}\n"))?;
    *asked += 1;
    if *asked < TRIES {
        return Ok(());
    }
    Err(Error::usage(format!("no usable answer was given for {label}")).cause(why))
}

/// Asks once; the inner error says why the answer cannot be taken.
fn one(guard: &Guard, label: &str) -> Result<Result<Secret, &'static str>> {
    guard.prompt(&format!("{label}: "))?;
    let seen = Rc::new(Seen::default());
    let reader = Watched { input: guard.input(), state: Position::Text, seen: Rc::clone(&seen), held: None };
    let config = rpassword::ConfigBuilder::new().input_reader(reader).output_discard().build();
    let answer = rpassword::read_password_with_config(config).map(Secret::new);
    guard.show("\n")?;
    if seen.ended.get() {
        return Err(unanswered(label));
    }
    let answer = answer.map_err(failed)?;
    guard.drop_rest()?;
    Ok(if seen.control.get() {
        Err("the answer holds control characters")
    } else if answer.expose().contains('\u{FFFD}') {
        Err("the answer is not UTF-8 text")
    } else if answer.expose().is_empty() {
        Err("nothing was given")
    } else {
        Ok(answer)
    })
}

/// Whether the text is another one twice.
fn is_doubled(text: &str) -> bool {
    text.len() >= SHORTEST_DOUBLE
        && text.len().is_multiple_of(2)
        && text.as_bytes()[..text.len() / 2] == text.as_bytes()[text.len() / 2..]
}

/// What went by on its way to rpassword, which passes over control characters in silence.
#[derive(Default)]
struct Seen {
    /// A control character that edits nothing.
    control: Cell<bool>,
    /// ^D.
    ended: Cell<bool>,
}

/// Where in the stream of bytes the next one stands, as rpassword reads them.
#[derive(Clone, Copy)]
enum Position {
    Text,
    /// Behind ESC.
    Escape,
    /// In the sequence of a key or a mark of bracketed paste, up to its last byte.
    Sequence,
    /// Behind 0xC2, the first byte of the upper control characters.
    Upper,
}

/// Hands bytes to rpassword one by one, and takes note of those that it drops.
struct Watched {
    input: Input,
    state: Position,
    seen: Rc<Seen>,
    /// A byte that waits for the line to be cleared before it.
    held: Option<u8>,
}

const LINE_CLEAR: u8 = 0x15;

impl Watched {
    fn next(&mut self) -> io::Result<u8> {
        if let Some(byte) = self.held.take() {
            return Ok(byte);
        }
        let mut byte = [0];
        if self.input.read(&mut byte)? == 0 {
            // Not the kind that means the end of an answer to rpassword: half a secret is none.
            return Err(io::Error::new(io::ErrorKind::ConnectionAborted, "the terminal is gone"));
        }
        if self.input.was_resumed() {
            self.held = Some(byte[0]);
            self.state = Position::Text;
            return Ok(LINE_CLEAR);
        }
        Ok(byte[0])
    }

    /// Gives the byte that rpassword shall see.
    fn note(&mut self, byte: u8) -> io::Result<u8> {
        match (self.state, byte) {
            (Position::Text, 0x1b) => self.state = Position::Escape,
            (Position::Text, 0xc2) => self.state = Position::Upper,
            (Position::Text, b'\r' | b'\n' | 0x08 | 0x17 | 0x7f) => {}
            (Position::Text, LINE_CLEAR) => self.seen.control.set(false),
            (Position::Text, 0x04) => {
                self.seen.ended.set(true);
                return Err(io::Error::other("ended"));
            }
            (Position::Text, 0..0x20) => {
                self.seen.control.set(true);
                // ^C comes as a byte only where the terminal has another key for it.
                return Ok(0);
            }
            (Position::Text, _) => {}
            (Position::Escape, b'[' | b'O') => self.state = Position::Sequence,
            (Position::Sequence, byte) if !(0x40..=0x7e).contains(&byte) => {}
            (Position::Upper, 0x80..=0x9f) => {
                self.seen.control.set(true);
                self.state = Position::Text;
            }
            (Position::Escape | Position::Sequence | Position::Upper, _) => self.state = Position::Text,
        }
        Ok(byte)
    }
}

impl Read for Watched {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let Some(first) = buffer.first_mut() else { return Ok(0) };
        let byte = self.next()?;
        *first = self.note(byte)?;
        Ok(1)
    }
}

#[cfg(test)]
mod tests {
    use super::is_doubled;

    #[test]
    fn a_text_pasted_twice_is_known() {
        for text in ["abcdefghabcdefgh", "0123456789abcdef0123456789abcdef", "aaaaaaaaaaaaaaaa"] {
            assert!(is_doubled(text), "{text}");
        }
        for text in ["", "abab", "abcdefgabcdefg", "abcdefghabcdefgi", "abcdefghabcdefgha"] {
            assert!(!is_doubled(text), "{text}");
        }
    }
}
