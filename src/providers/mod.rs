//! What each provider needs: data, so that no command is written again for a new one.

mod caller;
mod check;
mod choices;
mod clock;
mod cloud;
mod digitalocean;
mod expiry;
mod grant;
mod hetzner;
mod imports;
mod jumphost;
mod morpheus;
mod ovh;
mod proxmox;
mod registry;
mod ssh_keys;
mod step;
mod tried;
mod upcloud;

pub use check::{CloudReport, Given, check_cloud};
pub use cloud::{Kind, Plain, Provider};
pub use expiry::expiry_of;
pub use grant::{Grant, Granted, Granter, Granting, Looked, Requested};
pub use imports::{ADDRESS, Gives, Import, Scope, ToolConfig, ToolFile, ToolValue, ToolVariable, USED};
pub use registry::{
    Preset, RegistryUrl, Report as RegistryReport, TokenHost, USERNAME, Username, check as check_registry,
    logins as registry_logins, realm as registry_realm,
};
pub use step::{News, Step, Told};
pub use tried::Tried;

/// `text` with its first letter in upper case.
pub fn capitalised(text: &str) -> String {
    let mut chars = text.chars();
    chars.next().map_or_else(String::new, |first| first.to_uppercase().chain(chars).collect())
}

/// Every cloud provider, in the order in which they are shown.
pub static ALL: &[&Provider] =
    &[&hetzner::SPEC, &ovh::SPEC, &digitalocean::SPEC, &upcloud::SPEC, &proxmox::SPEC, &morpheus::SPEC];

impl Provider {
    /// The provider that commands, paths and answers call `slug`.
    pub fn named(slug: &str) -> Option<&'static Self> {
        ALL.iter().copied().find(|provider| provider.slug == slug)
    }

    /// Finds the provider that a person calls `text`, in any letter case.
    pub fn called(text: &str) -> Option<&'static Self> {
        let is_meant = |name: &&str| name.eq_ignore_ascii_case(text);
        let is_called =
            |one: &Self| is_meant(&one.slug) || one.aliases.iter().chain(one.spellings).any(&is_meant);
        ALL.iter().copied().find(|provider| is_called(provider))
    }

    /// The names of all, with `last` before the last one: `a, b and c`.
    pub fn list(last: &str) -> String {
        let slugs: Vec<&str> = ALL.iter().map(|provider| provider.slug).collect();
        crate::error::listed(&slugs, last)
    }
}
