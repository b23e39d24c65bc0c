//! Files of the user that hold no secret: profiles, scripts and what is cached.

use std::{ffi::OsStr, fs::File, io::Read, os::fd::OwnedFd, path::Path};

use rustix::{
    fs::{self as sys, AtFlags, CWD, FileType, Mode as Bits, OFlags},
    io::Errno,
    process::geteuid,
};

use super::{Mode, file_name, open_folder, read_at, resolve, text, write_beside};
use crate::error::{Error, Result};

/// Replaces the content of the user's file `path` atomically, its permissions kept: `change` gets
/// the present content and gives the new one (`None`: leave it as it is). A file that is not there
/// is created for everyone to read. Of a symlink, the target is replaced.
///
/// # Errors
/// What `change` says; failure, if the file is another user's, or cannot be read or written.
pub fn rewrite(
    path: &Path,
    limit: u64,
    change: impl FnOnce(Option<&[u8]>) -> Result<Option<Vec<u8>>>,
) -> Result<()> {
    let failed = |why: String| Error::failure(format!("cannot change {}", path.display())).cause(why);
    let target = resolve(path).map_err(|errno| failed(text(errno)))?;
    let name = file_name(&target)?;
    let folder = open_folder(&target).map_err(|errno| failed(format!("its folder: {}", text(errno))))?;
    let look = || match sys::statat(&folder, name, AtFlags::SYMLINK_NOFOLLOW) {
        Ok(stat) => Ok(Some(stat)),
        Err(Errno::NOENT) => Ok(None),
        Err(errno) => Err(failed(text(errno))),
    };
    let before = look()?;
    if before.is_some_and(|stat| stat.st_uid != geteuid().as_raw()) {
        return Err(failed("it belongs to another user".into()));
    }
    let present = read_at(&folder, Path::new(name), OFlags::NOFOLLOW, limit).map_err(failed)?;
    let Some(bytes) = change(present.as_ref().map(|bytes| bytes.as_slice()))? else { return Ok(()) };
    let mode = before.map_or(Mode::Public, |stat| Mode::As(stat.st_mode & 0o777));
    let rename = |folder: &OwnedFd, from: &OsStr, to: &OsStr| {
        // What somebody else wrote meanwhile is not lost.
        let same = sys::statat(folder, to, AtFlags::SYMLINK_NOFOLLOW)
            .ok()
            .map(|stat| (stat.st_dev, stat.st_ino, stat.st_size, stat.st_mtime, stat.st_mtime_nsec));
        let known =
            before.map(|stat| (stat.st_dev, stat.st_ino, stat.st_size, stat.st_mtime, stat.st_mtime_nsec));
        if same == known { sys::renameat(folder, from, folder, to) } else { Err(Errno::AGAIN) }
    };
    match write_beside(&folder, name, &bytes, mode, rename) {
        Ok(_) => sys::fsync(&folder).map_err(|errno| failed(text(errno))),
        Err(unfinished) if unfinished.errno == Errno::AGAIN => {
            Err(failed("it was changed meanwhile".into()).hint("run it again"))
        }
        Err(unfinished) => Err(failed(text(unfinished.errno)).hint("the file is as it was before")),
    }
}

/// Reads a file of at most `limit` bytes that this user alone can have written: no symlink, nobody
/// else's, closed to others. `None` of any other.
#[must_use]
pub fn read_own(path: &Path, limit: u64) -> Option<Vec<u8>> {
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

/// Puts a file for this user alone at `path`, whole or not at all, in place of whatever bears the
/// name. Nothing is lost with it: it is not synced.
///
/// # Errors
/// The system's reason.
pub fn put_own(path: &Path, bytes: &[u8]) -> Result<()> {
    let failed = |errno: Errno| Error::failure(format!("cannot write {}", path.display())).cause(text(errno));
    let folder = open_folder(path).map_err(failed)?;
    let rename = |folder: &OwnedFd, from: &OsStr, to: &OsStr| sys::renameat(folder, from, folder, to);
    let written = write_beside(&folder, file_name(path)?, bytes, Mode::Fleeting, rename);
    written.map(|_| ()).map_err(|unfinished| failed(unfinished.errno))
}

#[cfg(test)]
mod tests {
    use std::{
        fs,
        os::unix::fs::{PermissionsExt, symlink},
    };

    use super::{put_own, read_own, rewrite};

    #[test]
    fn what_was_written_meanwhile_is_kept_and_nothing_is_left_beside_it() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("profile");
        for before in [None, Some("mine\n")] {
            if let Some(text) = before {
                fs::write(&path, text).unwrap();
            }
            let error = rewrite(&path, 1 << 20, |now| {
                assert_eq!(now, before.map(str::as_bytes));
                fs::write(&path, "another's\n").unwrap();
                Ok(Some(b"ours\n".to_vec()))
            });
            assert!(error.unwrap_err().hints()[0].to_string().contains("again"));
            assert_eq!(fs::read_to_string(&path).unwrap(), "another's\n");
            assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 1);
            fs::remove_file(&path).unwrap();
        }
    }

    #[test]
    fn a_rewritten_file_keeps_its_mode_and_a_new_one_can_be_read_by_all() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("profile");
        let mode = || fs::metadata(&path).unwrap().permissions().mode() & 0o7777;
        rewrite(&path, 1 << 20, |_| Ok(Some(b"a".to_vec()))).unwrap();
        assert_eq!(mode(), 0o644);
        for bits in [0o600, 0o640, 0o755] {
            fs::set_permissions(&path, fs::Permissions::from_mode(bits)).unwrap();
            rewrite(&path, 1 << 20, |_| Ok(Some(b"b".to_vec()))).unwrap();
            assert_eq!(mode(), bits);
        }
        rewrite(&path, 1 << 20, |_| Ok(None)).unwrap();
        assert!(rewrite(&path, 0, |_| Ok(Some(Vec::new()))).is_err(), "it is larger than that");
        assert_eq!(fs::read(&path).unwrap(), b"b");
    }

    #[test]
    fn what_is_put_takes_the_place_of_a_symlink_and_not_of_its_target() {
        let folder = tempfile::tempdir().unwrap();
        let (path, other) = (folder.path().join("own"), folder.path().join("other"));
        fs::write(&other, "other").unwrap();
        symlink(&other, &path).unwrap();
        assert_eq!(read_own(&path, 100), None);
        put_own(&path, b"own").unwrap();
        assert_eq!(read_own(&path, 100).as_deref(), Some(&b"own"[..]));
        assert_eq!(read_own(&path, 2), None);
        assert_eq!(fs::read(&other).unwrap(), b"other");
    }
}
