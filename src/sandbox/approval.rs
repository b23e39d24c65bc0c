//! What a person types on the page of a browser login: codes that only who serves the sandbox was shown.

use std::sync::atomic::{AtomicU32, Ordering};

use ring::hmac;
use zeroize::Zeroizing;

use super::ids::randomise;
use crate::{error::Result, secret::Secret};

/// How many wrong ones a code bears while the sandbox is served.
const TRIES: u32 = 30;

/// Crockford's base32: no letter looks like a digit.
const LETTERS: &[u8; 32] = b"0123456789abcdefghjkmnpqrstvwxyz";

/// The codes of one server.
pub(super) struct Approval {
    pub(super) first: Code,
    /// The second factor, where one is asked for.
    pub(super) second: Option<Code>,
}

impl Approval {
    pub(super) fn new() -> Result<Self> {
        Ok(Self { first: Code::new()?, second: None })
    }
}

/// A code, and how often it was guessed at.
pub(super) struct Code {
    text: Secret,
    key: hmac::Key,
    wrong: AtomicU32,
}

/// What was made of a code.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Judged {
    Right,
    Wrong,
    /// No code is listened to any more, whether it is right or wrong.
    Closed,
}

impl Code {
    pub(super) fn new() -> Result<Self> {
        let mut bytes = Zeroizing::new([0; 12]);
        randomise(&mut *bytes)?;
        let letters = bytes.iter().map(|byte| char::from(LETTERS[usize::from(byte % 32)]));
        let text = Secret::new(letters.collect());
        let mut key = Zeroizing::new([0; 32]);
        randomise(&mut *key)?;
        Ok(Self { text, key: hmac::Key::new(hmac::HMAC_SHA256, &*key), wrong: AtomicU32::new(0) })
    }

    /// In groups, as it is shown.
    pub(super) fn shown(&self) -> Secret {
        let code = self.text.expose();
        Secret::new([&code[..4], "-", &code[4..8], "-", &code[8..]].concat())
    }

    /// Judges a code, which may be written with other hyphens, blanks and capitals. How long that takes tells
    /// nothing of the right one.
    pub(super) fn judge(&self, given: &str) -> Judged {
        if self.wrong.load(Ordering::Relaxed) >= TRIES {
            return Judged::Closed;
        }
        let plain = |c: &char| !c.is_whitespace() && *c != '-';
        let as_meant = |c: char| match c.to_ascii_lowercase() {
            'o' => '0',
            'i' | 'l' => '1',
            c => c,
        };
        let given = Zeroizing::new(given.chars().filter(plain).map(as_meant).collect::<String>());
        let tag = hmac::sign(&self.key, self.text.expose().as_bytes());
        if hmac::verify(&self.key, given.as_bytes(), tag.as_ref()).is_ok() {
            return Judged::Right;
        }
        self.wrong.fetch_add(1, Ordering::Relaxed);
        Judged::Wrong
    }
}

#[cfg(test)]
mod tests {
    use super::{Code, Judged, TRIES};
    use crate::error::Result;

    #[test]
    fn a_code_is_taken_however_it_is_written_and_guesses_are_bounded() -> Result<()> {
        let right = Code::new()?;
        let code = right.shown();
        let code = code.expose();
        assert_eq!(code.split('-').map(str::len).collect::<Vec<_>>(), [4, 4, 4]);
        for written in [code.to_owned(), code.to_uppercase(), code.replace('-', " "), format!(" {code}\n")] {
            assert_eq!(right.judge(&written), Judged::Right, "{written}");
        }
        for _ in 0..TRIES {
            assert_eq!(right.judge(&code[1..]), Judged::Wrong);
        }
        assert_eq!(right.judge(code), Judged::Closed);
        Ok(())
    }
}
