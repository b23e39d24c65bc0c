//! The report as a person reads it: in groups, the worst first, a command below each finding.

use super::report::{CannotTellView, FindingView, OrgView, Report};
use crate::{
    error::listed,
    output::{Tone, named},
};

/// Of those that nobody can tell of, so many are named.
const NAMED: usize = 5;

/// A line of the report.
pub(super) struct Line {
    /// How bad its first word is.
    pub(super) tone: Option<Tone>,
    pub(super) text: String,
}

impl From<String> for Line {
    fn from(text: String) -> Self {
        Self { tone: None, text }
    }
}

/// The lines of the report.
pub(super) fn lines(report: &Report, all_orgs: bool) -> Vec<Line> {
    let mut lines: Vec<Line> = report.organisations.iter().map(|org| heading(org).into()).collect();
    let is_group = |a: &FindingView, b: &FindingView| (a.severity, a.check) == (b.severity, b.check);
    for group in report.findings.chunk_by(is_group) {
        let Some(first) = group.first() else { continue };
        lines.push(String::new().into());
        let text = format!("{} {}: {}", first.severity.word(), first.check, first.why);
        lines.push(Line { tone: Some(first.severity.tone()), text });
        for one in group {
            let org = one.org.as_deref().filter(|_| all_orgs);
            let org = org.map(|org| format!(" in {}", named(org))).unwrap_or_default();
            lines.push(format!("  {}{org}: {}", named(&one.name), one.what).into());
            let mend = match &one.command {
                Some(command) => format!("    {}: {command}", one.mend),
                None => format!("    {}", one.mend),
            };
            lines.push(mend.into());
        }
    }
    if !report.cannot_tell.is_empty() {
        lines.extend([String::new(), "cannot tell".to_owned()].map(Line::from));
        lines.extend(untold(&report.cannot_tell, all_orgs).into_iter().map(Line::from));
    }
    if !report.ignored.is_empty() {
        lines.extend([String::new(), "ignored".to_owned()].map(Line::from));
        lines.extend(report.ignored.iter().map(|one| format!("  {}", one.line(all_orgs)).into()));
    }
    lines.extend([String::new(), totals(report)].map(Line::from));
    lines
}

fn heading(org: &OrgView) -> String {
    let title = org.org.as_deref().or(org.org_id.as_deref());
    let title = title.map_or("The organisation".to_owned(), |title| format!("Organisation {}", named(title)));
    match (org.credentials, org.registries) {
        (Some(credentials), Some(registries)) => {
            format!(
                "{title}: {}, {}",
                counted(credentials, "credential", "credentials"),
                counted(registries, "registry", "registries")
            )
        }
        (Some(credentials), None) => {
            format!(
                "{title}: {}, registries cannot be listed",
                counted(credentials, "credential", "credentials")
            )
        }
        _ => format!("{title}: cannot be looked at"),
    }
}

/// What nobody can tell for one reason.
struct Group<'a> {
    check: &'a str,
    why: &'a str,
    org: Option<&'a str>,
    names: Vec<&'a str>,
}

/// Those of one check and for one reason in one line.
fn untold(all: &[CannotTellView], all_orgs: bool) -> Vec<String> {
    let mut groups: Vec<Group<'_>> = Vec::new();
    for one in all {
        let (check, why) = (one.check.unwrap_or("all checks"), one.why.as_str());
        let org = one.org.as_deref().filter(|_| all_orgs);
        let names = Vec::from_iter(one.name.as_deref());
        match groups.iter_mut().find(|group| (group.check, group.why, group.org) == (check, why, org)) {
            Some(group) => group.names.extend(names),
            None => groups.push(Group { check, why, org, names }),
        }
    }
    groups.iter().map(Group::line).collect()
}

impl Group<'_> {
    fn line(&self) -> String {
        let Self { check, why, org, names } = self;
        let org = org.map(|org| format!(" in {}", named(org))).unwrap_or_default();
        let mut shown: Vec<_> = names.iter().take(NAMED).map(|name| named(name).into_owned()).collect();
        if names.len() > NAMED {
            shown.push(format!("and {} more", names.len() - NAMED));
        }
        let names = if shown.is_empty() { String::new() } else { format!(" ({})", shown.join(", ")) };
        format!("  {check}{org}: {why}{names}")
    }
}

fn totals(report: &Report) -> String {
    let totals = report.totals();
    let places = if totals.organisations == 1 {
        String::new()
    } else {
        format!(" in {}", counted(totals.organisations, "organisation", "organisations"))
    };
    let found: Vec<String> = [
        (totals.errors, "error", "errors"),
        (totals.warnings, "warning", "warnings"),
        (totals.infos, "info finding", "info findings"),
    ]
    .into_iter()
    .filter(|(count, ..)| *count > 0)
    .map(|(count, one, several)| counted(count, one, several))
    .collect();
    let mut parts = vec![if found.is_empty() {
        "Found nothing".to_owned()
    } else {
        format!("Found {}", listed(&found, "and"))
    }];
    if totals.cannot_tell > 0 {
        parts.push(format!("{} cannot be told", totals.cannot_tell));
    }
    if totals.ignored > 0 {
        parts.push(format!("{} ignored", totals.ignored));
    }
    format!(
        "{}. Looked at {} and {}{places}.",
        parts.join("; "),
        counted(totals.credentials, "credential", "credentials"),
        counted(totals.registries, "registry", "registries"),
    )
}

fn counted(count: usize, one: &str, several: &str) -> String {
    format!("{count} {}", if count == 1 { one } else { several })
}
