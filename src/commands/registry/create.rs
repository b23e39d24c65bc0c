//! `ankra credentials registry create`

use super::{given::Origin, proof};
use crate::{
    cli::RegistryCreateArgs,
    commands::{Context, ask, expiries, name, show},
    error::Result,
    platform::{AuthenticatedClient, Credential, CredentialName, REGISTRY, routes},
};

/// Stores a user name and a password: what is given first, then the name, then what a person is asked for.
pub(super) async fn create(context: &mut Context, args: RegistryCreateArgs) -> Result<()> {
    let RegistryCreateArgs { name, credentials, import, target, mode } = args;
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
    let (name, there) = ask::new_name(context, client.as_ref(), name, (mode, is_open), look).await?;
    if let Some(there) = there.as_ref().filter(|_| !mode.dry_run) {
        return show::already_there(context, there);
    }
    let (preset, login) = origin.finish(context, &target)?;
    let learned = proof::judge(context, preset, &login, false)?;
    // The real run of a name that is taken changes nothing, so there is nothing to check.
    if there.is_none() {
        proof::demand(context, &target, &login).await?;
    }
    let request = routes::create_registry_credential(&name, &login.username, &login.password);
    let Some(client) = client.filter(|_| !mode.dry_run) else {
        return context.preview(&request, there.as_ref().map(Credential::name));
    };
    if let Err(error) = client.send(&request).await {
        let look = async || look(&client, &name).await;
        return show::already_there(
            context,
            &name::made_by_another(error, mode.if_not_exists, &place, look).await?,
        );
    }
    drop(login);
    context.output.note(&format!("Stored the registry credential {name}{place}."));
    let end = learned.end.time();
    expiries::tell(context, REGISTRY, name.as_str(), end);
    let found = client.send(&routes::registry_credential(&name)).await;
    if let Ok(one) = &found {
        expiries::note(context, &one.id, one.updated_at.as_deref(), learned);
    }
    let found =
        found.map(|one| Some(Credential::new(&one.id, &one.name, REGISTRY, one.created_at.as_deref())));
    show::created(context, &name, REGISTRY, found, end.map(|end| end.to_string()))
}
