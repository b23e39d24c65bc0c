//! Findings that are accepted, each with a reason.

use serde_json::{Value, json};

use super::{World, days_ago, found, good, with, write};
use crate::support::{Answer, ORGANISATION};

fn old(number: u8, name: &str) -> Value {
    with(with(good(number, name, "hetzner"), "created_at", days_ago(100)), "updated_at", Value::Null)
}

fn world() -> World {
    World::new(&[old(1, "a"), old(2, "b")], &[])
}

fn entry(check: &str, name: &str, rest: &str) -> String {
    format!("[[ignore]]\ncheck = \"{check}\"\nname = \"{name}\"\nreason = \"agreed\"\n{rest}\n")
}

#[test]
fn what_is_accepted_is_counted_and_fails_nothing() {
    let world = world();
    let text = format!("{}{}", entry("old", "a", "until = 2999-12-31"), entry("old", "b", "org = \"ACME\""));
    let outcome = write(&world, "audit.toml", &text);
    let report = outcome.json();
    assert_eq!(found(&report), [""; 0]);
    assert_eq!(report["totals"]["ignored"], 2);
    assert_eq!(report["ignored"][0]["id"], format!("old/{ORGANISATION}/a"));
    assert_eq!(
        (&report["ignored"][0]["reason"], &report["ignored"][0]["until"]),
        (&json!("agreed"), &json!("2999-12-31"))
    );
    let file = world.env.home().join("audit.toml");
    let options = format!("--fail-on warning --ignore-file {}", file.display());
    let shown = world.audit(&options).ok().stdout;
    assert!(shown.contains("2 ignored") && shown.contains("old a: agreed, until 2999-12-31"), "{shown}");
    // The exit code is of both: what is left counts.
    std::fs::write(&file, entry("old", "a", "")).unwrap();
    world.audit(&options).fails(1);
}

#[test]
fn entries_that_have_ended_or_match_nothing_are_findings_themselves() {
    let world = world();
    let text = [
        entry("old", "a", "until = \"2020-01-01\""),
        entry("old", "b", "org = \"elsewhere\""),
        entry("old", "nobody", ""),
        entry("weak-key", "b", ""),
    ]
    .concat();
    let report = write(&world, "audit.toml", &text).json();
    let expected = [
        "old warning a",
        "old warning b",
        "ignore-expired info a",
        "ignore-unused info b",
        "ignore-unused info nobody",
    ];
    assert_eq!(found(&report), expected);
    let what = report["findings"][2]["what"].as_str().unwrap();
    assert!(what.starts_with("line 1 of ") && what.ends_with("ended with 2020-01-01"), "{what}");
    assert_eq!(report["findings"][2]["command"], Value::Null);
}

#[test]
fn an_organisation_that_an_entry_names_is_needed_by_its_name() {
    let platform = || {
        let world = World::with_organisations(&[old(1, "a"), old(2, "b")], |server| {
            server.on("GET", super::ORGANISATIONS, [Answer::json(403, json!({"detail": "no"}))]);
        });
        world.server.on("GET", super::REGISTRIES, [Answer::json(200, json!({"result": []}))]);
        world
    };
    let all = |org: &str| ["a", "b"].map(|name| entry("old", name, &format!("org = \"{org}\""))).concat();
    let file = |world: &super::World, text: &str| {
        let file = world.env.home().join("audit.toml");
        std::fs::write(&file, text).unwrap();
        format!("-o json --fail-on warning --ignore-file {}", file.display())
    };
    let world = platform();
    let outcome = world.audit(&file(&world, &all("acme"))).fails(9);
    let report = outcome.json();
    assert_eq!(report["complete"], false);
    assert!(super::untold(&report).contains(&"old a".to_owned()), "{report}");
    outcome.says(&["whether it is accepted in this organisation is not known"]);
    // The id is known all the same, and so is what was given.
    let world = platform();
    let options = file(&world, &all(ORGANISATION));
    let chosen = format!("credentials audit {options} --org {ORGANISATION}");
    assert_eq!(world.server.ankra(&world.env, &chosen).ok().json()["totals"]["ignored"], 2);
}

#[test]
fn an_organisation_that_nobody_has_is_told_where_all_are_looked_at() {
    let world = world();
    let file = world.env.home().join("audit.toml");
    let text = format!("{}{}", entry("old", "a", "org = \"amce\""), entry("old", "b", "org = \"acme\""));
    std::fs::write(&file, text).unwrap();
    let report = world.json(&format!("--all-orgs --ignore-file {}", file.display()));
    assert_eq!(found(&report), ["old warning a", "ignore-unused info a"]);
    let what = report["findings"][1]["what"].as_str().unwrap();
    assert!(what.ends_with("names the organisation amce, which is none of yours"), "{what}");
    let own = world.json(&format!("--ignore-file {}", file.display()));
    assert_eq!(found(&own), ["old warning a"], "it may be of another organisation");
}

#[test]
fn an_entry_for_what_could_not_be_looked_at_is_not_called_unused() {
    let world = World::without_registries(&[good(1, "a", "registry")]);
    world.server.on("GET", super::REGISTRIES, [Answer::json(500, json!({}))]);
    let text =
        [entry("sync-failed", "charts", ""), entry("expiring", "a", ""), entry("old", "a", "")].concat();
    let outcome = write(&world, "audit.toml", &text);
    assert_eq!(outcome.code, Some(9));
    let report = outcome.json();
    assert_eq!(found(&report), ["ignore-unused info a"]);
    assert_eq!(report["findings"][0]["id"], format!("ignore-unused/{ORGANISATION}/old/a"));
}

#[test]
fn a_file_that_cannot_be_meant_is_refused_with_its_line() {
    let world = crate::support::FaultServer::start();
    let env = crate::support::Env::new();
    let file = env.home().join("x.toml");
    let audit = || world.ankra(&env, &format!("credentials audit --ignore-file {}", file.display()));
    for (text, told) in [
        (entry("odl", "a", ""), "line 2: there is no check odl"),
        (entry("old", "a", "untill = 2026-01-01"), "line 5: there is no key untill"),
        (
            format!("{}{}", entry("old", "a", ""), entry("old", "a", "")),
            "line 6: old of a is accepted already in line 1",
        ),
        (entry("old", "a", "").replace("reason", "# reason"), "line 1: this entry has no reason"),
    ] {
        std::fs::write(&file, text).unwrap();
        audit().fails(2).says(&["x.toml", told]);
    }
    std::fs::write(&file, "ignore = [\n  { check = \"old\" name = 1 },\n]\n").unwrap();
    audit().fails(2).says(&["line 2: this is not TOML: "]);
    world
        .ankra(&env, "credentials audit --ignore-file /dev/null")
        .fails(2)
        .says(&["takes a regular file of at most 1 MiB, neither a pipe nor a device"]);
    std::fs::write(&file, entry("odl", "a", "")).unwrap();
    audit().fails(2).says(&["did you mean old?"]);
    assert!(world.requests().is_empty());
}
