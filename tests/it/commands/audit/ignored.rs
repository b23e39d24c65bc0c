//! Findings that are accepted, each with a reason.

use serde_json::{Value, json};

use super::{World, days_ago, found, good, with, write};
use crate::support::{Answer, ORGANISATION};

fn world() -> World {
    let old = |number, name: &str| {
        with(with(good(number, name, "hetzner"), "created_at", days_ago(100)), "updated_at", Value::Null)
    };
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
    std::fs::write(&file, entry("odl", "a", "")).unwrap();
    audit().fails(2).says(&["did you mean old?"]);
    assert!(world.requests().is_empty());
}
