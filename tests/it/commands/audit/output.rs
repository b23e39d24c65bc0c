//! How a report looks.

use serde_json::{Value, json};

use super::{World, days_ago, good, with};
use crate::support::{Answer, Env, ORGANISATION, Platform, Pty, id};

fn world() -> World {
    let old = with(with(good(1, "a", "hetzner"), "created_at", days_ago(100)), "updated_at", Value::Null);
    World::new(&[old, with(good(2, "b", "ovh"), "available", false)], &[])
}

/// The keys of an object and of the objects in it, at the first place of each list.
fn keys(value: &Value) -> Vec<String> {
    value.as_object().map(|object| object.keys().cloned().collect()).unwrap_or_default()
}

#[test]
fn json_has_the_same_keys_whatever_was_found_and_is_alone_on_standard_output() {
    let full = world().json("");
    let clean = World::new(&[], &[]).json("");
    assert_eq!(full["schema"], 1);
    assert_eq!(keys(&full), keys(&clean));
    assert_eq!(keys(&full["totals"]), keys(&clean["totals"]));
    for list in ["findings", "cannot_tell", "ignored", "organisations"] {
        assert!(clean[list].is_array(), "{list}");
    }
    let finding = ["id", "check", "severity", "org", "org_id", "name", "what", "why", "mend", "command"];
    let mut found = keys(&full["findings"][0]);
    found.sort();
    let mut expected = finding.map(str::to_owned);
    expected.sort();
    assert_eq!(found, expected);
    assert_eq!(full["findings"][0]["id"], format!("failing/{ORGANISATION}/b"));
    let yaml = world().audit("-o yaml").ok().stdout;
    let yaml: Value = serde_saphyr::from_str(&yaml).unwrap();
    assert_eq!(keys(&yaml), keys(&full));
}

#[test]
fn people_read_groups_the_worst_first_with_a_command_below_each_and_totals_at_the_end() {
    let outcome = world().audit("").ok();
    let lines: Vec<&str> = outcome.stdout.lines().collect();
    let at = |start: &str| {
        lines
            .iter()
            .position(|line| line.starts_with(start))
            .unwrap_or_else(|| panic!("{start}\n{}", outcome.stdout))
    };
    assert_eq!(lines[0], "Organisation acme: 2 credentials, 0 registries");
    assert!(at("error failing: ") < at("warning old: ") && at("warning old: ") < at("cannot tell"));
    assert!(lines[at("error failing: ") + 2].contains(": ankra credentials ovh create --name NEW-NAME"));
    let last = "Found 1 error and 1 warning; 2 cannot be told. Looked at 2 credentials and 0 registries.";
    assert_eq!(*lines.last().unwrap(), last);
    assert_eq!(outcome.stderr.lines().count(), 2, "one at the start and one at the end: {}", outcome.stderr);
    assert_eq!(world().audit("-q").ok().stderr, "");
}

#[test]
fn names_are_the_ids_of_findings_alone_and_what_nobody_can_tell_has_ids_of_its_own() {
    let outcome = world().audit("-o name").ok();
    assert_eq!(outcome.stdout, format!("failing/{ORGANISATION}/b\nold/{ORGANISATION}/a\n"));
    outcome.says(&["2 things that nobody can tell have no name here"]);
    let csv = world().audit("-o csv").ok().stdout;
    assert!(csv.contains(&format!(",cannot_tell/expired/{ORGANISATION}/a,")), "{csv}");
}

#[test]
fn csv_has_a_line_for_each_finding_and_for_each_that_nobody_can_tell() {
    let csv = world().audit("-o csv").ok().stdout;
    let lines: Vec<&str> = csv.lines().collect();
    assert_eq!(lines[0], "severity,check,organisation,name,what,why,command,id,org_id,mend,failed");
    assert_eq!(lines.len(), 5, "{csv}");
    assert!(lines[1].ends_with(&format!(",{ORGANISATION},store a new one with,")), "{csv}");
    assert!(lines[3].ends_with(&format!(",{ORGANISATION},,false")), "{csv}");
    assert!(
        lines[1].starts_with("error,failing,acme,b,") && lines[3].starts_with("cannot_tell,expired,acme,a,")
    );
    let clean = World::new(&[], &[]).audit("-o csv").ok().stdout;
    assert_eq!(clean.lines().count(), 1, "a header, and nothing else: {clean}");
}

#[test]
fn a_report_on_a_terminal_is_broken_between_words_and_severities_are_coloured() {
    let world = world();
    let shown = Pty::sized(world.audit("--color always"), 80, |_| {}).ok();
    assert!(shown.contains("\u{1b}[1;31merror\u{1b}[0m failing: "), "{shown}");
    assert!(shown.contains("\u{1b}[33mwarning\u{1b}[0m old: "), "{shown}");
    let is_command = |line: &&str| line.contains("ankra ");
    for line in shown.lines().filter(|line| !is_command(line)) {
        assert!(line.trim_end().chars().count() <= 80 + "\u{1b}[1;31m\u{1b}[0m".len(), "{line}");
    }
    assert!(shown.contains("\n    "), "what follows is indented: {shown}");
    assert!(!world.audit("--color never").ok().stdout.contains('\u{1b}'));
}

