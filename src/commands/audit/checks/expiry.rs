//! Secrets that have expired, or will soon: as far as this machine knows their ends.

use super::sight::{Sight, renewal};
use crate::{
    commands::audit::{
        facts::Facts,
        finding::{Check, Findings, Severity},
    },
    output::{End, ago},
};

pub(super) fn check(sight: &Sight<'_>, found: &mut Findings) {
    let now = sight.limits.now;
    // A public key has no end, and what the platform made for itself it renews itself.
    let due = |one: &&Facts| !one.is_ssh_key() && one.credential.system() != Some(true);
    for one in sight.there.credentials.iter().filter(due) {
        let end = match one.end {
            End::At(end) => end,
            End::Never => continue,
            End::Unknown => {
                let why = "the platform keeps no end of secrets, and this machine did not learn it";
                found.unknown(Check::Expired, sight.org, one.name(), why);
                continue;
            }
        };
        let mend = renewal(one);
        if end <= now {
            let what = format!("expired {} ({end})", ago(end));
            found.add((Check::Expired, Severity::Error), sight.org, one.name(), what, mend);
        } else if end.duration_since(now) <= sight.limits.expires_within {
            let what = format!("expires {} ({end})", ago(end));
            found.add((Check::Expiring, Severity::Warning), sight.org, one.name(), what, mend);
        }
    }
}
