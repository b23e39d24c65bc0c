//! `ankra credentials ovh`

use std::fs;

use serde_json::json;

use crate::support::{Answer, Env, FaultServer, Pty, unique};

const PROJECT: &str = "0123456789abcdef0123456789abcdef";

#[test]
fn the_guide_s_command_line_asks_for_three_secrets_in_order() {
    let env = Env::new();
    let line = format!("credentials ovh create --name my-ovh-cred --project-id {PROJECT}");
    let mut pty = Pty::start(env.line(&line).env("ANKRA_SANDBOX", "1"));
    let secrets = [unique("k", 16), unique("s", 32), unique("c", 32)];
    for (label, secret) in
        ["OVH application key", "OVH application secret", "OVH consumer key"].iter().zip(&secrets)
    {
        pty.expect(&format!("{label}: ")).expect_hidden().send(&format!("{secret}\r")).expect("received");
    }
    let shown = pty.ok();
    assert!(shown.contains("Stored the OVH credential my-ovh-cred."), "{shown}");
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
    ]);
    assert!(!outcome.stderr.contains("missing: OVH application secret"), "{outcome}");
}

#[test]
fn all_three_come_from_sources_in_one_call() {
    let env = Env::new();
    let file = env.home().join("ovh.env");
    fs::write(&file, "OVH_APPLICATION_KEY=k1\nOVH_APPLICATION_SECRET=\"s2\"\nOVH_CONSUMER_KEY=c3\nOTHER=x\n")
        .unwrap();
    let bundle =
        json!({"application-key": "k1", "application_secret": "s2", "consumer_key": "c3"}).to_string();
    let separate = "--application-key-from env:K --application-secret-from stdin --consumer-key-from command:printf\\ c3";
    let runs: [(Vec<String>, &str); 3] = [
        (vec!["--secrets-from".into(), format!("file:{}", file.display())], ""),
        (vec!["--secrets-from".into(), "stdin".into()], &bundle),
        (
            separate.replace("\\ ", "\u{0}").split(' ').map(|word| word.replace('\u{0}', " ")).collect(),
            "s2\n",
        ),
    ];
    for (args, stdin) in runs {
        let server = FaultServer::start();
        server.on("POST", "/api/v1/credentials/ovh", [Answer::json(200, json!({"success": true}))]);
        let mut run =
            server.ankra(&env, &format!("credentials ovh create --name my-ovh --project-id {PROJECT}"));
        run.command.args(&args);
        run.env("K", "k1").stdin(stdin).ok();
        let body = server.writes()[0].json();
        assert_eq!(
            body,
            json!({"name": "my-ovh", "application_key": "k1", "application_secret": "s2", "consumer_key": "c3", "project_id": PROJECT}),
            "{args:?}"
        );
    }
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
fn a_project_id_that_none_can_be_is_refused() {
    for id in ["", "a b", "a/b", "..", "a\u{1b}"] {
        Env::new().ankra(["credentials", "ovh", "create", "--name", "x", "--project-id", id]).fails(2);
    }
}
