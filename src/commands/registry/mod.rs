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
pub(super) use presets::PresetView;

use super::{
    Context, delete,
    expiries::{self, Expiries},
    listing::Listing,
    records::CredentialView,
    show,
};
use crate::{
    cli::{ListOptions, RegistryCommand},
    error::Result,
    platform::{REGISTRY, RegistryRef, routes},
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

/// Lists them as the list of all kinds does: unlike their own, that says how each fares, and when it was updated.
async fn list(context: &mut Context, options: &ListOptions) -> Result<()> {
    let listing = Listing::of::<CredentialView>(options)?;
    let client = context.client().await?;
    let mut all = client.send(&routes::credentials(Some(REGISTRY))).await?;
    all.retain(|one| one.provider() == REGISTRY);
    let empty = format!("No registry credentials{}.", context.place());
    show::credentials(context, &client, &listing, all, &empty).await
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
