//! Which registry credential is meant.

use crate::{
    commands::{Context, ask, name},
    error::{Error, Hint, Result, Run},
    platform::{
        AuthenticatedClient, Credential, CredentialDetail, CredentialId, CredentialName, CredentialRef,
        REGISTRY, RegistryCredential, RegistryRef, routes,
    },
};

/// Gets what is stored of the credential that `wanted` names, and its name in routes. `verb` is what is to be
/// done with it.
pub(super) async fn stored(
    context: &Context,
    client: &AuthenticatedClient,
    wanted: Option<&RegistryRef>,
    verb: &str,
) -> Result<(CredentialName, RegistryCredential)> {
    let found = async {
        if let Some(RegistryRef(CredentialRef::Id(id))) = wanted {
            return by_id(client, *id, verb).await;
        }
        let name = resolve(context, client, wanted).await?;
        let stored = client.send(&routes::registry_credential(&name)).await?;
        Ok((name, stored))
    };
    match found.await {
        Ok(found) => Ok(found),
        Err(error) => match wanted {
            Some(wanted) => {
                Err(name::no_registry_credential(client, &wanted.0, verb, &context.place(), error).await)
            }
            None => Err(error),
        },
    }
}

/// What the route of every kind shows of the credential `id`, which has to be one of a registry.
async fn by_id(
    client: &AuthenticatedClient,
    id: CredentialId,
    verb: &str,
) -> Result<(CredentialName, RegistryCredential)> {
    let CredentialDetail { credential: one, username, .. } = client.send(&routes::credential(id)).await?;
    if one.provider() != REGISTRY {
        return Err(name::of_another_kind(&one, false, verb));
    }
    let text = |text: Option<&str>| text.map(str::to_owned);
    let stored = RegistryCredential {
        id: one.id().to_owned(),
        name: one.name().to_owned(),
        username,
        created_at: text(one.created_at()),
        updated_at: text(one.updated_at()),
    };
    Ok((in_routes(&one)?, stored))
}

/// Its name in the path of routes.
fn in_routes(one: &Credential) -> Result<CredentialName> {
    // A name with a slash in it could lead to another route.
    one.name().parse().map_err(|error: Error| {
        error.with_hints([Hint::run("use its id", Run::new("credentials get").named(one.id()))])
    })
}

/// The name that routes have in their path: as given if it is valid, else looked up. A person chooses where
/// none is given.
async fn resolve(
    context: &Context,
    client: &AuthenticatedClient,
    wanted: Option<&RegistryRef>,
) -> Result<CredentialName> {
    if let Some(RegistryRef(CredentialRef::Name(text))) = wanted
        && let Ok(name) = text.parse()
    {
        return Ok(name);
    }
    let all = name::of_registries(client).await?;
    let wanted = wanted.map_or_else(|| ask::credential(context, &all), |wanted| Ok(wanted.0.clone()))?;
    in_routes(name::find(&all, &wanted, &context.place())?)
}

/// The same for a dry run that cannot look anything up.
pub(super) fn unlooked(wanted: Option<&RegistryRef>) -> Result<CredentialName> {
    match wanted.map(|wanted| &wanted.0) {
        Some(CredentialRef::Name(text)) => text.parse(),
        Some(CredentialRef::Id(_)) | None => Err(Error::usage("an id cannot be looked up without a sign-in")
            .hint("give the name of the credential")),
    }
}