#[test]
fn all_organisations_are_told_of_in_one_line_each_at_the_start_and_at_the_end() {
    let world = World::new(&[good(1, "a", "hetzner")], &[]);
    let stderr = world.audit("--all-orgs").ok().stderr;
    let lines: Vec<&str> = stderr.lines().collect();
    assert_eq!((lines.len(), lines[0]), (2, "Looking at 1 organisation."), "{stderr}");
    assert!(lines[1].starts_with("Looked at 1 organisation in "), "{stderr}");
    let one = world.audit("").ok().stderr;
    assert!(one.starts_with("Looking at 1 credential.\nLooked at 1 credential in "), "{one}");
    assert_eq!(World::new(&[], &[]).audit("").ok().stderr, "");
}

#[test]
fn commands_call_by_id_what_cannot_be_called_by_name() {
    let idle = |number, name: &str, provider: &str| {
        with(with(good(number, name, provider), "clusters", json!([])), "created_at", days_ago(8))
    };
    let all = [
        idle(1, "plain", "hetzner"),
        idle(2, "line\nend", "hetzner"),
        idle(3, "bi\u{202e}di", "hetzner"),
        idle(4, "", "hetzner"),
        idle(5, "twice", "hetzner"),
        idle(6, "twice", "ovh"),
    ];
    let report = World::new(&all, &[]).json("");
    let mut commands: Vec<&str> =
        report["findings"].as_array().unwrap().iter().map(|one| one["command"].as_str().unwrap()).collect();
    commands.sort_unstable();
    let mut expected: Vec<String> = [2, 3, 4, 5, 6].map(id).into();
    expected.push("plain".to_owned());
    expected.sort_unstable();
    assert_eq!(
        commands,
        expected.iter().map(|name| format!("ankra credentials delete {name}")).collect::<Vec<_>>()
    );
}

#[test]
fn a_password_of_a_hostile_name_is_replaced_by_another_credential() {
    let old = |number, name: &str| {
        with(with(good(number, name, "registry"), "created_at", days_ago(100)), "updated_at", Value::Null)
    };
    let all = [old(1, "Not Plain"), old(2, "plain")];
    let registries = [
        json!({"name": "x", "url": "oci://ghcr.io/x", "credential_name": "Not Plain"}),
        json!({"name": "y", "url": "oci://ghcr.io/y", "credential_name": "plain"}),
    ];
    let report = World::new(&all, &registries).json("");
    let commands: Vec<&str> =
        report["findings"].as_array().unwrap().iter().map(|one| one["command"].as_str().unwrap()).collect();
    let expected =
        ["ankra credentials registry create --name NEW-NAME", "ankra credentials registry refresh plain"];
    assert_eq!(commands, expected);
}

#[test]
fn hostile_words_of_the_platform_reach_no_terminal() {
    let evil = "\u{1b}]0;x\u{7}\nerror failing: fake";
    let one = with(
        with(good(1, evil, "hetzner"), "available", false),
        "health",
        json!({"state": "failing", "last_error_class": evil}),
    );
    let registry =
        json!({"name": evil, "url": "oci://ghcr.io/x", "credential_name": evil, "last_sync_error": evil});
    let outcome = World::new(&[one], &[registry]).audit("").ok();
    assert!(!outcome.all().contains('\u{1b}') && !outcome.all().contains('\u{7}'));
    assert_eq!(outcome.stdout.lines().filter(|line| line.starts_with("error failing: fake")).count(), 0);
}

#[test]
fn all_organisations_of_the_sandbox_are_looked_at_and_commands_name_theirs() {
    let env = Env::new();
    let platform = Platform::start(&env);
    let report = platform.admin(&env, "credentials audit --all-orgs --unused-after 0d -o json").ok().json();
    assert_eq!(report["complete"], true);
    assert_eq!(report["totals"]["organisations"], 2);
    let all = report["findings"].as_array().unwrap();
    assert!(!all.is_empty());
    for one in all {
        let command = one["command"].as_str().unwrap();
        assert!(command.contains(" --org demo "), "{command}");
    }
    let own = platform.admin(&env, "credentials audit --org demo --unused-after 0d -o json").ok().json();
    let ids = |report: &Value| -> Vec<Value> {
        report["findings"].as_array().unwrap().iter().map(|one| one["id"].clone()).collect()
    };
    assert_eq!(ids(&own), ids(&report), "the id is of the organisation, however it was chosen");
    platform.viewer(&env, "credentials audit --org demo").ok();
}

#[test]
fn an_answer_that_is_late_for_one_is_told_and_not_waited_for_by_all() {
    let world = World::without_registries(&[good(1, "a", "hetzner")]);
    world.server.on("GET", super::REGISTRIES, [Answer::silence()]);
    let outcome = world.audit("--timeout 1 -o json").fails(9);
    assert_eq!(outcome.json()["complete"], false);
}
