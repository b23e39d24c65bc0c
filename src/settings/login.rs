//! The saved tokens: one file, mode 0600, each bound to one address.

use std::{collections::BTreeMap, path::PathBuf};

use toml_edit::{DocumentMut, Item, Table, value};
use zeroize::Zeroizing;

use super::{
    Profile,
    file::{LIMIT, place},
};
use crate::{
    error::{Error, Result},
    files,
    platform::BaseUrl,
    secret::Secret,
};

/// A saved token and the address it is for.
#[derive(Debug)]
pub struct SavedLogin {
    /// The only address the token is ever sent to.
    pub base_url: BaseUrl,
    /// The token.
    pub token: Secret,
}

/// The file of saved tokens, one entry for each profile.
#[derive(Debug)]
pub struct LoginFile {
    path: PathBuf,
    /// The entry that is meant.
    entry: String,
}

impl LoginFile {
    /// The file at `path`, which need not exist; the entry of no profile is meant.
    #[must_use]
    pub fn new(path: PathBuf) -> Self {
        Self { path, entry: Profile::DEFAULT.to_owned() }
    }

    /// As [`Self::new`], with the entry of `profile`, if there is one.
    #[must_use]
    pub fn of(path: PathBuf, profile: Option<&Profile>) -> Self {
        Self { path, entry: profile.map_or(Profile::DEFAULT, Profile::name).to_owned() }
    }

    /// The entries' names, each with its address where it can be read.
    ///
    /// # Errors
    /// Failure, if the file cannot be read or is not what this program wrote.
    pub(super) fn names(&self) -> Result<BTreeMap<String, Option<BaseUrl>>> {
        let Some(bytes) = files::read(&self.path, LIMIT)? else { return Ok(BTreeMap::new()) };
        let base = |item: &Item| item.get("base-url")?.as_str()?.parse().ok();
        Ok(self.parse(&bytes)?.iter().map(|(name, item)| (name.to_owned(), base(item))).collect())
    }

    fn unusable(&self) -> Error {
        Error::failure(format!("the login file {} cannot be used", self.path.display()))
            .hint("repair it, or remove it and sign in again with: ankra login --with-token")
    }

    fn parse(&self, bytes: &[u8]) -> Result<DocumentMut> {
        let text = std::str::from_utf8(bytes).map_err(|_| self.unusable().cause("it is not UTF-8"))?;
        text.parse().map_err(|error| self.unusable().cause(place(text, &error)))
    }

    /// The saved token, if there is one.
    ///
    /// # Errors
    /// Failure, if the file cannot be read or is not what this program wrote.
    pub fn load(&self) -> Result<Option<SavedLogin>> {
        let Some(bytes) = files::read(&self.path, LIMIT)? else { return Ok(None) };
        let document = self.parse(&bytes)?;
        let Some(entry) = document.get(&self.entry) else { return Ok(None) };
        let text = |key: &str| entry.get(key).and_then(Item::as_str);
        let (Some(base_url), Some(token)) = (text("base-url"), text("token")) else {
            return Err(self.unusable().cause("it lacks base-url or token"));
        };
        let base_url = base_url.parse().map_err(|error: Error| {
            error.causes().iter().fold(self.unusable().cause("its base-url is not usable"), Error::cause)
        })?;
        Ok(Some(SavedLogin { base_url, token: Secret::new(token.to_owned()) }))
    }

    /// Saves a token, whole or not at all; other entries stay as they are.
    ///
    /// # Errors
    /// Failure, if the file cannot be written; what was there before is kept.
    pub fn save(&self, login: &SavedLogin) -> Result<()> {
        files::create_parents(&self.path)?;
        files::update(&self.path, LIMIT, |present| {
            let mut document = self.parse(present.unwrap_or_default())?;
            let mut entry = Table::new();
            entry.insert("base-url", value(login.base_url.to_string()));
            entry.insert("token", value(login.token.expose()));
            document.insert(&self.entry, Item::Table(entry));
            Ok(Some(Zeroizing::new(document.to_string().into_bytes())))
        })
    }

    /// Removes the saved token; other entries stay as they are. False if there was none.
    ///
    /// # Errors
    /// Failure, if the file cannot be written.
    pub fn remove(&self) -> Result<bool> {
        if files::read(&self.path, LIMIT)?.is_none() {
            return Ok(false);
        }
        let mut removed = false;
        files::update(&self.path, LIMIT, |present| {
            let mut document = self.parse(present.unwrap_or_default())?;
            removed = document.remove(&self.entry).is_some();
            Ok(removed.then(|| Zeroizing::new(document.to_string().into_bytes())))
        })?;
        Ok(removed)
    }
}
