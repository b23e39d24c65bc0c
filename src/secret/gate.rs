//! The one gate for every value, whatever way it comes: flag, prompt, file, bundle, login file, helper or
//! environment.
//!
//! What is around a value by mistake is cut where the form of the value is known, because what is left can
//! be told to be right. Elsewhere it is refused with the reason, unless a person insists. No reason repeats
//! the value.

use std::{borrow::Cow, fmt};

use base64ct::{Base64, Encoding};
use zeroize::Zeroizing;

use super::{Field, Form, Secret, Shape, json::Value};
use crate::error::{Error, Result};

/// The flag with which a person insists on a doubtful value.
const INSIST: &str = "--allow-unusual";

/// A value that passed, and what there is to say about it.
#[derive(Clone, Debug)]
pub struct Passed {
    pub value: Secret,
    /// What was left out of it.
    pub cut: Vec<Cow<'static, str>>,
    /// What is unusual about it.
    pub doubts: Vec<Cow<'static, str>>,
}

/// Lets `text` pass as a value of `field`; `insist`: also one that is doubtful. One line break at its end is
/// not part of it.
///
/// # Errors
/// Usage errors without a message of their own: an empty value, one of several lines that is neither a key
/// file nor base64, control characters, what is plainly something else (a private key, a web page, a login
/// file), what its form calls impossible; and, unless `insist`, blanks, quotes and the like around it.
pub fn pass(text: &str, field: &Field, insist: bool) -> Result<Passed> {
    let insist = insist || field.shape == Shape::Phrase;
    if field.shape == Shape::KeyFile && !text.is_empty() {
        let unusable = |c: char| c.is_control() && !matches!(c, '\n' | '\r' | '\t');
        return if text.contains(unusable) { Err(no_text(field)) } else { judged(text, field, Vec::new()) };
    }
    let text = trimmed(text);
    if text.is_empty() {
        return Err(refused("it is empty"));
    }
    if field.shape == Shape::LineOrKey {
        if is_key(text) {
            return judged(text, field, Vec::new());
        }
        if let Some(joined) = unwrapped(text) {
            let has_breaks = text.contains(|c: char| c.is_ascii_whitespace());
            let cut = has_breaks.then(|| "line breaks in its base64".into());
            return judged(&joined, field, cut.into_iter().collect());
        }
    }
    let is_one_line = !text.contains(['\n', '\r']);
    if let Some(refusal) = foreign(text, field) {
        return if insist && is_one_line { doubted(text, field, &refusal) } else { Err(refusal) };
    }
    if !is_one_line {
        return Err(refused("it has more than one line").hint(
            "give the secret alone, on one line; the first line of what a command prints: command:CMD | head -n 1",
        ));
    }
    let (bare, odd) = bare(text);
    if bare.is_empty() {
        return Err(refused("nothing but blanks or quotes is in it"));
    }
    if bare.contains(char::is_control) {
        return Err(no_text(field));
    }
    if odd.is_empty() || (field.form)(&bare) == Form::Usual {
        return judged(&bare, field, odd);
    }
    let reasons = odd.join(", ");
    let refusal = refused(format!("it has {reasons}"));
    if insist && !text.contains(char::is_control) {
        return doubted(text, field, &refusal);
    }
    Err(refusal.hint(format!("leave that out; if it belongs to the value, add {INSIST}")))
}

/// `text` without its last line break, if it has one.
fn trimmed(text: &str) -> &str {
    text.strip_suffix('\n').map_or(text, |line| line.strip_suffix('\r').unwrap_or(line))
}

/// What `text` is as a value of `field`, whose form has the last word.
fn judged(text: &str, field: &Field, cut: Vec<Cow<'static, str>>) -> Result<Passed> {
    let doubts = match (field.form)(text) {
        Form::Impossible(why) => return Err(refused(why)),
        Form::Unusual(doubt) => vec![doubt.into()],
        Form::Usual | Form::Unknown => Vec::new(),
    };
    Ok(Passed { value: Secret::copied(text), cut, doubts })
}

