//! Secrets, and the sources a secret can come from.

mod collect;
mod source;

use std::fmt;

pub use collect::{Field, Wanted, collect};
pub use source::SecretSource;
use zeroize::Zeroizing;

/// A secret value: zeroed when dropped, never printed, never serialised by accident.
///
/// There is no `Display`, `Serialize` or `Deref`; [`Secret::expose`] is the only way
/// to the text, so that a search for it finds every use.
#[derive(Clone)]
pub struct Secret(Zeroizing<String>);

impl Secret {
    /// Takes ownership of the text; the caller's buffer becomes the secret's.
    #[must_use]
    pub fn new(text: String) -> Self {
        Self(Zeroizing::new(text))
    }

    /// The secret itself. Every caller is a place where it could leak.
    #[must_use]
    pub fn expose(&self) -> &str {
        &self.0
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
}
