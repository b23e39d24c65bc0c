//! Public keys: parsed, judged, never guessed at.

use ssh_key::{HashAlg, public::KeyData};

use crate::error::{Error, Result};

/// The longest key line: RSA with 16,384 bits needs under 3,000 characters.
const LIMIT: usize = 16 * 1024;
/// RSA keys with fewer bits are refused.
const RSA_LEAST: usize = 2048;
/// RSA keys with fewer bits are warned about.
const RSA_ADVISED: usize = 3072;

/// A public key, parsed and accepted: one line, no options, a type the platform takes.
#[derive(Clone, Debug)]
pub struct PublicKey(ssh_key::PublicKey);

impl PublicKey {
    /// A key that is known to be good, such as one just made.
    pub(super) fn of(key: ssh_key::PublicKey) -> Self {
        Self(key)
    }

    /// Parses one `type base64 [comment]` line (`sshd(8)`, `AUTHORIZED_KEYS`, without options).
    ///
    /// # Errors
    /// Usage, with the reason: empty, too long, a private key, several lines, options,
    /// broken base64, a type that is unknown or differs from the one inside, `ssh-dss`, a
    /// certificate, RSA below 2048 bits. The text is not repeated: it may be a private key.
    pub fn parse(text: &str) -> Result<Self> {
        let line = text.trim_matches(['\r', '\n', ' ', '\t']);
        refuse_other_things(line)?;
        let mut words = line.split([' ', '\t']).filter(|word| !word.is_empty());
        let (kind, data) = (words.next().unwrap_or_default(), words.next());
        check_type(kind)?;
        if data.is_none() {
            return Err(refused("it ends after the key's type").hint("copy the whole line of the .pub file"));
        }
        let key = line.parse::<ssh_key::PublicKey>().map_err(|error| {
            let why = match error {
                ssh_key::Error::AlgorithmUnknown | ssh_key::Error::Encoding(_) => {
                    "its base64 part is broken, or does not hold the type of key that the line names"
                }
                _ => "it is damaged",
            };
            refused(why).hint("copy the whole line of the .pub file again")
        })?;
        if key.algorithm().as_str() != kind {
            return Err(refused(format!("it says {kind} but holds another type of key")));
        }
        match key.key_data() {
            KeyData::Rsa(rsa) if rsa_bits(rsa) < RSA_LEAST => {
                Err(refused(format!("an RSA key of {} bits is too weak", rsa_bits(rsa)))
                    .hint("make a new key: leave out --public-key and add --generate"))
            }
            _ => Ok(Self(key)),
        }
    }

    /// The one-line form, with the comment if it has one, without a newline.
    #[must_use]
    pub fn to_line(&self) -> String {
        // It was parsed from such a line or made by us: encoding it does not fail.
        self.0.to_openssh().unwrap_or_default().trim_end().to_owned()
    }

    /// `SHA256:` and base64 without padding, as `ssh-keygen -l` shows it.
    #[must_use]
    pub fn fingerprint(&self) -> String {
        self.0.fingerprint(HashAlg::Sha256).to_string()
    }

    /// The algorithm's name as in the key line (`ssh-ed25519`).
    #[must_use]
    pub fn algorithm(&self) -> String {
        self.0.algorithm().to_string()
    }

    /// What a careful person would be told about this key.
    #[must_use]
    pub fn warnings(&self) -> Vec<String> {
        match self.0.key_data() {
            KeyData::Rsa(rsa) if rsa_bits(rsa) < RSA_ADVISED => {
                vec![format!(
                    "this RSA key has {} bits; {RSA_ADVISED} or an Ed25519 key is advised",
                    rsa_bits(rsa)
                )]
            }
            KeyData::SkEd25519(_) | KeyData::SkEcdsaSha2NistP256(_) => {
                vec![
                    "this key needs its hardware at each login: the platform itself cannot use it".to_owned(),
                ]
            }
            _ => Vec::new(),
        }
    }
}

fn rsa_bits(key: &ssh_key::public::RsaPublicKey) -> usize {
    let bytes = key.n.as_positive_bytes().unwrap_or_default();
    let leading = bytes.first().map_or(0, |byte| byte.leading_zeros() as usize);
    (bytes.len() * 8).saturating_sub(leading)
}

fn refused(why: impl std::fmt::Display) -> Error {
    Error::usage("this is not a public key that can be used").cause(why)
}

