//! Dotenv text as docker compose and the dotenv libraries of JavaScript and Python read it.
//!
//! Where they differ, a line is refused, by its number: half a secret is worse than none. Of entries that
//! nobody asks for, only the extent has to be beyond doubt.

use zeroize::Zeroizing;

use super::{Secret, gate::refused};
use crate::error::{Error, Result};

const BLANK: [char; 2] = [' ', '\t'];

/// One `KEY=VALUE`.
pub(super) struct Entry<'a> {
    pub(super) name: &'a str,
    line: usize,
    value: Raw<'a>,
}

/// A value as it is written.
enum Raw<'a> {
    Bare(&'a str),
    /// What stands between single or between double quotes. It may have several lines.
    Single(&'a str),
    Double(&'a str),
}

/// A value, and whether a comment stood behind it without quotes between them.
pub(super) struct Value {
    pub(super) text: Secret,
    pub(super) is_commented: bool,
}

/// The entries of `text` in their order.
///
/// # Errors
/// Usage, with the line: what is no entry, and a quote that is not closed. Nothing of the text is repeated.
pub(super) fn entries(text: &str) -> Result<Vec<Entry<'_>>> {
    let mut entries = Vec::new();
    let (mut rest, mut number) = (text, 1);
    while !rest.is_empty() {
        let here = rest.trim_start_matches(BLANK);
        let (line, next) = here.split_once('\n').unwrap_or((here, ""));
        let line = line.trim_end_matches('\r');
        if line.is_empty() || line.starts_with('#') {
            (rest, number) = (next, number + 1);
            continue;
        }
        let (name, value) = assignment(line).map_err(|why| refused(format!("line {number} {why}")))?;
        let quote = value.chars().next().filter(|first| matches!(first, '\'' | '"'));
        let Some(quote) = quote else {
            entries.push(Entry { name, line: number, value: Raw::Bare(value) });
            (rest, number) = (next, number + 1);
            continue;
        };
        let opened = &here[line.len() - value.len() + 1..];
        let unclosed = || refused(format!("line {number} has a quote that is not closed"));
        let end = closing(opened, quote).ok_or_else(unclosed)?;
        let (within, behind) = (&opened[..end], &opened[end + 1..]);
        let (behind, next) = behind.split_once('\n').unwrap_or((behind, ""));
        let behind = behind.trim_end_matches('\r').trim_start_matches(BLANK);
        if !behind.is_empty() && !behind.starts_with('#') {
            return Err(if within.contains('\n') {
                unclosed()
            } else {
                refused(format!("line {number} has text behind its closing quote"))
            });
        }
        let value = if quote == '"' { Raw::Double(within) } else { Raw::Single(within) };
        entries.push(Entry { name, line: number, value });
        (rest, number) = (next, number + 1 + within.matches('\n').count());
    }
    Ok(entries)
}

/// The name in `line`, and the text behind its equals sign to the line's end; or what the line is instead.
fn assignment(line: &str) -> Result<(&str, &str), &'static str> {
    let exported = line.strip_prefix("export").filter(|rest| rest.starts_with(BLANK));
    let line = exported.map_or(line, |rest| rest.trim_start_matches(BLANK));
    let is_in_name = |c: char| c.is_ascii_alphanumeric() || matches!(c, '_' | '-' | '.');
    let (name, rest) = line.split_at(line.find(|c| !is_in_name(c)).unwrap_or(line.len()));
    let behind = rest.trim_start_matches(BLANK);
    match (name, behind.strip_prefix('=')) {
        ("", _) if line.starts_with('[') && line.ends_with(']') && !line.contains(['"', '\'']) => {
            Err("begins a section, as INI and TOML files have them: give the lines KEY=VALUE alone")
        }
        ("", _) => Err(NEITHER),
        (_, Some(value)) => Ok((name, value.trim_start_matches(BLANK))),
        _ if rest.strip_prefix(':').is_some_and(|rest| rest.is_empty() || rest.starts_with(BLANK)) => {
            Err("is KEY: VALUE, as in YAML: write KEY=VALUE, or give JSON")
        }
        _ if rest.starts_with(BLANK) => Err("has no equals sign behind its first word: KEY=VALUE is wanted"),
        _ => Err(NEITHER),
    }
}

const NEITHER: &str = "is not KEY=VALUE, nor is it a JSON object";

/// Where the first `quote` is that no backslash stands before.
fn closing(text: &str, quote: char) -> Option<usize> {
    text.match_indices(quote).map(|(at, _)| at).find(|at| !text[..*at].ends_with('\\'))
}

impl Entry<'_> {
    /// The value.
    ///
    /// # Errors
    /// Usage, with the line, where tools read it differently.
    pub(super) fn value(&self) -> Result<Value> {
        let differ = |what: &str| Err(self.differ(what));
        let plain = |text: &str, is_commented| Value { text: Secret::copied(text), is_commented };
        match self.value {
            Raw::Bare(text) => {
                let (value, comment) = text.split_once(" #").map_or((text, None), |(a, b)| (a, Some(b)));
                let value = value.trim_end_matches(BLANK);
                match value.chars().find(|c| matches!(c, '#' | '$')).or(value.chars().next()) {
                    Some('#') => differ("a # without a space before it"),
                    Some('$') => differ("a $"),
                    Some('`') => differ("a quote of another kind"),
                    _ => Ok(plain(value, comment.is_some())),
                }
            }
            Raw::Single(text) if text.contains("\\'") || text.contains("\\\\") => {
                differ("a backslash before a quote or another backslash")
            }
            Raw::Single(text) => Ok(Value { text: joined(text.split('\r')), is_commented: false }),
            Raw::Double(text) if text.contains('$') => differ("a $"),
            Raw::Double(text) => {
                let mut parts = text.split('\\');
                let mut value = Zeroizing::new(String::with_capacity(text.len()));
                value.extend(parts.next().into_iter().flat_map(|part| part.split('\r')));
                for part in parts {
                    let (escaped, rest) = part.split_at(usize::from(part.starts_with(['n', 'r'])));
                    match escaped {
                        "n" => value.push('\n'),
                        "r" => value.push('\r'),
                        _ => return differ("a backslash that makes neither \\n nor \\r"),
                    }
                    value.extend(rest.split('\r'));
                }
                Ok(plain(&value, false))
            }
        }
    }

    fn differ(&self, what: &str) -> Error {
        refused(format!("line {} has {what}, which tools read differently", self.line))
            .hint("put the value between single quotes; one that has them itself is given as JSON")
    }
}

fn joined<'a>(parts: impl Iterator<Item = &'a str> + Clone) -> Secret {
    let mut text = String::with_capacity(parts.clone().map(str::len).sum());
    text.extend(parts);
    Secret::new(text)
}

#[cfg(test)]
mod tests;
