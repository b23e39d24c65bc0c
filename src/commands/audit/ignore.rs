//! Findings that were accepted: a file of them, each with a reason.

use std::{ops::Range, path::Path, rc::Rc};

use jiff::{Timestamp, civil::Date, tz::Offset};
use toml_edit::{Document, Item, TableLike, Value};

use super::{
    facts::Looked,
    finding::{Check, Finding, Findings, Mend, Org, Severity},
};
use crate::{
    error::{Error, Result, is_near},
    files,
    output::named,
};

/// The largest size of the file, in bytes.
const LIMIT: usize = 1 << 20;

const KEYS: [&str; 5] = ["check", "name", "reason", "until", "org"];

/// The findings that a file accepts.
#[derive(Debug)]
pub(super) struct Accepted {
    path: String,
    entries: Vec<Entry>,
}

#[derive(Debug)]
struct Entry {
    check: Check,
    name: String,
    reason: String,
    /// The last day on which it counts.
    until: Option<Date>,
    /// `None`: in whatever organisation.
    org: Option<String>,
    line: usize,
}

/// A finding that was accepted.
#[derive(Debug)]
pub(super) struct Ignored {
    pub(super) finding: Finding,
    pub(super) reason: String,
    pub(super) until: Option<Date>,
}

/// Reads the file.
///
/// # Errors
/// Usage, with the line: what is not TOML, or an entry that cannot be meant.
pub(super) fn read(path: &Path) -> Result<Accepted> {
    let shown = path.display().to_string();
    let unusable = || Error::usage(format!("{shown}, given with --ignore-file, cannot be used"));
    let bytes = files::read(path, LIMIT).map_err(|why| {
        let takes = "--ignore-file takes a regular file of at most 1 MiB, neither a pipe nor a device";
        unusable().because(why).hint(takes)
    })?;
    let mut bytes = bytes.ok_or_else(|| unusable().cause("there is no such file"))?;
    let text = files::commented_text(&mut bytes, files::behind_hash);
    let text = text.map_err(|why| unusable().because(why))?;
    match entries(text) {
        Ok(entries) => Ok(Accepted { path: shown, entries }),
        Err(why) => Err(unusable().because(why)),
    }
}

/// A table, and where it stands.
type Placed<'t> = (&'t dyn TableLike, Option<Range<usize>>);

/// An error that is to be given a message.
fn wrong(line: usize, why: impl std::fmt::Display) -> Error {
    Error::usage("").cause(format!("line {line}: {why}"))
}

fn entries(text: &str) -> Result<Vec<Entry>> {
    let line_at = |at: usize| text.as_bytes().iter().take(at).filter(|byte| **byte == b'\n').count() + 1;
    let line = |item: &Item| line_at(item.span().map_or(0, |span| span.start));
    let document = Document::parse(text).map_err(|error| {
        let reason = error.message().lines().collect::<Vec<_>>().join("; ");
        wrong(line_at(error.span().map_or(0, |span| span.start)), format!("this is not TOML: {reason}"))
    })?;
    let mut entries: Vec<Entry> = Vec::new();
    for (key, item) in document.iter() {
        let place = document.as_table().key(key).and_then(toml_edit::Key::span);
        let place = place.map_or_else(|| line(item), |span| line_at(span.start));
        let form = "each entry is a table [[ignore]] with check, name and reason";
        let tables: Option<Vec<Placed<'_>>> = match item {
            _ if key != "ignore" => {
                return Err(wrong(place, format!("there is no key {key} here")).hint(form));
            }
            Item::ArrayOfTables(tables) => {
                Some(tables.iter().map(|table| (table as &dyn TableLike, table.span())).collect())
            }
            Item::Value(Value::Array(values)) => {
                let tables = values.iter().map(|value| {
                    value.as_inline_table().map(|table| (table as &dyn TableLike, value.span()))
                });
                tables.collect()
            }
            _ => None,
        };
        let tables = tables.ok_or_else(|| wrong(place, "ignore is not a list of tables").hint(form))?;
        for (table, span) in tables {
            let entry = entry(table, span.map_or(place, |span| line_at(span.start)), &line_at)?;
            let is_same = |other: &&Entry| {
                let org = |entry: &Entry| entry.org.as_ref().map(|org| org.trim().to_lowercase());
                (other.check, &other.name, org(other)) == (entry.check, &entry.name, org(&entry))
            };
            if let Some(other) = entries.iter().find(is_same) {
                let (check, name) = (entry.check.id(), named(&entry.name));
                let why = format!("{check} of {name} is accepted already in line {}", other.line);
                return Err(wrong(entry.line, why).hint("leave one of them out"));
            }
            entries.push(entry);
        }
    }
    Ok(entries)
}

