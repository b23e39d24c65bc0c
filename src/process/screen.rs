//! What the person's terminal can do, and how they read it.

use std::env;

/// Whether the terminal does nothing but show text.
pub(crate) fn is_dumb() -> bool {
    env::var_os("TERM").is_none_or(|term| term.is_empty() || term == "dumb")
}

/// Whether somebody hears what is shown: lines that change are read again from their beginning, or not at all.
pub(crate) fn is_read_aloud() -> bool {
    env::var_os("ACCESSIBLE").is_some_and(|value| !value.is_empty() && value != "0")
}
