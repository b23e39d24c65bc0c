//! `ankra credentials hetzner`

use std::fs;

use serde_json::json;

use crate::support::{Answer, End, Env, FaultServer, Pty, credential, hetzner_token};

const CREATE: &str = "--sandbox credentials hetzner create --name my-hetzner-token";

#[test]
fn the_guide_s_command_line_asks_for_the_token() {
    let env = Env::new();
    let token = hetzner_token();
    let mut pty =
        Pty::start(env.line("credentials hetzner create --name my-hetzner-token").env("ANKRA_SANDBOX", "1"));
    pty.expect("Hetzner API token: ").expect_hidden().send(&format!("{token}\r")).expect("received");
    let shown = pty.ok();
    assert!(!shown.contains(&token[..8]), "{shown}");
    assert!(
        shown.contains("Stored the Hetzner credential my-hetzner-token in organisation sandbox"),
        "{shown}"
    );
    let listed = env.line("credentials hetzner list -o name").env("ANKRA_SANDBOX", "1").ok();
    assert_eq!(listed.stdout, "my-hetzner-token\n");
}

#[test]
fn a_token_comes_from_a_descriptor_that_the_shell_opened() {
    let env = Env::new();
    let token = hetzner_token();
    let file = env.home().join("token");
    fs::write(&file, format!("{token}\n")).unwrap();
    let shell = |line: &str| {
        let server = FaultServer::start();
        server.on("POST", "/api/v1/credentials/hetzner", [Answer::json(200, json!({"success": true}))]);
        let mut run = env.program("bash");
        run.command.args(["-c", line, crate::support::ankra_path()]).arg(&file);
        run.env("ANKRA_BASE_URL", server.url()).env("ANKRA_API_TOKEN", "t").ok();
        assert_eq!(server.writes()[0].json()["api_token"], token, "{line}");
    };
    shell("\"$0\" credentials hetzner create --name x --api-token-from fd:7 7<\"$1\"");
    shell("\"$0\" credentials hetzner create --name x --api-token-from file:<(cat \"$1\")");
}

#[test]
fn h47_without_a_terminal_a_missing_token_is_named_before_any_request() {
    let (env, server) = (Env::new(), FaultServer::start());
    for args in ["", " --no-input", " --api-token-from prompt", " --if-not-exists", " --org acme"] {
        let line = format!("credentials hetzner create --name x{args}");
        server.ankra(&env, &line).fails(2).says(&[
            "missing: Hetzner API token",
            "--api-token-from",
            "--api-token-stdin",
            "--secrets-from",
        ]);
    }
    assert!(server.requests().is_empty(), "{:?}", server.lines());
}

#[test]
fn a_source_of_no_use_is_told_before_any_request() {
    let (env, server) = (Env::new(), FaultServer::start());
    let table = [
        ("stdin", "", 2, "it is empty"),
        ("stdin", "\n", 2, "it is empty"),
        ("stdin", "two\nlines\n", 2, "more than one line"),
        ("stdin", "extra\n\n", 2, "more than one line"),
        ("stdin", "an\u{1b}[31mescape", 2, "control characters"),
        ("env:NOT_SET", "", 2, "not set"),
        ("file:/nowhere/token", "", 2, "no such file"),
        ("file:/", "", 2, "directory"),
        ("file:/dev/zero", "", 2, "device"),
        ("fd:63", "", 2, "not open"),
        ("command:false", "", 1, "exit code 1"),
    ];
    for (source, stdin, code, reason) in table {
        let run = server.ankra(&env, "credentials hetzner create --name x --api-token-from").arg(source);
        run.stdin(stdin).fails(code).says(&["no usable Hetzner API token", reason]);
    }
    assert!(server.requests().is_empty(), "{:?}", server.lines());
}

#[test]
fn who_is_not_signed_in_is_told_before_a_source_is_read() {
    let env = Env::new();
    let line = "credentials hetzner create --name x --base-url http://127.0.0.1:1 --api-token-from";
    env.line(line).arg("command:touch was-run; echo x").fails(6).says(&["not signed in"]);
    assert!(!env.work().join("was-run").exists());
}

#[test]
fn two_readers_of_standard_input_are_refused() {
    let outcome = Env::new()
        .line(CREATE)
        .arg("--api-token-stdin")
        .arg("--secrets-from")
        .arg("stdin")
        .stdin("x")
        .fails(2);
    outcome.says(&["--api-token-from", "--secrets-from", "standard input"]);
}

