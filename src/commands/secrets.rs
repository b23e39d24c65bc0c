//! Gets the secrets that a command needs: in two steps, because a bad source is reported before any
//! request, and a name that is taken before a person is asked.

use zeroize::Zeroizing;

use super::Context;
use crate::{
    cli::BundleArgs,
    error::Result,
    http::hide,
    providers::capitalised,
    secret::{Field, Gathered, Passed, Secret, SecretSource, Shape, Wanted, gather, pass},
    settings::unquoted_path,
};

/// What can be had without a person, from each one's own source or `bundle`. For `dry_run` nobody is
/// asked: what a bundle lacks is reported where the command itself could not ask for it.
pub(super) fn find<'a>(
    context: &Context,
    wanted: &[Wanted<'a>],
    bundle: &BundleArgs,
    dry_run: bool,
) -> Result<Vec<Gathered<'a>>> {
    let can_ask = context.terminal.can_ask() || (dry_run && bundle.secrets_from.is_none());
    gathered(context, wanted, bundle.secrets_from.as_ref(), can_ask, bundle.allow_unusual)
}

/// As [`find`], for one secret from `source`.
pub(super) fn find_one<'a>(
    context: &Context,
    field: &'a Field,
    source: SecretSource,
) -> Result<Gathered<'a>> {
    let can_ask = context.terminal.can_ask();
    let mut found = gathered(context, &[Wanted::new(field, Some(source))], None, can_ask, false)?;
    Ok(found.remove(0))
}

/// As [`gather`]. What sources take is not counted, and what they give is kept out of all that is shown.
pub(super) fn gathered<'a>(
    context: &Context,
    wanted: &[Wanted<'a>],
    bundle: Option<&SecretSource>,
    can_ask: bool,
    insist: bool,
) -> Result<Vec<Gathered<'a>>> {
    let wait = context.deadline.left();
    let found = context.deadline.paused(|| gather(wanted, bundle, can_ask, insist, wait))?;
    found.iter().filter_map(Gathered::secret).for_each(|secret| hide(secret.expose()));
    Ok(found)
}

/// Completes what was found by asking, after a note on where to get it.
pub(super) fn ask<'a>(
    context: &Context,
    where_from: &str,
    found: Vec<Gathered<'a>>,
    insist: bool,
) -> Result<Vec<(&'a Field, Secret)>> {
    if found.iter().any(Gathered::is_open) {
        context.output.note(&format!("Where to get it: {where_from}"));
    }
    found.into_iter().map(|one| Ok((one.field, hidden(context, one, insist)?))).collect()
}

/// As [`ask`], for one secret.
pub(super) fn ask_one(
    context: &Context,
    where_from: &str,
    found: Gathered<'_>,
    insist: bool,
) -> Result<Secret> {
    if found.is_open() {
        context.output.note(&format!("Where to get it: {where_from}"));
    }
    hidden(context, found, insist)
}

/// Completes what was found at a hidden prompt, or from the file that a person names. Says what was cut and
/// what is unusual.
pub(super) fn hidden(context: &Context, found: Gathered<'_>, insist: bool) -> Result<Secret> {
    let field = found.field;
    let passed = found.ask(|field| {
        if field.shape == Shape::KeyFile {
            return ask_file(context, field.label, field, insist);
        }
        let passed =
            context.terminal.ask_secret(&capitalised(field.label), |text| pass(text, field, insist))?;
        context.invocation.asked(&field.flag(), "SOURCE");
        Ok(passed)
    })?;
    Ok(context.told(field, passed))
}

/// The value for a dry run, empty where a person would be asked.
pub(super) fn unasked(context: &Context, found: Gathered<'_>) -> Secret {
    let field = found.field;
    let value = found.unasked().map(|passed| context.told(field, passed));
    value.unwrap_or_else(|| Secret::new(String::new()))
}

/// Says that a dry run, which asks for no secret, has none to check.
pub(super) fn tell_unchecked(context: &Context) {
    context.output.note("Not checked: a dry run does not ask for secrets.");
}

/// Reads `field` from the file that a person names, or takes what such a file holds.
pub(super) fn ask_file(context: &Context, what: &str, field: &Field, insist: bool) -> Result<Passed> {
    context
        .terminal
        .say(&format!("Give the path of the {what}, or paste all of it: it will not be shown."))?;
    let passed = context.terminal.ask_path(&format!("Path of the {what}"), |answer, is_contents| {
        if is_contents && field.shape == Shape::KeyFile {
            // The last line break of a key belongs to it.
            return pass(&Zeroizing::new(format!("{}\n", answer.trim_end())), field, insist);
        }
        if is_contents {
            return pass(answer, field, insist);
        }
        SecretSource::File(unquoted_path(answer)).read(field, insist, context.deadline.left())
    })?;
    context.invocation.asked(&field.flag(), "SOURCE");
    Ok(passed)
}
