use std::cell::Cell;

use proptest::prelude::*;
use serde::{Deserialize, Deserializer, de::IgnoredAny};
use serde_json::{Map, Value};

use super::{
    BEGINNING, LIST_ELEMENTS, ListDecoder, Malformed, OBJECT_LIMIT, is_null, object, outcome_if_any,
    too_large, too_many,
};
use crate::platform::Token;

fn list(pieces: &[&[u8]]) -> Result<Vec<Value>, Malformed> {
    let mut decoder = ListDecoder::default();
    for piece in pieces {
        decoder.push(piece)?;
    }
    decoder.finish()
}

#[test]
fn a_list_is_decoded_wherever_it_is_cut() {
    let text = br#" [ {"a":"]}\"\\","b":[1,{"c":"["}]} , {"d":null}
    ] "#;
    let whole: Vec<Value> = serde_json::from_slice(text).unwrap();
    for cut in 0..text.len() {
        assert_eq!(list(&[&text[..cut], &text[cut..]]), Ok(whole.clone()), "cut at {cut}");
    }
    assert_eq!(list(&[b"[]"]), Ok(vec![]));
    assert_eq!(list(&[b" nu", b"ll\n"]), Ok(vec![]), "h124");
    assert_eq!(list(&[b"\xef\xbb\xbf", b"[{}]"]), Ok(vec![Value::Object(serde_json::Map::default())]));
}

#[test]
fn what_is_no_list_is_told_apart() {
    assert_eq!(list(&[b""]), Err(Malformed::Empty));
    assert_eq!(list(&[b"  \n"]), Err(Malformed::Empty));
    assert!(matches!(list(&[b"<html>"]), Err(Malformed::NotJson(_))));
    assert!(matches!(list(&[b"{\"detail\":\"x\"}"]), Err(Malformed::Unexpected(_))));
    assert_eq!(list(&[b"[{\"a\":1}"]), Err(Malformed::Cut));
    assert_eq!(list(&[b"[{\"a\":1},"]), Err(Malformed::Cut));
    assert_eq!(list(&[b"[]\xc3"]), Err(Malformed::Cut), "a character that is cut");
    for bad in ["[1]", "[{}{}]", "[,]", "[{},]", "[{}]]", "[{}] x", "[{\"a\":}]", "[{]}]"] {
        assert!(matches!(list(&[bad.as_bytes()]), Err(Malformed::Unexpected(_))), "{bad}");
    }
    let deep = format!("[{}{}]", "{\"a\":".repeat(200), "}".repeat(200));
    assert!(matches!(list(&[deep.as_bytes()]), Err(Malformed::Unexpected(_))), "h19");
}

#[test]
fn what_is_no_list_is_told_as_soon_as_its_beginning_is_there() {
    let page = "<html>".repeat(BEGINNING);
    let push = |text: &str| ListDecoder::<Value>::default().push(text.as_bytes());
    assert_eq!(push(&page[..BEGINNING - 1]), Ok(()), "more may come");
    for text in [&page[..BEGINNING], &page] {
        assert!(matches!(push(text), Err(Malformed::NotJson(_))), "{}", text.len());
    }
}

/// A list of one element of `length` bytes.
fn list_of(length: usize) -> String {
    format!(r#"[{{"a":"{}"}}]"#, "x".repeat(length - r#"{"a":""}"#.len()))
}

#[test]
fn an_element_has_1_mib_at_most_however_it_comes() {
    let (largest, larger) = (list_of(OBJECT_LIMIT), list_of(OBJECT_LIMIT + 1));
    for size in [usize::MAX, OBJECT_LIMIT, OBJECT_LIMIT / 2 + 1, 100_000] {
        let pieces: Vec<&[u8]> = largest.as_bytes().chunks(size).collect();
        assert_eq!(list(&pieces).map(|all| all.len()), Ok(1), "in pieces of {size}");
        let pieces: Vec<&[u8]> = larger.as_bytes().chunks(size).collect();
        assert_eq!(list(&pieces).map(|all| all.len()), Err(too_large()), "in pieces of {size}");
    }
    // One that goes on is refused once it is larger, and not at its end.
    for (length, expected) in [(OBJECT_LIMIT, Ok(())), (OBJECT_LIMIT + 1, Err(too_large()))] {
        let text = &larger[..=length];
        assert_eq!(ListDecoder::<Value>::default().push(text.as_bytes()), expected, "at once");
        let mut decoder = ListDecoder::<Value>::default();
        let (one, other) = text.as_bytes().split_at(length / 2 + 1);
        assert_eq!(decoder.push(one).and_then(|()| decoder.push(other)), expected, "in two pieces");
    }
}

#[test]
fn a_list_has_so_many_elements_and_no_more() {
    let count = |elements: usize| {
        let text = format!("[{{}}{}]", ",{}".repeat(elements - 1));
        let mut decoder = ListDecoder::<IgnoredAny>::default();
        decoder.push(text.as_bytes())?;
        decoder.finish().map(|all| all.len())
    };
    assert_eq!(count(LIST_ELEMENTS), Ok(LIST_ELEMENTS));
    assert_eq!(count(LIST_ELEMENTS + 1), Err(too_many()));
}

thread_local! {
    static TRIES: Cell<usize> = const { Cell::new(0) };
}

/// An element that counts how often one is begun.
struct Counted;

impl<'de> Deserialize<'de> for Counted {
    fn deserialize<D: Deserializer<'de>>(input: D) -> Result<Self, D::Error> {
        TRIES.set(TRIES.get() + 1);
        IgnoredAny::deserialize(input).map(|_| Self)
    }
}

