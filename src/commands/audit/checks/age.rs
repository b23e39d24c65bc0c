//! Secrets that nobody has replaced for long.

use super::sight::{Sight, renewal};
use crate::commands::audit::{
    facts::{Facts, days},
    finding::{Check, Findings, Severity},
};

pub(super) fn check(sight: &Sight<'_>, found: &mut Findings) {
    // Nobody but the platform can replace what it made for itself.
    for one in sight.there.credentials.iter().filter(|one| one.credential.system() != Some(true)) {
        let credential = &one.credential;
        let age = |time| Facts::age(time, sight.limits.now);
        let (created, updated) = (age(credential.created_at()), age(credential.updated_at()));
        let (age, verb) = match (created, updated) {
            (Some(created), Some(updated)) if updated < created => (updated, "last changed"),
            (Some(created), _) => (created, "created"),
            (None, Some(updated)) => (updated, "last changed"),
            (None, None) => {
                let why = "the platform does not say when it was stored";
                found.unknown(Check::Old, sight.org, one.name(), why);
                continue;
            }
        };
        if age > sight.limits.max_age {
            let what = format!("{verb} {} ago", days(age));
            let mend = renewal(one);
            found.add((Check::Old, Severity::Warning), sight.org, one.name(), what, mend);
        }
    }
}
