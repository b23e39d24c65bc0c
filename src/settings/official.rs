//! The official CLI's login file, `~/.ankra.yaml`, and the organisation that was chosen there: read, never
//! written.

use std::path::Path;

use saphyr_parser::{Event, Parser, ScalarStyle, Tag};
use serde::Deserialize;
use zeroize::Zeroizing;

use super::{SavedOrganisation, file::LIMIT};
use crate::{
    files::{self, Holds},
    platform::BaseUrl,
    secret::Secret,
};

/// What this program takes from the file.
pub(crate) struct Official {
    /// The only address its token is ever sent to.
    pub(crate) base_url: BaseUrl,
    pub(crate) token: Option<Secret>,
    /// The organisation of its last `org switch`.
    pub(crate) organisation: Option<SavedOrganisation>,
}

/// Reads the official CLI's address and token, if it has either. A file that cannot be used is ignored, with
/// a warning.
pub(crate) fn read(home: &Path, warnings: &mut Vec<String>) -> Option<Official> {
    let path = home.join(".ankra.yaml");
    let mut pass_over = |why: &str| {
        warnings.push(format!("{} is ignored: {why}", path.display()));
        None
    };
    let mut bytes = match files::read(&path, LIMIT) {
        Ok(bytes) => bytes?,
        Err(error) => return pass_over(&error.causes().concat()),
    };
    let text = match files::commented_text(&mut bytes, files::behind_hash) {
        Ok(text) => text,
        Err(error) => return pass_over(&error.causes().concat()),
    };
    let Entries { token, base_url, .. } = match Entries::read(text) {
        Ok(entries) => entries,
        Err(why) => return pass_over(&why),
    };
    if token.is_none() && base_url.is_none() {
        return None;
    }
    let Ok(base_url) = base_url.as_ref().map_or(BaseUrl::HOSTED, |text| text.as_str()).parse() else {
        return pass_over("its base-url cannot be used");
    };
    let holds = if token.is_some() { Holds::Secret } else { Holds::Settings };
    warnings.extend(files::exposure(&path, holds));
    let organisation = if token.is_some() { organisation(home, warnings) } else { None };
    Some(Official { base_url, token: token.map(|token| Secret::copied(&token)), organisation })
}

/// The file in which the official CLI keeps its choice of an organisation.
#[derive(Deserialize)]
struct Choice {
    organisation_id: Option<String>,
    name: Option<String>,
    slug: Option<String>,
}

/// The organisation that was chosen with the official CLI, if one was. A file that cannot be used is ignored,
/// with a warning.
fn organisation(home: &Path, warnings: &mut Vec<String>) -> Option<SavedOrganisation> {
    let path = home.join(".ankra").join("organisation.json");
    let read = || -> Result<Option<SavedOrganisation>, String> {
        let bytes = files::read(&path, LIMIT).map_err(|error| error.causes().concat())?;
        let Some(bytes) = bytes else { return Ok(None) };
        let text = files::text(&bytes).map_err(|error| error.causes().concat())?;
        let choice: Choice =
            serde_json::from_str(text).map_err(|_| "it is not the JSON that was expected")?;
        let Some(id) = choice.organisation_id.filter(|id| !id.is_empty()) else { return Ok(None) };
        let title = [choice.name, choice.slug].into_iter().flatten().find(|text| !text.trim().is_empty());
        let title = title.unwrap_or_else(|| id.clone());
        let id = id.parse().map_err(|_| "its organisation_id is not an id")?;
        Ok(Some(SavedOrganisation { id, title }))
    };
    read().unwrap_or_else(|why| {
        warnings.push(format!("{} is ignored: {why}", path.display()));
        None
    })
}

/// The most that is read of a file, in events of the parser: one for each value and each bracket.
const EVENTS: usize = 10_000;

/// What a file is that is ignored.
const OTHER: &str = "it is not the YAML that was expected";

/// The two texts that count, and how far the file has been read.
#[derive(Debug, Default)]
struct Entries {
    token: Option<Zeroizing<String>>,
    base_url: Option<Zeroizing<String>>,
    /// How many lists and mappings are open.
    depth: usize,
    /// The key of the top mapping whose value is next.
    key: Option<Zeroizing<String>>,
    /// The keys that had their value.
    seen: Vec<&'static str>,
}

impl Entries {
    /// Reads the first document, event by event: what is nested costs no more than what is not, and aliases
    /// lead nowhere.
    ///
    /// # Errors
    /// Why the official program would refuse the file, or might take a value for another than is written here.
    fn read(text: &str) -> Result<Self, String> {
        let mut entries = Self::default();
        for (number, event) in Parser::new_from_str(text).enumerate() {
            let (event, _) = event.map_err(|_| OTHER)?;
            if number > EVENTS {
                return Err(format!("{OTHER}: it has more entries than any login"));
            }
            match event {
                Event::DocumentEnd => break,
                Event::MappingEnd | Event::SequenceEnd => entries.depth = entries.depth.saturating_sub(1),
                Event::MappingStart(..) | Event::SequenceStart(..) | Event::Scalar(..) | Event::Alias(_) => {
                    entries.node(event)?;
                }
                _ => {}
            }
        }
        Ok(entries)
    }

