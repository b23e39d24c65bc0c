//! Registries that cannot be read, and those that are read without a credential.

use super::sight::Sight;
use crate::{
    commands::audit::finding::{Check, Findings, Mend, Severity},
    error::Run,
    http::quote,
    platform::Registry,
    providers::RegistryUrl,
};

/// Words of an error that another secret, or one at all, may mend.
const REFUSED: [&str; 12] = [
    "401",
    "403",
    "unauthorized",
    "unauthorised",
    "authentication",
    "authenticate",
    "forbidden",
    "denied",
    "credential",
    "password",
    "expired",
    "no basic auth",
];

pub(super) fn check(sight: &Sight<'_>, found: &mut Findings) {
    let registries = match &sight.there.registries {
        Ok(registries) => registries,
        Err(error) => {
            for check in [Check::SyncFailed, Check::NoCredential] {
                found.hole(check, sight.org, None, error.in_one_line());
            }
            return;
        }
    };
    for one in registries {
        let credential = one.credential_name.as_deref().filter(|name| !name.is_empty());
        if let Some(why) = one.last_sync_error.as_deref().filter(|why| !why.trim().is_empty()) {
            let is_refused = REFUSED.iter().any(|word| why.to_ascii_lowercase().contains(word));
            let severity = if is_refused { Severity::Error } else { Severity::Warning };
            let by = credential.map_or("without a credential".to_owned(), |name| format!("with {name}"));
            let what = format!("its last sync {by} failed: {}", quote(why));
            let mend = match credential {
                Some(name) if is_refused => Mend::run(
                    "replace the password with",
                    Run::new("credentials registry refresh").named(name),
                ),
                None if is_refused => creation(one),
                _ => look(one),
            };
            found.add((Check::SyncFailed, severity), sight.org, &one.name, what, mend);
        } else if credential.is_none() {
            let what = "is read without a credential, which is right if it is public".to_owned();
            found.add((Check::NoCredential, Severity::Info), sight.org, &one.name, what, creation(one));
        }
    }
}

fn creation(one: &Registry) -> Mend {
    let run = Run::new("credentials registry create").arg("--name").arg("NEW-NAME");
    let run = match address(one) {
        Some(url) => run.arg("--registry-url").arg(url).arg("--check"),
        None => run,
    };
    Mend::run("if it is private, choose a credential for it on the platform; make one with", run)
}

fn look(one: &Registry) -> Mend {
    match address(one) {
        Some(url) => Mend::run(
            "see whether it can be reached with",
            Run::new("credentials registry check").arg("--registry-url").arg(url),
        ),
        None => Mend { words: "look at its address on the platform".to_owned(), run: None },
    }
}

fn address(one: &Registry) -> Option<&str> {
    one.url.as_deref().filter(|url| url.parse::<RegistryUrl>().is_ok())
}
