//! Registries that cannot be read, and those that are read without a credential.

use std::collections::HashMap;

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
    output::named,
    platform::{REGISTRY, Registry},
    providers::RegistryUrl,
};

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
    let there: HashMap<&str, &Facts> = sight.there.credentials.iter().map(|one| (one.name(), one)).collect();
    // Another one may have the same name.
    let of_registries = sight.there.credentials.iter().filter(|one| one.credential.provider() == REGISTRY);
    let of_registries: HashMap<&str, &Facts> = of_registries.map(|one| (one.name(), one)).collect();
    for one in registries {
        let credential = one.credential_name.as_deref().filter(|name| !name.is_empty());
        let is_own = one.is_global != Some(true);
        let failed = one.last_sync_error.as_deref().filter(|why| !why.trim().is_empty());
        let has_failed = failed.is_some();
        if let Some(why) = failed {
            let is_refused = Trouble::of(why) == Trouble::Refused;
            let severity = if is_refused { Severity::Error } else { Severity::Warning };
            let by = credential.map_or("without a credential".to_owned(), |name| format!("with {name}"));
            let what = format!("its last sync {by} failed: {}", quote(why));
            let mend = match credential {
                Some(name) if is_refused => {
                    of_registries.get(name).map_or_else(|| look(one), |credential| renewal(credential))
                }
                None if is_refused => creation(one, IF_PRIVATE),
                _ => look(one),
            };
            found.add((Check::SyncFailed, severity), sight.org, &one.name, what, mend);
        }
        if let Some(name) = credential.filter(|name| is_own && !there.contains_key(name)) {
            let what = format!("names the credential {}, which does not exist", named(name));
            let mend = creation(one, "choose another credential for it on the platform; make one with");
            found.add((Check::NoCredential, Severity::Warning), sight.org, &one.name, what, mend);
        } else if is_own && credential.is_none() && !has_failed {
            let what = "is read without a credential, which is right if it is public".to_owned();
            let mend = creation(one, IF_PRIVATE);
            found.add((Check::NoCredential, Severity::Info), sight.org, &one.name, what, mend);
        }
    }
}

const IF_PRIVATE: &str = "if it is private, choose a credential for it on the platform; make one with";

fn creation(one: &Registry, words: &str) -> Mend {
    let run = Run::new("credentials registry create").arg("--name").arg("NEW-NAME");
    let run = match address(one) {
        Some(url) => run.arg("--registry-url").arg(url).arg("--check"),
        None => run,
    };
    Mend::run(words, run)
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
