//! Several secrets in one text: a JSON object, or dotenv lines.

use std::time::Duration;

use super::{
    Field, Passed, Secret, SecretSource, dotenv,
    gate::{pass, refused},
    json::Value,
    read::{about, shown},
};
use crate::{
    error::{Error, Result, listed},
    files,
};

/// What errors call it.
const LABEL: &str = "secrets";

/// How many of the keys that were found an error names.
const NAMED: usize = 8;

/// The longest key that an error names.
const LONGEST_NAME: usize = 40;

/// What was read.
pub(super) struct Bundle {
    /// For each field that was wanted, its value if there is one.
    pub(super) values: Vec<Option<Passed>>,
    source: String,
    is_json: bool,
    /// Every key that was found, in its order.
    names: Vec<String>,
}

/// A value that a field wants.
struct Given {
    place: usize,
    name: String,
    value: Secret,
    is_commented: bool,
}

/// Reads the values of `fields` from `source`, in their order.
///
/// Keys that no field bears are passed over: a file of variables serves many programs. Refused, without
/// repeating anything that was read but names: text that is neither form, a field with two values, a JSON
/// value that is not a string, and any value that its field refuses.
pub(super) fn read(source: &SecretSource, fields: &[&Field], insist: bool, wait: Duration) -> Result<Bundle> {
    let mut bytes = source.read_bytes(LABEL, wait)?;
    let (is_json, names, given) = parse(&mut bytes, fields).map_err(|why| about(why, LABEL, source))?;
    let mut values: Vec<Option<(Given, Passed)>> = fields.iter().map(|_| None).collect();
    for given in given {
        let (field, slot) = (fields[given.place], &mut values[given.place]);
        let mut passed = pass(given.value.expose(), field, insist)
            .map_err(|refusal| about(refusal, field.label, source))?;
        if given.is_commented {
            passed.cut.push("a comment behind it".into());
        }
        match slot {
            Some((first, _)) if !first.value.same_as(&given.value) => {
                let names = [&first.name, &given.name].map(String::as_str);
                let why = format!("it has two values for {}: {}", field.keys()[0], listed(&names, "and"));
                return Err(about(refused(why).hint("leave one of them out"), LABEL, source));
            }
            Some(_) => {}
            None => *slot = Some((given, passed)),
        }
    }
    let values = values.into_iter().map(|found| found.map(|(_, passed)| passed)).collect();
    Ok(Bundle { values, source: shown(source), is_json, names })
}

impl Bundle {
    /// The error where it has no value of `fields`: names the keys that it has, and those that count.
    pub(super) fn lacks(&self, fields: &[&Field]) -> Error {
        let own = |field: &&Field| match field.keys().remove(0) {
            key if self.is_json => key,
            key => key.to_uppercase(),
        };
        let missing: Vec<String> = fields.iter().map(own).collect();
        let mut names: Vec<&str> = self.names.iter().map(String::as_str).filter(|n| is_plain(n)).collect();
        names.truncate(NAMED);
        let others = match (names.len(), self.names.len() - names.len()) {
            (_, 0) => None,
            (0, 1) => Some("a key that is no plain word".to_owned()),
            (0, count) => Some(format!("{count} keys that are no plain words")),
            (_, count) => Some(format!("{count} more")),
        };
        names.extend(others.as_deref());
        let has =
            if names.is_empty() { "is empty".to_owned() } else { format!("has {}", listed(&names, "and")) };
        let error = Error::usage(format!("{} has no {} (it {has})", self.source, listed(&missing, "and")));
        fields.iter().fold(error, |error, field| {
            let keys = listed(&field.keys(), "or");
            error.hint(format!("the key of the {} is {keys}, in any letter case", field.label))
        })
    }
}

/// Whether `name` is surely the name of something, and no part of a secret.
fn is_plain(name: &str) -> bool {
    let is_of = |allowed: fn(&u8) -> bool| name.bytes().all(|b| allowed(&b) || b"_-.".contains(&b));
    name.len() <= LONGEST_NAME
        && name.starts_with(|c: char| c.is_ascii_alphabetic() || c == '_')
        && (is_of(u8::is_ascii_alphabetic) || is_of(|b| b.is_ascii_uppercase() || b.is_ascii_digit()))
}

/// Whether it is JSON, its keys, and the values that `fields` want.
fn parse(bytes: &mut [u8], fields: &[&Field]) -> Result<(bool, Vec<String>, Vec<Given>)> {
    let text = files::commented_text(bytes, files::behind_hash)?.trim_ascii();
    if text.is_empty() {
        return Err(refused("it is empty"));
    }
    let wanted = |name: &str| fields.iter().position(|field| field.bears(name));
    let (mut names, mut given) = (Vec::new(), Vec::new());
    let is_json = text.starts_with('{');
    if is_json {
        for (name, value) in members(text)? {
            if let Some(place) = wanted(&name) {
                let Value::Text(value) = value else {
                    return Err(refused(format!("{} is not a string", fields[place].keys()[0])));
                };
                given.push(Given { place, name: name.clone(), value, is_commented: false });
            }
            names.push(name);
        }
    } else {
        for entry in dotenv::entries(text)? {
            let name = entry.name.to_owned();
            if let Some(place) = wanted(&name) {
                let dotenv::Value { text: value, is_commented } = entry.value()?;
                given.push(Given { place, name: name.clone(), value, is_commented });
            }
            names.push(name);
        }
    }
    Ok((is_json, names, given))
}

fn members(text: &str) -> Result<Vec<(String, Value)>> {
    // The words of a serde_json error may quote a value; its position does not.
    let value = serde_json::from_str(text).map_err(|error| {
        let (line, column) = (error.line(), error.column());
        refused(format!("it is not one JSON object: line {line}, column {column}"))
    })?;
    match value {
        Value::Object(members) => Ok(members),
        _ => Err(refused("it is not one JSON object")),
    }
}

#[cfg(test)]
mod tests;
