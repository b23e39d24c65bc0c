//! What is known of a registry before anybody asks it: see [`ALL`] for the registries.

use std::{fmt, str::FromStr};

use super::{forms::Judgement, presets};
use crate::{providers::Spec, secret::Secret};

/// A kind of registry: whose user name it takes, what its secret looks like, where to get one.
pub struct Preset {
    /// Its name in commands and answers.
    pub slug: &'static str,
    /// Its name in sentences.
    pub title: &'static str,
    /// The hosts that are surely of this kind. `*` stands for one or more characters without a dot.
    pub hosts: &'static [&'static str],
    /// The user name.
    pub username: Username,
    /// How its secret is asked for, and where a person gets it.
    pub spec: Spec,
    /// What the secret is, and how it looks.
    pub secret: &'static str,
    /// The least right that pulling charts takes.
    pub right: &'static str,
    /// When the secret ends.
    pub ends: &'static str,
    /// How to get a new secret once the old one has ended.
    pub renew: &'static str,
    /// The address of a chart there.
    pub url: &'static str,
    /// The source of the secret in an example.
    pub source: &'static str,
    pub(super) judge: fn(&str, &str, &mut Judgement),
}

/// The user name that a registry takes.
#[derive(Clone, Copy, Debug)]
pub enum Username {
    /// The same for everybody, unless one of `others` is meant.
    Fixed {
        /// What it is.
        name: &'static str,
        /// What it may be instead, for another form of the secret.
        others: &'static [&'static str],
    },
    /// An account's.
    Own {
        /// What it is, for the prompt.
        label: &'static str,
        /// What stands for it in examples.
        example: &'static str,
    },
}

impl Username {
    /// The user name, where there is no choice.
    #[must_use]
    pub const fn fixed(self) -> Option<&'static str> {
        match self {
            Self::Fixed { name, .. } => Some(name),
            Self::Own { .. } => None,
        }
    }

    /// What a fixed one may be instead.
    #[must_use]
    pub const fn others(self) -> &'static [&'static str] {
        match self {
            Self::Fixed { others, .. } => others,
            Self::Own { .. } => &[],
        }
    }

    /// Whether nobody but this kind of registry has the user name `given`.
    fn implies(self, given: &str) -> bool {
        match self {
            Self::Fixed { name, others } => name == given || others.contains(&given),
            Self::Own { .. } => false,
        }
    }
}

impl fmt::Display for Username {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Fixed { name, .. } => f.write_str(name),
            Self::Own { label, .. } => f.write_str(label),
        }
    }
}

impl Preset {
    /// The kinds of registries, and `generic` for any other.
    pub const ALL: [&'static Self; 8] = presets::ALL;

    /// What is known of any registry.
    pub const GENERIC: &'static Self = &presets::GENERIC;

    /// The kind of the registry at `host` (without a port), where its name tells.
    #[must_use]
    pub fn for_host(host: &str) -> Option<&'static Self> {
        let host = host.to_ascii_lowercase();
        let is_of = |preset: &&Self| preset.hosts.iter().any(|pattern| is_like(&host, pattern));
        Self::ALL.into_iter().find(is_of)
    }

    /// The only kind of registry with the user name `name`, where the name tells.
    #[must_use]
    pub fn for_username(name: &str) -> Option<&'static Self> {
        if name.starts_with("robot$") {
            return Some(&presets::HARBOR);
        }
        Self::ALL.into_iter().find(|preset| preset.username.implies(name))
    }

    /// Whether nothing is known of the registry.
    #[must_use]
    pub fn is_generic(&self) -> bool {
        self.slug == presets::GENERIC.slug
    }

    /// Whether the secret that goes with `username` is a whole file, which nobody types.
    #[must_use]
    pub fn secret_is_file(&self, username: Option<&str>) -> bool {
        self.slug == presets::GAR.slug && username.is_none_or(|name| name == "_json_key")
    }

    /// A command that stores a credential for it.
    #[must_use]
    pub fn example(&self) -> String {
        let username = match self.username {
            Username::Fixed { .. } => String::new(),
            Username::Own { example, .. } => format!(" --username {example}"),
        };
        let (slug, source, url) = (self.slug, self.source, self.url);
        format!(
            "ankra credentials registry create --name my-{slug} --preset {slug}{username} --password-from \
             {source} --registry-url {url} --check"
        )
    }

    /// What is amiss with a user name and a secret for this kind of registry, as far as their form tells.
    /// Repeats neither.
    #[must_use]
    pub fn judge(&self, username: &str, secret: &Secret) -> Judgement {
        let mut judgement = Judgement::default();
        (self.judge)(username, secret.expose(), &mut judgement);
        judgement
    }
}

impl fmt::Debug for Preset {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Preset({})", self.slug)
    }
}

