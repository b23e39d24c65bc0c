//! `ankra credentials PROVIDER`

mod check;
mod create;
mod grant;
mod talk;
mod values;

use super::{Context, listing::Listing, records::CredentialView, show, ssh_key};
use crate::{
    cli::{ListOptions, ProviderAction, ProviderCommand},
    error::Result,
    platform::routes,
    providers::Provider,
};

pub(super) async fn run(context: &mut Context, command: ProviderCommand) -> Result<()> {
    let provider = command.provider;
    match command.action {
        ProviderAction::Create(args) => create::create(context, provider, args).await,
        ProviderAction::List(options) => list(context, provider, &options).await,
        ProviderAction::Check(fields) => check::check(context, provider, fields).await,
        ProviderAction::SshKey(command) => ssh_key::run(context, provider, command).await,
    }
}

async fn list(context: &mut Context, provider: &Provider, options: &ListOptions) -> Result<()> {
    let listing = Listing::of::<CredentialView>(options)?;
    let client = context.client().await?;
    let all = client.send(&routes::cloud_credentials(provider.names())).await?;
    let empty = format!("No {} credentials{}.", provider.title, context.place());
    show::credentials(context, &client, &listing, all, &empty).await
}
