//! Several secrets in one text: a JSON object, or dotenv lines.

use super::{
    Field, Passed, Secret, SecretSource,
    gate::{pass, refused},
    json::Value,
    read::{about, decoded},
};
use crate::error::Result;

/// What errors call it.
pub(super) const LABEL: &str = "secrets";

/// Reads the values of `fields` from `source`, in their order; `None` where it has none.
///
/// Names that no field bears are passed over. Refused, without repeating anything that was read:
/// text that is neither form, a field given twice, a JSON value that is not a string, and any
/// value that its field refuses.
pub(super) fn read(source: &SecretSource, fields: &[&Field], insist: bool) -> Result<Vec<Option<Passed>>> {
    let bytes = source.read_bytes(LABEL)?;
    let found = parse(&bytes, fields).map_err(|refusal| about(refusal, LABEL, source))?;
    let passed = |(found, field): (Option<Secret>, &&Field)| {
        let passed = found.map(|value| pass(value.expose(), field, insist)).transpose();
        passed.map_err(|refusal| about(refusal, field.label, source))
    };
    found.into_iter().zip(fields).map(passed).collect()
}

fn parse(bytes: &[u8], fields: &[&Field]) -> Result<Vec<Option<Secret>>> {
    let text = decoded(bytes)?.trim();
    if text.is_empty() {
        return Err(refused("it is empty"));
    }
    let given = if text.starts_with('{') { read_json(text, fields) } else { read_lines(text, fields) }?;
    let mut values = vec![None; fields.len()];
    for (place, value) in given {
        if values[place].replace(value).is_some() {
            return Err(refused(format!("it gives {} twice", fields[place].name)));
        }
    }
    Ok(values)
}

/// The values, each with the place of its field.
fn read_json(text: &str, fields: &[&Field]) -> Result<Vec<(usize, Secret)>> {
    // The words of a serde_json error may quote a value; its position does not.
    let value = serde_json::from_str(text).map_err(|error| {
        let (line, column) = (error.line(), error.column());
        refused(format!("it is not one JSON object: line {line}, column {column}"))
    })?;
    let Value::Object(members) = value else { return Err(refused("it is not one JSON object")) };
    let mut given = Vec::new();
    for (name, value) in members {
        match (fields.iter().position(|field| bears_json_name(field, &name)), value) {
            (Some(place), Value::Text(text)) => given.push((place, text)),
            (Some(place), _) => return Err(refused(format!("{} is not a string", fields[place].name))),
            (None, _) => {}
        }
    }
    Ok(given)
}

fn read_lines(text: &str, fields: &[&Field]) -> Result<Vec<(usize, Secret)>> {
    let mut given = Vec::new();
    for (line, number) in text.lines().map(str::trim).zip(1..) {
        if line.is_empty() || line.starts_with('#') {
            continue;
        }
        let assignment = line.strip_prefix("export ").unwrap_or(line).trim_start();
        let Some((name, value)) = assignment.split_once('=') else {
            return Err(refused(format!("line {number} is not KEY=VALUE, nor is it a JSON object")));
        };
        let Some(place) = fields.iter().position(|field| bears_line_name(field, name.trim_end())) else {
            continue;
        };
        let Some(value) = unquoted(value.trim_start()) else {
            return Err(refused(format!("line {number} has a quote that is not closed")));
        };
        given.push((place, Secret::copied(value)));
    }
    Ok(given)
}

/// A field's name in JSON: `application_key` or `application-key`.
fn bears_json_name(field: &Field, name: &str) -> bool {
    name.split('_').eq(field.name.split('-')) || name == field.name
}

/// A field's name in dotenv text: its own in any case, or one of the names it has elsewhere.
fn bears_line_name(field: &Field, name: &str) -> bool {
    bears_json_name(field, &name.to_ascii_lowercase()) || field.env_names.contains(&name)
}

