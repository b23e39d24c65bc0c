//! The one reader of YAML that holds secrets: the texts of the top mapping, and of the mappings in it.
//!
//! The tools whose files these are read them with viper and its YAML for Go. What stands here in a way that those
//! might take for another value than a person reads is refused.

use saphyr_parser::{Event, Parser, ScalarStyle, Tag};
use zeroize::Zeroizing;

use super::Secret;

/// The most that is read of a file, in events of the parser: one for each value and each bracket.
const EVENTS: usize = 10_000;

/// What a file is that cannot be used.
pub(crate) const OTHER: &str = "it is not the YAML that was expected";

/// One entry of the top mapping, or of a mapping in it.
#[derive(Debug)]
pub(crate) struct Entry {
    /// The key of the mapping that it is in; none for one of the top.
    pub(crate) within: Option<String>,
    /// Empty where it is no text.
    pub(crate) key: String,
    /// None where it is empty or null; or why it cannot be used.
    pub(crate) value: Result<Option<Secret>, &'static str>,
}

/// How far a file has been read.
#[derive(Default)]
struct Reader {
    entries: Vec<Entry>,
    /// How many lists and mappings are open.
    depth: usize,
    /// The keys whose values are next: of the top mapping, and of the one in it.
    keys: [Option<String>; 2],
    /// The key whose mapping is open.
    within: Option<String>,
}

/// Reads the entries of the first document in their order, event by event: what is nested deeper costs no more
/// than what is not, and aliases lead nowhere.
///
/// # Errors
/// What is no mapping, or merges other entries into its own. Nothing of the text is repeated.
pub(crate) fn entries(text: &str) -> Result<Vec<Entry>, String> {
    let mut reader = Reader::default();
    for (number, event) in Parser::new_from_str(text).enumerate() {
        let (event, _) = event.map_err(|_| OTHER)?;
        if number > EVENTS {
            return Err(format!("{OTHER}: it has too many entries"));
        }
        match event {
            Event::DocumentEnd => break,
            Event::MappingEnd | Event::SequenceEnd => reader.depth = reader.depth.saturating_sub(1),
            Event::MappingStart(..) | Event::SequenceStart(..) | Event::Scalar(..) | Event::Alias(_) => {
                reader.node(event)?;
            }
            _ => {}
        }
    }
    Ok(reader.entries)
}

impl Reader {
    fn node(&mut self, node: Event<'_>) -> Result<(), String> {
        let is_mapping = matches!(node, Event::MappingStart(..));
        let opens = usize::from(is_mapping || matches!(node, Event::SequenceStart(..)));
        match self.depth {
            0 => match node {
                Event::MappingStart(..) => {}
                Event::Scalar(text, ScalarStyle::Plain, ..) if is_null(&text) => {}
                _ => return Err(OTHER.into()),
            },
            1 => match self.keys[0].take() {
                None => {
                    self.within = None;
                    self.keys[0] = Some(key(node)?);
                }
                Some(key) => {
                    self.within = is_mapping.then(|| key.clone());
                    self.keys[1] = None;
                    self.entries.push(Entry { within: None, key, value: plain_text(node) });
                }
            },
            2 if self.within.is_some() => match self.keys[1].take() {
                None => self.keys[1] = Some(key(node)?),
                Some(key) => {
                    let within = self.within.clone();
                    self.entries.push(Entry { within, key, value: plain_text(node) });
                }
            },
            _ => {}
        }
        self.depth += opens;
        Ok(())
    }
}

/// A key; one that is no text is none that counts.
fn key(node: Event<'_>) -> Result<String, String> {
    match node {
        Event::Scalar(name, ScalarStyle::Plain, ..) if name == "<<" => {
            Err(format!("{OTHER}: it merges other entries into its own"))
        }
        Event::Scalar(name, ..) => Ok(name.into_owned()),
        _ => Ok(String::new()),
    }
}

