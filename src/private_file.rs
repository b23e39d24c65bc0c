//! Files that hold secrets: the only writer of them.
//!
//! Whoever calls decides what the bytes mean; this module decides that nobody else can
//! read them, that they are whole, and that no other file is harmed. A file's folder is
//! opened once and everything is done relative to it: a folder that is swapped for a
//! symlink midway changes nothing.

use std::{
    ffi::{OsStr, OsString},
    fs::File,
    io::{self, Read, Write},
    os::fd::OwnedFd,
    path::{Path, PathBuf},
};

use rand_core::{OsRng, RngCore};
use rustix::{
    fs::{self as sys, AtFlags, CWD, FileType, Mode as Bits, OFlags, RenameFlags, Stat},
    io::Errno,
    process::geteuid,
};
use zeroize::Zeroizing;

use crate::error::{Error, Result};

/// Who may read a file that is created.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mode {
    /// 0600: the owner alone.
    Private,
    /// 0644: everyone may read (a public key).
    Public,
}

/// A file that this process created, and nothing else: it can be taken back.
#[derive(Debug)]
pub struct Created {
    path: PathBuf,
    folder: OwnedFd,
    device: u64,
    inode: u64,
}

impl Created {
    /// Where it is.
    #[must_use]
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// Removes the file, if what is there now is still the one that was created.
    ///
    /// # Errors
    /// Failure, if it cannot be removed or another file has taken its place.
    pub fn undo(self) -> Result<()> {
        let failed =
            |why: String| Error::failure(format!("cannot remove {}", self.path.display())).cause(why);
        let name = file_name(&self.path)?;
        let stat = sys::statat(&self.folder, name, AtFlags::SYMLINK_NOFOLLOW).map_err(|e| failed(text(e)))?;
        if identity(&stat) != (self.device, self.inode) {
            return Err(failed("another file has taken its place".into()));
        }
        sys::unlinkat(&self.folder, name, AtFlags::empty()).map_err(|e| failed(text(e)))?;
        sys::fsync(&self.folder).map_err(|e| failed(text(e)))
    }
}

#[expect(clippy::unnecessary_cast, reason = "the types differ between systems")]
fn identity(stat: &Stat) -> (u64, u64) {
    (stat.st_dev as u64, stat.st_ino as u64)
}

fn text(errno: Errno) -> String {
    io::Error::from(errno).to_string()
}

fn file_name(path: &Path) -> Result<&OsStr> {
    path.file_name().ok_or_else(|| Error::usage(format!("{} names no file", path.display())))
}

fn folder_of(path: &Path) -> &Path {
    match path.parent() {
        Some(parent) if !parent.as_os_str().is_empty() => parent,
        _ => Path::new("."),
    }
}

fn open_folder(path: &Path) -> Result<OwnedFd, Errno> {
    sys::openat(CWD, folder_of(path), OFlags::RDONLY | OFlags::DIRECTORY | OFlags::CLOEXEC, Bits::empty())
}

/// Fails unless `path` is free for [`create_new`]; looks only.
///
/// # Errors
/// Usage, saying what is there. A symlink counts, wherever it leads.
pub fn ensure_free(path: &Path) -> Result<()> {
    file_name(path)?;
    match sys::lstat(path) {
        Err(Errno::NOENT) => Ok(()),
        Err(errno) => Err(Error::failure(format!("cannot use {}", path.display())).cause(text(errno))),
        Ok(stat) => Err(taken(path, FileType::from_raw_mode(stat.st_mode))),
    }
}

fn taken(path: &Path, kind: FileType) -> Error {
    let what = match kind {
        FileType::RegularFile => "a file",
        FileType::Directory => "a folder",
        FileType::Symlink => "a symbolic link",
        FileType::Fifo => "a pipe",
        FileType::Socket => "a socket",
        _ => "a device",
    };
    Error::usage(format!("{} exists already", path.display()))
        .cause(format!("{what} is there, and nothing is ever overwritten"))
        .hint("choose another path, or move what is there away")
}

