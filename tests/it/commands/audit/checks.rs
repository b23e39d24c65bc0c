//! What each check finds, and what it cannot tell.

use serde_json::{Value, json};

use super::{World, days_ago, found, good, registry, untold, with};
use crate::support::Answer;

fn health(class: &str, failures: u64) -> Value {
    json!({"state": "failing", "consecutive_failures": failures, "last_error_class": class})
}

#[test]
fn what_the_platform_cannot_use_is_an_error_with_the_class_of_its_last_error() {
    let all = [
        with(good(1, "a", "hetzner"), "health", health("authentication_failed", 4)),
        with(good(2, "b", "ovh"), "available", false),
        with(with(good(3, "c", "registry"), "health", health("timeout", 1)), "available", false),
        with(with(good(4, "d", "hetzner"), "health", Value::Null), "available", Value::Null),
        good(5, "e", "hetzner"),
    ];
    let world = World::new(&all, &[registry("charts", "c")]);
    let report = world.json("");
    assert_eq!(found(&report), ["failing error a", "failing error b", "failing error c"]);
    assert_eq!(
        report["findings"][0]["what"],
        "failing, last error: authentication_failed (4 times in a row)"
    );
    let command = |number: usize| report["findings"][number]["command"].as_str().unwrap().to_owned();
    assert!(command(0).starts_with("ankra credentials hetzner create --name NEW-NAME"), "{}", command(0));
    assert_eq!(report["findings"][1]["what"], "unavailable; the platform does not say why");
    assert_eq!(command(2), "ankra credentials get c", "another password does not help against a timeout");
    assert!(untold(&report).contains(&"failing d".to_owned()));
}

#[test]
fn what_is_called_available_may_fail_and_a_word_that_nobody_knows_is_not_good() {
    let says = |number, name: &str, state: &str| {
        with(good(number, name, "hetzner"), "health", json!({"state": state, "last_error_class": null}))
    };
    let all = [
        with(says(1, "auth", "auth_failed"), "available", true),
        with(says(2, "error", "healthy"), "state", "error"),
        with(says(3, "leaving", "healthy"), "state", "deleting"),
        says(4, "revoked", "revoked"),
        with(good(5, "last", "hetzner"), "health", json!({"state": "odd", "last_error_class": "auth"})),
        says(6, "odd", "peculiar"),
        says(7, "fine", "healthy"),
    ];
    let report = World::new(&all, &[]).json("");
    let names = ["auth", "error", "last", "leaving", "revoked"];
    assert_eq!(found(&report), names.map(|name| format!("failing error {name}")));
    let odd = report["cannot_tell"].as_array().unwrap().iter().find(|one| one["check"] == "failing").unwrap();
    assert_eq!((&odd["name"], &odd["failed"]), (&json!("odd"), &json!(false)));
    assert!(odd["why"].as_str().unwrap().contains("peculiar"), "{odd}");
}

#[test]
fn what_was_deleted_since_it_was_listed_is_gone_and_hides_nothing() {
    let missing = |one: &Value| {
        let path = format!("{}/{}", super::LIST, one["id"].as_str().unwrap());
        (path, Answer::json(404, json!({"detail": "not found"})))
    };
    let (stays, goes) = (good(1, "stays", "hetzner"), good(2, "goes", "hetzner"));
    let platform = |second: Vec<Value>| {
        let server = crate::support::FaultServer::with_organisation();
        let lists = [vec![stays.clone(), goes.clone()], second].map(|list| Answer::json(200, list));
        server.on("GET", super::LIST, lists);
        server.on("GET", super::REGISTRIES, [Answer::json(200, json!({"result": []}))]);
        server.on("GET", &missing(&stays).0, [Answer::json(200, stays.clone())]);
        let (path, answer) = missing(&goes);
        server.on("GET", &path, [answer]);
        server
    };
    let env = crate::support::Env::new();
    let report = platform(vec![stays.clone()]).ankra(&env, "credentials audit -o json").ok().json();
    assert_eq!(report["totals"]["credentials"], 1);
    assert!(untold(&report).iter().all(|line| !line.contains("goes")), "{report}");
    // One that is still there was not looked at.
    let server = platform(vec![stays.clone(), goes.clone()]);
    assert_eq!(server.ankra(&env, "credentials audit -o json").fails(9).json()["totals"]["credentials"], 2);
}

#[test]
fn what_is_used_by_others_than_clusters_is_not_called_unused_with_force() {
    let idle = |number, name: &str, provider: &str| {
        with(with(good(number, name, provider), "clusters", json!([])), "created_at", days_ago(8))
    };
    let all = [idle(1, "git", "github"), idle(2, "bucket", "aws_s3"), idle(3, "cloud", "hetzner")];
    let report = World::new(&all, &[]).json("");
    assert_eq!(found(&report), ["unused warning cloud", "unused info bucket", "unused info git"]);
    let mends: Vec<&str> =
        report["findings"].as_array().unwrap().iter().map(|one| one["mend"].as_str().unwrap()).collect();
    let unsure = "if nothing else uses it, delete it with";
    assert_eq!(mends, ["delete it with", unsure, unsure]);
}

