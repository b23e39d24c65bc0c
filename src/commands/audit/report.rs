//! The report as machines get it. Its keys are the same whatever was found.

use jiff::Timestamp;
use serde::Serialize;

use super::{
    facts::Looked,
    finding::{CannotTell, Check, Findings, Severity},
    ignore::Ignored,
};
use crate::{
    commands::Context,
    error::{Error, ErrorKind, Hint},
    output::{Cell, named, record},
};

/// The number of the form of this report: another one where a key goes or changes its meaning.
const SCHEMA: u32 = 1;

/// Whatever an audit says.
#[derive(Debug, Serialize)]
pub(super) struct Report {
    schema: u32,
    /// Whether all that was asked was answered: nothing is missing but what nobody can tell.
    complete: bool,
    checked_at: String,
    totals: Totals,
    pub(super) organisations: Vec<OrgView>,
    /// The worst first.
    pub(super) findings: Vec<FindingView>,
    pub(super) cannot_tell: Vec<CannotTellView>,
    pub(super) ignored: Vec<IgnoredView>,
    /// Why requests failed, once for each of them.
    #[serde(skip)]
    failures: Vec<String>,
}

#[derive(Debug, Default, Serialize)]
pub(super) struct Totals {
    pub(super) errors: usize,
    pub(super) warnings: usize,
    pub(super) infos: usize,
    pub(super) cannot_tell: usize,
    pub(super) ignored: usize,
    pub(super) credentials: usize,
    pub(super) registries: usize,
    pub(super) organisations: usize,
}

/// An organisation that was to be looked at.
#[derive(Debug, Serialize)]
pub(super) struct OrgView {
    pub(super) org: Option<String>,
    pub(super) org_id: Option<String>,
    /// Whether all that was asked there was answered.
    complete: bool,
    /// `None`: they could not be had; so for the next one.
    pub(super) credentials: Option<usize>,
    pub(super) registries: Option<usize>,
    /// Why nothing there could be looked at.
    pub(super) error: Option<String>,
}

/// What was found.
#[derive(Debug, Serialize)]
pub(super) struct FindingView {
    pub(super) id: String,
    pub(super) check: &'static str,
    pub(super) severity: Severity,
    pub(super) org: Option<String>,
    pub(super) org_id: Option<String>,
    pub(super) name: String,
    pub(super) what: String,
    pub(super) why: &'static str,
    pub(super) mend: String,
    /// As it is typed in a shell.
    pub(super) command: Option<String>,
}

/// What a check cannot say.
#[derive(Debug, Serialize)]
pub(super) struct CannotTellView {
    /// `None`: none of them can say anything.
    pub(super) check: Option<&'static str>,
    pub(super) org: Option<String>,
    pub(super) org_id: Option<String>,
    /// `None`: of anything there.
    pub(super) name: Option<String>,
    pub(super) why: String,
    /// A request failed. Otherwise there is nobody who knows.
    pub(super) failed: bool,
}

/// What was found and is accepted.
#[derive(Debug, Serialize)]
pub(super) struct IgnoredView {
    id: String,
    check: &'static str,
    severity: Severity,
    org: Option<String>,
    org_id: Option<String>,
    name: String,
    what: String,
    reason: String,
    until: Option<String>,
}

impl IgnoredView {
    pub(super) fn line(&self, all_orgs: bool) -> String {
        let org = self.org.as_deref().filter(|_| all_orgs);
        let org = org.map(|org| format!(" in {}", named(org))).unwrap_or_default();
        let until = self.until.as_ref().map(|until| format!(", until {until}")).unwrap_or_default();
        format!("{} {} {}{org}: {}{until}", self.severity.word(), self.check, named(&self.name), self.reason)
    }
}

