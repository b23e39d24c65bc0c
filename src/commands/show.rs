//! Shows what was created, what is there already, and lists.

use std::collections::HashSet;

use jiff::Timestamp;

use super::{
    Context,
    expiries::{self, Expiries},
    listing::Listing,
    name::{described, twice},
    place::{Action, Place},
    records::{CreatedView, CredentialView},
};
use crate::{
    error::{Error, ErrorKind, Result},
    output::named,
    platform::{AuthenticatedClient, Credential, CredentialName, Status, routes},
};

/// The credential of that name, if there is one; an error if it is of another kind.
pub(super) async fn present(
    client: &AuthenticatedClient,
    name: &CredentialName,
    provider: &str,
    place: &Place,
) -> Result<Option<Credential>> {
    let all = client.send(&routes::credentials(None)).await?;
    match all.into_iter().find(|one| one.name() == name.as_str()) {
        Some(one) if one.provider() == provider => Ok(Some(one)),
        Some(one) => Err(Error::new(ErrorKind::Conflict, format!("the name {name} is taken{place}"))
            .cause(format!("{name} is {}", described(&one)))
            .hint("choose another name")),
        None => Ok(None),
    }
}

/// Says that there was nothing to do, and shows the existing credential.
pub(super) fn already_there(context: &Context, present: &Credential) -> Result<()> {
    let (name, place) = (named(present.name()), context.place());
    context.output.note(&format!("The credential {name} exists already{place}; nothing was changed."));
    let view = CreatedView::new(present.name(), present.provider(), Some(present), None);
    context.done(Action::Unchanged, view)
}

/// Shows a new credential as the platform has it. It exists whether or not it can be read back.
pub(super) fn read_back<T>(context: &Context, found: Result<Option<T>>) -> Option<T> {
    found.unwrap_or_else(|error| {
        context.output.warn(&format!("its id cannot be read back: {error}"));
        None
    })
}

/// Shows what was created, or took the place of what was there.
pub(super) fn stored(
    context: &Context,
    action: Action,
    name: &CredentialName,
    provider: &str,
    found: Result<Option<Credential>>,
    expires_at: Option<String>,
) -> Result<()> {
    let found = read_back(context, found);
    context.done(action, CreatedView::new(name.as_str(), provider, found.as_ref(), expires_at))
}

/// Shows a list of credentials, and warns of those whose secrets have expired.
pub(super) async fn credentials(
    context: &Context,
    client: &AuthenticatedClient,
    listing: &Listing<'_>,
    all: Vec<Credential>,
    when_empty: &str,
) -> Result<()> {
    let (known, now) = (Expiries::load(context), Timestamp::now());
    let view = |one: Credential| {
        let end = known.of_credential(&one);
        CredentialView::new(one, end, now)
    };
    let all: Vec<_> = all.into_iter().map(view).collect();
    let has_ended = |one: &&CredentialView| one.status == Status::Expired;
    // What few lists need.
    let twice = match all.iter().find(has_ended) {
        Some(_) => twice(all.iter().map(|one| &one.credential)),
        None => HashSet::new(),
    };
    let shown = listing.show(context, client, all, when_empty).await?;
    let ended = shown.iter().filter(has_ended).map(CredentialView::ending);
    expiries::tell_of_ended(context, ended, |name| !twice.contains(name));
    Ok(())
}
