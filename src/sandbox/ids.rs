//! Random values, ids, digests and their text forms.

use base64ct::{Base64UrlUnpadded, Encoding};
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
    let encoded = Zeroizing::new(Base64UrlUnpadded::encode_string(&*bytes));
    let mut text = Zeroizing::new(String::with_capacity(prefix.len() + encoded.len()));
    text.push_str(prefix);
    text.push_str(&encoded);
    Ok(text)
}

/// SHA-256, by which tokens and tickets are found without being kept.
pub(super) fn sha256(bytes: &[u8]) -> [u8; 32] {
    let mut hash = [0; 32];
    hash.copy_from_slice(digest::digest(&digest::SHA256, bytes).as_ref());
    hash
}

/// Makes ids that sort in the order they were made in, also within one millisecond
/// (UUIDs of version 7 whose first random bits count).
pub(super) struct IdMaker {
    millis: u64,
    count: u16,
}

impl IdMaker {
    pub(super) fn new(now: Timestamp) -> Self {
        Self { millis: u64::try_from(now.as_millisecond()).unwrap_or(0), count: 0 }
    }

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

/// The present time, in the precision of the platform.
pub(super) fn now() -> Timestamp {
    let now = Timestamp::now();
    Timestamp::from_microsecond(now.as_microsecond()).unwrap_or(now)
}

#[cfg(test)]
mod tests {
    use super::{IdMaker, now};

    #[test]
    fn ids_sort_as_they_were_made() -> crate::error::Result<()> {
        let mut maker = IdMaker::new(now());
        let ids = (0..10_000).map(|_| maker.next()).collect::<crate::error::Result<Vec<_>>>()?;
        assert!(ids.is_sorted_by(|a, b| a < b));
        assert!(ids.iter().all(|id| id.get_version_num() == 7));
        Ok(())
    }
}
