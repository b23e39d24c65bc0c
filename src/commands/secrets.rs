//! Gets the secrets that a command needs: in two steps, because a bad source is reported before any
//! request, and a name that is taken before a person is asked.

use super::Context;
use crate::{
    error::Result,
    secret::{Field, Form, Gathered, Secret, SecretSource, Wanted, gather, gather_one},
};

/// What can be had without a person, from each one's own source or `bundle`. For `dry_run` nobody is
/// asked: what a bundle lacks is reported where the command itself could not ask for it.
pub(super) fn find<'a>(
    context: &Context,
    wanted: &[Wanted<'a>],
    bundle: Option<&SecretSource>,
    dry_run: bool,
) -> Result<Vec<Gathered<'a>>> {
    gather(wanted, bundle, context.terminal.can_ask() || (dry_run && bundle.is_none()))
}

/// As [`find`], for one secret from `source`.
pub(super) fn find_one<'a>(
    context: &Context,
    field: &'a Field,
    source: SecretSource,
) -> Result<Gathered<'a>> {
    gather_one(Wanted { field, source: Some(source) }, None, context.terminal.can_ask())
}

/// Completes what was found by asking, after a note on where to get it. Unusual secrets are warned about.
pub(super) fn ask<'a>(
    context: &Context,
    where_from: &str,
    found: Vec<Gathered<'a>>,
) -> Result<Vec<(&'a Field, Secret)>> {
    if found.iter().any(Gathered::is_open) {
        context.output.note(&format!("Where to get it: {where_from}"));
    }
    let complete = |one: Gathered<'a>| Ok((one.field, hidden(context, one)?));
    let secrets = found.into_iter().map(complete).collect::<Result<Vec<_>>>()?;
    for (field, secret) in &secrets {
        if let Form::Unusual(doubt) = (field.form)(secret.expose()) {
            context.output.warn(doubt);
        }
    }
    Ok(secrets)
}

/// As [`ask`], for one secret that others judge.
pub(super) fn ask_one(context: &Context, where_from: &str, found: Gathered<'_>) -> Result<Secret> {
    if found.is_open() {
        context.output.note(&format!("Where to get it: {where_from}"));
    }
    hidden(context, found)
}

/// Completes what was found at a hidden prompt, or from the file that a person names.
pub(super) fn hidden(context: &Context, found: Gathered<'_>) -> Result<Secret> {
    found.ask(|field| {
        if field.is_key_file {
            return ask_file(context, field.label, field);
        }
        context.terminal.ask_secret(field.label)
    })
}

/// Reads `field` from the file that a person names.
pub(super) fn ask_file(context: &Context, what: &str, field: &Field) -> Result<Secret> {
    let path = context.terminal.ask_text(&format!("Path of the {what}"))?;
    SecretSource::File(context.settings.paths.expand(path.as_ref())).read(field)
}
