//! What is known of a kind of registry before anybody asks it. The kinds are in [`super::kinds`].

use std::fmt;

use super::forms::Judging;
use crate::{
    error::Run,
    providers::capitalised,
    secret::{Field, Form, Shape},
};

/// A kind of registry: which user name it takes, what its secret looks like, where to get one.
#[derive(Debug)]
pub struct Preset {
    pub slug: &'static str,
    pub title: &'static str,
    pub host: KnownHost,
    pub username: Username,
    /// The user name as a field, with the names that it has at this kind.
    pub username_field: Field,
    pub password: Field,
    pub where_from: &'static str,
    /// What the password is, and how it looks.
    pub form: &'static str,
    /// The least right that pulling charts takes.
    pub right: &'static str,
    pub expires: &'static str,
    pub renew: &'static str,
    pub(super) url: &'static str,
    pub(super) source: &'static str,
    /// The user name whose password is a whole file, which nobody types.
    pub(super) key_file_user: Option<&'static str>,
    /// What to give in place of an identity token, which cannot be stored.
    pub identity_token: &'static str,
    /// Judges a user name and a secret by their form.
    pub(super) judge: fn(&mut Judging<'_>),
    /// Whether a secret has a form that only this kind's secrets have.
    pub(super) owns: fn(&str) -> bool,
    /// The doubt where such a secret is given for another kind.
    pub(super) elsewhere: &'static str,
}

/// What a kind does not say of itself is as it is here.
pub(super) const ANY: Preset = Preset {
    slug: "generic",
    title: "Any other registry",
    host: ANY_HOST,
    username: Username::Own { label: "registry user name", example: "octocat", prefix: None },
    username_field: USERNAME,
    password: password("registry password or token"),
    where_from: "your registry's page for access tokens; a token that may only pull is enough",
    form: "a password or an access token",
    right: "pull, or read",
    expires: "as your registry has it",
    renew: "get a new one, and store it with registry update",
    url: "https://charts.example.com/stable",
    source: "env:CHARTS_PASSWORD",
    key_file_user: None,
    identity_token: "make an access token there, and give it with --username and --password-from",
    judge: |_| {},
    owns: |_| false,
    elsewhere: "",
};

#[derive(Debug)]
pub struct KnownHost {
    /// The hosts that are surely of this kind; `*` stands for one or more characters without a dot.
    pub patterns: &'static [&'static str],
    /// The host that answers for it, if it is not the one that people write.
    pub(super) api: Option<&'static str>,
    /// The host that its tokens come from, if it is another one.
    pub(super) realm: Option<&'static str>,
    pub(super) password: &'static str,
    /// What to do if the password is right and the path is refused.
    pub(super) access: &'static str,
    pub(super) expired: &'static str,
    pub(super) rate: Option<&'static str>,
}

/// What holds for every host of which nothing is known.
pub(super) const ANY_HOST: KnownHost = KnownHost {
    patterns: &[],
    api: None,
    realm: None,
    password: "check the user name and the password: many registries want an access token in place of the password",
    access: "ask who runs the registry for the right to pull from this path",
    expired: "make a new one at the registry and give that",
    rate: None,
};

impl KnownHost {
    pub(super) fn is(&self, host: &str) -> bool {
        self.patterns.iter().any(|pattern| {
            let (hosts, patterns) = (host.split('.'), pattern.split('.'));
            hosts.clone().count() == patterns.clone().count()
                && hosts.zip(patterns).all(|(host, pattern)| is_like(host, pattern))
        })
    }
}

/// The user name at a registry.
pub const USERNAME: Field = Field {
    shared_names: &["REGISTRY_USERNAME", "DOCKER_USERNAME"],
    is_public: true,
    form: username_form,
    ..Field::new("username", "user name")
};

/// What every user name of basic authentication is (RFC 7617).
fn username_form(text: &str) -> Form {
    if text.len() > 512 {
        return Form::Impossible("a user name has 512 characters at most");
    }
    if text.contains(':') {
        return Form::Impossible("a user name has no colon: the password would begin behind it");
    }
    if text.contains(char::is_whitespace) {
        return Form::Unusual("a user name has no blanks as a rule; this one has");
    }
    Form::Usual
}

