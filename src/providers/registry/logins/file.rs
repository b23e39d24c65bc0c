//! A login file: `auths`, `credHelpers`, `credsStore`.

use std::collections::BTreeMap;

use base64ct::{Base64, Base64Unpadded, Encoding};
use serde::de::{IgnoredAny, MapAccess};
use zeroize::Zeroizing;

use super::{
    Kept, RegistryHost,
    json::{Any, Members, Shape, Text, read},
};
use crate::secret::Secret;

/// Where a text stops being JSON.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Place {
    /// From 1.
    pub line: usize,
    /// From 1; 0 at the end of an empty line.
    pub column: usize,
}

/// What a login file holds. Keys that name no registry are left out, and so are entries without
/// any content, which docker writes where a helper keeps the login.
#[derive(Debug, Default)]
pub struct LoginFile {
    kept: Vec<(RegistryHost, Kept)>,
    helpers: Vec<(RegistryHost, String)>,
    store: Option<String>,
}

/// What a file has for one registry, in the order in which it counts.
#[derive(Debug, Default)]
pub struct Found<'a> {
    /// The helper for this very registry.
    pub helper: Option<&'a str>,
    /// The helper for all of them.
    pub store: Option<&'a str>,
    /// What the file itself keeps.
    pub kept: Option<&'a Kept>,
}

impl LoginFile {
    /// Reads the content of a file.
    ///
    /// # Errors
    /// Where it is no JSON; members of the wrong type are as if they were not there.
    pub fn parse(bytes: &[u8]) -> Result<Self, Place> {
        let file: File = read(bytes)?;
        let entry = |(name, entry): (String, Entry)| Some((name.parse().ok()?, entry.kept()?));
        let helper = |(name, helper): (String, Text)| Some((name.parse().ok()?, text(&helper)?));
        // Docker's own form, a plain host, counts before an address that names the same one.
        let (plain, addresses): (Vec<_>, Vec<_>) =
            file.auths.0.into_iter().partition(|(name, _)| !name.contains("://"));
        Ok(Self {
            kept: plain.into_iter().chain(addresses).filter_map(entry).collect(),
            helpers: file.helpers.0.into_iter().filter_map(helper).collect(),
            store: text(&file.store),
        })
    }

    /// What it has for `wanted`. Parts of a registry are only known to what the file itself keeps.
    #[must_use]
    pub fn find(&self, wanted: &RegistryHost) -> Found<'_> {
        let kept = self.kept.iter().filter_map(|(host, kept)| Some((host.serves(wanted)?, kept)));
        // Of equals the first.
        let kept = kept.reduce(|best, next| if next.0 > best.0 { next } else { best });
        Found {
            helper: self
                .helpers
                .iter()
                .find(|(host, _)| host.host() == wanted.host())
                .map(|(_, name)| &**name),
            store: self.store.as_deref(),
            kept: kept.map(|(_, kept)| kept),
        }
    }

    /// The registries that it names, with the user's name where it is known.
    #[must_use]
    pub fn hosts(&self) -> BTreeMap<RegistryHost, Option<&str>> {
        let mut hosts: BTreeMap<_, _> = self.helpers.iter().map(|(host, _)| (host.clone(), None)).collect();
        for (host, kept) in &self.kept {
            let user = match kept {
                Kept::Login(login) => Some(login.username.as_str()),
                Kept::Token | Kept::Unusable(_) => None,
            };
            hosts.entry(host.clone()).or_insert(user);
        }
        hosts
    }

    /// The helper that keeps the logins of all other registries.
    #[must_use]
    pub fn store(&self) -> Option<&str> {
        self.store.as_deref()
    }
}

fn text(text: &Text) -> Option<String> {
    Some(text.as_str()).filter(|text| !text.is_empty()).map(str::to_owned)
}

#[derive(Default)]
struct File {
    auths: Members<Entry>,
    helpers: Members<Text>,
    store: Text,
}

impl Shape for File {
    fn of_map<'de, A: MapAccess<'de>>(mut map: A) -> Result<Self, A::Error> {
        let mut file = Self::default();
        while let Some(name) = map.next_key::<String>()? {
            match name.as_str() {
                "auths" => file.auths = map.next_value::<Any<_>>()?.0,
                "credHelpers" => file.helpers = map.next_value::<Any<_>>()?.0,
                "credsStore" => file.store = map.next_value::<Any<_>>()?.0,
                _ => {
                    map.next_value::<IgnoredAny>()?;
                }
            }
        }
        Ok(file)
    }
}

/// One member of `auths`.
#[derive(Default)]
struct Entry {
    auth: Text,
    username: Text,
    password: Text,
    identity_token: Text,
    registry_token: Text,
}

impl Shape for Entry {
    fn of_map<'de, A: MapAccess<'de>>(mut map: A) -> Result<Self, A::Error> {
        let mut entry = Self::default();
        while let Some(name) = map.next_key::<String>()? {
            let place = match name.as_str() {
                "auth" => &mut entry.auth,
                "username" => &mut entry.username,
                "password" => &mut entry.password,
                "identitytoken" => &mut entry.identity_token,
                "registrytoken" => &mut entry.registry_token,
                _ => {
                    map.next_value::<IgnoredAny>()?;
                    continue;
                }
            };
            *place = map.next_value::<Any<_>>()?.0;
        }
        Ok(entry)
    }
}

impl Entry {
    /// What it keeps; `None`: nothing. `auth` counts before the user name and password beside it.
    fn kept(&self) -> Option<Kept> {
        let is_empty = |text: &Text| text.as_str().is_empty();
        if !is_empty(&self.identity_token) || !is_empty(&self.registry_token) {
            return Some(Kept::Token);
        }
        if !is_empty(&self.auth) {
            return Some(decoded(self.auth.as_str()));
        }
        if is_empty(&self.username) && is_empty(&self.password) {
            return None;
        }
        Some(Kept::of(self.username.as_str(), self.password.0.as_ref()))
    }
}

/// The login in `auth`: `user:password` in base64. NULs around the password are not part of it, as
/// they are not to docker.
fn decoded(auth: &str) -> Kept {
    let auth = auth.trim();
    let mut buffer = Zeroizing::new(vec![0; auth.len()]);
    let padded = Base64::decode(auth, &mut buffer).map(<[u8]>::len);
    let length = padded.or_else(|_| Base64Unpadded::decode(auth, &mut buffer).map(<[u8]>::len));
    let Ok(length) = length else { return Kept::Unusable("its auth is not base64") };
    let Ok(text) = std::str::from_utf8(&buffer[..length]) else {
        return Kept::Unusable("its auth is not UTF-8 text");
    };
    match text.split_once(':') {
        Some((username, password)) => Kept::of(username, Some(&Secret::copied(password.trim_matches('\0')))),
        None => Kept::Unusable("its auth is not a user name, a colon and a password"),
    }
}

#[cfg(test)]
mod tests;
