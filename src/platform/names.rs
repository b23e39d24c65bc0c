//! Names and ids: a value of these types is valid.

use std::{fmt, str::FromStr};

use uuid::Uuid;

use crate::error::{Error, Result};

macro_rules! id {
    ($type:ident, $what:literal) => {
        #[doc = concat!("The UUID of ", $what, ".")]
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
        pub struct $type(Uuid);

        impl FromStr for $type {
            type Err = Error;

            /// Takes the hyphenated form of a UUID and nothing else: an id becomes part of
            /// a request's path.
            fn from_str(text: &str) -> Result<Self> {
                if text.len() == 36
                    && let Ok(id) = Uuid::try_parse(text)
                {
                    return Ok(Self(id));
                }
                // The text is not repeated: a secret is easily pasted here instead.
                Err(Error::usage(concat!("this is not the id of ", $what)).cause("an id is a UUID"))
            }
        }

        impl fmt::Display for $type {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                self.0.as_hyphenated().fmt(f)
            }
        }
    };
}

id!(CredentialId, "a credential");
id!(OrganisationId, "an organisation");
// Not the token.
id!(TokenId, "a token");

/// A thing as a person names it: by id, or by name (an organisation also by its slug).
///
/// A name is taken as it is: those on a platform may break the rules for new ones.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Reference<I> {
    Id(I),
    Name(String),
}

pub type CredentialRef = Reference<CredentialId>;
pub type OrganisationRef = Reference<OrganisationId>;
pub type TokenRef = Reference<TokenId>;

impl<I: FromStr> FromStr for Reference<I> {
    type Err = Error;

    fn from_str(text: &str) -> Result<Self> {
        match text.parse() {
            Ok(id) => Ok(Self::Id(id)),
            Err(_) if text.trim().is_empty() => Err(Error::usage("a name or an id is due")),
            Err(_) => Ok(Self::Name(text.to_owned())),
        }
    }
}

impl<I: fmt::Display> fmt::Display for Reference<I> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Id(id) => id.fmt(f),
            Self::Name(name) => name.fmt(f),
        }
    }
}

/// The provider of registry credentials, as answers and requests name it.
pub const REGISTRY: &str = "registry";

/// Returns the provider of the SSH keys of the cloud `slug`, as answers name it.
pub fn ssh_keys_of(slug: &str) -> String {
    format!("{slug}_ssh_key")
}

/// Returns the cloud whose SSH keys `provider` stands for, if it is of SSH keys.
pub fn cloud_of_ssh_keys(provider: &str) -> Option<&str> {
    provider.strip_suffix("_ssh_key").or(provider.strip_suffix("-ssh-key"))
}

/// A registry credential as a person names it: its own type, so that completion offers no others.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RegistryRef(pub CredentialRef);

impl FromStr for RegistryRef {
    type Err = Error;

    fn from_str(text: &str) -> Result<Self> {
        text.parse().map(Self)
    }
}

/// A credential's name: an RFC 1035 label of at most 63 characters.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct CredentialName(String);

impl CredentialName {
    /// The longest name (RFC 1035, 2.3.4).
    pub const MAX: usize = 63;

    /// The name.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The valid name nearest to `text`, if anything of it can be kept.
    pub fn nearest(text: &str) -> Option<Self> {
        let mut name = String::with_capacity(Self::MAX);
        for c in text.chars() {
            let c = c.to_ascii_lowercase();
            match c {
                'a'..='z' => name.push(c),
                '0'..='9' if !name.is_empty() => name.push(c),
                _ if name.is_empty() || name.ends_with('-') => {}
                _ => name.push('-'),
            }
            if name.len() == Self::MAX {
                break;
            }
        }
        name.truncate(name.trim_end_matches('-').len());
        (!name.is_empty()).then_some(Self(name))
    }
}

impl FromStr for CredentialName {
    type Err = Error;

