//! How long a writer waits for another, and what is said of that.

use std::{
    ffi::{OsStr, OsString},
    os::fd::OwnedFd,
    path::Path,
    thread::sleep,
    time::{Duration, Instant},
};

use rustix::{
    fs::{self as sys, FlockOperation, Mode as Bits, OFlags},
    io::Errno,
};

use super::folder::{Folder, is_lacking, text};
use crate::error::{Error, ErrorKind, Result};

/// How long nothing is said of a wait.
pub(crate) const QUIET: Duration = Duration::from_secs(2);

/// How often is looked whether a lock is free.
const BEAT: Duration = Duration::from_millis(5);

/// When a wait ends, and who is told of it and of what a file system cannot do.
pub(crate) struct Patience<'a> {
    pub(super) end: Instant,
    pub(super) tell: Box<dyn Fn(&str) + 'a>,
}

impl<'a> Patience<'a> {
    /// Waits until `end`; `tell` gets each warning.
    pub(crate) fn new(end: Instant, tell: impl Fn(&str) + 'a) -> Self {
        Self { end, tell: Box::new(tell) }
    }

    #[cfg(feature = "sandbox")]
    pub(crate) fn end(&self) -> Instant {
        self.end
    }

    pub(crate) fn tell(&self, what: &str) {
        (self.tell)(what);
    }
}

/// Locks the file that is beside `name` for that: each change replaces the data file. On a file system without
/// locks nothing is locked, and that is told.
pub(super) fn take_lock(folder: &Folder, name: &OsStr, patience: &Patience<'_>) -> Result<OwnedFd> {
    let path = folder.join(name);
    let failed = |errno| Error::failure(format!("cannot change {}", path.display())).cause(text(errno));
    let mut beside = OsString::from(".");
    beside.push(name);
    beside.push(".lock");
    let flags = OFlags::RDWR | OFlags::CREATE | OFlags::NOFOLLOW | OFlags::CLOEXEC;
    let lock = sys::openat(&folder.fd, &beside, flags, Bits::RUSR | Bits::WUSR).map_err(failed)?;
    let start = Instant::now();
    let mut told = false;
    loop {
        match sys::flock(&lock, FlockOperation::NonBlockingLockExclusive) {
            Ok(()) => return Ok(lock),
            Err(Errno::WOULDBLOCK | Errno::INTR) => {}
            Err(errno) if is_lacking(errno) || errno == Errno::NOLCK => {
                (patience.tell)(&format!(
                    "the file system of {} has no locks ({}): change it by one command at a time",
                    path.display(),
                    text(errno)
                ));
                return Ok(lock);
            }
            Err(errno) => return Err(failed(errno)),
        }
        if Instant::now() >= patience.end {
            return Err(in_use(&path, &folder.join(&beside)));
        }
        if !told && start.elapsed() >= QUIET {
            told = true;
            (patience.tell)(&format!("waiting for another ankra, which is changing {}", path.display()));
        }
        sleep(BEAT.min(patience.end.saturating_duration_since(Instant::now())));
    }
}

/// The error of a `path` whose `lock` another process has held for too long.
pub(crate) fn in_use(path: &Path, lock: &Path) -> Error {
    Error::new(ErrorKind::TimedOut, format!("{} is in use by another process", path.display()))
        .cause(format!("it holds the lock {}", lock.display()))
        .hint("look for an ankra process that is stopped, let it go on or end it, and try again")
}
