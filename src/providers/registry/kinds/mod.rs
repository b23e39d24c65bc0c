//! The kinds of registries: one file for each, as its own documentation has it, and one line in [`ALL`].

mod acr;
mod artifactory;
pub(super) mod dockerhub;
mod ecr;
mod gar;
mod generic;
mod ghcr;
mod harbor;
mod other;

use std::str::FromStr;

use super::{
    forms::{Judgement, Judging},
    preset::{KnownHost, Preset},
};
use crate::secret::Secret;

/// Every preset, in the order in which a person reads them.
static ALL: &[&Preset] = &[
    &ghcr::PRESET,
    &gar::PRESET,
    &ecr::PRESET,
    &acr::PRESET,
    &dockerhub::PRESET,
    &harbor::PRESET,
    &artifactory::PRESET,
    &generic::PRESET,
];

/// What is known of `host`, which is in lower case.
pub(super) fn known_host(host: &str) -> &'static KnownHost {
    let known = ALL.iter().map(|preset| &preset.host).chain(other::HOSTS);
    known.into_iter().find(|known| known.is(host)).unwrap_or(&generic::PRESET.host)
}

impl Preset {
    /// Every kind of registry, and `generic` for any other.
    pub const ALL: &'static [&'static Self] = ALL;

    pub const GENERIC: &'static Self = &generic::PRESET;

    /// The kind of the registry at `host` (without a port), if its name tells.
    pub fn for_host(host: &str) -> Option<&'static Self> {
        let host = host.to_ascii_lowercase();
        ALL.iter().copied().find(|preset| preset.host.is(&host))
    }

    /// The only kind of registry that has user names such as `name`, if there is one.
    pub fn for_username(name: &str) -> Option<&'static Self> {
        ALL.iter().copied().find(|preset| preset.username.implies(name))
    }

    pub fn is_generic(&self) -> bool {
        self.slug == Self::GENERIC.slug
    }

    /// Judges a user name and a secret by their form. The judgement repeats neither.
    pub fn judge(&self, username: &str, secret: &Secret) -> Judgement {
        let secret = secret.expose();
        let looks_like = ALL.iter().find(|preset| (preset.owns)(secret)).map(|preset| preset.elsewhere);
        let mut case = Judging::new(username, secret, looks_like);
        (self.judge)(&mut case);
        case.judgement
    }
}

impl FromStr for &'static Preset {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        ALL.iter().copied().find(|preset| preset.slug == text).ok_or_else(|| {
            let names: Vec<&str> = ALL.iter().map(|preset| preset.slug).collect();
            format!("the presets are {}", names.join(", "))
        })
    }
}

#[cfg(test)]
mod tests;