/// As [`judged`], with the reason for which it would be refused as a doubt.
fn doubted(text: &str, field: &Field, refusal: &Error) -> Result<Passed> {
    let mut passed = judged(text, field, Vec::new())?;
    passed.doubts.extend(refusal.causes().iter().map(|why| format!("{}: {why}", field.label).into()));
    Ok(passed)
}

/// The refusal of a value. Its message comes with its source; nothing of the value is in it.
pub(super) fn refused(cause: impl fmt::Display) -> Error {
    Error::usage("").cause(cause)
}

fn no_text(field: &Field) -> Error {
    refused("it holds control characters").hint(format!("give the {} alone, as plain text", field.label))
}

/// Whether `text` is the JSON of a key, which may have several lines, or of what Google has in place of one.
fn is_key(text: &str) -> bool {
    let is_kind = |kind: &str| kind == "authorized_user" || kind.ends_with("_account");
    members(text).is_some_and(|members| {
        members.iter().any(|(name, value)| match value {
            Value::Text(text) => name == "private_key" || (name == "type" && is_kind(text.expose())),
            _ => false,
        })
    })
}

/// The members of the JSON object that `text` is, if it is one.
fn members(text: &str) -> Option<Vec<(String, Value)>> {
    match serde_json::from_str(text) {
        Ok(Value::Object(members)) => Some(members),
        _ => None,
    }
}

/// The key in base64 that `text` is, as [`standard_base64`], where that makes a difference.
fn unwrapped(text: &str) -> Option<Zeroizing<String>> {
    let (joined, bytes) = standard_base64(text)?;
    (*joined != *text && str::from_utf8(&bytes).is_ok_and(is_key)).then_some(joined)
}

/// `text` as base64 in its usual form, and what it stands for: without the line breaks that many tools put
/// into it, with the padding that some leave out, and with `+` and `/` where it is written for URLs.
pub(crate) fn standard_base64(text: &str) -> Option<(Zeroizing<String>, Zeroizing<Vec<u8>>)> {
    let mut joined = Zeroizing::new(String::with_capacity(text.len() + 3));
    joined.extend(text.chars().filter(|c| !c.is_ascii_whitespace()).map(|c| match c {
        '-' => '+',
        '_' => '/',
        c => c,
    }));
    let length = joined.trim_end_matches('=').len();
    let padding = length.next_multiple_of(4) - length;
    if length == 0 || ![length, length + padding].contains(&joined.len()) {
        return None;
    }
    joined.truncate(length);
    joined.extend(std::iter::repeat_n('=', padding));
    let bytes = Zeroizing::new(Base64::decode_vec(&joined).ok()?);
    Some((joined, bytes))
}

/// The refusal of what is plainly no value of any secret but a whole other thing.
fn foreign(text: &str, field: &Field) -> Option<Error> {
    let start = text.trim_start();
    let begins = |with: &str| start.get(..with.len()).is_some_and(|head| head.eq_ignore_ascii_case(with));
    let is = |what: &str| Some(refused(format!("it is {what}")));
    if begins("-----BEGIN ") || begins("PuTTY-User-Key-File") {
        let is_private =
            start.lines().next().is_some_and(|line| line.contains("PRIVATE KEY") || begins("PuTTY"));
        return is(if is_private { "a private key" } else { "a certificate or public key" });
    }
    if ["ssh-ed25519 ", "ssh-rsa ", "ecdsa-sha2-"].iter().any(|kind| start.starts_with(kind)) {
        return is("an SSH public key");
    }
    if ["<!doctype", "<html", "<?xml"].iter().any(|tag| begins(tag)) {
        return is("a web page")
            .map(|e| e.hint("look at what fetched it: it may have been sent to a sign-in page"));
    }
    if let Some(members) = members(text) {
        let has = |name: &str| members.iter().any(|(given, _)| given == name);
        return if has("auths") || has("credHelpers") {
            is("a login file of docker").map(|e| e.hint("take the login out of it with --from-docker"))
        } else if has("accessToken") {
            is("JSON with a token in it")
                .map(|e| e.hint("give the token alone: add --query accessToken -o tsv to az"))
        } else {
            is("JSON, and no key file")
                .map(|e| e.hint("give the value alone; several at once go with --secrets-from"))
        };
    }
    let mut lines = text.lines().map(str::trim).filter(|line| !line.is_empty()).peekable();
    let is_several = lines.clone().nth(1).is_some();
    if is_several && lines.clone().any(|line| line.len() > 2 && line.bytes().all(|b| b"-=+| ".contains(&b))) {
        return is("a table").map(|e| e.hint("have the program print the value alone"));
    }
    if is_several && lines.all(|line| line.starts_with('#') || assignment(line).is_some()) {
        return is("dotenv text").map(|e| {
            e.hint(format!("give it with --secrets-from, where {} is looked for", field.key().to_uppercase()))
        });
    }
    None
}

