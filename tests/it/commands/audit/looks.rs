//! What is asked of the platform, and how often.

use serde_json::{Value, json};

use super::{LIST, ORGANISATIONS, World, good, registry};
use crate::support::{Answer, Env, FaultServer, id};

#[test]
fn each_thing_is_asked_for_once() {
    let all: Vec<Value> = (1..=40).map(|number| good(number, &format!("c-{number}"), "hetzner")).collect();
    let world = World::new(&all, &[registry("charts", "c-1")]);
    world.json("");
    let mut lines = world.server.lines();
    lines.sort();
    let before = lines.len();
    lines.dedup();
    assert_eq!(
        (before, lines.len()),
        (43, 43),
        "one list, one of organisations, one of registries, 40 details"
    );
}

#[test]
fn a_platform_that_bears_few_requests_at_once_is_asked_again_one_by_one() {
    let env = Env::new();
    let server = FaultServer::with_organisation();
    let all: Vec<Value> = (1..=6).map(|number| good(number, &format!("c-{number}"), "hetzner")).collect();
    server.on("GET", LIST, [Answer::json(200, all.clone())]);
    let limited = || Answer::json(429, json!({"detail": "slow down"})).header("retry-after", "0");
    let answers = [limited(), limited(), limited(), Answer::json(200, json!({"result": []}))];
    server.on("GET", super::REGISTRIES, answers);
    for (number, one) in (1..).zip(all) {
        let answers = [limited(), limited(), limited(), Answer::json(200, one)];
        server.on("GET", &format!("{LIST}/{}", id(number)), answers);
    }
    let report = server.ankra(&env, "credentials audit -o json").ok().json();
    assert_eq!(report["complete"], true);
}

#[test]
fn the_name_of_the_organisation_only_helps() {
    let env = Env::new();
    let server = FaultServer::start();
    server.on("GET", ORGANISATIONS, [Answer::json(500, json!({}))]);
    server.on("GET", LIST, [Answer::json(200, json!([]))]);
    server.on("GET", super::REGISTRIES, [Answer::json(200, json!({"result": []}))]);
    let report = server.ankra(&env, "credentials audit -o json").ok().json();
    assert_eq!(report["complete"], true);
}

#[test]
fn an_id_that_leads_elsewhere_is_asked_nothing() {
    let mut one = good(1, "a", "hetzner");
    one["id"] = "../../account/tokens".into();
    let world = World::new(&[one], &[]);
    let report = world.audit("-o json").fails(9).json();
    assert_eq!(report["complete"], false);
    assert!(world.server.lines().iter().all(|line| !line.contains("tokens")));
}
