//! Reads files in bounded memory that is zeroed.

use std::{
    fmt,
    fs::{File, FileType},
    os::{
        fd::{AsFd, BorrowedFd},
        unix::fs::FileTypeExt,
    },
    path::Path,
    thread::sleep,
    time::{Duration, Instant},
};

use rustix::{
    event::{PollFd, PollFlags, Timespec, poll},
    fs::{self as sys, CWD, Mode as Bits, OFlags},
    io::Errno,
    stdio::{stderr, stdout},
    termios::isatty,
};
use zeroize::Zeroizing;

use super::folder::text;
use crate::error::{Error, ErrorKind, Result};

/// Reads a regular file of at most `limit` bytes; `Ok(None)` if there is none. Nothing hangs on a pipe.
pub(crate) fn read(path: &Path, limit: usize) -> Result<Option<Zeroizing<Vec<u8>>>> {
    read_at(CWD, path, OFlags::empty(), limit)
        .map_err(|why| Error::failure(format!("cannot read {}", path.display())).because(why))
}

pub(super) fn read_at(
    folder: impl AsFd,
    path: &Path,
    how: OFlags,
    limit: usize,
) -> Result<Option<Zeroizing<Vec<u8>>>> {
    let flags = OFlags::RDONLY | OFlags::NONBLOCK | OFlags::NOCTTY | OFlags::CLOEXEC | how;
    let file = match sys::openat(folder, path, flags, Bits::empty()) {
        Ok(file) => File::from(file),
        Err(Errno::NOENT | Errno::NOTDIR) => return Ok(None),
        Err(errno) => return Err(failed(text(errno))),
    };
    let metadata = file.metadata().map_err(failed)?;
    ensure_kind(&file, metadata.file_type())?;
    if metadata.file_type().is_fifo() || metadata.file_type().is_char_device() {
        return Err(failed("it is not a regular file"));
    }
    let size = usize::try_from(metadata.len()).ok().filter(|size| *size <= limit);
    let size = size.ok_or_else(|| too_large(limit))?;
    // Room for one byte more than there is: growth shows.
    let bytes = read_up_to(&file, size + 1)?;
    if bytes.len() > size {
        return Err(failed("it grew while it was read; try again"));
    }
    Ok(Some(bytes))
}

/// Opens what a person names to be read to its end: a file, a pipe or a terminal. A pipe that nobody writes to is
/// given up after `wait`. Errors have no message yet.
pub(crate) fn open(path: &Path, wait: Duration) -> Result<File> {
    // A pipe that nobody writes to would hold up the opening itself.
    let flags = OFlags::RDONLY | OFlags::NONBLOCK | OFlags::NOCTTY | OFlags::CLOEXEC;
    let file = sys::openat(CWD, path, flags, Bits::empty()).map(File::from).map_err(|errno| match errno {
        Errno::NOENT | Errno::NOTDIR | Errno::NAMETOOLONG => refused("there is no such file"),
        errno => failed(text(errno)),
    })?;
    let kind = file.metadata().map_err(failed)?.file_type();
    ensure_kind(&file, kind)?;
    if kind.is_fifo() {
        await_writer(&file, wait)?;
    }
    Ok(file)
}

/// Waits until a program writes to the pipe, `wait` at most: from then on it takes the time that this one takes.
fn await_writer(pipe: &File, wait: Duration) -> Result<()> {
    let is_output = |output: BorrowedFd<'_>| {
        let (ours, theirs) = (sys::fstat(pipe), sys::fstat(output));
        ours.is_ok_and(|ours| {
            theirs.is_ok_and(|theirs| (ours.st_dev, ours.st_ino) == (theirs.st_dev, theirs.st_ino))
        })
    };
    if is_output(stdout()) || is_output(stderr()) {
        return Err(refused("it is where this program itself writes to"));
    }
    let start = Instant::now();
    loop {
        let left = wait.saturating_sub(start.elapsed());
        let mut ready = [PollFd::new(pipe, PollFlags::IN)];
        match poll(&mut ready, Some(&Timespec::try_from(left).unwrap_or_default())) {
            Ok(0) => {
                return Err(Error::new(ErrorKind::TimedOut, "it cannot be read")
                    .cause(format!("it is a pipe, and nobody wrote to it for {} s", wait.as_secs_f64().round()))
                    .hint("start the program that writes to it first, or allow more time with --timeout SECONDS"));
            }
            Ok(_) => return Ok(()),
            Err(Errno::INTR) => {}
            Err(errno) => return Err(failed(text(errno))),
        }
    }
}

/// Reads to the end, at most `limit` bytes. Errors have no message yet.
pub(crate) fn drain(from: impl AsFd, limit: usize) -> Result<Zeroizing<Vec<u8>>> {
    let bytes = read_up_to(from, limit + 1)?;
    if bytes.len() > limit { Err(too_large(limit)) } else { Ok(bytes) }
}

/// Reads at most `most` bytes straight into a buffer that never moves, so that no copy stays behind.
fn read_up_to(from: impl AsFd, most: usize) -> Result<Zeroizing<Vec<u8>>> {
    let mut bytes = Zeroizing::new(vec![0; most]);
    let mut size = 0;
    while size < most {
        match rustix::io::read(from.as_fd(), &mut bytes[size..]) {
            Ok(0) => break,
            Ok(count) => size += count,
            Err(Errno::INTR) => {}
            // Such as `/proc/kmsg`, which goes on as its source does.
            Err(Errno::AGAIN) if is_regular(&from) => return Err(refused("it is a file that has no end")),
            // A pipe of ours, or one that another program left in this mode.
            Err(Errno::AGAIN) => sleep(Duration::from_millis(10)),
            Err(errno) => return Err(failed(text(errno))),
        }
    }
    bytes.truncate(size);
    Ok(bytes)
}

fn is_regular(file: impl AsFd) -> bool {
    let stat = sys::fstat(file);
    stat.is_ok_and(|stat| sys::FileType::from_raw_mode(stat.st_mode) == sys::FileType::RegularFile)
}

/// Refuses what has no content of its own, or no end.
fn ensure_kind(file: &File, kind: FileType) -> Result<()> {
    if kind.is_dir() {
        return Err(refused("it is a directory").hint("give the path of a file in it"));
    }
    if kind.is_block_device() || (kind.is_char_device() && !isatty(file)) {
        return Err(refused("it is a device, neither a file nor a pipe"));
    }
    Ok(())
}

/// The refusal of what holds more than `limit` bytes. It has no message yet.
pub(crate) fn too_large(limit: usize) -> Error {
    let (size, unit) =
        if limit.is_multiple_of(1 << 20) { (limit >> 20, "MiB") } else { (limit >> 10, "KiB") };
    refused(format!("it is larger than {size} {unit}"))
}

fn refused(why: impl fmt::Display) -> Error {
    Error::usage("it cannot be read").cause(why)
}

fn failed(why: impl fmt::Display) -> Error {
    Error::failure("it cannot be read").cause(why)
}
