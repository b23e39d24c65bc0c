//! The kinds of registries: one file for each, as its own documentation has it, and one line in [`Preset::ALL`].

mod acr;
mod artifactory;
pub(super) mod dockerhub;
mod ecr;
mod gar;
mod ghcr;
mod harbor;

use super::{
    forms::{Judgement, Judging},
    preset::{ANY, ANY_HOST, KnownHost, Preset},
};
use crate::secret::Secret;

/// Any registry, or classic Helm repository.
static GENERIC: Preset = Preset { judge: harbor::judge_any, ..ANY };

/// Registries that a check knows hints for and that have no preset.
static OTHER_HOSTS: &[KnownHost] = &[
    // docs.gitlab.com, "Authenticate with the container registry".
    KnownHost {
        patterns: &["registry.gitlab.com"],
        realm: Some("gitlab.com"),
        password: "GitLab takes a personal, group, project or deploy token with the right read_registry, and its own user name",
        access: "give the token the right read_registry, and at least the role Reporter in the project",
        ..ANY_HOST
    },
    // docs.projectquay.io, "Robot accounts".
    KnownHost {
        patterns: &["quay.io"],
        password: "for a robot account the user name is ORGANISATION+ROBOT",
        access: "give the robot account Read on the repository",
        ..ANY_HOST
    },
];

/// What is known of `host`, which is in lower case.
pub(super) fn known_host(host: &str) -> &'static KnownHost {
    let known = Preset::ALL.iter().map(|preset| &preset.host).chain(OTHER_HOSTS);
    known.into_iter().find(|known| known.is(host)).unwrap_or(&GENERIC.host)
}

impl Preset {
    /// Every kind of registry, and `generic` for any other, in the order in which a person reads them.
    pub const ALL: &'static [&'static Self] = &[
        &ghcr::PRESET,
        &gar::PRESET,
        &ecr::PRESET,
        &acr::PRESET,
        &dockerhub::PRESET,
        &harbor::PRESET,
        &artifactory::PRESET,
        &GENERIC,
    ];

    pub const GENERIC: &'static Self = &GENERIC;

    pub fn named(slug: &str) -> Option<&'static Self> {
        Self::ALL.iter().copied().find(|preset| preset.slug == slug)
    }

    /// The kind of the registry at `host` (without a port), if its name tells.
    pub fn for_host(host: &str) -> Option<&'static Self> {
        let host = host.to_ascii_lowercase();
        Self::ALL.iter().copied().find(|preset| preset.host.is(&host))
    }

    /// The only kind of registry that has user names such as `name`, if there is one.
    pub fn for_username(name: &str) -> Option<&'static Self> {
        Self::ALL.iter().copied().find(|preset| preset.username.implies(name))
    }

    pub fn is_generic(&self) -> bool {
        self.slug == Self::GENERIC.slug
    }

    /// Judges a user name and a secret by their form. The judgement repeats neither.
    pub fn judge(&self, username: &str, secret: &Secret) -> Judgement {
        let secret = secret.expose();
        let looks_like = Self::ALL.iter().find(|preset| (preset.owns)(secret)).map(|preset| preset.elsewhere);
        let is_password = looks_like.map(|_| false);
        let judgement = Judgement { is_password, ..Judgement::default() };
        let mut case = Judging { username, secret, looks_like, judgement };
        (self.judge)(&mut case);
        case.judgement
    }
}

#[cfg(test)]
mod tests;
