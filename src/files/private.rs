//! Files that hold secrets.
//!
//! The caller decides what the bytes mean; this module sees to it that nobody else can read them, that
//! they are whole, and that no other file is harmed. A file's folder is opened once and everything is
//! done relative to it, so that a folder swapped for a symlink midway changes nothing.

use std::{
    ffi::{OsStr, OsString},
    fs::File,
    os::fd::OwnedFd,
    path::{Path, PathBuf},
};

use rustix::{
    fs::{self as sys, AtFlags, FileType, Mode as Bits, OFlags, RenameFlags},
    io::Errno,
};
use zeroize::Zeroizing;

use super::{
    folder::{file_name, open_folder, resolve, text},
    read::read_at,
    write::{Mode, NOTHING_LEFT, replace, write_beside},
};
use crate::error::{Error, Result};

/// A file that this process created, and nothing else: it can be taken back.
///
/// It is held open, because a system may give the inode number of a removed file to the next one; that of
/// an open file is never reused.
#[derive(Debug)]
pub(crate) struct Created {
    path: PathBuf,
    folder: OwnedFd,
    file: OwnedFd,
}

impl Created {
    pub(crate) fn path(&self) -> &Path {
        &self.path
    }

    /// Removes the file, if what is there now is still the one that was created.
    pub(crate) fn undo(self) -> Result<()> {
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

/// Refuses a `path` that [`create_new`] would refuse, and creates nothing. A symlink counts, wherever it
/// leads.
pub(crate) fn ensure_free(path: &Path) -> Result<()> {
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
/// Anything that exists there is refused with a usage error: file, folder, pipe, device, symlink (also
/// one that leads nowhere). The file gets its name when it is whole and on disk, so that there is never a
/// part of one. Where a step fails (no space, an I/O error), nothing is left.
pub(crate) fn create_new(path: &Path, bytes: &[u8], mode: Mode) -> Result<Created> {
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
    // Nobody has been told of it yet, so it can go again.
    Err(match created.unlink() {
        Ok(()) => failed(text(errno)).hint(NOTHING_LEFT),
        Err(why) => failed(text(errno)).hint(format!("it is written, but a crash may lose it: {why}")),
    })
}

/// Renames, unless `to` exists; by a link where the system or file system has no such call.
pub(super) fn name_exclusively(folder: &OwnedFd, from: &OsStr, to: &OsStr) -> Result<(), Errno> {
    match sys::renameat_with(folder, from, folder, to, RenameFlags::NOREPLACE) {
        Err(Errno::NOSYS | Errno::INVAL | Errno::NOTSUP) => {
            sys::linkat(folder, from, folder, to, AtFlags::empty())?;
            // No failure is reported while the file is there under its real name.
            let removed = sys::unlinkat(folder, from, AtFlags::empty());
            if removed.is_err() {
                let _ = sys::unlinkat(folder, to, AtFlags::empty());
            }
            removed
        }
        result => result,
    }
}

/// Replaces the content of `path` atomically: `change` gets the present content (`None`:
/// there is no file) and gives the new one (`None`: leave it as it is).
///
/// Writers wait for each other on a lock file beside it, so that none overwrites another.
/// The new file is 0600. Of a symlink, the target is replaced, or made if it is missing.
/// At any moment, and after any failure, the file is wholly old or wholly new.
pub(crate) fn update(
    path: &Path,
    limit: usize,
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
        .map_err(|why| Error::failure(format!("cannot read {}", target.display())).because(why))?;
    let Some(bytes) = change(present.as_ref().map(|bytes| bytes.as_slice()))? else { return Ok(()) };
    write_beside(&folder, name, &bytes, Mode::Private, replace)
        .and_then(|_| Ok(sys::fsync(&folder)?))
        .map_err(|unfinished| {
            let error =
                failed(text(unfinished.errno)).hint("the file is whole: as it was before, or changed");
            if unfinished.left.is_some() { unfinished.explain(error) } else { error }
        })
}

/// Opens the lock, which is a file of its own: each change replaces the data file.
fn open_lock(folder: &OwnedFd, name: &OsStr) -> Result<File, Errno> {
    let mut lock = OsString::from(".");
    lock.push(name);
    lock.push(".lock");
    let flags = OFlags::RDWR | OFlags::CREATE | OFlags::NOFOLLOW | OFlags::CLOEXEC | OFlags::NONBLOCK;
    sys::openat(folder, lock, flags, Bits::RUSR | Bits::WUSR).map(File::from)
}
