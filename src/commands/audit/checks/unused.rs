//! Credentials that nothing uses.

use super::sight::Sight;
use crate::{
    commands::audit::{
        facts::Facts,
        finding::{Check, Findings, Mend, Severity},
    },
    error::Run,
    platform::{Credential, REGISTRY, cloud_of_ssh_keys},
    providers::Provider,
};

pub(super) fn check(sight: &Sight<'_>, found: &mut Findings) {
    for one in sight.there.credentials.iter().filter(|one| one.credential.system() != Some(true)) {
        let (name, users) = (one.name(), &one.users);
        let is_used = |users: &Option<Vec<String>>| users.as_ref().is_some_and(|users| !users.is_empty());
        if is_used(&users.clusters) || is_used(&users.registries) {
            continue;
        }
        let age = Facts::age(one.credential.created_at(), sight.limits.now);
        if age.is_some_and(|age| age < sight.limits.unused_after) {
            continue;
        }
        if let Err(error) = &one.detail {
            found.hole(Check::Unused, sight.org, Some(name), error.in_one_line());
        } else if let (None, Err(error)) = (&users.registries, &sight.there.registries) {
            found.hole(Check::Unused, sight.org, Some(name), error.in_one_line());
        } else if users.clusters.is_none() {
            let why = "the platform does not say which clusters use it";
            found.unknown(Check::Unused, sight.org, name, why);
        } else if age.is_none() {
            found.unknown(Check::Unused, sight.org, name, "nothing uses it, and its age is not known");
        } else {
            let (severity, what, words) = kind_of(&one.credential);
            let mend = Mend::run(words, Run::new("credentials delete").named(one.on_a_line()));
            found.add((Check::Unused, severity), sight.org, name, what.to_owned(), mend);
        }
    }
}

/// How bad it is that nothing is known to use one of this kind, and what is said of it. Only of the clouds of this
/// program the platform lists whatever needs one.
fn kind_of(one: &Credential) -> (Severity, &'static str, &'static str) {
    let of_cloud = cloud_of_ssh_keys(one.provider()).unwrap_or(one.provider());
    if one.provider() == REGISTRY {
        let what = "no registry and no cluster uses it; add-ons and applications are not looked at";
        (Severity::Info, what, "if nothing else uses it, delete it with")
    } else if Provider::named(of_cloud).is_some() {
        (Severity::Warning, "no cluster uses it", "delete it with")
    } else {
        let what = "no cluster uses it; what else uses a credential of this kind is not looked at";
        (Severity::Info, what, "if nothing else uses it, delete it with")
    }
}
