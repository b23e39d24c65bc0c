//! Python packages of others, which judge what this program does: each in a virtual environment of its own, made
//! once below `target`.

use std::{
    fs,
    path::{Path, PathBuf},
    process::Command,
};

use rustix::fs::{FlockOperation, flock};

use super::need;

/// The interpreter of the virtual environment `name`, in which each of `installs` is a line of arguments of
/// `pip install`. Versions are to be named: another one may judge otherwise.
pub fn python(name: &str, installs: &[&str]) -> PathBuf {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("python");
    fs::create_dir_all(&folder).unwrap();
    // Tests are processes of their own, and one makes it.
    let lock = fs::File::create(folder.join(format!("{name}.lock"))).unwrap();
    flock(&lock, FlockOperation::LockExclusive).unwrap();
    let (place, made) = (folder.join(name), folder.join(format!("{name}.made")));
    let python = place.join("bin/python");
    let wanted = installs.join("\n");
    if fs::read_to_string(&made).is_ok_and(|text| text == wanted) && python.exists() {
        return python;
    }
    let _ = fs::remove_file(&made);
    let _ = fs::remove_dir_all(&place);
    let mut venv = Command::new(need("python3", "python3"));
    done(venv.args(["-m", "venv"]).arg(&place), "install the Debian package python3-venv");
    for line in installs {
        let mut pip = Command::new(&python);
        pip.args(["-m", "pip", "install", "--quiet", "--disable-pip-version-check"]);
        done(pip.args(line.split(' ')), "pip has to reach a package index");
    }
    fs::write(made, wanted).unwrap();
    python
}

fn done(command: &mut Command, advice: &str) {
    let output = command.output().unwrap();
    let words = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{command:?} failed: {advice}\n{words}");
}
