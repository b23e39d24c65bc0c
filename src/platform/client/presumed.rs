//! An organisation whose id was found under its name a while ago.
//!
//! Names move: an organisation is renamed, and another takes its name. So the id is good for reads, which the platform
//! refuses where it is no longer the token's; before anything is changed the name is looked up again.

use std::cell::Cell;

use tokio::sync::OnceCell;

use crate::{
    error::Result,
    platform::{Organisation, OrganisationId},
};

/// Finds the id of an organisation among all.
pub(super) type Find = Box<dyn Fn(&[Organisation]) -> Result<OrganisationId>>;

/// What is done about an id that may be old.
pub(super) struct Presumed {
    pub(super) find: Find,
    /// What is sent will change something: it is looked up at once with the first read.
    pub(super) at_once: Cell<bool>,
    /// Whether it was looked up; whether the name is another organisation's by now.
    pub(super) moved: OnceCell<bool>,
}
