//! Credentials that nothing uses.

use super::sight::Sight;
use crate::{
    commands::audit::{
        facts::Facts,
        finding::{Check, Findings, Mend, Severity},
    },
    error::Run,
    platform::REGISTRY,
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
            let (severity, what) = if one.credential.provider() == REGISTRY {
                // What else uses one by its name, the platform does not list.
                (
                    Severity::Info,
                    "no registry and no cluster uses it; add-ons and applications are not looked at",
                )
            } else {
                (Severity::Warning, "no cluster uses it")
            };
            let mend = Mend::run("delete it with", Run::new("credentials delete").named(name));
            found.add((Check::Unused, severity), sight.org, name, what.to_owned(), mend);
        }
    }
}
