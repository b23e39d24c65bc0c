//! What a command calls a secret, and how one looks.

/// A secret that a command needs: data of a provider.
#[derive(Clone, Copy, Debug)]
pub struct Field {
    /// The flag without dashes and without `-from` (`api-token`); with `_` its JSON and wire key.
    pub name: &'static str,
    /// What a prompt calls it (`API token`).
    pub label: &'static str,
    /// What others call it: usual variables, and the spelling of who gives it out. Bundles may too.
    pub other_names: &'static [&'static str],
    /// As these, where all of a kind have them in common.
    pub shared_names: &'static [&'static str],
    /// How many lines it has, and what belongs to it.
    pub shape: Shape,
    /// The object of the body that it belongs to, and the beginning of its name; `None`: none.
    pub group: Option<&'static str>,
    /// What the help of `--NAME-stdin` calls it; `None`: there is no such short form.
    pub stdin_flag: Option<&'static str>,
    /// Whether it may be shown, as a user name may.
    pub is_public: bool,
    /// How a value looks. Never repeats the value.
    pub form: fn(&str) -> Form,
}

/// What a value is made of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Shape {
    /// One line of text.
    Line,
    /// One line of a person's own choice, in which blanks and quotes may be meant.
    Phrase,
    /// One line, the JSON of a key file, or its base64.
    LineOrKey,
    /// A private key: nobody types it, so a person is asked for its file, whose last line break belongs
    /// to it.
    KeyFile,
}

/// How a value looks to those who know its kind.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Form {
    /// As every good one: what is around it by mistake can be told from it.
    Usual,
    /// Nothing is known of how a good one looks.
    Unknown,
    /// As few or none do, with what is unusual: that is warned about, and the platform has the last word.
    Unusual(&'static str),
    /// As no good one can, with the reason: it is refused.
    Impossible(&'static str),
}

impl Field {
    /// A field of one line without any particular form.
    pub const fn new(name: &'static str, label: &'static str) -> Self {
        Self {
            name,
            label,
            other_names: &[],
            shared_names: &[],
            shape: Shape::Line,
            group: None,
            stdin_flag: None,
            is_public: false,
            form: |_| Form::Unknown,
        }
    }

    /// The key in a request's body, or in the object that it belongs to.
    pub fn key(&self) -> String {
        key(self.name, self.group)
    }

    /// The keys under which a bundle may hold it, its own first.
    pub fn keys(&self) -> Vec<String> {
        let others = self.other_names.iter().chain(self.shared_names).map(|name| (*name).to_owned());
        std::iter::once(self.name.replace('-', "_")).chain(others).collect()
    }

    /// Whether `key` is one of them: `application_key`, `APPLICATION-KEY` and `applicationKey` are one.
    pub(super) fn bears(&self, key: &str) -> bool {
        let folded = |text: &str| text.replace(['-', '_'], "").to_ascii_lowercase();
        let key = folded(key);
        self.keys().iter().any(|known| folded(known) == key)
    }

    /// The flag that names its source.
    pub(crate) fn flag(&self) -> String {
        format!("--{}-from", self.name)
    }
}

/// The key of the field `name` within its group: `jumphost-private-key` is `private_key` in `jumphost`.
pub(crate) fn key(name: &str, group: Option<&str>) -> String {
    let within = group.and_then(|group| name.strip_prefix(group)?.strip_prefix('-'));
    within.unwrap_or(name).replace('-', "_")
}
