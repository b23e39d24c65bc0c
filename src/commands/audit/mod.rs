//! `ankra credentials audit`: what is wrong or risky with the credentials of an organisation, or of all.
//!
//! `look` asks the platform, `facts` holds what is known then, `checks` judge it, one file for each concern, and
//! `ignore` takes out what was accepted. `report` is what machines get, `people` what a person reads.

mod checks;
mod facts;
mod finding;
mod ignore;
mod look;
mod people;
mod report;

use jiff::{SignedDuration, Timestamp};

use super::Context;
use crate::{
    cli::{AuditArgs, FailOn, Span},
    error::{Error, ErrorKind, Result},
    output::{Format, Layout},
    settings::ChosenBy,
};
use facts::Limits;
use finding::{Findings, Severity};
use ignore::{Accepted, Ignored};
use report::Report;

/// Looks at all credentials, shows what was found, and fails where that was asked for or parts are missing.
pub(super) async fn run(context: &mut Context, args: AuditArgs) -> Result<()> {
    let accepted = args.ignore_file.as_deref().map(ignore::read).transpose()?;
    if args.all_orgs && context.settings.organisation.by == ChosenBy::Flag {
        return Err(
            Error::usage("--all-orgs and --org cannot be used together").hint("leave one of them out")
        );
    }
    let names_org = accepted.as_ref().is_some_and(Accepted::names_org);
    let looked = look::all(context, args.all_orgs, names_org).await?;
    let now = Timestamp::now();
    let span = |given: Span| SignedDuration::try_from(given.0).unwrap_or(SignedDuration::MAX);
    let limits = Limits {
        now,
        max_age: span(args.max_age),
        expires_within: span(args.expires_within),
        unused_after: span(args.unused_after),
    };
    let mut found = Findings::new(args.all_orgs);
    for one in &looked {
        checks::run(one, &limits, &mut found);
    }
    let ignored: Vec<Ignored> = match &accepted {
        Some(accepted) => accepted.apply((&looked, args.all_orgs), &mut found, now),
        None => Vec::new(),
    };
    let report = Report::new(context, now, &looked, found, ignored);
    show(context, &report, args.all_orgs)?;
    outcome(&report, args.fail_on)
}

fn show(context: &Context, report: &Report, all_orgs: bool) -> Result<()> {
    let output = &context.output;
    match output.options().format {
        Format::Table | Format::Wide => {
            let lines = people::lines(report, all_orgs);
            output.report(lines.iter().map(|line| (line.tone, line.text.as_str())))
        }
        Format::Json | Format::Yaml => output.item(report),
        Format::Csv => output.list(&report.rows(), &Layout::default()),
        Format::Name => {
            output.lines(report.findings.iter().map(|one| one.id.as_str()))?;
            match report.cannot_tell.len() {
                0 => {}
                1 => output.note("1 thing that nobody can tell has no name here."),
                count => output.note(&format!("{count} things that nobody can tell have no name here.")),
            }
            Ok(())
        }
    }
}

/// The error that the exit code stands for: of a report with holes in it, whatever was found, else of what was
/// found.
fn outcome(report: &Report, fail_on: Option<FailOn>) -> Result<()> {
    if let Some(error) = report.holes() {
        return Err(error);
    }
    let least = match fail_on {
        None => return Ok(()),
        Some(FailOn::Warning) => Severity::Warning,
        Some(FailOn::Error) => Severity::Error,
    };
    let count = report.count_from(least);
    if count == 0 {
        return Ok(());
    }
    let (found, those) = if count == 1 { ("finding", "is") } else { ("findings", "are") };
    let or_worse = if least == Severity::Warning { " or worse" } else { "" };
    let message = format!("{count} {found} {those} of severity {}{or_worse}", least.word());
    Err(Error::new(ErrorKind::Findings, message)
        .hint("mend them, or accept them with a reason in a file that --ignore-file names"))
}
