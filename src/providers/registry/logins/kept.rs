//! What is kept for a registry.

use crate::secret::Secret;

/// A user name and a password.
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
    /// A user name and a password, which nobody has judged yet.
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
        Self::Login(Login { username: username.to_owned(), password: Secret::copied(password) })
    }
}
