//! The only writer of files: private ones (0600, exclusive, atomic, locked) in `private`, a person's
//! own in `personal`, and what may be lost in `cache`. And their reader: bytes in `read`, text in `text`.

mod cache;
mod folder;
mod personal;
mod private;
mod read;
mod text;
mod write;

pub(crate) use cache::{put_own, read_own};
pub(crate) use folder::{create_parents, expanded, home};
pub(crate) use personal::rewrite;
pub(crate) use private::{Created, create_new, ensure_free, update};
pub(crate) use read::{drain, exposure, open, read, too_large};
pub(crate) use text::{behind_hash, behind_key, commented_text, text, unmarked};
pub(crate) use write::Mode;

#[cfg(test)]
mod tests;
