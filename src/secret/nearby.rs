//! Whether a program lies in the working directory.

use std::{
    fs,
    os::unix::fs::MetadataExt,
    path::{Path, PathBuf},
};

use crate::files;

/// Folders of programs that everyone uses.
const USUAL: [&str; 3] = ["/bin", "/usr/bin", "/usr/local/bin"];

/// The working directory, which may be what somebody else has made: a checkout, an unpacked archive.
///
/// A program that is named by others (a login file names its helper) is not run from there, nor from a folder
/// below it, by whatever path `PATH` leads there: what counts is which folder it is on the disk. In a working
/// directory that holds all one has (`/`, `/usr`, the home directory or one above it) the folders below are
/// in use as anywhere; then only the directory itself is meant.
pub(super) struct WorkingDirectory {
    itself: Option<Identity>,
    holds_all: bool,
}

/// Device and inode.
type Identity = (u64, u64);

impl WorkingDirectory {
    pub(super) fn of_process() -> Self {
        Self::new(Path::new("."), files::home())
    }

    fn new(folder: &Path, home: Option<PathBuf>) -> Self {
        let itself = identity(folder);
        let usual = USUAL.map(PathBuf::from).into_iter().filter(|usual| identity(usual) != itself);
        let holds_all = home.into_iter().chain(usual).any(|inner| lies_in(&inner, itself));
        Self { itself, holds_all }
    }

    /// Whether `path` is the working directory or counts as a part of it.
    pub(super) fn holds(&self, path: &Path) -> bool {
        if self.holds_all { identity(path) == self.itself } else { lies_in(path, self.itself) }
    }
}

/// `None` for what is not there.
fn identity(path: &Path) -> Option<Identity> {
    fs::metadata(path).ok().map(|metadata| (metadata.dev(), metadata.ino()))
}

/// Whether `path` is `folder` or below it. What is not there lies nowhere.
fn lies_in(path: &Path, folder: Option<Identity>) -> bool {
    let real = fs::canonicalize(path).unwrap_or_default();
    folder.is_some() && real.ancestors().any(|one| one.is_absolute() && identity(one) == folder)
}

#[cfg(test)]
mod tests {
    use std::{fs, os::unix::fs::symlink, path::Path};

    use super::WorkingDirectory;

    #[test]
    fn h113_what_lies_in_the_working_directory_is_known_by_any_path() {
        let world = tempfile::tempdir().unwrap();
        let at = |path: &str| world.path().join(path);
        for folder in ["home/bin", "home/code/bin", "home/code/src", "other/bin"] {
            fs::create_dir_all(at(folder)).unwrap();
        }
        symlink(at("home/code"), at("other/link")).unwrap();
        symlink(at("other/bin"), at("home/code/out")).unwrap();
        let holds = |cwd: &str, path: &str| {
            let path = if path.starts_with('/') { path.into() } else { at(path) };
            WorkingDirectory::new(&at(cwd), Some(at("home"))).holds(&path)
        };
        for path in ["home/code", "home/code/bin", "other/link/bin", "home/code/src/../bin", "home/code/."] {
            assert!(holds("home/code", path) && holds("other/link", path), "{path}");
        }
        for path in ["home/bin", "other/bin", "home/code/out", "/usr/bin", "nowhere", "/"] {
            assert!(!holds("home/code", path), "{path}");
        }
        // At home and above it only the folder itself.
        assert!(holds("home", "home") && !holds("home", "home/bin") && !holds("", "home/bin"));
        let root = |path: &str| WorkingDirectory::new(Path::new(path), Some(at("home")));
        assert!(root("/").holds(Path::new("/")) && !root("/").holds(Path::new("/usr/bin")));
        assert!(!root("/usr").holds(Path::new("/usr/bin")) && root("/usr/bin").holds(Path::new("/usr/bin")));
    }

    // Other systems have no such folder.
    #[cfg(target_os = "linux")]
    #[test]
    fn h113_the_working_directory_itself_is_known_through_proc() {
        let here = WorkingDirectory::of_process();
        assert!(here.holds(Path::new("/proc/self/cwd")) && here.holds(&std::env::current_dir().unwrap()));
        assert!(here.holds(Path::new("/proc/self/cwd/src")));
    }
}
