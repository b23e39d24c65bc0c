//! `ankra credentials registry`

mod check;
mod create;
mod expiry;
mod given;
mod import;
mod login_places;
mod logins;
mod name;
mod presets;
mod proof;
mod refresh;
mod update;

pub(super) use logins::known as known_logins;

use super::{Context, delete, expiries::Expiries, show};
use crate::{
    cli::{ListOptions, RegistryCommand},
    error::Result,
    platform::{RegistryRef, routes},
};
use expiry::RegistryView;

pub(super) async fn run(context: &mut Context, command: RegistryCommand) -> Result<()> {
    match command {
        RegistryCommand::Create(args) => create::create(context, args).await,
        RegistryCommand::List(options) => list(context, &options).await,
        RegistryCommand::Get { name } => get(context, name.as_ref()).await,
        RegistryCommand::Update(args) => update::update(context, args).await,
        RegistryCommand::Refresh(args) => refresh::refresh(context, args).await,
        RegistryCommand::Delete { names, mode } => delete::registry(context, names, mode).await,
        RegistryCommand::Check(args) => check::check(context, args).await,
        RegistryCommand::Presets(args) => presets::presets(context, &args),
    }
}

async fn list(context: &mut Context, options: &ListOptions) -> Result<()> {
    let client = context.client().await?;
    let all = client.send(&routes::registry_credentials()).await?;
    let expiries = Expiries::load(context);
    let view = |one| RegistryView::new(expiries.of(&one), one);
    let mut views: Vec<RegistryView> = all.into_iter().map(view).collect();
    let empty = format!("No registry credentials{}.", context.place());
    show::list(context, &mut views, options, &empty)?;
    expiry::tell_of_ended(context, &views);
    Ok(())
}

async fn get(context: &mut Context, wanted: Option<&RegistryRef>) -> Result<()> {
    let client = context.client().await?;
    let (_, one) = name::stored(context, &client, wanted, "get").await?;
    let view = RegistryView::new(Expiries::load(context).of(&one), one);
    context.output.item(&view)?;
    expiry::tell_of_ended(context, std::slice::from_ref(&view));
    Ok(())
}
