//! Credential helpers, good and hostile.

use std::{
    fs,
    os::unix::fs::symlink,
    path::{Path, PathBuf},
};

use rustix::process::Signal;
use serde_json::json;

use super::{auth, create, docker_file, helper, pair, platform, refused, sent, with_path};
use crate::support::{End, Env, FaultServer, Outcome, Pty, await_that, unique};

/// Docker's file names the helper `name` for ghcr.io.
fn named(env: &Env, name: &str) {
    docker_file(env, &json!({"credHelpers": {"ghcr.io": name}, "auths": {"ghcr.io": auth("file", "f")}}));
}

/// What becomes of the helper that does `script`.
fn outcome_of(env: &Env, server: &FaultServer, script: &str, flags: &str) -> Outcome {
    let folder = helper(env, "test", script);
    named(env, "test");
    with_path(create(server, env, &format!("--from-docker ghcr.io {flags}")), &folder).run()
}

#[test]
fn a_helper_is_asked_without_our_tokens_and_answers_with_the_login() {
    let env = Env::new();
    let secret = format!("{}\"\\ \u{e9}", unique("pw", 20));
    let seen = env.home().join("seen");
    let answer = env.home().join("answer");
    fs::write(&answer, json!({"ServerURL": "x", "Username": "alice", "Secret": secret}).to_string()).unwrap();
    let script = format!(
        "{{ cat; env; ls -l /proc/$$/fd; tr '\\0' ' ' </proc/$$/cmdline; cat /proc/$PPID/cmdline; }} >{}; cat {}",
        seen.display(),
        answer.display()
    );
    let server = platform();
    let folder = helper(&env, "test", &script);
    named(&env, "test");
    let run = with_path(create(&server, &env, "--from-docker ghcr.io/org/app"), &folder)
        .env("ANKRA_API_TOKEN", "token-of-the-test")
        .env("ANKRA_OTHER_TOKEN", "token-of-the-test");
    run.ok().says(&["Taken from docker-credential-test, named in ", "the login of alice at ghcr.io"]);
    assert_eq!(sent(&server), pair("alice", &secret));
    let seen = fs::read_to_string(seen).unwrap();
    assert!(seen.starts_with("ghcr.io\n"), "{seen}");
    assert!(seen.contains("docker-credential-test get") && seen.contains("HOME="), "{seen}");
    assert!(!seen.contains("token-of-the-test") && !seen.contains(&secret[..20]), "{seen}");
}

#[test]
fn a_helper_with_nothing_leaves_the_word_to_the_file() {
    let env = Env::new();
    for script in [
        "echo credentials not found in native keychain; exit 1",
        r#"echo '{"ServerURL":"","Username":"","Secret":""}'"#,
    ] {
        let server = platform();
        let outcome = outcome_of(&env, &server, script, "");
        assert_eq!(sent(&server), pair("file", "f"), "{outcome}");
    }
    // One for all registries that fails does so too, and that is told.
    let server = platform();
    docker_file(&env, &json!({"credsStore": "gone", "auths": {"ghcr.io": auth("file", "f")}}));
    let outcome = create(&server, &env, "--from-docker ghcr.io").ok();
    outcome.says(&["warning: there is no program docker-credential-gone"]);
    assert_eq!(sent(&server), pair("file", "f"));
    docker_file(&env, &json!({"credsStore": "gone"}));
    create(&server, &env, "--from-docker ghcr.io").fails(2).says(&["there is no program"]);
}

#[test]
fn h95_a_helper_s_answer_is_read_as_other_systems_write_it() {
    let (env, server) = (Env::new(), platform());
    let script = r#"printf '\357\273\277{"Username":"alice","Secret":"hunter2hunter2"}\r\n'"#;
    outcome_of(&env, &server, script, "");
    assert_eq!(sent(&server), pair("alice", "hunter2hunter2"));
    outcome_of(&env, &platform(), "printf '\\377\\376{\\0}\\0'", "").says(&["it is UTF-16 text"]);
}

#[test]
fn nothing_that_a_failing_helper_writes_is_repeated() {
    let secret = unique("secret", 30);
    for (script, code, text) in [
        ("echo SECRET >&2; exit 1", 1, "the command ended with exit code 1"),
        ("echo SECRET; echo SECRET >&2; exit 7", 1, "the command ended with exit code 7"),
        ("echo '{\"Username\": \"u\", \"Secret\": \"SECRET\"}'; exit 1", 1, "exit code 1"),
        ("echo '{\"Username\": \"u\", \"Secret\": \"SECRET\"'", 1, "its answer is not JSON: line 2"),
        ("echo SECRET", 1, "it is not JSON: line 1, column 1"),
        ("echo '{\"Username\": \"<token>\", \"Secret\": \"SECRET\"}'", 2, "identity token"),
        ("echo '{\"Username\": \"\", \"Secret\": \"SECRET\"}'", 2, "it has no user name"),
        (
            "echo '{\"Username\": \"u\\u001b[2J\", \"Secret\": \"SECRET\"}'",
            2,
            "the user name: it holds control characters",
        ),
        ("echo '{\"Username\": \"u\", \"Secret\": \"SECRET\\u0007\"}'", 2, "control characters"),
        ("echo '[\"SECRET\"]'; exit 3", 1, "exit code 3"),
        ("echo SECRET; kill -9 $$", 1, "ended by signal 9"),
        ("yes SECRET", 1, "it printed more than 1 MiB"),
        ("yes SECRET >&2 & yes SECRET", 1, "it printed more than 1 MiB"),
    ] {
        for flags in ["", "-vvv -o json", "--dry-run"] {
            let (env, server) = (Env::new(), platform());
            let outcome = outcome_of(&env, &server, &script.replace("SECRET", &secret), flags);
            let text = text.replace("its answer is", "it is");
            refused(&outcome, &server, code, &secret, &[text.as_str()]);
        }
    }
}

