//! In a PID namespace of its own, as in a container: session and process group may be out of sight, and
//! the program may be the first process, which no signal ends by default.

use std::{
    fs,
    os::unix::fs::PermissionsExt,
    thread::sleep,
    time::{Duration, Instant},
};

use rustix::process::{Pid, Signal, geteuid, kill_process};
use serde_json::json;

use crate::support::{Answer, End, Env, FaultServer, Pty, Run, hetzner_token, need, write_private};

/// `run` in a PID namespace; `first`: as its first process.
fn contained(env: &Env, run: &Run, first: bool) -> Run {
    let mut contained = env.program(need("unshare", "util-linux"));
    if !geteuid().is_root() {
        contained.command.arg("--map-root-user");
    }
    contained.command.args(["--pid", "--fork", "--mount-proc"]);
    if !first {
        contained.command.args(["sh", "-c", "\"$@\"; exit $?", "sh"]);
    }
    contained.command.arg(run.command.get_program()).args(run.command.get_args());
    for (key, value) in run.command.get_envs() {
        if let Some(value) = value {
            contained.command.env(key, value);
        }
    }
    contained
}

#[test]
fn a_prompt_works_where_session_and_job_are_out_of_sight() {
    for first in [false, true] {
        let env = Env::new();
        let create = |name: &str| {
            let run = env.line(&format!("--sandbox credentials hetzner create --name {name}"));
            let mut pty = Pty::start(contained(&env, &run, first));
            pty.expect("Hetzner API token:");
            pty
        };
        let mut pty = create("my-token");
        pty.send(&format!("{}\r", hetzner_token())).expect("Stored the Hetzner credential my-token.");
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
        contained(&env, &run.env("PATH", path), first).ok().says(&["the login of alice at ghcr.io"]);
    }
}

#[test]
fn the_first_process_ends_by_a_signal() {
    for signal in [Signal::INT, Signal::TERM, Signal::HUP] {
        let env = Env::new();
        let server = FaultServer::start();
        server.on("GET", "/api/v1/credentials", [Answer::silence()]);
        let mut unshare =
            contained(&env, &server.ankra(&env, "credentials list"), true).command.spawn().unwrap();
        let start = Instant::now();
        while server.requests().is_empty() {
            assert!(start.elapsed() < Duration::from_secs(10), "no request");
            sleep(Duration::from_millis(10));
        }
        let id = unshare.id();
        let child = fs::read_to_string(format!("/proc/{id}/task/{id}/children")).unwrap();
        let child = Pid::from_raw(child.trim().parse().unwrap()).unwrap();
        kill_process(child, signal).unwrap();
        assert_eq!(unshare.wait().unwrap().code(), Some(128 + signal.as_raw()));
        assert!(start.elapsed() < Duration::from_secs(15), "{signal:?}: it waited for the answer");
    }
}
