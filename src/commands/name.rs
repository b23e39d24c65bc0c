//! Names: which credential is meant, and whether a new name is free.

use std::{
    cell::RefCell,
    collections::HashSet,
    fmt,
    rc::Rc,
    time::{Duration, Instant},
};

use tokio::time::sleep;

use super::{Context, context::is_out_of_reach, place::Place, waiting::BEAT};
use crate::{
    error::{Error, ErrorKind, Result, Run},
    output::{Output, named},
    platform::{
        AuthenticatedClient, Credential, CredentialId, CredentialName, CredentialRef, NameCheck, REGISTRY,
        cloud_of_ssh_keys, routes,
    },
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

/// What a printed command line calls a credential: by its name where that is plain and, `is_alone`, of no other, else by
/// its id. A name that a terminal would not show as it is could not be copied, and one of two finds neither.
pub(super) fn on_a_line<'a>(id: &'a str, name: &'a str, is_alone: bool) -> &'a str {
    let is_fit = is_alone && name.parse::<CredentialName>().is_ok() && name.parse::<CredentialId>().is_err();
    // An id that is none finds nothing.
    if is_fit || id.parse::<CredentialId>().is_err() { name } else { id }
}

/// The names that several of `all` have.
pub(super) fn twice<'a>(all: impl Iterator<Item = &'a Credential>) -> HashSet<String> {
    let mut names: Vec<&str> = all.map(Credential::name).collect();
    names.sort_unstable();
    names.windows(2).filter(|pair| pair[0] == pair[1]).map(|pair| pair[0].to_owned()).collect()
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
        Ok(one) if one.provider() != REGISTRY => of_another_kind(one, true, verb),
        _ => not_found(Among::Registries, wanted, place),
    }
}

