//! Writes a file under another name, and gives it its own when it is whole.

use std::{
    ffi::{OsStr, OsString},
    fs::File,
    io::Write,
    os::fd::OwnedFd,
};

use rand_core::{OsRng, RngCore};
use rustix::{
    fs::{self as sys, AtFlags, Mode as Bits, OFlags},
    io::Errno,
};

use crate::error::Error;

/// Who may read a file that is created.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Mode {
    /// 0600: the owner alone.
    Private,
    /// 0644: everyone may read (a public key).
    Public,
    /// The bits of the file that is replaced.
    As(rustix::fs::RawMode),
    /// 0600, and not synced: it may be lost.
    Fleeting,
}

/// What is said of a new file that could not be finished.
pub(super) const NOTHING_LEFT: &str =
    "nothing is left of it; remove the cause or choose another path, then try again";

/// Why a file could not be written, and the name of what is left of it, if that stays.
pub(super) struct Unfinished {
    pub(super) errno: Errno,
    pub(super) left: Option<OsString>,
}

impl From<Errno> for Unfinished {
    fn from(errno: Errno) -> Self {
        Self { errno, left: None }
    }
}

impl Unfinished {
    pub(super) fn explain(&self, error: Error) -> Error {
        match &self.left {
            Some(left) => error.hint(format!("remove the unfinished file {} beside it", left.display())),
            None if self.errno == Errno::EXIST => error,
            None => error.hint(NOTHING_LEFT),
        }
    }
}

pub(super) fn replace(folder: &OwnedFd, from: &OsStr, to: &OsStr) -> Result<(), Errno> {
    sys::renameat(folder, from, folder, to)
}

/// Writes a file under a temporary name in `folder`, syncs it, then gives it its real name with
/// `rename`. On failure the unfinished file is removed.
pub(super) fn write_beside(
    folder: &OwnedFd,
    name: &OsStr,
    bytes: &[u8],
    mode: Mode,
    rename: impl FnOnce(&OwnedFd, &OsStr, &OsStr) -> Result<(), Errno>,
) -> Result<OwnedFd, Unfinished> {
    let mut unfinished = OsString::from(".");
    unfinished.push(name);
    unfinished.push(format!(".{:016x}.tmp", OsRng.next_u64()));
    let flags = OFlags::WRONLY | OFlags::CREATE | OFlags::EXCL | OFlags::NOFOLLOW | OFlags::CLOEXEC;
    let file = sys::openat(folder, &unfinished, flags, Bits::RUSR | Bits::WUSR)?;
    match fill(file, bytes, mode).and_then(|file| rename(folder, &unfinished, name).map(|()| file)) {
        Ok(file) => Ok(file),
        Err(errno) => Err(match sys::unlinkat(folder, &unfinished, AtFlags::empty()) {
            Ok(()) | Err(Errno::NOENT) => errno.into(),
            Err(_) => Unfinished { errno, left: Some(unfinished) },
        }),
    }
}

/// Writes and syncs a file that was created as 0600; it is opened up only when it is whole.
fn fill(file: OwnedFd, bytes: &[u8], mode: Mode) -> Result<OwnedFd, Errno> {
    let mut file = File::from(file);
    file.write_all(bytes).map_err(|error| Errno::from_io_error(&error).unwrap_or(Errno::IO))?;
    let bits = match mode {
        Mode::Fleeting => return Ok(file.into()),
        Mode::Private => Bits::RUSR | Bits::WUSR,
        Mode::Public => Bits::RUSR | Bits::WUSR | Bits::RGRP | Bits::ROTH,
        Mode::As(bits) => Bits::from_raw_mode(bits),
    };
    sys::fchmod(&file, bits)?;
    sys::fsync(&file)?;
    Ok(file.into())
}