#[test]
fn a_helper_is_no_path_and_is_not_found_in_a_relative_folder() {
    let env = Env::new();
    let folder = helper(&env, "test", "touch \"$HOME/was-run\"; echo '{}'");
    let server = platform();
    let path = std::env::var("PATH").unwrap();
    for name in ["../bin/docker-credential-test", "/bin/sh", "a/b", "te st", "test;id", "$(id)", "t\u{e9}st"]
    {
        named(&env, name);
        let outcome = with_path(create(&server, &env, "--from-docker ghcr.io"), &folder).run();
        refused(
            &outcome,
            &server,
            2,
            "was-run",
            &["the login file names a credential helper that cannot be one"],
        );
    }
    // In the working directory, and in a folder below it.
    named(&env, "test");
    let below = env.work().join("bin");
    fs::create_dir(&below).unwrap();
    for place in [&below, &env.work()] {
        fs::copy(folder.join("docker-credential-test"), place.join("docker-credential-test")).unwrap();
    }
    for entries in [".", "bin", "", "./bin", ":bin:", "../cwd"] {
        let run = create(&server, &env, "--from-docker ghcr.io").env("PATH", format!("{entries}:{path}"));
        refused(&run.run(), &server, 2, "was-run", &["there is no program docker-credential-test"]);
    }
    assert!(!env.home().join("was-run").exists());
}

#[test]
fn h72_h113_a_helper_in_the_working_directory_is_not_run_whatever_leads_there() {
    let (env, server) = (Env::new(), platform());
    let folder = helper(&env, "test", "touch \"$HOME/was-run\"; echo '{}'");
    named(&env, "test");
    let (work, program) = (env.work(), "docker-credential-test");
    fs::create_dir_all(work.join("a/bin")).unwrap();
    for place in [&work, &work.join("a/bin")] {
        fs::copy(folder.join(program), place.join(program)).unwrap();
    }
    let outside = env.home().join("outside");
    fs::create_dir(&outside).unwrap();
    symlink(&work, env.home().join("link")).unwrap();
    symlink(work.join("a/bin").join(program), outside.join(program)).unwrap();
    let path = std::env::var("PATH").unwrap();
    let mut entries = vec![work.clone(), work.join("a/bin"), env.home().join("link"), outside];
    entries.extend(["/proc/self/cwd", "/proc/self/cwd/a/bin"].map(PathBuf::from));
    for entry in entries {
        for path in [format!("{path}:{}", entry.display()), format!("{}:{path}", entry.display())] {
            let run = create(&server, &env, "--from-docker ghcr.io").env("PATH", path);
            let says =
                ["docker-credential-test lies in the working directory and is not run", "in another folder"];
            refused(&run.run(), &server, 2, "was-run", &says);
        }
    }
    assert!(!env.home().join("was-run").exists());
    // At home, what is below it is as good as anywhere; a good one behind the bad one is found.
    let mut run = with_path(create(&server, &env, "--from-docker ghcr.io --dry-run"), &folder);
    run.command.current_dir(env.home());
    run.run();
    assert!(env.home().join("was-run").exists());
    fs::remove_file(env.home().join("was-run")).unwrap();
    let both = format!("{}:{}:{path}", work.display(), folder.display());
    create(&server, &env, "--from-docker ghcr.io --dry-run").env("PATH", both).run();
    assert!(env.home().join("was-run").exists());
    fs::remove_dir_all(&work).unwrap();
    fs::create_dir(&work).unwrap();
}

/// Whether the process whose id is in `file` is gone, or is about to be collected.
fn is_gone(file: &Path) -> bool {
    let pid = fs::read_to_string(file).unwrap();
    let status = fs::read_to_string(format!("/proc/{}/status", pid.trim())).unwrap_or_default();
    status.is_empty() || status.contains("State:\tZ")
}

fn await_end(files: &[&Path]) {
    let gone = || files.iter().all(|file| is_gone(file));
    await_that(|| gone().then_some(()), || "the helper lives on".into());
}

#[test]
fn a_helper_that_hangs_is_ended_in_time_with_its_children() {
    let env = Env::new();
    let (own, child) = (env.home().join("own"), env.home().join("child"));
    let script =
        format!("echo $$ >{}; sleep 600 & echo $! >{}; trap '' TERM; wait", own.display(), child.display());
    let server = platform();
    let outcome = outcome_of(&env, &server, &script, "--timeout 1");
    refused(&outcome, &server, 5, "x-no-secret", &["docker-credential-test does not answer", "--timeout"]);
    await_end(&[&own, &child]);
}

#[test]
fn a_signal_ends_the_helper_and_then_the_program() {
    for signal in ["^C", "TERM"] {
        let env = Env::new();
        let (own, child) = (env.home().join("own"), env.home().join("child"));
        let script = format!(
            "echo $$ >{}; sleep 600 & echo $! >{}.new; mv {}.new {}; wait",
            own.display(),
            child.display(),
            child.display(),
            child.display()
        );
        let folder = helper(&env, "test", &script);
        named(&env, "test");
        let server = platform();
        let mut pty = Pty::start(with_path(create(&server, &env, "--from-docker ghcr.io"), &folder));
        await_that(|| child.exists().then_some(()), || "the helper was not started".into());
        if signal == "^C" {
            pty.send("\x03");
            assert_eq!(pty.end(), End::Signal(2));
        } else {
            pty.signal(Signal::TERM);
            assert_eq!(pty.end(), End::Signal(15));
        }
        await_end(&[&own, &child]);
        assert!(server.writes().is_empty());
    }
}
