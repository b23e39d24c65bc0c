//! `ankra credentials registry`

mod check;
mod create;
mod given;
mod import;
mod login_places;
mod logins;
mod name;
mod presets;
mod proof;
mod refresh;
mod update;
mod view;

pub(super) use logins::known as known_logins;

use super::{
    Context, delete,
    expiries::{self, Expiries},
    show,
};
use crate::{
    cli::{ListOptions, RegistryCommand},
    error::Result,
    platform::{RegistryCredential, RegistryRef, routes},
};
use view::RegistryView;

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
    let known = Expiries::load(context);
    let view = |one: RegistryCredential| RegistryView::new(known.of(&one.id, one.updated_at.as_deref()), one);
    let mut views: Vec<RegistryView> = all.into_iter().map(view).collect();
    let empty = format!("No registry credentials{}.", context.place());
    show::list(context, &mut views, options, &empty)?;
    expiries::tell_of_ended(context, views.iter().map(RegistryView::ending));
    Ok(())
}

async fn get(context: &mut Context, wanted: Option<&RegistryRef>) -> Result<()> {
    let client = context.client().await?;
    let (_, one) = name::stored(context, &client, wanted, "get").await?;
    let end = Expiries::load(context).of(&one.id, one.updated_at.as_deref());
    let view = RegistryView::new(end, one);
    context.output.item(&view)?;
    expiries::tell_of_ended(context, [view.ending()]);
    Ok(())
}
