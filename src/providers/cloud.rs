//! The description of a cloud provider, from which its commands, requests and questions are made.

use super::{check::Check, choices::Choices, grant::Grant, imports::Import, ssh_keys::SshKeys};
use crate::{
    error::{Hint, Run},
    secret::{Field, Form, key},
};

/// A cloud provider whose credentials and SSH keys the platform stores.
#[derive(Debug)]
pub struct Provider {
    /// The name in commands, paths and answers.
    pub slug: &'static str,
    /// Shorter names of its command.
    pub aliases: &'static [&'static str],
    /// Other spellings of its name, which are understood and shown nowhere.
    pub spellings: &'static [&'static str],
    /// The name in sentences.
    pub title: &'static str,
    /// What its credentials are, in the plural (`API tokens`).
    pub holds: &'static str,
    /// What the platform needs, and what for: a sentence.
    pub needs: &'static str,
    /// What its `create` does, in one line.
    pub about: &'static str,
    /// What the long help of its `create` adds.
    pub more: &'static str,
    /// Command lines of its `create`; the first is the simplest that works.
    pub examples: &'static [&'static str],
    /// The fields that are not secret.
    pub plain: &'static [Plain],
    /// The secrets, in the order in which they are asked for.
    pub secrets: &'static [Field],
    /// Where a person gets the secrets, and with which rights.
    pub where_from: &'static str,
    /// What it takes and shows of SSH keys.
    pub ssh_keys: SshKeys,
    /// Which of the secrets the cloud gives out while a person agrees; `None`: none.
    pub grant: Option<&'static Grant>,
    /// How a credential is checked at the cloud itself.
    pub check: Check,
    /// The configuration of its own tool that can be taken, if it has one.
    pub import: Option<&'static Import>,
}

/// A field that is not secret: one flag of `create`.
#[derive(Clone, Copy, Debug)]
pub struct Plain {
    /// The flag without dashes; with `_` its key in a request's body.
    pub name: &'static str,
    /// The flag's help.
    pub help: &'static str,
    /// What a question calls it, where it has to be given.
    pub label: &'static str,
    /// What the help calls its value.
    pub value_name: &'static str,
    /// What its value may be.
    pub kind: Kind,
    /// What it is where it is not given; `None`: it has to be given.
    pub default: Option<&'static str>,
    /// Which values of it the cloud knows, for a person to choose from.
    pub choices: Option<Choices>,
    /// Whether it is needed for storing alone: a check looks at what it is about where it is given.
    pub is_for_storing: bool,
    /// What it belongs to. The first field of a group need not be given, and says whether the group
    /// is sent at all.
    pub group: Option<&'static Group>,
}

/// What a field is that is not secret.
#[derive(Clone, Copy, Debug)]
pub enum Kind {
    /// A text, and how it looks.
    Text(fn(&str) -> Form),
    /// The number of a port.
    Port,
    /// Yes, where the flag is given.
    Flag,
}

/// Fields that are an object of their own in the body; its name begins all of theirs.
#[derive(Debug)]
pub struct Group {
    pub name: &'static str,
    pub title: &'static str,
}

impl Plain {
    /// A flag without a value, in no group.
    pub(super) const fn new(name: &'static str, help: &'static str) -> Self {
        Self {
            name,
            help,
            label: "",
            value_name: "",
            kind: Kind::Flag,
            default: None,
            choices: None,
            is_for_storing: false,
            group: None,
        }
    }

    /// What the gate holds its value to.
    pub fn described(&self) -> Field {
        let label = if self.label.is_empty() { self.name } else { self.label };
        let field = Field { is_public: true, ..Field::new(self.name, label) };
        match self.kind {
            Kind::Text(form) => Field { form, ..field },
            Kind::Port | Kind::Flag => field,
        }
    }

    /// Whether it has to be given in any case.
    pub fn is_due(&self) -> bool {
        self.default.is_none() && self.group.is_none() && !matches!(self.kind, Kind::Flag)
    }

    /// The key in a request's body, or in the object of its group.
    pub fn key(&self) -> String {
        key(self.name, self.group.map(|group| group.name))
    }
}

impl Provider {
    /// Returns its name in paths, and in sentences.
    pub const fn names(&self) -> (&'static str, &'static str) {
        (self.slug, self.title)
    }

    /// Returns the simplest command line that creates a credential `name`.
    pub fn creation(&self, name: &str) -> Run {
        Run::read(self.examples[0].trim_start_matches("ankra ")).with("--name", name)
    }

    /// Tells what to do in place of changing the credential `name`, which the platform cannot do.
    pub fn replacement(&self, name: &str) -> [Hint; 3] {
        [
            Hint::run("store a new one with", self.creation("NEW-NAME")),
            Hint::from("have the clusters use the new one, on the platform"),
            Hint::run("then delete the old one with", Run::new("credentials delete").named(name)),
        ]
    }

    /// The field that says whether the group `name` is sent.
    pub fn switch_of(&self, name: &str) -> Option<&'static Plain> {
        self.plain.iter().find(|field| field.group.is_some_and(|group| group.name == name))
    }
}

/// For an API that has no certificate of a public authority.
pub(super) const TLS_INSECURE: Plain =
    Plain::new("tls-insecure", "Accept any certificate of the API, also one that is self-signed");

/// Whether `text` is an address that a token may be sent to.
pub(super) fn api_url(text: &str) -> Form {
    let Ok(url) = url::Url::parse(text) else {
        return Form::Impossible("give a whole address, such as https://HOST:PORT");
    };
    if url.scheme() != "https" || url.host_str().is_none() {
        return Form::Impossible("give an https address: the platform sends the token there");
    }
    if !url.username().is_empty() || url.password().is_some() {
        return Form::Impossible("leave user name and password out of the address: it is stored openly");
    }
    if url.query().is_some() || url.fragment().is_some() || text.contains(char::is_whitespace) {
        return Form::Impossible("give the address of the API alone, without blanks and without ? or #");
    }
    usual_if(url.path() == "/", "the address of the API has no path as a rule; this one has")
}

/// Unusual with the words of `doubt`, unless `value` is `length` letters and digits.
pub(super) fn alphanumeric(value: &str, length: usize, doubt: &'static str) -> Form {
    usual_if(value.len() == length && value.bytes().all(|b| b.is_ascii_alphanumeric()), doubt)
}

pub(super) fn usual_if(is_usual: bool, doubt: &'static str) -> Form {
    if is_usual { Form::Usual } else { Form::Unusual(doubt) }
}

/// Usual, or impossible for the reason `why`.
pub(super) fn possible_if(is_possible: bool, why: &'static str) -> Form {
    if is_possible { Form::Usual } else { Form::Impossible(why) }
}

#[cfg(test)]
mod tests {
    use super::{Form, Provider, api_url};

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

    #[test]
    fn a_token_is_sent_to_an_https_address_alone() {
        assert_eq!(api_url("https://cloud.example.com"), Form::Usual);
        assert_eq!(api_url("https://10.0.0.5:8006/"), Form::Usual);
        assert!(matches!(api_url("https://cloud.example.com/api"), Form::Unusual(_)));
        for bad in [
            "",
            "cloud.example.com",
            "http://cloud.example.com",
            "ftp://cloud.example.com",
            "https://",
            "https://user@cloud.example.com",
            "https://user:CANARY@cloud.example.com",
            "https://cloud.example.com?token=CANARY",
            "https://cloud.example.com#a",
            "https://cloud.example.com ",
        ] {
            let Form::Impossible(why) = api_url(bad) else { panic!("{bad}") };
            assert!(!why.contains("CANARY"), "{why}");
        }
    }
}
