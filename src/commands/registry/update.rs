//! `ankra credentials registry update`

use super::{
    expiry::{self, RegistryView},
    given::{self, Given},
    name::{self, name_for_dry_run},
    proof,
};
use crate::{
    cli::{CredentialsArgs, RegistryTargetArgs, RegistryUpdateArgs},
    commands::{Context, expiries, usage},
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
    given::doubt_target(context, &target);
    if dry_run {
        return preview(context, &name, credentials, &target).await;
    }
    context.ensure_token()?;
    let preset = given::preset(&target, None, credentials.username.as_deref());
    let given = Given::read(context, preset, credentials, false)?;
    let client = context.client().await?;
    // Also finds a wrong name before a person is asked for a secret.
    let (name, stored) = name::stored(&client, &name, "update").await?;
    let given = given.or_username(stored.username.as_deref());
    let users = usage::registries(&client, &Credential::new(&stored.id, &stored.name, REGISTRY, None)).await;
    let host = users.as_deref().and_then(host_of);
    let preset = given::preset(&target, host.as_deref(), given.username.as_deref());
    let shown = replace(context, &client, stored, &name, &target, preset, given).await?;
    context.output.note(&format!("Updated the registry credential {}.", shown.name()));
    expiry::tell(context, shown.name(), shown.end);
    tell_of_users(context, users.as_deref());
    context.output.item(&shown)
}

/// `--dry-run`: what would be sent. A source that is given is tried, nothing is asked for.
pub(super) async fn preview(
    context: &mut Context,
    name: &RegistryRef,
    args: CredentialsArgs,
    target: &RegistryTargetArgs,
) -> Result<()> {
    let name = name_for_dry_run(name)?;
    let preset = given::preset(target, None, args.username.as_deref());
    // Of a user name that is kept nothing is known here, so only the password's end is looked at.
    let judge = if args.username.is_some() { preset } else { Preset::GENERIC };
    let given = Given::read(context, preset, args, true)?.or_username(Some("<kept as it is>"));
    let login = given.finish(context, preset)?;
    if !login.password.expose().is_empty() {
        proof::judge(context, judge, &login)?;
    }
    context.preview(&routes::update_registry_credential(&name, &login.username, &login.password)).await
}

/// Asks for what is missing, changes the credential `stored` if the new password is good, and reads
/// it back. It is changed whether or not it can be read.
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
    if unattended {
        proof::refuse_doubts(preset, &login)?;
    }
    let end = proof::judge(context, preset, &login)?;
    proof::demand(context, target, &login).await?;
    client.send(&routes::update_registry_credential(name, &login.username, &login.password)).await?;
    let shown = client.send(&routes::registry_credential(name)).await.unwrap_or_else(|error| {
        context.output.warn(&format!("it cannot be read back: {error}"));
        RegistryCredential { username: Some(login.username.clone()), updated_at: None, ..stored }
    });
    expiries::note(context, &shown, end);
    Ok(RegistryView::new(end, shown))
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
