//! Texts in JSON.

use std::io::{self, Write};

use crate::output::sanitise::{all_plain_but, is_hazard};

/// Writes `text` in quotes, escaped where JSON or a terminal asks for it.
pub(super) fn write<W: Write>(out: &mut W, text: &str) -> io::Result<()> {
    out.write_all(b"\"")?;
    if all_plain_but(text, [b'"', b'\\']) {
        out.write_all(text.as_bytes())?;
    } else {
        escape(out, text)?;
    }
    out.write_all(b"\"")
}

fn escape<W: Write>(out: &mut W, text: &str) -> io::Result<()> {
    let mut rest = text;
    while let Some(at) = rest.find(|c| matches!(c, '"' | '\\') || is_hazard(c)) {
        let (plain, tail) = rest.split_at(at);
        out.write_all(plain.as_bytes())?;
        let mut chars = tail.chars();
        if let Some(c) = chars.next() {
            match short(c) {
                Some(letter) => out.write_all(&[b'\\', letter])?,
                None => {
                    for unit in c.encode_utf16(&mut [0; 2]) {
                        write!(out, "\\u{unit:04x}")?;
                    }
                }
            }
        }
        rest = chars.as_str();
    }
    out.write_all(rest.as_bytes())
}

/// The letter after the backslash, for what has one.
const fn short(c: char) -> Option<u8> {
    match c {
        '"' => Some(b'"'),
        '\\' => Some(b'\\'),
        '\n' => Some(b'n'),
        '\r' => Some(b'r'),
        '\t' => Some(b't'),
        '\u{8}' => Some(b'b'),
        '\u{c}' => Some(b'f'),
        _ => None,
    }
}
