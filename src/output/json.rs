//! JSON that a terminal can be shown: what could act on it is escaped, and reads back as
//! it was.

mod key;
mod serialize;
mod text;

use std::io::{self, Write};

use serde::Serialize;

use serialize::{Failure, Json};

/// Writes `value` indented by two spaces, with a newline at the end.
///
/// Nothing of it is held: a list of any length streams.
pub(super) fn write_pretty<W: Write, T: Serialize + ?Sized>(out: &mut W, value: &T) -> io::Result<()> {
    write(out, value, true)
}

/// Writes `value` in one line.
pub(super) fn write_line<W: Write, T: Serialize + ?Sized>(out: &mut W, value: &T) -> io::Result<()> {
    write(out, value, false)
}

fn write<W: Write, T: Serialize + ?Sized>(out: &mut W, value: &T, indented: bool) -> io::Result<()> {
    value.serialize(&mut Json::new(out, indented)).map_err(|Failure(error)| error)?;
    out.write_all(b"\n")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::output::sanitise::is_hazard;
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

    /// Every shape that serde knows.
    #[derive(Serialize)]
    enum Shape {
        Unit,
        New(Option<u8>),
        Tuple(i64, f64),
        Struct { name: &'static str, none: Option<()>, skipped: Vec<()> },
    }

    #[derive(Serialize)]
    struct Whole {
        shapes: Vec<Shape>,
        numbers: (u64, i64, f32, f64, f64, u128),
        letters: [char; 3],
        unit: (),
        #[serde(flatten)]
        rest: std::collections::BTreeMap<String, bool>,
    }

    #[test]
    fn every_shape_is_as_serde_json_writes_it() {
        let value = Whole {
            shapes: vec![
                Shape::Unit,
                Shape::New(Some(7)),
                Shape::New(None),
                Shape::Tuple(-1, 0.1),
                Shape::Struct { name: "\"a\\b\"", none: None, skipped: vec![] },
            ],
            numbers: (u64::MAX, i64::MIN, 0.5, 1e300, f64::NAN, u128::MAX),
            letters: ['a', '"', '\u{8}'],
            unit: (),
            rest: [("é\tx".to_owned(), true), (String::new(), false)].into(),
        };
        assert_eq!(pretty(&value), serde_json::to_string_pretty(&value).unwrap() + "\n");
        let mut line = Vec::new();
        write_line(&mut line, &value).unwrap();
        assert_eq!(String::from_utf8(line).unwrap(), serde_json::to_string(&value).unwrap() + "\n");
    }

    #[test]
    fn a_key_that_is_no_text_is_an_error() {
        let map = std::collections::BTreeMap::from([((), 1)]);
        assert!(write_line(&mut Vec::new(), &map).is_err());
    }

    /// The end of a text is seen as its beginning is, whatever its length.
    #[test]
    fn a_quote_is_escaped_wherever_it_stands() {
        for length in 0..40 {
            for at in 0..length {
                for special in ['"', '\\', '\n', '\u{7f}', 'é', '\u{202e}'] {
                    let text: String = (0..length).map(|i| if i == at { special } else { 'x' }).collect();
                    let shown = pretty(&text);
                    assert_eq!(serde_json::from_str::<String>(&shown).unwrap(), text);
                    assert!(!shown.trim_end().contains(is_hazard), "{shown:?}");
                }
            }
        }
    }

    proptest! {
        #[test]
        fn ordinary_text_is_as_serde_json_writes_it(text in r"[ -~éß日\n\r\t\x00-\x1f]{0,40}") {
            prop_assert_eq!(pretty(&text), serde_json::to_string(&text).unwrap() + "\n");
        }

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
