//! What all checks share.

use std::rc::Rc;

use crate::{
    commands::{
        audit::{
            facts::{Limits, There},
            finding::{Mend, Org},
        },
        expiries::replacement,
    },
    platform::Credential,
};

/// What a check sees of an organisation.
pub(super) struct Sight<'a> {
    pub(super) org: &'a Rc<Org>,
    pub(super) there: &'a There,
    pub(super) limits: &'a Limits,
}

/// What puts another secret in the place of that of `one`.
pub(super) fn renewal(one: &Credential) -> Mend {
    let (words, run) = replacement(one.provider(), one.name());
    Mend::run(words, run)
}
