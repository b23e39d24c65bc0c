//! Gets the secrets that a command needs: in two steps, because a bad source is told before any
//! request, and a name that is taken before a person is asked.

use super::Context;
use crate::{
    error::{Error, Result},
    providers::Spec,
    secret::{Field, Gathered, Secret, SecretSource, Wanted, gather},
};

/// The secrets of `spec`, in its order, from `sources` (one for each) or `bundle`.
pub(super) fn of_spec(
    context: &Context,
    spec: &'static Spec,
    sources: Vec<Option<SecretSource>>,
    bundle: Option<&SecretSource>,
) -> Result<Gathered<'static>> {
    gather(&wanted(spec, sources), bundle, context.terminal.can_ask())
}

/// Completes the secrets of `spec` by asking. Unusual ones are warned about.
pub(super) fn ask(context: &Context, spec: &Spec, gathered: Gathered<'_>) -> Result<Vec<Secret>> {
    let mut told = false;
    let secrets = gathered.ask(|field| {
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
    // A bundle that lacks something is told of where the command itself could not ask for it.
    let can_ask = bundle.is_none() || context.terminal.can_ask();
    Ok(gather(&wanted(spec, sources), bundle, can_ask)?.unasked())
}

fn wanted(spec: &'static Spec, sources: Vec<Option<SecretSource>>) -> Vec<Wanted<'static>> {
    spec.secrets.iter().zip(sources).map(|(secret, source)| Wanted { field: &secret.field, source }).collect()
}

/// One secret that is no provider's, from `source`.
pub(super) fn single<'a>(context: &Context, field: &'a Field, source: SecretSource) -> Result<Gathered<'a>> {
    gather(&[Wanted { field, source: Some(source) }], None, context.terminal.can_ask())
}

/// The one secret of `gathered`; `ask` is the prompt.
pub(super) fn only(gathered: Gathered<'_>, ask: impl FnMut(&Field) -> Result<Secret>) -> Result<Secret> {
    gathered.ask(ask)?.pop().ok_or_else(|| Error::failure("no secret was read"))
}

/// `--X-stdin` is `--X-from stdin`.
pub(super) fn source(from: Option<SecretSource>, stdin: bool) -> Option<SecretSource> {
    if stdin { Some(SecretSource::Stdin) } else { from }
}
