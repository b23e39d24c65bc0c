//! What a person types on the page of a browser login: a code that only who serves the sandbox was shown.

use std::sync::atomic::{AtomicU32, Ordering};

use ring::hmac;
use zeroize::Zeroizing;

use super::ids::randomise;
use crate::{error::Result, secret::Secret};

/// How many wrong codes are listened to while the sandbox is served.
const TRIES: u32 = 30;

/// Crockford's base32: no letter looks like a digit.
const LETTERS: &[u8; 32] = b"0123456789abcdefghjkmnpqrstvwxyz";

/// The code of one server, and how often it was guessed at.
pub(super) struct Approval {
    code: Secret,
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

impl Approval {
    pub(super) fn new() -> Result<Self> {
        let mut bytes = Zeroizing::new([0; 12]);
        randomise(&mut *bytes)?;
        let letters = bytes.iter().map(|byte| char::from(LETTERS[usize::from(byte % 32)]));
        let code = Secret::new(letters.collect());
        let mut key = Zeroizing::new([0; 32]);
        randomise(&mut *key)?;
        Ok(Self { code, key: hmac::Key::new(hmac::HMAC_SHA256, &*key), wrong: AtomicU32::new(0) })
    }

    /// The code in groups, as it is shown.
    pub(super) fn code(&self) -> Secret {
        let code = self.code.expose();
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
        let tag = hmac::sign(&self.key, self.code.expose().as_bytes());
        if hmac::verify(&self.key, given.as_bytes(), tag.as_ref()).is_ok() {
            return Judged::Right;
        }
        self.wrong.fetch_add(1, Ordering::Relaxed);
        Judged::Wrong
    }
}

#[cfg(test)]
mod tests {
    use super::{Approval, Judged, TRIES};
    use crate::error::Result;

    #[test]
    fn a_code_is_taken_however_it_is_written_and_guesses_are_bounded() -> Result<()> {
        let approval = Approval::new()?;
        let code = approval.code();
        let code = code.expose();
        assert_eq!(code.split('-').map(str::len).collect::<Vec<_>>(), [4, 4, 4]);
        for written in [code.to_owned(), code.to_uppercase(), code.replace('-', " "), format!(" {code}\n")] {
            assert_eq!(approval.judge(&written), Judged::Right, "{written}");
        }
        for _ in 0..TRIES {
            assert_eq!(approval.judge(&code[1..]), Judged::Wrong);
        }
        assert_eq!(approval.judge(code), Judged::Closed);
        Ok(())
    }
}
