//! The keychain of macOS: generic passwords of the service `ankra`.

use security_framework::{
    base::Error,
    item::{ItemClass, ItemSearchOptions, Limit},
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
/// `errSecInteractionNotAllowed`: nobody can be asked to unlock it, as over SSH.
const NO_INTERACTION: i32 = -25308;
/// `errSecUserCanceled`
const CANCELLED: i32 = -128;

/// Every Mac has one.
#[expect(clippy::unnecessary_wraps, reason = "other systems may have none")]
pub(super) fn place() -> Result<(), Trouble> {
    Ok(())
}

/// What an item's account begins with. Neither a profile nor an address holds a blank.
fn account(profile: &str, base_url: &str, id: &str) -> String {
    format!("{profile} {base_url} {id}")
}

fn trouble(error: Error) -> Trouble {
    match error.code() {
        NO_INTERACTION | CANCELLED => Trouble::Locked,
        code => Trouble::Failed(error.message().unwrap_or_else(|| format!("error {code}"))),
    }
}

/// `None` where there is no such item.
fn present<T>(result: Result<T, Error>) -> Result<Option<T>, Trouble> {
    match result {
        Ok(value) => Ok(Some(value)),
        Err(error) if error.code() == NOT_FOUND => Ok(None),
        Err(error) => Err(trouble(error)),
    }
}

/// Looks for an item that is not there: a locked keychain says so.
pub(super) fn probe(_: &(), clock: &Clock) -> Result<(), Trouble> {
    clock.wait_for_unlocking();
    present(get_generic_password(SERVICE, "probe")).map(drop)
}

pub(super) fn put(place: &(), clock: &Clock, item: &Item, token: &Secret) -> Result<(), Trouble> {
    clock.wait_for_unlocking();
    let account = account(&item.profile, &item.base_url, &item.id);
    set_generic_password(SERVICE, &account, token.expose().as_bytes()).map_err(trouble)?;
    match get(place, clock, item)? {
        Some(back) if back.same_as(token) => Ok(()),
        _ => Err(Trouble::Failed("it gives back another text than it was given".to_owned())),
    }
}

pub(super) fn get(_: &(), clock: &Clock, item: &Item) -> Result<Option<Secret>, Trouble> {
    clock.wait_for_unlocking();
    let account = account(&item.profile, &item.base_url, &item.id);
    let Some(bytes) = present(get_generic_password(SERVICE, &account))?.map(Zeroizing::new) else {
        return Ok(None);
    };
    let text =
        std::str::from_utf8(&bytes).map_err(|_| Trouble::Failed("it gives back no text".to_owned()))?;
    Ok(Some(Secret::copied(text)))
}

pub(super) fn remove(
    _: &(),
    clock: &Clock,
    profile: &str,
    base_url: &str,
    keep: Option<&str>,
) -> Result<(), Trouble> {
    clock.wait_for_unlocking();
    let mut options = ItemSearchOptions::new();
    options.class(ItemClass::generic_password()).service(SERVICE).load_attributes(true).limit(Limit::All);
    let found = present(options.search())?.unwrap_or_default();
    let start = account(profile, base_url, "");
    for account in found.iter().filter_map(|item| item.simplify_dict()?.remove("acct")) {
        if account.strip_prefix(&start).is_some_and(|id| Some(id) != keep) {
            present(delete_generic_password(SERVICE, &account))?;
        }
    }
    Ok(())
}
