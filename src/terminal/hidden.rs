//! Asks for secrets.

use std::io::ErrorKind;

use super::{
    guard::{Guard, Mode, TRIES, failed, say, unanswered, unusable},
    typed::{MARK, Typed, is_contents, restored},
};
use crate::{
    error::{Error, Result},
    secret::Secret,
};

/// Shorter texts than this repeat by chance.
const SHORTEST_DOUBLE: usize = 16;

pub(super) fn ask<T>(label: &str, take: impl FnMut(&str) -> Result<T>) -> Result<T> {
    let guard = held()?;
    let taken = wanted(&guard, label, &mut 0, take)?;
    received(guard, taken)
}

pub(super) fn ask_new(label: &str, mut take: impl FnMut(&str) -> Result<Secret>) -> Result<Secret> {
    let guard = held()?;
    let mut asked = 0;
    loop {
        let secret = wanted(&guard, label, &mut asked, &mut take)?;
        match one(&guard, &format!("{label} again"), false)? {
            Ok(again) if again.same_as(&secret) => return received(guard, secret),
            _ => again(&guard, label, &Error::usage("").cause("the two do not match"), &mut asked)?,
        }
    }
}

/// Asks for the path of a file, visibly; `take` also gets what such a file holds, if that is pasted: it is not
/// shown.
pub(super) fn ask_path<T>(label: &str, mut take: impl FnMut(&str, bool) -> Result<T>) -> Result<T> {
    let guard = held()?;
    let mut asked = 0;
    loop {
        let answer = one(&guard, label, true)?.map_err(|why| Error::usage("").cause(why));
        let is_contents = answer.as_ref().is_ok_and(|answer| is_contents(answer.expose()));
        match answer.and_then(|answer| take(answer.expose(), is_contents)) {
            Ok(taken) if is_contents => return received(guard, taken),
            Ok(taken) => return Ok(taken),
            Err(refusal) => again(&guard, label, &refusal, &mut asked)?,
        }
    }
}

/// The terminal, held for hidden answers: all lines of a paste are one of them.
fn held() -> Result<Guard> {
    let guard = Guard::enter(Mode::Hidden)?;
    guard.mark_pastes()?;
    Ok(guard)
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
        let refusal = match one(guard, label, false)? {
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
    guard.tell(&format!("{why}\n"))?;
    *asked += 1;
    if *asked < TRIES { Ok(()) } else { Err(unusable(label).cause(why).with_hints(refusal.hints().to_vec())) }
}

/// Asks once; the inner error says why the answer cannot be taken.
fn one(guard: &Guard, label: &str, is_path: bool) -> Result<Result<Secret, &'static str>> {
    guard.prompt(&format!("{label}: "))?;
    let reader = Typed::new(guard.input(), is_path);
    let config = rpassword::ConfigBuilder::new().input_reader(reader).output_discard().build();
    let answer = rpassword::read_password_with_config(config).map(Secret::new);
    guard.show("\n")?;
    let answer = match answer {
        Err(error) if error.kind() == ErrorKind::Interrupted => return Err(unanswered(label)),
        answer => restored(answer.map_err(failed)?),
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
