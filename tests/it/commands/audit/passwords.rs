//! Secrets of registries that look like passwords: known where this machine stored them.

use serde_json::Value;

use super::{found, untold};
use crate::support::{Env, Platform};

#[test]
fn a_secret_that_was_stored_here_is_told_from_a_token_by_its_form() {
    let env = Env::new();
    let platform = Platform::start(&env);
    let create = |name: &str, preset: &str, secret: &str| {
        let line = format!(
            "credentials registry create --name {name} --preset {preset} --username octocat --password-from env:PW"
        );
        platform.admin(&env, &line).env("PW", secret).ok();
    };
    create("hub-password", "dockerhub", "hunter2hunter2");
    create("hub-token", "dockerhub", &format!("dckr_pat_{}", "a1B2".repeat(7)));
    create("any", "generic", "hunter2hunter2");
    let report = || -> Value { platform.admin(&env, "credentials audit -o json").ok().json() };
    let first = report();
    assert_eq!(found(&first), ["password info hub-password"]);
    assert_eq!(first["findings"][0]["what"], "looks like a password, not like a token of its registry");
    assert!(untold(&first).contains(&"password any".to_owned()), "nothing tells: {first}");
    assert!(!untold(&first).contains(&"password hub-token".to_owned()));
    // What was noted holds for the secret that was stored then, and for no other.
    let line = "credentials registry update hub-password --preset dockerhub --username octocat --password-from env:PW";
    platform.admin(&env, line).env("PW", format!("dckr_pat_{}", "c3D4".repeat(7))).ok();
    assert_eq!(found(&report()), [""; 0]);
    let file = std::fs::read_to_string(env.home().join(".local/share/ankra/expiries.json")).unwrap();
    assert!(!file.contains("hunter2") && !file.contains("dckr_pat"), "{file}");
}
