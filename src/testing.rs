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
pub mod output {
    pub use crate::output::{
        Cell, Column, Format, Layout, Options, Output, Record, sanitise, shorten, sieved,
    };
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
