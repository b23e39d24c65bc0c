//! JSON that a terminal can be shown: what could act on it is escaped, and reads back as
//! it was.

use std::io::{self, Write};

use serde::Serialize;
use serde_json::ser::{CompactFormatter, Formatter, Serializer};

use super::sanitise::{is_clean, is_hazard};

/// Writes `value` indented by two spaces, with a newline at the end.
///
/// Nothing but the formatter's few bytes is held: a list of any length streams.
pub(super) fn write_pretty<W: Write, T: Serialize + ?Sized>(out: &mut W, value: &T) -> io::Result<()> {
    write(out, value, Indented::default())
}

/// Writes `value` in one line.
pub(super) fn write_line<W: Write, T: Serialize + ?Sized>(out: &mut W, value: &T) -> io::Result<()> {
    write(out, value, CompactFormatter)
}

fn write<W, T, F>(out: &mut W, value: &T, layout: F) -> io::Result<()>
where
    W: Write,
    T: Serialize + ?Sized,
    F: Formatter,
{
    value.serialize(&mut Serializer::with_formatter(&mut *out, Escaped(layout)))?;
    out.write_all(b"\n")
}

/// Two spaces for each level, each line's beginning in one write.
#[derive(Default)]
struct Indented {
    level: usize,
    has_value: bool,
}

/// What lines begin with, as far as anything here is nested.
const LINE: &[u8] = b",\n                                                                ";

impl Indented {
    /// Ends the line before, with a comma unless what comes is the `first` of its kind, and indents.
    fn line<W: ?Sized + Write>(&self, out: &mut W, first: bool) -> io::Result<()> {
        let indent = 2 * self.level;
        let end = LINE.len().min(2 + indent);
        out.write_all(&LINE[usize::from(first)..end])?;
        for _ in end..2 + indent {
            out.write_all(b" ")?;
        }
        Ok(())
    }

    fn open<W: ?Sized + Write>(&mut self, out: &mut W, bracket: &[u8]) -> io::Result<()> {
        self.level += 1;
        self.has_value = false;
        out.write_all(bracket)
    }

    fn close<W: ?Sized + Write>(&mut self, out: &mut W, bracket: &[u8]) -> io::Result<()> {
        self.level -= 1;
        if self.has_value {
            self.line(out, true)?;
        }
        out.write_all(bracket)
    }
}

impl Formatter for Indented {
    fn begin_array<W: ?Sized + Write>(&mut self, out: &mut W) -> io::Result<()> {
        self.open(out, b"[")
    }

    fn end_array<W: ?Sized + Write>(&mut self, out: &mut W) -> io::Result<()> {
        self.close(out, b"]")
    }

    fn begin_array_value<W: ?Sized + Write>(&mut self, out: &mut W, first: bool) -> io::Result<()> {
        self.line(out, first)
    }

    fn end_array_value<W: ?Sized + Write>(&mut self, _: &mut W) -> io::Result<()> {
        self.has_value = true;
        Ok(())
    }

    fn begin_object<W: ?Sized + Write>(&mut self, out: &mut W) -> io::Result<()> {
        self.open(out, b"{")
    }

    fn end_object<W: ?Sized + Write>(&mut self, out: &mut W) -> io::Result<()> {
        self.close(out, b"}")
    }

    fn begin_object_key<W: ?Sized + Write>(&mut self, out: &mut W, first: bool) -> io::Result<()> {
        self.line(out, first)
    }

    fn begin_object_value<W: ?Sized + Write>(&mut self, out: &mut W) -> io::Result<()> {
        out.write_all(b": ")
    }

    fn end_object_value<W: ?Sized + Write>(&mut self, _: &mut W) -> io::Result<()> {
        self.has_value = true;
        Ok(())
    }
}

/// Another formatter's layout, with the hazards in its strings escaped.
struct Escaped<F>(F);

impl<F: Formatter> Formatter for Escaped<F> {
    // Controls below U+0020 never come here: serde_json escapes them itself.
    fn write_string_fragment<W: ?Sized + Write>(&mut self, out: &mut W, fragment: &str) -> io::Result<()> {
        if is_clean(fragment) {
            return out.write_all(fragment.as_bytes());
        }
        let mut rest = fragment;
        while let Some(at) = rest.find(is_hazard) {
            let (plain, tail) = rest.split_at(at);
            out.write_all(plain.as_bytes())?;
            let mut chars = tail.chars();
            if let Some(hazard) = chars.next() {
                for unit in hazard.encode_utf16(&mut [0; 2]) {
                    write!(out, "\\u{unit:04x}")?;
                }
            }
            rest = chars.as_str();
        }
        out.write_all(rest.as_bytes())
    }

    fn begin_array<W: ?Sized + Write>(&mut self, out: &mut W) -> io::Result<()> {
        self.0.begin_array(out)
    }

    fn end_array<W: ?Sized + Write>(&mut self, out: &mut W) -> io::Result<()> {
        self.0.end_array(out)
    }

    fn begin_array_value<W: ?Sized + Write>(&mut self, out: &mut W, first: bool) -> io::Result<()> {
        self.0.begin_array_value(out, first)
    }

    fn end_array_value<W: ?Sized + Write>(&mut self, out: &mut W) -> io::Result<()> {
        self.0.end_array_value(out)
    }

    fn begin_object<W: ?Sized + Write>(&mut self, out: &mut W) -> io::Result<()> {
        self.0.begin_object(out)
    }

    fn end_object<W: ?Sized + Write>(&mut self, out: &mut W) -> io::Result<()> {
        self.0.end_object(out)
    }

    fn begin_object_key<W: ?Sized + Write>(&mut self, out: &mut W, first: bool) -> io::Result<()> {
        self.0.begin_object_key(out, first)
    }

    fn begin_object_value<W: ?Sized + Write>(&mut self, out: &mut W) -> io::Result<()> {
        self.0.begin_object_value(out)
    }

    fn end_object_value<W: ?Sized + Write>(&mut self, out: &mut W) -> io::Result<()> {
        self.0.end_object_value(out)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::output::sanitise::tests::hostile;
    use proptest::prelude::*;
    use serde_json::json;

    fn pretty<T: Serialize>(value: T) -> String {
        let mut out = Vec::new();
        write_pretty(&mut out, &value).unwrap();
        String::from_utf8(out).unwrap()
    }

    #[test]
    fn an_empty_list_is_two_brackets() {
        assert_eq!(pretty([(); 0]), "[]\n");
    }

    #[test]
    fn two_spaces_and_a_newline_at_the_end() {
        assert_eq!(
            pretty(json!([{"a": [1, null]}])),
            "[\n  {\n    \"a\": [\n      1,\n      null\n    ]\n  }\n]\n"
        );
    }

    #[test]
    fn the_layout_is_that_of_serde_json_however_deep() {
        let deep = (0..50).fold(json!({"a": [], "b": {}, "c": [{}]}), |inner, _| json!([1, {"k": inner}]));
        for value in [json!([]), json!({}), json!([[], {}]), json!({"a": {"b": [1, 2]}, "c": "d"}), deep] {
            assert_eq!(pretty(&value), serde_json::to_string_pretty(&value).unwrap() + "\n");
        }
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
            for shown in [pretty(&value), {
                let mut out = Vec::new();
                write_line(&mut out, &value).unwrap();
                String::from_utf8(out).unwrap()
            }] {
                prop_assert!(!shown.chars().any(|c| c != '\n' && is_hazard(c)));
                prop_assert_eq!(serde_json::from_str::<serde_json::Value>(&shown).unwrap(), value.clone());
            }
        }
    }
}
