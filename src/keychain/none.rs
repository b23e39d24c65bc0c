//! No keychain: this system's is not known, or the program was built without.

use super::words::{Item, Trouble};
use crate::secret::Secret;

fn absent() -> Trouble {
    let why = if cfg!(feature = "keychain") {
        "this program knows none on this system"
    } else {
        "this program was built without the feature keychain"
    };
    Trouble::Absent(why.to_owned())
}

/// None is there.
pub(crate) fn may_be_there() -> bool {
    false
}

/// No token can be kept.
pub(crate) fn probe() -> Result<(), Trouble> {
    Err(absent())
}

/// Keeps nothing.
pub(crate) fn put(_: &Item, _: &Secret) -> Result<(), Trouble> {
    Err(absent())
}

/// Cannot tell what is kept elsewhere.
pub(crate) fn get(_: &Item) -> Result<Option<Secret>, Trouble> {
    Err(absent())
}

/// Cannot tell what is kept elsewhere.
pub(crate) fn get_quietly(_: &Item) -> Result<Option<Secret>, Trouble> {
    Err(absent())
}

/// Cannot tell what another program keeps elsewhere.
pub(crate) fn get_foreign(_: &str, _: &str) -> Result<Option<Secret>, Trouble> {
    Err(absent())
}

/// Cannot remove what is kept elsewhere.
pub(crate) fn remove(_: &str, _: &str, _: Option<&str>) -> Result<(), Trouble> {
    Err(absent())
}
