//! What is kept, and what can be amiss.

use std::{fmt, time::Duration};

/// The time for all that one process asks of the keychain.
pub(super) const LIMIT: Duration = Duration::from_secs(3);

/// What a keychain is called in messages.
pub(crate) const NAME: &str = "the system's keychain";

/// One saved token's item.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Item {
    /// Whose token it is.
    pub profile: String,
    /// The only address that the token is for.
    pub base_url: String,
    /// Names this very item: random, and never used for another.
    pub id: String,
}

/// Why a keychain did not do what it was asked.
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(
    not(all(feature = "keychain", any(target_os = "linux", target_os = "macos"))),
    expect(dead_code, reason = "there is none to lock, to keep silent or to fail")
)]
pub(crate) enum Trouble {
    /// There is none here, for this reason.
    Absent(String),
    /// It is locked: nobody has unlocked it in time, or somebody refused to.
    Locked,
    /// It gave no answer in time.
    Silent,
    /// It refused, with these words.
    Failed(String),
}

impl fmt::Display for Trouble {
    /// Continues [`NAME`] in a sentence.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Absent(why) => write!(f, "cannot be used here: {why}"),
            Self::Locked => f.write_str("is locked, and was not unlocked"),
            Self::Silent => write!(f, "did not answer within {} seconds", LIMIT.as_secs()),
            Self::Failed(why) => write!(f, "failed: {why}"),
        }
    }
}
