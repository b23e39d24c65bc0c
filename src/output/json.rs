//! JSON that a terminal can be shown: what could act on it is escaped, and reads back as
//! it was.

use std::{
    borrow::Cow,
    io::{self, Write},
};

use serde::Serialize;
use serde_json::{
    Deserializer,
    ser::{CharEscape, Formatter, Serializer},
};

use super::indented::Indented;
use super::sanitise::{Sieve, is_clean, is_hazard, is_plain};
use crate::http::may_disguise;

/// Writes `value` as `layout` lays it out, with a newline at the end.
///
/// Holds one string at a time.
pub(super) fn write<W, T, F>(out: &mut W, value: &T, layout: F, sieve: &Sieve) -> io::Result<()>
where
    W: Write,
    T: Serialize + ?Sized,
    F: Formatter,
{
    let formatter = Escaped { layout, text: Text::default(), sieve };
    value.serialize(&mut Serializer::with_formatter(&mut *out, formatter))?;
    out.write_all(b"\n")
}

/// So many items of a list are written at a time.
const BATCH: usize = 128;

/// Adds the JSON of the item at a place to a buffer, and returns its [`Record::foreign`](super::Record::foreign) text.
pub(super) type Item<'a> = &'a dyn Fn(usize, &mut Vec<u8>, Indented) -> io::Result<Option<&'a str>>;

/// Writes `count` items as an array indented by two spaces, with a newline at the end.
///
/// Holds a batch of them at a time: a list of any length streams. Most hold neither a secret nor a hazard,
/// which is known of the whole sooner than of each of its strings: 12 % fewer instructions of
/// `credentials list -o json` (`cargo bench --bench budgets`).
pub(super) fn write_list(out: &mut dyn Write, count: usize, item: Item<'_>, sieve: &Sieve) -> io::Result<()> {
    let mut out = out;
    let mut layout = Indented::default();
    let (mut text, mut is_first) = (Vec::new(), true);
    layout.begin_array(&mut out)?;
    for first in (0..count).step_by(BATCH) {
        text.clear();
        for place in first..count.min(first + BATCH) {
            layout.begin_array_value(&mut text, is_first)?;
            is_first = false;
            write_item(&mut text, place, item, &layout, sieve)?;
            layout.end_array_value(&mut text)?;
        }
        out.write_all(&text)?;
    }
    layout.end_array(&mut out)?;
    out.write_all(b"\n")
}

/// Writes one item, with a newline at the end.
pub(super) fn write_one(out: &mut dyn Write, item: Item<'_>, sieve: &Sieve) -> io::Result<()> {
    let mut text = Vec::new();
    write_item(&mut text, 0, item, &Indented::default(), sieve)?;
    text.push(b'\n');
    out.write_all(&text)
}

fn write_item(
    text: &mut Vec<u8>,
    place: usize,
    item: Item<'_>,
    layout: &Indented,
    sieve: &Sieve,
) -> io::Result<()> {
    let start = text.len();
    let foreign = item(place, text, layout.clone())?;
    let written = foreign.map_or(&text[start..], str::as_bytes);
    let is_usual = |byte| matches!(byte, b'\n' | b' '..=b'~') & !may_disguise(byte);
    if is_plain(written, is_usual) && !sieve.may_hold_secret(written) {
        return Ok(());
    }
    let plain = text.split_off(start);
    let formatter = Escaped { layout: layout.clone(), text: Text::default(), sieve };
    let mut output = Serializer::with_formatter(text, formatter);
    serde_transcode::transcode(&mut Deserializer::from_slice(&plain), &mut output)?;
    Ok(())
}

/// A string as it was before `serde_json` took it apart: a secret is found in the whole of it.
#[derive(Debug, Default)]
pub(super) struct Text {
    held: String,
    is_key: bool,
    /// It holds a quote, a backslash or a control character.
    has_escape: bool,
}

impl Text {
    pub(super) fn begin(&mut self) {
        self.held.clear();
        self.has_escape = false;
    }

    /// What follows is a name, which is this program's own.
    pub(super) fn key(&mut self, is_key: bool) {
        self.is_key = is_key;
    }

    pub(super) fn push(&mut self, fragment: &str) {
        self.held.push_str(fragment);
    }

    pub(super) fn push_escape(&mut self, escape: &CharEscape) {
        self.has_escape = true;
        self.held.push(match escape {
            CharEscape::Quote => '"',
            CharEscape::ReverseSolidus => '\\',
            CharEscape::Solidus => '/',
            CharEscape::Backspace => '\x08',
            CharEscape::FormFeed => '\x0c',
            CharEscape::LineFeed => '\n',
            CharEscape::CarriageReturn => '\r',
            CharEscape::Tab => '\t',
            CharEscape::AsciiControl(byte) => char::from(*byte),
        });
    }

    /// The whole of it, without secrets.
    pub(super) fn shown(&self, sieve: &Sieve) -> Cow<'_, str> {
        if self.is_key { Cow::Borrowed(&self.held) } else { sieve.redacted(&self.held) }
    }

    /// Writes what is `shown` of it as it stands within double quotes; `beyond` writes a hazard.
    pub(super) fn write<W: ?Sized + Write>(
        &self,
        out: &mut W,
        shown: &str,
        beyond: impl Fn(&mut W, char) -> io::Result<()>,
    ) -> io::Result<()> {
        if !self.has_escape && is_clean(shown) {
            return out.write_all(shown.as_bytes());
        }
        let mut rest = shown;
        while let Some(at) = rest.find(|c| c == '"' || c == '\\' || is_hazard(c)) {
            let (plain, tail) = rest.split_at(at);
            out.write_all(plain.as_bytes())?;
            let mut chars = tail.chars();
            match chars.next() {
                Some(c @ ('"' | '\\')) => write!(out, "\\{c}")?,
                Some('\n') => out.write_all(b"\\n")?,
                Some('\r') => out.write_all(b"\\r")?,
                Some('\t') => out.write_all(b"\\t")?,
                Some(c) => beyond(out, c)?,
                None => {}
            }
            rest = chars.as_str();
        }
        out.write_all(rest.as_bytes())
    }
}

