//! Asks for secrets.

use std::io::{self, ErrorKind, Read};

use super::guard::{Guard, Input, Mode, TRIES, failed, say, unanswered, unusable};
use crate::{
    error::{Error, Result},
    secret::Secret,
};

/// Shorter texts than this repeat by chance.
const SHORTEST_DOUBLE: usize = 16;

pub(super) fn ask<T>(label: &str, take: impl FnMut(&str) -> Result<T>) -> Result<T> {
    let guard = Guard::enter(Mode::Hidden)?;
    let taken = wanted(&guard, label, &mut 0, take)?;
    received(guard, taken)
}

pub(super) fn ask_new(label: &str) -> Result<Secret> {
    let guard = Guard::enter(Mode::Hidden)?;
    let mut asked = 0;
    loop {
        let secret = wanted(&guard, label, &mut asked, |text| Ok(Secret::copied(text)))?;
        match one(&guard, &format!("{label} again"))? {
            Ok(again) if again.same_as(&secret) => return received(guard, secret),
            _ => again(&guard, label, &Error::usage("").cause("the two do not match"), &mut asked)?,
        }
    }
}

fn received<T>(guard: Guard, taken: T) -> Result<T> {
    // Only once the terminal is as it was may anything answer to this line.
    drop(guard);
    say("received\n")?;
    Ok(taken)
}

/// Asks until `take` takes an answer; `asked` counts the refused ones.
fn wanted<T>(
    guard: &Guard,
    label: &str,
    asked: &mut usize,
    mut take: impl FnMut(&str) -> Result<T>,
) -> Result<T> {
    let mut doubtful: Option<Secret> = None;
    loop {
        let refused = |why: &str| Error::usage("").cause(why);
        let refusal = match one(guard, label)? {
            Ok(secret)
                if is_doubled(secret.expose())
                    && !doubtful.as_ref().is_some_and(|before| before.same_as(&secret)) =>
            {
                doubtful = Some(secret);
                refused("this looks like one text pasted twice; if it is right, enter it again")
            }
            Ok(secret) => match take(secret.expose()) {
                Ok(taken) => return Ok(taken),
                Err(refusal) => refusal,
            },
            Err(why) => refused(why),
        };
        again(guard, label, &refusal, asked)?;
    }
}

/// Shows why an answer is refused; the third refusal is the error.
fn again(guard: &Guard, label: &str, refusal: &Error, asked: &mut usize) -> Result<()> {
    let why = refusal.causes().join(": ");
    guard.show(&format!("{why}\n"))?;
    *asked += 1;
    if *asked < TRIES { Ok(()) } else { Err(unusable(label).cause(why).with_hints(refusal.hints().to_vec())) }
}

/// Asks once; the inner error says why the answer cannot be taken.
fn one(guard: &Guard, label: &str) -> Result<Result<Secret, &'static str>> {
    guard.prompt(&format!("{label}: "))?;
    let reader = Marked { input: guard.input(), again: Vec::new(), ready: Vec::new() };
    let config = rpassword::ConfigBuilder::new().input_reader(reader).output_discard().build();
    let answer = rpassword::read_password_with_config(config).map(Secret::new);
    guard.show("\n")?;
    let answer = match answer {
        Err(error) if error.kind() == ErrorKind::Interrupted => return Err(unanswered(label)),
        answer => answer.map_err(failed)?,
    };
    guard.drop_rest()?;
    Ok(match answer.expose() {
        "" => Err("nothing was given"),
        text if text.contains(MARK) => Err("the answer holds control characters"),
        text if text.contains('\u{FFFD}') => Err("the answer is not UTF-8 text"),
        _ => Ok(answer),
    })
}

fn is_doubled(text: &str) -> bool {
    text.len() >= SHORTEST_DOUBLE
        && text.len().is_multiple_of(2)
        && text.as_bytes()[..text.len() / 2] == text.as_bytes()[text.len() / 2..]
}

/// Stands in an answer for what rpassword would pass over in silence: no text holds this character.
const MARK: char = '\u{fdd0}';

const END: u8 = 0x04;
const CLEAR: u8 = 0x15;
const ESCAPE: u8 = 0x1b;

/// Hands an answer to rpassword, which edits it, with a [`MARK`] for each control character that edits nothing.
struct Marked {
    input: Input,
    /// What is to be read again, the next byte last.
    again: Vec<u8>,
    /// What rpassword gets next, from the last byte to the first.
    ready: Vec<u8>,
}

impl Marked {
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
            return Ok(CLEAR);
        }
        Ok(byte[0])
    }

    fn mark(&mut self) {
        self.ready.extend(MARK.encode_utf8(&mut [0; 4]).bytes().rev());
    }

    /// Makes the next character ready.
    fn character(&mut self) -> io::Result<()> {
        match self.byte()? {
            END => return Err(ErrorKind::Interrupted.into()),
            ESCAPE => self.key()?,
            // The first byte of the upper control characters.
            0xc2 => match self.byte()? {
                0x80..=0x9f => self.mark(),
                byte @ 0xa0..=0xbf => self.ready.extend([byte, 0xc2]),
                byte => {
                    self.again.push(byte);
                    self.mark();
                }
            },
            byte @ (CLEAR | b'\r' | b'\n' | 0x08 | 0x17 | 0x7f) => self.ready.push(byte),
            // ^C comes as a byte only where the terminal has another key for it.
            0..0x20 => self.mark(),
            byte => self.ready.push(byte),
        }
        Ok(())
    }

    /// Passes over what an arrow key or bracketed paste sends; ESC alone is a control character like others.
    fn key(&mut self) -> io::Result<()> {
        let mut byte = self.byte()?;
        if matches!(byte, b'[' | b'O') {
            loop {
                byte = self.byte()?;
                match byte {
                    0x40..=0x7e => return Ok(()),
                    0..0x20 => break,
                    _ => {}
                }
            }
        }
        self.again.push(byte);
        self.mark();
        Ok(())
    }
}

impl Read for Marked {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let Some(first) = buffer.first_mut() else { return Ok(0) };
        while self.ready.is_empty() {
            self.character()?;
        }
        *first = self.ready.pop().unwrap_or_default();
        Ok(1)
    }
}