/// The text of a value, if it is not empty.
fn plain_text(node: Event<'_>) -> Result<Option<Secret>, &'static str> {
    let Event::Scalar(text, style, _, tag) = node else { return Err("no text") };
    let text = Zeroizing::new(text.into_owned());
    let is_bare = style == ScalarStyle::Plain;
    match tag.as_deref() {
        None if is_bare && is_null(&text) => return Ok(None),
        None if is_bare && is_other_than_text(&text) => return Err("no text: put it in quotes"),
        None => {}
        // `!` and `!!str` say that it is text.
        Some(Tag { handle, suffix }) if is_text_tag(handle, suffix) => {}
        Some(_) => return Err("not said to be text"),
    }
    if text.contains(char::is_control) {
        return Err("of several lines, or has a control character");
    }
    Ok(Some(&text).filter(|text| !text.is_empty()).map(|text| Secret::copied(text)))
}
fn is_text_tag(handle: &str, suffix: &str) -> bool {
    matches!(
        (handle, suffix),
        ("tag:yaml.org,2002:", "str") | ("", "!" | "tag:yaml.org,2002:str") | ("!", "")
    )
}

fn is_null(text: &str) -> bool {
    matches!(text, "" | "~" | "null" | "Null" | "NULL")
}

/// Whether a bare value is a number, a date or true or false to the official program, which may write it in
/// another way than it stands there. Digits alone stay what they are.
fn is_other_than_text(text: &str) -> bool {
    let is_whole = text.parse::<u64>().is_ok_and(|number| number.to_string() == text);
    let digits = text.trim_start_matches(['+', '-']);
    let is_number = text.replace('_', "").parse::<f64>().is_ok()
        || ["0x", "0o", "0b", ".inf", ".nan"]
            .iter()
            .any(|start| digits.to_ascii_lowercase().starts_with(start));
    let is_date = text.len() >= 8
        && text.starts_with(|first: char| first.is_ascii_digit())
        && text.bytes().all(|byte| byte.is_ascii_digit() || b"-:.+TtZz ".contains(&byte));
    let is_word = ["true", "false", "yes", "no", "on", "off", "y", "n"]
        .iter()
        .any(|word| text.eq_ignore_ascii_case(word));
    !is_whole && (is_number || is_date || is_word)
}

#[cfg(test)]
mod tests {
    use super::{EVENTS, entries, is_other_than_text};

    #[test]
    fn a_file_may_have_as_many_entries_as_are_read_and_no_more() {
        // Around the items are the begin and the end of document, mapping and list, the key, and the stream.
        let list = |items: usize| format!("a: [{}]", "x,".repeat(items));
        assert_eq!(entries(&list(EVENTS - 7)).unwrap().len(), 1);
        let refusal = entries(&list(EVENTS - 6)).unwrap_err();
        assert!(refusal.ends_with("it has too many entries"), "{refusal}");
    }

    #[test]
    fn what_a_list_holds_is_no_entry() {
        let found = entries("a: [token, x]\nb: {c: d}\ne: [{token: x}]\nf:\n- token\n- x\n").unwrap();
        let keys: Vec<_> = found.iter().map(|entry| (entry.within.as_deref(), entry.key.as_str())).collect();
        assert_eq!(keys, [(None, "a"), (None, "b"), (Some("b"), "c"), (None, "e"), (None, "f")]);
    }

    #[test]
    fn numbers_dates_and_words_for_true_and_false_are_told_from_text() {
        for other in [
            "2026-01-01",
            "2026-1-1",
            "2026-01-01T10:00:00.5Z",
            "1e3",
            "0x1f",
            "-0B1",
            "1_000",
            "+1",
            "007",
            ".5",
            "-.inf",
            "18446744073709551616",
            "TRUE",
            "n",
        ] {
            assert!(is_other_than_text(other), "{other}");
        }
        for text in
            ["202-1-1", "12:30", "-2026-01-01", "2026-01-01x", "7", "18446744073709551615", "nn", "x0x1"]
        {
            assert!(!is_other_than_text(text), "{text}");
        }
    }
}
