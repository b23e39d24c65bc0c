//! Names: which credential is meant, and whether a new name is free.

use super::sort::Listed;
use crate::{
    error::{Error, ErrorKind, Result, Run},
    platform::{AuthenticatedClient, CredentialName, CredentialRef, routes},
    providers::Provider,
};

/// The one of `all` that `wanted` names.
///
/// # Errors
/// Not found; or usage, with the ids, if several have the name.
pub(super) fn find<'a, T: Listed>(all: &'a [T], wanted: &CredentialRef) -> Result<&'a T> {
    let is_wanted = |item: &&T| match wanted {
        CredentialRef::Id(id) => item.facts().id.parse().ok() == Some(*id),
        CredentialRef::Name(name) => item.facts().name == name,
    };
    let matches: Vec<&T> = all.iter().filter(is_wanted).collect();
    match matches.as_slice() {
        [one] => Ok(one),
        [] => Err(Error::new(ErrorKind::NotFound, format!("there is no credential {wanted}"))
            .run("see what is there with", Run::new("credentials list"))),
        several => {
            let ids: Vec<&str> = several.iter().map(|item| item.facts().id).collect();
            Err(Error::usage(format!("several credentials are named {wanted}"))
                .hint(format!("choose one by its id: {}", ids.join(", "))))
        }
    }
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
pub(super) async fn present<T>(
    client: &AuthenticatedClient,
    name: &CredentialName,
    repeatable: bool,
    look: impl AsyncFn() -> Result<Option<T>>,
) -> Result<Option<T>> {
    if repeatable && let Some(there) = look().await? {
        return Ok(Some(there));
    }
    match ensure_free(client, name, repeatable).await {
        Ok(()) => Ok(None),
        Err(error) => made_by_another(error, repeatable, look).await.map(Some),
    }
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

/// Fails if the platform says that the name cannot be used: before a person is asked for
/// secrets, and before one is sent. A platform without that route is not asked.
async fn ensure_free(client: &AuthenticatedClient, name: &CredentialName, repeatable: bool) -> Result<()> {
    match client.send(&routes::name_check(name)).await {
        Ok(check) if check.valid => Ok(()),
        Ok(check) => {
            let error = Error::new(ErrorKind::Conflict, format!("the name {name} cannot be used"));
            let error = match check.message {
                Some(message) => error.cause(message),
                None => error,
            };
            Err(error.hint(if repeatable {
                "choose another name"
            } else {
                "choose another name, or make this safe to repeat with --if-not-exists"
            }))
        }
        Err(error) if error.kind() == ErrorKind::NotFound => Ok(()),
        Err(error) => Err(error),
    }
}

#[cfg(test)]
mod tests {
    use super::{ErrorKind, find, kind};
    use crate::platform::Credential;

    #[test]
    fn every_kind_has_a_name() {
        assert_eq!(kind("hetzner"), "Hetzner credential");
        assert_eq!(kind("ovh_ssh_key"), "OVH SSH key");
        assert_eq!(kind("registry"), "registry credential");
        assert_eq!(kind("github"), "github credential");
    }

    #[test]
    fn an_ambiguous_name_is_refused_with_the_ids() {
        let (a, b) = ("6f1dbe5c-3f0c-4a5e-9d3f-0a6f5b1c2d3e", "7f1dbe5c-3f0c-4a5e-9d3f-0a6f5b1c2d3e");
        let all = [(a, "twice"), (b, "twice"), ("x", "once")]
            .map(|(id, name)| Credential::new(id, name, "registry", None));
        let get = |wanted: &str| find(&all, &wanted.parse()?);
        assert_eq!(get("once").unwrap().id(), "x");
        assert_eq!(get(b).unwrap().id(), b);
        assert_eq!(get(&b.to_uppercase()).unwrap().id(), b);
        let error = get("twice").unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Usage);
        assert!(error.hints()[0].to_string().contains(a) && error.hints()[0].to_string().contains(b));
        assert_eq!(get("none").unwrap_err().kind(), ErrorKind::NotFound);
    }
}
