//! What a provider takes of SSH keys, and how it shows them.

use crate::error::listed;

/// What is known of the SSH keys of a provider's servers.
#[derive(Debug)]
pub struct SshKeys {
    /// The types that it takes, by its own words; empty where none are known.
    pub(super) types: &'static [&'static str],
    /// Whether it shows fingerprints as MD5 in hexadecimal pairs, not as SHA-256.
    pub shows_md5: bool,
}

/// The types that `ssh-keygen` makes without a hardware token.
pub(super) const USUAL_TYPES: &[&str] =
    &["ssh-ed25519", "ssh-rsa", "ecdsa-sha2-nistp256", "ecdsa-sha2-nistp384", "ecdsa-sha2-nistp521"];

impl SshKeys {
    /// A provider that publishes neither the types that it takes nor a fingerprint.
    pub(super) const UNKNOWN: Self = Self { types: &[], shows_md5: false };

    /// Warns of a type of key that is not among those that the provider, `title`, takes. The platform decides:
    /// the list may be older than what the provider does today.
    pub fn doubt(&self, title: &str, kind: &str) -> Option<String> {
        let is_doubtful = !self.types.is_empty() && !self.types.contains(&kind);
        is_doubtful.then(|| {
            format!("{kind} may not be accepted by {title}, which takes {}", listed(self.types, "and"))
        })
    }
}
