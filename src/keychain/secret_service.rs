//! The Secret Service of Linux desktops (gnome-keyring and the like), over the session bus.
//!
//! Its crate `dbus-secret-service` 4.1 does this too, and two things in it cannot be had out by wrapping. Where a
//! service has a person confirm a new item and says of it what is no path, the crate prints those words on
//! standard output (`prompt.rs`), into the JSON of a command. Where a text comes back with an initial vector of
//! other than 16 bytes, as from a service that does not encrypt, the crate panics (`session.rs`), which ends this
//! program. The test
//! `no_answer_of_a_keychain_ends_the_program_or_is_printed_by_a_library` has both.

use std::collections::HashMap;

use dbus::{
    Path,
    arg::{PropMap, RefArg, Variant},
};

use super::{
    bus::{self, Bus, Fault},
    limit::Clock,
    session::{ALGORITHM, Key, Offer},
    words::{Item, Trouble},
};
use crate::secret::Secret;

const SERVICE: &str = "org.freedesktop.Secret.Service";
const COLLECTION: &str = "org.freedesktop.Secret.Collection";
const ITEM: &str = "org.freedesktop.Secret.Item";

/// The path that stands for none.
const NONE: &str = "/";

/// What marks an item: the names are read by people in their keychain.
const APPLICATION: &str = "application";
const PROFILE: &str = "profile";
const BASE_URL: &str = "base-url";
const ID: &str = "id";

/// An encrypted text on the bus: the session, the initial vector, the text, and what kind of text it is.
type Encrypted<S> = (Path<'static>, Vec<u8>, Vec<u8>, S);

/// Where the bus is.
pub(super) fn place() -> Result<String, Trouble> {
    bus::address()
}

pub(super) fn probe(address: &str, clock: &Clock) -> Result<(), Trouble> {
    let service = Service::connect(address, clock)?;
    service.unlocked_collection()?;
    service.open_session().map(drop)
}

pub(super) fn put(address: &str, clock: &Clock, item: &Item, token: &Secret) -> Result<(), Trouble> {
    let service = Service::connect(address, clock)?;
    let collection = service.unlocked_collection()?;
    let session = service.open_session()?;
    let (vector, encrypted) = session.key.encrypt(token).ok_or_else(no_random_numbers)?;
    let label = format!("ankra: {} (profile {})", item.base_url, item.profile);
    let attributes = owned(&marks(&item.profile, &item.base_url, Some(&item.id))?);
    let property = |name: &str, value: Box<dyn RefArg>| (format!("{ITEM}.{name}"), Variant(value));
    let properties: PropMap =
        [property("Label", Box::new(label)), property("Attributes", Box::new(attributes))].into();
    let secret: Encrypted<&str> = (session.path.clone(), vector, encrypted, "text/plain");
    let created: (Path<'static>, Path<'static>) =
        service.bus.ask(&collection, (COLLECTION, "CreateItem"), (properties, secret, true))?;
    service.settle(&created.1)?;
    match service.read(&marks(&item.profile, &item.base_url, Some(&item.id))?, &session)? {
        Some(back) if back.same_as(token) => Ok(()),
        Some(_) => Err(Trouble::Failed("it gives back another text than it was given".to_owned())),
        None => Err(Trouble::Failed("it does not find what it was given".to_owned())),
    }
}

pub(super) fn get(address: &str, clock: &Clock, item: &Item) -> Result<Option<Secret>, Trouble> {
    let service = Service::connect(address, clock)?;
    let session = service.open_session()?;
    service.read(&marks(&item.profile, &item.base_url, Some(&item.id))?, &session)
}

/// The text of the item with these attributes of another program.
pub(super) fn get_foreign(
    address: &str,
    clock: &Clock,
    service_name: &str,
    account: &str,
) -> Result<Option<Secret>, Trouble> {
    let service = Service::connect(address, clock)?;
    let session = service.open_session()?;
    service.read(&[("service", service_name), ("username", account)].into(), &session)
}

pub(super) fn remove(
    address: &str,
    clock: &Clock,
    profile: &str,
    base_url: &str,
    keep: Option<&str>,
) -> Result<(), Trouble> {
    let service = Service::connect(address, clock)?;
    for item in service.find(&marks(profile, base_url, None)?)? {
        match service.delete(&item, keep) {
            Ok(()) | Err(Fault::Gone) => {}
            Err(Fault::Trouble(trouble)) => return Err(trouble),
        }
    }
    Ok(())
}

/// The attributes of an item, or of all of a profile and an address.
fn marks<'a>(
    profile: &'a str,
    base_url: &'a str,
    id: Option<&'a str>,
) -> Result<HashMap<&'static str, &'a str>, Trouble> {
    let mut marks: HashMap<_, _> = [(APPLICATION, "ankra"), (PROFILE, profile), (BASE_URL, base_url)].into();
    marks.extend(id.map(|id| (ID, id)));
    // The bus has no such texts.
    if marks.values().any(|text| text.contains('\0')) {
        return Err(Trouble::Failed("a profile, an address or an id holds a NUL".to_owned()));
    }
    Ok(marks)
}

fn owned(marks: &HashMap<&str, &str>) -> HashMap<String, String> {
    marks.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect()
}