#[test]
fn an_element_in_many_pieces_is_not_read_again_for_each_of_them() {
    TRIES.set(0);
    let mut decoder = ListDecoder::<Counted>::default();
    let text = list_of(1024);
    let (element, end) = text.as_bytes().split_at(text.len() - 1);
    element.chunks(1).for_each(|byte| decoder.push(byte).unwrap());
    assert_eq!(TRIES.get(), 11, "at 1, 2, 4, ... and 1024 bytes");
    assert_eq!(decoder.items.len(), 1, "as soon as it is there");
    decoder.push(end).unwrap();
    assert_eq!(decoder.finish().map(|all| all.len()).ok(), Some(1));
}

#[test]
fn what_is_no_object_is_told_apart_and_none_of_it_is_quoted() {
    let broken = |place: &str| Malformed::Unexpected(format!("broken JSON at {place}"));
    for (body, expected) in [
        ("", Malformed::Empty),
        (" \n\t", Malformed::Empty),
        ("\u{feff}", Malformed::Empty),
        ("[1]", Malformed::Unexpected("an object is due".into())),
        (" 7", Malformed::Unexpected("an object is due".into())),
        ("{\"a\":", Malformed::Cut),
        ("{hunter2", broken("line 1 column 2")),
        ("\n {} hunter2", broken("line 2 column 5")),
        (" <html>", Malformed::NotJson("<html>".into())),
    ] {
        assert_eq!(object::<Map<String, Value>>(body.as_bytes()).err(), Some(expected), "{body:?}");
    }
    assert_eq!(object::<Token>(b"[hunter2").err(), Some(broken("line 1 column 2")));
    let told = object::<Token>(br#"{"id":"hunter2","name":["hunter2"]}"#).unwrap_err().to_string();
    assert!(told.contains("a field is missing or of another type at line 1 column "), "{told}");
    assert!(object::<Map<String, Value>>("\u{feff} {} ".as_bytes()).is_ok());
    assert!(is_null(b" null\n") && is_null(b"\xef\xbb\xbfnull") && !is_null(b"nul") && !is_null(b""));
}

#[test]
fn a_change_may_be_answered_with_nothing_or_with_any_json() {
    for silent in ["", " \n", "null", "true", "7", " [{}]", "\u{feff}[1]", "\"done\""] {
        assert!(matches!(outcome_if_any(silent.as_bytes()), Ok(None)), "{silent:?}");
    }
    for (said, expected) in
        [("{}", None), (" {\"success\":false}", Some(false)), ("\u{feff}{\"success\":true}", Some(true))]
    {
        let outcome = outcome_if_any(said.as_bytes()).unwrap();
        assert_eq!(outcome.map(|outcome| outcome.success), Some(expected), "{said:?}");
    }
    for (bad, expected) in [
        ("<html>", Malformed::NotJson("<html>".into())),
        ("tru", Malformed::Cut),
        (" {\"success\":", Malformed::Cut),
    ] {
        assert_eq!(outcome_if_any(bad.as_bytes()).err(), Some(expected), "{bad}");
    }
    for bad in [" {\"success\":[]}", "\u{feff}{\"success\":7}", "[1", "[1] x"] {
        let malformed = outcome_if_any(bad.as_bytes()).err();
        assert!(matches!(malformed, Some(Malformed::Unexpected(_) | Malformed::Cut)), "{bad}: {malformed:?}");
    }
}

proptest! {
    #[test]
    fn the_decoder_agrees_with_serde(text in r#"[\[\]{},:"a1 \\]{0,24}"#) {
        let ours = list(&[b"[", text.as_bytes(), b"]"]);
        let theirs = serde_json::from_str::<Vec<Map<String, Value>>>(&format!("[{text}]"));
        prop_assert_eq!(ours.is_ok(), theirs.is_ok());
    }
}
