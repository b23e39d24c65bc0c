//! Random values, ids, digests and their text forms.

use base64ct::{Base64UrlUnpadded, Encoding};
use jiff::Timestamp;
use ring::rand::{SecureRandom, SystemRandom};
use sha2::{Digest, Sha256};
use uuid::Uuid;
use zeroize::Zeroizing;

use super::answers::Fault;
use crate::{
    error::{Error, Result},
    secret::Secret,
};

/// Fills `bytes` from the operating system's random source.
pub(super) fn randomise(bytes: &mut [u8]) -> Result<()> {
    SystemRandom::new()
        .fill(bytes)
        .map_err(|_| Error::failure("the operating system's random source does not answer"))
}

/// `prefix` and 32 random bytes as base64url: a token, a ticket.
pub(super) fn random_text(prefix: &str) -> Result<Secret> {
    let mut bytes = Zeroizing::new([0; 32]);
    randomise(&mut *bytes)?;
    let encoded = Zeroizing::new(Base64UrlUnpadded::encode_string(&*bytes));
    Ok(Secret::new([prefix, &encoded].concat()))
}

/// SHA-256, by which tokens and tickets are found without being kept.
pub(super) fn sha256(text: &str) -> [u8; 32] {
    Sha256::digest(text).into()
}

/// An id for the record `number` of those that are made at one time. Ids sort by time and number (UUIDs
/// of version 7 whose first random bits count).
pub(super) fn id(now: Timestamp, number: u64) -> Result<Uuid> {
    // Twelve bits come after the time.
    let millis = u64::try_from(now.as_millisecond()).unwrap_or(0) + number / 0x1000;
    let count = u16::try_from(number % 0x1000).unwrap_or(0);
    let mut bytes = [0; 10];
    randomise(&mut bytes[2..])?;
    bytes[..2].copy_from_slice(&count.to_be_bytes());
    Ok(uuid::Builder::from_unix_timestamp_millis(millis, &bytes).into_uuid())
}

/// Takes the hyphenated form of a UUID, and nothing else; `place` is where it stands in the request.
pub(super) fn parse_uuid(text: &str, place: &[&str]) -> Result<Uuid, Fault> {
    let id = if text.len() == 36 { Uuid::try_parse(text).ok() } else { None };
    id.ok_or_else(|| Fault::invalid(place, "Input should be a valid UUID", "uuid_parsing"))
}

/// The present time, in the precision of the platform.
pub(super) fn now() -> Timestamp {
    let now = Timestamp::now();
    Timestamp::from_microsecond(now.as_microsecond()).unwrap_or(now)
}

#[cfg(test)]
mod tests {
    use super::{id, now};

    #[test]
    fn ids_sort_as_they_were_made() -> crate::error::Result<()> {
        let now = now();
        let ids = (0..10_000).map(|number| id(now, number)).collect::<crate::error::Result<Vec<_>>>()?;
        assert!(ids.is_sorted_by(|a, b| a < b));
        assert!(ids.iter().all(|id| id.get_version_num() == 7));
        Ok(())
    }
}
