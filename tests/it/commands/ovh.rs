//! `ankra credentials ovh`

use serde_json::json;

use crate::support::{Answer, End, Env, FaultServer, Pty, say_that_it_is_there, unique};

const PROJECT: &str = "0123456789abcdef0123456789abcdef";

#[test]
fn the_guide_s_command_line_asks_for_three_secrets_in_order() {
    let env = Env::new();
    let line = format!("credentials ovh create --name my-ovh-cred --project-id {PROJECT}");
    let mut pty = Pty::start(env.line(&line).env("ANKRA_SANDBOX", "1"));
    let secrets = [unique("k", 16), unique("s", 32), unique("c", 32)];
    let names = ["application-key", "application-secret", "consumer-key"];
    for (name, secret) in names.into_iter().zip(&secrets) {
        let label = format!("OVH {}", name.replace('-', " "));
        say_that_it_is_there(&mut pty, name);
        pty.expect(&format!("{label}: ")).expect_hidden().send(&format!("{secret}\r")).expect("received");
    }
    let shown = pty.ok();
    assert!(
        shown.contains("Stored the OVH credential my-ovh-cred in organisation sandbox of the sandbox."),
        "{shown}"
    );
    for secret in &secrets {
        assert!(!shown.contains(secret.as_str()), "{shown}");
    }
    let listed = env.line("credentials ovh list -o name").env("ANKRA_SANDBOX", "1").ok();
    assert_eq!(listed.stdout, "my-ovh-cred\n");
}

#[test]
fn what_is_missing_is_named_without_a_terminal() {
    let env = Env::new();
    let line = format!("--sandbox credentials ovh create --name my-ovh-cred --project-id {PROJECT}");
    let outcome =
        env.line(&line).arg("--application-secret-from").arg("env:SECRET").env("SECRET", "s").fails(2);
    outcome.says(&[
        "OVH application key",
        "OVH consumer key",
        "--application-key-from",
        "--consumer-key-from",
        "or have the OVH consumer key asked for with --request-consumer-key",
    ]);
    assert!(!outcome.stderr.contains("missing: OVH application secret"), "{outcome}");
}

#[test]
fn a_bundle_that_lacks_one_names_it() {
    let line =
        format!("--sandbox credentials ovh create --name my-ovh --project-id {PROJECT} --secrets-from stdin");
    let outcome =
        Env::new().line(&line).stdin(r#"{"application_key":"k","application_secret":"s"}"#).fails(2);
    outcome.says(&["OVH consumer key"]);
}

#[test]
fn unusual_lengths_are_warned_of_and_stored() {
    let env = Env::new();
    let line =
        format!("--sandbox credentials ovh create --name my-ovh --project-id {PROJECT} --secrets-from stdin");
    let outcome =
        env.line(&line).stdin(r#"{"application_key":"k","application_secret":"s","consumer_key":"c"}"#).ok();
    outcome.says(&["warning: an OVH application key usually has 16 letters and digits"]);
    assert_eq!(env.line("--sandbox credentials ovh list -o name").ok().stdout, "my-ovh\n");
}

#[test]
fn two_readers_of_one_source_are_refused_before_any_request() {
    let (env, server) = (Env::new(), FaultServer::start());
    let line = format!("credentials ovh create --name my-ovh --project-id {PROJECT}");
    let table = [
        ("--application-key-from stdin --consumer-key-from stdin", "standard input"),
        ("--application-key-from fd:0 --consumer-key-from file:/dev/stdin", "standard input"),
        ("--application-secret-from stdin --secrets-from stdin", "standard input"),
        ("--application-key-from fd:7 --application-secret-from fd:7", "file descriptor 7"),
    ];
    for (flags, what) in table {
        let outcome = server.ankra(&env, &format!("{line} {flags}")).stdin("x").fails(2);
        outcome.says(&["cannot all read", what, "--secrets-from stdin"]);
    }
    assert!(server.requests().is_empty(), "{:?}", server.lines());
}

#[test]
fn only_what_no_source_gives_is_asked_for() {
    let env = Env::new();
    let server = FaultServer::start();
    server.on("POST", "/api/v1/credentials/ovh", [Answer::json(200, json!({"success": true}))]);
    let line = format!(
        "credentials ovh create --name my-ovh --project-id {PROJECT} --application-secret-from env:S"
    );
    let mut pty = Pty::start(server.ankra(&env, &line).env("S", "s2"));
    pty.expect("OVH application key: ").expect_hidden().send("k1\r");
    say_that_it_is_there(&mut pty, "consumer-key");
    pty.expect("OVH consumer key: ").expect_hidden().send("c3\r");
    let shown = pty.ok();
    assert!(!shown.contains("application secret: "), "{shown}");
    let body = server.writes()[0].json();
    assert_eq!(
        (&body["application_key"], &body["application_secret"], &body["consumer_key"]),
        (&json!("k1"), &json!("s2"), &json!("c3"))
    );
}

#[test]
fn a_taken_name_is_told_before_the_first_question() {
    let env = Env::new();
    let mut pty = Pty::start(env.line(&format!(
        "--sandbox --org demo credentials ovh create --name demo-hetzner --project-id {PROJECT}"
    )));
    assert_eq!(pty.end(), End::Code(8));
    assert!(!pty.transcript().contains("OVH application key:"), "{}", pty.transcript());
}

#[test]
fn if_not_exists_is_safe_to_run_twice() {
    let env = Env::new();
    let run = || {
        let secrets = json!({"application_key": "k", "application_secret": "s", "consumer_key": "c"});
        let line = "--sandbox credentials ovh create --name my-ovh --project-id 0 --if-not-exists -o json";
        env.line(line).arg("--secrets-from").arg("stdin").stdin(secrets.to_string())
    };
    let (first, second) = (run().ok(), run().ok());
    let mut expected = first.json();
    assert_eq!(expected["action"], "created");
    expected["action"] = "unchanged".into();
    assert_eq!(second.json(), expected);
    second.says(&["exists already in organisation sandbox of the sandbox; nothing was changed"]);
}

#[test]
fn a_dry_run_redacts_all_three_and_sends_nothing() {
    let (env, server) = (Env::new(), FaultServer::start());
    let line = format!("credentials ovh create --name my-ovh --project-id {PROJECT} --dry-run -o json");
    let (key, bundle) = (unique("k", 16), json!({"application_key": "k", "consumer_key": "c"}).to_string());
    let given = env.line(&line).arg("--application-key-from").arg("env:K").env("K", &key);
    for run in [env.line(&line), given] {
        let outcome = run.env("ANKRA_BASE_URL", server.url()).ok();
        assert_eq!(outcome.json()["url"], format!("{}/api/v1/credentials/ovh", server.url()));
        assert_eq!(
            outcome.json()["body"],
            json!({"name": "my-ovh", "project_id": PROJECT, "application_key": "<redacted>",
                "application_secret": "<redacted>", "consumer_key": "<redacted>"})
        );
        assert!(!outcome.all().contains(&key));
    }
    // A bundle that lacks one is told of, as the command itself would.
    env.line(&line)
        .arg("--secrets-from")
        .arg("stdin")
        .stdin(bundle)
        .fails(2)
        .says(&["OVH application secret"]);
    assert!(server.requests().is_empty());
}

#[test]
fn a_project_id_that_none_can_be_is_refused() {
    for id in ["", "a b", "a/b", "..", "a\u{1b}"] {
        Env::new().ankra(["credentials", "ovh", "create", "--name", "x", "--project-id", id]).fails(2);
    }
}