#[test]
fn a_registry_whose_sync_failed_is_told_with_the_reason() {
    let error =
        |name: &str, credential: &str, why: &str| with(registry(name, credential), "last_sync_error", why);
    let registries = [
        error("auth", "ghcr", "401 Unauthorized: authentication required"),
        error("bare", "", "unauthorized"),
        error("dns", "ghcr", "no such host expired.example.com"),
        error("fine", "ghcr", ""),
        registry("public", ""),
        registry("stale", "gone"),
        with(registry("the-platforms", "its-own"), "is_global", true),
    ];
    let world = World::new(&[good(1, "ghcr", "registry")], &registries);
    let report = world.json("");
    let expected = [
        "sync-failed error auth",
        "sync-failed error bare",
        "sync-failed warning dns",
        "no-credential warning stale",
        "no-credential info public",
    ];
    assert_eq!(found(&report), expected);
    let one = |number: usize, key: &str| report["findings"][number][key].as_str().unwrap().to_owned();
    assert!(
        one(0, "what").contains("with ghcr failed") && one(0, "what").contains("authentication required")
    );
    assert_eq!(one(0, "command"), "ankra credentials registry refresh ghcr");
    assert!(
        one(1, "command")
            .starts_with("ankra credentials registry create --name NEW-NAME --registry-url oci://")
    );
    assert_eq!(one(2, "command"), "ankra credentials registry check --registry-url oci://ghcr.io/acme/dns");
    assert!(one(4, "what").contains("right if it is public"));
}

#[test]
fn a_secret_is_as_old_as_its_last_change_and_else_as_the_credential() {
    let old = |number, name: &str, created, updated: Value| {
        with(with(good(number, name, "hetzner"), "created_at", days_ago(created)), "updated_at", updated)
    };
    let all = [
        old(1, "changed", 400, days_ago(100).into()),
        old(2, "created", 200, Value::Null),
        old(3, "rotated", 400, days_ago(89).into()),
        with(old(4, "never", 0, Value::Null), "created_at", Value::Null),
        with(old(5, "platform", 400, Value::Null), "system", true),
        with(old(6, "ahead", 1, Value::Null), "created_at", "2999-01-01T00:00:00Z"),
    ];
    let world = World::new(&all, &[]);
    let report = world.json("");
    assert_eq!(found(&report), ["old warning changed", "old warning created"]);
    assert_eq!(report["findings"][0]["what"], "last changed 100 days ago");
    assert_eq!(report["findings"][1]["what"], "created 200 days ago");
    assert!(untold(&report).contains(&"old never".to_owned()));
    assert_eq!(found(&world.json("--max-age 300d")), [""; 0]);
    assert_eq!(found(&world.json("--max-age 12w")).len(), 3);
}

#[test]
fn what_is_new_may_have_no_user_and_what_cannot_be_told_is_no_finding() {
    let lonely = |number, name: &str, provider: &str, days| {
        with(with(good(number, name, provider), "clusters", json!([])), "created_at", days_ago(days))
    };
    let all = [
        lonely(1, "fresh", "hetzner", 6),
        lonely(2, "idle", "hetzner", 8),
        lonely(3, "idle-key", "ovh_ssh_key", 8),
        lonely(4, "idle-registry", "registry", 8),
        lonely(5, "used-registry", "registry", 8),
        with(lonely(6, "unknown", "hetzner", 8), "clusters", Value::Null),
        with(lonely(7, "platform", "hetzner", 8), "system", true),
    ];
    let world = World::new(&all, &[registry("charts", "used-registry")]);
    let report = world.json("");
    assert_eq!(
        found(&report),
        ["unused warning idle", "unused warning idle-key", "unused info idle-registry"]
    );
    assert_eq!(report["findings"][0]["command"], "ankra credentials delete idle");
    assert!(untold(&report).contains(&"unused unknown".to_owned()));
    assert_eq!(report["complete"], true, "the platform does not say it, and all that was asked was answered");
    assert_eq!(found(&world.json("--unused-after 0d")).len(), 4);
    assert_eq!(found(&world.json("--unused-after 30d")), [""; 0]);
}

