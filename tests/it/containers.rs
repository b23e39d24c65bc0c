//! In a PID namespace of its own, as in a container: session and process group may be out of sight, and
//! the program may be the first process, which no signal ends by default.

use std::{fs, os::unix::fs::PermissionsExt};

use rustix::process::{Pid, Signal, geteuid, kill_process};
use serde_json::json;

use crate::support::{
    Answer, End, Ended, Env, FaultServer, Pty, Run, await_that, hetzner_token, need, write_private,
};

/// `run` in a PID namespace; `first`: as its first process.
fn contained(run: Run, first: bool) -> Run {
    let map: &[&str] = if geteuid().is_root() { &[] } else { &["--map-root-user"] };
    let shell: &[&str] = if first { &[] } else { &["sh", "-c", "\"$@\"; exit $?", "sh"] };
    let options = [map, &["--pid", "--fork", "--mount-proc"], shell].concat();
    run.under(need("unshare", "util-linux"), &options)
}

#[test]
fn a_prompt_works_where_session_and_job_are_out_of_sight() {
    for first in [false, true] {
        let env = Env::new();
        let create = |name: &str| {
            let run = env.line(&format!("--sandbox credentials hetzner create --name {name}"));
            let mut pty = Pty::start(contained(run, first));
            pty.expect("Hetzner API token:");
            pty
        };
        let mut pty = create("my-token");
        pty.send(&format!("{}\r", hetzner_token()))
            .expect("Stored the Hetzner credential my-token in organisation sandbox of the sandbox.");
        assert_eq!(pty.end(), End::Code(0));

        let mut pty = create("another");
        pty.send("\x03");
        assert_eq!(pty.end(), End::Code(130), "{}", pty.transcript());
        assert_eq!(env.line("--sandbox credentials list -o name").ok().stdout, "my-token\n");
    }
}

#[test]
fn a_helper_is_asked_where_session_and_job_are_out_of_sight() {
    for first in [false, true] {
        let env = Env::new();
        let folder = env.home().join("bin");
        let helper = folder.join("docker-credential-test");
        write_private(
            &helper,
            "#!/bin/sh\necho '{\"Username\":\"alice\",\"Secret\":\"s3cr3t-of-a-test\"}'\n",
        );
        fs::set_permissions(&helper, fs::Permissions::from_mode(0o700)).unwrap();
        write_private(
            &env.home().join(".docker/config.json"),
            json!({"credHelpers": {"ghcr.io": "test"}}).to_string(),
        );
        let path = format!("{}:{}", folder.display(), std::env::var("PATH").unwrap());
        let run = env.line("--sandbox credentials registry create --name x --from-docker ghcr.io");
        contained(run.env("PATH", path), first).ok().says(&["the login of alice at ghcr.io"]);
    }
}

#[test]
fn the_first_process_ends_by_a_signal() {
    for signal in [Signal::INT, Signal::TERM, Signal::HUP] {
        let env = Env::new();
        let server = FaultServer::start();
        server.on("GET", "/api/v1/org/credentials", [Answer::silence()]);
        // It would wait longer than this test may take.
        let run = server.ankra(&env, "credentials list --timeout 3600");
        let mut unshare = Ended(contained(run, true).command.spawn().unwrap());
        await_that(|| (!server.requests().is_empty()).then_some(()), || "no request".into());
        let id = unshare.id();
        let child = fs::read_to_string(format!("/proc/{id}/task/{id}/children")).unwrap();
        let child = Pid::from_raw(child.trim().parse().unwrap()).unwrap();
        kill_process(child, signal).unwrap();
        let status = await_that(|| unshare.try_wait().unwrap(), || format!("{signal:?}: it waits on"));
        assert_eq!(status.code(), Some(128 + signal.as_raw()));
    }
}
