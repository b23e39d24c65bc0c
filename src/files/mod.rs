//! The only writer of files: private ones (0600, exclusive, atomic, locked) in `private`, a person's
//! own in `personal`, and what may be lost in `cache`.

mod cache;
mod folder;
mod personal;
mod private;
mod read;
mod write;

pub(crate) use cache::{put_own, read_own};
pub(crate) use folder::create_parents;
pub(crate) use personal::rewrite;
pub(crate) use private::{Created, create_new, ensure_free, update};
pub(crate) use read::{exposure, read};
pub(crate) use write::Mode;

#[cfg(test)]
mod tests;
