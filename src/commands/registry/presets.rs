//! `ankra credentials registry presets`

use serde::Serialize;

use crate::{
    cli::RegistryPresetsArgs,
    commands::Context,
    error::Result,
    output::{Cell, record},
    providers::Preset,
};

/// Shows the guide for one kind of registry, or all in short.
pub(super) fn presets(context: &Context, args: &RegistryPresetsArgs) -> Result<()> {
    if let Some(preset) = args.name {
        return context.output.item(&PresetView::new(context, preset));
    }
    let guides: Vec<PresetView> = Preset::ALL.iter().map(|preset| PresetView::new(context, preset)).collect();
    context.output.list(&guides, &args.shape.layout::<PresetView>()?)
}

#[derive(Debug, Serialize)]
pub(in crate::commands) struct PresetView {
    name: &'static str,
    title: &'static str,
    hosts: &'static [&'static str],
    /// `None`: every account has its own.
    fixed_username: Option<&'static str>,
    other_usernames: &'static [&'static str],
    username: String,
    password: &'static str,
    where_from: &'static str,
    least_right: &'static str,
    expires: &'static str,
    renew: &'static str,
    create: String,
}

impl PresetView {
    fn new(context: &Context, preset: &'static Preset) -> Self {
        Self {
            name: preset.slug,
            title: preset.title,
            hosts: preset.host.patterns,
            fixed_username: preset.username.fixed(),
            other_usernames: preset.username.others(),
            username: preset.username.to_string(),
            password: preset.form,
            where_from: preset.where_from,
            least_right: preset.right,
            expires: preset.expires,
            renew: preset.renew,
            create: context.invocation.line(&preset.example()),
        }
    }
}

fn joined(texts: &[&str]) -> Cell<'static> {
    Cell::maybe(Some(texts.join(", ")).filter(|text| !text.is_empty()))
}

record!(PresetView, |one| one.name, {
    always "NAME" => Cell::text(one.name),
    minor "REGISTRY" as "title" => Cell::text(one.title),
    always "USER NAME" as "username" => Cell::text(one.username.as_str()),
    wide "OTHER USER NAMES" as "other_usernames" => joined(one.other_usernames),
    wide "HOSTS" => joined(one.hosts),
    wide "PASSWORD" => Cell::text(one.password),
    wide "WHERE FROM" => Cell::text(one.where_from),
    wide "LEAST RIGHT" => Cell::text(one.least_right),
    vital "EXPIRES" => Cell::text(one.expires),
    wide "RENEW" => Cell::text(one.renew),
    wide "CREATE" => Cell::text(one.create.as_str()),
});
