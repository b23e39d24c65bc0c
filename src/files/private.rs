//! Files that hold secrets.
//!
//! The caller decides what the bytes mean; this module sees to it that nobody else can read them, that
//! they are whole, and that no other file is harmed. A file's folder is opened once and everything is
//! done relative to it, so that a folder swapped for a symlink midway changes nothing.

use std::{
    ffi::OsStr,
    os::fd::OwnedFd,
    path::{Path, PathBuf},
    rc::Rc,
};

use rustix::{
    fs::{self as sys, AtFlags, FileType, OFlags, RenameFlags},
    io::Errno,
};
use zeroize::Zeroizing;

use super::{
    folder::{Folder, file_name, is_lacking, resolve, text},
    patience::{Patience, take_lock},
    read::read_at,
    sweep::sweep,
    write::{Lack, Mode, NOTHING_LEFT, Unfinished, replace, write_beside},
};
use crate::error::{Error, Result};

/// A file that this process created, and nothing else: it can be taken back.
///
/// It is held open, because a system may give the inode number of a removed file to the next one; that of
/// an open file is never reused.
#[derive(Debug)]
pub(crate) struct Created {
    path: PathBuf,
    folder: Rc<Folder>,
    file: OwnedFd,
}

impl Created {
    pub(crate) fn path(&self) -> &Path {
        &self.path
    }

    /// Removes the file, if what is there now is still the one that was created.
    pub(crate) fn undo(self) -> Result<()> {
        self.unlink().and_then(|()| self.folder.sync(&|_| {}).map_err(text)).map_err(|why| {
            Error::failure(format!("cannot remove {}", self.path.display()))
                .cause(why)
                .hint("look at what is there, and remove it if it is yours")
        })
    }

    /// Whether the file is where its path leads now.
    pub(crate) fn is_in_place(&self) -> bool {
        let ours = sys::fstat(&self.file);
        sys::lstat(&self.path).is_ok_and(|there| ours.is_ok_and(|ours| is_same(&there, &ours)))
    }

    fn unlink(&self) -> Result<(), String> {
        let name = self.path.file_name().unwrap_or_default();
        let there = sys::statat(&self.folder.fd, name, AtFlags::SYMLINK_NOFOLLOW).map_err(text)?;
        if !is_same(&there, &sys::fstat(&self.file).map_err(text)?) {
            return Err("another file has taken its place".into());
        }
        sys::unlinkat(&self.folder.fd, name, AtFlags::empty()).map_err(text)
    }
}

