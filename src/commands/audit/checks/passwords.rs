//! Secrets of registries that look like passwords where there are tokens: as far as this machine stored them.

use super::sight::{Sight, renewal};
use crate::{
    commands::audit::finding::{Check, Findings, Mend, Severity},
    platform::REGISTRY,
};

pub(super) fn check(sight: &Sight<'_>, found: &mut Findings) {
    for one in sight.there.credentials.iter().filter(|one| one.credential.provider() == REGISTRY) {
        match one.is_password {
            Some(false) => {}
            Some(true) => {
                let what = "looks like a password, not like a token of its registry".to_owned();
                let Mend { words, run } = renewal(one);
                let mend = Mend { words: format!("make a token; {words}"), run };
                found.add((Check::Password, Severity::Info), sight.org, one.name(), what, mend);
            }
            None => {
                let why = "this machine did not store the secret, or has no form to tell a token by";
                found.unknown(Check::Password, sight.org, one.name(), why);
            }
        }
    }
}