impl Report {
    /// Puts what was found into words, in its order.
    pub(super) fn new(
        context: &Context,
        now: Timestamp,
        looked: &[Looked],
        found: Findings,
        ignored: Vec<Ignored>,
    ) -> Self {
        let Findings { mut found, untold, .. } = found;
        found.sort_by(|a, b| {
            let title = |one: &super::finding::Finding| one.org.as_ref().and_then(|org| org.title.clone());
            (b.severity, a.check, title(a), &a.name).cmp(&(a.severity, b.check, title(b), &b.name))
        });
        let findings: Vec<FindingView> = found
            .into_iter()
            .map(|one| FindingView {
                id: one.id(),
                check: one.check.id(),
                severity: one.severity,
                org: one.org.as_ref().and_then(|org| org.title.clone()),
                org_id: one.org.as_ref().and_then(|org| org.id.clone()),
                why: one.check.why(),
                command: one.mend.run.as_ref().map(|run| context.invocation.line(run)),
                mend: one.mend.words,
                name: one.name,
                what: one.what,
            })
            .collect();
        let organisations: Vec<OrgView> = looked
            .iter()
            .map(|one| OrgView {
                org: one.org.title.clone(),
                org_id: one.org.id.clone(),
                complete: !untold.iter().any(|untold| untold.is_hole && untold.org == one.org),
                credentials: one.there.as_ref().ok().map(|there| there.credentials.len()),
                registries: one
                    .there
                    .as_ref()
                    .ok()
                    .and_then(|there| Some(there.registries.as_ref().ok()?.len())),
                error: one.there.as_ref().err().map(Error::in_one_line),
            })
            .collect();
        let failures = failures(looked, &untold);
        let cannot_tell: Vec<CannotTellView> = untold
            .into_iter()
            .map(|one| CannotTellView {
                check: one.check.map(Check::id),
                org: one.org.title.clone(),
                org_id: one.org.id.clone(),
                name: one.name,
                why: one.why,
                failed: one.is_hole,
            })
            .collect();
        let ignored: Vec<IgnoredView> = ignored
            .into_iter()
            .map(|Ignored { finding, reason, until }| IgnoredView {
                id: finding.id(),
                check: finding.check.id(),
                severity: finding.severity,
                org: finding.org.as_ref().and_then(|org| org.title.clone()),
                org_id: finding.org.as_ref().and_then(|org| org.id.clone()),
                name: finding.name,
                what: finding.what,
                reason,
                until: until.map(|until| until.to_string()),
            })
            .collect();
        let count = |severity| findings.iter().filter(|one| one.severity == severity).count();
        let totals = Totals {
            errors: count(Severity::Error),
            warnings: count(Severity::Warning),
            infos: count(Severity::Info),
            cannot_tell: cannot_tell.len(),
            ignored: ignored.len(),
            credentials: organisations.iter().filter_map(|one| one.credentials).sum(),
            registries: organisations.iter().filter_map(|one| one.registries).sum(),
            organisations: organisations.len(),
        };
        let complete = organisations.iter().all(|one| one.complete);
        // Whole seconds, which every reader of times takes.
        let checked_at = Timestamp::from_second(now.as_second()).unwrap_or(now).to_string();
        Self {
            schema: SCHEMA,
            complete,
            checked_at,
            totals,
            organisations,
            findings,
            cannot_tell,
            ignored,
            failures,
        }
    }

    pub(super) fn totals(&self) -> &Totals {
        &self.totals
    }

    /// How many findings are that bad, or worse.
    pub(super) fn count_from(&self, least: Severity) -> usize {
        self.findings.iter().filter(|one| one.severity >= least).count()
    }

