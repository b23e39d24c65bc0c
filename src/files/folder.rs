//! The folders that files stand in: opened once, made where they are missing.

use std::{
    ffi::OsStr,
    io,
    os::{fd::OwnedFd, unix::ffi::OsStrExt},
    path::{Path, PathBuf},
};

use directories::BaseDirs;
use rustix::{
    fs::{self as sys, CWD, FileType, Mode as Bits, OFlags},
    io::Errno,
};

use crate::error::{Error, Result};

/// The person's home directory: an absolute path, or none.
pub(crate) fn home() -> Option<PathBuf> {
    BaseDirs::new().map(|dirs| dirs.home_dir().to_owned()).filter(|home| home.is_absolute())
}

/// `path` with a leading `~/` replaced: shells leave it alone inside `@~/...` and `file:~/...`.
pub(crate) fn expanded(path: &Path) -> PathBuf {
    path.strip_prefix("~").ok().and_then(|rest| Some(home()?.join(rest))).unwrap_or_else(|| path.to_owned())
}

pub(super) fn text(errno: Errno) -> String {
    io::Error::from(errno).to_string()
}

pub(super) fn file_name(path: &Path) -> Result<&OsStr> {
    path.file_name().ok_or_else(|| Error::usage(format!("{} names no file", path.display())))
}

fn folder_of(path: &Path) -> &Path {
    match path.parent() {
        Some(parent) if !parent.as_os_str().is_empty() => parent,
        _ => Path::new("."),
    }
}

pub(super) fn open_folder(path: &Path) -> Result<OwnedFd, Errno> {
    sys::openat(CWD, folder_of(path), OFlags::RDONLY | OFlags::DIRECTORY | OFlags::CLOEXEC, Bits::empty())
}

/// Follows the symlinks at `path` to a file, or to where one would be.
pub(super) fn resolve(path: &Path) -> Result<PathBuf, Errno> {
    let mut target = path.to_owned();
    // As many as Linux follows.
    for _ in 0..40 {
        match sys::readlinkat(CWD, &target, Vec::new()) {
            Ok(next) => target = folder_of(&target).join(OsStr::from_bytes(next.to_bytes())),
            Err(Errno::INVAL | Errno::NOENT | Errno::NOTDIR) => return Ok(target),
            Err(errno) => return Err(errno),
        }
    }
    Err(Errno::LOOP)
}

/// Creates the missing folders above `path`, for the owner alone (0700) and durably: a file that is
/// synced into them is not lost with them. Those that exist stay as they are.
pub(crate) fn create_parents(path: &Path) -> Result<()> {
    let folder = folder_of(path);
    make_folder(folder).map_err(|errno| {
        Error::failure(format!("cannot create the folder {}", folder.display())).cause(text(errno))
    })
}

fn make_folder(path: &Path) -> Result<(), Errno> {
    let is_there = || match sys::stat(path) {
        Ok(stat) if FileType::from_raw_mode(stat.st_mode) == FileType::Directory => Ok(()),
        Ok(_) => Err(Errno::NOTDIR),
        Err(errno) => Err(errno),
    };
    let above = folder_of(path);
    match is_there() {
        Err(Errno::NOENT) if above != path => make_folder(above)?,
        result => return result,
    }
    // After `a`, `a/..` is there: only a name is ever made.
    let Some(name) = path.file_name() else { return is_there() };
    let above = open_folder(path)?;
    match sys::mkdirat(&above, name, Bits::RWXU) {
        // Another made it meanwhile, or a symlink that leads nowhere is in the way.
        Err(Errno::EXIST) => is_there(),
        Err(errno) => Err(errno),
        Ok(()) => sys::fsync(&above),
    }
}
