//! What is kept for a registry.

use crate::secret::Secret;

/// A user name and a password, fit to be stored.
#[derive(Clone, Debug)]
pub struct Login {
    /// The user name.
    pub username: String,
    /// The password, or what stands for one.
    pub password: Secret,
}

/// What is kept for a registry.
#[derive(Clone, Debug)]
pub enum Kept {
    /// What can be stored.
    Login(Login),
    /// A token in place of a password, which only the tool itself can trade for access.
    Token,
    /// It cannot be used: why. Holds nothing of what was kept.
    Unusable(&'static str),
}

impl Kept {
    pub(super) fn of(username: &str, password: &str) -> Self {
        if password.is_empty() {
            return Self::Unusable("it has no password");
        }
        if username.is_empty() {
            return Self::Unusable("it has no user name");
        }
        if username.len() > 512 || username.chars().any(|c| c.is_control() || c == ':') {
            return Self::Unusable("its user name has characters that none has, or is too long");
        }
        if !password.chars().all(|c| !c.is_control() || matches!(c, '\n' | '\r' | '\t')) {
            return Self::Unusable("its password holds control characters");
        }
        Self::Login(Login { username: username.to_owned(), password: Secret::copied(password) })
    }
}
