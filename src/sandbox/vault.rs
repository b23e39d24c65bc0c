//! Secrets at rest: sealed with ChaCha20-Poly1305 under a key in its own file.

use std::path::Path;

use ring::aead::{Aad, CHACHA20_POLY1305, LessSafeKey, NONCE_LEN, Nonce, UnboundKey};
use uuid::Uuid;
use zeroize::Zeroizing;

use super::{broken::broken, ids};
use crate::{
    error::{Error, Result},
    files::{self, Mode},
};

const KEY_LEN: usize = 32;

/// Seals and opens secrets. A sealed secret is bound to the id of its record, so that
/// one record's secret cannot be passed off as another's.
pub(super) struct Vault(LessSafeKey);

impl Vault {
    /// The vault whose key is in `path`; `None` if there is no such file.
    pub(super) fn open(path: &Path) -> Result<Option<Self>> {
        let Some(bytes) = files::read(path, 4096)? else { return Ok(None) };
        Self::of(&bytes).map(Some)
    }

    fn of(key: &[u8]) -> Result<Self> {
        let key = UnboundKey::new(&CHACHA20_POLY1305, key);
        key.map(|key| Self(LessSafeKey::new(key))).map_err(|_| broken("its key file does not hold a key"))
    }

    /// Makes a key, keeps it in `path` (0600, refused if the file exists) and opens it.
    pub(super) fn create(path: &Path) -> Result<Self> {
        let mut bytes = Zeroizing::new([0; KEY_LEN]);
        ids::randomise(&mut *bytes)?;
        files::create_new(path, &*bytes, Mode::Private)?;
        Self::of(&*bytes)
    }

    /// Nonce, ciphertext and tag of `plain`, for the record `id` alone.
    pub(super) fn seal(&self, id: Uuid, plain: &[u8]) -> Result<Vec<u8>> {
        // Room for the tag too: a buffer that grows leaves its plain text behind.
        let mut sealed = Vec::with_capacity(NONCE_LEN + plain.len() + CHACHA20_POLY1305.tag_len());
        let mut nonce = [0; NONCE_LEN];
        ids::randomise(&mut nonce)?;
        sealed.extend_from_slice(&nonce);
        sealed.extend_from_slice(plain);
        let tag = self
            .0
            .seal_in_place_separate_tag(
                Nonce::assume_unique_for_key(nonce),
                Aad::from(id.as_bytes()),
                &mut sealed[NONCE_LEN..],
            )
            .map_err(|_| Error::failure("a secret cannot be sealed"))?;
        sealed.extend_from_slice(tag.as_ref());
        Ok(sealed)
    }

    /// What was sealed for the record `id`; `None` if it was for another one, under
    /// another key, or is damaged.
    pub(super) fn open_sealed(&self, id: Uuid, sealed: &[u8]) -> Option<Zeroizing<Vec<u8>>> {
        let (nonce, text) = sealed.split_first_chunk::<NONCE_LEN>()?;
        let mut text = Zeroizing::new(text.to_vec());
        let len = self
            .0
            .open_in_place(Nonce::assume_unique_for_key(*nonce), Aad::from(id.as_bytes()), &mut text)
            .ok()?
            .len();
        text.truncate(len);
        Some(text)
    }
}

#[cfg(test)]
mod tests {
    use uuid::Uuid;

    use super::Vault;
    use crate::error::Result;

    fn vault(byte: u8) -> Result<Vault> {
        Vault::of(&[byte; 32])
    }

    #[test]
    fn only_the_same_key_and_record_open_a_sealed_secret() -> Result<()> {
        let (one, two) = (Uuid::from_u128(1), Uuid::from_u128(2));
        let mut sealed = vault(1)?.seal(one, b"hunter2")?;
        assert!(!sealed.windows(7).any(|w| w == b"hunter2"));
        assert!(vault(1)?.open_sealed(one, &sealed).is_some_and(|plain| plain.as_slice() == b"hunter2"));
        assert!(vault(1)?.open_sealed(two, &sealed).is_none());
        assert!(vault(2)?.open_sealed(one, &sealed).is_none());
        assert!(vault(1)?.open_sealed(one, &sealed[..5]).is_none());
        sealed[15] ^= 1;
        assert!(vault(1)?.open_sealed(one, &sealed).is_none());
        Ok(())
    }

    #[test]
    fn the_same_secret_is_never_sealed_the_same_way() -> Result<()> {
        let (vault, id) = (vault(1)?, Uuid::from_u128(1));
        assert_ne!(vault.seal(id, b"hunter2")?, vault.seal(id, b"hunter2")?);
        Ok(())
    }
}
