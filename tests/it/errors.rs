//! What a failure is: an exit code, a message, causes and hints.

use ankra::testing::error::ErrorKind;
use rustix::process::Signal;
use serde_json::{Value, json};

use crate::support::{Answer, End, Env, FaultServer, Pty, Run};

/// A case of each kind that needs no person: a command, its exit code, and the kind that JSON names.
fn cases(env: &Env, server: &FaultServer) -> Vec<(Run, i32, &'static str)> {
    let answer = |status: u16, detail: &str| [Answer::json(status, json!({ "detail": detail }))];
    server
        .on("GET", "/api/v1/credentials/hetzner", answer(401, "no"))
        .on(
            "GET",
            "/api/v1/credentials/ovh",
            [Answer::json(403, json!({"detail": "permission_denied", "permission": "p"}))],
        )
        .on("GET", "/api/v1/credentials/hetzner/ssh-keys", [Answer::silence()])
        .on("GET", "/api/v1/credentials/ovh/ssh-keys", answer(400, "no"))
        .on("POST", "/api/v1/credentials/hetzner", [Answer::reset()])
        .on("POST", "/api/v1/credentials/ovh", answer(409, "taken"));
    let ankra = |line: &str| server.ankra(env, line);
    vec![
        (ankra("credentials ovh ssh-key list"), 1, "failure"),
        (ankra("credentials hetzner create"), 2, "usage"),
        (ankra("credentials hetzner create --name x --api-token hunter2"), 2, "usage"),
        (ankra("credentials list --no-such-option"), 2, "usage"),
        (ankra("credentials hetzner create --name x --api-token-from env:UNSET"), 2, "usage"),
        (ankra("credentials list --base-url http://example.com"), 2, "usage"),
        (ankra("credentials registry get nothing"), 3, "not_found"),
        (ankra("credentials hetzner ssh-key list --timeout 1"), 5, "timed_out"),
        (ankra("credentials hetzner create --name x --api-token-stdin").stdin("t"), 5, "outcome_unknown"),
        (ankra("credentials hetzner list"), 6, "authentication"),
        (env.line("credentials list"), 6, "authentication"),
        (ankra("credentials ovh list"), 7, "permission"),
        (
            ankra("credentials ovh create --name x --project-id 0 --secrets-from stdin")
                .stdin(r#"{"application_key":"a","application_secret":"b","consumer_key":"c"}"#),
            8,
            "conflict",
        ),
    ]
}

#[test]
fn every_kind_of_failure_has_its_exit_code() {
    let env = Env::new();
    let server = FaultServer::start();
    for (run, code, kind) in cases(&env, &server) {
        let outcome = run.fails(code);
        let lines: Vec<&str> =
            outcome.stderr.lines().skip_while(|line| line.starts_with("warning: ")).collect();
        assert!(lines[0].starts_with("error: "), "{kind}: {outcome}");
        let more = |line: &&str| line.starts_with("  cause: ") || line.starts_with("  hint: ");
        assert!(lines.len() > 1 && lines[1..].iter().all(more), "{kind}: {outcome}");
        assert!(outcome.stdout.is_empty(), "{kind}: {outcome}");
    }
    env.line("--sandbox status").ok();
}

#[test]
fn with_json_a_failure_is_one_object_on_stderr() {
    for asked in ["-ojson", "-o=json", "--output=json", "-o json", "--output json"] {
        let env = Env::new();
        let server = FaultServer::start();
        for (run, code, kind) in cases(&env, &server) {
            let outcome = asked.split(' ').fold(run, Run::arg).fails(code);
            assert!(outcome.stdout.is_empty(), "{outcome}");
            let line = outcome.stderr.lines().last().unwrap();
            let said: Value = serde_json::from_str(line).unwrap_or_else(|e| panic!("{e}: {outcome}"));
            let keys: Vec<&String> = said["error"].as_object().unwrap().keys().collect();
            assert_eq!(keys, ["causes", "exit_code", "hints", "kind", "message"], "{line}");
            let error = &said["error"];
            assert_eq!((&error["kind"], &error["exit_code"]), (&json!(kind), &json!(code)), "{outcome}");
            assert!(error["message"].as_str().is_some_and(|text| !text.is_empty()), "{line}");
            let texts = |key: &str| error[key].as_array().unwrap().iter().all(Value::is_string);
            assert!(texts("causes") && texts("hints"), "{line}");
        }
    }
}

#[test]
fn json_is_for_those_who_asked_for_it_as_the_format() {
    let env = Env::new();
    for line in
        ["credentials get json", "credentials list --org json", "credentials list -o yaml", "-- -o json"]
    {
        let outcome = env.line(line).run();
        assert!(outcome.stderr.starts_with("error: "), "{outcome}");
    }
}

/// Names and exit codes are contracts with scripts, those that no answer shows among them.
#[test]
fn every_kind_has_its_name_and_its_exit_code() {
    for (kind, name, code) in [
        (ErrorKind::Failure, "failure", 1),
        (ErrorKind::Usage, "usage", 2),
        (ErrorKind::NotFound, "not_found", 3),
        (ErrorKind::Declined, "declined", 4),
        (ErrorKind::TimedOut, "timed_out", 5),
        (ErrorKind::OutcomeUnknown, "outcome_unknown", 5),
        (ErrorKind::Authentication, "authentication", 6),
        (ErrorKind::Permission, "permission", 7),
        (ErrorKind::Conflict, "conflict", 8),
        (ErrorKind::BrokenPipe, "broken_pipe", 141),
    ] {
        assert_eq!((kind.name(), kind.exit_code()), (name, code));
    }
}

#[test]
fn a_shell_reports_an_interrupted_prompt_as_130() {
    let env = Env::new();
    let mut shell = env.program("sh");
    // The shell is at the same terminal: without its trap the key would end it too.
    let script = "trap : INT; \"$0\" --sandbox credentials hetzner create --name x; echo \"ended with $?\"";
    shell.command.args(["-c", script, crate::support::ankra_path()]);
    let mut pty = Pty::start(shell);
    pty.expect("Hetzner API token: ").send("\u{3}").expect("ended with 130");
    assert_eq!(pty.end(), End::Code(0));
}

#[test]
fn declined_is_4_and_an_interrupt_is_a_signal() {
    for format in ["table", "json"] {
        let env = Env::new();
        let file = env.home().join("stderr");
        let reset = || {
            let stderr = std::fs::File::create(&file).unwrap();
            Pty::sized(env.line(&format!("sandbox reset -o {format}")), 80, |command| {
                command.stderr(stderr);
            })
        };
        let mut pty = reset();
        pty.expect("[y/N] ").send("n\r");
        assert_eq!(pty.end(), End::Code(4));
        let said = std::fs::read_to_string(&file).unwrap();
        match format {
            "json" => {
                let error = &serde_json::from_str::<Value>(&said).unwrap()["error"];
                assert_eq!((&error["kind"], &error["exit_code"]), (&json!("declined"), &json!(4)), "{said}");
            }
            _ => assert!(said.starts_with("error: nothing was changed"), "{said}"),
        }
        // A shell reports it as 130.
        let mut pty = reset();
        pty.expect("[y/N] ").signal(Signal::INT);
        assert_eq!(pty.end(), End::Signal(2));
        assert_eq!(std::fs::read_to_string(&file).unwrap(), "", "whoever interrupts knows it");
    }
    let env = Env::new();
    let server = FaultServer::start();
    server.on("GET", "/api/v1/org/credentials", [Answer::silence()]);
    let mut pty = Pty::start(server.ankra(&env, "credentials list -v"));
    while server.requests().is_empty() {
        std::thread::yield_now();
    }
    pty.send("\u{3}");
    assert_eq!(pty.end(), End::Signal(2), "also while it waits for the platform");
}

#[test]
fn h66_a_token_in_the_environment_is_not_in_the_help() {
    let env = Env::new();
    for line in
        ["--help", "credentials --help", "credentials hetzner create --help", "login --help", "status -h"]
    {
        let outcome =
            env.line(line).env("ANKRA_API_TOKEN", "canary-token").env("ANKRA_ORG", "canary-org").ok();
        assert!(!outcome.all().contains("canary"), "{outcome}");
    }
}

#[test]
fn h82_bytes_that_are_not_utf_8_are_an_error() {
    use std::{ffi::OsStr, os::unix::ffi::OsStrExt};

    let env = Env::new();
    for bytes in [b"\xff".as_slice(), b"--name=\xff", b"cred\xfe"] {
        let outcome = env.line("credentials hetzner create").arg(OsStr::from_bytes(bytes)).fails(2);
        assert!(!outcome.stderr.contains("panicked"), "{outcome}");
    }
}
