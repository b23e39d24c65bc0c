//! Shows what was created, what is there already, and lists.

use super::{Context, records::CreatedView};
use crate::{
    cli::ListOptions,
    error::{Error, ErrorKind, Result},
    output::Record,
    platform::{AuthenticatedClient, Credential, CredentialName, routes},
};

/// The credential of that name, if there is one; an error if it is of another kind.
pub(super) async fn present(
    client: &AuthenticatedClient,
    name: &CredentialName,
    provider: &str,
) -> Result<Option<Credential>> {
    let all = client.send(&routes::credentials(None)).await?;
    match all.into_iter().find(|one| one.name() == name.as_str()) {
        Some(one) if one.provider() == provider => Ok(Some(one)),
        Some(one) => Err(Error::new(ErrorKind::Conflict, format!("the name {name} is taken"))
            .cause(format!("it belongs to a credential of another kind: {}", one.provider()))
            .hint("choose another name")),
        None => Ok(None),
    }
}

/// Says that there was nothing to do, and shows what is there.
pub(super) fn already_there(context: &Context, present: &Credential) -> Result<()> {
    context.output.note(&format!("The credential {} exists already; nothing was changed.", present.name()));
    context.output.item(&CreatedView {
        name: present.name().to_owned(),
        provider: present.provider().to_owned(),
        id: Some(present.id().to_owned()),
        created_at: present.created_at().map(str::to_owned),
        expires_at: None,
    })
}

/// Shows what was created. It is created whether or not it can be read back.
pub(super) fn created(
    context: &Context,
    name: &CredentialName,
    provider: &str,
    found: Result<Option<Credential>>,
    expires_at: Option<String>,
) -> Result<()> {
    let found = found.unwrap_or_else(|error| {
        context.output.warn(&format!("its id cannot be read back: {error}"));
        None
    });
    let id = found.as_ref().map(|one| one.id().to_owned());
    let created_at = found.as_ref().and_then(Credential::created_at).map(str::to_owned);
    context.output.item(&CreatedView {
        name: name.to_string(),
        provider: provider.to_owned(),
        id,
        created_at,
        expires_at,
    })
}

/// Shows a list, or says that it is empty.
pub(super) fn list<T: Record>(
    context: &Context,
    items: &[T],
    options: &ListOptions,
    when_empty: &str,
) -> Result<()> {
    if items.is_empty() {
        context.output.note(when_empty);
    }
    context.output.list(items, options.no_headers)
}
