//! Gets the secrets that a command needs.

use super::Context;
use crate::{
    error::{Error, Result},
    providers::Spec,
    secret::{Field, Secret, SecretSource, Wanted, collect},
};

/// The secrets of `spec`, in its order: from `sources` (one for each), `bundle`, or the
/// person. Unusual ones are warned about.
pub(super) fn of_spec(
    context: &Context,
    spec: &'static Spec,
    sources: Vec<Option<SecretSource>>,
    bundle: Option<&SecretSource>,
) -> Result<Vec<Secret>> {
    let wanted: Vec<Wanted<'_>> = spec
        .secrets
        .iter()
        .zip(sources)
        .map(|(secret, source)| Wanted { field: &secret.field, source })
        .collect();
    let mut told = false;
    let secrets = ask_if_possible(context, &wanted, bundle, |field| {
        if !told {
            context.output.note(&format!("Where to get it: {}", spec.where_from));
            told = true;
        }
        context.terminal.ask_secret(field.label)
    })?;
    for (secret, spec) in secrets.iter().zip(spec.secrets) {
        if let Some(doubt) = (spec.doubt)(secret.expose()) {
            context.output.warn(doubt);
        }
    }
    Ok(secrets)
}

/// As [`of_spec`] for `--dry-run`: sources that are given are tried, nothing is asked for.
pub(super) fn for_dry_run(
    context: &Context,
    spec: &'static Spec,
    sources: Vec<Option<SecretSource>>,
    bundle: Option<&SecretSource>,
) -> Result<Vec<Secret>> {
    let given =
        |source: &Option<SecretSource>| matches!(source, Some(source) if *source != SecretSource::Prompt);
    if bundle.is_some() || sources.iter().all(given) {
        return of_spec(context, spec, sources, bundle);
    }
    spec.secrets
        .iter()
        .zip(sources)
        .map(|(secret, source)| match source {
            Some(source) if source != SecretSource::Prompt => source.read(&secret.field),
            _ => Ok(Secret::new(String::new())),
        })
        .collect()
}

/// One secret that is no provider's, from `source`; `ask` is the prompt.
pub(super) fn single(
    context: &Context,
    field: &Field,
    source: SecretSource,
    ask: impl FnMut(&Field) -> Result<Secret>,
) -> Result<Secret> {
    let wanted = [Wanted { field, source: Some(source) }];
    let mut secrets = ask_if_possible(context, &wanted, None, ask)?;
    secrets.pop().ok_or_else(|| Error::failure("no secret was read"))
}

fn ask_if_possible(
    context: &Context,
    wanted: &[Wanted<'_>],
    bundle: Option<&SecretSource>,
    mut ask: impl FnMut(&Field) -> Result<Secret>,
) -> Result<Vec<Secret>> {
    collect(wanted, bundle, if context.terminal.can_ask() { Some(&mut ask) } else { None })
}

/// `--X-stdin` is `--X-from stdin`.
pub(super) fn source(from: Option<SecretSource>, stdin: bool) -> Option<SecretSource> {
    if stdin { Some(SecretSource::Stdin) } else { from }
}
