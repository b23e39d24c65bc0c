//! The only writer of files: private ones (0600, exclusive, atomic, locked) in `private`, a person's
//! own in `personal`, and notes of the program's own in `own`. And their reader: bytes in `read`, text in `text`.

mod exposure;
mod folder;
mod own;
mod patience;
mod personal;
mod private;
mod read;
mod sweep;
mod text;
mod write;

pub(crate) use exposure::{Holds, exposure};
pub(crate) use folder::{Folder, create_parents, expanded, home};
pub(crate) use own::{put_own, read_own, update_own};
pub(crate) use patience::Patience;
#[cfg(feature = "sandbox")]
pub(crate) use patience::{QUIET, in_use};
pub(crate) use personal::rewrite;
#[cfg(any(feature = "sandbox", test))]
pub(crate) use private::create_new;
pub(crate) use private::{Created, create_in, ensure_free, ensure_writable, update};
pub(crate) use read::{drain, open, read, too_large};
pub(crate) use sweep::sweep_beside;
pub(crate) use text::{behind_hash, behind_key, commented_text, text, unmarked};
pub(crate) use write::Mode;

#[cfg(test)]
mod tests;
