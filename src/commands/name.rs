//! Names: which credential is meant, and whether a new name is free.

use crate::{
    error::{Error, ErrorKind, Result, Run},
    platform::{AuthenticatedClient, Credential, CredentialName, CredentialRef, REGISTRY, routes},
    providers::Provider,
};

/// Finds the one of `all` that `wanted` names.
///
/// # Errors
/// Not found; or usage, with the ids, if several have the name.
pub(super) fn find<'a>(all: &'a [Credential], wanted: &CredentialRef) -> Result<&'a Credential> {
    let is_wanted = |one: &&Credential| match wanted {
        CredentialRef::Id(id) => one.id().parse().ok() == Some(*id),
        CredentialRef::Name(name) => one.name() == name,
    };
    let matches: Vec<&Credential> = all.iter().filter(is_wanted).collect();
    match matches.as_slice() {
        [one] => Ok(one),
        [] => Err(Error::new(ErrorKind::NotFound, format!("there is no credential {wanted}"))
            .run("see what is there with", Run::new("credentials list"))),
        several => {
            let ids: Vec<&str> = several.iter().map(|one| one.id()).collect();
            Err(Error::usage(format!("several credentials are named {wanted}"))
                .hint(format!("choose one by its id: {}", ids.join(", "))))
        }
    }
}

/// The registry credentials, by what [`find`] looks at alone.
pub(super) async fn of_registries(client: &AuthenticatedClient) -> Result<Vec<Credential>> {
    let all = client.send(&routes::registry_credentials()).await?;
    Ok(all.iter().map(|one| Credential::new(&one.id, &one.name, REGISTRY, None)).collect())
}

/// What a person calls a credential of `provider`: `registry credential`, `NAME SSH key`.
pub(super) fn kind(provider: &str) -> String {
    let title =
        |slug: &str| Provider::named(slug).map_or_else(|| slug.to_owned(), |one| one.title.to_owned());
    match provider.strip_suffix("_ssh_key").or(provider.strip_suffix("-ssh-key")) {
        Some(slug) => format!("{} SSH key", title(slug)),
        None => format!("{} credential", title(provider)),
    }
}

/// A name that is to be created: what has it already, where `--if-not-exists` (`repeatable`)
/// makes that no error, or `None` if it is free. `look` finds what was meant to be created.
/// The platform is asked before a person is asked for secrets, and before one is sent.
pub(super) async fn present<T>(
    client: &AuthenticatedClient,
    name: &CredentialName,
    repeatable: bool,
    look: impl AsyncFn() -> Result<Option<T>>,
) -> Result<Option<T>> {
    if repeatable && let Some(there) = look().await? {
        return Ok(Some(there));
    }
    let error = match client.send(&routes::name_check(name)).await {
        Ok(check) if check.valid => return Ok(None),
        // A platform without that route is not asked.
        Err(error) if error.kind() == ErrorKind::NotFound => return Ok(None),
        Ok(check) => unusable(name, check.message).hint(if repeatable {
            "choose another name"
        } else {
            "choose another name, or make this safe to repeat with --if-not-exists"
        }),
        Err(error) => error,
    };
    made_by_another(error, repeatable, look).await.map(Some)
}

/// What another run has created a moment ago, if that is why this one met `error` and it is
/// no error where the command is `repeatable`; else `error`.
pub(super) async fn made_by_another<T>(
    error: Error,
    repeatable: bool,
    look: impl AsyncFn() -> Result<Option<T>>,
) -> Result<T> {
    if repeatable && error.kind() == ErrorKind::Conflict {
        return look().await?.ok_or(error);
    }
    Err(error)
}

/// Builds the error for a name that the platform refuses, in its words.
pub(super) fn unusable(name: &CredentialName, why: Option<String>) -> Error {
    let error = Error::new(ErrorKind::Conflict, format!("the name {name} cannot be used"));
    why.into_iter().fold(error, Error::cause)
}

#[cfg(test)]
mod tests {
    use super::kind;

    #[test]
    fn every_kind_has_a_name() {
        assert_eq!(kind("hetzner"), "Hetzner credential");
        assert_eq!(kind("ovh_ssh_key"), "OVH SSH key");
        assert_eq!(kind("registry"), "registry credential");
        assert_eq!(kind("github"), "github credential");
    }
}