/// Another formatter's layout, with secrets left out of its strings and hazards escaped.
struct Escaped<'a, F> {
    layout: F,
    text: Text,
    sieve: &'a Sieve,
}

impl<F: Formatter> Formatter for Escaped<'_, F> {
    fn begin_string<W: ?Sized + Write>(&mut self, out: &mut W) -> io::Result<()> {
        self.text.begin();
        out.write_all(b"\"")
    }

    fn write_string_fragment<W: ?Sized + Write>(&mut self, _: &mut W, fragment: &str) -> io::Result<()> {
        self.text.push(fragment);
        Ok(())
    }

    fn write_char_escape<W: ?Sized + Write>(&mut self, _: &mut W, escape: CharEscape) -> io::Result<()> {
        self.text.push_escape(&escape);
        Ok(())
    }

    fn end_string<W: ?Sized + Write>(&mut self, out: &mut W) -> io::Result<()> {
        self.text.write(out, &self.text.shown(self.sieve), |out, hazard| {
            hazard.encode_utf16(&mut [0; 2]).iter().try_for_each(|unit| write!(out, "\\u{unit:04x}"))
        })?;
        out.write_all(b"\"")
    }

    fn begin_array<W: ?Sized + Write>(&mut self, out: &mut W) -> io::Result<()> {
        self.layout.begin_array(out)
    }

    fn end_array<W: ?Sized + Write>(&mut self, out: &mut W) -> io::Result<()> {
        self.layout.end_array(out)
    }

    fn begin_array_value<W: ?Sized + Write>(&mut self, out: &mut W, first: bool) -> io::Result<()> {
        self.layout.begin_array_value(out, first)
    }

    fn end_array_value<W: ?Sized + Write>(&mut self, out: &mut W) -> io::Result<()> {
        self.layout.end_array_value(out)
    }

    fn begin_object<W: ?Sized + Write>(&mut self, out: &mut W) -> io::Result<()> {
        self.layout.begin_object(out)
    }

    fn end_object<W: ?Sized + Write>(&mut self, out: &mut W) -> io::Result<()> {
        self.layout.end_object(out)
    }

    fn begin_object_key<W: ?Sized + Write>(&mut self, out: &mut W, first: bool) -> io::Result<()> {
        self.text.key(true);
        self.layout.begin_object_key(out, first)
    }

    fn begin_object_value<W: ?Sized + Write>(&mut self, out: &mut W) -> io::Result<()> {
        self.text.key(false);
        self.layout.begin_object_value(out)
    }

    fn end_object_value<W: ?Sized + Write>(&mut self, out: &mut W) -> io::Result<()> {
        self.layout.end_object_value(out)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::output::sanitise::tests::hostile;
    use proptest::prelude::*;
    use serde_json::json;
    use serde_json::ser::CompactFormatter;

    fn shown(value: impl Serialize, layout: impl Formatter) -> String {
        let mut out = Vec::new();
        write(&mut out, &value, layout, &Sieve::default()).unwrap();
        String::from_utf8(out).unwrap()
    }

    fn pretty(value: impl Serialize) -> String {
        shown(value, Indented::default())
    }

    #[test]
    fn an_empty_list_is_two_brackets() {
        let mut list = Vec::new();
        write_list(&mut list, 0, &|_, _, _| Ok(None), &Sieve::default()).unwrap();
        assert_eq!(list, b"[]\n");
    }

    #[test]
    fn two_spaces_and_a_newline_at_the_end() {
        assert_eq!(
            pretty(json!([{"a": [1, null]}])),
            "[\n  {\n    \"a\": [\n      1,\n      null\n    ]\n  }\n]\n"
        );
    }

    #[test]
    fn h44_hazards_are_escaped_with_surrogates_beyond_the_first_plane() {
        let text = "\x1b\x7f\u{9b}a\u{202e}é\u{e0041}👍\n\"";
        assert_eq!(pretty(text), "\"\\u001b\\u007f\\u009ba\\u202eé\\udb40\\udc41👍\\n\\\"\"\n");
    }

    proptest! {
        #[test]
        fn h44_reads_back_as_it_was(text in hostile(), key in hostile()) {
            let value = json!({ key: [text] });
            let mut list = Vec::new();
            let item = |_: usize, out: &mut Vec<u8>, layout: Indented| {
                value.serialize(&mut Serializer::with_formatter(out, layout))?;
                Ok(None)
            };
            write_list(&mut list, 2, &item, &Sieve::default()).unwrap();
            prop_assert_eq!(String::from_utf8(list).unwrap(), pretty(json!([value, value])));
            for shown in [pretty(&value), shown(&value, CompactFormatter)] {
                prop_assert!(!shown.chars().any(|c| c != '\n' && is_hazard(c)));
                prop_assert_eq!(serde_json::from_str::<serde_json::Value>(&shown).unwrap(), value.clone());
            }
        }
    }
}