fn entry(table: &dyn TableLike, line: usize, line_at: &impl Fn(usize) -> usize) -> Result<Entry> {
    let at = |key: &str| {
        let span = table.key(key).and_then(toml_edit::Key::span);
        span.map_or(line, |span| line_at(span.start))
    };
    if let Some((key, _)) = table.iter().find(|(key, _)| !KEYS.contains(key)) {
        return Err(wrong(at(key), format!("there is no key {key}"))
            .hint("an entry has check, name and reason, and may have until and org"));
    }
    let text = |key: &str| match table.get(key) {
        None => Ok(None),
        Some(item) => match item.as_str().map(str::trim) {
            Some("") => Err(wrong(at(key), format!("{key} is empty"))),
            Some(text) => Ok(Some(text.to_owned())),
            None => Err(wrong(at(key), format!("{key} is not a string"))),
        },
    };
    let due = |key: &str| text(key)?.ok_or_else(|| wrong(line, format!("this entry has no {key}")));
    let word = due("check")?;
    let known = || Check::ALL.into_iter().filter(|check| check.may_be_accepted());
    let check = known().find(|check| check.id() == word).ok_or_else(|| {
        let near = known().find(|check| is_near(&word, check.id()));
        let error = wrong(at("check"), format!("there is no check {word}"));
        let error =
            near.into_iter().fold(error, |error, near| error.hint(format!("did you mean {}?", near.id())));
        error.hint(format!("the checks are {}", known().map(Check::id).collect::<Vec<_>>().join(", ")))
    })?;
    let until = table.get("until").map(|item| {
        let given = match item.as_datetime() {
            Some(time) if time.time.is_none() => time.to_string(),
            _ => item.as_str().unwrap_or_default().trim().to_owned(),
        };
        let is_day = given.len() == "2026-12-31".len();
        let day: Option<Date> = given.parse().ok().filter(|_| is_day);
        day.ok_or_else(|| wrong(at("until"), "until is not a day, such as 2026-12-31"))
    });
    let until = until.transpose()?;
    Ok(Entry { check, name: due("name")?, reason: due("reason")?, until, org: text("org")?, line })
}

impl Accepted {
    /// Whether an entry names an organisation.
    pub(super) fn names_org(&self) -> bool {
        self.entries.iter().any(|entry| entry.org.is_some())
    }

    /// Takes what is accepted out of `found`, and adds what is wrong with the entries.
    ///
    /// With `all_orgs` every organisation was looked at that an entry may name.
    pub(super) fn apply(
        &self,
        (looked, all_orgs): (&[Looked], bool),
        found: &mut Findings,
        now: Timestamp,
    ) -> Vec<Ignored> {
        let today = Offset::UTC.to_datetime(now).date();
        let has_ended = |entry: &Entry| entry.until.is_some_and(|until| until < today);
        let mut is_used = vec![false; self.entries.len()];
        let (mut kept, mut ignored) = (Vec::new(), Vec::new());
        for finding in std::mem::take(&mut found.found) {
            let fits = |entry: &Entry| {
                let is_there = || finding.org.as_ref().is_some_and(|org| entry.is_in(org));
                entry.check == finding.check && entry.name == finding.name && is_there()
            };
            let mut matches = (0..).zip(&self.entries).filter(|(_, entry)| fits(entry));
            // The one that names the organisation says more.
            let by = matches.clone().find(|(_, entry)| entry.org.is_some() && !has_ended(entry));
            let by = by.or_else(|| matches.clone().find(|(_, entry)| !has_ended(entry)));
            matches.by_ref().for_each(|(place, _): (usize, _)| is_used[place] = true);
            match by {
                Some((_, entry)) => {
                    let (reason, until) = (entry.reason.clone(), entry.until);
                    ignored.push(Ignored { finding, reason, until });
                }
                None => kept.push(finding),
            }
        }
        for finding in &kept {
            let may_fit = |entry: &&Entry| {
                (entry.check, &entry.name) == (finding.check, &finding.name) && !has_ended(entry)
            };
            let org = finding.org.as_ref();
            let why =
                org.and_then(|org| self.entries.iter().filter(may_fit).find_map(|one| one.may_be_in(org)));
            if let (Some(org), Some(why)) = (org, why) {
                let why = format!("whether it is accepted in this organisation is not known: {why}");
                found.hole(finding.check, org, Some(&finding.name), why);
            }
        }
        found.found = kept;
        for (entry, is_used) in self.entries.iter().zip(is_used) {
            let orgs: Vec<&Looked> = looked.iter().filter(|one| entry.is_in(&one.org)).collect();
            if has_ended(entry) {
                let until = entry.until.map(|until| until.to_string()).unwrap_or_default();
                self.add(Check::IgnoreExpired, entry, &orgs, &format!("ended with {until}"), found);
            } else if !is_used && !orgs.is_empty() && !entry.may_match_unseen(found) {
                self.add(Check::IgnoreUnused, entry, &orgs, "matches nothing", found);
            } else if let (true, [], Some(org)) = (all_orgs, orgs.as_slice(), &entry.org) {
                let what = format!("names the organisation {}, which is none of yours", named(org));
                self.add(Check::IgnoreUnused, entry, &orgs, &what, found);
            }
        }
        ignored
    }