/// The value of a line `NAME=VALUE` or `export NAME=VALUE`, as dotenv text and shells have them. A password
/// can look so by chance: the name has three capitals at least.
fn assignment(line: &str) -> Option<&str> {
    let (name, value) = line.strip_prefix("export ").unwrap_or(line).split_once('=')?;
    let is_name = name.len() >= 3
        && !name.starts_with(|c: char| c.is_ascii_digit())
        && name.bytes().all(|b| b.is_ascii_uppercase() || b.is_ascii_digit() || b == b'_');
    (is_name && !value.is_empty() && value != "=").then_some(value)
}

/// `text` without what is around it by mistake, and what that is.
fn bare(text: &str) -> (Zeroizing<String>, Vec<Cow<'static, str>>) {
    let mut odd = Vec::new();
    let mut note = |what: Cow<'static, str>| {
        if !odd.contains(&what) {
            odd.push(what);
        }
    };
    if let Some(hidden) = text.chars().find(|c| is_invisible(*c)) {
        note(format!("an invisible character (U+{:04X})", hidden as u32).into());
    }
    let mut visible = Zeroizing::new(String::with_capacity(text.len()));
    visible.extend(text.chars().filter(|c| !is_invisible(*c)));
    let mut rest = visible.as_str();
    loop {
        let before = rest;
        if rest.starts_with(char::is_whitespace) {
            note("a blank at its beginning".into());
            rest = rest.trim_start();
        }
        if rest.ends_with(char::is_whitespace) {
            note("a blank at its end".into());
            rest = rest.trim_end();
        }
        if let Some(inner) = unquoted(rest) {
            note("quotes around it".into());
            rest = inner;
        }
        if let Some(value) = assignment(rest) {
            note("NAME= before it".into());
            rest = value;
        }
        if let Some(value) = unlabelled(rest) {
            note("Bearer before it".into());
            rest = value;
        }
        if let Some((value, _)) = rest.split_once(" #").filter(|_| !rest.starts_with('#')) {
            note("a comment behind it".into());
            rest = value;
        }
        if rest == before {
            let bare = Zeroizing::new(rest.to_owned());
            return (bare, odd);
        }
    }
}

/// Whether `c` takes no place on a screen.
const fn is_invisible(c: char) -> bool {
    matches!(c, '\u{ad}' | '\u{61c}' | '\u{180e}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}'
        | '\u{2060}'..='\u{206f}' | '\u{feff}')
}

/// What stands within a pair of quotes.
fn unquoted(text: &str) -> Option<&str> {
    [('"', '"'), ('\'', '\''), ('`', '`'), ('\u{201c}', '\u{201d}'), ('\u{2018}', '\u{2019}')]
        .into_iter()
        .find_map(|(open, close)| text.strip_prefix(open)?.strip_suffix(close))
}

/// What stands behind the name of the scheme in an `Authorization` header.
fn unlabelled(text: &str) -> Option<&str> {
    let text = text.strip_prefix("Authorization: ").unwrap_or(text);
    let (scheme, value) = text.split_once(' ')?;
    (scheme.eq_ignore_ascii_case("bearer") && !value.is_empty()).then_some(value)
}

#[cfg(test)]
mod tests;
