//! Secrets, and the sources a secret can come from.

mod bundle;
mod collect;
mod dotenv;
mod field;
mod gate;
mod helper;
pub mod json;
mod nearby;
mod read;
mod source;
mod yaml;

use std::fmt;

pub use collect::{Gathered, Wanted, gather};
pub(crate) use field::key;
pub use field::{Field, Form, Shape};
pub(crate) use gate::standard_base64;
pub use gate::{Passed, pass};
pub use helper::CredentialHelper;
pub use source::{SecretSource, is_variable_name};
pub(crate) use yaml::{Entry as YamlEntry, OTHER as OTHER_YAML, entries as yaml_entries};
use zeroize::Zeroizing;

/// A secret value: zeroed when dropped, never printed, never serialised by accident.
///
/// There is no `Display`, `Serialize` or `Deref`; [`Secret::expose`] is the only way
/// to the text, so that a search for it finds every use.
#[derive(Clone)]
pub struct Secret(Zeroizing<String>);

impl Secret {
    /// Takes ownership of the text; the caller's buffer becomes the secret's.
    pub fn new(text: String) -> Self {
        Self(Zeroizing::new(text))
    }

    /// Copies `text` into a buffer of exactly its size. The caller zeroes the original.
    pub fn copied(text: &str) -> Self {
        Self::new(text.to_owned())
    }

    /// The secret itself. Every caller is a place where it could leak.
    pub fn expose(&self) -> &str {
        &self.0
    }

    /// Whether both hold the same text; the time taken tells their lengths at most.
    pub fn same_as(&self, other: &Self) -> bool {
        let (ours, theirs) = (self.0.as_bytes(), other.0.as_bytes());
        ours.len() == theirs.len() && ours.iter().zip(theirs).fold(0, |seen, (a, b)| seen | (a ^ b)) == 0
    }
}

impl fmt::Debug for Secret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Secret(<redacted>)")
    }
}

#[cfg(test)]
mod tests {
    use super::Secret;

    #[test]
    fn debug_shows_nothing_of_the_secret() {
        let shown = format!("{:?} {:#?}", Secret::new("hunter2".into()), Some(Secret::new("hunter2".into())));
        assert!(!shown.contains("hunter2"), "{shown}");
    }

    #[test]
    fn secrets_compare_by_their_whole_text() {
        let secret = |text: &str| Secret::copied(text);
        assert!(secret("hunter2").same_as(&secret("hunter2")));
        assert!(secret("").same_as(&secret("")));
        for other in ["hunter3", "hutner2", "hunter", "hunter22", ""] {
            assert!(!secret("hunter2").same_as(&secret(other)), "{other}");
        }
    }
}
