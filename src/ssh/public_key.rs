//! Public keys: parsed, judged, never guessed at.

use md5::{Digest as _, Md5};
use ssh_key::{HashAlg, public::KeyData};

use crate::{
    error::{Error, Result},
    output::sanitise,
};

/// The words a key line begins with, of the types that are taken.
const TYPES: [&str; 7] = [
    "ssh-ed25519",
    "ssh-rsa",
    "ecdsa-sha2-nistp256",
    "ecdsa-sha2-nistp384",
    "ecdsa-sha2-nistp521",
    "sk-ssh-ed25519@openssh.com",
    "sk-ecdsa-sha2-nistp256@openssh.com",
];
/// How the base64 of every private key in OpenSSH's format begins.
const PRIVATE_BASE64: &str = "b3BlbnNzaC1rZXktdj";
/// The longest key line: RSA with 16,384 bits needs under 3,000 characters.
const LIMIT: usize = 16 * 1024;
/// RSA keys with fewer bits are refused.
const RSA_LEAST: usize = 2048;
/// RSA keys with fewer bits are warned about: their 112 bits of strength count as enough until 2030 (NIST SP
/// 800-57 part 1, revision 5, tables 2 and 4).
pub(super) const RSA_ADVISED: usize = 3072;

/// A public key, parsed and accepted: one line, no options, a type the platform takes.
#[derive(Clone, Debug)]
pub struct PublicKey(pub(super) ssh_key::PublicKey);

impl PublicKey {
    /// Parses one `type base64 [comment]` line (`sshd(8)`, `AUTHORIZED_KEYS`, without options).
    ///
    /// # Errors
    /// Usage, with the reason: empty, too long, a private key, several lines or keys,
    /// options, broken base64, a type that is unknown or differs from the one inside,
    /// `ssh-dss`, a certificate, RSA below 2048 bits, a comment that acts on a terminal or
    /// hides from a reader. The text is not repeated: it may be a private key.
    pub fn parse(text: &str) -> Result<Self> {
        let line = text.trim_matches(['\r', '\n', ' ', '\t']);
        refuse_other_things(line)?;
        let mut rest = line;
        let (kind, data) = (word(&mut rest), word(&mut rest));
        check_type(kind, line)?;
        if data.is_empty() {
            return Err(refused("it ends after the key's type").hint("copy the whole line of the .pub file"));
        }
        if names_a_type(rest) {
            return Err(refused("there is another key in the same line").hint("give one key"));
        }
        let comment = rest.replace('\t', " ");
        if sanitise(&comment) != comment {
            return Err(refused("its comment holds control characters, or some that cannot be seen")
                .hint("leave the comment out: only the first two words of the line are needed"));
        }
        let line = format!("{kind} {data} {comment}");
        let key = line.trim_end().parse::<ssh_key::PublicKey>().map_err(|error| {
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
    pub fn to_line(&self) -> String {
        // It was parsed from such a line or made by us: encoding it does not fail.
        self.0.to_openssh().unwrap_or_default().trim_end().to_owned()
    }

    /// `SHA256:` and base64 without padding, as `ssh-keygen -l` shows it.
    pub fn fingerprint(&self) -> String {
        self.0.fingerprint(HashAlg::Sha256).to_string()
    }

    /// MD5 in hexadecimal pairs with colons between them, as `ssh-keygen -l -E md5` shows it behind `MD5:`. It
    /// only serves to find a key again at a provider that shows this form.
    pub fn fingerprint_md5(&self) -> String {
        // As in `to_line`, encoding does not fail.
        let digest = Md5::digest(self.0.to_bytes().unwrap_or_default());
        digest.iter().map(|byte| format!("{byte:02x}")).collect::<Vec<_>>().join(":")
    }

    /// The algorithm's name as in the key line (`ssh-ed25519`).
    pub fn algorithm(&self) -> String {
        self.0.algorithm().to_string()
    }

    /// What a careful person should know about this key.
    pub fn warning(&self) -> Option<String> {
        match self.0.key_data() {
            KeyData::Rsa(rsa) if rsa_bits(rsa) < RSA_ADVISED => {
                let bits = rsa_bits(rsa);
                Some(format!(
                    "this RSA key has {bits} bits, which NIST holds to be safe until 2030 only; {RSA_ADVISED} bits or \
                     an Ed25519 key are advised"
                ))
            }
            KeyData::SkEd25519(_) | KeyData::SkEcdsaSha2NistP256(_) => {
                Some("this key needs its hardware token at each login: nothing automated can use it".into())
            }
            _ => None,
        }
    }
}

pub(super) fn rsa_bits(key: &ssh_key::public::RsaPublicKey) -> usize {
    let bytes = key.n.as_positive_bytes().unwrap_or_default();
    let leading = bytes.first().map_or(0, |byte| byte.leading_zeros() as usize);
    (bytes.len() * 8).saturating_sub(leading)
}

/// Takes the first word off `rest`, and the blanks around it.
fn word<'a>(rest: &mut &'a str) -> &'a str {
    let (word, after) = rest.split_once([' ', '\t']).unwrap_or((rest, ""));
    *rest = after.trim_start_matches([' ', '\t']);
    word
}

/// Whether a key begins somewhere in `text`: a type, then what every key's base64 begins with.
fn names_a_type(text: &str) -> bool {
    let words: Vec<&str> = text.split([' ', '\t']).filter(|word| !word.is_empty()).collect();
    words.windows(2).any(|pair| TYPES.contains(&pair[0]) && pair[1].starts_with("AAAA"))
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
    if text.contains("PRIVATE KEY")
        || text.starts_with("PuTTY-User-Key-File")
        || text.starts_with(PRIVATE_BASE64)
    {
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
    Ok(())
}

fn check_type(kind: &str, line: &str) -> Result<()> {
    match kind {
        _ if TYPES.contains(&kind) => Ok(()),
        "ssh-dss" => Err(refused("DSA keys (ssh-dss) are no longer safe")
            .hint("make a new key: leave out --public-key and add --generate")),
        _ if kind.contains("-cert-v0") => {
            Err(refused("it is a certificate").hint("give the public key that it was made from"))
        }
        _ if names_a_type(line) => {
            Err(refused("it does not begin with a known type but with options, as in authorized_keys")
                .hint("leave them out: begin with the key's type, such as ssh-ed25519"))
        }
        _ => Err(refused("it does not begin with a known type such as ssh-ed25519")
            .hint("copy the whole line of the .pub file; a file is given as @FILE")),
    }
}

#[cfg(test)]
mod tests;