    fn add(&self, check: Check, entry: &Entry, orgs: &[&Looked], what: &str, found: &mut Findings) {
        let what = format!("line {} of {} ({}) {what}", entry.line, self.path, entry.check.id());
        let words = match check {
            Check::IgnoreExpired => "look at the finding again, and give the entry another day or remove it",
            _ => "remove the entry",
        };
        let org = if let [one] = orgs { Some(Rc::clone(&one.org)) } else { None };
        let mend = Mend { words: words.to_owned(), run: None };
        let (name, part) = (entry.name.clone(), Some(entry.check.id()));
        found.found.push(Finding { check, severity: Severity::Info, org, name, part, what, mend });
    }
}

impl Entry {
    fn is_in(&self, org: &Org) -> bool {
        self.org.as_ref().is_none_or(|wanted| org.is_named(wanted))
    }

    /// Why nobody can tell whether it is meant for `org`, where that is so.
    fn may_be_in<'o>(&self, org: &'o Org) -> Option<&'o str> {
        self.org.as_ref().and_then(|wanted| org.may_be_named(wanted))
    }

    /// Whether it may match what could not be looked at.
    fn may_match_unseen(&self, found: &Findings) -> bool {
        found.untold.iter().any(|one| {
            let is_check = one.check.is_none_or(|check| check.covers(self.check));
            is_check && self.is_in(&one.org) && one.name.as_ref().is_none_or(|name| *name == self.name)
        })
    }
}

#[cfg(test)]
mod tests {
    use super::entries;

    fn refused(text: &str) -> String {
        let error = entries(text).unwrap_err();
        error.causes()[0].clone()
    }

    #[test]
    fn an_entry_says_what_where_why_and_until_when() {
        let text = "# accepted\n[[ignore]]\ncheck = \"old\"\nname = \"a\"\nreason = \"kept by vault\"\n\
                    until = 2026-12-31\norg = \"demo\"\n[[ignore]]\ncheck = 'unused'\nname = 'a'\n\
                    reason = 'spare'\nuntil = '2027-01-01'\n";
        let read = entries(text).unwrap();
        assert_eq!(read.len(), 2);
        assert_eq!((read[0].line, read[1].line), (2, 8));
        assert_eq!(read[0].until, "2026-12-31".parse().ok());
        assert_eq!(read[1].until, "2027-01-01".parse().ok());
        assert!(entries("").unwrap().is_empty());
        assert!(entries("ignore = []").unwrap().is_empty());
        let text = "ignore = [\n  { check = \"old\", name = \"a\", reason = \"r\", until = 2026-12-31 },\n\
                    { check = \"old\", name = \"b\", reason = \"r\" },\n]\n";
        let read = entries(text).unwrap();
        assert_eq!((read[0].line, read[1].line, read[1].name.as_str()), (2, 3, "b"));
        assert_eq!(read[0].until, "2026-12-31".parse().ok());
    }

    #[test]
    fn what_cannot_be_meant_is_told_with_its_line() {
        let with = |rest: &str| format!("[[ignore]]\nname = \"a\"\nreason = \"r\"\ncheck = \"old\"\n{rest}");
        for (text, told) in [
            ("[[ignore]\n".to_owned(), "line 1: this is not TOML: "),
            ("\nx = 1\n".to_owned(), "line 2: there is no key x here"),
            ("[ignore]\n".to_owned(), "line 1: ignore is not a list of tables"),
            ("ignore = 1\n".to_owned(), "line 1: ignore is not a list of tables"),
            ("ignore = [\n  1,\n]\n".to_owned(), "line 1: ignore is not a list of tables"),
            (
                "ignore = [\n  { check = \"old\", name = \"a\" },\n]\n".to_owned(),
                "line 2: this entry has no reason",
            ),
            (with("untill = 2026-01-01\n"), "line 5: there is no key untill"),
            (with("until = 2026-13-01\n"), "line 5: this is not TOML: "),
            (with("until = \"soon\"\n"), "line 5: until is not a day, such as 2026-12-31"),
            (with("until = 2026-01-01T00:00:00Z\n"), "line 5: until is not a day, such as 2026-12-31"),
            (with("org = 1\n"), "line 5: org is not a string"),
            (with("org = \" \"\n"), "line 5: org is empty"),
            (with("name = \"b\"\n"), "line 5: this is not TOML: "),
            (format!("{}{}", with(""), with("")), "line 5: old of a is accepted already in line 1"),
            ("[[ignore]]\ncheck = \"old\"\nname = \"a\"\n".to_owned(), "line 1: this entry has no reason"),
            (with("").replace("old", "odl"), "line 4: there is no check odl"),
            (with("").replace("old", "ignore-unused"), "line 4: there is no check ignore-unused"),
        ] {
            let why = refused(&text);
            let is_told =
                why == told || told.ends_with(": ") && why.starts_with(told) && why.len() > told.len();
            assert!(is_told && !why.contains('\n'), "{why}: {text}");
        }
    }
}
