//! Public keys that are stored already: whatever they are, they are looked at and not refused.

use ssh_key::{PublicKey, public::KeyData};

use super::public_key::{RSA_ADVISED, rsa_bits};

/// The line of a stored public key.
#[derive(Debug)]
pub struct KeyLine<'a> {
    kind: &'a str,
    data: &'a str,
}

impl<'a> KeyLine<'a> {
    /// Takes a line apart; `None`: it has no key.
    pub fn read(line: &'a str) -> Option<Self> {
        let mut words = line.split_whitespace();
        let (kind, data) = (words.next()?, words.next()?);
        data.starts_with("AAAA").then_some(Self { kind, data })
    }

    /// What two lines of one key have in common: not the comment.
    pub fn identity(&self) -> &'a str {
        self.data.trim_end_matches('=')
    }

    /// Why it is weak, in words that follow a name.
    pub fn weakness(&self) -> Option<String> {
        if self.kind == "ssh-dss" {
            return Some("is a DSA key, which OpenSSH no longer takes".to_owned());
        }
        let key: PublicKey = format!("{} {}", self.kind, self.data).parse().ok()?;
        let KeyData::Rsa(rsa) = key.key_data() else { return None };
        let bits = rsa_bits(rsa);
        (bits < RSA_ADVISED)
            .then(|| format!("is an RSA key of {bits} bits; {RSA_ADVISED} or an Ed25519 key are advised"))
    }
}

#[cfg(test)]
mod tests {
    use super::KeyLine;

    #[test]
    fn a_key_is_the_same_whatever_stands_beside_it() {
        let identity = |line| KeyLine::read(line).map(|key| key.identity().to_owned());
        assert_eq!(identity("ssh-rsa AAAAB3Nza one"), identity("  ssh-rsa\tAAAAB3Nza\n"));
        for line in ["", "ssh-rsa", "ssh-rsa BBBB", "AAAAB3Nza"] {
            assert_eq!(identity(line), None, "{line}");
        }
    }

    #[test]
    fn weak_keys_are_those_that_are_not_advised() {
        let weak = |line| KeyLine::read(line).unwrap().weakness();
        assert!(weak("ssh-dss AAAAB3Nza").unwrap().contains("DSA"));
        assert_eq!(
            weak("ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIK9GFsmeklfWtVflz+32TQ8shpmbFaZQoFR2R+jqm6pW x"),
            None
        );
    }
}
