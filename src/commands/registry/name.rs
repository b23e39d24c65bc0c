//! Which registry credential is meant.

use crate::{
    commands::name,
    error::{Error, Hint, Result, Run},
    platform::{AuthenticatedClient, CredentialName, CredentialRef, RegistryCredential, RegistryRef, routes},
};

/// Gets what is stored of the credential that `wanted` names, and its name in routes. `verb` is what is to be
/// done with it.
pub(super) async fn stored(
    client: &AuthenticatedClient,
    wanted: &RegistryRef,
    verb: &str,
) -> Result<(CredentialName, RegistryCredential)> {
    let found = async {
        let name = resolve(client, wanted).await?;
        let stored = client.send(&routes::registry_credential(&name)).await?;
        Ok((name, stored))
    };
    match found.await {
        Ok(found) => Ok(found),
        Err(error) => Err(name::no_registry_credential(client, &wanted.0, verb, error).await),
    }
}

/// The name that routes have in their path: as given if it is valid, else looked up.
async fn resolve(client: &AuthenticatedClient, wanted: &RegistryRef) -> Result<CredentialName> {
    if let CredentialRef::Name(text) = &wanted.0
        && let Ok(name) = text.parse()
    {
        return Ok(name);
    }
    let all = name::of_registries(client).await?;
    let one = name::find(&all, &wanted.0)?;
    // A name with a slash in it could lead to another route.
    one.name().parse().map_err(|error: Error| {
        error.with_hints([Hint::run("use its id", Run::new("credentials get").arg(one.id()))])
    })
}

/// The same for `--dry-run`, which sends nothing.
pub(super) fn name_for_dry_run(wanted: &RegistryRef) -> Result<CredentialName> {
    match &wanted.0 {
        CredentialRef::Name(text) => text.parse(),
        CredentialRef::Id(_) => Err(Error::usage("--dry-run cannot look up an id: it sends nothing")
            .hint("give the name of the credential")),
    }
}
