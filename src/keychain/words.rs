//! What is kept, and what can be amiss.

use std::{fmt, time::Duration};

#[cfg(all(feature = "keychain", any(target_os = "linux", target_os = "macos")))]
use crate::secret::{Secret, standard_base64};

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

/// What an item of the library go-keyring holds: on macOS it puts texts into base64, earlier into hexadecimal
/// digits, and says so before them.
#[cfg(all(feature = "keychain", any(target_os = "linux", target_os = "macos")))]
pub(super) fn go_keyring(kept: Secret) -> Option<Secret> {
    let text = kept.expose();
    let bytes = if let Some(base64) = text.strip_prefix("go-keyring-base64:") {
        standard_base64(base64)?.1
    } else if let Some(digits) = text.strip_prefix("go-keyring-encoded:") {
        let pairs = digits.as_bytes().chunks(2);
        let byte = |pair: &[u8]| u8::from_str_radix(std::str::from_utf8(pair).ok()?, 16).ok();
        zeroize::Zeroizing::new(pairs.map(byte).collect::<Option<Vec<u8>>>()?)
    } else {
        return Some(kept);
    };
    std::str::from_utf8(&bytes).ok().map(Secret::copied)
}

#[cfg(all(test, feature = "keychain", any(target_os = "linux", target_os = "macos")))]
mod tests {
    use super::go_keyring;
    use crate::secret::Secret;

    #[test]
    fn what_go_keyring_has_put_into_another_form_is_read() {
        for (kept, text) in [
            ("ucat_a", Some("ucat_a")),
            ("go-keyring-base64:dWNhdF9h", Some("ucat_a")),
            ("go-keyring-encoded:756361745f61", Some("ucat_a")),
            ("go-keyring-base64:*", None),
            ("go-keyring-encoded:xy", None),
            ("go-keyring-encoded:ff", None),
        ] {
            assert_eq!(go_keyring(Secret::copied(kept)).as_ref().map(Secret::expose), text, "{kept}");
        }
    }
}
