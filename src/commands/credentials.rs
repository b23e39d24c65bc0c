//! `ankra credentials list|get|validate`

use std::collections::BTreeSet;

use futures_util::future::join;

use super::{
    Context, ask,
    expiries::{self, Expiries},
    listing::Listing,
    name,
    records::{CredentialView, DetailView, NameView},
    show, usage,
};
use crate::{
    cli::{ListOptions, ProviderName},
    error::{Error, Result, Run, is_near},
    platform::{Credential, CredentialName, CredentialRef, routes},
    providers::{ALL, Preset},
};

pub(super) async fn list(
    context: &mut Context,
    provider: Option<ProviderName>,
    options: &ListOptions,
) -> Result<()> {
    let listing = Listing::of::<CredentialView>(options)?;
    let client = context.client().await?;
    let known = provider.as_ref().filter(|provider| provider.is_known).map(|provider| provider.word.as_str());
    let mut all = client.send(&routes::credentials(known)).await?;
    if let Some(ProviderName { word, is_known: false }) = &provider {
        let is_wanted = |one: &Credential| one.provider().eq_ignore_ascii_case(word);
        if !all.iter().any(is_wanted) {
            return Err(unknown_provider(word, &all));
        }
        all.retain(is_wanted);
    }
    let place = context.place();
    let empty = if let Some(provider) = provider {
        format!("No {}s{place}.", name::kind(&provider.word))
    } else {
        let create = Run::new(format!("credentials {} create", ALL[0].slug)).arg("--name").arg("NAME");
        format!("No credentials{place}. Create one with: {}", context.invocation.line(&create))
    };
    show::credentials(context, &client, &listing, all, &empty).await
}

/// Builds the error for a provider that this program does not know, and of which there is nothing in `all`.
fn unknown_provider(word: &str, all: &[Credential]) -> Error {
    let mut words = ProviderName::known();
    let others = all.iter().map(|one| one.provider().to_owned());
    words.extend(others.collect::<BTreeSet<_>>().difference(&words.iter().cloned().collect()).cloned());
    let error = Error::usage(format!("there is no provider {word}"));
    let near = words.iter().filter(|known| is_near(word, known));
    let error = near.fold(error, |error, near| error.hint(format!("did you mean {near}?")));
    let error = if word.contains("ssh") {
        error.run("the SSH keys of all are listed by", Run::new("credentials ssh-key list"))
    } else if Preset::named(word).is_some() {
        error.run("registry credentials of every kind are listed by", Run::new("credentials registry list"))
    } else {
        error
    };
    error.hint(format!("it takes one of: {}", words.join(", ")))
}

pub(super) async fn get(context: &mut Context, wanted: Option<CredentialRef>) -> Result<()> {
    let client = context.client().await?;
    let (detail, registries) = if let Some(CredentialRef::Id(id)) = wanted {
        let detail = client.send(&routes::credential(id)).await?;
        let registries = usage::registries(&client, &detail.credential).await;
        (detail, registries)
    } else {
        let all = client.send(&routes::credentials(None)).await?;
        let wanted = wanted.map_or_else(|| ask::credential(context, &all), Ok)?;
        let one = name::find(&all, &wanted, &context.place())?;
        let detail = routes::credential(one.id().parse()?);
        // What kind it is of is known from the list.
        let (detail, registries) = join(client.send(&detail), usage::registries(&client, one)).await;
        (detail?, registries)
    };
    let registries = registries.map(|users| users.iter().map(usage::describe).collect());
    let end = Expiries::load(context).of_credential(&detail.credential);
    let view = DetailView::new(detail, registries, end);
    context.output.item(&view)?;
    let one = &view.detail.credential;
    expiries::tell_of_ended(context, [(one.provider(), one.name(), end)]);
    Ok(())
}

pub(super) async fn validate(context: &mut Context, given: Option<CredentialName>) -> Result<()> {
    let client = context.client().await?;
    let is_given = given.is_some();
    let name = &given.map_or_else(|| ask::name(context), Ok)?;
    if !is_given {
        context.invocation.asked("", name.as_str());
    }
    let check = client.send(&routes::name_check(name)).await?;
    let refusal = name::refused(name, &check, context.place());
    let view = NameView { name: name.to_string(), valid: check.valid, message: check.message };
    context.output.item(&view)?;
    if view.valid { Ok(()) } else { Err(refusal.hint("choose another name")) }
}
