//! `ankra credentials registry`

mod check;
mod create;
mod expiry;
mod import;
mod presets;
mod refresh;
mod secret;
mod update;

pub(super) use expiry::forget;
pub(super) use import::known as known_logins;

use super::{Context, cloud, delete, name, sort};
use crate::{
    cli::{ListOptions, RegistryCommand},
    error::Result,
    platform::{AuthenticatedClient, CredentialId, CredentialName},
};
use expiry::{Expiries, RegistryView};

pub(super) async fn run(context: &mut Context, command: RegistryCommand) -> Result<()> {
    match command {
        RegistryCommand::Create(args) => create::create(context, args).await,
        RegistryCommand::List(options) => list(context, &options).await,
        RegistryCommand::Get(args) => get(context, &args.name).await,
        RegistryCommand::Update(args) => update::update(context, args).await,
        RegistryCommand::Refresh(args) => refresh::refresh(context, args).await,
        RegistryCommand::Delete(args) => delete::registry(context, args).await,
        RegistryCommand::Check(args) => check::check(context, args).await,
        RegistryCommand::Presets(args) => presets::presets(context, &args),
    }
}

async fn list(context: &mut Context, options: &ListOptions) -> Result<()> {
    let client = context.client().await?;
    let mut all = client.registry_credentials().await?;
    sort::sort(&mut all, options);
    let expiries = Expiries::load(&context.settings.paths);
    let views: Vec<RegistryView> = all.into_iter().map(|one| expiries.view(one)).collect();
    let ended = expiry::ended(&views);
    cloud::show_list(context, views, options, "No registry credentials.")?;
    expiry::tell_of_ended(context, &ended);
    Ok(())
}

async fn get(context: &mut Context, wanted: &str) -> Result<()> {
    let client = context.client().await?;
    let name = resolve(&client, wanted).await?;
    let one = client.registry_credential(&name).await?;
    let view = Expiries::load(&context.settings.paths).view(one);
    context.output.item(&view)?;
    expiry::tell_of_ended(context, &expiry::ended(std::slice::from_ref(&view)));
    Ok(())
}

/// A name is used as it is; an id is looked up.
async fn resolve(client: &AuthenticatedClient, wanted: &str) -> Result<CredentialName> {
    if let Ok(name) = wanted.parse::<CredentialName>()
        && wanted.parse::<CredentialId>().is_err()
    {
        return Ok(name);
    }
    let all = client.registry_credentials().await?;
    name::find(&all, wanted, |one| &one.id, |one| &one.name)?.name.parse()
}
