//! Files where a call of the system fails, and how they are opened.

use std::{fs, thread};

use crate::{
    file_systems::{generate, lacking, login, names},
    support::{Env, FaultServer, Run, write_private},
};

#[test]
fn h57_what_a_disk_fails_to_keep_is_no_success() {
    let server = FaultServer::with_organisation();
    for (fault, is_there) in
        [("fchmod:error=EIO", false), ("fsync:error=EIO:when=1", false), ("fsync:error=EIO:when=2", true)]
    {
        let env = Env::new();
        fs::create_dir_all(env.login_file().parent().unwrap()).unwrap();
        let outcome = lacking(&env, login(&env, &server, "a-token"), &[fault]);
        assert_eq!((outcome.code, env.login_file().exists()), (Some(1), is_there), "{fault}: {outcome}");
        outcome.says(&["Input/output error", "the file is whole: as it was before, or changed"]);
    }
}

#[test]
fn h109_a_file_that_cannot_be_synced_is_told_of_and_used() {
    for errno in ["EINVAL", "ENOSYS", "EOPNOTSUPP"] {
        let (env, server) = (Env::new(), FaultServer::with_organisation());
        fs::create_dir_all(env.login_file().parent().unwrap()).unwrap();
        let fault = format!("fsync:error={errno}:when=1");
        let outcome = lacking(&env, login(&env, &server, "a-token"), &[&fault]);
        assert_eq!(outcome.code, Some(0), "{outcome}");
        outcome.says(&["login.toml cannot be synced", "a power cut now may lose it"]);
        assert!(fs::read_to_string(env.login_file()).unwrap().contains("a-token"));
    }
}

#[test]
fn h61_a_lock_that_fails_is_no_lock() {
    for errno in ["EIO", "EINVAL"] {
        let (env, server) = (Env::new(), FaultServer::with_organisation());
        let outcome =
            lacking(&env, login(&env, &server, "a-token"), &[&format!("flock:error={errno}:when=1")]);
        let is_lacking = errno == "EINVAL";
        assert_eq!(
            (outcome.code == Some(0), env.login_file().exists()),
            (is_lacking, is_lacking),
            "{outcome}"
        );
        outcome.says(if is_lacking { &["has no locks"] } else { &["login.toml", "Input/output error"] });
    }
}

#[test]
fn h51_a_name_that_is_taken_at_the_last_moment_is_refused_as_one_that_was_there() {
    let env = Env::new();
    let folder = env.home().join("keys");
    fs::create_dir(&folder).unwrap();
    for faults in [&["renameat2:error=EEXIST"][..], &["renameat2:error=EINVAL", "linkat:error=EEXIST"]] {
        let outcome = lacking(&env, generate(&env, &folder.join("key")), faults);
        assert_eq!(outcome.code, Some(2), "{outcome}");
        outcome.says(&["key exists already", "nothing is ever overwritten", "choose another path, or move"]);
        assert!(!outcome.stderr.contains("nothing is left of it"), "{outcome}");
        assert_eq!(names(&folder), [""; 0]);
    }
}

#[test]
fn h110_an_unfinished_file_that_a_sweeper_holds_is_left_to_it() {
    let env = Env::new();
    let folder = env.home().join("keys");
    fs::create_dir(&folder).unwrap();
    let outcome = lacking(&env, generate(&env, &folder.join("key")), &["flock:error=EAGAIN:when=1"]);
    assert_eq!(outcome.code, Some(0), "{outcome}");
    let names = names(&folder);
    assert_eq!(names[1..], ["key", "key.pub"]);
    assert!(names[0].starts_with(".key.") && names[0].contains(".tmp"), "{names:?}");
    assert_eq!(fs::metadata(folder.join(&names[0])).unwrap().len(), 0, "nothing was written to it");
}

#[test]
fn a_signal_does_not_end_the_wait_for_who_writes_to_a_pipe() {
    let env = Env::new();
    let pipe = env.home().join("pipe");
    assert!(std::process::Command::new("mkfifo").arg(&pipe).status().unwrap().success());
    let key = "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIOCfxRI8ze9Rt8rl1oHb4A4mlz0lET1WVXZqwKE2lvrN kk1\n";
    let writer = pipe.clone();
    thread::spawn(move || fs::write(writer, key));
    let line = "--sandbox credentials hetzner ssh-key create --name x --dry-run --public-key";
    let run = env.line(line).arg(format!("@{}", pipe.display()));
    let outcome = lacking(&env, run, &["ppoll:error=EINTR:when=1"]);
    assert_eq!(outcome.code, Some(0), "{outcome}");
}

/// How `run`, which succeeds, opens what is in the home of `env`: the calls that open a file whose path has `name`.
fn openings(env: &Env, run: Run, names: &[&str]) -> Vec<String> {
    let log = env.home().join("strace.log");
    run.traced(&["-f", "-qq", "-y", "-o", log.to_str().unwrap(), "-e", "trace=openat"]).ok();
    let home = env.home().display().to_string();
    let text = fs::read_to_string(&log).unwrap();
    let calls: Vec<String> = text.lines().filter(|call| call.contains(&home)).map(str::to_owned).collect();
    for name in names {
        assert!(calls.iter().any(|call| call.contains(name)), "{name} is never opened:\n{text}");
    }
    calls
}

#[test]
fn h52_h53_h70_a_file_is_opened_so_that_it_leads_nowhere_holds_nothing_up_and_is_not_handed_on() {
    let (env, server) = (Env::new(), FaultServer::with_organisation());
    let (token, note) = (env.home().join("token"), env.home().join(".local/share/ankra/expiries.json"));
    write_private(&token, "a-token");
    write_private(&note, "{}");
    write_private(&env.home().join(".config/ankra/config.toml"), "");
    env.signed_in(&server.url(), "old-token");
    let stale = ".login.toml.0000000000000001.tmp";
    write_private(&env.login_file().with_file_name(stale), "");
    let from_file = format!("login --with-token --api-token-from file:{}", token.display());
    let mut calls = openings(
        &env,
        env.line(&from_file).env("ANKRA_BASE_URL", server.url()),
        &[
            "config.toml",
            "\"login.toml\"",
            ".login.toml.lock",
            stale,
            ".tmp\", O_WRONLY|O_CREAT",
            "/token\"",
            "O_DIRECTORY",
        ],
    );
    let key = env.home().join("key");
    calls.extend(openings(&env, generate(&env, &key), &["\".key.", "\".key.pub."]));
    calls.extend(openings(&env, env.line("--sandbox credentials registry list"), &["expiries.json"]));
    let all_of = |part: &str, flags: &[&str]| {
        for call in calls.iter().filter(|call| call.contains(part)) {
            assert!(flags.iter().all(|flag| call.contains(flag)), "without one of {flags:?}: {call}");
        }
    };
    all_of("", &["O_CLOEXEC"]);
    all_of(".tmp\", O_WRONLY", &["O_CREAT", "O_EXCL"]);
    all_of(stale, &["O_RDWR", "O_NOFOLLOW"]);
    all_of(".login.toml.lock\"", &["O_NOFOLLOW"]);
    for read in ["config.toml\"", "/login.toml\"", "\"login.toml\"", "/token\"", "expiries.json\""] {
        all_of(read, &["O_NONBLOCK", "O_NOCTTY"]);
    }
    for within in ["\"login.toml\"", "expiries.json\""] {
        all_of(within, &["O_NOFOLLOW"]);
    }
}
