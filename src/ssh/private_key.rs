//! Private keys that are brought: told apart, never changed.

use base64ct::{Base64, Encoding};
use zeroize::Zeroizing;

/// How the decoded text of a key in OpenSSH's format begins (`PROTOCOL.key`).
const MAGIC: &[u8] = b"openssh-key-v1\0";

/// What a text is that should be a private key.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PrivateKeyText {
    /// A private key that needs no passphrase.
    Plain,
    /// A private key with a passphrase.
    Encrypted,
    /// A public key.
    Public,
    /// Neither, or not all of it.
    Other,
}

impl PrivateKeyText {
    /// Reads the frame of `text` and, in OpenSSH's format, the name of its cipher.
    pub fn of(text: &str) -> Self {
        let text = text.trim();
        if ["ssh-", "ecdsa-", "sk-", "---- BEGIN SSH2 PUBLIC", "-----BEGIN PUBLIC"]
            .iter()
            .any(|start| text.starts_with(start))
        {
            return Self::Public;
        }
        let framed = text.strip_prefix("-----BEGIN ").and_then(|rest| rest.split_once("-----"));
        let Some((kind, rest)) = framed.filter(|(kind, _)| kind.ends_with("PRIVATE KEY")) else {
            return Self::Other;
        };
        let Some((body, end)) = rest.rsplit_once("-----END ") else { return Self::Other };
        if end.strip_suffix("-----") != Some(kind) {
            return Self::Other;
        }
        match kind {
            "OPENSSH PRIVATE KEY" => Self::of_openssh(body),
            "ENCRYPTED PRIVATE KEY" => Self::Encrypted,
            _ if body.contains("Proc-Type: 4,ENCRYPTED") => Self::Encrypted,
            _ => Self::Plain,
        }
    }

    fn of_openssh(body: &str) -> Self {
        let mut joined = Zeroizing::new(String::with_capacity(body.len()));
        joined.extend(body.split_ascii_whitespace());
        let Ok(bytes) = Base64::decode_vec(&joined).map(Zeroizing::new) else { return Self::Other };
        // After the magic, the cipher's name with its length before it.
        match bytes.strip_prefix(MAGIC).and_then(|rest| rest.split_at_checked(4)) {
            Some(([0, 0, 0, 4], rest)) if rest.starts_with(b"none") => Self::Plain,
            Some((_, [_, ..])) => Self::Encrypted,
            _ => Self::Other,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::PrivateKeyText;
    use crate::{secret::Secret, ssh::KeyPair};

    #[test]
    fn keys_are_told_apart_by_their_text() {
        let pair = KeyPair::generate("test").unwrap();
        let plain = pair.to_openssh(None).unwrap();
        let encrypted = pair.to_openssh(Some(&Secret::copied("a passphrase"))).unwrap();
        let cut: String = plain.lines().take(3).collect::<Vec<_>>().join("\n");
        let pem =
            |kind: &str, head: &str| format!("-----BEGIN {kind}-----\n{head}AAAA\n-----END {kind}-----\n");
        for (text, what) in [
            (plain.as_str(), PrivateKeyText::Plain),
            (&plain.replace('\n', "\r\n"), PrivateKeyText::Plain),
            (&pem("RSA PRIVATE KEY", ""), PrivateKeyText::Plain),
            (&pem("PRIVATE KEY", ""), PrivateKeyText::Plain),
            (encrypted.as_str(), PrivateKeyText::Encrypted),
            (&pem("ENCRYPTED PRIVATE KEY", ""), PrivateKeyText::Encrypted),
            (&pem("RSA PRIVATE KEY", "Proc-Type: 4,ENCRYPTED\n\n"), PrivateKeyText::Encrypted),
            (&pair.public_key().to_line(), PrivateKeyText::Public),
            (&pem("PUBLIC KEY", ""), PrivateKeyText::Public),
            (&cut, PrivateKeyText::Other),
            (&pem("CERTIFICATE", ""), PrivateKeyText::Other),
            (&pem("OPENSSH PRIVATE KEY", ""), PrivateKeyText::Other),
            ("", PrivateKeyText::Other),
            ("hunter2", PrivateKeyText::Other),
        ] {
            assert_eq!(PrivateKeyText::of(text), what, "{what:?}");
        }
    }
}
