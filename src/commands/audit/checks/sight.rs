//! What all checks share.

use std::rc::Rc;

use crate::commands::{
    audit::{
        facts::{Facts, Limits, There},
        finding::{Mend, Org},
    },
    expiries::replacement,
};

/// What a check sees of an organisation.
pub(super) struct Sight<'a> {
    pub(super) org: &'a Rc<Org>,
    pub(super) there: &'a There,
    pub(super) limits: &'a Limits,
}

/// What puts another secret in the place of that of `one`.
pub(super) fn renewal(one: &Facts) -> Mend {
    let credential = &one.credential;
    let (words, run) = replacement(credential.provider(), (credential.id(), one.name()), one.is_alone);
    Mend::run(words, run)
}
