//! How an audit ends: 1 means findings, and nothing else.

use serde_json::{Value, json};

use super::{LIST, ORGANISATIONS, World, days_ago, found, good, with};
use crate::support::{Answer, Env, FaultServer, ORGANISATION, id};

fn old(number: u8, name: &str) -> Value {
    with(with(good(number, name, "hetzner"), "created_at", days_ago(100)), "updated_at", Value::Null)
}

#[test]
fn findings_fail_where_that_is_asked_for_in_every_format() {
    let world = World::new(&[old(1, "a")], &[]);
    for format in ["table", "wide", "json", "yaml", "csv", "name"] {
        let with = |rest: &str| world.audit(&format!("-o {format} {rest}"));
        with("").ok();
        with("--fail-on error").ok();
        with("--fail-on WARNING").fails(1).says(&["1 finding is of severity warning or worse"]);
    }
    let error = world.audit("-o json --fail-on warning").fails(1).json_error();
    assert_eq!((&error["kind"], &error["exit_code"]), (&json!("findings"), &json!(1)));
    let clean = World::new(&[good(1, "a", "hetzner")], &[]);
    clean.audit("--fail-on warning").ok();
}

#[test]
fn an_error_counts_as_a_warning_and_an_info_as_neither() {
    let world = World::new(&[with(good(1, "a", "hetzner"), "available", false)], &[]);
    world.audit("--fail-on error").fails(1).says(&["1 finding is of severity error\n"]);
    world.audit("--fail-on warning").fails(1);
    let world = World::new(&[], &[json!({"name": "public", "url": "https://charts.example"})]);
    assert_eq!(found(&world.json("--fail-on warning")), ["no-credential info public"]);
}

#[test]
fn a_failure_is_never_taken_for_findings() {
    let env = Env::new();
    let failing = |status: u16, body: Value| {
        let server = FaultServer::with_organisation();
        server.on("GET", LIST, [Answer::json(status, body)]);
        server
    };
    for (status, body, code) in [
        (500, json!({"detail": "boom"}), 9),
        (200, json!("no list"), 9),
        (401, json!({"detail": "no"}), 6),
        (403, json!({"detail": "permission_denied", "permission": "credentials.read"}), 7),
    ] {
        let server = failing(status, body);
        let outcome = server.ankra(&env, "credentials audit -o json --fail-on warning").fails(code);
        assert_eq!(outcome.stdout, "", "{status}");
        assert_eq!(outcome.json_error()["exit_code"], code);
    }
    assert_eq!(
        failing(500, json!({})).ankra(&env, "credentials audit -o json").fails(9).json_error()["kind"],
        "failure"
    );
    let server = FaultServer::start();
    server.on("GET", LIST, [Answer::json(500, json!({}))]);
    server.ankra(&env, "credentials list").fails(1);
    let unreached =
        env.line("credentials audit --base-url http://127.0.0.1:1").env("ANKRA_API_TOKEN", "t-of-a-test");
    assert!(![Some(0), Some(1)].contains(&unreached.run().code));
    env.line("credentials audit").fails(6);
}

#[test]
fn a_wrong_command_line_is_refused_before_anything_is_asked() {
    let env = Env::new();
    let server = FaultServer::start();
    for options in [
        "--fail-on info",
        "--max-age 3",
        "--max-age -1d",
        "--expires-within soon",
        "--unused-after 1y",
        "--all-orgs --org demo",
        "--org demo --all-orgs",
        "--ignore-file nowhere.toml",
        "name",
    ] {
        server.ankra(&env, &format!("credentials audit {options}")).fails(2);
    }
    assert!(server.requests().is_empty());
}

#[test]
fn an_organisation_that_was_chosen_elsewhere_gives_way_to_all() {
    let world = World::new(&[good(1, "a", "hetzner")], &[]);
    world.audit("--all-orgs").env("ANKRA_ORG", "nowhere").ok();
    let line = "--org acme credentials audit --all-orgs";
    world.server.ankra(&world.env, line).fails(2).says(&["--all-orgs and --org"]);
}

#[test]
fn each_request_that_failed_is_counted_once() {
    let denied = || Answer::json(403, json!({"detail": "permission_denied", "permission": "helm.read"}));
    let world = World::without_registries(&[good(1, "a", "registry"), good(2, "b", "registry")]);
    world.server.on("GET", super::REGISTRIES, [denied()]);
    let outcome = world.audit("").fails(9);
    assert!(!outcome.stderr.contains("times"), "one list was refused: {}", outcome.stderr);
    let server = FaultServer::with_organisation();
    let all = [good(1, "a", "hetzner"), good(2, "b", "hetzner")];
    server.on("GET", LIST, [Answer::json(200, all.to_vec())]);
    server.on("GET", super::REGISTRIES, [Answer::json(200, json!({"result": []}))]);
    for number in [1, 2] {
        server.on("GET", &format!("{LIST}/{}", id(number)), [denied()]);
    }
    server.ankra(&Env::new(), "credentials audit").fails(9).says(&["2 times: "]);
}

#[test]
fn one_organisation_that_fails_hides_nothing_of_the_others() {
    let env = Env::new();
    let server = FaultServer::start();
    let other = id(99);
    let both = json!([
        {"organisation_id": ORGANISATION, "name": "acme", "slug": "acme"},
        {"organisation_id": other, "name": "Other Org", "slug": null},
    ]);
    server.on("GET", ORGANISATIONS, [Answer::json(200, both)]);
    let denied = json!({"detail": "permission_denied", "permission": "credentials.read"});
    server.on("GET", LIST, [Answer::json(403, denied), Answer::json(200, vec![old(1, "a")])]);
    server.on("GET", &format!("{LIST}/{}", id(1)), [Answer::json(200, old(1, "a"))]);
    server.on("GET", super::REGISTRIES, [Answer::json(200, json!({"result": []}))]);
    let outcome = server.ankra(&env, "credentials audit --all-orgs -o json --fail-on warning").fails(9);
    let report = outcome.json();
    assert_eq!(report["complete"], false);
    assert_eq!(found(&report), ["old warning a"]);
    let orgs = &report["organisations"];
    assert_eq!((&orgs[0]["org"], &orgs[0]["complete"]), (&json!("acme"), &json!(false)));
    assert!(orgs[0]["error"].as_str().unwrap().contains("credentials.read"), "{orgs}");
    assert_eq!((&orgs[1]["org"], &orgs[1]["complete"]), (&json!("Other Org"), &json!(true)));
    assert_eq!(report["cannot_tell"][0]["org"], "acme");
    assert_eq!(report["cannot_tell"][0]["check"], Value::Null);
    let command = report["findings"][0]["command"].as_str().unwrap();
    assert!(command.contains("--org 'Other Org'"), "{command}");
    assert_eq!(report["findings"][0]["id"], format!("old/{other}/a"));
    outcome.says(&["this report is not complete", "organisation acme"]);
    // The header of each organisation is its own.
    let sent =
        |request: &crate::support::Recorded| request.header("x-ankra-organisation-id").map(str::to_owned);
    let lists: Vec<_> = server.requests().iter().filter(|one| one.target == LIST).map(sent).collect();
    assert_eq!(lists, [Some(ORGANISATION.to_owned()), Some(other)]);
}
