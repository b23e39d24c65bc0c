//! The logins at registries that other tools left on this machine: the format of their files and
//! of what their helpers answer, and which login is meant by a host.
//!
//! The format is docker's `config.json`; podman, skopeo, oras and helm share it
//! (containers-auth.json(5)). Nothing here reads a file or runs a program.

mod answer;
mod file;
mod host;
mod json;

pub use answer::{read_answer, read_list};
pub use file::{Found, LoginFile, Place};
pub use host::RegistryHost;

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
    /// A token in the place of a password, which only the tool itself can trade for access.
    Token,
    /// It cannot be used: why. Holds nothing of what was kept.
    Unusable(&'static str),
}

impl Kept {
    /// The login that `username` and `password` make.
    fn of(username: &str, password: Option<&Secret>) -> Self {
        let Some(password) = password.filter(|password| !password.expose().is_empty()) else {
            return Self::Unusable("it has no password");
        };
        if username.is_empty() {
            return Self::Unusable("it has no user name");
        }
        if username.len() > 512 || username.chars().any(|c| c.is_control() || c == ':') {
            return Self::Unusable("its user name has characters that none has, or is too long");
        }
        let plain = |c: char| !c.is_control() || matches!(c, '\n' | '\r' | '\t');
        if !password.expose().chars().all(plain) {
            return Self::Unusable("its password holds control characters");
        }
        Self::Login(Login { username: username.to_owned(), password: password.clone() })
    }
}
