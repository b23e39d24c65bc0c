//! `ankra credentials registry create`

use super::{given::Origin, proof};
use crate::{
    cli::{CreateMode, RegistryCreateArgs},
    commands::{Context, ask, expiries, name, place::Action, show},
    error::Result,
    platform::{AuthenticatedClient, Credential, CredentialName, REGISTRY, routes},
};

/// Stores a user name and a password: what is given first, then the name, then what a person is asked for. With
/// `or_update` they take the place of what is stored by that name.
pub(super) async fn create(context: &mut Context, args: RegistryCreateArgs) -> Result<()> {
    let RegistryCreateArgs { name, credentials, import, target, or_update, mode } = args;
    if !mode.dry_run {
        context.ensure_token()?;
    }
    let lacks_kind = credentials.username.is_none() && import.from_docker.is_none();
    let target = ask::registry(context, target, lacks_kind)?;
    let origin = Origin::begin(context, credentials, &import, &target, name.as_ref(), mode.dry_run)?;
    let client = context.client_if(mode.dry_run).await?;
    let is_open = name.is_none() || origin.is_open(&target);
    if !mode.dry_run && is_open {
        context.tell_place();
    }
    let place = context.place();
    let look = async |client: &AuthenticatedClient, name: &CredentialName| {
        show::present(client, name, REGISTRY, &place).await
    };
    let is_no_error = CreateMode { if_not_exists: mode.if_not_exists || or_update, ..mode };
    let (name, there) = ask::new_name(context, client.as_ref(), name, (is_no_error, is_open), look).await?;
    if let Some(there) = there.as_ref().filter(|_| !mode.dry_run && !or_update) {
        return show::already_there(context, there);
    }
    let (preset, login) = origin.finish(context, &target)?;
    let learned = proof::judge(context, preset, &login, false)?;
    // The real run of a name that is taken changes nothing, so there is nothing to check.
    if there.is_none() || or_update {
        proof::demand(context, &target, &login).await?;
    }
    let create = routes::create_registry_credential(&name, &login.username, &login.password);
    let update = routes::update_registry_credential(&name, &login.username, &login.password);
    let Some(client) = client.filter(|_| !mode.dry_run) else {
        return match &there {
            Some(_) if or_update => context.preview(&update, None),
            there => context.preview(&create, there.as_ref().map(Credential::name)),
        };
    };
    let mut replaced = there;
    if replaced.is_none()
        && let Err(error) = client.send(&create).await
    {
        let look = async || look(&client, &name).await;
        let there = name::made_by_another(error, is_no_error.if_not_exists, &place, look).await?;
        if !or_update {
            return show::already_there(context, &there);
        }
        // The name was taken in the meantime: what was sent is not stored, and is sent for good.
        replaced = Some(there);
    }
    if replaced.is_some() {
        client.send(&update).await.map_err(|error| place.refused(error))?;
    }
    drop(login);
    let (action, done) = match &replaced {
        Some(_) => (Action::Updated, "Updated"),
        None => (Action::Created, "Stored"),
    };
    context.output.note(&format!("{done} the registry credential {name}{place}."));
    let end = learned.end.time();
    expiries::tell(context, REGISTRY, name.as_str(), end);
    let found = if let Some(one) = replaced {
        expiries::note(context, one.id(), None, learned);
        Ok(Some(one))
    } else {
        let found = client.send(&routes::registry_credential(&name)).await;
        if let Ok(one) = &found {
            expiries::note(context, &one.id, one.updated_at.as_deref(), learned);
        }
        found.map(|one| Some(Credential::new(&one.id, &one.name, REGISTRY, one.created_at.as_deref())))
    };
    show::stored(context, action, &name, REGISTRY, found, end.map(|end| end.to_string()))
}