/// Builds the error where a registry credential was due and `one` is meant, which `is_alone` with its name.
pub(super) fn of_another_kind(one: &Credential, is_alone: bool, verb: &str) -> Error {
    let error = Error::new(ErrorKind::NotFound, format!("{} is {}", named(one.name()), described(one)));
    let one_on_a_line = on_a_line(one.id(), one.name(), is_alone);
    match (verb, Provider::named(one.provider())) {
        ("get", _) => error.run("show it with", Run::new("credentials get").named(one_on_a_line)),
        ("delete", _) => error.run("delete it with", Run::new("credentials delete").named(one_on_a_line)),
        (_, Some(provider)) => provider
            .replacement(one_on_a_line)
            .into_iter()
            .fold(error.cause("such a credential cannot be changed in place"), Error::hint),
        (_, None) => error.run("see what uses it with", Run::new("credentials get").named(one_on_a_line)),
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
    match cloud_of_ssh_keys(provider) {
        Some(slug) => format!("{} SSH key", title(slug)),
        None => format!("{} credential", title(provider)),
    }
}

/// What another run has created a moment ago, if that is why this one met `error` and it is
/// no error where the command is `repeatable`; else `error`.
pub(super) async fn made_by_another<T>(
    error: Error,
    repeatable: bool,
    place: &Place,
    look: impl AsyncFn() -> Result<Option<T>>,
) -> Result<T> {
    if error.kind() == ErrorKind::Conflict
        && repeatable
        && let Some(there) = look().await?
    {
        return Ok(there);
    }
    Err(unnamed(error, repeatable, place))
}

/// `error` of a request for a name, told alike whether the platform was asked beforehand or refuses to create it.
pub(super) fn unnamed(error: Error, repeatable: bool, place: &Place) -> Error {
    if error.kind() != ErrorKind::Conflict {
        return place.refused(error);
    }
    let hint = if repeatable {
        "choose another name"
    } else {
        "choose another name, or make this safe to repeat with --if-not-exists"
    };
    let message = format!("{}{place}", error.message());
    let hints = error.hints().to_vec();
    error.with_message(message).with_hints([hint.into()].into_iter().chain(hints))
}

/// What `answer` to the question whether a name is free has against it.
fn objection(name: &CredentialName, answer: Result<NameCheck>, place: &Place) -> Result<()> {
    match answer {
        Ok(check) if check.valid => Ok(()),
        Ok(check) => Err(unnamed(refused(name, &check, ""), false, place)),
        // A platform without that route is not asked.
        Err(error) if error.kind() == ErrorKind::NotFound => Ok(()),
        Err(error) => Err(unnamed(error, false, place)),
    }
}

/// How long a person may wait for the first question, so that a name that is taken is told before it. On most ways
/// to the platform its answer takes less.
const GRACE: Duration = Duration::from_millis(300);

/// Asks whether a name is free, while a person types where `is_open`; a dry run waits for the answer. What is there
/// within [`GRACE`] counts at once, what comes later after the next answer of the person. It only helps: that it fails
/// fails nothing else, but where nothing is reached at all, or nobody is signed in.
pub(super) async fn check(
    context: &Context,
    client: &AuthenticatedClient,
    name: &CredentialName,
    dry_run: bool,
) -> Result<()> {
    let place = context.place();
    // The sandbox stands still with this thread.
    let (answer, was_reached) = if dry_run || context.settings.sandbox {
        (client.send_in_passing(&routes::name_check(name)).await, client.was_reached())
    } else {
        let mut beside = client.begin(routes::name_check(name))?;
        let Some(told) = beside.within(GRACE).await else {
            let (beside, name, output) = (RefCell::new(beside), name.clone(), Rc::clone(&context.output));
            context.terminal.heed(Box::new(move || {
                let (answer, _) = beside.borrow_mut().so_far()?;
                Some(weighed(&output, &name, objection(&name, answer, &place)))
            }));
            return Ok(());
        };
        told
    };
    match objection(name, answer, &place) {
        // A person would have answered in vain.
        Err(error) if is_out_of_reach(&error) && !was_reached && !dry_run => Err(error),
        objection => weighed(&context.output, name, objection),
    }
}

/// The objection, if it ends the command; else it is warned of.
fn weighed(output: &Output, name: &CredentialName, objection: Result<()>) -> Result<()> {
    match objection {
        Err(error) if !matches!(error.kind(), ErrorKind::Conflict | ErrorKind::Authentication) => {
            let why = error.in_one_line();
            output.warn(&format!("whether the name {name} is free is not known: {why}"));
            Ok(())
        }
        objection => objection,
    }
}

/// Waits until it is known whether the name is free, or cannot be found out: before something is made for it.
pub(super) async fn settled(context: &Context) -> Result<()> {
    let end = Instant::now() + context.deadline.left() / 2;
    while !context.terminal.heard()? && Instant::now() < end {
        sleep(BEAT).await;
    }
    Ok(())
}

/// Builds the error for a name that the platform does not take, for the reason that `check` gives.
pub(super) fn refused(name: &CredentialName, check: &NameCheck, place: impl fmt::Display) -> Error {
    let why = if check.is_taken() { "is taken" } else { "cannot be used" };
    let error = Error::new(ErrorKind::Conflict, format!("the name {name} {why}{place}"));
    check.message.iter().fold(error, Error::cause)
}

#[cfg(test)]
mod tests {
    use super::{kind, on_a_line};

    #[test]
    fn a_name_that_would_not_run_gives_way_to_the_id() {
        let id = "0b5e8a3c-1111-4222-8333-444455556666";
        assert_eq!(on_a_line(id, "my-ghcr", true), "my-ghcr");
        for name in ["", " ", "a\nb", "a\u{202e}b", "-a", "A b", "c0ffee00-1111-4222-8333-444455556666"] {
            assert_eq!(on_a_line(id, name, true), id, "{name}");
        }
        assert_eq!(on_a_line(id, "my-ghcr", false), id);
        assert_eq!(on_a_line("../x", "a b", true), "a b");
    }

    #[test]
    fn every_kind_has_a_name() {
        assert_eq!(kind("hetzner"), "Hetzner credential");
        assert_eq!(kind("ovh_ssh_key"), "OVH SSH key");
        assert_eq!(kind("registry"), "registry credential");
        assert_eq!(kind("github"), "github credential");
    }
}
