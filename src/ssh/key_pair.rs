//! Ed25519 key pairs.

use std::fmt;

use rand_core::{OsRng, RngCore};
use ssh_key::{Algorithm, Cipher, Kdf, LineEnding, PrivateKey};
use zeroize::Zeroizing;

use super::PublicKey;
use crate::{
    error::{Error, Result},
    secret::Secret,
};

/// Rounds of bcrypt-pbkdf: what new releases of ssh-keygen use.
const ROUNDS: u32 = 24;

/// An Ed25519 key pair made on this machine. Its private half leaves it in one way only:
/// [`KeyPair::to_openssh`].
pub struct KeyPair(PrivateKey);

impl fmt::Debug for KeyPair {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("KeyPair(<redacted>)")
    }
}

impl KeyPair {
    /// Makes a pair from the operating system's random source.
    ///
    /// # Errors
    /// Failure, if that source fails.
    pub fn generate(comment: &str) -> Result<Self> {
        let mut key = PrivateKey::random(&mut OsRng, Algorithm::Ed25519)
            .map_err(|error| failed("make a key pair", error))?;
        key.set_comment(comment);
        Ok(Self(key))
    }

    /// The public half.
    pub fn public_key(&self) -> PublicKey {
        PublicKey(self.0.public_key().clone())
    }

    /// The private half in OpenSSH's format; with a passphrase, encrypted (aes256-ctr,
    /// bcrypt-pbkdf with 24 rounds).
    ///
    /// # Errors
    /// Failure, if it cannot be encoded.
    pub fn to_openssh(&self, passphrase: Option<&Secret>) -> Result<Zeroizing<String>> {
        let encode = |key: &PrivateKey| {
            key.to_openssh(LineEnding::LF).map_err(|error| failed("encode the private key", error))
        };
        let Some(passphrase) = passphrase else { return encode(&self.0) };
        let mut salt = vec![0; 16];
        OsRng.fill_bytes(&mut salt);
        let kdf = Kdf::Bcrypt { salt, rounds: ROUNDS };
        let encrypted = self
            .0
            .encrypt_with(Cipher::Aes256Ctr, kdf, OsRng.next_u32(), passphrase.expose())
            .map_err(|error| failed("encrypt the private key", error))?;
        encode(&encrypted)
    }
}

fn failed(what: &str, error: ssh_key::Error) -> Error {
    Error::failure(format!("cannot {what}")).cause(error)
}
