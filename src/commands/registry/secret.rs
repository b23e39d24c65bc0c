//! The user name and the password for a registry: asked for in its own words, and judged.

use jiff::Timestamp;

use super::check;
use crate::{
    cli::RegistryTargetArgs,
    commands::{Context, secrets},
    error::{Error, Result, quoted},
    output::ago,
    providers::{Preset, expiry_of},
    secret::{Gathered, Secret, SecretSource},
};

/// The kind of registry that is meant: by `--preset`, else by the host of `--registry-url`, else by
/// `host`, else by a user name that only one kind has.
pub(super) fn preset(
    context: &Context,
    target: &RegistryTargetArgs,
    host: Option<&str>,
    username: Option<&str>,
) -> &'static Preset {
    let by_url = target.registry_url.as_ref().and_then(|url| Preset::for_host(url.host()));
    match (target.preset, by_url) {
        (Some(given), Some(other)) if given.slug != other.slug && !given.is_generic() => {
            context.output.warn(&format!(
                "the host of --registry-url is one of {}, and --preset is {}",
                other.title, given.slug
            ));
            given
        }
        (Some(given), _) => given,
        (None, Some(found)) => found,
        (None, None) => host
            .and_then(Preset::for_host)
            .or_else(|| username.and_then(Preset::for_username))
            .unwrap_or(Preset::GENERIC),
    }
}

/// The user name: the one that is given, the only one there is, or what a person says.
pub(super) fn username(context: &Context, preset: &Preset, given: Option<String>) -> Result<String> {
    use crate::providers::Username;

    match (given, preset.username) {
        (Some(username), _) => Ok(username),
        (None, Username::Fixed { name, .. }) => Ok(name.to_owned()),
        (None, Username::Own { .. }) if context.terminal.can_ask() => {
            context.terminal.ask_text(&preset.username.to_string())
        }
        (None, Username::Own { label, example, .. }) => Err(Error::usage("missing: --username <USERNAME>")
            .hint(format!("give the {label}: --username {}", quoted(example)))),
    }
}

/// What is known of the password before anything is sent.
pub(super) enum Found {
    /// It was read, or is to be asked for.
    Gathered(Gathered<'static>),
    /// A person names the file that holds it: nobody types a key file.
    InFile,
}

/// Reads the password where a source is given; else notes how it is to be asked for.
fn find(
    context: &Context,
    preset: &'static Preset,
    username: Option<&str>,
    source: Option<SecretSource>,
    bundle: Option<&SecretSource>,
) -> Result<Found> {
    let is_key = preset.password_is_file(username);
    if is_key && source.is_none() && bundle.is_none() && context.terminal.can_ask() {
        return Ok(Found::InFile);
    }
    Ok(Found::Gathered(secrets::find_one(context, &preset.password, source, bundle)?))
}

/// A user name and a password, as far as they are known before anything is sent.
pub(super) struct Given {
    /// `None`: a person is asked for it.
    username: Option<String>,
    found: Found,
}

impl Given {
    /// Reads what is given. Where nobody can be asked, what is missing is told before a source is read.
    pub(super) fn find(
        context: &Context,
        preset: &'static Preset,
        named: Option<String>,
        source: Option<SecretSource>,
        bundle: Option<&SecretSource>,
    ) -> Result<Self> {
        let username = match named.or_else(|| preset.username.fixed().map(str::to_owned)) {
            None if context.terminal.can_ask() => None,
            named => Some(username(context, preset, named)?),
        };
        let found = find(context, preset, username.as_deref(), source, bundle)?;
        Ok(Self { username, found })
    }

    /// Completes it by asking.
    pub(super) fn ask(self, context: &Context, preset: &'static Preset) -> Result<(String, Secret)> {
        let username = username(context, preset, self.username)?;
        Ok((username, ask(context, preset, self.found)?))
    }
}

/// As [`find`], where a source is given or nobody can be asked: what is missing is told before
/// anything is sent. `None`: how to ask shows once it is known what the credential is for.
pub(super) fn find_early(
    context: &Context,
    preset: &'static Preset,
    username: Option<&str>,
    source: Option<SecretSource>,
    bundle: Option<&SecretSource>,
) -> Result<Option<Found>> {
    if source.is_none() && bundle.is_none() && context.terminal.can_ask() {
        return Ok(None);
    }
    find(context, preset, username, source, bundle).map(Some)
}

/// Completes [`find_early`] by asking in the words of `preset`.
pub(super) fn ask_late(
    context: &Context,
    preset: &'static Preset,
    username: &str,
    found: Option<Found>,
) -> Result<Secret> {
    match found {
        Some(found) => ask(context, preset, found),
        None => ask(context, preset, find(context, preset, Some(username), None, None)?),
    }
}

/// Completes [`find`] by asking.
fn ask(context: &Context, preset: &'static Preset, found: Found) -> Result<Secret> {
    let gathered = match found {
        Found::Gathered(gathered) => gathered,
        Found::InFile => {
            context.output.note(&format!("Where to get it: {}", preset.where_from));
            let path = context.terminal.ask_text("Path of the JSON key file")?;
            let file = SecretSource::File(context.settings.paths.expand(path.as_ref()));
            secrets::find_one(context, &preset.password, Some(file), None)?
        }
    };
    secrets::ask_one(context, preset.where_from, gathered)
}

/// Warns about what is unusual, refuses what cannot work, and gives the password's end where it
/// tells that itself.
pub(super) fn judge(
    context: &Context,
    preset: &Preset,
    username: &str,
    password: &Secret,
) -> Result<Option<Timestamp>> {
    let judgement = preset.judge(username, password);
    if let Some(refusal) = judgement.refusal {
        return Err(Error::usage(format!("this password cannot work at {}", preset.title))
            .cause(refusal.why)
            .hint(refusal.hint)
            .hint("for a registry that takes it all the same, add --preset generic"));
    }
    for doubt in judgement.doubts {
        context.output.warn(doubt);
    }
    let end = expiry_of(password);
    match end {
        Some(end) if end <= Timestamp::now() => Err(Error::usage("this password has expired already")
            .cause(format!("it ended {} ({end})", ago(end)))
            .hint(preset.renew)
            .hint("if it is new, set this machine's clock right")),
        end => Ok(end),
    }
}

/// Asks the registry itself, where `--check` is given: what does not work is not stored.
pub(super) async fn verify(
    context: &Context,
    target: &RegistryTargetArgs,
    username: &str,
    password: &Secret,
) -> Result<()> {
    let (true, Some(url)) = (target.check, &target.registry_url) else { return Ok(()) };
    let report = check::verify(context, url, username, password).await?;
    match report.failure() {
        None => {
            context.output.note(&format!("The user name and password work at {url}."));
            Ok(())
        }
        Some(error) => Err(error.hint("nothing was stored; leave out --check to store it all the same")),
    }
}
