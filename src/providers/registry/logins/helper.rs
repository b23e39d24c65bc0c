//! What a credential helper answers (docker-credential-helpers, `credentials` package).

use super::{host::RegistryHost, kept::Kept};
use crate::providers::registry::members::{Members, text};

/// The user name that says that the secret is an identity token.
const TOKEN_USER: &str = "<token>";

/// The answer to `get`: an object with `Username` and `Secret`. Without either it is none.
///
/// # Errors
/// If it is not JSON.
pub fn read_answer(bytes: &[u8]) -> Result<Option<Kept>, String> {
    let answer = Members::read(bytes)?;
    Ok(match (answer.text("Username"), answer.text("Secret")) {
        ("", "") => None,
        (TOKEN_USER, _) => Some(Kept::Token),
        (username, secret) => Some(Kept::of(username, secret)),
    })
}

/// The answer to `list`: the registries that the helper keeps, each with its user name.
///
/// # Errors
/// If it is not JSON.
pub fn read_list(bytes: &[u8]) -> Result<Vec<(RegistryHost, String)>, String> {
    let members = Members::read(bytes)?.into_values();
    Ok(members.filter_map(|(name, user)| Some((name.parse().ok()?, text(&user).to_owned()))).collect())
}
