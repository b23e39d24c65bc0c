//! The programs that are started for a secret: how they ask, how they end, and what is left of them.

use std::{
    fs,
    io::Read,
    os::unix::{fs::PermissionsExt, process::ExitStatusExt},
    process::Stdio,
    time::{Duration, Instant},
};

use rustix::process::{Pid, Signal, kill_process};
use serde_json::json;

use crate::support::{
    Answer, End, Ended, Env, FaultServer, Pty, Run, await_that, gate, id, need, write_private,
};

/// Asks as `read -s` does: what is typed is hidden, and it knows nothing of what ^C or ^Z leave behind.
const ASK: &str = "printf 'Unlock: ' >/dev/tty; stty -echo </dev/tty; read -r pw </dev/tty; \
                   stty echo </dev/tty; echo >/dev/tty";

/// The two kinds of programs, each with the options that have it run `script`, in a world that has it.
fn kinds(env: &Env, script: &str) -> [(&'static str, String); 2] {
    let folder = env.home().join("bin");
    fs::create_dir_all(&folder).unwrap();
    let write = |name: &str, text: String| {
        fs::write(folder.join(name), text).unwrap();
        fs::set_permissions(folder.join(name), fs::Permissions::from_mode(0o755)).unwrap();
    };
    let answer = r#"printf '{"Username": "u", "Secret": "%s"}' "$pw""#;
    write("docker-credential-ask", format!("#!/bin/sh\n{script}\n{answer}\n"));
    write("ask", format!("#!/bin/sh\n{script}\nprintf %s \"$pw\"\n"));
    let config = json!({"credHelpers": {"ghcr.io": "ask"}});
    write_private(&env.home().join(".docker/config.json"), config.to_string());
    [
        ("docker-credential-ask", "--from-docker ghcr.io".into()),
        ("the command", "--username u --password-from command:ask".into()),
    ]
}

fn platform() -> FaultServer {
    let server = FaultServer::start();
    server.accept_everything(json!({
        "id": id(1), "name": "x", "provider": "registry", "valid": true, "success": true,
    }));
    server
}

/// `run` with what [`kinds`] has made in `PATH`.
fn with_programs(run: Run, env: &Env) -> Run {
    let path = format!("{}:{}", env.home().join("bin").display(), std::env::var("PATH").unwrap());
    run.env("PATH", path).env("XDG_RUNTIME_DIR", env.home().join("run"))
}

/// `create` that takes the password from the program that `options` name.
fn create(server: &FaultServer, env: &Env, options: &str) -> Run {
    with_programs(server.ankra(env, &format!("credentials registry create --name x {options}")), env)
}

/// An interactive bash, with `$A` for `create` with `options`.
fn bash(server: &FaultServer, env: &Env, options: &str) -> Pty {
    let mut run = with_programs(env.program("bash"), env);
    run.command.args(["--norc", "--noprofile", "--noediting", "-i"]);
    let run = run
        .env("PS1", "ready> ")
        .env("A", format!("{} credentials registry create --name x {options}", crate::support::ankra_path()))
        .env("ANKRA_BASE_URL", server.url())
        .env("ANKRA_API_TOKEN", "token-of-the-test");
    let mut pty = Pty::start(run);
    pty.expect("ready> ");
    pty
}

/// Started in a session of its own, which has no terminal.
fn without_terminal(run: Run) -> Ended {
    let mut run = run.under(need("setsid", "util-linux"), &[]);
    run.command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::piped());
    Ended(run.command.spawn().unwrap())
}

fn sent(server: &FaultServer) -> String {
    server.writes()[0].json()["password"].as_str().unwrap().to_owned()
}

/// Neither echoed nor run by the shell.
fn assert_hidden(env: &Env, pty: &Pty) {
    let shown = pty.transcript();
    assert!(!shown.contains("hunter2") && !shown.contains("SPILT"), "{shown}");
    assert!(!env.work().join("SPILT").exists(), "{shown}");
}

#[test]
fn h117_a_program_that_asks_gets_the_terminal_and_leaves_nothing_for_the_shell() {
    for kind in 0..2 {
        let (env, server) = (Env::new(), platform());
        let (name, options) = kinds(&env, ASK)[kind].clone();
        // The time for requests is over long before the person answers.
        let mut pty = bash(&server, &env, &format!("{options} --timeout 1"));
        pty.send("$A | cat\r").expect("Unlock: ").expect_hidden();
        std::thread::sleep(Duration::from_millis(2_500));
        pty.send("hunter2\rtouch SPILT\r").expect("Stored").expect("ready> ");
        pty.send("echo \"code $?\"\r").expect("code 0\r\n").expect("ready> ").send("exit\r");
        pty.end();
        assert_eq!(sent(&server), "hunter2", "{name}");
        assert!(!pty.transcript().contains("Waiting for"), "{}", pty.transcript());
        assert_hidden(&env, &pty);
    }
}

