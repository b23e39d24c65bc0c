//! Names: which credential is meant, and whether a new name is free.

use std::fmt;

use super::place::Place;
use crate::{
    error::{Error, ErrorKind, Result, Run},
    output::named,
    platform::{AuthenticatedClient, Credential, CredentialName, CredentialRef, NameCheck, REGISTRY, routes},
    providers::Provider,
};

/// Finds the one of `all` that `wanted` names.
///
/// # Errors
/// Not found; or usage, with the ids, if several have the name.
pub(super) fn find<'a>(
    all: &'a [Credential],
    wanted: &CredentialRef,
    place: &Place,
) -> Result<&'a Credential> {
    let is_wanted = |one: &&Credential| match wanted {
        CredentialRef::Id(id) => one.id().parse().ok() == Some(*id),
        CredentialRef::Name(name) => one.name() == name,
    };
    let matches: Vec<&Credential> = all.iter().filter(is_wanted).collect();
    match matches.as_slice() {
        [one] => Ok(one),
        [] => Err(not_found(Among::All, wanted, place)),
        several => {
            let ids: Vec<_> = several.iter().take(20).map(|one| named(one.id())).collect();
            Err(Error::usage(format!("several credentials are named {wanted}{place}"))
                .hint(format!("choose one by its id: {}", ids.join(", "))))
        }
    }
}

/// The credentials among which one is looked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Among {
    All,
    Registries,
}

impl fmt::Display for Among {
    /// What one of them is called.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::All => "credential",
            Self::Registries => "registry credential",
        })
    }
}

fn not_found(among: Among, wanted: &CredentialRef, place: &Place) -> Error {
    let list = match among {
        Among::All => Run::new("credentials list"),
        Among::Registries => Run::new("credentials registry list"),
    };
    let error = Error::new(ErrorKind::NotFound, format!("there is no {among} {wanted}{place}"));
    error.run("see what is there with", list)
}

/// Builds the error of a command for registry credentials that did not find `wanted`: `error`, unless the
/// platform says that there is none, or one of another kind. `verb` is what was to be done with it.
pub(super) async fn no_registry_credential(
    client: &AuthenticatedClient,
    wanted: &CredentialRef,
    verb: &str,
    place: &Place,
    error: Error,
) -> Error {
    if error.kind() != ErrorKind::NotFound {
        return error;
    }
    let Ok(all) = client.send(&routes::credentials(None)).await else { return error };
    match find(&all, wanted, place) {
        Ok(one) if one.provider() != REGISTRY => of_another_kind(one, verb),
        _ => not_found(Among::Registries, wanted, place),
    }
}

/// Builds the error where a registry credential was due and `one` is meant.
fn of_another_kind(one: &Credential, verb: &str) -> Error {
    let error = Error::new(ErrorKind::NotFound, format!("{} is {}", named(one.name()), described(one)));
    match (verb, Provider::named(one.provider())) {
        ("get", _) => error.run("show it with", Run::new("credentials get").named(one.name())),
        ("delete", _) => error.run("delete it with", Run::new("credentials delete").named(one.name())),
        (_, Some(provider)) => provider
            .replacement(one.name())
            .into_iter()
            .fold(error.cause("such a credential cannot be changed in place"), Error::hint),
        (_, None) => error.run("see what uses it with", Run::new("credentials get").named(one.name())),
    }
}

/// Says what it is, in a sentence: `a registry credential`.
pub(super) fn described(one: &Credential) -> String {
    let kind = kind(one.provider());
    let article =
        if kind.starts_with(['A', 'E', 'I', 'O', 'U', 'a', 'e', 'i', 'o', 'u']) { "an" } else { "a" };
    format!("{article} {kind}")
}

/// The registry credentials, by what [`find`] looks at alone.
pub(super) async fn of_registries(client: &AuthenticatedClient) -> Result<Vec<Credential>> {
    let all = client.send(&routes::registry_credentials()).await?;
    Ok(all.iter().map(|one| Credential::new(&one.id, &one.name, REGISTRY, None)).collect())
}

/// What a person calls a credential of `provider`: `registry credential`, `NAME SSH key`.
pub(super) fn kind(provider: &str) -> String {
    let title = |slug: &str| {
        Provider::named(slug).map_or_else(|| named(slug).into_owned(), |one| one.title.to_owned())
    };
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
    place: &Place,
    look: impl AsyncFn() -> Result<Option<T>>,
) -> Result<Option<T>> {
    if repeatable && let Some(there) = look().await? {
        return Ok(Some(there));
    }
    let error = match client.send_in_passing(&routes::name_check(name)).await {
        Ok(check) if check.valid => return Ok(None),
        // A platform without that route is not asked.
        Err(error) if error.kind() == ErrorKind::NotFound => return Ok(None),
        Ok(check) => refused(name, &check, place).hint(if repeatable {
            "choose another name"
        } else {
            "choose another name, or make this safe to repeat with --if-not-exists"
        }),
        Err(error) => return Err(place.refused(error)),
    };
    made_by_another(name, error, repeatable, place, look).await.map(Some)
}

/// What another run has created a moment ago, if that is why this one met `error` and it is
/// no error where the command is `repeatable`; else `error`.
pub(super) async fn made_by_another<T>(
    name: &CredentialName,
    error: Error,
    repeatable: bool,
    place: &Place,
    look: impl AsyncFn() -> Result<Option<T>>,
) -> Result<T> {
    if error.kind() != ErrorKind::Conflict {
        return Err(place.refused(error));
    }
    if repeatable && let Some(there) = look().await? {
        return Ok(there);
    }
    let is_refused = error.message().starts_with("the name ");
    Err(if is_refused { error } else { error.with_message(format!("the name {name} is taken{place}")) })
}

/// Builds the error for a name that the platform does not take, for the reason that `check` gives.
pub(super) fn refused(name: &CredentialName, check: &NameCheck, place: impl fmt::Display) -> Error {
    let why = if check.is_taken() { "is taken" } else { "cannot be used" };
    let error = Error::new(ErrorKind::Conflict, format!("the name {name} {why}{place}"));
    check.message.iter().fold(error, Error::cause)
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
