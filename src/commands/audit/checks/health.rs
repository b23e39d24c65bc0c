//! Credentials that the platform cannot use.

use super::sight::{Sight, renewal};
use crate::{
    commands::audit::finding::{Check, Findings, Mend, Severity},
    error::Run,
    platform::{Credential, Status},
};

/// Words in the class of an error that is not the secret's.
const PASSING: [&str; 8] =
    ["timeout", "timed_out", "network", "connect", "unreachable", "dns", "rate", "server"];

pub(super) fn check(sight: &Sight<'_>, found: &mut Findings) {
    for one in &sight.there.credentials {
        let credential = &one.credential;
        let state = match credential.status() {
            Status::Ok | Status::Syncing => continue,
            Status::Unknown => {
                let why = "the platform does not say whether it works";
                found.unknown(Check::Failing, sight.org, one.name(), why);
                continue;
            }
            state => state.name(),
        };
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

/// Another secret does not help where there is no connection.
fn mend(one: &Credential, class: Option<&str>) -> Mend {
    let class = class.map(str::to_ascii_lowercase).unwrap_or_default();
    if PASSING.iter().any(|word| class.contains(word)) {
        let run = Run::new("credentials get").named(one.name());
        return Mend::run("the secret may be good; see whether it passes with", run);
    }
    renewal(one)
}