    /// The error of a report of which parts are missing.
    pub(super) fn holes(&self) -> Option<Error> {
        if self.complete {
            return None;
        }
        let mut error = Error::new(ErrorKind::Incomplete, "this report is not complete");
        let missing: Vec<&OrgView> = self.organisations.iter().filter(|one| one.error.is_some()).collect();
        for one in missing.iter().take(20) {
            let title = named(one.org.as_deref().or(one.org_id.as_deref()).unwrap_or_default()).into_owned();
            error =
                error.cause(format!("organisation {title}: {}", one.error.as_deref().unwrap_or_default()));
        }
        let mut whys: Vec<(&str, usize)> = Vec::new();
        for why in &self.failures {
            match whys.iter_mut().find(|(other, _)| other == why) {
                Some((_, count)) => *count += 1,
                None => whys.push((why, 1)),
            }
        }
        for (why, count) in whys.iter().take(5) {
            error = error.cause(match count {
                1 => (*why).to_owned(),
                _ => format!("{count} times: {why}"),
            });
        }
        Some(error.hint(Hint::from("look again; what could not be looked at is told as \"cannot tell\"")))
    }

    /// What a list shows: the findings, then what nobody can tell, so that a list without findings is not taken
    /// for a clean one.
    pub(super) fn rows(&self) -> Vec<RowView> {
        let findings = self.findings.iter().map(|one| RowView {
            id: one.id.clone(),
            severity: one.severity.word(),
            check: Some(one.check),
            org: one.org.clone(),
            name: Some(one.name.clone()),
            what: one.what.clone(),
            why: Some(one.why),
            command: one.command.clone(),
            org_id: one.org_id.clone(),
            mend: Some(one.mend.clone()),
            failed: None,
        });
        let untold = self.cannot_tell.iter().map(|one| RowView {
            id: one.id(),
            severity: "cannot_tell",
            check: one.check,
            org: one.org.clone(),
            name: one.name.clone(),
            what: one.why.clone(),
            why: None,
            command: None,
            org_id: one.org_id.clone(),
            mend: None,
            failed: Some(if one.failed { "true" } else { "false" }),
        });
        findings.chain(untold).collect()
    }
}

/// Why requests failed, once for each of them: several checks may need what one was to give.
fn failures(looked: &[Looked], untold: &[CannotTell]) -> Vec<String> {
    let mut failures = Vec::new();
    for one in looked {
        if let Ok(there) = &one.there {
            let details = there.credentials.iter().filter_map(|one| one.detail.as_ref().err());
            failures
                .extend(there.registries.as_ref().err().into_iter().chain(details).map(Error::in_one_line));
        }
        // What it is called is needed by a few alone.
        let is_for_name = |untold: &&CannotTell| {
            let why = one.org.unnamed.as_ref();
            untold.is_hole && untold.org == one.org && why.is_some_and(|why| untold.why.ends_with(why))
        };
        failures.extend(untold.iter().find(is_for_name).map(|untold| untold.why.clone()));
    }
    failures
}

impl CannotTellView {
    /// Like that of a finding, and never that of one.
    fn id(&self) -> String {
        let (check, org) = (self.check.unwrap_or("*"), self.org_id.as_deref().unwrap_or("-"));
        format!("cannot_tell/{check}/{org}/{}", self.name.as_deref().unwrap_or("*"))
    }
}

record!(Report, |_one| "", {});

/// A line of a list of all that an audit says.
#[derive(Debug, Serialize)]
pub(super) struct RowView {
    id: String,
    severity: &'static str,
    check: Option<&'static str>,
    org: Option<String>,
    name: Option<String>,
    what: String,
    why: Option<&'static str>,
    command: Option<String>,
    org_id: Option<String>,
    mend: Option<String>,
    failed: Option<&'static str>,
}

record!(RowView, |one| &one.id, {
    always "SEVERITY" => Cell::text(one.severity),
    always "CHECK" => Cell::maybe(one.check),
    always "ORGANISATION" => Cell::maybe(one.org.as_deref()),
    always "NAME" => Cell::maybe(one.name.as_deref()),
    always "WHAT" => Cell::text(&one.what),
    always "WHY" => Cell::maybe(one.why),
    always "COMMAND" => Cell::maybe(one.command.as_deref()),
    always "ID" => Cell::text(&one.id),
    always "ORG ID" => Cell::maybe(one.org_id.as_deref()),
    always "MEND" => Cell::maybe(one.mend.as_deref()),
    always "FAILED" => Cell::maybe(one.failed),
});
