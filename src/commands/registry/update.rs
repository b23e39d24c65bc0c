//! `ankra credentials registry update`

use futures_util::future::join;

use super::{
    given::{self, Given},
    name::{self, unlooked},
    proof,
    view::RegistryView,
};
use crate::{
    cli::{CredentialsArgs, RegistryTargetArgs, RegistryUpdateArgs},
    commands::{Context, ask, context::is_out_of_reach, expiries, place::Action, usage},
    error::Result,
    output::Record,
    platform::{
        AuthenticatedClient, Credential, CredentialName, REGISTRY, Registry, RegistryCredential, RegistryRef,
        routes,
    },
    providers::{Preset, RegistryUrl},
};

/// Replaces the password, and the user name if one is given.
pub(super) async fn update(context: &mut Context, args: RegistryUpdateArgs) -> Result<()> {
    let RegistryUpdateArgs { name, credentials, target, dry_run } = args;
    let target = ask::registry(context, target, false)?;
    given::doubt_target(context, &target);
    if dry_run {
        return preview(context, name.as_ref(), credentials, &target, false).await;
    }
    context.ensure_token()?;
    let preset = given::preset(&target, None, credentials.username.as_deref());
    let given = Given::read(context, preset, credentials, false)?;
    let client = context.client().await?.changing();
    if name.is_none() || given.is_open() {
        context.tell_place();
    }
    // Also finds a wrong name before a person is asked for a secret.
    let (name, stored, users) = with_users(context, &client, name.as_ref()).await?;
    let given = given.or_username(stored.username.as_deref());
    let host = users.as_deref().and_then(host_of);
    let preset = given::preset(&target, host.as_deref(), given.username.as_deref());
    let shown = replace(context, &client, stored, &name, &target, preset, given).await?;
    let place = context.place();
    context.output.note(&format!("Updated the registry credential {}{place}.", shown.name()));
    expiries::tell(context, REGISTRY, shown.name(), shown.end.time());
    tell_of_users(context, users.as_deref());
    context.done(Action::Updated, shown)
}

/// `--dry-run`: shows what would be sent. A source that is given is tried, no secret is asked for. Of what is
/// stored nothing is known where the platform cannot be asked.
pub(super) async fn preview(
    context: &mut Context,
    name: Option<&RegistryRef>,
    args: CredentialsArgs,
    target: &RegistryTargetArgs,
    unattended: bool,
) -> Result<()> {
    let preset = given::preset(target, None, args.username.as_deref());
    let given = Given::read(context, preset, args, true)?;
    let given = if unattended { given.unattended() } else { given };
    let (mut stored, mut users) = (None, None);
    let client = context.client_if(true).await?;
    let found = match &client {
        Some(client) => with_users(context, client, name).await.map(Some),
        None => Ok(None),
    };
    let name = match found {
        Ok(Some((name, found, known))) => {
            (stored, users) = (Some(found), known);
            name
        }
        Err(error) if is_out_of_reach(&error) => {
            context.output.warn(&format!("what is stored is not known: {}", error.in_one_line()));
            unlooked(name)?
        }
        Ok(None) => unlooked(name)?,
        Err(error) => return Err(error),
    };
    let given = given.or_username(stored.as_ref().and_then(|stored| stored.username.as_deref()));
    let host = users.as_deref().and_then(host_of);
    let preset = given::preset(target, host.as_deref(), given.username.as_deref());
    // A user name that is kept and not known says nothing of the kind: only the password's end is looked at.
    let judge = if given.username.is_some() { preset } else { Preset::GENERIC };
    let unattended = given.unattended;
    let login = given.or_username(Some("<kept as it is>")).finish(context, preset)?;
    proof::judge(context, judge, &login, unattended)?;
    proof::demand(context, target, &login).await?;
    context.preview(&routes::update_registry_credential(&name, &login.username, &login.password), None)
}

/// As [`name::stored`], with the registries that use it; `None`: cannot tell.
async fn with_users(
    context: &Context,
    client: &AuthenticatedClient,
    wanted: Option<&RegistryRef>,
) -> Result<(CredentialName, RegistryCredential, Option<Vec<Registry>>)> {
    let stored = name::stored(context, client, wanted, "update");
    let (stored, registries) = if wanted.is_some() {
        join(stored, usage::all_registries(client)).await
    } else {
        // A person chooses first, while nothing goes on here.
        (stored.await, usage::all_registries(client).await)
    };
    let (name, stored) = stored?;
    let one = Credential::new(&stored.id, &stored.name, REGISTRY, None);
    let users = registries.ok().map(|registries| usage::users_of(&registries, &one));
    Ok((name, stored, users))
}

/// Asks for what is missing, and changes the credential `stored` if the new password is good.
pub(super) async fn replace(
    context: &Context,
    client: &AuthenticatedClient,
    stored: RegistryCredential,
    name: &CredentialName,
    target: &RegistryTargetArgs,
    preset: &'static Preset,
    given: Given,
) -> Result<RegistryView> {
    let unattended = given.unattended;
    let login = given.finish(context, preset)?;
    let learned = proof::judge(context, preset, &login, unattended)?;
    proof::demand(context, target, &login).await?;
    let request = routes::update_registry_credential(name, &login.username, &login.password);
    client.send(&request).await.map_err(|error| context.place().refused(error))?;
    // What the platform has now is known, but for the time of the change.
    let shown = RegistryCredential { username: Some(login.username.clone()), updated_at: None, ..stored };
    expiries::note(context, &shown.id, None, learned);
    Ok(RegistryView::new(learned.end, shown))
}

/// The host of all of them that have one; `None`: there is none, or there are several.
fn host_of(users: &[Registry]) -> Option<String> {
    let url = |user: &Registry| user.url.as_deref()?.parse::<RegistryUrl>().ok();
    let mut hosts: Vec<String> = users.iter().filter_map(url).map(|url| url.host().to_owned()).collect();
    hosts.dedup();
    hosts.pop().filter(|_| hosts.is_empty())
}

/// Says which registries now sign in with what was stored.
fn tell_of_users(context: &Context, users: Option<&[Registry]>) {
    let names = users.map(|users| users.iter().map(usage::describe).collect::<Vec<_>>());
    context.output.note(&match names.as_deref() {
        None => "Cannot tell which registries use it.".to_owned(),
        Some([]) => "No registry uses it.".to_owned(),
        Some([one]) => format!("1 registry uses it: {one}"),
        Some(several) => format!("{} registries use it: {}", several.len(), several.join(", ")),
    });
}