/// Creates `path` exclusively and durably with `bytes`, whatever the umask.
///
/// Refuses anything that exists there: file, folder, pipe, device, symlink (also one that
/// leads nowhere). The file gets its name when it is whole and on disk: there is never a
/// part of one. Where a step fails (no space, an I/O error), nothing is left.
///
/// # Errors
/// Usage, if something is there; failure, if the file cannot be written and synced.
pub fn create_new(path: &Path, bytes: &[u8], mode: Mode) -> Result<Created> {
    let failed = |why: String| Error::failure(format!("cannot write {}", path.display())).cause(why);
    ensure_free(path)?;
    let name = file_name(path)?;
    let folder = open_folder(path).map_err(|e| failed(format!("its folder: {}", text(e))))?;
    let stat = write_beside(&folder, name, bytes, mode, name_exclusively).map_err(|errno| match errno {
        Errno::EXIST => taken(path, FileType::RegularFile),
        errno => failed(text(errno)),
    })?;
    if let Err(errno) = sys::fsync(&folder) {
        // It bears its name a moment only, and nobody was told of it.
        let _ = sys::unlinkat(&folder, name, AtFlags::empty());
        return Err(failed(text(errno)));
    }
    let (device, inode) = identity(&stat);
    Ok(Created { path: path.to_owned(), folder, device, inode })
}

/// Writes a file under a name of its own in `folder`, syncs it, then gives it its real
/// name with `rename`. On failure the unfinished file is removed.
fn write_beside(
    folder: &OwnedFd,
    name: &OsStr,
    bytes: &[u8],
    mode: Mode,
    rename: impl FnOnce(&OwnedFd, &OsStr, &OsStr) -> Result<(), Errno>,
) -> Result<Stat, Errno> {
    let mut unfinished = OsString::from(".");
    unfinished.push(name);
    unfinished.push(format!(".{:016x}.tmp", OsRng.next_u64()));
    let flags = OFlags::WRONLY | OFlags::CREATE | OFlags::EXCL | OFlags::NOFOLLOW | OFlags::CLOEXEC;
    let file = sys::openat(folder, &unfinished, flags, Bits::RUSR | Bits::WUSR)?;
    let written = sys::fstat(&file)
        .and_then(|stat| fill(file, bytes, mode).map(|()| stat))
        .and_then(|stat| rename(folder, &unfinished, name).map(|()| stat));
    if written.is_err() {
        // The failure itself is told; what may be left here is unreadable to others.
        let _ = sys::unlinkat(folder, &unfinished, AtFlags::empty());
    }
    written
}

/// Renames, unless `to` exists; by a link where the system or file system has no such call.
fn name_exclusively(folder: &OwnedFd, from: &OsStr, to: &OsStr) -> Result<(), Errno> {
    match sys::renameat_with(folder, from, folder, to, RenameFlags::NOREPLACE) {
        Err(Errno::NOSYS | Errno::INVAL | Errno::NOTSUP) => {
            sys::linkat(folder, from, folder, to, AtFlags::empty())?;
            sys::unlinkat(folder, from, AtFlags::empty())
        }
        result => result,
    }
}

/// Writes and syncs a file that was created as 0600; it is opened up only when it is whole.
fn fill(file: OwnedFd, bytes: &[u8], mode: Mode) -> Result<(), Errno> {
    let mut file = File::from(file);
    let plain = |error: io::Error| Errno::from_io_error(&error).unwrap_or(Errno::IO);
    file.write_all(bytes).map_err(plain)?;
    let bits = match mode {
        Mode::Private => Bits::RUSR | Bits::WUSR,
        Mode::Public => Bits::RUSR | Bits::WUSR | Bits::RGRP | Bits::ROTH,
    };
    sys::fchmod(&file, bits)?;
    sys::fsync(&file)
}

/// Creates the missing folders above `path`, for the owner alone (0700). Those that exist stay as they are.
///
/// # Errors
/// Failure, if one cannot be created.
pub fn create_parents(path: &Path) -> Result<()> {
    use std::os::unix::fs::DirBuilderExt;

    let folder = folder_of(path);
    std::fs::DirBuilder::new().recursive(true).mode(0o700).create(folder).map_err(|error| {
        Error::failure(format!("cannot create the folder {}", folder.display())).cause(error)
    })
}

