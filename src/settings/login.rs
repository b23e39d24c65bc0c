//! The saved tokens: one file, mode 0600, each bound to one address.

use std::{cell::OnceCell, collections::BTreeMap, path::PathBuf};

use toml_edit::{DocumentMut, Item, Table, value};
use zeroize::Zeroizing;

use super::{
    Profile,
    file::{LIMIT, place},
};
use crate::{
    error::{Error, Result, Run},
    files::{self, Holds, Patience},
    platform::BaseUrl,
    secret::Secret,
};

/// A saved token and the address it is for.
#[derive(Debug)]
pub struct SavedLogin {
    /// The only address the token is ever sent to.
    pub base_url: BaseUrl,
    pub token: Secret,
}

/// The file of saved tokens, one entry for each profile.
#[derive(Debug)]
pub struct LoginFile {
    path: PathBuf,
    /// The entry that is meant.
    entry: String,
    /// What the file holds, once it was read.
    document: OnceCell<Option<DocumentMut>>,
}

impl LoginFile {
    /// The file at `path`, which need not exist; the entry of `profile` is meant, or that of no profile.
    pub fn of(path: PathBuf, profile: Option<&Profile>) -> Self {
        let entry = profile.map_or(Profile::DEFAULT, Profile::name).to_owned();
        Self { path, entry, document: OnceCell::new() }
    }

    /// Warnings that others can get at the file, where they can.
    pub(super) fn exposure(&self) -> Vec<String> {
        files::exposure(&self.path, Holds::Secret)
    }

    fn document(&self) -> Result<Option<&DocumentMut>> {
        if self.document.get().is_none() {
            let bytes = files::read(&self.path, LIMIT)?;
            let parsed = bytes.map(|bytes| self.parse(&bytes)).transpose()?;
            return Ok(self.document.get_or_init(|| parsed).as_ref());
        }
        Ok(self.document.get().and_then(Option::as_ref))
    }

    /// Whether the entry that is meant is there.
    pub(super) fn has_entry(&self) -> Result<bool> {
        Ok(self.document()?.is_some_and(|document| document.contains_key(&self.entry)))
    }

    /// The entries' names, each with its address where it can be read.
    ///
    /// # Errors
    /// Failure, if the file cannot be read or is not what this program wrote.
    pub(super) fn names(&self) -> Result<BTreeMap<String, Option<BaseUrl>>> {
        let base = |item: &Item| item.get("base-url")?.as_str()?.parse().ok();
        let entries = self.document()?.into_iter().flat_map(|document| document.iter());
        Ok(entries.map(|(name, item)| (name.to_owned(), base(item))).collect())
    }

    fn unusable(&self) -> Error {
        Error::failure(format!("the login file {} cannot be used", self.path.display()))
            .run("repair it, or remove it and sign in again with", Run::new("login").arg("--with-token"))
    }

    fn parse(&self, bytes: &[u8]) -> Result<DocumentMut> {
        let text = files::text(bytes).map_err(|why| self.unusable().because(why))?;
        text.parse().map_err(|error| self.unusable().cause(place(text, &error)))
    }

    /// The saved token, if there is one.
    ///
    /// # Errors
    /// Failure, if the file cannot be read or is not what this program wrote.
    pub fn load(&self) -> Result<Option<SavedLogin>> {
        let entry = self.document()?.and_then(|document| document.get(&self.entry));
        let Some(entry) = entry else { return Ok(None) };
        let text = |key: &str| entry.get(key).and_then(Item::as_str);
        let (Some(base_url), Some(token)) = (text("base-url"), text("token")) else {
            return Err(self.unusable().cause("it lacks base-url or token"));
        };
        let base_url = base_url.parse().map_err(|error: Error| {
            self.unusable().cause("its base-url is not usable").because(error.with_hints([]))
        })?;
        Ok(Some(SavedLogin { base_url, token: Secret::new(token.to_owned()) }))
    }

    /// Saves a token, whole or not at all; other entries stay as they are.
    ///
    /// # Errors
    /// Failure, if the file cannot be written; what was there before is kept.
    pub(crate) fn save(&self, login: &SavedLogin, patience: &Patience<'_>) -> Result<()> {
        files::create_parents(&self.path)?;
        self.change(patience, |document| {
            let mut entry = Table::new();
            entry.insert("base-url", value(login.base_url.to_string()));
            entry.insert("token", value(login.token.expose()));
            document.insert(&self.entry, Item::Table(entry));
        })
    }

    /// Removes the saved token from the file, which is there; other entries stay as they are.
    ///
    /// # Errors
    /// Failure, if the file cannot be written.
    pub(crate) fn remove(&self, patience: &Patience<'_>) -> Result<()> {
        self.change(patience, |document| drop(document.remove(&self.entry)))
    }

    /// Removes what a sign-in that was killed has left beside the file: it may hold the token.
    pub fn sweep(&self) {
        files::sweep_beside(&self.path);
    }

    fn change(&self, patience: &Patience<'_>, change: impl FnOnce(&mut DocumentMut)) -> Result<()> {
        files::update(&self.path, LIMIT, patience, |present| {
            let mut document = self.parse(present.unwrap_or_default())?;
            change(&mut document);
            Ok(Some(Zeroizing::new(document.to_string().into_bytes())))
        })
    }
}
