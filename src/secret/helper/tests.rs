use std::{
    fs,
    os::unix::fs::PermissionsExt,
    path::{Path, PathBuf},
    process::Command,
    time::Duration,
};

use super::CredentialHelper;
use crate::error::Error;

/// A folder with the helper `docker-credential-test`, which does `script`.
fn helper(script: &str) -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("docker-credential-test");
    fs::write(&path, format!("#!/bin/sh\n{script}\n")).unwrap();
    fs::set_permissions(&path, fs::Permissions::from_mode(0o755)).unwrap();
    folder
}

fn find(name: &str, folders: &[PathBuf]) -> Result<CredentialHelper, Error> {
    CredentialHelper::find(name, folders, Duration::from_millis(400))
}

/// With what shells need besides.
fn folders(folder: &Path) -> [PathBuf; 2] {
    [folder.to_owned(), "/usr/bin".into()]
}

/// What the helper that does `script` answers to `get`.
fn get(script: &str) -> Result<Option<String>, Error> {
    let folder = helper(script);
    let answer = find("test", &folders(folder.path()))?.get("ghcr.io")?;
    Ok(answer.map(|answer| String::from_utf8_lossy(&answer).into_owned()))
}

#[test]
fn a_helper_is_asked_by_the_protocol() {
    assert_eq!(get("read -r server; echo \"$1 $server\"").unwrap().as_deref(), Some("get ghcr.io\n"));
    assert_eq!(get("cat").unwrap().as_deref(), Some("ghcr.io\n"));
    assert_eq!(get("exec true").unwrap().as_deref(), Some(""));
    assert_eq!(get("echo credentials not found in native keychain; exit 1").unwrap(), None);
}

#[test]
fn a_helper_that_fails_is_not_repeated() {
    for (script, cause) in [
        ("echo CANARY; echo CANARY >&2; exit 1", "the command ended with exit code 1"),
        ("echo CANARY >&2; kill -9 $$", "the command was ended by signal 9"),
        ("exec 2>&1; echo CANARY; exec cat /dev/zero", "it printed more than 1 MiB"),
    ] {
        let error = get(script).unwrap_err();
        assert_eq!(error.causes(), [cause], "{script}");
        assert!(!format!("{error:?}").contains("CANARY"), "{error:?}");
    }
}

#[test]
fn what_a_helper_leaves_running_holds_nothing_up() {
    let folder = tempfile::tempdir().unwrap();
    let pipe = folder.path().join("pipe");
    assert!(Command::new("mkfifo").arg(&pipe).status().unwrap().success());
    let answer = get(&format!("read -r _ <{} & echo done", pipe.display())).unwrap();
    assert_eq!(answer.as_deref(), Some("done\n"));
    // Waits for its reader, which runs on, and ends it.
    fs::write(&pipe, "\n").unwrap();
}

#[test]
fn only_a_plain_name_in_an_absolute_folder_is_run() {
    let folder = helper("echo CANARY");
    let there = [folder.path().to_owned()];
    for name in ["", "a/b", "../docker-credential-test", "te st", "test\n", "t;id", &"x".repeat(65)] {
        let error = find(name, &there).unwrap_err();
        assert!(error.message().contains("cannot be one"), "{name}");
    }
    for folders in [vec![], vec!["".into()], vec![".".into()], vec!["bin".into()], vec!["/nowhere".into()]] {
        let error = find("test", &folders).unwrap_err();
        assert_eq!(error.message(), "there is no program docker-credential-test", "{folders:?}");
    }
    assert!(find("other", &there).is_err());
    fs::set_permissions(there[0].join("docker-credential-test"), fs::Permissions::from_mode(0o644)).unwrap();
    assert!(find("test", &there).is_err(), "it cannot be run");
}
