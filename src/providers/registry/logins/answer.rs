//! What a credential helper answers (docker-credential-helpers, `credentials` package).

use serde::de::{IgnoredAny, MapAccess};

use super::{
    Kept, Place, RegistryHost,
    json::{Any, Members, Shape, Text, read},
};

/// The user name that says that the secret is an identity token.
const TOKEN_USER: &str = "<token>";

#[derive(Default)]
struct Answer {
    username: Text,
    secret: Text,
}

impl Shape for Answer {
    fn of_map<'de, A: MapAccess<'de>>(mut map: A) -> Result<Self, A::Error> {
        let mut answer = Self::default();
        while let Some(name) = map.next_key::<String>()? {
            match name.as_str() {
                "Username" => answer.username = map.next_value::<Any<_>>()?.0,
                "Secret" => answer.secret = map.next_value::<Any<_>>()?.0,
                _ => {
                    map.next_value::<IgnoredAny>()?;
                }
            }
        }
        Ok(answer)
    }
}

/// The answer to `get`: an object with `Username` and `Secret`. Without either it is none.
///
/// # Errors
/// Where it is no JSON.
pub fn read_answer(bytes: &[u8]) -> Result<Option<Kept>, Place> {
    let answer: Answer = read(bytes)?;
    Ok(match (answer.username.as_str(), answer.secret.as_str()) {
        ("", "") => None,
        (TOKEN_USER, _) => Some(Kept::Token),
        (username, _) => Some(Kept::of(username, answer.secret.0.as_ref())),
    })
}

/// The answer to `list`: the registries that the helper keeps, each with its user name.
///
/// # Errors
/// Where it is no JSON.
pub fn read_list(bytes: &[u8]) -> Result<Vec<(RegistryHost, String)>, Place> {
    let Members::<Text>(members) = read(bytes)?;
    let host = |(name, user): (String, Text)| Some((name.parse().ok()?, user.as_str().to_owned()));
    Ok(members.into_iter().filter_map(host).collect())
}