impl FromStr for &'static Preset {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        Preset::ALL.into_iter().find(|preset| preset.slug == text).ok_or_else(|| {
            let names: Vec<&str> = Preset::ALL.iter().map(|preset| preset.slug).collect();
            format!("the presets are {}", names.join(", "))
        })
    }
}

/// Whether `host` is like `pattern`, in which `*` stands for one or more characters without a dot.
pub(super) fn is_like(host: &str, pattern: &str) -> bool {
    let (mut hosts, mut patterns) = (host.split('.'), pattern.split('.'));
    loop {
        match (hosts.next(), patterns.next()) {
            (None, None) => return true,
            (Some(host), Some(pattern)) => {
                let good = match pattern.split_once('*') {
                    None => host == pattern,
                    Some((head, tail)) => {
                        host.len() > head.len() + tail.len() && host.starts_with(head) && host.ends_with(tail)
                    }
                };
                if !good {
                    return false;
                }
            }
            _ => return false,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{Preset, Username};

    #[test]
    fn a_host_tells_its_kind_of_registry() {
        for (host, slug) in [
            ("ghcr.io", Some("ghcr")),
            ("GHCR.IO", Some("ghcr")),
            ("europe-west1-docker.pkg.dev", Some("gar")),
            ("gcr.io", Some("gar")),
            ("eu.gcr.io", Some("gar")),
            ("123456789012.dkr.ecr.us-east-1.amazonaws.com", Some("ecr")),
            ("123456789012.dkr.ecr.cn-north-1.amazonaws.com.cn", Some("ecr")),
            ("123456789012.dkr.ecr-fips.us-gov-west-1.amazonaws.com", Some("ecr")),
            ("123456789012.dkr-ecr.eu-west-1.on.aws", Some("ecr")),
            ("123456789012.dkr-ecr-fips.us-east-1.on.aws", Some("ecr")),
            ("public.ecr.aws", Some("ecr")),
            ("ecr-public.aws.com", Some("ecr")),
            ("contoso.azurecr.us", Some("acr")),
            ("contoso.azurecr.cn", Some("acr")),
            ("contoso.azurecr.io", Some("acr")),
            ("docker.io", Some("dockerhub")),
            ("index.docker.io", Some("dockerhub")),
            ("registry-1.docker.io", Some("dockerhub")),
            ("contoso.jfrog.io", Some("artifactory")),
            ("demo.goharbor.io", Some("harbor")),
            ("harbor.example.com", Some("harbor")),
            ("ghcr.io.evil.example", None),
            ("evil-ghcr.io", None),
            ("-docker.pkg.dev", None),
            (".azurecr.io", None),
            ("a.b.azurecr.io", None),
            ("dkr.ecr.us-east-1.amazonaws.com", None),
            ("charts.example.com", None),
            ("", None),
        ] {
            assert_eq!(Preset::for_host(host).map(|preset| preset.slug), slug, "{host}");
        }
    }

    #[test]
    fn a_user_name_that_is_the_same_for_everybody_tells_its_kind_of_registry() {
        for (name, slug) in [
            ("AWS", Some("ecr")),
            ("_json_key", Some("gar")),
            ("_json_key_base64", Some("gar")),
            ("oauth2accesstoken", Some("gar")),
            ("robot$team+puller", Some("harbor")),
            ("aws", None),
            ("octocat", None),
            ("robot", None),
        ] {
            assert_eq!(Preset::for_username(name).map(|preset| preset.slug), slug, "{name}");
        }
    }

    #[test]
    fn every_preset_is_found_by_its_name_and_says_all_that_a_guide_says() {
        for preset in Preset::ALL {
            assert_eq!(preset.slug.parse::<&Preset>().unwrap().title, preset.title);
            for text in [
                preset.title,
                preset.secret,
                preset.right,
                preset.ends,
                preset.renew,
                preset.url,
                preset.source,
                preset.spec.where_from,
            ] {
                assert!(text.len() > 3, "{}: {text}", preset.slug);
            }
            assert_eq!(preset.spec.secrets.len(), 1, "{}", preset.slug);
            assert_eq!(preset.hosts.is_empty(), preset.is_generic(), "{}", preset.slug);
            // The address of the example is of that kind.
            let host = preset.url.split('/').nth(2).unwrap();
            let found = Preset::for_host(host).unwrap_or(Preset::GENERIC);
            assert!(found.slug == preset.slug, "{}", preset.slug);
        }
        assert!("GHCR".parse::<&Preset>().unwrap_err().starts_with("the presets are ghcr, gar, "));
    }

    #[test]
    fn a_fixed_user_name_is_filled_in_and_an_own_one_is_not() {
        let fixed: Vec<_> = Preset::ALL.iter().filter_map(|preset| preset.username.fixed()).collect();
        assert_eq!(fixed, ["_json_key", "AWS"]);
        let own = Username::Own { label: "GitHub user name", example: "octocat" };
        assert_eq!(own.to_string(), "GitHub user name");
    }
}
