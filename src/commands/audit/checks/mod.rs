//! The checks: one file for each concern. Each gives findings, and says what it cannot tell.

mod age;
mod environments;
mod expiry;
mod health;
mod keys;
mod passwords;
mod registries;
mod sight;
mod trouble;
mod unused;

use std::rc::Rc;

use super::{
    facts::{Limits, Looked},
    finding::{CannotTell, Findings},
};
use sight::Sight;

/// Runs all checks on an organisation.
pub(super) fn run(looked: &Looked, limits: &Limits, found: &mut Findings) {
    let there = match &looked.there {
        Ok(there) => there,
        Err(error) => {
            let (org, why) = (Rc::clone(&looked.org), error.in_one_line());
            found.untold.push(CannotTell { check: None, org, name: None, why, is_hole: true });
            return;
        }
    };
    let sight = Sight { org: &looked.org, there, limits };
    health::check(&sight, found);
    registries::check(&sight, found);
    expiry::check(&sight, found);
    age::check(&sight, found);
    unused::check(&sight, found);
    keys::check(&sight, found);
    passwords::check(&sight, found);
    environments::check(&sight, found);
}
