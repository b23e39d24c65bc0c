//! `ankra credentials registry check`

use super::{given::Origin, proof};
use crate::{
    cli::{RegistryCheckArgs, RegistryTargetArgs},
    commands::{Context, ask},
    error::Result,
    output::{Cell, record},
    providers::{RegistryReport, capitalised},
};

/// Shows what the registry says to the credentials. The platform is not asked for anything.
pub(super) async fn check(context: &Context, args: RegistryCheckArgs) -> Result<()> {
    let url = args.registry_url.map_or_else(|| ask::registry_url(context), Ok)?;
    let target = RegistryTargetArgs {
        preset: None,
        registry_url: Some(url.clone()),
        check: true,
        token_host: args.token_host,
    };
    let origin = Origin::begin(context, args.credentials, &args.import, &target, None, false)?;
    let (preset, login) = origin.finish(context, &target)?;
    // The registry has the last word, but what is unusual helps to understand it.
    for doubt in preset.judge(&login.username, &login.password).doubts {
        context.output.warn(doubt);
    }
    let report = proof::ask(context, &url, target.token_host.host.as_ref(), &login).await?;
    drop(login);
    show(context, &report)?;
    proof::failure(context, &report).map_or(Ok(()), Err)
}

/// A line for each step, then the verdict; where that is a failure, its error says it.
fn show(context: &Context, report: &RegistryReport) -> Result<()> {
    let output = &context.output;
    if !output.options().format.is_table() {
        return output.item(report);
    }
    for step in &report.steps {
        let label = if step.step == "tls" { "TLS".to_owned() } else { capitalised(step.step) };
        let mark = if step.ok { "" } else { "failed: " };
        output.line(&format!("{label:<11}{mark}{}", step.detail))?;
    }
    if let Some(end) = &report.expires_at {
        output.line(&format!("{:<11}{end}", "Expires"))?;
    }
    match report.failure() {
        None => output.line(&format!("{}.", capitalised(&report.verdict()))),
        Some(_) => Ok(()),
    }
}

record!(RegistryReport, |one| one.registry_url.as_str(), {
    always "REGISTRY" => Cell::text(one.registry_url.as_str()),
});
