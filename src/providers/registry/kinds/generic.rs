//! Any registry, or classic Helm repository.

use crate::providers::registry::preset::{ANY, Preset};

pub(super) static PRESET: Preset = ANY;
