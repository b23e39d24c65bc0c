//! The saved logins: one file, mode 0600, with an entry for each profile. A token is in its entry or in the
//! system's keychain, and bound to one address.

use std::{cell::OnceCell, collections::BTreeMap, path::PathBuf};

use rand_core::{OsRng, RngCore};
use toml_edit::{DocumentMut, Item, Table, value};
use zeroize::Zeroizing;

use super::{
    Profile,
    file::{LIMIT, place},
    saved::{About, Kept, SavedLogin, SavedOrganisation, write},
    token::Held,
};
use crate::{
    cli::Store,
    error::{Error, Result, Run},
    files::{self, Holds, Patience},
    keychain::{self, Trouble},
    platform::{BaseUrl, OrganisationId, TokenId},
    secret::Secret,
};

/// The key of the profile that commands use where none is named. No profile can have this name.
const CHOSEN: &str = "_profile";

/// The file of saved logins, one entry for each profile.
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
        Self { path, entry: name_of(profile), document: OnceCell::new() }
    }

    /// The same file, with the entry of `profile` meant.
    pub(super) fn with(self, profile: Option<&Profile>) -> Self {
        Self { entry: name_of(profile), ..self }
    }

    /// Where it is.
    pub fn path(&self) -> &std::path::Path {
        &self.path
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

    /// The profile that commands use where none is named; `None`: the default one.
    ///
    /// # Errors
    /// Failure, if the file cannot be read or is not what this program wrote.
    pub(super) fn chosen(&self) -> Result<Option<Profile>> {
        let Some(item) = self.document()?.and_then(|document| document.get(CHOSEN)) else { return Ok(None) };
        let profile = item.as_str().and_then(|name| name.parse::<Profile>().ok());
        profile
            .map(Some)
            .ok_or_else(|| self.unusable().cause(format!("its {CHOSEN} is not a profile's name")))
    }

    /// As [`Self::chosen`], for messages.
    pub fn chosen_profile(&self) -> Option<Profile> {
        self.chosen().ok().flatten()
    }

    /// Whether the entry that is meant is there.
    pub(super) fn has_entry(&self) -> Result<bool> {
        Ok(self.document()?.is_some_and(|document| document.contains_key(&self.entry)))
    }

    /// The entries' names, the default one's among them.
    ///
    /// # Errors
    /// Failure, if the file cannot be read or is not what this program wrote.
    pub(super) fn names(&self) -> Result<Vec<String>> {
        let entries = self.document()?.into_iter().flat_map(|document| document.iter());
        Ok(entries.map(|(name, _)| name.to_owned()).filter(|name| name != CHOSEN).collect())
    }

    /// The logins that can be read, each with the name of its entry.
    ///
    /// # Errors
    /// Failure, if the file cannot be read or is not what this program wrote.
    pub(super) fn all(&self) -> Result<BTreeMap<String, SavedLogin>> {
        let names = self.names()?.into_iter();
        Ok(names.filter_map(|name| Some((name.clone(), self.entry(&name).ok()??))).collect())
    }

    /// The names of the other entries that hold the same token, where that can be told without the keychain.
    ///
    /// # Errors
    /// Failure, if the file cannot be read or is not what this program wrote.
    pub fn others_with(&self, token: &Secret, id: Option<TokenId>) -> Result<Vec<String>> {
        let is_same = |other: &SavedLogin| match &other.held {
            Held::Here(text) if text.expose() == token.expose() => true,
            _ => id.is_some() && other.about.token_id == id,
        };
        let others = self.all()?.into_iter().filter(|(name, other)| *name != self.entry && is_same(other));
        Ok(others.map(|(name, _)| name).collect())
    }

    fn unusable(&self) -> Error {
        Error::failure(format!("the login file {} cannot be used", self.path.display()))
            .run("repair it, or remove it and sign in again with", Run::new("login"))
    }

    fn parse(&self, bytes: &[u8]) -> Result<DocumentMut> {
        let text = files::text(bytes).map_err(|why| self.unusable().because(why))?;
        text.parse().map_err(|error| self.unusable().cause(place(text, &error)))
    }

    /// The saved login, if there is one.
    ///
    /// # Errors
    /// Failure, if the file cannot be read or is not what this program wrote.
    pub fn load(&self) -> Result<Option<SavedLogin>> {
        self.entry(&self.entry)
    }

    fn entry(&self, name: &str) -> Result<Option<SavedLogin>> {
        let entry = self.document()?.and_then(|document| document.get(name));
        let Some(entry) = entry else { return Ok(None) };
        let text = |key: &str| entry.get(key).and_then(Item::as_str);
        let Some(base_url) = text("base-url") else { return Err(self.lacking()) };
        let base_url = base_url.parse::<BaseUrl>().map_err(|error: Error| {
            self.unusable().cause("its base-url is not usable").because(error.with_hints([]))
        })?;
        let held = match (text("token"), text("keychain")) {
            (Some(token), None) => Held::Here(Secret::new(token.to_owned())),
            (None, Some(id)) => Held::Keychain(item(name, &base_url, id)),
            _ => return Err(self.lacking()),
        };
        // A choice that cannot be read is not the choice of another organisation.
        let id = text("organisation-id").map(str::parse).transpose();
        let id = id.map_err(|_| self.unusable().cause("its organisation-id is not an id"))?;
        let owned = |key: &str| text(key).map(str::to_owned);
        let about = About {
            organisation: id.map(|id: OrganisationId| {
                let title = owned("organisation").unwrap_or_else(|| id.to_string());
                SavedOrganisation { id, title }
            }),
            has_several: entry.get("several-organisations").and_then(Item::as_bool) == Some(true),
            role: owned("role"),
            user: owned("user"),
            token_id: text("token-id").and_then(|id| id.parse().ok()),
            token_name: owned("token-name"),
            expires_at: owned("expires-at"),
        };
        Ok(Some(SavedLogin { base_url, held, about }))
    }

    fn lacking(&self) -> Error {
        self.unusable().cause("it lacks base-url or token")
    }

    /// Fails where a login could not be saved in `store`: before a person goes to a browser for one.
    ///
    /// # Errors
    /// Failure, if the file could not be written, or `store` is the keychain and none answers.
    pub(crate) fn ensure_writable(&self, store: Option<Store>, patience: &Patience<'_>) -> Result<()> {
        self.document()?;
        if store == Some(Store::Keychain) {
            keychain::probe().map_err(|trouble| not_kept(&trouble))?;
        }
        files::create_parents(&self.path)?;
        files::ensure_writable(&self.path, patience)
    }

    /// Saves a login in `store`, else in the keychain if one answers, or else the file, whole or not at all; other entries stay as they are. Returns where its token is.
    ///
    /// The token is in the keychain before the entry names it there, and the entry's former token goes last: a
    /// process that is killed at any moment leaves an entry and its token, the old ones or the new.
    ///
    /// # Errors
    /// Failure, if the file cannot be written, or `store` is the keychain and it does not take the token; what
    /// was there before is kept.
    pub(crate) fn save(
        &self,
        base_url: &BaseUrl,
        token: &Secret,
        about: &About,
        store: Option<Store>,
        patience: &Patience<'_>,
    ) -> Result<Kept> {
        files::create_parents(&self.path)?;
        let mut kept = Kept::File(None);
        let (mut former, mut id) = (Vec::new(), None);
        let saved = self.change(patience, |document| {
            former = keychain_of(document, &self.entry);
            if store == Some(Store::Keychain) || store.is_none() && keychain::may_be_there() {
                let new = new_id();
                match keychain::put(&item(&self.entry, base_url, &new), token) {
                    Ok(()) => (kept, id) = (Kept::Keychain, Some(new)),
                    Err(trouble) if store.is_some() => return Err(not_kept(&trouble)),
                    Err(trouble) => kept = Kept::File(Some(trouble)),
                }
            }
            let mut entry = Table::new();
            entry.insert("base-url", value(base_url.to_string()));
            match &id {
                Some(id) => entry.insert("keychain", value(id.as_str())),
                None => entry.insert("token", value(token.expose())),
            };
            write(&mut entry, about);
            document.insert(&self.entry, Item::Table(entry));
            Ok(())
        });
        // What the file does not name is cleared away, be it the former token or, after a failure, the new one.
        if saved.is_err() {
            former.clear();
        }
        former.extend(id.is_some().then(|| base_url.to_string()));
        if let Err(error) = self.clear(former, patience) {
            patience.tell(&error.in_one_line());
        }
        saved.map(|()| kept)
    }

    /// Has the entry's commands act in `organisation` from now on, which the login `asked` belongs to; other
    /// entries stay as they are.
    ///
    /// # Errors
    /// Failure, if the file cannot be written, or that login is not there any more.
    pub(crate) fn choose(
        &self,
        asked: &SavedLogin,
        organisation: &SavedOrganisation,
        (has_several, role): (bool, Option<&str>),
        patience: &Patience<'_>,
    ) -> Result<()> {
        self.change(patience, |document| {
            let entry = document.get_mut(&self.entry).and_then(Item::as_table_like_mut);
            let text = |key: &str| entry.as_ref()?.get(key)?.as_str();
            let is_same = text("token").or(text("keychain")) == Some(asked.held.key())
                && text("base-url").and_then(|url| url.parse().ok()).as_ref() == Some(&asked.base_url);
            let entry = entry.filter(|_| is_same).ok_or_else(|| {
                Error::failure("another sign-in or sign-out came between, and nothing was changed")
                    .run("choose again with", Run::new("org use").arg(organisation.id.to_string()))
            })?;
            entry.insert("organisation-id", value(organisation.id.to_string()));
            entry.insert("organisation", value(organisation.title.as_str()));
            entry.insert("several-organisations", value(has_several));
            match role {
                Some(role) => drop(entry.insert("role", value(role))),
                None => drop(entry.remove("role")),
            }
            Ok(())
        })
    }

    /// Makes `profile` the one that commands use where none is named; `None`: the default one.
    ///
    /// # Errors
    /// Failure, if the file cannot be written.
    pub(crate) fn use_profile(&self, profile: Option<&Profile>, patience: &Patience<'_>) -> Result<()> {
        files::create_parents(&self.path)?;
        self.change(patience, |document| {
            match profile {
                Some(profile) => document.insert(CHOSEN, value(profile.name())),
                None => document.remove(CHOSEN),
            };
            Ok(())
        })
    }

    /// Removes the saved login, from the keychain first; other entries stay as they are. Where it is the entry
    /// of the profile that was chosen, none is chosen any more. `insist`: a keychain that does not answer keeps its
    /// item, which is told.
    ///
    /// # Errors
    /// Failure, if the file cannot be written or the keychain does not answer: then nothing was removed.
    pub(crate) fn remove(&self, insist: bool, patience: &Patience<'_>) -> Result<()> {
        self.change(patience, |document| {
            for address in keychain_of(document, &self.entry) {
                let Err(trouble) = keychain::remove(&self.entry, &address, None) else { continue };
                if !insist {
                    return Err(Error::failure("the token cannot be removed, and nothing was changed")
                        .cause(format!("{} {trouble}", keychain::NAME))
                        .hint("try again where the keychain is unlocked")
                        .run("to forget the login all the same", Run::new("logout").arg("--local")));
                }
                patience.tell(&format!("the token may still be in {}, which {trouble}", keychain::NAME));
            }
            document.remove(&self.entry);
            if document.get(CHOSEN).and_then(Item::as_str) == Some(&self.entry) {
                document.remove(CHOSEN);
            }
            Ok(())
        })
    }

    /// Removes from the keychain what this entry has left there for each of `addresses`: all but what the file
    /// names now, which another process may have written.
    fn clear(&self, addresses: Vec<String>, patience: &Patience<'_>) -> Result<()> {
        if addresses.is_empty() {
            return Ok(());
        }
        files::update(&self.path, LIMIT, patience, |present| {
            let document = self.parse(present.unwrap_or_default())?;
            let entry = document.get(&self.entry);
            let text = |key: &str| entry?.get(key)?.as_str();
            for address in addresses {
                let keep = text("keychain").filter(|_| text("base-url") == Some(&address));
                keychain::remove(&self.entry, &address, keep).map_err(|trouble| {
                    Error::failure(format!("a former token may still be in {}", keychain::NAME))
                        .cause(format!("{} {trouble}", keychain::NAME))
                        .hint("remove the items of ankra with your keychain's own program")
                })?;
            }
            Ok(None)
        })
    }

    /// Removes what a sign-in that was killed has left beside the file: it may hold the token.
    pub fn sweep(&self) {
        files::sweep_beside(&self.path);
    }

    fn change(
        &self,
        patience: &Patience<'_>,
        change: impl FnOnce(&mut DocumentMut) -> Result<()>,
    ) -> Result<()> {
        files::update(&self.path, LIMIT, patience, |present| {
            let mut document = self.parse(present.unwrap_or_default())?;
            change(&mut document)?;
            Ok(Some(Zeroizing::new(document.to_string().into_bytes())))
        })
    }
}

fn name_of(profile: Option<&Profile>) -> String {
    profile.map_or(Profile::DEFAULT, Profile::name).to_owned()
}

fn item(entry: &str, base_url: &BaseUrl, id: &str) -> keychain::Item {
    keychain::Item { profile: entry.to_owned(), base_url: base_url.to_string(), id: id.to_owned() }
}

/// A name that no other item has.
fn new_id() -> String {
    format!("{:016x}{:016x}", OsRng.next_u64(), OsRng.next_u64())
}

/// The address of the entry whose token is in the keychain, if it is there.
fn keychain_of(document: &DocumentMut, entry: &str) -> Vec<String> {
    let entry = document.get(entry).filter(|entry| entry.get("keychain").is_some());
    entry.and_then(|entry| Some(entry.get("base-url")?.as_str()?.to_owned())).into_iter().collect()
}

fn not_kept(trouble: &Trouble) -> Error {
    Error::failure("the token cannot be kept as --store says, and nothing was saved")
        .cause(format!("{} {trouble}", keychain::NAME))
        .hint("leave out --store, or give --store file, to keep it in a file that only you can read")
}
