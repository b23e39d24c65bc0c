//! Writes a file under another name, and gives it its own when it is whole.

use std::{
    ffi::{OsStr, OsString},
    fs::File,
    io::Write,
    os::fd::OwnedFd,
    path::Display,
};

use rand_core::{OsRng, RngCore};
use rustix::{
    fs::{self as sys, AtFlags, FlockOperation, Mode as Bits, OFlags},
    io::Errno,
};

use super::{
    folder::{Folder, is_lacking, text},
    sweep::unfinished_name,
};
use crate::{error::Error, process::unbroken};

/// Who may read a file that is created.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Mode {
    /// 0600: the owner alone. Refused where the file system would have others read it.
    Private,
    /// As [`Self::Private`], but the folder may be what keeps others away, where the file system keeps no
    /// permissions.
    Sheltered,
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

/// What a file system cannot do, although it is needed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Lack {
    Permissions,
    /// To create a file only where there is none.
    Exclusion,
}

/// Why a file could not be written, and the name of what is left of it, if that stays.
#[derive(Debug)]
pub(super) struct Unfinished {
    pub(super) errno: Errno,
    pub(super) lack: Option<Lack>,
    left: Option<OsString>,
}

impl From<Errno> for Unfinished {
    fn from(errno: Errno) -> Self {
        Self { errno, lack: None, left: None }
    }
}

impl From<Lack> for Unfinished {
    fn from(lack: Lack) -> Self {
        Self { errno: Errno::OPNOTSUPP, lack: Some(lack), left: None }
    }
}

impl Unfinished {
    /// Says why.
    pub(super) fn why(&self) -> String {
        match self.lack {
            None => text(self.errno),
            Some(Lack::Permissions) => {
                "this file system keeps no permissions: other users could read the file".into()
            }
            Some(Lack::Exclusion) => "this file system can neither rename nor link a file without replacing \
                                      what has its name already"
                .into(),
        }
    }

    /// Adds to `error` what helps, and what is left.
    pub(super) fn explain(&self, error: Error, otherwise: &str) -> Error {
        let error = match self.lack {
            None => error,
            Some(Lack::Permissions) => error.hint(
                "choose a path on another file system, or have this one mounted for you alone (options \
                 uid=, umask=077)",
            ),
            Some(Lack::Exclusion) => error.hint("choose a path on another file system"),
        };
        match &self.left {
            Some(left) => error.hint(format!("remove the unfinished file {} beside it", left.display())),
            None if self.errno == Errno::EXIST => error,
            None => error.hint(otherwise),
        }
    }
}

pub(super) fn replace(folder: &OwnedFd, from: &OsStr, to: &OsStr) -> Result<(), Unfinished> {
    Ok(sys::renameat(folder, from, folder, to)?)
}

/// Writes a file under a temporary name in `folder`, syncs it, then gives it its real name with
/// `rename`. On failure the unfinished file is removed. A signal that ends this process waits until the
/// temporary name is gone, one way or the other.
pub(super) fn write_beside(
    folder: &Folder,
    name: &OsStr,
    bytes: &[u8],
    (mode, tell): (Mode, &dyn Fn(&str)),
    rename: impl FnOnce(&OwnedFd, &OsStr, &OsStr) -> Result<(), Unfinished>,
) -> Result<OwnedFd, Unfinished> {
    let write = || {
        let (unfinished, file) = begin(&folder.fd, name)?;
        let filled = fill(file, bytes, mode, &Place { folder, name, tell });
        filled.and_then(|file| rename(&folder.fd, &unfinished, name).map(|()| file)).map_err(|mut why| {
            why.left = match sys::unlinkat(&folder.fd, &unfinished, AtFlags::empty()) {
                Ok(()) | Err(Errno::NOENT) => None,
                Err(_) => Some(unfinished),
            };
            why
        })
    };
    // What may be lost holds no secret, and is not worth the time.
    if mode == Mode::Fleeting { write() } else { unbroken(write) }
}

