//! The errors of a state that cannot be read or written.

use std::fmt::Display;

use crate::error::{Error, Hint, Run};

/// Reports a state that this program cannot read.
pub(super) fn broken(cause: impl Display) -> Error {
    let reset = Hint::from("run `").then(Run::new("sandbox reset"));
    Error::failure("the sandbox's state cannot be read")
        .cause(cause)
        .hint(reset.words("` to start over; everything in the sandbox is lost"))
}

/// Reports a state that cannot be written.
pub(super) fn not_saved(error: &dyn std::error::Error) -> Error {
    Error::failure("the sandbox cannot save its state").cause(error)
}
