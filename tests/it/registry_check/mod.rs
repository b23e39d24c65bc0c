//! `registry check` against real registries and web servers, and against those that misbehave.

mod docker;
mod expired;
mod faults;
mod hosts;
mod indexes;
mod internet;
mod nginx;
mod realms;
mod redirects;
mod secrets;
mod servers;
mod tokens;

pub use internet::Internet;

use crate::support::{Env, Outcome, Run};

const USER: &str = "reader";
const PASSWORD: &str = "the-password-of-the-reader-0123456789";

/// A check of `url` by [`USER`], with a password from standard input.
fn check(env: &Env, url: &str, password: &str) -> Run {
    env.line("credentials registry check --password-stdin --username")
        .arg(USER)
        .arg("--registry-url")
        .arg(url)
        .stdin(password)
}

/// Checks [`PASSWORD`]: the exit code, the result and the last step must be these. Gives the outcome.
fn result(env: &Env, url: &str, code: i32, result: &str, step: &str) -> Outcome {
    told(check(env, url, PASSWORD), code, result, step)
}

fn told(run: Run, code: i32, result: &str, step: &str) -> Outcome {
    let outcome = run.arg("-o").arg("json").fails(code);
    let report = outcome.json();
    let last = report["steps"].as_array().unwrap().last().unwrap().clone();
    let found = (report["result"].as_str(), last["step"].as_str(), last["ok"].as_bool());
    assert_eq!(found, (Some(result), Some(step), Some(code == 0)), "{outcome}");
    assert_eq!(report.get("hint").is_some() || result == "bad_certificate", code != 0, "{outcome}");
    assert!(code == 0 || outcome.json_error()["exit_code"] == code, "{outcome}");
    outcome
}
