//! What an OCI registry and its token service answer, and what that says.

use super::{probe::Reply, words::Words};

/// What an answer says about reading the path.
pub(super) enum Reading {
    /// It is let in, and there is something.
    Yes,
    /// It is let in, and there is nothing (yet).
    Nothing,
    Refused,
    /// Neither: the registry does not know the address.
    NotFound,
    /// Not an answer of a registry.
    Other,
}

/// Whether it is a JSON object, or nothing at all.
pub(super) fn is_object(reply: &Reply) -> bool {
    matches!(serde_json::from_slice(&reply.body), Ok(serde_json::Value::Object(_)))
        || reply.body.iter().all(u8::is_ascii_whitespace)
}

pub(super) fn reading(reply: &Reply) -> Reading {
    match reply.status.as_u16() {
        200 if is_object(reply) => Reading::Yes,
        401 | 403 => Reading::Refused,
        404 if Words::of(&reply.body).has("NAME_UNKNOWN") => Reading::Nothing,
        404 => Reading::NotFound,
        // The path is none that the registry could have: a refusal in its own words.
        400 if !Words::of(&reply.body).codes.is_empty() => Reading::NotFound,
        _ => Reading::Other,
    }
}
