//! `ankra credentials delete`, `ankra credentials registry delete`

use std::fmt;

use futures_util::future::join;

use super::{
    Context, ask, expiries,
    name::{self, Among},
    place::Placed,
    records::DeletionView,
    ssh_key::key_file,
    usage,
};
use crate::{
    cli::DeleteMode,
    error::{ErrorKind, Result},
    output::{Layout, named},
    platform::{
        AuthenticatedClient, Credential, CredentialName, CredentialRef, Done, REGISTRY, Registry,
        RegistryRef, Request, routes, ssh_keys_of,
    },
    providers::ALL,
};

/// Deletes credentials of any kind, by name or id.
pub(super) async fn any(context: &mut Context, names: Vec<CredentialRef>, mode: DeleteMode) -> Result<()> {
    let client = context.client().await?.changing();
    let all = client.send(&routes::credentials(None)).await?;
    let request = |one: &Credential| {
        let organisation = one.organisation_id().and_then(|id| id.parse().ok()).or(client.organisation());
        Ok(routes::delete_credential(one.id().parse()?, organisation, one.name()))
    };
    delete(context, &client, (all, None), names, mode, Among::All, request).await
}

/// Deletes registry credentials, by name or id.
pub(super) async fn registry(context: &mut Context, names: Vec<RegistryRef>, mode: DeleteMode) -> Result<()> {
    let client = context.client().await?.changing();
    // Nobody is asked what a registry credential is used by: it is told.
    let users = async { if mode.yes { Some(usage::all_registries(&client).await) } else { None } };
    let (all, users) = join(name::of_registries(&client), users).await;
    let all = all?;
    let request = |one: &Credential| match one.name().parse::<CredentialName>() {
        Ok(name) => Ok(routes::delete_registry_credential(&name)),
        // A name that breaks the rules could lead to another route.
        Err(_) => Ok(routes::delete_credential(one.id().parse()?, client.organisation(), one.name())),
    };
    let names: Vec<CredentialRef> = names.into_iter().map(|name| name.0).collect();
    delete(context, &client, (all, users), names, mode, Among::Registries, request).await
}

/// Finds all, asks once for all, then deletes one after the other. Nothing is deleted
/// unless every name is found (or may be missing) and the person agrees. The registries were asked for already, or not.
async fn delete(
    context: &Context,
    client: &AuthenticatedClient,
    (all, registries): (Vec<Credential>, Option<Result<Vec<Registry>>>),
    mut names: Vec<CredentialRef>,
    mode: DeleteMode,
    among: Among,
    request: impl Fn(&Credential) -> Result<Request<'static, Done>>,
) -> Result<()> {
    let place = context.place();
    let is_open = names.is_empty();
    if is_open {
        names.push(ask::credential(context, &all)?);
    }
    let mut found: Vec<&Credential> = Vec::new();
    for wanted in &names {
        match name::find(&all, wanted, &place) {
            Ok(one) if found.iter().any(|other| other.id() == one.id()) => {}
            Ok(one) => found.push(one),
            Err(error) if error.kind() == ErrorKind::NotFound && mode.ignore_not_found => {
                nothing_there(context, among, wanted);
            }
            Err(error) if among == Among::All => return Err(error),
            Err(error) => {
                return Err(name::no_registry_credential(client, wanted, "delete", &place, error).await);
            }
        }
    }
    let requests = found.iter().map(|one| request(one)).collect::<Result<Vec<_>>>()?;
    if mode.dry_run {
        return preview(context, client, &found, &requests).await;
    }
    if !found.is_empty() {
        if mode.yes {
            warn_of_users(context, client, registries, &found).await;
        } else {
            confirm(context, client, &found).await?;
            if is_open {
                context.invocation.asked("--yes", "");
            }
        }
    }
    let mut deleted: Vec<Placed<Credential>> = Vec::new();
    let mut outcome = Ok(());
    for (one, request) in found.into_iter().zip(requests) {
        // However many there are, each gets the whole time.
        context.deadline.restart();
        match client.send(&request).await {
            Ok(()) => {
                context.output.note(&format!(
                    "Deleted the {} {}{place}.",
                    name::kind(one.provider()),
                    named(one.name())
                ));
                tell_of_private_key(context, one);
                deleted.push(Placed::new(one.clone(), place.clone()));
            }
            Err(error) if error.kind() == ErrorKind::NotFound && mode.ignore_not_found => {
                nothing_there(context, among, named(one.name()));
            }
            Err(error) => {
                outcome = Err(place.refused(error));
                break;
            }
        }
    }
    let ids: Vec<&str> = deleted.iter().map(|one| one.result().id()).collect();
    expiries::forget(context, &ids);
    // What was deleted is reported even if a later one failed; a person has read it in the notes.
    if !context.output.options().format.is_table() {
        context.output.list(&deleted, &Layout::default())?;
    }
    outcome
}

