//! What writers left that were killed: found by its name, and removed unless somebody is still at work.

use std::{
    ffi::{CStr, OsStr, OsString},
    os::{fd::OwnedFd, unix::ffi::OsStrExt},
    path::Path,
    time::{Duration, SystemTime, UNIX_EPOCH},
};

use rustix::{
    fs::{self as sys, AtFlags, FileType, FlockOperation, Mode as Bits, OFlags},
    io::Errno,
    process::geteuid,
};

use super::folder::{Folder, resolve};

/// How old a file is at least that nobody is taken to be writing, where the file system has no locks.
const ABANDONED: Duration = Duration::from_secs(3_600);

/// The most entries of a folder that are looked at.
const MANY: usize = 10_000;

/// The name that `name` has until it is whole.
pub(super) fn unfinished_name(name: &OsStr, number: u64) -> OsString {
    let mut unfinished = OsString::from(".");
    unfinished.push(name);
    unfinished.push(format!(".{number:016x}.tmp"));
    unfinished
}

/// Whether `entry` is how [`unfinished_name`] calls `name`, with any number.
fn is_unfinished(entry: &[u8], name: &OsStr) -> bool {
    let number =
        || entry.strip_prefix(b".")?.strip_prefix(name.as_bytes())?.strip_prefix(b".")?.strip_suffix(b".tmp");
    number().is_some_and(|number| {
        number.len() == 16 && number.iter().all(|b| matches!(b, b'0'..=b'9' | b'a'..=b'f'))
    })
}

/// Removes the unfinished files of `name` that nobody is writing any more. One that cannot be removed stays
/// for the next.
pub(super) fn sweep(folder: &OwnedFd, name: &OsStr) {
    let Ok(entries) = sys::Dir::read_from(folder) else { return };
    for entry in entries.take(MANY).flatten() {
        if is_unfinished(entry.file_name().to_bytes(), name) {
            remove_abandoned(folder, entry.file_name());
        }
    }
}

/// As [`sweep`], of the file that `path` names or leads to.
pub(crate) fn sweep_beside(path: &Path) {
    if let Ok(target) = resolve(path)
        && let Some(name) = target.file_name()
        && let Ok(folder) = Folder::of(&target)
    {
        sweep(&folder.fd, name);
    }
}

/// Removes an unfinished file of this user's, unless a writer holds its lock.
fn remove_abandoned(folder: &OwnedFd, entry: &CStr) {
    let Ok(stat) = sys::statat(folder, entry, AtFlags::SYMLINK_NOFOLLOW) else { return };
    if FileType::from_raw_mode(stat.st_mode) != FileType::RegularFile || stat.st_uid != geteuid().as_raw() {
        return;
    }
    let flags = OFlags::RDWR | OFlags::NOFOLLOW | OFlags::CLOEXEC;
    let file = sys::openat(folder, entry, flags, Bits::empty());
    let locked = match &file {
        Ok(file) => sys::flock(file, FlockOperation::NonBlockingLockExclusive),
        Err(errno) => Err(*errno),
    };
    let is_abandoned = match locked {
        Ok(()) => true,
        Err(Errno::WOULDBLOCK) => false,
        Err(_) => is_old(stat.st_mtime),
    };
    if is_abandoned {
        let _ = sys::unlinkat(folder, entry, AtFlags::empty());
    }
    // Only now may a writer have the lock: it finds its file gone, and begins anew.
    drop(file);
}

/// Whether it is [`ABANDONED`] seconds since `written`, in seconds since 1970.
fn is_old(written: i64) -> bool {
    u64::try_from(written)
        .ok()
        .and_then(|written| UNIX_EPOCH.checked_add(Duration::from_secs(written)))
        .and_then(|written| SystemTime::now().duration_since(written).ok())
        .is_some_and(|age| age > ABANDONED)
}

#[cfg(test)]
mod tests {
    use std::{
        fs::{self, File, FileTimes},
        os::unix::fs::{chown, symlink},
        process::Command,
        time::SystemTime,
    };

    use rustix::process::geteuid;

    use super::{ABANDONED, is_old, is_unfinished, sweep, unfinished_name};

    #[test]
    fn h110_only_the_unfinished_files_of_that_name_are_known_by_theirs() {
        let ours = unfinished_name("login.toml".as_ref(), 0x29_5470_dfda_b701);
        assert_eq!(ours, ".login.toml.00295470dfdab701.tmp");
        assert!(is_unfinished(ours.as_encoded_bytes(), "login.toml".as_ref()));
        for other in [
            "login.toml",
            ".login.toml.lock",
            ".login.toml.tmp",
            ".login.toml.00295470dfdab70.tmp",
            ".login.toml.00295470DFDAB701.tmp",
            ".login.toml.00295470dfdab70g.tmp",
            ".login.toml.00295470dfdab701.tmp.swp",
            ".login.toml.bak.00295470dfdab701.tmp",
            "login.toml.00295470dfdab701.tmp",
            ".a-login.toml.00295470dfdab701.tmp",
        ] {
            assert!(!is_unfinished(other.as_bytes(), "login.toml".as_ref()), "{other}");
        }
    }

    #[test]
    fn h110_what_nobody_writes_any_more_is_swept_and_nothing_else() {
        let dir = tempfile::tempdir().unwrap();
        let at = |number| dir.path().join(unfinished_name("key".as_ref(), number));
        for number in [1, 2, 3] {
            fs::write(at(number), "part of a secret").unwrap();
        }
        let writer = File::options().write(true).open(at(2)).unwrap();
        writer.lock().unwrap();
        fs::create_dir(at(4)).unwrap();
        symlink(at(2), at(5)).unwrap();
        assert!(Command::new("mkfifo").arg(at(6)).status().unwrap().success());
        // Only the administrator can give files away.
        let is_root = geteuid().is_root();
        if is_root {
            fs::write(at(7), "another's").unwrap();
            chown(at(7), Some(65_534), None).unwrap();
        }
        fs::write(dir.path().join(".other.0000000000000001.tmp"), "").unwrap();
        sweep(&File::open(dir.path()).unwrap().into(), "key".as_ref());
        assert_eq!(
            [1, 2, 3, 4, 5, 6, 7].map(|number| at(number).symlink_metadata().is_ok()),
            [false, true, false, true, true, true, is_root]
        );
        assert!(dir.path().join(".other.0000000000000001.tmp").exists());
    }

    #[test]
    fn h109_h110_without_locks_age_tells() {
        let file = tempfile::NamedTempFile::new().unwrap();
        let modified = |age| {
            file.as_file().set_times(FileTimes::new().set_modified(SystemTime::now() - age)).unwrap();
            std::os::unix::fs::MetadataExt::mtime(&file.as_file().metadata().unwrap())
        };
        assert!(!is_old(modified(ABANDONED / 2)));
        assert!(is_old(modified(ABANDONED * 2)));
        assert!(!is_old(i64::MAX) && !is_old(-1));
    }
}
