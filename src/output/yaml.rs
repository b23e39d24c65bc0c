//! YAML in block style that every reader takes for what was meant.
//!
//! The serialisers of YAML for serde write `no`, `on` or `2026-01-01` bare, which readers of YAML 1.1 take
//! for booleans and dates, and leave bidi and zero-width characters raw. Here `serde_json`
//! walks the value and this formatter lays it out: a string is bare only if it cannot be
//! anything else in any version of YAML, and hazards are escaped in double quotes.

use std::fmt;
use std::io::{self, Write};

use serde::Serialize;
use serde_json::ser::{CharEscape, Formatter, Serializer};

use super::{json::Text, sanitise::Sieve};

/// Writes `value` as one document without markers, with a newline at the end.
///
/// Holds one string at a time: a list of any length streams.
pub(super) fn write<W: Write, T: Serialize + ?Sized>(
    out: &mut W,
    value: &T,
    sieve: &Sieve,
) -> io::Result<()> {
    let mut out = Kept { out, failed: None };
    let formatter =
        Block { sieve, depth: 0, empty: false, after_key: false, text: Text::default(), in_text: false };
    let written = value.serialize(&mut Serializer::with_formatter(&mut out, formatter));
    match (written, out.failed) {
        (_, Some(error)) => Err(error),
        (Err(error), None) => Err(error.into()),
        (Ok(()), None) => out.out.write_all(b"\n"),
    }
}

/// Keeps why nothing more could be written: on its way through what is written the kind of an error is lost.
struct Kept<'a, W> {
    out: &'a mut W,
    failed: Option<io::Error>,
}

impl<W: Write> Write for Kept<'_, W> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let written = self.out.write(bytes);
        if let Err(error) = &written {
            self.failed = Some(io::Error::new(error.kind(), error.to_string()));
        }
        written
    }

    fn flush(&mut self) -> io::Result<()> {
        self.out.flush()
    }
}

/// The layout: where the next thing goes.
#[derive(Debug)]
struct Block<'a> {
    /// What each text passes.
    sieve: &'a Sieve,
    /// How many lists and mappings are open.
    depth: usize,
    /// The innermost of them holds nothing yet, and nothing was written for it.
    empty: bool,
    /// The last thing written is the colon of a key.
    after_key: bool,
    /// The string at hand, unescaped: how it is written depends on the whole of it.
    text: Text,
    /// Between the start and the end of that string.
    in_text: bool,
}

impl Block<'_> {
    fn open(&mut self) {
        self.depth += 1;
        self.empty = true;
    }

    fn close<W: ?Sized + Write>(&mut self, out: &mut W, nothing: &str) -> io::Result<()> {
        self.depth = self.depth.saturating_sub(1);
        if std::mem::take(&mut self.empty) { self.scalar(out, nothing) } else { Ok(()) }
    }

    /// Goes to where an entry of the innermost list or mapping starts. The first one of a
    /// list in a list, or of anything at the top, starts where the cursor is.
    fn entry<W: ?Sized + Write>(&mut self, out: &mut W, first: bool) -> io::Result<()> {
        self.empty = false;
        let new_line = std::mem::take(&mut self.after_key) || !first;
        if new_line {
            out.write_all(b"\n")?;
            for _ in 1..self.depth {
                out.write_all(b"  ")?;
            }
        }
        Ok(())
    }

    fn gap<W: ?Sized + Write>(&mut self, out: &mut W) -> io::Result<()> {
        if std::mem::take(&mut self.after_key) { out.write_all(b" ") } else { Ok(()) }
    }

    fn scalar<W: ?Sized + Write>(&mut self, out: &mut W, text: &str) -> io::Result<()> {
        self.gap(out)?;
        out.write_all(text.as_bytes())
    }

    /// A number or a boolean; as a key of a mapping it comes within a string.
    fn number<W: ?Sized + Write>(&mut self, out: &mut W, value: fmt::Arguments<'_>) -> io::Result<()> {
        if self.in_text {
            self.text.push(&value.to_string());
            return Ok(());
        }
        self.gap(out)?;
        out.write_fmt(value)
    }
}

macro_rules! numbers {
    ($($method:ident: $number:ty),*) => {$(
        fn $method<W: ?Sized + Write>(&mut self, out: &mut W, value: $number) -> io::Result<()> {
            self.number(out, format_args!("{value:?}"))
        }
    )*};
}

