//! Files that hold secrets: the only writer of them.
//!
//! Whoever calls decides what the bytes mean; this module decides that nobody else can
//! read them, that they are whole, and that no other file is harmed. A file's folder is
//! opened once and everything is done relative to it: a folder that is swapped for a
//! symlink midway changes nothing.

mod plain;

use std::{
    ffi::{OsStr, OsString},
    fs::File,
    io::{self, Read, Write},
    os::{
        fd::{AsFd, OwnedFd},
        unix::ffi::OsStrExt,
    },
    path::{Path, PathBuf},
};

use rand_core::{OsRng, RngCore};
use rustix::{
    fs::{self as sys, AtFlags, CWD, FileType, Mode as Bits, OFlags, RenameFlags},
    io::Errno,
    process::geteuid,
};
use zeroize::Zeroizing;

pub use plain::{put_own, read_own, rewrite};

use crate::error::{Error, Result};

/// Who may read a file that is created.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mode {
    /// 0600: the owner alone.
    Private,
    /// 0644: everyone may read (a public key).
    Public,
    /// The bits of the file that is replaced.
    As(rustix::fs::RawMode),
    /// 0600, and not synced: it may be lost.
    Fleeting,
}

/// A file that this process created, and nothing else: it can be taken back.
///
/// It is held open: a system may give the inode of a file that is gone to the next one,
/// and only of an open file is it certain that no other bears its number.
#[derive(Debug)]
pub struct Created {
    path: PathBuf,
    folder: OwnedFd,
    file: OwnedFd,
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
        self.unlink().and_then(|()| sys::fsync(&self.folder).map_err(text)).map_err(|why| {
            Error::failure(format!("cannot remove {}", self.path.display()))
                .cause(why)
                .hint("look at what is there, and remove it if it is yours")
        })
    }

    fn unlink(&self) -> Result<(), String> {
        let name = self.path.file_name().unwrap_or_default();
        let there = sys::statat(&self.folder, name, AtFlags::SYMLINK_NOFOLLOW).map_err(text)?;
        let ours = sys::fstat(&self.file).map_err(text)?;
        if (there.st_dev, there.st_ino) != (ours.st_dev, ours.st_ino) {
            return Err("another file has taken its place".into());
        }
        sys::unlinkat(&self.folder, name, AtFlags::empty()).map_err(text)
    }
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
    let file = write_beside(&folder, name, bytes, mode, name_exclusively).map_err(|unfinished| {
        unfinished.explain(match unfinished.errno {
            Errno::EXIST => taken(path, FileType::RegularFile),
            errno => failed(text(errno)),
        })
    })?;
    let created = Created { path: path.to_owned(), folder, file };
    let Err(errno) = sys::fsync(&created.folder) else { return Ok(created) };
    // It bears its name a moment only, and nobody was told of it.
    Err(match created.unlink() {
        Ok(()) => failed(text(errno)).hint(NOTHING_LEFT),
        Err(why) => failed(text(errno)).hint(format!("it is there, but may not last: {why}")),
    })
}

/// What is said of a new file that could not be finished.
const NOTHING_LEFT: &str = "nothing is left of it; see to the cause or choose another path, then try again";

/// Why a file could not be written, and the name of what is left of it, if that stays.
struct Unfinished {
    errno: Errno,
    left: Option<OsString>,
}

impl From<Errno> for Unfinished {
    fn from(errno: Errno) -> Self {
        Self { errno, left: None }
    }
}

impl Unfinished {
    fn explain(&self, error: Error) -> Error {
        match &self.left {
            Some(left) => error.hint(format!("remove the unfinished file {} beside it", left.display())),
            None if self.errno == Errno::EXIST => error,
            None => error.hint(NOTHING_LEFT),
        }
    }
}

