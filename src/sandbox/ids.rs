//! Random values, ids, digests and their text forms.

use jiff::Timestamp;
use ring::{
    digest,
    rand::{SecureRandom, SystemRandom},
};
use uuid::Uuid;
use zeroize::Zeroizing;

use crate::error::{Error, Result};

/// Fills `bytes` from the operating system's random source.
pub(super) fn randomise(bytes: &mut [u8]) -> Result<()> {
    SystemRandom::new()
        .fill(bytes)
        .map_err(|_| Error::failure("the operating system's random source does not answer"))
}

/// `prefix` and 32 random bytes as base64url: a token, a ticket.
pub(super) fn random_text(prefix: &str) -> Result<Zeroizing<String>> {
    let mut bytes = Zeroizing::new([0; 32]);
    randomise(&mut *bytes)?;
    let mut text = Zeroizing::new(String::with_capacity(prefix.len() + 44));
    text.push_str(prefix);
    push_base64url(&mut text, &*bytes);
    Ok(text)
}

/// SHA-256: how tokens and tickets are looked up without being kept.
pub(super) fn sha256(bytes: &[u8]) -> [u8; 32] {
    let mut hash = [0; 32];
    hash.copy_from_slice(digest::digest(&digest::SHA256, bytes).as_ref());
    hash
}

/// Base64 with the URL alphabet and no padding (RFC 4648, 5).
pub(super) fn base64url(bytes: &[u8]) -> String {
    let mut text = String::with_capacity(bytes.len().div_ceil(3) * 4);
    push_base64url(&mut text, bytes);
    text
}

fn push_base64url(text: &mut String, bytes: &[u8]) {
    const ALPHABET: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
    for chunk in bytes.chunks(3) {
        let mut group = [0; 4];
        group[1..=chunk.len()].copy_from_slice(chunk);
        let group = u32::from_be_bytes(group);
        for digit in 0..=chunk.len() {
            text.push(char::from(ALPHABET[(group >> (18 - 6 * digit)) as usize & 63]));
        }
    }
}

/// Makes ids that sort in the order they were made in, also within one millisecond
/// (UUIDs of version 7 whose first random bits count).
pub(super) struct IdMaker {
    millis: u64,
    count: u16,
}

impl IdMaker {
    /// Ids that begin at `now`.
    pub(super) fn new(now: Timestamp) -> Self {
        Self { millis: u64::try_from(now.as_millisecond()).unwrap_or(0), count: 0 }
    }

    /// The next id.
    pub(super) fn next(&mut self) -> Result<Uuid> {
        let mut bytes = [0; 10];
        randomise(&mut bytes[2..])?;
        bytes[..2].copy_from_slice(&self.count.to_be_bytes());
        let id = uuid::Builder::from_unix_timestamp_millis(self.millis, &bytes).into_uuid();
        // Twelve bits come after the time.
        self.count = (self.count + 1) & 0xfff;
        self.millis += u64::from(self.count == 0);
        Ok(id)
    }
}

/// Parses the hyphenated form of a UUID, and nothing else.
pub(super) fn parse_uuid(text: &str) -> Option<Uuid> {
    if text.len() == 36 { Uuid::try_parse(text).ok() } else { None }
}

/// The time of now, in the platform's precision.
pub(super) fn now() -> Timestamp {
    let now = Timestamp::now();
    Timestamp::from_microsecond(now.as_microsecond()).unwrap_or(now)
}

#[cfg(test)]
mod tests {
    use super::{IdMaker, base64url, now};

    #[test]
    fn base64url_agrees_with_rfc_4648() {
        for (plain, encoded) in [
            ("", ""),
            ("f", "Zg"),
            ("fo", "Zm8"),
            ("foo", "Zm9v"),
            ("foob", "Zm9vYg"),
            ("fooba", "Zm9vYmE"),
            ("foobar", "Zm9vYmFy"),
        ] {
            assert_eq!(base64url(plain.as_bytes()), encoded);
        }
        assert_eq!(base64url(&[0xfb, 0xff, 0xfe]), "-__-");
    }

    #[test]
    fn ids_sort_as_they_were_made() -> crate::error::Result<()> {
        let mut maker = IdMaker::new(now());
        let ids = (0..10_000).map(|_| maker.next()).collect::<crate::error::Result<Vec<_>>>()?;
        assert!(ids.is_sorted_by(|a, b| a < b));
        assert!(ids.iter().all(|id| id.get_version_num() == 7));
        Ok(())
    }
}
