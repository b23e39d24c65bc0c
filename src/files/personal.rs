//! Files of a person that hold no secret: profiles and scripts of their shells.

use std::path::Path;

use rustix::{
    fs::{self as sys, AtFlags, OFlags},
    io::Errno,
    process::geteuid,
};

use super::{
    folder::{Folder, file_name, resolve, text},
    read::read_at,
    sweep::sweep,
    write::{Mode, Unfinished, replace, write_beside},
};
use crate::error::{Error, Result};

/// Replaces the content of the user's file `path` atomically and keeps its permissions: `change` gets the
/// present content and gives the new one (`None`: leave it as it is). A file that is missing is created
/// for everyone to read, one of another user is refused. Of a symlink, the target is replaced.
pub(crate) fn rewrite(
    path: &Path,
    limit: usize,
    change: impl FnOnce(Option<&[u8]>) -> Result<Option<Vec<u8>>>,
) -> Result<()> {
    let failed = |why: String| Error::failure(format!("cannot change {}", path.display())).cause(why);
    let target = resolve(path).map_err(|errno| failed(text(errno)))?;
    let name = file_name(&target)?;
    let folder = Folder::of(&target).map_err(|errno| failed(format!("its folder: {}", text(errno))))?;
    let look = || match sys::statat(&folder.fd, name, AtFlags::SYMLINK_NOFOLLOW) {
        Ok(stat) => Ok(Some(stat)),
        Err(Errno::NOENT) => Ok(None),
        Err(errno) => Err(errno),
    };
    let before = look().map_err(|errno| failed(text(errno)))?;
    if before.is_some_and(|stat| stat.st_uid != geteuid().as_raw()) {
        return Err(failed("it belongs to another user".into()));
    }
    let present = read_at(&folder.fd, Path::new(name), OFlags::NOFOLLOW, limit)
        .map_err(|why| Error::failure(format!("cannot change {}", path.display())).because(why))?;
    let Some(bytes) = change(present.as_ref().map(|bytes| bytes.as_slice()))? else { return Ok(()) };
    let mode = before.map_or(Mode::Public, |stat| Mode::As(stat.st_mode & 0o777));
    let version =
        |stat: sys::Stat| (stat.st_dev, stat.st_ino, stat.st_size, stat.st_mtime, stat.st_mtime_nsec);
    sweep(&folder.fd, name);
    let written = write_beside(&folder, name, &bytes, (mode, &|_| {}), |folder, from, to| {
        // What somebody else wrote meanwhile is not lost.
        let unchanged = look()?.map(version) == before.map(version);
        if unchanged { replace(folder, from, to) } else { Err(Unfinished::from(Errno::AGAIN)) }
    });
    match written {
        Ok(_) => folder.sync(&|_| {}).map_err(|errno| failed(text(errno))),
        Err(unfinished) if unfinished.errno == Errno::AGAIN => {
            Err(failed("it was changed meanwhile".into()).hint("run the command again"))
        }
        Err(unfinished) => Err(unfinished.explain(failed(unfinished.why()), "the file is as it was before")),
    }
}
