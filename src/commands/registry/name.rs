//! Which registry credential is meant.

use crate::{
    commands::name,
    error::{Error, Hint, Result, Run},
    platform::{AuthenticatedClient, CredentialName, CredentialRef, RegistryRef},
};

/// The name that routes have in their path: as given if it is valid, else looked up.
pub(super) async fn resolve(client: &AuthenticatedClient, wanted: &RegistryRef) -> Result<CredentialName> {
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
