//! The variables of the environment that decide how a server is reached, as other programs read them.

use std::{env, ffi::OsString};

/// The first of `names` that is set, with its value. One that is empty is as if unset.
pub(crate) fn variable(names: &[&'static str]) -> Option<(&'static str, OsString)> {
    let set = |name| env::var_os(name).filter(|value| !value.is_empty()).map(|value| (name, value));
    names.iter().copied().find_map(set)
}
