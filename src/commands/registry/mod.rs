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

use std::collections::HashSet;

use super::{
    Context, at_once, delete,
    expiries::{self, Expiries},
    listing::Listing,
    records::CredentialView,
    show,
};
use crate::{
    cli::{ListOptions, RegistryCommand},
    error::Result,
    platform::{REGISTRY, RegistryCredential, RegistryRef, routes},
};
use view::RegistryView;

pub(super) async fn run(context: &mut Context, command: RegistryCommand) -> Result<()> {
    match command {
        RegistryCommand::Create(args) => create::create(context, args).await,
        RegistryCommand::Set(args) => create::create(context, args.into()).await,
        RegistryCommand::List(options) => list(context, &options).await,
        RegistryCommand::Get { names } => get(context, names).await,
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

/// Shows registry credentials; none, if one of them is not there.
async fn get(context: &mut Context, wanted: Vec<RegistryRef>) -> Result<()> {
    let client = context.client().await?;
    let mut found = match wanted.as_slice() {
        [] => vec![name::stored(context, &client, None, "get").await?],
        wanted => {
            let stored = async |one: &RegistryRef| name::stored(context, &client, Some(one), "get").await;
            at_once::each(wanted, stored, || ()).await.into_iter().collect::<Result<Vec<_>>>()?
        }
    };
    let mut seen = HashSet::new();
    found.retain(|(_, one)| seen.insert(one.id.clone()));
    let known = Expiries::load(context);
    let view = |one: RegistryCredential| RegistryView::new(known.of(&one.id, one.updated_at.as_deref()), one);
    let views: Vec<RegistryView> = found.into_iter().map(|(_, one)| view(one)).collect();
    context.output.items(&views)?;
    expiries::tell_of_ended(context, views.iter().map(RegistryView::ending), |_| true);
    Ok(())
}
