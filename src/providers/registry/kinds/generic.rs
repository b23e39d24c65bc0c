//! Any registry, or classic Helm repository: what each kind builds on.

use crate::providers::registry::preset::{KnownHost, Preset, Username, password};

pub(super) static PRESET: Preset = ANY;

/// What a kind does not say of itself is as it is here.
pub(super) const ANY: Preset = Preset {
    slug: "generic",
    title: "Any other registry",
    host: ANY_HOST,
    username: Username::Own { label: "registry user name", example: "octocat", prefix: None },
    password: password("Registry password or token"),
    where_from: "your registry's page for access tokens; a token that may only pull is enough",
    form: "a password or an access token",
    right: "pull, or read",
    expires: "as your registry has it",
    renew: "get a new one, and store it with registry update",
    url: "https://charts.example.com/stable",
    source: "env:CHARTS_PASSWORD",
    key_file_user: None,
    identity_token: "make an access token there, and give it with --username and --password-from",
    judge: |_| {},
    owns: |_| false,
    elsewhere: "",
};

/// What holds for every host of which nothing is known.
pub(super) const ANY_HOST: KnownHost = KnownHost {
    patterns: &[],
    api: None,
    realm: None,
    password: "check the user name and the password: many registries want an access token in place of the password",
    access: "ask who runs the registry for the right to pull from this path",
    expired: "make a new one at the registry and give that",
    rate: None,
};
