//! The official CLI's login file, `~/.ankra.yaml`, and the organisation that was chosen there: read, never
//! written.

use std::path::Path;

use serde::Deserialize;

use super::{SavedOrganisation, file::LIMIT};
use crate::{
    files::{self, Holds},
    platform::BaseUrl,
    secret::{OTHER_YAML as OTHER, Secret, YamlEntry as Entry, yaml_entries},
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
    let (token, base_url) = match token_and_address(text) {
        Ok(entries) => entries,
        Err(why) => return pass_over(&why),
    };
    if token.is_none() && base_url.is_none() {
        return None;
    }
    let Ok(base_url) = base_url.as_ref().map_or(BaseUrl::HOSTED, Secret::expose).parse() else {
        return pass_over("its base-url cannot be used");
    };
    let holds = if token.is_some() { Holds::Secret } else { Holds::Settings };
    warnings.extend(files::exposure(&path, holds));
    let organisation = if token.is_some() { organisation(home, warnings) } else { None };
    Some(Official { base_url, token, organisation })
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

/// The token and the address, of which either may be missing.
///
/// # Errors
/// Why the official program would refuse the file, or might take a value for another than is written here.
fn token_and_address(text: &str) -> Result<(Option<Secret>, Option<Secret>), String> {
    let (mut token, mut base_url) = (None, None);
    // It looks for keys in any letter case, and refuses one that is there twice.
    for Entry { key, value, .. } in yaml_entries(text)?.into_iter().filter(|one| one.within.is_none()) {
        let (name, place) = if key.eq_ignore_ascii_case("token") {
            ("token", &mut token)
        } else if key.eq_ignore_ascii_case("base-url") {
            ("base-url", &mut base_url)
        } else {
            continue;
        };
        if place.is_some() {
            return Err(format!("{OTHER}: it has {name} twice"));
        }
        *place = Some(value.map_err(|why| format!("{OTHER}: its {name} is {why}"))?);
    }
    Ok((token.flatten(), base_url.flatten()))
}

#[cfg(test)]
mod tests {
    use super::{OTHER, Secret, token_and_address};

    fn read(text: &str) -> Result<(Option<String>, Option<String>), String> {
        let (token, base_url) = token_and_address(text)?;
        let plain = |secret: Secret| secret.expose().to_owned();
        Ok((token.map(plain), base_url.map(plain)))
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
