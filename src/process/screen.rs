//! What the person's terminal can do, and how they read it.

use std::{env, os::fd::AsFd};

use rustix::termios::tcgetwinsize;

/// The width of a terminal that does not tell.
const USUAL_WIDTH: usize = 80;

/// Whether the terminal does nothing but show text.
pub(crate) fn is_dumb() -> bool {
    env::var_os("TERM").is_none_or(|term| term.is_empty() || term == "dumb")
}

/// Whether somebody hears what is shown: lines that change are read again from their beginning, or not at all.
pub(crate) fn is_read_aloud() -> bool {
    env::var_os("ACCESSIBLE").is_some_and(|value| !value.is_empty() && value != "0")
}

/// The columns of the terminal at `stream` as it is now, two at least.
pub(crate) fn columns(stream: impl AsFd) -> usize {
    let columns = tcgetwinsize(stream).map_or(0, |size| usize::from(size.ws_col));
    if columns == 0 { USUAL_WIDTH } else { columns.max(2) }
}