impl Formatter for Block<'_> {
    numbers!(
        write_bool: bool, write_i8: i8, write_i16: i16, write_i32: i32, write_i64: i64, write_i128: i128,
        write_u8: u8, write_u16: u16, write_u32: u32, write_u64: u64, write_u128: u128,
        write_f32: f32, write_f64: f64
    );

    fn write_number_str<W: ?Sized + Write>(&mut self, out: &mut W, value: &str) -> io::Result<()> {
        self.number(out, format_args!("{value}"))
    }

    fn write_null<W: ?Sized + Write>(&mut self, out: &mut W) -> io::Result<()> {
        self.scalar(out, "null")
    }

    fn begin_string<W: ?Sized + Write>(&mut self, _: &mut W) -> io::Result<()> {
        self.text.begin();
        self.in_text = true;
        Ok(())
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
        self.in_text = false;
        self.gap(out)?;
        let text = self.text.shown(self.sieve);
        if is_bare(&text) {
            return out.write_all(text.as_bytes());
        }
        out.write_all(b"\"")?;
        self.text.write(out, &text, |out, hazard| match u32::from(hazard) {
            code @ 0x1_0000.. => write!(out, "\\U{code:08x}"),
            code => write!(out, "\\u{code:04x}"),
        })?;
        out.write_all(b"\"")
    }

    fn begin_array<W: ?Sized + Write>(&mut self, _: &mut W) -> io::Result<()> {
        self.open();
        Ok(())
    }

    fn end_array<W: ?Sized + Write>(&mut self, out: &mut W) -> io::Result<()> {
        self.close(out, "[]")
    }

    fn begin_array_value<W: ?Sized + Write>(&mut self, out: &mut W, first: bool) -> io::Result<()> {
        self.entry(out, first)?;
        out.write_all(b"- ")
    }

    fn begin_object<W: ?Sized + Write>(&mut self, _: &mut W) -> io::Result<()> {
        self.open();
        Ok(())
    }

    fn end_object<W: ?Sized + Write>(&mut self, out: &mut W) -> io::Result<()> {
        self.close(out, "{}")
    }

    fn begin_object_key<W: ?Sized + Write>(&mut self, out: &mut W, first: bool) -> io::Result<()> {
        self.text.key(true);
        self.entry(out, first)
    }

    fn begin_object_value<W: ?Sized + Write>(&mut self, out: &mut W) -> io::Result<()> {
        self.text.key(false);
        self.after_key = true;
        out.write_all(b":")
    }
}

/// Whether `text` without quotes is a string in YAML 1.1 and 1.2 alike.
///
/// It starts with a letter, so it is not a number, date or mark of structure; it is not a word
/// for true, false, null or a special number; a colon in it is followed by more of it,
/// and it holds nothing but letters, digits and harmless marks.
fn is_bare(text: &str) -> bool {
    const WORDS: [&str; 11] = ["y", "n", "yes", "no", "on", "off", "true", "false", "null", "nan", "inf"];
    text.starts_with(|c: char| c.is_ascii_alphabetic())
        && !text.ends_with(':')
        && text.bytes().all(|b| b.is_ascii_alphanumeric() || b"-_./@+:".contains(&b))
        && !WORDS.iter().any(|word| text.eq_ignore_ascii_case(word))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::output::sanitise::{is_hazard, tests::hostile};
    use proptest::prelude::*;
    use serde_json::{Value, json};

    fn yaml<T: Serialize>(value: T) -> String {
        let mut out = Vec::new();
        write(&mut out, &value, &Sieve::default()).unwrap();
        String::from_utf8(out).unwrap()
    }

    #[test]
    fn lists_and_mappings_nest_by_two_spaces() {
        let value = json!([
            {"id": "a1", "clusters": [], "health": {"failures": 2, "state": "ok"}, "none": null, "tags": ["2026-01-01", ["y", "z"]]},
            {"on": true, "empty": {}},
        ]);
        // serde_json's own map sorts its keys; a struct keeps the order of its fields.
        let want = "\
- clusters: []
  health:
    failures: 2
    state: ok
  id: a1
  none: null
  tags:
    - \"2026-01-01\"
    - - \"y\"
      - z
- empty: {}
  \"on\": true
";
        assert_eq!(yaml(&value), want);
        assert_eq!(serde_saphyr::from_str::<Value>(want).unwrap(), value);
    }

    #[test]
    fn bare_only_where_no_reader_can_mistake_it() {
        for bare in ["my-key", "https://ghcr.io/a", "user@host", "x", "nano", "v1.2"] {
            assert_eq!(yaml(bare), format!("{bare}\n"));
        }
        for quoted in [
            "", "no", "No", "NO", "y", "off", "true", "null", "~", "1e3", "0x1F", "0o7", "010", "1_000",
            "12:30:45", ".inf", "NaN", "<<", "=", "- x", "a: b", "a:", "a #b", " a", "a ", "*a", "&a", "!a",
            "%a", "`a", "|", ">", "{a", "[a", "'a", "é", "---", "...",
        ] {
            let shown = yaml(quoted);
            assert_eq!(shown, format!("\"{quoted}\"\n"));
            assert_eq!(serde_saphyr::from_str::<Value>(&shown).unwrap(), json!(quoted));
        }
        assert_eq!(yaml("a\n b\t\"\\"), "\"a\\n b\\t\\\"\\\\\"\n");
        assert_eq!(yaml("\u{202e}\u{85}\u{e0041}"), "\"\\u202e\\u0085\\U000e0041\"\n");
    }

    #[test]
    fn keys_may_be_numbers_and_numbers_keep_their_sort() {
        let keys = std::collections::BTreeMap::from([(1, 1.0), (2, 2.5)]);
        assert_eq!(yaml(&keys), "\"1\": 1.0\n\"2\": 2.5\n");
        assert_eq!(yaml((true, u64::MAX, i64::MIN)), format!("- true\n- {}\n- {}\n", u64::MAX, i64::MIN));
    }

    proptest! {
        #[test]
        fn reads_back_as_it_was(text in hostile(), key in hostile()) {
            let value = json!([{ key: [text.clone(), { "a": [[text]] }] }, 7, -1, 0.5]);
            let shown = yaml(&value);
            prop_assert!(!shown.chars().any(|c| c != '\n' && is_hazard(c)));
            prop_assert_eq!(serde_saphyr::from_str::<Value>(&shown).unwrap(), value);
        }
    }
}
