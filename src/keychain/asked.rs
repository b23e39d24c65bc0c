//! What a keychain is asked, each question within the limit.

#[cfg(target_os = "macos")]
use super::apple as system;
#[cfg(target_os = "linux")]
use super::secret_service as system;
use super::{
    limit::{Manner, limited},
    words::{Item, Trouble, go_keyring},
};
use crate::secret::Secret;

/// Whether a keychain may be there: the environment alone is looked at.
pub(crate) fn may_be_there() -> bool {
    system::place().is_ok()
}

/// Finds out whether a token could be kept now. Nothing is written.
///
/// # Errors
/// Why it could not.
pub(crate) fn probe() -> Result<(), Trouble> {
    let place = system::place()?;
    limited(Manner::Patient, move |clock| system::probe(&place, clock))
}

/// Keeps a token in the default collection, and reads it back. After an error it may be there all the same.
///
/// # Errors
/// Why it is not kept, or is not known to be.
pub(crate) fn put(item: &Item, token: &Secret) -> Result<(), Trouble> {
    let (place, item, token) = (system::place()?, item.clone(), token.clone());
    limited(Manner::Patient, move |clock| system::put(&place, clock, &item, &token))
}

/// The token that was kept; none if there is no such item.
///
/// # Errors
/// Why it cannot be told.
pub(crate) fn get(item: &Item) -> Result<Option<Secret>, Trouble> {
    let (place, item) = (system::place()?, item.clone());
    limited(Manner::Patient, move |clock| system::get(&place, clock, &item))
}

/// As [`get`], in a moment and without a question to anybody: for what a shell waits for.
///
/// # Errors
/// Why it cannot be told.
pub(crate) fn get_quietly(item: &Item) -> Result<Option<Secret>, Trouble> {
    let (place, item) = (system::place()?, item.clone());
    limited(Manner::Quiet, move |clock| system::get(&place, clock, &item))
}

/// The text that another program has kept by the library go-keyring; none if there is no such item.
///
/// # Errors
/// Why it cannot be told.
pub(crate) fn get_foreign(service: &str, account: &str) -> Result<Option<Secret>, Trouble> {
    let (place, service, account) = (system::place()?, service.to_owned(), account.to_owned());
    let found =
        limited(Manner::Patient, move |clock| system::get_foreign(&place, clock, &service, &account))?;
    let decoded = |text: Secret| {
        go_keyring(text).ok_or_else(|| Trouble::Failed("it gives back what cannot be decoded".to_owned()))
    };
    found.map(decoded).transpose()
}

/// Removes the items of a profile and an address, but for the one whose id is `keep`. None there is fine.
///
/// # Errors
/// Why some may still be there.
pub(crate) fn remove(profile: &str, base_url: &str, keep: Option<&str>) -> Result<(), Trouble> {
    let (place, keep) = (system::place()?, keep.map(str::to_owned));
    let (profile, base_url) = (profile.to_owned(), base_url.to_owned());
    limited(Manner::Patient, move |clock| system::remove(&place, clock, &profile, &base_url, keep.as_deref()))
}
