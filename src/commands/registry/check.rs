//! `ankra credentials registry check`

use super::{given::Origin, proof};
use crate::{
    cli::{RegistryCheckArgs, RegistryTargetArgs},
    commands::{Context, ask, steps::Steps},
    error::Result,
    output::{Cell, record},
    providers::RegistryReport,
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
    let steps = Steps::new(context);
    let report =
        proof::ask(context, &url, target.token_host.host.as_ref(), &login, &|news| steps.tell(news)).await?;
    drop(login);
    steps.end(&report, report.expires_at.as_deref(), report.failure().is_none().then(|| report.verdict()))?;
    proof::failure(context, &report).map_or(Ok(()), Err)
}

record!(RegistryReport, |one| one.registry_url.as_str(), {
    always "REGISTRY" => Cell::text(one.registry_url.as_str()),
});
