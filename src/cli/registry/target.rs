//! Which registry a credential is for, in every command that stores one.

use clap::{
    Args,
    builder::{PossibleValue, PossibleValuesParser, TypedValueParser},
};

use crate::providers::{Preset, RegistryUrl, TokenHost};

#[derive(Clone, Debug, Args)]
#[command(mut_arg("token_host", |arg| arg.requires("check")))]
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
    #[command(flatten)]
    pub token_host: TokenHostArgs,
}

#[derive(Clone, Debug, Args)]
pub struct TokenHostArgs {
    /// Let the registry's token service at HOST have the password
    ///
    /// For a registry whose tokens come from another host, as those of a self-managed GitLab do. Exactly this
    /// host and port may have the password, over TLS; a registry that names any other is refused. It
    /// is not remembered.
    #[arg(long = "token-host", id = "token_host", value_name = "HOST[:PORT]", help_heading = "Registry")]
    pub host: Option<TokenHost>,
}

pub(super) fn preset_parser() -> impl TypedValueParser<Value = &'static Preset> {
    let values = Preset::ALL.iter().map(|preset| PossibleValue::new(preset.slug).help(preset.title));
    let named = |name: String| Preset::named(&name.to_ascii_lowercase()).ok_or("there is no such preset");
    PossibleValuesParser::new(values).try_map(named)
}
