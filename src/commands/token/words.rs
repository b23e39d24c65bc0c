//! What is said of tokens, whatever is done with them.

use jiff::Timestamp;

use crate::error::{Error, ErrorKind, Run};

/// What no end of a token is called.
pub(super) const NEVER: &str = "never";

/// When a token ends, from what the platform says: a time or [`NEVER`]; `None`: it cannot be told.
pub(super) fn expiry(text: Option<&str>) -> Option<String> {
    let text = text?.trim();
    if text.is_empty() {
        return Some(NEVER.to_owned());
    }
    text.parse::<Timestamp>().is_ok().then(|| text.to_owned())
}

/// Where the outcome is unknown or a name is refused, the list of credentials does not help.
pub(super) fn without_credentials(error: Error) -> Error {
    if !matches!(error.kind(), ErrorKind::OutcomeUnknown | ErrorKind::Conflict) {
        return error;
    }
    error.with_hints([]).run("see what there is with", Run::new("token list"))
}
