//! The only writer of files: private ones (0600, exclusive, atomic, locked) in `private`, a person's
//! own in `personal`, and what may be lost in `cache`.

mod cache;
mod folder;
mod personal;
mod private;
mod read;
mod write;

pub use cache::{put_own, read_own};
pub use folder::create_parents;
pub use personal::rewrite;
pub use private::{Created, create_new, ensure_free, update};
pub use read::{exposure, read};
pub use write::Mode;

#[cfg(test)]
mod tests;