    fn node(&mut self, node: Event<'_>) -> Result<(), String> {
        let opens = usize::from(matches!(node, Event::MappingStart(..) | Event::SequenceStart(..)));
        match self.depth {
            0 => match node {
                Event::MappingStart(..) => {}
                Event::Scalar(text, ScalarStyle::Plain, ..) if is_null(&text) => {}
                _ => return Err(OTHER.into()),
            },
            1 => match self.key.take() {
                None => self.key = Some(key(node)?),
                Some(key) => self.value(&key, node)?,
            },
            _ => {}
        }
        self.depth += opens;
        Ok(())
    }

    /// The official program looks for keys in any letter case, and refuses one that is there twice.
    fn value(&mut self, key: &str, node: Event<'_>) -> Result<(), String> {
        let (name, place) = if key.eq_ignore_ascii_case("token") {
            ("token", &mut self.token)
        } else if key.eq_ignore_ascii_case("base-url") {
            ("base-url", &mut self.base_url)
        } else {
            return Ok(());
        };
        if self.seen.contains(&name) {
            return Err(format!("{OTHER}: it has {name} twice"));
        }
        self.seen.push(name);
        *place = plain_text(node).map_err(|why| format!("{OTHER}: its {name} is {why}"))?;
        Ok(())
    }
}

/// A key of the top mapping; one that is no text is none that counts.
fn key(node: Event<'_>) -> Result<Zeroizing<String>, String> {
    match node {
        Event::Scalar(name, ScalarStyle::Plain, ..) if name == "<<" => {
            Err(format!("{OTHER}: it merges other entries into its own"))
        }
        Event::Scalar(name, ..) => Ok(Zeroizing::new(name.into_owned())),
        _ => Ok(Zeroizing::default()),
    }
}

/// The text of a value, if it is not empty.
fn plain_text(node: Event<'_>) -> Result<Option<Zeroizing<String>>, &'static str> {
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
    Ok(Some(text).filter(|text| !text.is_empty()))
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
    use super::{Entries, OTHER};

    fn read(text: &str) -> Result<(Option<String>, Option<String>), String> {
        let Entries { token, base_url, .. } = Entries::read(text)?;
        Ok((token.map(|text| text.to_string()), base_url.map(|text| text.to_string())))
    }

    fn token(text: &str) -> Result<Option<String>, String> {
        read(text).map(|(token, _)| token)
    }

    #[test]
    fn the_two_texts_are_found_as_the_official_program_finds_them() {
        let both = Ok((Some("a-token".to_owned()), Some("https://a.example".to_owned())));
        for text in [
            "base-url: https://a.example\ntoken: a-token\n",
            "token: \"a-token\" # of mine\nbase-url: 'https://a.example'",
            "---\r\ntoken: a-token\r\nbase-url: https://a.example\r\n...\r\n",
            "{token: a-token, base-url: \"https://a.example\", other: [1, {token: x}]}",
            "Token: a-token\nBASE-URL: https://a.example",
            "nested:\n  token: x\n  deeper:\n  - token: y\ntoken: a-token\n? [token]\n: z\nbase-url: https://a.example",
            "token: !!str a-token\nbase-url: ! https://a.example",
            "token: &anchor a-token\nbase-url: https://a.example\nother: *anchor",
            "token: >-\n  a-token\nbase-url: |-\n  https://a.example",
            "token: a-token\nbase-url: https://a.example\n---\ntoken: of-another-document",
            "other: {}\nlist: []\ntoken: a-token\nbase-url: https://a.example",
        ] {
            assert_eq!(read(text), both, "{text}");
        }
        for (text, value) in [
            ("token: 12345", "12345"),
            ("token: 'null'", "null"),
            ("token: 'a''b'", "a'b"),
            ("token: a b", "a b"),
        ] {
            assert_eq!(token(text), Ok(Some(value.to_owned())), "{text}");
        }
        for text in ["", "# nothing", "~", "token:", "token: ~", "token: ''", "other: 1", "- token"] {
            let found = if text.starts_with('-') { Err(OTHER.to_owned()) } else { Ok(None) };
            assert_eq!(token(text), found, "{text}");
        }
    }

    #[test]
    fn what_could_be_taken_for_another_value_is_refused_and_not_repeated() {
        for (text, why) in [
            ("token: a\ntoken: HUNTER2", "it has token twice"),
            ("token: a\nTOKEN: HUNTER2", "it has token twice"),
            ("a: &a HUNTER2\ntoken: *a", "its token is no text"),
            ("token: [HUNTER2]", "its token is no text"),
            ("token: {a: HUNTER2}", "its token is no text"),
            ("a: &a {token: HUNTER2}\n<<: *a", "it merges other entries"),
            ("token: !!binary SFVOVEVSMg==", "not said to be text"),
            ("token: !mine HUNTER2", "not said to be text"),
            ("token: 0x1F", "put it in quotes"),
            ("token: 1e3", "put it in quotes"),
            ("token: 007", "put it in quotes"),
            ("token: 2026-01-01", "put it in quotes"),
            ("token: Yes", "put it in quotes"),
            ("token: |\n  HUNTER2\n", "of several lines"),
            ("token: \"HUNTER2\\u001b\"", "a control character"),
            ("token: HUNTER2: x", OTHER),
            ("token: \"HUNTER2", OTHER),
            ("HUNTER2", OTHER),
            ("token: *unknown", OTHER),
        ] {
            let error = read(text).unwrap_err();
            assert!(error.starts_with(OTHER) && error.contains(why), "{text}: {error}");
            assert!(!error.contains("HUNTER2"), "{error}");
        }
    }
}
