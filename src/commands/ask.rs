//! Asks for what a command line lacks, besides secrets. Each answer is held to the rules of its flag, and
//! remembered for the line that would do the same without a question.

use std::str::FromStr;

use super::{
    Context,
    context::is_out_of_reach,
    name::{check, kind, on_a_line},
};
use crate::{
    cli::{CreateMode, RegistryTargetArgs},
    error::{Error, ErrorKind, Result},
    output::named,
    platform::{AuthenticatedClient, Credential, CredentialName, CredentialRef},
    providers::{Plain, Preset, RegistryUrl, capitalised},
    secret::pass,
    terminal::TRIES,
};

/// Decides the name of what is to be created: the one that is given, else one that a person gives. Also
/// returns what has it already, where `--if-not-exists` makes that no error. Without a client, which a dry run
/// may lack, nothing is known of that. Whether it is free is asked where a person is (`is_open`), and for a dry run:
/// elsewhere the platform says so when it is sent.
pub(super) async fn new_name<T>(
    context: &Context,
    client: Option<&AuthenticatedClient>,
    given: Option<CredentialName>,
    (mode, is_open): (CreateMode, bool),
    look: impl AsyncFn(&AuthenticatedClient, &CredentialName) -> Result<Option<T>>,
) -> Result<(CredentialName, Option<T>)> {
    let is_given = given.is_some();
    for tries in 1.. {
        let wanted = given.clone().map_or_else(|| name(context), Ok)?;
        let found = match client {
            Some(client) if mode.if_not_exists => looked(context, client, &wanted, mode.dry_run, &look).await,
            Some(client) if is_open || mode.dry_run => {
                check(context, client, &wanted, mode.dry_run).await.map(|()| None)
            }
            _ => Ok(None),
        };
        match found {
            Err(error) if !is_given && error.kind() == ErrorKind::Conflict && tries < TRIES => {
                context.terminal.say(&error.in_one_line())?;
            }
            found => {
                if !is_given {
                    context.invocation.asked("--name", wanted.as_str());
                }
                return Ok((wanted, found?));
            }
        }
    }
    unreachable!("the last try returns")
}

/// What has the name already. Where that cannot be found out, what is sent meets it; but where nothing is reached, it
/// would not be either, and a person would have answered in vain.
async fn looked<T>(
    context: &Context,
    client: &AuthenticatedClient,
    name: &CredentialName,
    dry_run: bool,
    look: &impl AsyncFn(&AuthenticatedClient, &CredentialName) -> Result<Option<T>>,
) -> Result<Option<T>> {
    match look(client, name).await {
        Err(error) if is_out_of_reach(&error) && (dry_run || client.was_reached()) => {
            let why = error.in_one_line();
            context.output.warn(&format!("whether the name {name} is free is not known: {why}"));
            Ok(None)
        }
        found => found.map_err(|error| context.place().refused(error)),
    }
}

/// A new name. It is not remembered yet: it may be taken.
pub(super) fn name(context: &Context) -> Result<CredentialName> {
    context.terminal.ask_text("Name", parsed)
}

/// A field of a cloud that is not secret.
pub(super) fn plain(context: &Context, field: &Plain) -> Result<String> {
    let described = field.described();
    let passed =
        context.terminal.ask_text(&capitalised(field.label), |text| pass(text, &described, false))?;
    let value = context.told(&described, passed).expose().to_owned();
    context.invocation.asked(&format!("--{}", field.name), &value);
    Ok(value)
}

/// The address of a registry.
pub(super) fn registry_url(context: &Context) -> Result<RegistryUrl> {
    let label = "Registry URL (oci://HOST/PATH, or https://HOST/PATH of a Helm repository)";
    let (text, url) =
        context.terminal.ask_text(label, |text| Ok((text.to_owned(), parsed::<RegistryUrl>(text)?)))?;
    context.invocation.asked("--registry-url", &text);
    Ok(url)
}

/// Completes `target`: the address that `--check` asks, and where `is_open`, what kind of registry it is.
pub(super) fn registry(
    context: &Context,
    mut target: RegistryTargetArgs,
    is_open: bool,
) -> Result<RegistryTargetArgs> {
    if target.check && target.registry_url.is_none() {
        target.registry_url = Some(registry_url(context)?);
    }
    if is_open && target.preset.is_none() && target.registry_url.is_none() && context.terminal.can_ask() {
        let titles: Vec<String> = Preset::ALL.iter().map(|preset| preset.title.to_owned()).collect();
        let chosen = Preset::ALL[context.terminal.choose("Kind of registry", &titles)?];
        // Of any other kind nothing is known, as where none is given.
        if !chosen.is_generic() {
            context.invocation.asked("--preset", chosen.slug);
            target.preset = Some(chosen);
        }
    }
    Ok(target)
}

/// One of the credentials that there are; `flag` is empty where it is named without one.
pub(super) fn credential(context: &Context, all: &[Credential]) -> Result<CredentialRef> {
    if all.is_empty() {
        let place = context.place();
        let why = format!("there is no credential to choose from{place}");
        return Err(Error::new(ErrorKind::NotFound, why));
    }
    // Named again in the line that does the same: a name that a shell could take for more is no help there.
    let is_alone = |one: &Credential| all.iter().filter(|other| other.name() == one.name()).count() == 1;
    let label =
        |one: &Credential| format!("{} ({}, {})", named(one.name()), kind(one.provider()), named(one.id()));
    let choices: Vec<String> = all.iter().map(label).collect();
    let chosen = &all[context.terminal.choose("Which credential", &choices)?];
    let text = on_a_line(chosen.id(), chosen.name(), is_alone(chosen));
    context.invocation.asked("", text);
    text.parse()
}

/// Reads an answer as its flag is read. The whole refusal is the reason.
pub(super) fn parsed<T: FromStr<Err = Error>>(text: &str) -> Result<T> {
    text.parse().map_err(|refusal: Error| {
        let hints = refusal.hints().iter().map(ToString::to_string);
        let reasons: Vec<String> = std::iter::once(refusal.in_one_line()).chain(hints).collect();
        Error::usage("").cause(reasons.join("; "))
    })
}
