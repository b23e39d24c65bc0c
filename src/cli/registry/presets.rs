//! `ankra credentials registry presets`

use clap::Args;

use super::target::preset_parser;
use crate::providers::Preset;

#[derive(Debug, Args)]
pub struct RegistryPresetsArgs {
    /// The kind of registry; all of them if left out
    #[arg(value_name = "PRESET", value_parser = preset_parser(), ignore_case = true)]
    pub name: Option<&'static Preset>,
    /// Leave out the header row
    #[arg(long)]
    pub no_headers: bool,
}
