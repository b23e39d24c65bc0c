//! Finds out who else can get at a file that decides something, such as where a token goes.

use std::{ffi::OsStr, os::unix::ffi::OsStrExt, path::Path};

use rustix::{
    fs::{self as sys, CWD, Mode as Bits},
    process::geteuid,
};

use super::folder::{LINKS, folder_of};
use crate::error::quoted;

/// What a file holds, and so what others must not do with it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Holds {
    /// Others may neither read nor change it.
    Secret,
    /// Others may not change it.
    Settings,
}

/// Says how others than this user and the administrator can get at the file `path`, if it is there: by itself,
/// or by a folder that holds it or a link to it.
pub(crate) fn exposure(path: &Path, holds: Holds) -> Vec<String> {
    let Ok(file) = sys::stat(path) else { return Vec::new() };
    let mut found: Vec<String> = exposed(path, &file, holds).into_iter().collect();
    let mut at = path.to_owned();
    for _ in 0..LINKS {
        found.extend(exposed_folder(folder_of(&at)));
        let Ok(next) = sys::readlinkat(CWD, &at, Vec::new()) else { break };
        at = folder_of(&at).join(OsStr::from_bytes(next.to_bytes()));
    }
    // A link mostly leads into the same folder, or into one that is as open.
    found.dedup();
    found
}

fn exposed(path: &Path, stat: &sys::Stat, holds: Holds) -> Option<String> {
    let mode = Bits::from_raw_mode(stat.st_mode);
    let shown = path.display().to_string();
    let (open, what, remedy) = match holds {
        Holds::Secret => (Bits::RWXG | Bits::RWXO, "read or changed", "600"),
        Holds::Settings => (Bits::WGRP | Bits::WOTH, "changed", "go-w"),
    };
    if is_another_s(stat.st_uid, geteuid().as_raw()) {
        Some(format!("{shown} belongs to another user"))
    } else if mode.intersects(open) {
        let (bits, word) = (mode.bits(), quoted(&shown));
        Some(format!("{shown} can be {what} by other users (mode {bits:o}); run: chmod {remedy} {word}"))
    } else {
        None
    }
}

/// Who can write a folder can put another file in the place of one in it; not where it is sticky, as `/tmp` is.
fn exposed_folder(folder: &Path) -> Option<String> {
    let stat = sys::stat(folder).ok()?;
    let mode = Bits::from_raw_mode(stat.st_mode);
    let shown = folder.display().to_string();
    if is_another_s(stat.st_uid, geteuid().as_raw()) {
        Some(format!("the folder {shown} belongs to another user, who can replace what is in it"))
    } else if mode.intersects(Bits::WGRP | Bits::WOTH) && !mode.contains(Bits::SVTX) {
        let (bits, word) = (mode.bits(), quoted(&shown));
        Some(format!(
            "in the folder {shown} other users can replace files (mode {bits:o}); run: chmod go-w {word}"
        ))
    } else {
        None
    }
}

/// Whether `owner` is neither this `user` nor the administrator.
fn is_another_s(owner: u32, user: u32) -> bool {
    owner != user && owner != 0
}

#[cfg(test)]
mod tests {
    use std::{
        fs::{self, Permissions},
        os::unix::fs::{PermissionsExt, chown, symlink},
        path::Path,
    };

    use rustix::process::geteuid;

    use super::{Holds, exposure, is_another_s};

    fn set(path: &Path, mode: u32) {
        fs::set_permissions(path, Permissions::from_mode(mode)).unwrap();
    }

    #[test]
    fn h62_h111_a_file_is_told_of_by_what_it_holds() {
        let dir = tempfile::tempdir().unwrap();
        let file = dir.path().join("file");
        assert_eq!(exposure(&file, Holds::Secret), [""; 0]);
        fs::write(&file, "").unwrap();
        for (mode, secret, settings) in [
            (0o600, false, false),
            (0o400, false, false),
            (0o644, true, false),
            (0o640, true, false),
            (0o620, true, true),
            (0o602, true, true),
            (0o666, true, true),
        ] {
            set(&file, mode);
            for (holds, is_told, remedy) in
                [(Holds::Secret, secret, "chmod 600 "), (Holds::Settings, settings, "chmod go-w ")]
            {
                let found = exposure(&file, holds);
                assert_eq!(found.len(), usize::from(is_told), "{mode:o} {holds:?}: {found:?}");
                assert!(found.iter().all(|one| one.contains(remedy)), "{found:?}");
            }
        }
    }

    #[test]
    fn h111_what_belongs_to_the_user_or_the_administrator_is_in_good_hands() {
        for (owner, user, is_told) in
            [(0, 0, false), (0, 1000, false), (1000, 1000, false), (1000, 0, true), (1001, 1000, true)]
        {
            assert_eq!(is_another_s(owner, user), is_told, "{owner} {user}");
        }
    }

    #[test]
    fn h111_the_folder_counts_and_that_of_a_link() {
        let dir = tempfile::tempdir().unwrap();
        let at = |name: &str| dir.path().join(name);
        for folder in ["real", "links"] {
            fs::create_dir(at(folder)).unwrap();
        }
        fs::write(at("real/file"), "").unwrap();
        set(&at("real/file"), 0o600);
        symlink("../real/file", at("links/link")).unwrap();
        for (folder, mode, count) in
            [("real", 0o777, 1), ("real", 0o1777, 0), ("real", 0o755, 0), ("links", 0o770, 1)]
        {
            set(&at(folder), mode);
            let found = exposure(&at("links/link"), Holds::Settings);
            assert_eq!(found.len(), count, "{folder} {mode:o}: {found:?}");
            set(&at(folder), 0o755);
        }
        // Only the administrator can give files away.
        if geteuid().is_root() {
            chown(at("real/file"), Some(65_534), None).unwrap();
            chown(at("links"), Some(65_534), None).unwrap();
            let found = exposure(&at("links/link"), Holds::Settings);
            assert!(found[0].ends_with("links/link belongs to another user"), "{found:?}");
            assert!(found[1].contains("links belongs to another user"), "{found:?}");
        }
    }
}
