//! A login file: `auths`, `credHelpers`, `credsStore`.

use std::collections::BTreeMap;

use super::{host::RegistryHost, kept::Kept};
use crate::{
    providers::registry::members::{Members, text},
    secret::standard_base64,
};

/// What a login file holds. Keys that name no registry are left out, and so are entries without
/// any content, which docker writes where a helper keeps the login.
#[derive(Debug, Default)]
pub struct DockerConfig {
    kept: Vec<(RegistryHost, Kept)>,
    helpers: Vec<(RegistryHost, String)>,
    /// The helper that keeps the logins of all other registries.
    pub store: Option<String>,
}

/// What a file has for one registry alone, in the order in which it counts.
#[derive(Debug, Default)]
pub struct FileEntry<'a> {
    /// The helper for this very registry.
    pub helper: Option<&'a str>,
    /// What the file itself keeps.
    pub kept: Option<&'a Kept>,
}

impl DockerConfig {
    /// Reads the content of a file.
    ///
    /// # Errors
    /// If it is not JSON; members of the wrong type are as if they were not there.
    pub fn parse(bytes: &[u8]) -> Result<Self, String> {
        let mut file = Members::read(bytes)?;
        let named = |text: &str| Some(text).filter(|text| !text.is_empty()).map(str::to_owned);
        let auths = file.take("auths").into_values();
        // Docker's own form, a plain host, counts before an address that names the same one.
        let (plain, addresses): (Vec<_>, Vec<_>) = auths.partition(|(name, _)| !name.contains("://"));
        let entries = plain.into_iter().chain(addresses);
        let helpers = file.take("credHelpers").into_values();
        Ok(Self {
            kept: entries
                .filter_map(|(name, entry)| Some((name.parse().ok()?, kept(&Members::of(Some(entry)))?)))
                .collect(),
            helpers: helpers
                .filter_map(|(name, helper)| Some((name.parse().ok()?, named(text(&helper))?)))
                .collect(),
            store: named(file.text("credsStore")),
        })
    }

    /// What it has for `wanted`. Parts of a registry are only known to what the file itself keeps.
    pub fn find(&self, wanted: &RegistryHost) -> FileEntry<'_> {
        let kept = self.kept.iter().filter_map(|(host, kept)| Some((host.serves(wanted)?, kept)));
        // Of equals the first.
        let kept = kept.reduce(|best, next| if next.0 > best.0 { next } else { best });
        let helper = self.helpers.iter().find(|(host, _)| host.host() == wanted.host());
        FileEntry { helper: helper.map(|(_, name)| &**name), kept: kept.map(|(_, kept)| kept) }
    }

    /// The registries that it names, with the user's name if it is known.
    pub fn hosts(&self) -> BTreeMap<RegistryHost, Option<&str>> {
        let mut hosts: BTreeMap<_, _> = self.helpers.iter().map(|(host, _)| (host.clone(), None)).collect();
        for (host, kept) in &self.kept {
            let user = if let Kept::Login(login) = kept { Some(login.username.as_str()) } else { None };
            hosts.entry(host.clone()).or_insert(user);
        }
        hosts
    }
}

/// What an entry keeps; `None`: nothing. `auth` counts before the user name and password beside it.
fn kept(entry: &Members) -> Option<Kept> {
    let (auth, username, password) = (entry.text("auth"), entry.text("username"), entry.text("password"));
    if !entry.text("identitytoken").is_empty() || !entry.text("registrytoken").is_empty() {
        Some(Kept::Token)
    } else if !auth.is_empty() {
        Some(decoded(auth))
    } else if username.is_empty() && password.is_empty() {
        None
    } else {
        Some(Kept::of(username, password))
    }
}

/// The login in `auth`: `user:password` in base64. NULs around the password are not part of it, as
/// for docker.
fn decoded(auth: &str) -> Kept {
    let Some((_, bytes)) = standard_base64(auth) else { return Kept::Unusable("its auth is not base64") };
    let Ok(text) = std::str::from_utf8(&bytes) else {
        return Kept::Unusable("its auth is not UTF-8 text");
    };
    match text.split_once(':') {
        Some((username, password)) => Kept::of(username, password.trim_matches('\0')),
        None => Kept::Unusable("its auth is not a user name, a colon and a password"),
    }
}

#[cfg(test)]
mod tests;