fn is_same(one: &sys::Stat, other: &sys::Stat) -> bool {
    (one.st_dev, one.st_ino) == (other.st_dev, other.st_ino)
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
#[cfg(any(feature = "sandbox", test))]
pub(crate) fn create_new(path: &Path, bytes: &[u8], mode: Mode) -> Result<Created> {
    ensure_free(path)?;
    create_in(&Rc::new(Folder::holding(path)?), path, bytes, mode, &|_| {})
}

/// Creates `path`, which is in `folder`, exclusively and durably with `bytes`, whatever the umask. `tell` gets
/// what the file system cannot do.
///
/// Anything that exists there is refused with a usage error: file, folder, pipe, device, symlink (also
/// one that leads nowhere). The file gets its name when it is whole and on disk, so that there is never a
/// part of one. Where a step fails (no space, an I/O error), nothing is left.
pub(crate) fn create_in(
    folder: &Rc<Folder>,
    path: &Path,
    bytes: &[u8],
    mode: Mode,
    tell: &dyn Fn(&str),
) -> Result<Created> {
    let failed = |why: String| Error::failure(format!("cannot write {}", path.display())).cause(why);
    let name = file_name(path)?;
    match sys::statat(&folder.fd, name, AtFlags::SYMLINK_NOFOLLOW) {
        Err(Errno::NOENT) => {}
        Err(errno) => return Err(failed(text(errno))),
        Ok(stat) => return Err(taken(path, FileType::from_raw_mode(stat.st_mode))),
    }
    sweep(&folder.fd, name);
    let written = write_beside(folder, name, bytes, (mode, tell), name_exclusively);
    let file = written.map_err(|unfinished| {
        let error = match unfinished.errno {
            Errno::EXIST => taken(path, FileType::RegularFile),
            _ => failed(unfinished.why()),
        };
        unfinished.explain(error, NOTHING_LEFT)
    })?;
    let created = Created { path: path.to_owned(), folder: Rc::clone(folder), file };
    let Err(errno) = folder.sync(tell) else { return Ok(created) };
    // Nobody has been told of it yet, so it can go again.
    Err(match created.unlink() {
        Ok(()) => failed(text(errno)).hint(NOTHING_LEFT),
        Err(why) => failed(text(errno)).hint(format!("it is written, but a crash may lose it: {why}")),
    })
}

/// Renames, unless `to` exists; by a link where the system or file system has no such call.
pub(super) fn name_exclusively(folder: &OwnedFd, from: &OsStr, to: &OsStr) -> Result<(), Unfinished> {
    match sys::renameat_with(folder, from, folder, to, RenameFlags::NOREPLACE) {
        Err(errno) if is_lacking(errno) => {}
        result => return Ok(result?),
    }
    match sys::linkat(folder, from, folder, to, AtFlags::empty()) {
        Err(errno) if is_lacking(errno) || errno == Errno::PERM => return Err(Lack::Exclusion.into()),
        result => result?,
    }
    // No failure is reported while the file is there under its real name.
    let removed = sys::unlinkat(folder, from, AtFlags::empty());
    if removed.is_err() {
        let _ = sys::unlinkat(folder, to, AtFlags::empty());
    }
    Ok(removed?)
}

/// Fails where [`update`] could not write `path` now. What is there stays as it is, and nothing is left.
pub(crate) fn ensure_writable(path: &Path, patience: &Patience<'_>) -> Result<()> {
    let failed = |why: String| Error::failure(format!("cannot change {}", path.display())).cause(why);
    let target = resolve(path).map_err(|errno| failed(text(errno)))?;
    let name = file_name(&target)?;
    let folder = Folder::of(&target).map_err(|errno| failed(format!("its folder: {}", text(errno))))?;
    let _lock = take_lock(&folder, name, patience)?;
    // A block is written: a full disk takes an empty file.
    let trial = [0; 4096];
    let never = |_: &OwnedFd, _: &OsStr, _: &OsStr| Err(Unfinished::from(Errno::CANCELED));
    match write_beside(&folder, name, &trial, (Mode::Sheltered, &|_| {}), never) {
        Err(unfinished) if unfinished.errno == Errno::CANCELED => Ok(()),
        Err(unfinished) => Err(unfinished.explain(failed(unfinished.why()), "nothing was changed")),
        Ok(_) => Ok(()),
    }
}

/// Replaces the content of `path` atomically: `change` gets the present content (`None`:
/// there is no file) and gives the new one (`None`: leave it as it is).
///
/// Writers wait for each other on a lock file beside it, so that none overwrites another; what one that
/// was killed has left is removed.
/// The new file is 0600. Of a symlink, the target is replaced, or made if it is missing.
/// At any moment, and after any failure, the file is wholly old or wholly new.
pub(crate) fn update(
    path: &Path,
    limit: usize,
    patience: &Patience<'_>,
    change: impl FnOnce(Option<&[u8]>) -> Result<Option<Zeroizing<Vec<u8>>>>,
) -> Result<()> {
    let target = resolve(path)
        .map_err(|e| Error::failure(format!("cannot change {}", path.display())).cause(text(e)))?;
    let failed = |why: String| Error::failure(format!("cannot change {}", target.display())).cause(why);
    let name = file_name(&target)?;
    let folder = Folder::of(&target).map_err(|e| failed(format!("its folder: {}", text(e))))?;
    let _lock = take_lock(&folder, name, patience)?;
    sweep(&folder.fd, name);
    // From the folder that is written to, and nowhere else; what became a symlink is refused.
    let present = read_at(&folder.fd, Path::new(name), OFlags::NOFOLLOW, limit)
        .map_err(|why| Error::failure(format!("cannot read {}", target.display())).because(why))?;
    let Some(bytes) = change(present.as_ref().map(|bytes| bytes.as_slice()))? else { return Ok(()) };
    write_beside(&folder, name, &bytes, (Mode::Sheltered, &patience.tell), replace)
        .and_then(|_| Ok(folder.sync(&patience.tell)?))
        .map_err(|unfinished| {
            unfinished.explain(failed(unfinished.why()), "the file is whole: as it was before, or changed")
        })
}
