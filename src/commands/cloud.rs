//! Cloud credentials: one `create` and one `list` for every provider.

use std::mem::ManuallyDrop;

use super::{
    Context, name,
    records::{CreatedView, DryRunView},
    secrets, sort,
};
use crate::{
    cli::{CreateMode, ListOptions},
    error::{Error, ErrorKind, Result},
    platform::{AuthenticatedClient, Body, Credential, CredentialName, create_cloud_request},
    providers::Provider,
    secret::{Secret, SecretSource},
};

/// A cloud credential to be.
pub(super) struct NewCredential<'a> {
    pub(super) provider: Provider,
    pub(super) name: &'a CredentialName,
    /// The fields that are not secret.
    pub(super) plain: &'a [(&'static str, &'a str)],
    /// One for each secret of the provider, in its order.
    pub(super) sources: Vec<Option<SecretSource>>,
    pub(super) bundle: Option<&'a SecretSource>,
    pub(super) mode: CreateMode,
}

impl NewCredential<'_> {
    fn body<'b>(&'b self, secrets: &'b [Secret]) -> Body<'b> {
        let body = Body::new().text("name", self.name.as_str());
        let keys = self.provider.spec().secrets.iter().map(|secret| secret.key);
        let body = keys.zip(secrets).fold(body, |body, (key, secret)| body.secret(key, secret));
        self.plain.iter().fold(body, |body, (key, value)| body.text(key, value))
    }
}

/// `create`: what is given first, then the name, then what a person is asked for, then one request.
pub(super) async fn create(context: &mut Context, new: NewCredential<'_>) -> Result<()> {
    let spec = new.provider.spec();
    if new.mode.dry_run {
        let secrets = secrets::for_dry_run(context, spec, new.sources.clone(), new.bundle)?;
        let preview =
            create_cloud_request(spec.slug, new.name, new.body(&secrets)).preview(&context.base_url().await?);
        return context.output.item(&DryRunView::new(preview));
    }
    context.ensure_token()?;
    let gathered = secrets::of_spec(context, spec, new.sources.clone(), new.bundle)?;
    let client = context.client().await?;
    let repeatable = new.mode.if_not_exists;
    let look = async || present(&client, new.name, spec.slug).await;
    if let Some(there) = name::present(&client, new.name, repeatable, look).await? {
        return already_there(context, &there);
    }
    let secrets = secrets::ask(context, spec, gathered)?;
    let request = create_cloud_request(spec.slug, new.name, new.body(&secrets));
    if let Err(error) = client.create(&request).await {
        return already_there(context, &name::made_by_another(error, repeatable, look).await?);
    }
    drop(secrets);
    context.output.note(&format!("Stored the {} credential {}.", spec.title, new.name));
    let found = client
        .cloud_credentials(spec.slug)
        .await
        .map(|all| all.into_iter().find(|one| one.name() == new.name.as_str()));
    show_created(context, new.name, spec.slug, found, None)
}

/// The credential of that name, if there is one; an error if it is of another kind.
pub(super) async fn present(
    client: &AuthenticatedClient,
    name: &CredentialName,
    provider: &str,
) -> Result<Option<Credential>> {
    let all = client.credentials(None).await?;
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
pub(super) fn show_created(
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

/// `list` of one provider.
pub(super) async fn list(context: &mut Context, provider: Provider, options: &ListOptions) -> Result<()> {
    let client = context.client().await?;
    let mut all = client.cloud_credentials(provider.slug()).await?;
    sort::sort(&mut all, options);
    show_list(context, all, options, &format!("No {} credentials.", provider.title()))
}

/// Shows a list, or says that it is empty.
pub(super) fn show_list<T: crate::output::Record>(
    context: &Context,
    items: Vec<T>,
    options: &ListOptions,
    when_empty: &str,
) -> Result<()> {
    if items.is_empty() {
        context.output.note(when_empty);
    }
    // It is the last thing that a command does: the end of the process frees a long list faster.
    let items = ManuallyDrop::new(items);
    context.output.list(&items, options.no_headers)
}
