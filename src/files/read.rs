//! Reads files in bounded memory that is zeroed, and finds out who else can.

use std::{
    fs::File,
    io::{self, Read},
    os::fd::AsFd,
    path::Path,
};

use rustix::{
    fs::{self as sys, CWD, Mode as Bits, OFlags},
    io::Errno,
    process::geteuid,
};
use zeroize::Zeroizing;

use super::folder::text;
use crate::error::{Error, Result, quoted};

/// Reads a regular file of at most `limit` bytes; `Ok(None)` if there is none. Nothing hangs on a pipe.
pub(crate) fn read(path: &Path, limit: u64) -> Result<Option<Zeroizing<Vec<u8>>>> {
    read_at(CWD, path, OFlags::empty(), limit)
        .map_err(|why| Error::failure(format!("cannot read {}", path.display())).cause(why))
}

pub(super) fn read_at(
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

/// Says why others than the owner can get at the file `path`, if they can.
pub(crate) fn exposure(path: &Path) -> Result<Option<String>> {
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
            "{shown} can be read or changed by other users (mode {:o}); run: chmod 600 {}",
            mode.bits(),
            quoted(&shown.to_string())
        ))
    } else {
        None
    })
}
