//! `ankra credentials registry create`

use super::{expiry, given::Origin, proof};
use crate::{
    cli::{CreateMode, RegistryCreateArgs},
    commands::{Context, expiries, name, show},
    error::Result,
    platform::{Credential, REGISTRY, routes},
};

/// Stores a user name and a password: what is given first, then the name, then what a person is asked for.
pub(super) async fn create(context: &mut Context, args: RegistryCreateArgs) -> Result<()> {
    let RegistryCreateArgs { name, credentials, import, target, mode } = args;
    let CreateMode { if_not_exists, dry_run } = mode;
    if !dry_run {
        context.ensure_token()?;
    }
    let origin = Origin::begin(context, credentials, &import, &target, Some(&name), dry_run)?;
    if dry_run {
        let (preset, login) = origin.finish(context, &target)?;
        if !login.password.expose().is_empty() {
            proof::judge(context, preset, &login)?;
        }
        let request = routes::create_registry_credential(&name, &login.username, &login.password);
        return context.preview(&request).await;
    }
    let client = context.client().await?;
    let look = async || show::present(&client, &name, REGISTRY).await;
    if let Some(there) = name::present(&client, &name, if_not_exists, look).await? {
        return show::already_there(context, &there);
    }
    let (preset, login) = origin.finish(context, &target)?;
    let end = proof::judge(context, preset, &login)?;
    proof::demand(context, &target, &login).await?;
    let request = routes::create_registry_credential(&name, &login.username, &login.password);
    if let Err(error) = client.send(&request).await {
        return show::already_there(
            context,
            &name::made_by_another(&name, error, if_not_exists, look).await?,
        );
    }
    drop(login);
    context.output.note(&format!("Stored the registry credential {name}."));
    expiry::tell(context, name.as_str(), end);
    let found = client.send(&routes::registry_credential(&name)).await;
    if let Ok(one) = &found {
        expiries::note(context, one, end);
    }
    let found =
        found.map(|one| Some(Credential::new(&one.id, &one.name, REGISTRY, one.created_at.as_deref())));
    show::created(context, &name, REGISTRY, found, end.map(|end| end.to_string()))
}
