//! Reads files in bounded memory that is zeroed.

use std::{
    fmt,
    fs::{File, FileType},
    io,
    os::{fd::AsFd, unix::fs::FileTypeExt},
    path::Path,
    thread::sleep,
    time::Duration,
};

use rustix::{
    fs::{self as sys, CWD, Mode as Bits, OFlags},
    io::Errno,
    termios::isatty,
};
use zeroize::Zeroizing;

use super::folder::text;
use crate::error::{Error, Result};

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

/// Opens what a person names to be read to its end: a file, a pipe or a terminal. Errors have no message yet.
pub(crate) fn open(path: &Path) -> Result<File> {
    let file = File::open(path).map_err(|error| match error.kind() {
        io::ErrorKind::NotFound | io::ErrorKind::NotADirectory | io::ErrorKind::InvalidFilename => {
            refused("there is no such file")
        }
        _ => failed(error),
    })?;
    let kind = file.metadata().map_err(failed)?.file_type();
    ensure_kind(&file, kind)?;
    Ok(file)
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
            // Another program left the pipe in non-blocking mode.
            Err(Errno::AGAIN) => sleep(Duration::from_millis(10)),
            Err(errno) => return Err(failed(text(errno))),
        }
    }
    bytes.truncate(size);
    Ok(bytes)
}

/// Refuses what has no content of its own, or no end.
fn ensure_kind(file: &File, kind: FileType) -> Result<()> {
    if kind.is_dir() {
        return Err(refused("it is a directory").hint("give the path of a file in it"));
    }
    if kind.is_block_device() || kind.is_socket() || (kind.is_char_device() && !isatty(file)) {
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
