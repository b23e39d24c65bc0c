//! `PROVIDER check` and `create --check` against servers of the test, which answer as the clouds' documentation says, and
//! against emulators of the clouds.

mod anything;
mod clouds;
mod digitalocean;
mod fakepve;
mod hetzner;
mod hosts;
mod morpheus;
mod proxmox;
mod stored;
mod upcloud;

use serde_json::{Value, json};

use crate::support::{Answer, Outcome, Run};

/// What a check found and how it ended: the exit code and the result must be these.
fn told(run: Run, code: i32, result: &str) -> (Outcome, Value) {
    let outcome = run.arg("-o").arg("json").fails(code);
    let report = outcome.json();
    assert_eq!(report["result"], result, "{outcome}");
    if code == 0 {
        assert!(report["steps"].as_array().unwrap().iter().any(|step| step["ok"] == true), "{outcome}");
    } else {
        assert_eq!(outcome.json_error()["exit_code"], code, "{outcome}");
        assert!(!report["hint"].as_str().unwrap_or_default().is_empty(), "no next step: {outcome}");
    }
    (outcome, report)
}

/// The names in a list of the report.
fn names(report: &Value, list: &str) -> Vec<String> {
    let names = report[list].as_array().unwrap().iter();
    names.map(|name| name.as_str().unwrap().to_owned()).collect()
}

/// Whether what was found is told: each of `texts` is somewhere in the report.
fn has(report: &Value, texts: &[&str]) {
    let all = report.to_string();
    for text in texts {
        assert!(all.contains(json!(text).to_string().trim_matches('"')), "not told: {text}\n{report:#}");
    }
}

/// What was printed stands so in `docs/checks.md`.
fn is_on_the_page(outcome: &Outcome) {
    let page = std::fs::read_to_string(concat!(env!("CARGO_MANIFEST_DIR"), "/docs/checks.md")).unwrap();
    assert!(page.contains(&format!("```text\n{}```\n", outcome.stdout)), "{outcome}");
}

/// Answers that say nothing of a credential, whatever their status, and what is told of each.
fn senseless() -> Vec<(Answer, &'static str)> {
    let page = |status| Answer::text(status, "text/html", "<html>sign in first</html>");
    let deep = "[".repeat(100_000) + &"]".repeat(100_000);
    vec![
        (page(401), "not the JSON of this API"),
        (page(403), "not the JSON of this API"),
        (page(200), "not the JSON of this API"),
        (page(407), "not the JSON of this API"),
        (Answer::text(401, "application/json", ""), "not the JSON of this API"),
        (Answer::text(401, "application/json", "\"login\""), "answered 401"),
        (Answer::json(401, json!({"unrelated": true})), "answered 401"),
        (Answer::json(403, json!([])), "answered 403"),
        (Answer::json(200, json!(null)), "answered 200"),
        (Answer::json(200, json!({})), "answered 200"),
        (Answer::json(200, json!([null, 1])), "answered 200"),
        (Answer::text(200, "application/json", deep), "not the JSON of this API"),
        (Answer::text(200, "application/json", "x".repeat(3 << 20)), "not the JSON of this API"),
        (Answer::json(404, json!({})), "answered 404"),
        (Answer::json(429, json!({})).header("retry-after", "17"), "try again in 17 s"),
        (Answer::json(500, json!({})), "try again later"),
        (page(503), "try again later"),
        (Answer::json(302, json!({})).header("location", "http://127.0.0.1:9/"), "a redirect"),
        (Answer::json(200, json!({})).header("content-encoding", "gzip"), "encoding"),
    ]
}
