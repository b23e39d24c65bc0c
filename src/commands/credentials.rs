//! `ankra credentials list|get|validate`

use super::{
    Context, name,
    records::{DetailView, NameView},
    show, usage,
};
use crate::{
    cli::{ListOptions, ProviderName},
    error::{Result, Run},
    platform::{CredentialName, CredentialRef, routes},
    providers::ALL,
};

pub(super) async fn list(
    context: &mut Context,
    provider: Option<ProviderName>,
    options: &ListOptions,
) -> Result<()> {
    let client = context.client().await?;
    let provider = provider.map(|provider| provider.0);
    let mut all = client.send(&routes::credentials(provider.as_deref())).await?;
    let empty = if let Some(provider) = provider {
        format!("No {provider} credentials.")
    } else {
        let create = Run::new(format!("credentials {} create", ALL[0].slug)).arg("--name").arg("NAME");
        format!("No credentials. Create one with: {}", context.invocation.line(&create))
    };
    show::list(context, &mut all, options, &empty)
}

pub(super) async fn get(context: &mut Context, wanted: &CredentialRef) -> Result<()> {
    let client = context.client().await?;
    let id = match wanted {
        CredentialRef::Id(id) => *id,
        CredentialRef::Name(_) => {
            name::find(&client.send(&routes::credentials(None)).await?, wanted)?.id().parse()?
        }
    };
    let detail = client.send(&routes::credential(id)).await?;
    let registries = usage::registries(&client, &detail.credential).await;
    let registries = registries.map(|users| users.iter().map(usage::describe).collect());
    context.output.item(&DetailView { detail, registries })
}

pub(super) async fn validate(context: &mut Context, name: &CredentialName) -> Result<()> {
    let client = context.client().await?;
    let check = client.send(&routes::name_check(name)).await?;
    let view = NameView { name: name.to_string(), valid: check.valid, message: check.message };
    context.output.item(&view)?;
    if view.valid {
        return Ok(());
    }
    Err(name::unusable(name, view.message).hint("choose another name"))
}
