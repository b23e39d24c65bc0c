//! The description of a cloud provider, from which its commands, requests and questions are made.

use crate::secret::{Field, Form};

/// A cloud provider whose credentials and SSH keys the platform stores.
#[derive(Debug)]
pub struct Provider {
    /// The name in commands, paths and answers.
    pub slug: &'static str,
    /// Shorter names of its command.
    pub aliases: &'static [&'static str],
    /// The name in sentences.
    pub title: &'static str,
    /// What its credentials are, in the plural (`API tokens`).
    pub holds: &'static str,
    /// What the platform needs, and what for: a sentence.
    pub needs: &'static str,
    /// The help of its `create`.
    pub create: CreateTexts,
    /// The fields that are not secret.
    pub plain: &'static [Plain],
    /// The secrets, in the order in which they are asked for.
    pub secrets: &'static [Field],
    /// Where a person gets the secrets, and with which rights.
    pub where_from: &'static str,
}

/// The help of a `create`.
#[derive(Debug)]
pub struct CreateTexts {
    /// What it does, in one line.
    pub about: &'static str,
    /// What the long help adds.
    pub more: &'static str,
    /// Command lines; the first is the simplest that works.
    pub examples: &'static [&'static str],
}

/// A field that is not secret: one flag of `create`.
#[derive(Debug)]
pub struct Plain {
    /// The flag without dashes; with `_` its key in a request's body.
    pub name: &'static str,
    /// The flag's help.
    pub help: &'static str,
    /// What the help calls its value.
    pub value_name: &'static str,
    /// How a value looks.
    pub form: fn(&str) -> Form,
}

impl Plain {
    /// The key in a request's body.
    #[must_use]
    pub fn key(&self) -> String {
        self.name.replace('-', "_")
    }
}

/// Unusual with the words of `doubt`, unless `value` is `length` letters and digits.
pub(super) fn alphanumeric(value: &str, length: usize, doubt: &'static str) -> Form {
    let usual = value.len() == length && value.bytes().all(|b| b.is_ascii_alphanumeric());
    if usual { Form::Usual } else { Form::Unusual(doubt) }
}

#[cfg(test)]
mod tests {
    use super::{Form, Provider};

    #[test]
    fn unusual_secrets_are_doubted_and_usual_ones_are_not() {
        let is_usual = |slug: &str, index: usize, value: &str| {
            (Provider::named(slug).unwrap().secrets[index].form)(value) == Form::Usual
        };
        assert!(is_usual("hetzner", 0, &"aB3".repeat(22)[..64]));
        assert!(!is_usual("hetzner", 0, "short"));
        assert!(!is_usual("hetzner", 0, &"-".repeat(64)));
        assert!(is_usual("ovh", 0, &"a".repeat(16)));
        assert!(is_usual("ovh", 1, &"a".repeat(32)));
        assert!(!is_usual("ovh", 2, &"a".repeat(31)));
    }
}