fn no_random_numbers() -> Trouble {
    Trouble::Failed("the system gives no random numbers".to_owned())
}

/// The Secret Service.
struct Service<'a> {
    bus: Bus<'a>,
    path: Path<'static>,
}

/// A session, in which texts are encrypted.
struct Session {
    path: Path<'static>,
    key: Key,
}

impl<'a> Service<'a> {
    fn connect(address: &str, clock: &'a Clock) -> Result<Self, Trouble> {
        Ok(Self { bus: Bus::connect(address, clock)?, path: Path::from("/org/freedesktop/secrets") })
    }

    fn open_session(&self) -> Result<Session, Trouble> {
        let offer = Offer::new().ok_or_else(no_random_numbers)?;
        let (theirs, path): (Variant<Vec<u8>>, Path<'static>) =
            self.bus.ask(&self.path, (SERVICE, "OpenSession"), (ALGORITHM, Variant(offer.public())))?;
        let key = offer.agree(&theirs.0);
        let key = key.ok_or_else(|| Trouble::Failed("it agrees on no key".to_owned()))?;
        Ok(Session { path, key })
    }

    fn default_collection(&self) -> Result<Option<Path<'static>>, Trouble> {
        let (path,): (Path<'static>,) = self.bus.ask(&self.path, (SERVICE, "ReadAlias"), ("default",))?;
        Ok(Some(path).filter(|path| &**path != NONE))
    }

    /// The default collection, unlocked.
    fn unlocked_collection(&self) -> Result<Path<'static>, Trouble> {
        let collection = self.default_collection()?.ok_or_else(|| {
            Trouble::Absent("the program that keeps secrets has no default collection yet".to_owned())
        })?;
        if self.is_locked(&collection)? {
            self.unlock(vec![collection.clone()])?;
        }
        Ok(collection)
    }

    fn is_locked(&self, collection: &Path<'static>) -> Result<bool, Trouble> {
        let get = ("org.freedesktop.DBus.Properties", "Get");
        let (locked,): (Variant<bool>,) = self.bus.ask(collection, get, (COLLECTION, "Locked"))?;
        Ok(locked.0)
    }

    fn unlock(&self, paths: Vec<Path<'static>>) -> Result<(), Trouble> {
        if !self.bus.may_ask() {
            return Err(Trouble::Locked);
        }
        let all = paths.len();
        let (unlocked, prompt): (Vec<Path<'static>>, Path<'static>) =
            self.bus.ask(&self.path, (SERVICE, "Unlock"), (paths,))?;
        if &*prompt == NONE && unlocked.len() < all {
            return Err(Trouble::Locked);
        }
        Ok(self.settle(&prompt)?)
    }

    /// Goes on when a person has answered, if one is to be asked.
    fn settle(&self, prompt: &Path<'static>) -> Result<(), Fault> {
        if &**prompt == NONE { Ok(()) } else { self.bus.prompt(prompt) }
    }

    /// The items with these attributes, unlocked. Where none is seen while the default collection is locked, it
    /// is unlocked first: not every keychain shows what is in a locked one.
    fn find(&self, marks: &HashMap<&str, &str>) -> Result<Vec<Path<'static>>, Trouble> {
        let search = || -> Result<(Vec<Path<'static>>, Vec<Path<'static>>), Trouble> {
            Ok(self.bus.ask(&self.path, (SERVICE, "SearchItems"), (owned(marks),))?)
        };
        let (mut found, mut locked) = search()?;
        if found.is_empty()
            && locked.is_empty()
            && let Some(collection) = self.default_collection()?
            && self.is_locked(&collection)?
        {
            self.unlock(vec![collection])?;
            (found, locked) = search()?;
        }
        if !locked.is_empty() {
            self.unlock(locked.clone())?;
            found.extend(locked);
        }
        Ok(found)
    }

    /// The text of an item with these attributes; none if there is no such item.
    fn read(&self, marks: &HashMap<&str, &str>, session: &Session) -> Result<Option<Secret>, Trouble> {
        for found in self.find(marks)? {
            let answer = self.bus.ask(&found, (ITEM, "GetSecret"), (session.path.clone(),));
            let (secret,): (Encrypted<String>,) = match answer {
                Ok(answer) => answer,
                Err(Fault::Gone) => continue,
                Err(Fault::Trouble(trouble)) => return Err(trouble),
            };
            let text = session.key.decrypt(&secret.1, &secret.2);
            return text
                .map(Some)
                .ok_or_else(|| Trouble::Failed("what it gives back cannot be decrypted".to_owned()));
        }
        Ok(None)
    }

    /// Removes an item, if it is not the one to keep.
    fn delete(&self, item: &Path<'static>, keep: Option<&str>) -> Result<(), Fault> {
        if keep.is_some() {
            let get = ("org.freedesktop.DBus.Properties", "Get");
            let (marks,): (Variant<HashMap<String, String>>,) =
                self.bus.ask(item, get, (ITEM, "Attributes"))?;
            if marks.0.get(ID).map(String::as_str) == keep {
                return Ok(());
            }
        }
        let (prompt,): (Path<'static>,) = self.bus.ask(item, (ITEM, "Delete"), ())?;
        self.settle(&prompt)
    }
}