#[test]
fn h117_control_c_ends_the_program_that_asks_and_this_one() {
    for (key, code) in [("\x03", 130), ("\x1c", 131)] {
        for kind in 0..2 {
            let (env, server) = (Env::new(), platform());
            let (_, options) = kinds(&env, &format!("trap '' INT; {ASK}"))[kind].clone();
            let mut pty = bash(&server, &env, &options);
            pty.send("$A\r").expect("Unlock: ").expect_hidden().send("hunter2");
            pty.send(key).expect("ready> ").send("echo \"code $?\"\r");
            pty.expect(&format!("code {code}\r\n")).expect("ready> ").send("exit\r");
            let (_, is_restored) = pty.end_and_look();
            gate("terminals not restored", usize::from(!is_restored), 1);
            assert!(is_restored && server.writes().is_empty(), "{}", pty.transcript());
            assert_hidden(&env, &pty);
        }
    }
}

#[test]
fn h117_a_signal_ends_the_program_that_asks_and_restores_the_terminal() {
    for (signal, number) in [(Signal::TERM, 15), (Signal::HUP, 1), (Signal::USR1, 10), (Signal::ALARM, 14)] {
        for kind in 0..2 {
            let (env, server) = (Env::new(), platform());
            let (_, options) = kinds(&env, ASK)[kind].clone();
            let mut pty = Pty::start(create(&server, &env, &options));
            pty.expect("Unlock: ").expect_hidden().send("hunter2").signal(signal);
            let (end, is_restored) = pty.end_and_look();
            gate("terminals not restored", usize::from(!is_restored), 1);
            assert!(is_restored, "{}", pty.transcript());
            assert_eq!(end, End::Signal(number));
            assert_hidden(&env, &pty);
        }
    }
}

/// Has the shell continue what was stopped, answers it, and ends the shell.
fn answer_in_foreground(pty: &mut Pty) {
    pty.send("fg\r").expect_hidden().send("hunter2\r").expect("Stored").expect("ready> ");
    pty.send("exit\r");
    pty.end();
}

#[test]
fn h117_control_z_stops_both_and_fg_continues_both_with_the_answer_hidden() {
    for kind in 0..2 {
        let (env, server) = (Env::new(), platform());
        let (name, options) = kinds(&env, ASK)[kind].clone();
        let mut pty = bash(&server, &env, &options);
        let settings = pty.settings();
        pty.send("$A\r").expect("Unlock: ").expect_hidden().send("wrong\x1a");
        pty.expect("Stopped").expect("ready> ");
        assert_eq!(pty.settings(), settings, "{name}");
        answer_in_foreground(&mut pty);
        assert_eq!(sent(&server), "hunter2", "{name}");
        assert_hidden(&env, &pty);
    }
}

#[test]
fn h117_in_the_background_a_program_that_asks_waits_for_the_foreground() {
    for kind in 0..2 {
        let (env, server) = (Env::new(), platform());
        let (name, options) = kinds(&env, ASK)[kind].clone();
        let mut pty = bash(&server, &env, &options);
        pty.send("$A &\r");
        await_that(
            || {
                pty.send("\r");
                std::thread::sleep(Duration::from_millis(50));
                pty.transcript().contains("Stopped").then_some(())
            },
            || format!("not stopped: {name}"),
        );
        answer_in_foreground(&mut pty);
        assert_eq!(sent(&server), "hunter2", "{name}");
        assert_hidden(&env, &pty);
    }
}

#[test]
fn h115_a_person_is_told_what_is_waited_for() {
    for kind in 0..2 {
        let (env, server) = (Env::new(), platform());
        let (name, options) = kinds(&env, "echo 'a word\u{1b}[2J' >&2; sleep 600; pw=x")[kind].clone();
        let mut pty = Pty::start(create(&server, &env, &options));
        pty.expect("a word").expect(&format!("Waiting for {name}")).expect("Ctrl-C ends it").send("\x03");
        assert_eq!(pty.end(), End::Signal(2));
        assert_eq!(kind == 0, !pty.transcript().contains("\u{1b}[2J"), "{}", pty.transcript());
    }
}

