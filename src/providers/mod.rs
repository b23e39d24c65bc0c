//! What each provider needs: data, so that no command is written again for a new one.

mod hetzner;
mod ovh;
mod registry;

use std::{fmt, str::FromStr};

pub use registry::{
    Judgement, Preset, Protocol as RegistryProtocol, Refusal, RegistryUrl, Report as RegistryReport,
    Step as RegistryStep, Username, Verdict as RegistryVerdict, check as check_registry, expiry_of,
    logins as registry_logins,
};

use crate::secret::Field;

/// A cloud provider whose credentials and SSH keys the platform stores.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Provider {
    /// Hetzner Cloud.
    Hetzner,
    /// OVH public cloud.
    Ovh,
}

/// What a provider's credential is made of.
#[derive(Debug)]
pub struct Spec {
    /// The provider's name in commands, paths and answers.
    pub slug: &'static str,
    /// The provider's name in sentences.
    pub title: &'static str,
    /// Its secrets, in the order in which they are asked for.
    pub secrets: &'static [SecretSpec],
    /// Where a person gets them, and with which rights.
    pub where_from: &'static str,
}

/// One secret of a credential.
#[derive(Debug)]
pub struct SecretSpec {
    /// How it is asked for.
    pub field: Field,
    /// Its key in a request's body.
    pub key: &'static str,
    /// What is unusual about a value, if anything. The platform has the last word: an
    /// unusual value is warned about, not refused. Never repeats the value.
    pub doubt: fn(&str) -> Option<&'static str>,
}

impl Provider {
    /// Every provider.
    pub const ALL: [Self; 2] = [Self::Hetzner, Self::Ovh];

    /// What its credential is made of.
    #[must_use]
    pub const fn spec(self) -> &'static Spec {
        match self {
            Self::Hetzner => &hetzner::SPEC,
            Self::Ovh => &ovh::SPEC,
        }
    }

    /// Its name in commands, paths and answers.
    #[must_use]
    pub const fn slug(self) -> &'static str {
        self.spec().slug
    }

    /// Its name in sentences.
    #[must_use]
    pub const fn title(self) -> &'static str {
        self.spec().title
    }
}

impl fmt::Display for Provider {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.slug())
    }
}

impl FromStr for Provider {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        Self::ALL
            .into_iter()
            .find(|provider| provider.slug() == text)
            .ok_or_else(|| format!("the providers are {}", Self::ALL.map(Self::slug).join(" and ")))
    }
}

/// `Some(doubt)` unless `value` is `length` letters and digits.
fn alphanumeric(value: &str, length: usize, doubt: &'static str) -> Option<&'static str> {
    let usual = value.len() == length && value.bytes().all(|b| b.is_ascii_alphanumeric());
    (!usual).then_some(doubt)
}

#[cfg(test)]
mod tests {
    use super::Provider;

    #[test]
    fn unusual_secrets_are_doubted_and_usual_ones_are_not() {
        let doubts =
            |provider: Provider, index: usize, value: &str| (provider.spec().secrets[index].doubt)(value);
        assert_eq!(doubts(Provider::Hetzner, 0, &"aB3".repeat(22)[..64]), None);
        assert!(doubts(Provider::Hetzner, 0, "short").is_some());
        assert!(doubts(Provider::Hetzner, 0, &"-".repeat(64)).is_some());
        assert_eq!(doubts(Provider::Ovh, 0, &"a".repeat(16)), None);
        assert_eq!(doubts(Provider::Ovh, 1, &"a".repeat(32)), None);
        assert!(doubts(Provider::Ovh, 2, &"a".repeat(31)).is_some());
    }
}
