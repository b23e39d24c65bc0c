//! Credentials that the platform cannot use.

use super::sight::{Sight, renewal};
use crate::{
    commands::audit::finding::{Check, Findings, Mend, Severity},
    error::Run,
    platform::Credential,
};

/// Words for a state in which nothing is wrong.
const GOOD: [&str; 8] = ["healthy", "ok", "up", "active", "available", "ready", "good", "syncing"];

/// Words in the class of an error that is not the secret's.
const PASSING: [&str; 8] =
    ["timeout", "timed_out", "network", "connect", "unreachable", "dns", "rate", "server"];

pub(super) fn check(sight: &Sight<'_>, found: &mut Findings) {
    for one in &sight.there.credentials {
        let credential = &one.credential;
        let Some(state) = state(credential) else {
            let why = "the platform does not say whether it works";
            found.unknown(Check::Failing, sight.org, one.name(), why);
            continue;
        };
        if state == "ok" {
            continue;
        }
        let class = credential.last_error();
        let mut what = match class {
            Some(class) => format!("{state}, last error: {class}"),
            None => format!("{state}; the platform does not say why"),
        };
        if let Some(times @ 2..) = credential.failures() {
            what = format!("{what} ({times} times in a row)");
        }
        found.add((Check::Failing, Severity::Error), sight.org, one.name(), what, mend(credential, class));
    }
}

/// How it is; `None`: the platform does not say.
fn state(one: &Credential) -> Option<&'static str> {
    let is_bad = one.health().map(|word| !GOOD.contains(&word.to_ascii_lowercase().as_str()));
    match (one.available(), is_bad) {
        (Some(false), _) => Some("unavailable"),
        (_, Some(true)) => Some("failing"),
        (Some(true), _) | (_, Some(false)) => Some("ok"),
        (None, None) => None,
    }
}

/// Another secret does not help where there is no connection.
fn mend(one: &Credential, class: Option<&str>) -> Mend {
    let class = class.map(str::to_ascii_lowercase).unwrap_or_default();
    if PASSING.iter().any(|word| class.contains(word)) {
        let run = Run::new("credentials get").named(one.name());
        return Mend::run("the secret may be good; see whether it passes with", run);
    }
    renewal(one)
}