/// Reads a file of at most `limit` bytes; `Ok(None)` if there is none.
///
/// # Errors
/// Failure, if it is no regular file (nothing hangs on a pipe), larger, or unreadable.
pub fn read(path: &Path, limit: u64) -> Result<Option<Zeroizing<Vec<u8>>>> {
    let failed = |why: String| Error::failure(format!("cannot read {}", path.display())).cause(why);
    let flags = OFlags::RDONLY | OFlags::NONBLOCK | OFlags::CLOEXEC;
    let file = match sys::openat(CWD, path, flags, Bits::empty()) {
        Ok(file) => File::from(file),
        Err(Errno::NOENT | Errno::NOTDIR) => return Ok(None),
        Err(errno) => return Err(failed(text(errno))),
    };
    let metadata = file.metadata().map_err(|error| failed(error.to_string()))?;
    if !metadata.is_file() {
        return Err(failed("it is not a regular file".into()));
    }
    if metadata.len() > limit {
        return Err(failed(format!("it is larger than {limit} bytes")));
    }
    // Large enough for all that may be read: the buffer never moves and leaves no copy.
    let capacity = usize::try_from(metadata.len().min(limit)).unwrap_or_default() + 1;
    let mut bytes = Zeroizing::new(Vec::with_capacity(capacity));
    let size =
        file.take(capacity as u64).read_to_end(&mut bytes).map_err(|error| failed(error.to_string()))?;
    if size == capacity {
        return Err(failed("it grew while it was read".into()).hint("try again"));
    }
    Ok(Some(bytes))
}

/// Why others than the owner can get at the file `path`, if they can.
///
/// # Errors
/// Failure, if that cannot be found out. A missing file is nobody's.
pub fn exposure(path: &Path) -> Result<Option<String>> {
    let stat = match sys::stat(path) {
        Ok(stat) => stat,
        Err(Errno::NOENT | Errno::NOTDIR) => return Ok(None),
        Err(errno) => {
            return Err(Error::failure(format!("cannot look at {}", path.display())).cause(text(errno)));
        }
    };
    let mode = Bits::from_raw_mode(stat.st_mode);
    let shown = path.display();
    Ok(if stat.st_uid != geteuid().as_raw() {
        Some(format!("{shown} belongs to another user"))
    } else if mode.intersects(Bits::RWXG | Bits::RWXO) {
        Some(format!(
            "{shown} can be read or changed by other users (mode {:o}); run: chmod 600 {shown}",
            mode.bits()
        ))
    } else {
        None
    })
}

/// Replaces the content of `path` atomically: `change` gets the present content (`None`:
/// there is no file) and gives the new one (`None`: leave it as it is).
///
/// Writers wait for each other on a lock file beside it, so that none overwrites another.
/// The new file is 0600. Of a symlink, the target is replaced. At any moment, and after
/// any failure, the file is wholly old or wholly new.
///
/// # Errors
/// What `change` says; failure, if the file cannot be read, locked or written.
pub fn update(
    path: &Path,
    limit: u64,
    change: impl FnOnce(Option<&[u8]>) -> Result<Option<Zeroizing<Vec<u8>>>>,
) -> Result<()> {
    // A symlink that leads nowhere is replaced in its own place.
    let target = std::fs::canonicalize(path).unwrap_or_else(|_| path.to_owned());
    let failed = |why: String| Error::failure(format!("cannot change {}", target.display())).cause(why);
    let name = file_name(&target)?;
    let folder = open_folder(&target).map_err(|e| failed(format!("its folder: {}", text(e))))?;
    let lock = open_lock(&folder, name).map_err(|e| failed(text(e)))?;
    lock.lock().map_err(|error| failed(error.to_string()))?;
    let present = read(&target, limit)?;
    let Some(bytes) = change(present.as_ref().map(|bytes| bytes.as_slice()))? else { return Ok(()) };
    replace(&folder, name, &bytes)
        .map_err(|e| failed(text(e)).hint("the file is whole: as it was before, or changed"))
}

/// The lock is a file of its own: the data file is another one after each change.
fn open_lock(folder: &OwnedFd, name: &OsStr) -> Result<File, Errno> {
    let mut lock = OsString::from(".");
    lock.push(name);
    lock.push(".lock");
    let flags = OFlags::RDWR | OFlags::CREATE | OFlags::NOFOLLOW | OFlags::CLOEXEC | OFlags::NONBLOCK;
    sys::openat(folder, lock, flags, Bits::RUSR | Bits::WUSR).map(File::from)
}

fn replace(folder: &OwnedFd, name: &OsStr, bytes: &[u8]) -> Result<(), Errno> {
    let rename = |folder: &OwnedFd, from: &OsStr, to: &OsStr| sys::renameat(folder, from, folder, to);
    write_beside(folder, name, bytes, Mode::Private, rename)?;
    sys::fsync(folder)
}

#[cfg(test)]
mod tests;
