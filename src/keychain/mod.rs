//! The system's keychain: one item for each saved token. Items of other programs are only read.
//!
//! The program that keeps secrets may be missing, locked or mute. All that one process asks of it together takes
//! three seconds at most (see `limit`), and nothing is opened where the environment names nothing to open.

#[cfg(all(feature = "keychain", target_os = "macos"))]
mod apple;
#[cfg(all(feature = "keychain", any(target_os = "linux", target_os = "macos")))]
mod asked;
#[cfg(all(feature = "keychain", target_os = "linux"))]
mod bus;
#[cfg(all(feature = "keychain", any(target_os = "linux", target_os = "macos")))]
mod limit;
#[cfg(not(all(feature = "keychain", any(target_os = "linux", target_os = "macos"))))]
mod none;
#[cfg(all(feature = "keychain", target_os = "linux"))]
mod secret_service;
#[cfg(all(feature = "keychain", target_os = "linux"))]
mod session;
mod words;

#[cfg(all(feature = "keychain", any(target_os = "linux", target_os = "macos")))]
pub(crate) use asked::{get, get_foreign, get_quietly, may_be_there, probe, put, remove};
#[cfg(not(all(feature = "keychain", any(target_os = "linux", target_os = "macos"))))]
pub(crate) use none::{get, get_foreign, get_quietly, may_be_there, probe, put, remove};
pub use words::Item;
pub(crate) use words::{NAME, Trouble};
