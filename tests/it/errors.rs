//! What a failure is: an exit code, a message, causes and hints.

use serde_json::{Value, json};

use crate::support::{Answer, Env, FaultServer, Run};

/// One case for each exit code: a command, and the kind that JSON names.
fn cases<'a>(env: &'a Env, server: &'a FaultServer) -> Vec<(Run, i32, &'static str)> {
    let status = |status: u16| {
        let path = format!("/api/v1/credentials/{status}");
        server.on("GET", &path, [Answer::json(status, json!({"detail": "no"}))]);
    };
    status(400);
    server
        .on("GET", "/api/v1/credentials/hetzner", [Answer::json(401, json!({"detail": "no"}))])
        .on(
            "GET",
            "/api/v1/credentials/ovh",
            [Answer::json(403, json!({"detail": "permission_denied", "permission": "p"}))],
        )
        .on("GET", "/api/v1/credentials/hetzner/ssh-keys", [Answer::silence()])
        .on("GET", "/api/v1/credentials/ovh/ssh-keys", [Answer::json(400, json!({"detail": "no"}))])
        .on("POST", "/api/v1/credentials/hetzner", [Answer::reset()])
        .on("POST", "/api/v1/credentials/ovh", [Answer::json(409, json!({"detail": "taken"}))]);
    let ankra = |line: &str| server.ankra(env, line);
    vec![
        (ankra("credentials ovh ssh-key list"), 1, "failure"),
        (ankra("credentials hetzner create"), 2, "usage"),
        (ankra("credentials registry get nothing"), 3, "not_found"),
        (ankra("credentials hetzner ssh-key list --timeout 1"), 5, "timed_out"),
        (ankra("credentials hetzner create --name x --api-token-stdin").stdin("t"), 5, "outcome_unknown"),
        (ankra("credentials hetzner list"), 6, "authentication"),
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
        assert!(outcome.stderr.contains("error: "), "{kind}: {outcome}");
        assert!(
            outcome.stderr.contains("  cause: ") || outcome.stderr.contains("  hint: "),
            "{kind}: {outcome}"
        );
        assert!(outcome.stdout.is_empty(), "{kind}: {outcome}");
    }
    // The route that only stands for its status.
    server.ankra(&env, "credentials list").fails(3);
    let mut curl = env.program(crate::support::need("curl", "curl"));
    curl.command.args(["-s", &format!("{}/api/v1/credentials/400", server.url())]);
    curl.ok();
}

#[test]
fn with_json_a_failure_is_one_object_on_stderr() {
    let env = Env::new();
    let server = FaultServer::start();
    for (run, code, kind) in cases(&env, &server) {
        let outcome = run.arg("-ojson").fails(code);
        let line = outcome.stderr.lines().last().unwrap().to_owned();
        let error: Value = serde_json::from_str(&line).unwrap_or_else(|e| panic!("{e}: {outcome}"));
        assert_eq!(
            (&error["error"]["kind"], &error["error"]["exit_code"]),
            (&json!(kind), &json!(code)),
            "{outcome}"
        );
        for key in ["message", "causes", "hints"] {
            assert!(!error["error"][key].is_null(), "{key}: {line}");
        }
    }
    let mut curl = env.program(crate::support::need("curl", "curl"));
    curl.command.args(["-s", &format!("{}/api/v1/credentials/400", server.url())]);
    curl.ok();
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