#[test]
fn h31_a_taken_name_is_told_before_the_token_is_asked_for() {
    let env = Env::new();
    env.line(CREATE).arg("--api-token-stdin").stdin(hetzner_token()).ok();
    let mut pty = Pty::start(env.line(CREATE));
    assert_eq!(pty.end(), End::Code(8));
    assert!(!pty.transcript().contains("Hetzner API token:"), "{}", pty.transcript());
    env.line(CREATE)
        .arg("--api-token-stdin")
        .stdin(hetzner_token())
        .fails(8)
        .says(&["my-hetzner-token", "already"]);
}

#[test]
fn if_not_exists_is_safe_to_run_twice() {
    let env = Env::new();
    let run = || {
        env.line(CREATE).arg("--if-not-exists").arg("--api-token-stdin").arg("-ojson").stdin(hetzner_token())
    };
    let first = run().ok().json();
    let second = run().ok();
    assert_eq!(second.json()["id"], first["id"]);
    second.says(&["exists already"]);
    // The same name of another kind is not what was meant.
    let line = "--sandbox credentials ovh create --name my-hetzner-token --project-id 0 --if-not-exists --secrets-from stdin";
    let secrets = json!({"application_key": "k", "application_secret": "s", "consumer_key": "c"});
    env.line(line).stdin(secrets.to_string()).fails(8).says(&["my-hetzner-token is a Hetzner credential"]);
}

#[test]
fn if_not_exists_holds_when_another_run_was_faster() {
    let there = Answer::json(200, json!([credential(1, "raced", "hetzner")]));
    let line = "credentials hetzner create --name raced --api-token-stdin -o name";
    let refusing = || {
        let server = FaultServer::start();
        let taken = Answer::json(409, json!({"detail": "taken"}));
        server.on("POST", "/api/v1/credentials/hetzner", [taken]);
        server
    };
    let server = refusing();
    server.on("GET", "/api/v1/org/credentials", [Answer::json(200, json!([])), there]);
    let again = server.ankra(&Env::new(), line).arg("--if-not-exists").stdin(hetzner_token()).ok();
    assert_eq!(again.stdout, "raced\n");

    let server = refusing();
    server.ankra(&Env::new(), line).stdin(hetzner_token()).fails(8);
}

#[test]
fn a_dry_run_sends_nothing_and_needs_nothing() {
    let env = Env::new();
    let server = FaultServer::start();
    let token = hetzner_token();
    let line = "credentials hetzner create --name my-token --dry-run -o json";
    let base = server.url();
    for run in [env.line(line), env.line(line).arg("--api-token-stdin").stdin(token.as_str())] {
        let outcome = run.env("ANKRA_BASE_URL", &base).ok();
        assert!(!outcome.all().contains(&token));
        let shown = outcome.json();
        assert_eq!(shown["method"], "POST");
        assert_eq!(shown["url"], format!("{base}/api/v1/credentials/hetzner"));
        assert_eq!(shown["body"], json!({"name": "my-token", "api_token": "<redacted>"}));
    }
    assert!(server.requests().is_empty());
    // A source that cannot be read is told of all the same.
    env.line(line).arg("--api-token-from").arg("env:NOT_SET").fails(2);
}

#[test]
fn h80_a_name_that_is_no_label_is_refused_with_the_nearest_good_one() {
    for (name, near) in [("My_Token", "my-token"), ("1st", "st"), ("a.b", "a-b"), ("-x", "x")] {
        let outcome =
            Env::new().ankra(["credentials", "hetzner", "create", &format!("--name={name}")]).fails(2);
        outcome.says(&[&format!("try {near}")]);
    }
}

#[test]
fn a_token_that_the_platform_refuses_is_doubted_and_not_stored() {
    let env = Env::new();
    let outcome = env.line(CREATE).arg("--api-token-stdin").stdin("short").fails(1);
    outcome.says(&["warning: a Hetzner API token has 64 letters and digits", "api_token"]);
    assert_eq!(env.line("--sandbox credentials list -o name").ok().stdout, "");
}

#[test]
fn what_was_created_is_told_though_it_cannot_be_read_back() {
    let server = FaultServer::start();
    server
        .on(
            "POST",
            "/api/v1/credentials/hetzner",
            [Answer::json(201, json!({"success": true, "errors": null}))],
        )
        .on("GET", "/api/v1/credentials/hetzner", [Answer::json(500, json!({"detail": "x"}))]);
    let line = "credentials hetzner create --name my-token --api-token-stdin -o json";
    let outcome = server.ankra(&Env::new(), line).stdin(hetzner_token()).ok();
    assert!(outcome.json()["id"].is_null());
    outcome.says(&["warning: its id cannot be read back"]);
}
