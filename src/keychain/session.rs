//! The key of a session with the Secret Service: what goes over the bus is encrypted with it.
//!
//! The algorithm is `dh-ietf1024-sha256-aes128-cbc-pkcs7` of the Secret Service's specification:
//! Diffie-Hellman in the second group of RFC 2409, HKDF with SHA-256, AES-128.

use aes::Aes128;
use cbc::cipher::{BlockDecryptMut, BlockEncryptMut, KeyIvInit, block_padding::Pkcs7};
use crypto_bigint::{
    Encoding, U1024,
    modular::runtime_mod::{DynResidue, DynResidueParams},
};
use hkdf::Hkdf;
use rand_core::{OsRng, RngCore};
use sha2::Sha256;
use zeroize::{Zeroize, Zeroizing};

use crate::secret::Secret;

/// What the Secret Service calls the algorithm.
pub(super) const ALGORITHM: &str = "dh-ietf1024-sha256-aes128-cbc-pkcs7";

/// The bytes of a number of the group.
const WIDTH: usize = 128;
/// The bytes of a block and of the key.
const BLOCK: usize = 16;

/// The prime of the group.
const PRIME: U1024 = U1024::from_be_hex(concat!(
    "ffffffffffffffffc90fdaa22168c234c4c6628b80dc1cd129024e088a67cc74",
    "020bbea63b139b22514a08798e3404ddef9519b3cd3a431b302b0a6df25f1437",
    "4fe1356d6d51c245e485b576625e7ec6f44c42e9a637ed6b0bff5cb6f406b7ed",
    "ee386bfb5a899fa5ae9f24117c4b1fe649286651ece65381ffffffffffffffff",
));

/// Our half of the agreement.
pub(super) struct Offer(Zeroizing<U1024>);

impl Offer {
    /// A new one, from the system's random numbers. Fails where the system has none.
    pub(super) fn new() -> Option<Self> {
        let mut bytes = Zeroizing::new([0; WIDTH]);
        OsRng.try_fill_bytes(&mut *bytes).ok()?;
        Some(Self(Zeroizing::new(U1024::from_be_bytes(*bytes))))
    }

    /// The number that the other side is told.
    pub(super) fn public(&self) -> Vec<u8> {
        power(&U1024::from(2_u8), &self.0).to_be_bytes().to_vec()
    }

    /// The key agreed on, by the number that the other side told; none if that cannot be one.
    pub(super) fn agree(&self, theirs: &[u8]) -> Option<Key> {
        let significant = &theirs[theirs.iter().position(|byte| *byte != 0)?..];
        let mut bytes = [0; WIDTH];
        bytes[WIDTH.checked_sub(significant.len())?..].copy_from_slice(significant);
        let theirs = U1024::from_be_bytes(bytes);
        // The ends of the range make a secret that everybody knows.
        if theirs <= U1024::ONE || theirs >= PRIME.wrapping_sub(&U1024::ONE) {
            return None;
        }
        let mut shared = power(&theirs, &self.0);
        let input = Zeroizing::new(shared.to_be_bytes());
        shared.zeroize();
        let mut key = Zeroizing::new([0; BLOCK]);
        Hkdf::<Sha256>::new(None, &*input).expand(&[], &mut *key).ok()?;
        Some(Key(key))
    }
}

fn power(base: &U1024, exponent: &U1024) -> U1024 {
    DynResidue::new(base, DynResidueParams::new(&PRIME)).pow(exponent).retrieve()
}

/// The key of a session.
pub(super) struct Key(Zeroizing<[u8; BLOCK]>);

impl Key {
    /// The initial vector and the encrypted text. Fails where the system has no random numbers.
    pub(super) fn encrypt(&self, secret: &Secret) -> Option<(Vec<u8>, Vec<u8>)> {
        let mut vector = [0; BLOCK];
        OsRng.try_fill_bytes(&mut vector).ok()?;
        let cipher = cbc::Encryptor::<Aes128>::new_from_slices(&*self.0, &vector).ok()?;
        Some((vector.to_vec(), cipher.encrypt_padded_vec_mut::<Pkcs7>(secret.expose().as_bytes())))
    }

    /// The text; none if it was not encrypted with this key, or is no text.
    pub(super) fn decrypt(&self, vector: &[u8], encrypted: &[u8]) -> Option<Secret> {
        let cipher = cbc::Decryptor::<Aes128>::new_from_slices(&*self.0, vector).ok()?;
        let mut buffer = Zeroizing::new(encrypted.to_vec());
        let plain = cipher.decrypt_padded_mut::<Pkcs7>(&mut buffer).ok()?;
        std::str::from_utf8(plain).ok().map(Secret::copied)
    }
}

#[cfg(test)]
mod tests {
    use super::{Offer, PRIME, WIDTH};
    use crate::secret::Secret;
    use crypto_bigint::{Encoding, U1024};

    #[test]
    fn both_sides_agree_on_a_key_and_another_key_opens_nothing() {
        let (ours, theirs, other) = (Offer::new().unwrap(), Offer::new().unwrap(), Offer::new().unwrap());
        let key = ours.agree(&theirs.public()).unwrap();
        let same = theirs.agree(&ours.public()).unwrap();
        for text in ["", "token", "sixteen letters.", &"long".repeat(1000)] {
            let (vector, encrypted) = key.encrypt(&Secret::copied(text)).unwrap();
            assert!(same.decrypt(&vector, &encrypted).unwrap().same_as(&Secret::copied(text)));
            let wrong = other.agree(&ours.public()).unwrap().decrypt(&vector, &encrypted);
            assert!(wrong.is_none_or(|secret| secret.expose() != text));
        }
    }

    #[test]
    fn a_number_that_gives_the_secret_away_or_is_none_makes_no_key() {
        let ours = Offer::new().unwrap();
        let last = PRIME.wrapping_sub(&U1024::ONE).to_be_bytes();
        for theirs in [
            &[][..],
            &[0],
            &[0; WIDTH],
            &[1],
            &[0, 0, 1],
            &last,
            &PRIME.to_be_bytes(),
            &[0xff; WIDTH],
            &[2; WIDTH + 1],
        ] {
            assert!(ours.agree(theirs).is_none(), "{theirs:?}");
        }
        assert!(ours.agree(&[2]).is_some());
    }

    #[test]
    fn what_is_no_encrypted_text_is_refused() {
        let key = Offer::new().unwrap().agree(&[2]).unwrap();
        for (vector, encrypted) in [
            (&[0; 16][..], &[][..]),
            (&[0; 15], &[0; 16]),
            (&[], &[0; 16]),
            (&[0; 16], &[0; 15]),
            (&[0; 17], &[0; 16]),
        ] {
            assert!(key.decrypt(vector, encrypted).is_none());
        }
    }
}