/// On a terminal too: nobody is there for `--every`.
#[test]
fn h115_a_command_that_hangs_is_ended_and_tried_again() {
    let env = Env::new();
    let server = FaultServer::start();
    server.on(
        "GET",
        "/api/v1/org/helm/credentials/x",
        [Answer::json(200, json!({"id": id(1), "name": "x", "username": "u"}))],
    );
    server.on("PUT", "/api/v1/org/helm/credentials/x", [Answer::done()]);
    let script = format!(
        "if mkdir once; then {ASK}; sleep 600; fi 2>/dev/null; if mkdir twice; then sleep 600 & pw=first; else pw=second; fi 2>/dev/null"
    );
    kinds(&env, &script);
    let line = "credentials registry refresh x --preset generic --every 2s --password-from command:ask";
    let forget = || ["once", "twice"].iter().for_each(|name| fs::remove_dir(env.work().join(name)).unwrap());
    for is_terminal in [true, false] {
        let run = with_programs(server.ankra(&env, line), &env);
        let before = server.writes().len();
        let puts = |count: usize| (server.writes().len() >= before + count).then_some(());
        if is_terminal {
            let mut pty = Pty::start(run);
            let settings = pty.settings();
            pty.expect("Unlock: ").expect_hidden().send("hunter2");
            pty.expect("the command did not end within 2 s; trying again at ");
            gate("terminals not restored", usize::from(pty.settings() != settings), 1);
            assert_eq!(pty.settings(), settings);
            pty.expect("Refreshed").expect("Refreshed").signal(Signal::TERM);
            assert_eq!(pty.end(), End::Signal(15));
            assert_hidden(&env, &pty);
        } else {
            forget();
            let mut child = without_terminal(run);
            await_that(|| puts(2), || format!("no second refresh: {:?}", server.lines()));
            kill_process(Pid::from_child(&child), Signal::TERM).unwrap();
            let mut said = String::new();
            child.stderr.take().unwrap().read_to_string(&mut said).unwrap();
            child.wait().unwrap();
            assert!(said.contains("the command did not end within 2 s; trying again at "), "{said}");
        }
    }
    forget();
}

/// A person at a terminal, and nobody: [`Env`] finds what lives on.
#[test]
fn h115_all_that_a_program_started_ends_with_it_and_with_this_one() {
    for script in [
        "sleep 600 & pw=x; : >started",
        "sh -c '(sleep 600 &) ; exec sleep 600' & pw=x; : >started",
        "set -m; sleep 600 & pw=x; : >started",
    ] {
        for (_, options) in kinds(&Env::new(), script) {
            for is_terminal in [true, false] {
                let (env, server) = (Env::new(), platform());
                kinds(&env, script);
                let run = create(&server, &env, &options);
                if is_terminal {
                    Pty::start(run).ok();
                } else {
                    run.ok();
                }
                assert_eq!(sent(&server), "x", "{script}");
                fs::remove_file(env.work().join("started")).unwrap();
            }
        }
    }
    let hangs = "sh -c '(sleep 600 &) ; exec sleep 600' & : >started; trap '' TERM HUP INT; wait; sleep 600";
    for signal in [Signal::TERM, Signal::HUP, Signal::INT, Signal::QUIT, Signal::USR2] {
        for kind in 0..2 {
            for is_terminal in [true, false] {
                let (env, server) = (Env::new(), platform());
                let (name, options) = kinds(&env, hangs)[kind].clone();
                let run = create(&server, &env, &options);
                let started = || env.work().join("started").exists().then_some(());
                if is_terminal {
                    let mut pty = Pty::start(run);
                    await_that(started, || format!("{name} is not started"));
                    pty.signal(signal);
                    assert_eq!(pty.end(), End::Signal(signal.as_raw()));
                } else {
                    let mut child = without_terminal(run);
                    await_that(started, || format!("{name} is not started"));
                    kill_process(Pid::from_child(&child), signal).unwrap();
                    assert_eq!(child.wait().unwrap().signal(), Some(signal.as_raw()));
                }
                fs::remove_file(env.work().join("started")).unwrap();
            }
        }
    }
}

#[test]
fn h115_without_a_terminal_a_helper_ends_with_the_time_for_all() {
    let (env, server) = (Env::new(), platform());
    let (_, options) = kinds(&env, "sleep 600")[0].clone();
    let start = Instant::now();
    let outcome = create(&server, &env, &format!("{options} --timeout 2")).fails(5);
    outcome.says(&["docker-credential-ask does not answer", "it was ended after the 2 s"]);
    let is_late = start.elapsed() > Duration::from_secs(60);
    gate("waits beyond the deadline", usize::from(is_late), 1);
    assert!(!is_late, "{outcome}");
}

#[test]
fn a_helper_that_fails_says_why() {
    let (env, server) = (Env::new(), platform());
    let words = "The name org.freedesktop.secrets was not provided by any .service files";
    for stream in ["", ">&2"] {
        let (_, options) = kinds(&env, &format!("echo '{words}\u{1b}[2J' {stream}; exit 1"))[0].clone();
        let outcome = create(&server, &env, &options).fails(1);
        outcome.says(&["docker-credential-ask gives no login", &format!("it says: {words}\\u{{1b}}[2J")]);
    }
    let (_, options) = kinds(&env, "echo 'A new version is there'; pw=x")[0].clone();
    create(&server, &env, &options).fails(1).says(&["something else before its JSON"]);
    assert!(server.writes().is_empty());
}
