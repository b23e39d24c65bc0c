//! SSH keys: pairs made here, public keys checked here.

use zeroize::Zeroizing;

use crate::{error::Result, secret::Secret};

/// A public key, parsed and accepted (one line, no options, a type the platform takes).
#[derive(Clone, Debug)]
pub struct PublicKey(ssh_key::PublicKey);

impl PublicKey {
    /// Parses one `type base64 [comment]` line; every refusal says why.
    pub fn parse(text: &str) -> Result<Self> {
        let _ = text;
        todo!()
    }

    /// The one-line form, with the comment if it has one, without a newline.
    #[must_use]
    pub fn to_line(&self) -> String {
        todo!("{:?}", self.0)
    }

    /// `SHA256:` and base64 without padding.
    #[must_use]
    pub fn fingerprint(&self) -> String {
        todo!()
    }

    /// The algorithm's name as in the key line (`ssh-ed25519`).
    #[must_use]
    pub fn algorithm(&self) -> String {
        todo!()
    }

    /// What a careful person would be told about this key (short RSA, hardware needed).
    #[must_use]
    pub fn warnings(&self) -> Vec<String> {
        todo!()
    }
}

/// An Ed25519 key pair made on this machine.
pub struct KeyPair(ssh_key::PrivateKey);

impl KeyPair {
    /// Makes a pair from the operating system's random source.
    pub fn generate(comment: &str) -> Result<Self> {
        let _ = comment;
        todo!()
    }

    /// The public half.
    #[must_use]
    pub fn public_key(&self) -> PublicKey {
        todo!("{:?}", self.0)
    }

    /// The private half in OpenSSH's format, encrypted if there is a passphrase.
    pub fn to_openssh(&self, passphrase: Option<&Secret>) -> Result<Zeroizing<String>> {
        let _ = passphrase;
        todo!()
    }
}
