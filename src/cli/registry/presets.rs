//! `ankra credentials registry presets`

use clap::Args;

use super::target::preset_parser;
use crate::{cli::ShapeOptions, providers::Preset};

#[derive(Debug, Args)]
pub struct RegistryPresetsArgs {
    /// The kind of registry; all of them if left out
    #[arg(value_name = "PRESET", value_parser = preset_parser(), ignore_case = true)]
    pub name: Option<&'static Preset>,
    #[command(flatten)]
    pub shape: ShapeOptions,
}