/// The value without its matching quotes, taken literally; `None` if only one of them is there.
fn unquoted(value: &str) -> Option<&str> {
    match value.chars().next() {
        Some(quote @ ('\'' | '"')) => value[1..].strip_suffix(quote),
        _ => Some(value),
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::{Field, Secret, SecretSource, about, parse};

    const KEY: Field =
        Field { env_names: &["OVH_APPLICATION_KEY"], ..Field::new("application-key", "OVH application key") };
    const SECRET: Field = Field {
        env_names: &["OVH_APPLICATION_SECRET"],
        ..Field::new("application-secret", "OVH application secret")
    };

    /// `key/secret`, `-` for what is missing, or why the text is refused; never with the canary.
    fn outcome(text: &str) -> String {
        match parse(text.as_bytes(), &[&KEY, &SECRET]) {
            Ok(values) => {
                let shown = |value: &Option<Secret>| value.as_ref().map_or("-", Secret::expose).to_owned();
                values.iter().map(shown).collect::<Vec<_>>().join("/")
            }
            Err(refusal) => {
                let error = about(refusal, super::LABEL, &SecretSource::Stdin);
                let shown = format!("{error:?}");
                assert!(!shown.contains("CANARY"), "{shown}");
                error.causes().join(", ")
            }
        }
    }

    #[test]
    fn one_json_object_holds_all_secrets() {
        for (text, found) in [
            (r#"{"application_key": "k", "application_secret": "s"}"#, "k/s"),
            (r#"{"application-key": "k", "application-secret": "s"}"#, "k/s"),
            (r#" {"application_secret": "s\n\"q\" \u00e9", "more": {"a": [1, null]}} "#, "-/s\n\"q\" \u{e9}"),
            (r#"{"APPLICATION_KEY": "k", "applicationkey": "k"}"#, "-/-"),
            ("\u{feff}{}", "-/-"),
        ] {
            assert_eq!(outcome(text), found, "{text}");
        }
    }

    #[test]
    fn h21_a_json_value_of_another_type_is_refused_and_not_repeated() {
        for value in
            ["12345678901234567890", "-1", "1.5", "true", "null", r#"["CANARY"]"#, r#"{"a":"CANARY"}"#]
        {
            let text = format!(r#"{{"application_key": {value}, "application_secret": "CANARY"}}"#);
            assert_eq!(outcome(&text), "application-key is not a string", "{text}");
        }
    }

    #[test]
    fn json_that_is_broken_is_refused_and_not_repeated() {
        for (text, refusal) in [
            (r#"{"application_key": CANARY}"#, "it is not one JSON object: line 1, column 21"),
            (r#"{"application_key": "CANARY"#, "it is not one JSON object: line 1, column 27"),
            (r#"{"application_key": "a"} "CANARY""#, "it is not one JSON object: line 1, column 26"),
            ("{\n\"application_key\": \"CANARY\",\n}", "it is not one JSON object: line 3, column 1"),
            (r#"{"application_key": "CANARY", "application_key": "a"}"#, "it gives application-key twice"),
            (r#"{"application_key": "CANARY", "application-key": "a"}"#, "it gives application-key twice"),
        ] {
            assert_eq!(outcome(text), refusal, "{text}");
        }
        let deep = format!(r#"{{"application_key": {}"#, "[".repeat(100_000));
        assert!(outcome(&deep).starts_with("it is not one JSON object"), "{}", outcome(&deep));
    }

    #[test]
    fn dotenv_lines_hold_all_secrets() {
        for (text, found) in [
            ("APPLICATION_KEY=k\nAPPLICATION_SECRET=s\n", "k/s"),
            ("# ours\r\n\r\nexport OVH_APPLICATION_KEY = 'k k' \r\nOther=\"\r\n", "k k/-"),
            ("application-secret=\"a'$HOME\\n=#\"", "-/a'$HOME\\n=#"),
            ("APPLICATION_SECRET=a=b # c", "-/a=b # c"),
            ("APPLICATION_KEY=''", "/-"),
            ("ovh_application_key=k", "-/-"),
        ] {
            assert_eq!(outcome(text), found, "{text}");
        }
    }

    #[test]
    fn dotenv_text_that_is_broken_is_refused_and_not_repeated() {
        for (text, refusal) in [
            ("# a\nCANARY", "line 2 is not KEY=VALUE, nor is it a JSON object"),
            ("[\"CANARY\"]", "line 1 is not KEY=VALUE, nor is it a JSON object"),
            ("APPLICATION_KEY='CANARY", "line 1 has a quote that is not closed"),
            ("APPLICATION_KEY=\"CANARY\" # b", "line 1 has a quote that is not closed"),
            ("APPLICATION_KEY='", "line 1 has a quote that is not closed"),
            ("application_key=CANARY\nOVH_APPLICATION_KEY=CANARY", "it gives application-key twice"),
            ("", "it is empty"),
            (" \n ", "it is empty"),
        ] {
            assert_eq!(outcome(text), refusal, "{text}");
        }
    }

    proptest! {
        #[test]
        fn any_value_comes_back_from_json(value in "\\PC*") {
            let text = serde_json::json!({"application_key": value, "b": value}).to_string();
            prop_assert_eq!(outcome(&text), format!("{}/-", value));
        }

        #[test]
        fn any_bytes_are_survived(bytes in proptest::collection::vec(any::<u8>(), 0..200)) {
            let _ = parse(&bytes, &[&KEY, &SECRET]);
        }
    }
}
