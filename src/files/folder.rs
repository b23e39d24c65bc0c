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
    process::geteuid,
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

pub(super) fn folder_of(path: &Path) -> &Path {
    match path.parent() {
        Some(parent) if !parent.as_os_str().is_empty() => parent,
        _ => Path::new("."),
    }
}

fn open_folder(path: &Path) -> Result<OwnedFd, Errno> {
    sys::openat(CWD, folder_of(path), OFlags::RDONLY | OFlags::DIRECTORY | OFlags::CLOEXEC, Bits::empty())
}

/// A folder that was opened once. What is done relative to it stays in it, whatever becomes of its path.
#[derive(Debug)]
pub(crate) struct Folder {
    pub(super) fd: OwnedFd,
    path: PathBuf,
}

impl Folder {
    /// The folder that holds `path`, which need not be there.
    pub(super) fn of(path: &Path) -> Result<Self, Errno> {
        Ok(Self { fd: open_folder(path)?, path: folder_of(path).to_owned() })
    }

    /// As [`Self::of`].
    ///
    /// # Errors
    /// Failure, naming `path`: the folder cannot be opened.
    pub(crate) fn holding(path: &Path) -> Result<Self> {
        Self::of(path).map_err(|errno| {
            Error::failure(format!("cannot write {}", path.display()))
                .cause(format!("its folder: {}", text(errno)))
        })
    }

    pub(super) fn join(&self, name: &OsStr) -> PathBuf {
        if self.path == Path::new(".") { name.into() } else { self.path.join(name) }
    }

    /// Puts the names in it on the disk. A file system that has no such call is told of: a power cut may
    /// then lose the newest name, and nothing else.
    pub(super) fn sync(&self, tell: &dyn Fn(&str)) -> Result<(), Errno> {
        match sys::fsync(&self.fd) {
            Err(errno) if is_lacking(errno) || errno == Errno::PERM || errno == Errno::ACCESS => {
                tell(&format!(
                    "the file system of {} cannot sync a folder ({}): a power cut now may lose what was just \
                     written",
                    self.path.display(),
                    text(errno)
                ));
                Ok(())
            }
            result => result,
        }
    }

    /// Whether nobody but its owner, who is this user, can reach what is in it.
    pub(super) fn is_closed(&self) -> bool {
        sys::fstat(&self.fd).is_ok_and(|stat| {
            stat.st_uid == geteuid().as_raw()
                && !Bits::from_raw_mode(stat.st_mode).intersects(Bits::RWXG | Bits::RWXO)
        })
    }
}

/// Whether `errno` says that the file system or the system has no such call.
pub(super) fn is_lacking(errno: Errno) -> bool {
    // Not a pattern: some systems have one number for the last two.
    [Errno::INVAL, Errno::NOSYS, Errno::NOTSUP, Errno::OPNOTSUPP].contains(&errno)
}

/// The most symlinks in a row that Linux follows.
pub(super) const LINKS: usize = 40;

/// Follows the symlinks at `path` to a file, or to where one would be.
pub(super) fn resolve(path: &Path) -> Result<PathBuf, Errno> {
    let mut target = path.to_owned();
    for _ in 0..LINKS {
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
        // Where folders cannot be synced, this is told when the file is written.
        Ok(()) => match sys::fsync(&above) {
            Err(errno) if is_lacking(errno) || errno == Errno::PERM || errno == Errno::ACCESS => Ok(()),
            result => result,
        },
    }
}
