//! Whether a user name and a password are good: by their form, and by what the registry itself says.

use jiff::Timestamp;

use crate::{
    cli::RegistryTargetArgs,
    commands::{Context, expiries::Learned, secrets},
    error::{Error, Result},
    output::ago,
    providers::{
        Preset, RegistryReport, RegistryUrl, TokenHost, Told, capitalised, check_registry, expiry_of,
        registry_logins::Login,
    },
};

/// Warns about what is unusual, refuses what cannot work, and gives what the password tells of itself. `unattended`: what looks wrong is refused too, because it would replace a password
/// that works, and nobody reads a warning.
pub(super) fn judge(context: &Context, preset: &Preset, login: &Login, unattended: bool) -> Result<Learned> {
    // As a dry run has it, which asks for none.
    if login.password.expose().is_empty() {
        return Ok(Learned::default());
    }
    let judgement = preset.judge(&login.username, &login.password);
    if let Some(refusal) = judgement.refusal {
        return Err(Error::usage(format!("this password cannot work at {}", preset.title))
            .cause(refusal.why)
            .hint(refusal.hint)
            .hint("for a registry that takes it all the same, add --preset generic"));
    }
    if let Some(doubt) = judgement.looks_wrong.filter(|_| unattended) {
        return Err(Error::usage(format!(
            "this password looks wrong for {}, and the stored one is kept",
            preset.title
        ))
        .cause(doubt)
        .hint("look at what the source gives; to store it all the same, add --allow-unusual"));
    }
    for doubt in judgement.doubts {
        context.output.warn(doubt);
    }
    let end = expiry_of(&login.password);
    match end {
        Some(end) if end <= Timestamp::now() => Err(Error::usage("this password has already expired")
            .cause(format!("it expired {} ({end})", ago(end)))
            .hint(preset.renew)
            .hint("if it is new, check this machine's clock")),
        end => Ok(Learned { end: end.into(), is_password: judgement.is_password }),
    }
}

/// Asks the registry at `url`; `told` hears of each step. A report is not a success: see [`failure`].
pub(super) async fn ask(
    context: &Context,
    url: &RegistryUrl,
    token_host: Option<&TokenHost>,
    login: &Login,
    told: Told<'_>,
) -> Result<RegistryReport> {
    let (username, password) = (&login.username, &login.password);
    check_registry(url, username, password, token_host, (&context.deadline, &context.trace()), told).await
}

/// The error for credentials that are not known to work, with the command that may do better.
pub(super) fn failure(context: &Context, report: &RegistryReport) -> Option<Error> {
    let error = report.failure()?;
    Some(match &report.retry {
        Some(retry) => error.run(retry.words, context.invocation.repeated(retry.flag, &retry.value)),
        None => error,
    })
}

/// Asks the registry if `--check` is given: what does not work there is not stored.
pub(super) async fn demand(context: &Context, target: &RegistryTargetArgs, login: &Login) -> Result<()> {
    let (true, Some(url)) = (target.check, &target.registry_url) else { return Ok(()) };
    // As a dry run has it, which asks for none.
    if login.password.expose().is_empty() {
        secrets::tell_unchecked(context);
        return Ok(());
    }
    let report = ask(context, url, target.token_host.host.as_ref(), login, &|_| {}).await?;
    match failure(context, &report) {
        None => {
            let remark = report.remark.map(|remark| format!(" {}.", capitalised(&remark)));
            let remark = remark.unwrap_or_default();
            context.output.note(&format!("The user name and password work at {url}.{remark}"));
            Ok(())
        }
        Some(error) => Err(error.hint("nothing was stored; leave out --check to store it all the same")),
    }
}
