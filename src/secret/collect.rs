//! Collects the secrets of one command, in one fixed order.

use crate::{
    error::Result,
    secret::{Secret, SecretSource},
};

/// A secret that a command needs: data of a provider.
#[derive(Clone, Copy, Debug)]
pub struct Field {
    /// The flag without dashes and without `-from` (`api-token`); with `_` its JSON and wire key.
    pub name: &'static str,
    /// What a prompt calls it (`Hetzner API token`).
    pub label: &'static str,
    /// Upper-case names under which dotenv text may hold it, besides its own (`HCLOUD_TOKEN`).
    pub env_names: &'static [&'static str],
    /// Line feeds, carriage returns and tabs are part of its format (a JSON key file).
    pub multiline: bool,
}

/// A field and the source that the command line gives for it, if any.
#[derive(Clone, Debug)]
pub struct Wanted<'a> {
    /// What is wanted.
    pub field: &'a Field,
    /// From where; `None`: from the bundle if there is one, else the prompt.
    pub source: Option<SecretSource>,
}

/// Reads every wanted secret: its own source first, then `bundle` (`--secrets-from`:
/// one JSON object or dotenv text), then `ask`, the hidden prompt. `ask` is `None` where nobody can be asked:
/// then every secret still missing is named with the flags that supply it, before anything is read.
/// The order of the answer is the order of `wanted`.
pub fn collect(
    wanted: &[Wanted<'_>],
    bundle: Option<&SecretSource>,
    ask: Option<&mut dyn FnMut(&Field) -> Result<Secret>>,
) -> Result<Vec<Secret>> {
    let _ = (wanted, bundle, ask);
    todo!()
}
