//! Standard output, with every failure told.
//!
//! The standard library's handle counts a write to a closed descriptor as done; this one
//! writes to the descriptor itself.

use std::io::{self, BufWriter, Write};
use std::time::Duration;

use rustix::fs::FileType;
use rustix::io::Errno;

use crate::{
    error::{Error, ErrorKind, Result},
    process::clear_waiting,
};

/// Large enough that a list costs few system calls.
const BUFFER: usize = 64 * 1024;

/// How long a reader that set its pipe to non-blocking is given before the next try.
const PAUSE: Duration = Duration::from_millis(2);

/// Runs `write` against standard output and flushes.
///
/// # Errors
///
/// Whatever was not written: [`ErrorKind::BrokenPipe`] where the reader has gone, otherwise
/// with the system's reason (`cannot write the result: No space left on device`).
pub(super) fn deliver(write: impl FnOnce(&mut BufWriter<Stdout>) -> io::Result<()>) -> Result<()> {
    clear_waiting();
    let mut out = BufWriter::with_capacity(BUFFER, Stdout);
    let written = write(&mut out).and_then(|()| out.flush());
    // What a failed write left in the buffer is not tried again.
    let _ = out.into_parts();
    written.map_err(|error| failed(&error))
}

/// Whether standard output is the null device, so that what is written there is lost for good.
///
/// For commands about to print what cannot be had again (a private key). It is also what a closed
/// standard output looks like: the runtime opens the null device in its place before
/// `main`, and nothing tells it from one that the caller gave.
pub fn is_discarded() -> bool {
    let Ok(out) = rustix::fs::fstat(rustix::stdio::stdout()) else { return false };
    let Ok(null) = rustix::fs::stat("/dev/null") else { return false };
    FileType::from_raw_mode(out.st_mode).is_char_device() && out.st_rdev == null.st_rdev
}

fn failed(error: &io::Error) -> Error {
    if error.kind() == io::ErrorKind::BrokenPipe {
        return Error::new(ErrorKind::BrokenPipe, "cannot write the result: nobody reads it any more");
    }
    let reason = error.to_string();
    let reason = reason.split(" (os error").next().unwrap_or_default();
    Error::failure(format!("cannot write the result: {reason}"))
}

/// The descriptor itself, unbuffered.
#[derive(Debug)]
pub(super) struct Stdout;

impl Write for Stdout {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        loop {
            match rustix::io::write(rustix::stdio::stdout(), bytes) {
                Err(Errno::INTR) => {}
                // Another process may have made a shared pipe non-blocking.
                Err(Errno::AGAIN) => std::thread::sleep(PAUSE),
                other => return Ok(other?),
            }
        }
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}
