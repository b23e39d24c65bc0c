//! Credentials that the platform cannot use.

use super::{
    sight::{Sight, renewal},
    trouble::Trouble,
};
use crate::{
    commands::audit::{
        facts::Facts,
        finding::{Check, Findings, Mend, Severity},
    },
    error::Run,
    http::quote,
    platform::Status,
};

pub(super) fn check(sight: &Sight<'_>, found: &mut Findings) {
    for one in &sight.there.credentials {
        let credential = &one.credential;
        let state = match credential.status() {
            Status::Ok | Status::Syncing => continue,
            Status::Unknown => {
                let why = match credential.health() {
                    Some(word) => format!("the platform says {} of it, which may mean anything", quote(word)),
                    None => "the platform does not say whether it works".to_owned(),
                };
                found.unknown(Check::Failing, sight.org, one.name(), &why);
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
        found.add((Check::Failing, Severity::Error), sight.org, one.name(), what, mend(one, class));
    }
}

/// Another secret does not help where there is no connection.
fn mend(one: &Facts, class: Option<&str>) -> Mend {
    if class.is_some_and(|class| Trouble::of(class) == Trouble::Passing) {
        let run = Run::new("credentials get").named(one.on_a_line());
        return Mend::run("the secret may be good; see whether it passes with", run);
    }
    renewal(one)
}
