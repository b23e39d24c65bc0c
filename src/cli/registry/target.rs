//! Which registry a credential is for, in every command that stores one.

use clap::{
    Args,
    builder::{PossibleValue, PossibleValuesParser, TypedValueParser},
};

use crate::providers::{Preset, RegistryUrl};

#[derive(Clone, Debug, Args)]
pub struct RegistryTargetArgs {
    /// Ask and check as this kind of registry wants it
    ///
    /// Fills in the user name where there is only one, says where to get the password, warns if the
    /// form of either is unusual, and refuses what cannot work. Without it the host of --registry-url
    /// decides, or a user name that only one kind of registry has. See: registry presets
    #[arg(
        long,
        value_name = "PRESET",
        value_parser = preset_parser(),
        ignore_case = true,
        help_heading = "Registry"
    )]
    pub preset: Option<&'static Preset>,
    /// Name the registry: oci://HOST/PATH, or https://HOST/PATH of a Helm repository
    ///
    /// It is not stored: it chooses the preset, and is asked with --check.
    #[arg(long, value_name = "URL", help_heading = "Registry")]
    pub registry_url: Option<RegistryUrl>,
    /// Ask the registry first, and store nothing that does not work there
    #[arg(long, requires = "registry_url", help_heading = "Registry")]
    pub check: bool,
}

pub(super) fn preset_parser() -> impl TypedValueParser<Value = &'static Preset> {
    let values = Preset::ALL.iter().map(|preset| PossibleValue::new(preset.slug).help(preset.title));
    let named = |name: String| Preset::named(&name.to_ascii_lowercase()).ok_or("there is no such preset");
    PossibleValuesParser::new(values).try_map(named)
}
