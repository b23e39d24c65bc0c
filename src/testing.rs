//! What the tests, fuzz targets and benchmarks of this package take from inside it. No interface for others.

pub mod cli {
    pub use crate::cli::{Guide, parse, variables, whole_tree as command};
}
pub mod deadline {
    pub use crate::deadline::Deadline;
}
pub mod error {
    pub use crate::error::ErrorKind;
}
pub mod http {
    pub use crate::http::fuzz;
}
pub mod keychain {
    use crate::{
        keychain::{Item, NAME, Trouble, get, get_quietly, may_be_there, probe, put, remove},
        secret::Secret,
    };

    /// Does what `words` say: `probe`, or `put`, `get`, `get-quietly` or `remove` with a profile, an address and an id.
    ///
    /// # Errors
    /// What the keychain says.
    pub fn act(words: &[&str], token: &Secret) -> Result<Option<Secret>, String> {
        let item = |profile: &str, base_url: &str, id: &str| Item {
            profile: profile.to_owned(),
            base_url: base_url.to_owned(),
            id: id.to_owned(),
        };
        let result = match words {
            ["probe"] if may_be_there() => probe().map(|()| None),
            ["probe"] => return Err(format!("{NAME} is not there")),
            ["put", profile, base_url, id] => put(&item(profile, base_url, id), token).map(|()| None),
            ["get", profile, base_url, id] => get(&item(profile, base_url, id)),
            ["get-quietly", profile, base_url, id] => get_quietly(&item(profile, base_url, id)),
            ["remove", profile, base_url, id] => {
                remove(profile, base_url, Some(*id).filter(|id| !id.is_empty())).map(|()| None)
            }
            _ => return Err(format!("unknown: {words:?}")),
        };
        result.map_err(|trouble: Trouble| format!("{NAME} {trouble}"))
    }
}
pub mod output {
    pub use crate::output::{Cell, Column, Format, Options, Output, Record, sanitise, shorten, sieved};
}
pub mod platform {
    pub use crate::platform::{
        BaseUrl, Client, CredentialId, CredentialName, DEFAULT_TIMEOUT, LoginAnswer, OrganisationId, TokenId,
        Trace, fuzz, routes,
    };
}
pub mod providers {
    pub use crate::providers::{ALL, Kind, Plain, Provider, RegistryUrl, registry_logins, registry_realm};
    use crate::{
        providers::{Preset, Username},
        secret::Field,
    };

    /// Of each kind of registry: its name, a user name there, and the fields of a user name and a password.
    pub fn registries() -> impl Iterator<Item = (&'static str, &'static str, [&'static Field; 2])> {
        Preset::ALL.iter().map(|preset| {
            let (Username::Fixed { name, .. } | Username::Own { example: name, .. }) = preset.username;
            (preset.slug, name, [&preset.username_field, &preset.password])
        })
    }
}
pub mod secret {
    pub use crate::secret::{Field, Form, Gathered, Secret, SecretSource, Shape, Wanted, gather, pass};
}
pub mod ssh {
    pub use crate::ssh::{KeyPair, PublicKey};
}
pub mod settings {
    use std::path::Path;

    pub use crate::settings::{Environment, LoginFile, Settings};

    /// What is said of the official CLI's file in `home`, and whether something in it is used.
    pub fn official_login(home: &Path) -> (Vec<String>, bool) {
        let mut warnings = Vec::new();
        let found = crate::settings::read_official(home, &mut warnings);
        (warnings, found.is_some())
    }
}
