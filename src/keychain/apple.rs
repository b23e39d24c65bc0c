//! The keychain of macOS: generic passwords of the service `ankra`.

use security_framework::{
    base::Error,
    item::{ItemClass, ItemSearchOptions, Limit},
    os::macos::keychain::SecKeychain,
    passwords::{delete_generic_password, get_generic_password, set_generic_password},
};
use zeroize::Zeroizing;

use super::{
    limit::Clock,
    words::{Item, Trouble},
};
use crate::secret::Secret;

const SERVICE: &str = "ankra";

/// `errSecItemNotFound`
const NOT_FOUND: i32 = -25300;
/// `errSecInteractionNotAllowed`, as over SSH, and `errSecUserCanceled`.
const LOCKED: [i32; 2] = [-25308, -128];
/// `errSecNotAvailable` and `errSecNoDefaultKeychain`
const ABSENT: [i32; 2] = [-25291, -25307];

/// The user's own keychain: the system knows where it is.
pub(super) struct Place;

#[expect(clippy::unnecessary_wraps, reason = "other systems may have none")]
pub(super) fn place() -> Result<Place, Trouble> {
    Ok(Place)
}

/// Looks for an item that is not there: a locked keychain says so.
pub(super) fn probe(_: &Place, clock: &Clock) -> Result<(), Trouble> {
    ask(clock, || get_generic_password(SERVICE, "probe")).map(drop)
}

pub(super) fn put(place: &Place, clock: &Clock, item: &Item, token: &Secret) -> Result<(), Trouble> {
    let account = account(&item.profile, &item.base_url, &item.id);
    ask(clock, || set_generic_password(SERVICE, &account, token.expose().as_bytes()))?;
    match get(place, clock, item)? {
        Some(back) if back.same_as(token) => Ok(()),
        Some(_) => Err(Trouble::Failed("it gives back another text than it was given".to_owned())),
        None => Err(Trouble::Failed("it does not find what it was given".to_owned())),
    }
}

pub(super) fn get(_: &Place, clock: &Clock, item: &Item) -> Result<Option<Secret>, Trouble> {
    get_foreign(&Place, clock, SERVICE, &account(&item.profile, &item.base_url, &item.id))
}

/// The text of an item of any program.
pub(super) fn get_foreign(
    _: &Place,
    clock: &Clock,
    service: &str,
    account: &str,
) -> Result<Option<Secret>, Trouble> {
    let bytes = ask(clock, || get_generic_password(service, account))?.map(Zeroizing::new);
    let Some(bytes) = bytes else { return Ok(None) };
    let text =
        std::str::from_utf8(&bytes).map_err(|_| Trouble::Failed("it gives back no text".to_owned()))?;
    Ok(Some(Secret::copied(text)))
}

pub(super) fn remove(
    _: &Place,
    clock: &Clock,
    profile: &str,
    base_url: &str,
    keep: Option<&str>,
) -> Result<(), Trouble> {
    let mut options = ItemSearchOptions::new();
    options.class(ItemClass::generic_password()).service(SERVICE).load_attributes(true).limit(Limit::All);
    let found = ask(clock, || options.search())?.unwrap_or_default();
    let start = account(profile, base_url, "");
    for account in found.iter().filter_map(|item| item.simplify_dict()?.remove("acct")) {
        if account.strip_prefix(&start).is_some_and(|id| Some(id) != keep) {
            ask(clock, || delete_generic_password(SERVICE, &account))?;
        }
    }
    Ok(())
}

/// What an item's account is called. Neither a profile nor an address holds a blank.
fn account(profile: &str, base_url: &str, id: &str) -> String {
    format!("{profile} {base_url} {id}")
}

/// Does `work`, for which the system may ask a person. `None` where there is no such item.
fn ask<T>(clock: &Clock, work: impl FnOnce() -> Result<T, Error>) -> Result<Option<T>, Trouble> {
    if clock.left().is_zero() {
        return Err(clock.over());
    }
    let quiet = if clock.may_ask() { Ok(None) } else { SecKeychain::disable_user_interaction().map(Some) };
    clock.wait_for_unlocking();
    let result = quiet.and_then(|_quiet| work());
    clock.go_on();
    match result {
        Ok(value) => Ok(Some(value)),
        Err(error) if error.code() == NOT_FOUND => Ok(None),
        Err(error) if LOCKED.contains(&error.code()) => Err(Trouble::Locked),
        Err(error) => {
            let words = error.message().unwrap_or_else(|| format!("error {}", error.code()));
            Err(if ABSENT.contains(&error.code()) { Trouble::Absent(words) } else { Trouble::Failed(words) })
        }
    }
}
