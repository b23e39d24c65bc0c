//! A text without what can stand between the letters of a secret, or in place of them.

use std::ops::Range;

use zeroize::Zeroizing;

/// The letters and digits of a text in lower case, its escapes undone, and where each of them stands.
///
/// Escapes are those of JSON and of programming languages (`\u0041`, `\u{41}`, `\x41`, behind any number of
/// backslashes), of URLs (`%41`) and of HTML (`&#65;`, `&#x41;`).
#[derive(Default)]
pub(super) struct Bare {
    pub(super) letters: Zeroizing<Vec<u8>>,
    places: Vec<Range<usize>>,
}

impl Bare {
    pub(super) fn of(text: &str) -> Self {
        let mut bare = Self { letters: Zeroizing::new(Vec::with_capacity(text.len())), places: Vec::new() };
        let bytes = text.as_bytes();
        let mut at = 0;
        while at < bytes.len() {
            let (byte, length) = unescaped(&bytes[at..]).unwrap_or((bytes[at], 1));
            if byte.is_ascii_alphanumeric() {
                bare.letters.push(byte.to_ascii_lowercase());
                bare.places.push(at..at + length);
            }
            at += length;
        }
        bare
    }

    /// Where the letters of `range` stand in the text.
    pub(super) fn place(&self, range: &Range<usize>) -> Option<Range<usize>> {
        Some(self.places.get(range.start)?.start..self.places.get(range.end.checked_sub(1)?)?.end)
    }
}

/// Whether `text` has characters that [`Bare::of`] undoes, or leaves out without a trace on a screen. It has no
/// early end, so that the compiler looks at many of them at once.
pub(super) fn is_disguised(text: &[u8]) -> bool {
    text.iter().fold(false, |found, &byte| found | may_disguise(byte))
}

/// Whether `byte` may belong to an escape, or to a character without a trace on a screen.
pub(crate) const fn may_disguise(byte: u8) -> bool {
    matches!(byte, b'%' | b'\\' | b'&' | 0x80..)
}

/// The character that the escape at the beginning of `text` stands for, if it is ASCII, and the escape's length.
fn unescaped(text: &[u8]) -> Option<(u8, usize)> {
    match text {
        [b'%', rest @ ..] => Some((number(rest.get(..2)?, 16)?, 3)),
        [b'\\', ..] => {
            let slashes = text.iter().take_while(|byte| **byte == b'\\').count();
            let start = slashes + 1;
            let digits = match (text.get(slashes)?, text.get(start)?) {
                (b'u', b'{') => {
                    let rest = &text[start + 1..];
                    let end = rest.iter().take(8).position(|byte| *byte == b'}')?;
                    return Some((number(&rest[..end], 16)?, start + end + 2));
                }
                (b'u', _) => 4,
                (b'x', _) => 2,
                _ => return None,
            };
            Some((number(text.get(start..start + digits)?, 16)?, start + digits))
        }
        [b'&', b'#', b'x' | b'X', rest @ ..] => reference(rest, 16).map(|(byte, length)| (byte, length + 3)),
        [b'&', b'#', rest @ ..] => reference(rest, 10).map(|(byte, length)| (byte, length + 2)),
        _ => None,
    }
}

/// The number of a reference in HTML, and its length with the semicolon that may end it.
fn reference(text: &[u8], radix: u32) -> Option<(u8, usize)> {
    let digits = text.iter().take(8).take_while(|byte| char::from(**byte).is_digit(radix)).count();
    let end = text.get(digits) == Some(&b';');
    Some((number(&text[..digits], radix)?, digits + usize::from(end)))
}

fn number(digits: &[u8], radix: u32) -> Option<u8> {
    let digits = std::str::from_utf8(digits).ok().filter(|text| !text.starts_with('+'))?;
    let number = u32::from_str_radix(digits, radix).ok()?;
    u8::try_from(number).ok().filter(u8::is_ascii)
}