/// `--dry-run`: shows what would go, and what uses it.
async fn preview(
    context: &Context,
    client: &AuthenticatedClient,
    found: &[&Credential],
    requests: &[Request<'static, Done>],
) -> Result<()> {
    let mut views = Vec::new();
    let usage = usage::of(context, client, found).await;
    for ((one, request), (clusters, registries)) in found.iter().zip(requests).zip(usage) {
        let registries = registries.map(|users| users.iter().map(usage::describe).collect());
        let (name, provider, id) = (one.name().into(), one.provider().into(), one.id().into());
        let request = request.preview(&context.settings.base_url, true);
        let result = DeletionView { request, name, provider, id, clusters, registries };
        views.push(Placed::new(result, context.place()));
    }
    context.output.note(&format!("Nothing is deleted{}: this is a dry run.", context.place()));
    context.output.list(&views, &Layout::default())
}

/// Says that a private key stays which was made here under the name of `one`.
fn tell_of_private_key(context: &Context, one: &Credential) {
    let Ok(name) = one.name().parse::<CredentialName>() else { return };
    let is_key = ALL.iter().any(|provider| ssh_keys_of(provider.slug) == one.provider());
    let file = context.settings.paths.ssh().map(|folder| key_file(&folder, &name));
    if let Ok(file) = file.as_ref()
        && is_key
        && file.exists()
    {
        let file = file.display();
        context.output.note(&format!(
            "Its private key was left where it is: {file}. Remove it and {file}.pub once no server needs it."
        ));
    }
}

fn nothing_there(context: &Context, among: Among, wanted: impl fmt::Display) {
    context.output.note(&format!("There is no {among} {wanted}{}; nothing to delete.", context.place()));
}

/// Warns which registries break, where nobody is asked for a confirmation.
async fn warn_of_users(
    context: &Context,
    client: &AuthenticatedClient,
    registries: Option<Result<Vec<Registry>>>,
    found: &[&Credential],
) {
    if found.iter().any(|one| one.provider() == REGISTRY) {
        let all = match registries {
            Some(known) => known,
            None => usage::all_registries(client).await,
        };
        for one in found.iter().filter(|one| one.provider() == REGISTRY) {
            let users = all.as_ref().ok().map(|all| usage::users_of(all, one));
            for line in usage::registry_lines(users.as_deref(), &context.invocation) {
                context.output.warn(&format!("{}: {}", named(one.name()), line.trim()));
            }
        }
    }
}

async fn confirm(context: &Context, client: &AuthenticatedClient, found: &[&Credential]) -> Result<()> {
    context.terminal.ensure_agreement("deleting")?;
    let mut lines = Vec::new();
    for (one, usage) in found.iter().zip(usage::of(context, client, found).await) {
        lines.push(format!("{} {} (id {})", name::kind(one.provider()), named(one.name()), named(one.id())));
        let usage = usage::lines(&usage, &context.invocation);
        lines.extend(usage.iter().map(|line| format!("  {line}")));
    }
    for line in lines {
        context.terminal.say(&line)?;
    }
    let place = context.place();
    let question = match found {
        [one] => format!("Delete the {} {}{place}?", name::kind(one.provider()), named(one.name())),
        several => format!("Delete these {} credentials{place}?", several.len()),
    };
    context.terminal.agree("deleting", &question, "nothing was deleted")
}
