use std::{
    fs,
    os::unix::fs::PermissionsExt,
    path::{Path, PathBuf},
    process::Command,
    time::Duration,
};

use super::CredentialHelper;
use crate::{deadline::Deadline, error::Error};

/// A folder with the helper `docker-credential-test`, which does `script`.
fn helper(script: &str) -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("docker-credential-test");
    fs::write(&path, format!("#!/bin/sh\n{script}\n")).unwrap();
    fs::set_permissions(&path, fs::Permissions::from_mode(0o755)).unwrap();
    folder
}

fn find(name: &str, folders: &[PathBuf]) -> Result<CredentialHelper, Error> {
    CredentialHelper::find(name, folders, &Deadline::after(Duration::from_millis(400)))
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
fn a_helper_that_fails_says_why_and_repeats_no_answer() {
    let code = "the command ended with exit code 1";
    let lines = "for n in 1 2 3 4; do echo line $n >&2; echo >&2; done; exit 1";
    for (script, causes) in [
        ("echo no service; exit 1", &[code, "it says: no service"][..]),
        ("echo ' no service ' >&2; exit 1", &[code, "it says: no service"]),
        (lines, &[code, "it says: line 1; line 2; line 3\u{2026}"]),
        ("echo '{\"Secret\": \"CANARY\"}'; echo CANARY >&2; exit 1", &[code]),
        ("echo other; echo '{\"Secret\": \"CANARY\"}' >&2; exit 1", &[code]),
        ("exit 1", &[code]),
        ("echo CANARY; exit 1", &[code]),
        ("echo it is CANARY0123456789 >&2; exit 1", &[code, "it says: it is \u{2026}"]),
        ("kill -9 $$", &["the command was ended by signal 9"]),
        ("exec 2>&1; echo CANARY; exec cat /dev/zero", &["it printed more than 1 MiB"]),
        ("echo Notice; echo '{}'", &["it prints something else before its JSON, such as a notice"]),
    ] {
        let error = get(script).unwrap_err();
        assert_eq!(error.causes(), causes, "{script}");
        assert!(!format!("{error:?}").contains("CANARY"), "{error:?}");
    }
    let long = get("echo no $(head -c 100000 /dev/zero | tr '\\0' x) >&2; exit 1").unwrap_err();
    assert_eq!(long.causes()[1], format!("it says: no {}\u{2026}", "x".repeat(297)));
    assert_eq!(get("printf '\\357\\273\\277{}'").unwrap().as_deref(), Some("\u{feff}{}"));
}

#[test]
fn h70_a_helper_gets_no_logins_of_others() {
    // The environment of this process is shared by all tests: the check runs in one of its own.
    if std::env::var_os("DOCKER_AUTH_CONFIG").is_some() {
        let count = get("env | grep -c -e CANARY -e DOCKER_AUTH_CONFIG; true");
        return assert_eq!(count.unwrap().as_deref(), Some("0\n"));
    }
    let status = Command::new(std::env::current_exe().unwrap())
        .args(["secret::helper::tests::h70_a_helper_gets_no_logins_of_others", "--exact"])
        .envs(["DOCKER_AUTH_CONFIG", "ANKRA_API_TOKEN"].map(|name| (name, "CANARY")))
        .stdout(std::process::Stdio::null())
        .status();
    assert!(status.unwrap().success());
}

/// What the process does that `script` leaves running, which writes its number.
fn left_running(script: &str) -> String {
    let file = tempfile::NamedTempFile::new().unwrap();
    let _ = get(&script.replace('%', &file.path().display().to_string()));
    let id = fs::read_to_string(file.path()).unwrap();
    let status = fs::read_to_string(format!("/proc/{}/status", id.trim())).unwrap_or_default();
    let state = status.lines().find_map(|line| line.strip_prefix("State:\t"));
    state.filter(|state| !state.starts_with('Z')).unwrap_or("gone").to_owned()
}

#[test]
fn h115_what_a_helper_leaves_running_holds_nothing_up_and_ends_with_it() {
    for script in [
        "sleep 600 & echo $! >%; echo done",
        "(sleep 600 & echo $! >%); exit 1",
        "set -m; sleep 600 & echo $! >%; exec cat /dev/zero",
        "sh -c 'sleep 600 & echo $! >%; wait'",
        "trap '' TERM HUP INT; sh -c 'trap \"\" TERM HUP INT; echo $$ >%; while :; do sleep 1; done'",
    ] {
        assert_eq!(left_running(script), "gone", "{script}");
    }
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
    for name in ["other", &"x".repeat(64)] {
        let error = find(name, &there).unwrap_err();
        assert_eq!(error.message(), format!("there is no program docker-credential-{name}"));
    }
    fs::set_permissions(there[0].join("docker-credential-test"), fs::Permissions::from_mode(0o644)).unwrap();
    assert!(find("test", &there).is_err(), "it cannot be run");
}