/// What people paste in place of a public key.
fn refuse_other_things(text: &str) -> Result<()> {
    if text.is_empty() {
        return Err(
            refused("it is empty").hint("give the line of a .pub file, such as @~/.ssh/id_ed25519.pub")
        );
    }
    if text.contains("PRIVATE KEY") || text.starts_with("PuTTY-User-Key-File") {
        return Err(refused("it is a private key, which must never be sent anywhere")
            .hint("give the public key: the file that ends in .pub, or what ssh-keygen -y -f FILE prints"));
    }
    if text.starts_with("---- BEGIN SSH2 PUBLIC KEY") || text.starts_with("-----BEGIN") {
        return Err(refused("it is in another format").hint("convert it with: ssh-keygen -i -f FILE"));
    }
    if text.len() > LIMIT {
        return Err(refused("it is far longer than a key"));
    }
    if text.contains(['\n', '\r']) {
        return Err(refused("it has several lines").hint("give one key, on one line"));
    }
    if text.chars().any(|c| c.is_control() && c != '\t') {
        return Err(refused("it holds control characters"));
    }
    Ok(())
}

fn check_type(kind: &str) -> Result<()> {
    match kind {
        "ssh-ed25519"
        | "ssh-rsa"
        | "ecdsa-sha2-nistp256"
        | "ecdsa-sha2-nistp384"
        | "ecdsa-sha2-nistp521"
        | "sk-ssh-ed25519@openssh.com"
        | "sk-ecdsa-sha2-nistp256@openssh.com" => Ok(()),
        "ssh-dss" => Err(refused("DSA keys (ssh-dss) are no longer safe")
            .hint("make a new key: leave out --public-key and add --generate")),
        _ if kind.contains("-cert-v0") => {
            Err(refused("it is a certificate").hint("give the public key that it was made from"))
        }
        _ => Err(refused("it does not begin with a known type such as ssh-ed25519")
            .hint("options before the type, as in authorized_keys, are not taken; a file is given as @FILE")),
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::PublicKey;
    use crate::ssh::KeyPair;

    const GOOD: &str =
        "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIJdD7y3aLq454yWBdwLWbieU1ebz9/cu7/QEXn9OIeZJ me@host";

    fn cause(text: &str) -> String {
        PublicKey::parse(text).map(|_| ()).unwrap_err().causes().join("; ")
    }

    #[test]
    fn a_good_line_comes_back_as_it_was() {
        for line in [GOOD, &format!("{GOOD}\n"), &format!("  {GOOD}\r\n")] {
            assert_eq!(PublicKey::parse(line).unwrap().to_line(), GOOD);
        }
        let bare = GOOD.rsplit_once(' ').unwrap().0;
        assert_eq!(PublicKey::parse(bare).unwrap().to_line(), bare);
        assert!(PublicKey::parse(GOOD).unwrap().fingerprint().starts_with("SHA256:"));
    }

    #[test]
    fn every_refusal_says_why() {
        let data = GOOD.split(' ').nth(1).unwrap();
        for (text, why) in [
            ("", "empty"),
            ("ssh-ed25519", "ends after"),
            ("ssh-ed25519 !!!!", "base64"),
            (&format!("ssh-ed25519 {}", &data[..40]), "base64"),
            (&format!("ssh-rsa {data}"), "type"),
            (&format!("{GOOD}\n{GOOD}"), "several lines"),
            (&format!("no-pty {GOOD}"), "known type"),
            (&format!("command=\"x\" {GOOD}"), "known type"),
            (&format!("ssh-dss {data}"), "DSA"),
            (&format!("ssh-ed25519-cert-v01@openssh.com {data}"), "certificate"),
            ("-----BEGIN OPENSSH PRIVATE KEY-----\nb3Bl\n-----END OPENSSH PRIVATE KEY-----", "private key"),
            ("PuTTY-User-Key-File-3: ssh-ed25519", "private key"),
            ("---- BEGIN SSH2 PUBLIC KEY ----\nAAAA", "another format"),
            (&format!("{GOOD} \u{1b}[31m"), "control"),
            (&format!("{GOOD} {}", "x".repeat(20_000)), "longer"),
            ("hello", "known type"),
        ] {
            assert!(cause(text).contains(why), "{text:.60}: {}", cause(text));
        }
    }

    #[test]
    fn a_private_key_is_not_repeated() {
        let pair = KeyPair::generate("x").unwrap();
        let private = pair.to_openssh(None).unwrap();
        let error = PublicKey::parse(&private).map(|_| ()).unwrap_err();
        let body = private.lines().nth(1).unwrap();
        assert!(!format!("{error:?}").contains(body));
        assert!(!format!("{pair:?}").contains(body));
    }

    proptest! {
        #[test]
        fn any_text_is_parsed_or_refused(text in "\\PC{0,80}") {
            let _ = PublicKey::parse(&text);
        }

        #[test]
        fn a_damaged_key_never_passes_as_another(index in 12usize..80, byte in 0x20u8..0x7f) {
            let mut bytes = GOOD.as_bytes().to_vec();
            bytes[index] = byte;
            let text = String::from_utf8(bytes).unwrap();
            if let Ok(key) = PublicKey::parse(&text) {
                prop_assert_eq!(PublicKey::parse(&key.to_line()).unwrap().fingerprint(), key.fingerprint());
            }
        }
    }
}
