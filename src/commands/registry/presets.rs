//! `ankra credentials registry presets`

use serde::Serialize;

use crate::{
    cli::RegistryPresetsArgs,
    commands::Context,
    error::Result,
    output::{Cell, Column, Record},
    providers::Preset,
};

/// Shows the guide for one kind of registry, or all in short.
pub(super) fn presets(context: &Context, args: &RegistryPresetsArgs) -> Result<()> {
    if let Some(preset) = args.name {
        return context.output.item(&PresetView::new(context, preset));
    }
    let guides: Vec<PresetView> = Preset::ALL.iter().map(|preset| PresetView::new(context, preset)).collect();
    context.output.list(&guides, args.no_headers)
}

#[derive(Debug, Serialize)]
struct PresetView {
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
            hosts: preset.hosts(),
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

impl Record for PresetView {
    const COLUMNS: &'static [Column] = &[
        Column::always("NAME"),
        Column::always("REGISTRY"),
        Column::always("USER NAME"),
        Column::wide("OTHER USER NAMES"),
        Column::wide("HOSTS"),
        Column::wide("PASSWORD"),
        Column::wide("WHERE FROM"),
        Column::wide("LEAST RIGHT"),
        Column::always("EXPIRES"),
        Column::wide("RENEW"),
        Column::wide("CREATE"),
    ];

    fn cells(&self) -> Vec<Cell<'_>> {
        vec![
            Cell::text(self.name),
            Cell::text(self.title),
            Cell::text(self.username.as_str()),
            joined(self.other_usernames),
            joined(self.hosts),
            Cell::text(self.password),
            Cell::text(self.where_from),
            Cell::text(self.least_right),
            Cell::text(self.expires),
            Cell::text(self.renew),
            Cell::text(self.create.as_str()),
        ]
    }

    fn name(&self) -> &str {
        self.name
    }
}
