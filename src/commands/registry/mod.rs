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

use super::{Context, delete, name, show, sort};
use crate::{
    cli::{ListOptions, RegistryCommand},
    error::{Error, Hint, Result, Run},
    platform::{AuthenticatedClient, CredentialName, CredentialRef, RegistryRef, routes},
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
    let mut all = client.send(&routes::registry_credentials()).await?;
    sort::sort(&mut all, options);
    let expiries = Expiries::load(&context.settings.paths);
    let views: Vec<RegistryView> = all.into_iter().map(|one| expiries.view(one)).collect();
    let ended = expiry::ended(&views);
    show::list(context, views, options, "No registry credentials.")?;
    expiry::tell_of_ended(context, &ended);
    Ok(())
}

async fn get(context: &mut Context, wanted: &RegistryRef) -> Result<()> {
    let client = context.client().await?;
    let name = resolve(&client, wanted).await?;
    let one = client.send(&routes::registry_credential(&name)).await?;
    let view = Expiries::load(&context.settings.paths).view(one);
    context.output.item(&view)?;
    expiry::tell_of_ended(context, &expiry::ended(std::slice::from_ref(&view)));
    Ok(())
}

/// The name that routes have in their path: as given where it is valid, else looked up.
async fn resolve(client: &AuthenticatedClient, wanted: &RegistryRef) -> Result<CredentialName> {
    if let CredentialRef::Name(text) = &wanted.0
        && let Ok(name) = text.parse()
    {
        return Ok(name);
    }
    let all = client.send(&routes::registry_credentials()).await?;
    let one = name::find(&all, &wanted.0)?;
    // A name with a slash in it could lead to another route.
    one.name.parse().map_err(|error: Error| {
        error.with_hints([Hint::run("use its id", Run::new("credentials get").arg(&one.id))])
    })
}

/// The same for `--dry-run`, which sends nothing.
fn name_for_dry_run(wanted: &RegistryRef) -> Result<CredentialName> {
    match &wanted.0 {
        CredentialRef::Name(text) => text.parse(),
        CredentialRef::Id(_) => Err(Error::usage("--dry-run cannot look up an id: it sends nothing")
            .hint("give the name of the credential")),
    }
}
