//! Files of the program's own that may be lost, such as what is cached.

use std::{fs::File, io::Read, path::Path};

use rustix::{
    fs::{self as sys, CWD, FileType, Mode as Bits, OFlags},
    io::Errno,
    process::geteuid,
};

use super::{
    folder::{file_name, open_folder, text},
    write::{Mode, replace, write_beside},
};
use crate::error::{Error, Result};

/// Reads a file of at most `limit` bytes that only this user can have written; `None` for any other
/// (a symlink, one of another user or open to others).
pub(crate) fn read_own(path: &Path, limit: u64) -> Option<Vec<u8>> {
    let flags = OFlags::RDONLY | OFlags::NONBLOCK | OFlags::NOFOLLOW | OFlags::NOCTTY | OFlags::CLOEXEC;
    let file = sys::openat(CWD, path, flags, Bits::empty()).ok()?;
    let stat = sys::fstat(&file).ok()?;
    let mode = Bits::from_raw_mode(stat.st_mode);
    let ours = FileType::from_raw_mode(stat.st_mode) == FileType::RegularFile
        && stat.st_uid == geteuid().as_raw()
        && !mode.intersects(Bits::RWXG | Bits::RWXO);
    let size = u64::try_from(stat.st_size).ok().filter(|size| ours && *size <= limit)?;
    let mut bytes = Vec::new();
    File::from(file).take(size).read_to_end(&mut bytes).ok()?;
    Some(bytes)
}

/// Puts a file for this user alone at `path`, whole or not at all, in place of whatever has the name. It
/// is not synced, because it may be lost.
pub(crate) fn put_own(path: &Path, bytes: &[u8]) -> Result<()> {
    let failed = |errno: Errno| Error::failure(format!("cannot write {}", path.display())).cause(text(errno));
    let folder = open_folder(path).map_err(failed)?;
    let written = write_beside(&folder, file_name(path)?, bytes, Mode::Fleeting, replace);
    written.map(|_| ()).map_err(|unfinished| failed(unfinished.errno))
}