/// Writes a file under a name of its own in `folder`, syncs it, then gives it its real
/// name with `rename`. On failure the unfinished file is removed.
fn write_beside(
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

/// Renames, unless `to` exists; by a link where the system or file system has no such call.
fn name_exclusively(folder: &OwnedFd, from: &OsStr, to: &OsStr) -> Result<(), Errno> {
    match sys::renameat_with(folder, from, folder, to, RenameFlags::NOREPLACE) {
        Err(Errno::NOSYS | Errno::INVAL | Errno::NOTSUP) => {
            sys::linkat(folder, from, folder, to, AtFlags::empty())?;
            // A failure is never told of a file that is there under its real name.
            let removed = sys::unlinkat(folder, from, AtFlags::empty());
            if removed.is_err() {
                let _ = sys::unlinkat(folder, to, AtFlags::empty());
            }
            removed
        }
        result => result,
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

/// Creates the missing folders above `path`, for the owner alone (0700), durably: a file
/// that is synced into them is not lost with them. Those that exist stay as they are.
///
/// # Errors
/// Failure, if one cannot be created.
pub fn create_parents(path: &Path) -> Result<()> {
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

/// Reads a file of at most `limit` bytes; `Ok(None)` if there is none.
///
/// # Errors
/// Failure, if it is no regular file (nothing hangs on a pipe), larger, or unreadable.
pub fn read(path: &Path, limit: u64) -> Result<Option<Zeroizing<Vec<u8>>>> {
    read_at(CWD, path, OFlags::empty(), limit)
        .map_err(|why| Error::failure(format!("cannot read {}", path.display())).cause(why))
}

fn read_at(
    folder: impl AsFd,
    path: &Path,
    how: OFlags,
    limit: u64,
) -> Result<Option<Zeroizing<Vec<u8>>>, String> {
    let flags = OFlags::RDONLY | OFlags::NONBLOCK | OFlags::NOCTTY | OFlags::CLOEXEC | how;
    let mut file = match sys::openat(folder, path, flags, Bits::empty()) {
        Ok(file) => File::from(file),
        Err(Errno::NOENT | Errno::NOTDIR) => return Ok(None),
        Err(errno) => return Err(text(errno)),
    };
    let metadata = file.metadata().map_err(|error| error.to_string())?;
    if !metadata.is_file() {
        return Err("it is not a regular file".into());
    }
    if metadata.len() > limit {
        return Err(format!("it is larger than {limit} bytes"));
    }
    // Room for one byte more than there is: the buffer never moves, and growth shows. The
    // bytes go straight into it, for `read_to_end` would leave some on the stack.
    let mut bytes = Zeroizing::new(vec![0; usize::try_from(metadata.len()).unwrap_or_default() + 1]);
    let mut size = 0;
    while size < bytes.len() {
        match file.read(&mut bytes[size..]) {
            Ok(0) => {
                bytes.truncate(size);
                return Ok(Some(bytes));
            }
            Ok(count) => size += count,
            Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
            Err(error) => return Err(error.to_string()),
        }
    }
    Err("it grew while it was read; try again".into())
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
/// The new file is 0600. Of a symlink, the target is replaced, or made if it is missing.
/// At any moment, and after any failure, the file is wholly old or wholly new.
///
/// # Errors
/// What `change` says; failure, if the file cannot be read, locked or written.
pub fn update(
    path: &Path,
    limit: u64,
    change: impl FnOnce(Option<&[u8]>) -> Result<Option<Zeroizing<Vec<u8>>>>,
) -> Result<()> {
    let target = resolve(path)
        .map_err(|e| Error::failure(format!("cannot change {}", path.display())).cause(text(e)))?;
    let failed = |why: String| Error::failure(format!("cannot change {}", target.display())).cause(why);
    let name = file_name(&target)?;
    let folder = open_folder(&target).map_err(|e| failed(format!("its folder: {}", text(e))))?;
    let lock = open_lock(&folder, name).map_err(|e| failed(text(e)))?;
    lock.lock().map_err(|error| failed(error.to_string()))?;
    // From the folder that is written to, and nowhere else; what became a symlink is refused.
    let present = read_at(&folder, Path::new(name), OFlags::NOFOLLOW, limit)
        .map_err(|why| Error::failure(format!("cannot read {}", target.display())).cause(why))?;
    let Some(bytes) = change(present.as_ref().map(|bytes| bytes.as_slice()))? else { return Ok(()) };
    let rename = |folder: &OwnedFd, from: &OsStr, to: &OsStr| sys::renameat(folder, from, folder, to);
    write_beside(&folder, name, &bytes, Mode::Private, rename).and_then(|_| Ok(sys::fsync(&folder)?)).map_err(
        |unfinished| {
            let error =
                failed(text(unfinished.errno)).hint("the file is whole: as it was before, or changed");
            if unfinished.left.is_some() { unfinished.explain(error) } else { error }
        },
    )
}

/// Where `path` leads in the end: to a file, or to where one would be.
fn resolve(path: &Path) -> Result<PathBuf, Errno> {
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

/// The lock is a file of its own: the data file is another one after each change.
fn open_lock(folder: &OwnedFd, name: &OsStr) -> Result<File, Errno> {
    let mut lock = OsString::from(".");
    lock.push(name);
    lock.push(".lock");
    let flags = OFlags::RDWR | OFlags::CREATE | OFlags::NOFOLLOW | OFlags::CLOEXEC | OFlags::NONBLOCK;
    sys::openat(folder, lock, flags, Bits::RUSR | Bits::WUSR).map(File::from)
}

#[cfg(test)]
mod tests;