    fn from_str(text: &str) -> Result<Self> {
        let bytes = text.as_bytes();
        let valid = bytes.len() <= Self::MAX
            && bytes.first().is_some_and(u8::is_ascii_lowercase)
            && bytes.last().is_some_and(|b| *b != b'-')
            && bytes.iter().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || *b == b'-');
        if valid {
            return Ok(Self(text.to_owned()));
        }
        let shown: String = text.chars().take(80).collect();
        let error = Error::usage(format!("{shown:?} is not a valid credential name")).cause(
            "a name has at most 63 lower-case letters, digits and hyphens, begins with a letter and does not end with a hyphen (RFC 1035)",
        );
        Err(match Self::nearest(text) {
            Some(near) => error.hint(format!("try {near}")),
            None => error.hint("choose a name such as my-credential"),
        })
    }
}

impl fmt::Display for CredentialName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::{CredentialId, CredentialName, CredentialRef, RegistryRef, cloud_of_ssh_keys, ssh_keys_of};

    #[test]
    fn what_is_no_id_is_a_name_whatever_it_holds() {
        let id = "6F1DBE5C-3f0c-4a5e-9d3f-0a6f5b1c2d3e";
        assert_eq!(id.parse::<CredentialRef>().unwrap(), CredentialRef::Id(id.parse().unwrap()));
        for name in ["a", "A b", "..", "a/b", "a\nb", "-rf", &id[1..]] {
            assert_eq!(name.parse::<CredentialRef>().unwrap(), CredentialRef::Name(name.to_owned()));
        }
        assert!("".parse::<CredentialRef>().is_err() && " ".parse::<CredentialRef>().is_err());
        for (given, shown) in [(id, id.to_lowercase().as_str()), ("A b", "A b")] {
            assert_eq!(given.parse::<CredentialRef>().unwrap().to_string(), shown);
            assert_eq!(given.parse::<RegistryRef>().unwrap().0.to_string(), shown);
        }
    }

    #[test]
    fn the_keys_of_a_cloud_are_known_in_both_spellings() {
        assert_eq!(ssh_keys_of("ovh"), "ovh_ssh_key");
        for provider in ["ovh_ssh_key", "ovh-ssh-key"] {
            assert_eq!(cloud_of_ssh_keys(provider), Some("ovh"));
        }
        assert_eq!([cloud_of_ssh_keys("ovh"), cloud_of_ssh_keys("ssh_key_ovh")], [None; 2]);
    }

    #[test]
    fn a_name_that_is_refused_is_shown_in_part_with_the_nearest_that_is_not() {
        for (name, shown, hint) in [
            ("My Token", "\"My Token\" ", "try my-token"),
            ("\n1", "\"\\n1\" ", "choose a name such as my-credential"),
            (&"x".repeat(200), &format!("\"{}\" ", "x".repeat(80)), &format!("try {}", "x".repeat(63))),
        ] {
            let error = name.parse::<CredentialName>().unwrap_err();
            assert!(error.message().starts_with(shown), "{error:?}");
            assert_eq!(error.hints()[0].to_string(), hint);
        }
    }

    #[test]
    fn names_are_rfc_1035_labels() {
        for good in ["a", "my-hetzner-token", "a1", &"a".repeat(63)] {
            assert!(good.parse::<CredentialName>().is_ok(), "{good}");
        }
        for bad in ["", "-a", "a-", "1a", "A", "a_b", "a.b", "a b", "ä", "a\n", "..", &"a".repeat(64)] {
            assert!(bad.parse::<CredentialName>().is_err(), "{bad:?}");
        }
    }

    #[test]
    fn the_nearest_name_is_valid() {
        let near = |text| CredentialName::nearest(text).map(|n| n.to_string());
        assert_eq!(near("My Token!").as_deref(), Some("my-token"));
        assert_eq!(near("1st_key").as_deref(), Some("st-key"));
        assert_eq!(near("Key09 2").as_deref(), Some("key09-2"));
        assert_eq!(near("--a--b--").as_deref(), Some("a-b"));
        assert_eq!(near("é!").as_deref(), None);
        assert_eq!(near(&"x".repeat(100)).map(|n| n.len()), Some(63));
    }

    #[test]
    fn h79_ids_that_would_retarget_a_request_are_refused() {
        for bad in ["..", "a/b", "\n", &"0".repeat(37), "{00000000-0000-4000-8000-000000000000}"] {
            assert!(bad.parse::<CredentialId>().is_err(), "{bad:?}");
        }
        assert!("6f1dbe5c-3f0c-4a5e-9d3f-0a6f5b1c2d3e".parse::<CredentialId>().is_ok());
    }
}