#[test]
fn weak_keys_and_keys_under_two_names_are_found() {
    const KEY: &str = "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIK9GFsmeklfWtVflz+32TQ8shpmbFaZQoFR2R+jqm6pW";
    let rsa = include_str!("rsa_2048.pub");
    let key = |number, name: &str, cloud: &str, line: String, days| {
        let one = with(good(number, name, &format!("{cloud}_ssh_key")), "ssh_public_key", line);
        with(one, "created_at", days_ago(days))
    };
    let all = [
        key(1, "a-copy", "hetzner", format!("{KEY} me@laptop"), 3),
        key(2, "first", "hetzner", KEY.to_owned(), 5),
        key(3, "other-cloud", "ovh", format!("{KEY} x"), 2),
        key(4, "rsa", "hetzner", rsa.to_owned(), 2),
        key(5, "dsa", "hetzner", "ssh-dss AAAAB3NzaC1kc3MAAACBAO x".to_owned(), 2),
        with(key(6, "hidden", "hetzner", String::new(), 2), "ssh_public_key", Value::Null),
        key(7, "broken", "hetzner", "hello".to_owned(), 2),
    ];
    let world = World::new(&all, &[]);
    let report = world.json("");
    let expected = [
        "weak-key warning dsa",
        "weak-key warning rsa",
        "duplicate-key warning a-copy",
        "duplicate-key info other-cloud",
    ];
    assert_eq!(found(&report), expected);
    assert!(report["findings"][1]["what"].as_str().unwrap().contains("RSA key of 2048 bits"));
    let command = report["findings"][1]["command"].as_str().unwrap();
    assert_eq!(command, "ankra credentials ssh-key create --name NEW-NAME --generate --provider hetzner");
    assert_eq!(report["findings"][2]["what"], "holds the same key as first");
    let untold = untold(&report);
    for name in ["hidden", "broken"] {
        for check in ["weak-key", "duplicate-key"] {
            assert!(untold.contains(&format!("{check} {name}")), "{untold:?}");
        }
    }
}

#[test]
fn one_secret_for_several_environments_is_found_where_names_tell() {
    let clusters = |number, name: &str, names: &[&str]| {
        let all: Vec<Value> = names.iter().map(|name| json!({"id": name, "name": name})).collect();
        with(good(number, name, "hetzner"), "clusters", all)
    };
    let all = [
        clusters(1, "mixed", &["shop-prod", "shop-dev", "shop-prod-2"]),
        clusters(2, "production", &["prod-eu", "prod-us", "product-dev-tools-prod"]),
        clusters(3, "plain", &["latest", "devices", "shop-prod"]),
        with(good(4, "charts", "registry"), "clusters", json!([])),
    ];
    let world = World::new(&all, &[registry("charts-live", "charts"), registry("charts.qa", "charts")]);
    let report = world.json("");
    let expected = ["several-environments warning charts", "several-environments warning mixed"];
    assert_eq!(found(&report), expected);
    assert_eq!(report["findings"][0]["what"], "is used in production (charts-live) and test (charts.qa)");
    assert_eq!(report["findings"][1]["what"], "is used in development (shop-dev) and production (shop-prod)");
}

#[test]
fn an_end_that_this_machine_does_not_know_is_no_clean_result() {
    let all = [good(1, "a", "hetzner"), good(2, "key", "hetzner_ssh_key")];
    let world = World::new(&all, &[]);
    let report = world.json("");
    assert_eq!(found(&report), [""; 0]);
    let untold = untold(&report);
    assert!(untold.contains(&"expired a".to_owned()), "{untold:?}");
    assert!(!untold.contains(&"expired key".to_owned()), "a public key has no end: {untold:?}");
    assert_eq!(report["complete"], true);
}

#[test]
fn the_end_of_a_secret_is_measured_by_the_window() {
    let end = |hours: i64| (jiff::Timestamp::now() + jiff::SignedDuration::from_hours(hours)).as_second();
    let all = [good(1, "gone", "registry"), good(2, "soon", "registry"), good(3, "later", "hetzner")];
    let world = World::new(&all, &[registry("a", "gone"), registry("b", "soon")]);
    let note = |number: u8, hours| {
        let one = &all[usize::from(number) - 1];
        (
            one["id"].as_str().unwrap().to_owned(),
            json!({"expires": end(hours), "updated_at": one["updated_at"]}),
        )
    };
    let notes: serde_json::Map<String, Value> =
        [note(1, -30), note(2, 24 * 10), note(3, 24 * 20)].into_iter().collect();
    let file = world.env.home().join(".local/share/ankra/expiries.json");
    crate::support::write_private(&file, Value::Object(notes).to_string());
    let report = world.json("");
    assert_eq!(found(&report), ["expired error gone", "expiring warning soon"]);
    assert_eq!(report["findings"][0]["command"], "ankra credentials registry refresh gone");
    assert_eq!(found(&world.json("--expires-within 30d")).len(), 3);
    assert_eq!(found(&world.json("--expires-within 2w")).len(), 2);
}

#[test]
fn what_a_failed_request_hides_is_a_hole_for_every_check_that_needs_it() {
    let one = good(1, "a", "registry");
    let world = World::without_registries(std::slice::from_ref(&one));
    world.server.on(
        "GET",
        super::REGISTRIES,
        [Answer::json(403, json!({"detail": "permission_denied", "permission": "helm.read"}))],
    );
    let outcome = world.audit("-o json").fails(9);
    let report = outcome.json();
    assert_eq!(report["complete"], false);
    let untold = untold(&report);
    for line in ["sync-failed *", "no-credential *", "several-environments a"] {
        assert!(untold.contains(&line.to_owned()), "{line}: {untold:?}");
    }
    outcome.says(&["this report is not complete", "helm.read"]);
}
