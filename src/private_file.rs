//! Files that hold secrets: the only writer of them.
//!
//! Whoever calls decides what the bytes mean; this module decides that nobody else
//! can read them, that they are whole, and that no other file is harmed.

use std::path::Path;

use crate::error::Result;

/// Who may read a file that is created.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mode {
    /// 0600: the owner alone.
    Private,
    /// 0644: everyone may read (a public key).
    Public,
}

/// Creates `path` exclusively and durably with `bytes`; refuses anything that exists there.
pub fn create_new(path: &Path, bytes: &[u8], mode: Mode) -> Result<()> {
    let _ = (path, bytes, mode);
    todo!()
}

/// Creates `path`'s missing parent folders as 0700.
pub fn create_parents(path: &Path) -> Result<()> {
    let _ = path;
    todo!()
}

/// Reads at most `limit` bytes; `Ok(None)` if there is no such file.
pub fn read(path: &Path, limit: u64) -> Result<Option<zeroize::Zeroizing<Vec<u8>>>> {
    let _ = (path, limit);
    todo!()
}

/// Replaces the content of `path` atomically under a lock: `change` gets the present
/// content (`None` if the file is missing) and gives the new one (`None` leaves it).
pub fn update(
    path: &Path,
    limit: u64,
    change: impl FnOnce(Option<&[u8]>) -> Result<Option<zeroize::Zeroizing<Vec<u8>>>>,
) -> Result<()> {
    let _ = (path, limit, &change);
    todo!()
}

/// Why others than the owner can get at `path`, if they can.
pub fn exposure(path: &Path) -> Result<Option<String>> {
    let _ = path;
    todo!()
}
