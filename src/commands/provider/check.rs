//! `ankra credentials PROVIDER check`, and `--check` of `create`

use serde::Serialize;
use serde_json::Value;

use super::{
    talk::Talk,
    values::{Plains, told},
};
use crate::{
    cli::ProviderFields,
    commands::{Context, ask, import, secrets, steps::Steps},
    deadline::Deadline,
    error::{Hint, Result},
    output::{Cell, record},
    providers::{CloudReport, Provider, Told, check_cloud},
    secret::{Field, Secret},
};

/// Shows what the cloud says to a credential. The platform is not asked for anything.
pub(super) async fn check(
    context: &Context,
    provider: &'static Provider,
    fields: ProviderFields,
) -> Result<()> {
    let ProviderFields { mut plain, texts, mut lacking, secrets, import, bundle, .. } = fields;
    plain.extend(told(context, texts));
    let sought = import::find(context, provider, import.as_ref(), (&secrets, &lacking), &bundle, false)?;
    let (found, taken) = sought.finish(context)?;
    let talk = Talk::new(context, provider, taken.complete(context, &mut plain, &mut lacking));
    for field in lacking {
        plain.push((field, Value::from(ask::plain(context, field)?)));
    }
    let secrets = secrets::ask(context, provider.where_from, found, bundle.allow_unusual)?;
    let steps = Steps::new(context);
    let told: Told<'_> = &|news| steps.tell(news);
    let report = run(&talk, &plain, &secrets, (&context.deadline, told)).await?;
    drop(secrets);
    let view = CheckView::new(context, report);
    let report = &view.report;
    let verdict = report.failure().is_none().then(|| report.verdict());
    steps.end(&view, report.end.map(|end| end.to_string()).as_deref(), verdict)?;
    report.failure().map_or(Ok(()), Err)
}

/// Asks the cloud before a credential is stored. What it refuses is not stored; what cannot be told, and what only this
/// program's own list calls missing, is warned of: the platform may take it. Returns when it expires, where that is known.
pub(super) async fn demand(
    talk: &Talk<'_>,
    plain: &Plains,
    secrets: &[(&Field, Secret)],
) -> Result<Option<jiff::Timestamp>> {
    // As a dry run has it, which asks for none.
    if secrets.iter().any(|(_, secret)| secret.expose().is_empty()) {
        secrets::tell_unchecked(talk.context);
        return Ok(None);
    }
    let (context, told): (_, Told<'_>) = (talk.context, &|news| talk.tell(news));
    // A cloud that does not answer leaves time to store the credential.
    let report = run(talk, plain, secrets, (&context.deadline.half(), told)).await?;
    match report.failure() {
        None => context.output.note(&format!("Checked: {}.", report.verdict())),
        Some(error) if report.is_certain => {
            return Err(error.hint("nothing was stored; leave out --check to store it all the same"));
        }
        Some(error) => {
            let error = context.invocation.spell(error);
            context.output.warn(&error.in_one_line());
            error.hints().iter().for_each(|hint| context.output.note(&format!("Hint: {hint}")));
        }
    }
    Ok(report.end)
}

async fn run(
    talk: &Talk<'_>,
    plain: &Plains,
    secrets: &[(&Field, Secret)],
    (deadline, told): (&Deadline, Told<'_>),
) -> Result<CloudReport> {
    let (provider, given, trace) = (talk.provider, talk.given(plain, secrets), talk.context.trace());
    check_cloud(&provider.check, provider.names(), given, (deadline, &trace), told).await
}

#[derive(Debug, Serialize)]
struct CheckView {
    #[serde(flatten)]
    report: CloudReport,
    /// What to do, in one text.
    hint: Option<String>,
}

impl CheckView {
    fn new(context: &Context, report: CloudReport) -> Self {
        let spelled = |hint: &Hint| hint.spelled(|run| context.invocation.line(run)).to_string();
        let hints: Vec<String> = report.hints.iter().map(spelled).collect();
        Self { report, hint: Some(hints.join("; ")).filter(|hint| !hint.is_empty()) }
    }
}

record!(CheckView, |one| one.report.provider, {
    always "PROVIDER" => Cell::text(one.report.provider),
});