/// Creates the file under its temporary name, and locks it for as long as it is open: that tells
/// [`super::sweep::sweep`] that somebody is at work.
fn begin(folder: &OwnedFd, name: &OsStr) -> Result<(OsString, OwnedFd), Errno> {
    let flags = OFlags::WRONLY | OFlags::CREATE | OFlags::EXCL | OFlags::CLOEXEC;
    loop {
        let unfinished = unfinished_name(name, OsRng.next_u64());
        let file = sys::openat(folder, &unfinished, flags, Bits::RUSR | Bits::WUSR)?;
        // Who sweeps may have come between the two calls.
        let is_swept = match sys::flock(&file, FlockOperation::NonBlockingLockExclusive) {
            Err(Errno::WOULDBLOCK) => true,
            _ => sys::fstat(&file)?.st_nlink == 0,
        };
        if !is_swept {
            return Ok((unfinished, file));
        }
    }
}

/// Where a file will be, and who is told what its file system cannot do.
struct Place<'a> {
    folder: &'a Folder,
    name: &'a OsStr,
    tell: &'a dyn Fn(&str),
}

impl Place<'_> {
    fn tell(&self, what: impl FnOnce(Display<'_>) -> String) {
        (self.tell)(&what(self.folder.join(self.name).display()));
    }
}

/// Writes and syncs a file that was created as 0600; it is opened up only when it is whole.
fn fill(file: OwnedFd, bytes: &[u8], mode: Mode, place: &Place<'_>) -> Result<OwnedFd, Unfinished> {
    let mut file = File::from(file);
    let bits = match mode {
        Mode::Fleeting => None,
        Mode::Private | Mode::Sheltered => Some(Bits::RUSR | Bits::WUSR),
        Mode::Public => Some(Bits::RUSR | Bits::WUSR | Bits::RGRP | Bits::ROTH),
        Mode::As(bits) => Some(Bits::from_raw_mode(bits)),
    };
    // A secret is written when it is known that nobody else can read it; what others may read, when it is
    // whole.
    let is_secret = matches!(mode, Mode::Private | Mode::Sheltered);
    if is_secret {
        permit(&file, bits, mode, place)?;
    }
    file.write_all(bytes).map_err(|error| Errno::from_io_error(&error).unwrap_or(Errno::IO))?;
    if mode == Mode::Fleeting {
        return Ok(file.into());
    }
    if !is_secret {
        permit(&file, bits, mode, place)?;
    }
    match sys::fsync(&file) {
        Err(errno) if is_lacking(errno) => place
            .tell(|path| format!("{path} cannot be synced ({}): a power cut now may lose it", text(errno))),
        result => result?,
    }
    Ok(file.into())
}

/// Gives the file its `bits`, and finds out what the file system makes of them.
fn permit(file: &File, bits: Option<Bits>, mode: Mode, place: &Place<'_>) -> Result<(), Unfinished> {
    let Some(bits) = bits else { return Ok(()) };
    let kept = match sys::fchmod(file, bits) {
        Err(errno) if is_lacking(errno) || errno == Errno::PERM => false,
        result => result.map(|()| true)?,
    };
    if !matches!(mode, Mode::Private | Mode::Sheltered) {
        // What everyone may read harms nobody with other bits.
        return Ok(());
    }
    // Some file systems take the call and do nothing.
    let stat = sys::fstat(file)?;
    let is_open = Bits::from_raw_mode(stat.st_mode).intersects(Bits::RWXG | Bits::RWXO);
    if is_open && (mode == Mode::Private || !place.folder.is_closed()) {
        return Err(Lack::Permissions.into());
    }
    if is_open || !kept {
        let but =
            if is_open { "its folder alone keeps others away" } else { "as mounted, it is yours alone" };
        place.tell(|path| format!("the file system of {path} keeps no permissions: {but}"));
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use rustix::io::Errno;

    use super::{Lack, Unfinished};
    use crate::error::Error;

    #[test]
    fn what_is_left_is_told_and_of_a_taken_name_nothing_else() {
        let hints = |unfinished: Unfinished| -> Vec<String> {
            let error = unfinished.explain(Error::failure("no"), "otherwise");
            error.hints().iter().map(ToString::to_string).collect()
        };
        assert_eq!(hints(Errno::NOSPC.into()), ["otherwise"]);
        assert_eq!(hints(Errno::EXIST.into()), [""; 0]);
        assert_eq!(hints(Lack::Exclusion.into()), ["choose a path on another file system", "otherwise"]);
        for errno in [Errno::EXIST, Errno::NOSPC] {
            let left = Unfinished { left: Some(".x.tmp".into()), ..errno.into() };
            assert_eq!(hints(left), ["remove the unfinished file .x.tmp beside it"]);
        }
    }
}