/// A secret that its own form tells the maker of.
fn token_form(text: &str) -> Form {
    let is_token = |text: &str| text.bytes().all(|b| b.is_ascii_alphanumeric() || b"-_.+/=".contains(&b));
    if is_token(text) && Preset::ALL.iter().any(|preset| (preset.owns)(text)) {
        Form::Usual
    } else {
        Form::Unknown
    }
}

/// The field of a registry's one secret. It may be a whole JSON key file, which has several lines.
pub(super) const fn password(label: &'static str) -> Field {
    Field {
        shared_names: &["token", "REGISTRY_PASSWORD", "REGISTRY_TOKEN", "DOCKER_PASSWORD"],
        shape: Shape::LineOrKey,
        stdin_flag: Some("password or token"),
        form: token_form,
        ..Field::new("password", label)
    }
}

#[derive(Clone, Copy, Debug)]
pub enum Username {
    /// The same for everybody, unless one of `others` is meant.
    Fixed {
        name: &'static str,
        /// What it may be instead, for another form of the secret.
        others: &'static [&'static str],
    },
    Own {
        label: &'static str,
        example: &'static str,
        /// What it begins with at no other kind of registry.
        prefix: Option<&'static str>,
    },
}

impl Username {
    pub const fn fixed(self) -> Option<&'static str> {
        match self {
            Self::Fixed { name, .. } => Some(name),
            Self::Own { .. } => None,
        }
    }

    pub const fn others(self) -> &'static [&'static str] {
        match self {
            Self::Fixed { others, .. } => others,
            Self::Own { .. } => &[],
        }
    }

    /// Whether nobody but this kind of registry has the user name `given`.
    pub(super) fn implies(self, given: &str) -> bool {
        match self {
            Self::Fixed { name, others } => name == given || others.contains(&given),
            Self::Own { prefix, .. } => prefix.is_some_and(|prefix| given.starts_with(prefix)),
        }
    }
}

impl fmt::Display for Username {
    /// The fixed one, or what it is, as a prompt says it.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Fixed { name, .. } => f.write_str(name),
            Self::Own { label, .. } => f.write_str(&capitalised(label)),
        }
    }
}

impl Preset {
    /// Whether the password that goes with `username` is a whole file, which nobody types.
    pub fn password_is_file(&self, username: Option<&str>) -> bool {
        self.key_file_user.is_some_and(|of| username.is_none_or(|name| name == of))
    }

    pub fn example(&self) -> Run {
        let run = Run::new("credentials registry create").arg("--name").arg(format!("my-{}", self.slug));
        let run = run.arg("--preset").arg(self.slug);
        let run = match self.username {
            Username::Fixed { .. } => run,
            Username::Own { example, .. } => run.arg("--username").arg(example),
        };
        let run = run.arg("--password-from").arg(self.source);
        run.arg("--registry-url").arg(self.url).arg("--check")
    }
}

/// Whether `part` of a host is like `pattern`, in which `*` stands for one or more characters.
fn is_like(part: &str, pattern: &str) -> bool {
    match pattern.split_once('*') {
        None => part == pattern,
        Some((head, tail)) => {
            part.len() > head.len() + tail.len() && part.starts_with(head) && part.ends_with(tail)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{USERNAME, password};
    use crate::secret::Form;

    #[test]
    fn a_user_name_is_short_and_has_no_colon_and_hardly_a_blank() {
        for (name, form) in [
            ("robot$team+puller", "usual"),
            ("", "usual"),
            (&"a".repeat(512), "usual"),
            (&"a".repeat(513), "impossible"),
            (&"a".repeat(514), "impossible"),
            ("octocat:hunter2", "impossible"),
            ("octo cat", "unusual"),
        ] {
            let found = match (USERNAME.form)(name) {
                Form::Usual => "usual",
                Form::Unusual(_) => "unusual",
                Form::Impossible(_) => "impossible",
                Form::Unknown => "unknown",
            };
            assert_eq!(found, form, "{name}");
        }
    }

    #[test]
    fn a_token_is_known_by_its_maker_and_has_nothing_around_it() {
        for (secret, form) in [
            ("dckr_pat_a-B_9.c+d/e=", Form::Usual),
            ("ghp_aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa", Form::Usual),
            ("dckr_pat_a b", Form::Unknown),
            ("dckr_pat_a\"", Form::Unknown),
            ("dckr_pat_a,", Form::Unknown),
            ("hunter2", Form::Unknown),
        ] {
            assert_eq!((password("token").form)(secret), form, "{secret}");
        }
    }
}
