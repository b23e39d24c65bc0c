//! What `tests/run.sh` does where packages are missing, with an apt-get that only pretends.

use std::{fs, os::unix::fs::symlink, path::PathBuf, process::Command};

use rustix::process::geteuid;

use crate::support::{Env, need, write_private};

/// What the script itself needs: the rest is missing.
const BASICS: [&str; 17] = [
    "sh", "dirname", "cat", "mktemp", "sleep", "grep", "chmod", "rm", "setsid", "sed", "id", "env", "mount",
    "touch", "true", "ls", "getconf",
];

/// Runs `line` in a shell with a folder `/usr/sbin` of its own, which is empty, and a PATH that has little but an
/// apt-get whose installing is `install`. Returns what was said, and whether it went well.
fn with_apt(install: &str, line: &str) -> (String, bool) {
    with_apt_that_knows("nothing", install, line)
}

/// As [`with_apt`], where apt-cache knows the package `known`.
fn with_apt_that_knows(known: &str, install: &str, line: &str) -> (String, bool) {
    let env = Env::new();
    let folder = env.home().join("bin");
    fs::create_dir(&folder).unwrap();
    for tool in BASICS {
        symlink(need(tool, "coreutils, util-linux, grep, sed, mount or libc-bin"), folder.join(tool))
            .unwrap();
    }
    let program = |name: &str, text: &str| {
        let path = folder.join(name);
        write_private(&path, format!("#!/bin/sh\n{text}\n"));
        fs::set_permissions(&path, std::os::unix::fs::PermissionsExt::from_mode(0o700)).unwrap();
    };
    program("apt-get", &format!("case \"$*\" in *install*) {install};; esac"));
    program("apt-cache", "case $2 in $KNOWN) ;; *) exit 1 ;; esac");
    program("cargo", "echo \"cargo $*\"");
    let map: &[&str] = if geteuid().is_root() { &[] } else { &["--map-root-user"] };
    let script = format!("mount -t tmpfs none /usr/sbin || exit 99\n{line}");
    let mut unshare = Command::new(need("unshare", "util-linux"));
    unshare.args(map).args(["--mount", "sh", "-c", &script]).env_clear();
    unshare
        .env("PATH", &folder)
        .env("WORK", env.work())
        .env("TMPDIR", env.work())
        .env("KNOWN", known)
        .current_dir(repository());
    let output = unshare.output().unwrap();
    let said =
        [output.stdout, output.stderr].map(|text| String::from_utf8_lossy(&text).into_owned()).concat();
    assert_ne!(output.status.code(), Some(99), "mount namespaces are not to be had here: {said}");
    (said, output.status.success())
}

fn repository() -> PathBuf {
    env!("CARGO_MANIFEST_DIR").into()
}

/// Says so once neither the file that holds services back is left, nor a file of the script's own.
const IS_CLEAN: &str = "tries=0
is_clean() { [ ! -e /usr/sbin/policy-rc.d ] && ! ls \"$WORK\" | grep -q tmp; }
until is_clean || [ \"$tries\" = 300 ]; do sleep 1; tries=$((tries + 1)); done
is_clean && echo CLEAN";

#[test]
fn what_is_installed_is_said_first_and_the_tests_follow() {
    let line = format!("sh tests/run.sh -E 'test(x)' || exit\n{IS_CLEAN}");
    let (said, went_well) = with_apt("cat /usr/sbin/policy-rc.d >\"$WORK/policy\"", &line);
    assert!(went_well, "{said}");
    for words in ["Installing them with apt-get, as root:", " fish ", "cargo nextest run --locked", "CLEAN"] {
        assert!(said.contains(words), "{words}: {said}");
    }
}

#[test]
fn what_one_system_alone_has_is_asked_for_there_alone() {
    let ask = |known: &str| {
        let (said, went_well) = with_apt_that_knows(
            known,
            "echo \"$*\" >\"$WORK/asked\"",
            "sh tests/run.sh && cat \"$WORK/asked\"",
        );
        assert!(went_well, "{said}");
        let asked = said.lines().find(|line| line.contains("install -y")).unwrap_or_else(|| panic!("{said}"));
        let names = ["docker.io", "docker-cli", "chromium", "chromium-driver", "fish"];
        names.into_iter().filter(|name| asked.split(' ').any(|word| word == *name)).collect::<Vec<_>>()
    };
    assert_eq!(ask("nothing"), ["docker.io", "fish"]);
    assert_eq!(ask("docker-cli"), ["docker-cli", "fish"]);
    assert_eq!(ask("chromium-driver"), ["docker.io", "chromium", "chromium-driver", "fish"]);
}

#[test]
fn apt_s_own_words_are_shown_where_it_fails() {
    let line = format!("sh tests/run.sh && exit 1\n{IS_CLEAN}");
    let (said, went_well) = with_apt("echo 'E: Unable to locate package fish' >&2; exit 100", &line);
    assert!(went_well, "{said}");
    for words in ["E: Unable to locate package fish", "could not be installed", "CLEAN"] {
        assert!(said.contains(words), "{words}: {said}");
    }
}

#[test]
fn a_run_that_is_killed_leaves_services_as_they_were() {
    let line = format!(
        "sh tests/run.sh & run=$!
        until [ -e \"$WORK/began\" ]; do sleep 0.1; done
        [ -e /usr/sbin/policy-rc.d ] && echo HELD
        kill -KILL \"$run\"
        touch \"$WORK/end\"
        {IS_CLEAN}"
    );
    let wait = "touch \"$WORK/began\"; until [ -e \"$WORK/end\" ]; do sleep 0.1; done";
    let (said, went_well) = with_apt(wait, &line);
    assert!(went_well && said.contains("HELD") && said.contains("CLEAN"), "{said}");
}
