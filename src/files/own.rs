//! Files of the program's own that hold no secret: notes, and what is cached.

use std::{
    ffi::{OsStr, OsString},
    fs::File,
    io::Read,
    os::fd::AsFd,
    path::Path,
};

use rustix::{
    fs::{self as sys, AtFlags, CWD, FileType, Mode as Bits, OFlags},
    io::Errno,
    process::geteuid,
};

use super::{
    folder::{Folder, file_name, text},
    patience::{Patience, take_lock},
    private::name_exclusively,
    sweep::sweep,
    write::{Mode, Unfinished, replace, write_beside},
};
use crate::error::{Error, Result};

/// Reads a file of at most `limit` bytes that only this user can have written; `None` for any other
/// (a symlink, one of another user or open to others).
pub(crate) fn read_own(path: &Path, limit: u64) -> Option<Vec<u8>> {
    read_own_at(CWD, path, limit)
}

fn read_own_at(folder: impl AsFd, path: &Path, limit: u64) -> Option<Vec<u8>> {
    let flags = OFlags::RDONLY | OFlags::NONBLOCK | OFlags::NOFOLLOW | OFlags::NOCTTY | OFlags::CLOEXEC;
    let file = sys::openat(folder, path, flags, Bits::empty()).ok()?;
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
    let folder = Folder::of(path).map_err(failed)?;
    let written = write_beside(&folder, file_name(path)?, bytes, (Mode::Fleeting, &|_| {}), replace);
    written.map(|_| ()).map_err(|unfinished| failed(unfinished.errno))
}

/// Changes a file for this user alone, one writer after the other: `change` gets what `read` makes of it, and
/// gives the new content (`None`: leave it as it is).
///
/// What `read` makes nothing of, or [`read_own`] does not take, is put aside under another name before the file
/// is made anew, and that is told.
pub(crate) fn update_own<T: Default>(
    path: &Path,
    limit: u64,
    patience: &Patience<'_>,
    read: impl FnOnce(&[u8]) -> Option<T>,
    change: impl FnOnce(T) -> Option<Vec<u8>>,
) -> Result<()> {
    let failed = |why: String| Error::failure(format!("cannot change {}", path.display())).cause(why);
    let name = file_name(path)?;
    let folder = Folder::of(path).map_err(|errno| failed(format!("its folder: {}", text(errno))))?;
    let _lock = take_lock(&folder, name, patience)?;
    sweep(&folder.fd, name);
    let present = match sys::statat(&folder.fd, name, AtFlags::SYMLINK_NOFOLLOW) {
        Err(Errno::NOENT) => Some(T::default()),
        Err(errno) => return Err(failed(text(errno))),
        Ok(_) => read_own_at(&folder.fd, Path::new(name), limit).and_then(|bytes| read(&bytes)),
    };
    let is_broken = present.is_none();
    let Some(bytes) = change(present.unwrap_or_default()) else { return Ok(()) };
    if is_broken {
        let aside = put_aside(&folder, name).map_err(|unfinished| failed(unfinished.why()))?;
        let (path, aside) = (path.display(), folder.join(&aside));
        (patience.tell)(&format!("{path} could not be used: it is kept as {}", aside.display()));
    }
    write_beside(&folder, name, &bytes, (Mode::Sheltered, &patience.tell), replace)
        .and_then(|_| Ok(folder.sync(&patience.tell)?))
        .map_err(|unfinished| failed(unfinished.why()))
}

/// Gives the file another name that nothing has.
fn put_aside(folder: &Folder, name: &OsStr) -> Result<OsString, Unfinished> {
    for number in 1..1_000 {
        let mut aside = OsString::from(name);
        aside.push(".broken");
        if number > 1 {
            aside.push(format!("-{number}"));
        }
        match name_exclusively(&folder.fd, name, &aside) {
            Err(unfinished) if unfinished.errno == Errno::EXIST => {}
            result => return result.map(|()| aside),
        }
    }
    Err(Errno::EXIST.into())
}

#[cfg(test)]
mod tests {
    use rustix::io::Errno;

    use super::{Folder, put_aside};

    #[test]
    fn what_is_put_aside_takes_a_free_name_or_fails_with_the_reason() {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("note");
        let folder = Folder::of(&path).unwrap();
        for (text, aside) in [("1", "note.broken"), ("2", "note.broken-2"), ("3", "note.broken-3")] {
            std::fs::write(&path, text).unwrap();
            assert_eq!(put_aside(&folder, "note".as_ref()).unwrap(), aside);
        }
        assert_eq!(std::fs::read_to_string(dir.path().join("note.broken-2")).unwrap(), "2");
        assert_eq!(put_aside(&folder, "note".as_ref()).unwrap_err().errno, Errno::NOENT);
    }
}
