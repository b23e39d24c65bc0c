//! `ankra credentials list|get|validate`

use std::collections::BTreeSet;

use futures_util::future::join;

use super::{
    Context, ask, at_once,
    expiries::{self, Expiries},
    listing::Listing,
    name,
    records::{CredentialView, DetailView, NameView},
    show, usage,
};
use crate::{
    cli::{ListOptions, ProviderName},
    error::{Error, Result, Run, is_near},
    platform::{Credential, CredentialDetail, CredentialId, CredentialName, CredentialRef, REGISTRY, routes},
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

/// Shows credentials and what uses them; none, if one of them is not there.
pub(super) async fn get(context: &mut Context, mut wanted: Vec<CredentialRef>) -> Result<()> {
    let client = context.client().await?;
    let is_named = |one: &CredentialRef| matches!(one, CredentialRef::Name(_));
    let mut listed = Vec::new();
    if wanted.is_empty() || wanted.iter().any(is_named) {
        listed = client.send(&routes::credentials(None)).await?;
    }
    if wanted.is_empty() {
        wanted.push(ask::credential(context, &listed)?);
    }
    let mut ids: Vec<CredentialId> = Vec::new();
    let mut has_registry = false;
    for one in &wanted {
        let id = match one {
            CredentialRef::Id(id) => *id,
            CredentialRef::Name(_) => {
                let found = name::find(&listed, one, &context.place())?;
                has_registry |= found.provider() == REGISTRY;
                found.id().parse()?
            }
        };
        if !ids.contains(&id) {
            ids.push(id);
        }
    }
    let detail = async |id: &CredentialId| client.send(&routes::credential(*id)).await;
    let details = at_once::each(&ids, detail, || ());
    // Of what kind one is that was given by its id, its detail tells.
    let (details, registries) = if has_registry {
        let (details, registries) = join(details, usage::all_registries(&client)).await;
        (details, Some(registries))
    } else {
        (details.await, None)
    };
    let details = details.into_iter().collect::<Result<Vec<_>>>()?;
    let is_registry = |detail: &CredentialDetail| detail.credential.provider() == REGISTRY;
    let registries = match registries {
        None if details.iter().any(is_registry) => Some(usage::all_registries(&client).await),
        registries => registries,
    };
    let registries = registries.and_then(Result::ok);
    let known = Expiries::load(context);
    let view = |detail: CredentialDetail| {
        let users = if is_registry(&detail) {
            let users = registries.as_ref().map(|all| usage::users_of(all, &detail.credential));
            users.map(|users| users.iter().map(usage::describe).collect())
        } else {
            Some(Vec::new())
        };
        let end = known.of_credential(&detail.credential);
        DetailView::new(detail, users, end)
    };
    let views: Vec<DetailView> = details.into_iter().map(view).collect();
    context.output.items(&views)?;
    // Another may have the name of one that was given by its id.
    let is_alone =
        |name: &str| wanted.iter().any(|one| matches!(one, CredentialRef::Name(given) if given == name));
    expiries::tell_of_ended(context, views.iter().map(DetailView::ending), is_alone);
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
