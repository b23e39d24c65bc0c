//! All that a tool keeps on this machine: its files, merged; its variables; its item in the keychain.

use std::path::PathBuf;

use crate::{
    error::{Error, ErrorKind, Result, listed},
    files::{self, Holds},
    keychain,
    output::named,
    providers::{ADDRESS, Gives, Import, Scope, ToolConfig, ToolValue, USED},
    secret::Secret,
    settings::ToolPlaces,
};

/// The most that a file may hold.
const LIMIT: usize = 1 << 20;

/// How many entries a message names.
pub(super) const NAMED: usize = 12;

/// Where a value stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Origin {
    /// The file with this number.
    File(usize),
    Variable(&'static str),
    Keychain,
}

/// A value, and where it stands.
pub(super) type Value<'a> = (&'a ToolValue, Origin);

type Values = Vec<(&'static str, ToolValue, Origin)>;

/// A context or section of all files together.
#[derive(Debug, Default)]
pub(super) struct Entry {
    pub(super) name: String,
    values: Values,
    /// What it holds that the platform has no field for, and in which file.
    pub(super) other: Option<(&'static str, usize)>,
}

/// All that there is.
#[derive(Debug)]
pub(super) struct Found {
    pub(super) import: &'static Import,
    places: ToolPlaces,
    variables: Values,
    top: Values,
    pub(super) entries: Vec<Entry>,
    /// The files that cannot be used, by their numbers, and why.
    broken: Vec<(usize, Error)>,
    /// Why the keychain, which was asked, has nothing.
    keychain: Option<String>,
}

impl Found {
    /// Reads the variables and the files. A file that cannot be used is kept as the error that it is.
    ///
    /// # Errors
    /// As [`ToolPlaces::of_process`].
    pub(super) fn read(import: &'static Import) -> Result<Self> {
        let places = ToolPlaces::of_process(import)?;
        let mut variables = Vec::new();
        for one in import.variables {
            if let (Gives::Secret(field), Some(value)) = (one.gives, places.variable(one.name)) {
                variables.push((field, Ok(value.clone()), Origin::Variable(one.name)));
            }
        }
        let (top, entries, broken) = (Vec::new(), Vec::new(), Vec::new());
        let mut found = Self { import, places, variables, top, entries, broken, keychain: None };
        for number in 0..found.places.files.len() {
            match found.file(number) {
                Ok(Some(config)) => {
                    found.merge(config, number);
                    if !import.is_merged {
                        break;
                    }
                }
                Ok(None) => {}
                Err(error) => {
                    found.broken.push((number, error));
                    if !import.is_merged {
                        break;
                    }
                }
            }
        }
        Ok(found)
    }

    fn file(&self, number: usize) -> Result<Option<ToolConfig>> {
        let path = &self.places.files[number];
        let unread = || Error::failure(format!("cannot read {}", self.shown(number)));
        let told = |error: Error| match self.places.named_by {
            Some(variable) => error.cause(format!("{variable} names it")),
            None => error,
        };
        // What helps with a path that was given is no help here.
        let bytes = files::read(path, LIMIT).map_err(|error| told(error.with_hints([])))?;
        let Some(mut bytes) = bytes else { return Ok(None) };
        let text = files::commented_text(&mut bytes, files::behind_hash);
        let text = text.map_err(|why| told(unread().because(why)))?;
        (self.import.read)(text).map(Some).map_err(|why| told(unread().cause(why)))
    }

    /// Adds what file `number` has, which counts before what others have.
    fn merge(&mut self, config: ToolConfig, number: usize) {
        put(&mut self.top, config.top, number);
        for entry in config.entries {
            let at = self.entries.iter().position(|known| known.name == entry.name).unwrap_or_else(|| {
                self.entries.push(Entry { name: entry.name.clone(), ..Entry::default() });
                self.entries.len() - 1
            });
            put(&mut self.entries[at].values, entry.values, number);
            self.entries[at].other = entry.other.map(|what| (what, number)).or(self.entries[at].other);
        }
    }

    /// Asks the system's keychain for the item of the tool, where nothing else has a secret.
    pub(super) fn ask_keychain(&mut self) {
        let Some(item) = self.import.keychain else { return };
        match keychain::get_foreign(item.service, item.account) {
            Ok(Some(secret)) => {
                let mut entry =
                    Entry { name: self.import.usual.unwrap_or_default().to_owned(), ..Entry::default() };
                entry.values.push((item.field, Ok(secret), Origin::Keychain));
                self.entries.retain(|known| known.name != entry.name);
                self.entries.push(entry);
            }
            Ok(None) => self.keychain = Some(format!("{} has none of {}", keychain::NAME, self.import.tool)),
            Err(trouble) => self.keychain = Some(format!("{} {trouble}", keychain::NAME)),
        }
    }

    /// The name of the entry that the tool uses where its variables give no secret that stands apart, and where
    /// that is said.
    pub(super) fn used(&self) -> Option<(&str, Option<Origin>)> {
        if let Some((name, value)) = self.places.given(Gives::Entry) {
            return Some((value.expose(), Some(Origin::Variable(name))));
        }
        match find(&self.top, USED) {
            Some((Ok(name), origin)) if !name.expose().is_empty() => Some((name.expose(), Some(origin))),
            _ => self.import.usual.map(|name| (name, None)),
        }
    }

    pub(super) fn entry(&self, name: &str) -> Option<&Entry> {
        self.entries.iter().find(|entry| entry.name == name)
    }

    /// The secret of `field` that a variable gives.
    pub(super) fn variable(&self, field: &str) -> Option<Value<'_>> {
        find(&self.variables, field)
    }

    /// The variables that give a secret.
    pub(super) fn set_variables(&self) -> Vec<&'static str> {
        let name = |(_, _, origin): &(_, _, Origin)| match origin {
            Origin::Variable(name) => Some(*name),
            _ => None,
        };
        self.variables.iter().filter_map(name).collect()
    }

    /// The variable that names an entry, and its value.
    pub(super) fn naming(&self) -> Option<(&'static str, &str)> {
        self.places.given(Gives::Entry).map(|(name, value)| (name, value.expose()))
    }

    /// What belongs to no entry.
    pub(super) fn top(&self, key: &str) -> Option<Value<'_>> {
        find(&self.top, key)
    }

    /// The address that the secrets of `entry` go to, where the configuration names one.
    pub(super) fn address(&self, entry: Option<&str>) -> Option<Value<'_>> {
        // What stands apart from the entries goes where the one in use goes.
        let entry = entry.or_else(|| self.used().map(|(name, _)| name));
        entry.and_then(|name| self.entry(name)?.value(ADDRESS)).or_else(|| self.top(ADDRESS))
    }

    /// What the variable `name` holds.
    pub(super) fn text_of(&self, name: &str) -> Option<&str> {
        self.places.variable(name).map(Secret::expose)
    }

    /// Where a value stands, as a message has it.
    pub(super) fn place(&self, origin: Origin) -> String {
        match origin {
            Origin::File(number) => self.shown(number),
            Origin::Variable(name) => name.to_owned(),
            Origin::Keychain => keychain::NAME.to_owned(),
        }
    }

    /// The files that were looked for.
    pub(super) fn files(&self) -> Vec<String> {
        (0..self.places.files.len()).map(|number| self.shown(number)).collect()
    }

    fn shown(&self, number: usize) -> String {
        self.places.shown(&self.places.files[number])
    }

    /// The path of file `number`.
    pub(super) fn path(&self, number: usize) -> &PathBuf {
        &self.places.files[number]
    }

    /// What is amiss with files, where it does not matter: nothing of what is taken could stand in them.
    pub(super) fn warnings(&self) -> Vec<String> {
        self.broken.iter().map(|(_, error)| error.in_one_line()).collect()
    }

    /// Fails if a file that cannot be used could have what counts before a value from `origin`; `None`: before
    /// one that nothing else has.
    pub(super) fn ensure_readable(&self, origin: Option<Origin>) -> Result<()> {
        let matters = |number: usize| match origin {
            Some(Origin::Variable(_)) => false,
            Some(Origin::File(own)) => number > own,
            Some(Origin::Keychain) | None => true,
        };
        let Some((_, error)) = self.broken.iter().find(|(number, _)| matters(*number)) else { return Ok(()) };
        let hint = match self.places.named_by {
            Some(variable) => format!("correct it, or set {variable} to the file that is meant"),
            None if self.import.is_merged => {
                "correct it, or move it away: what it has counts before the rest".to_owned()
            }
            None => "correct it, or move it away".to_owned(),
        };
        Err(error.clone().hint(hint))
    }

    /// Warns how others can get at the file `number`.
    pub(super) fn exposure(&self, number: usize) -> Vec<String> {
        files::exposure(self.path(number), Holds::Secret)
    }

    /// Builds the error if there is nothing to take.
    pub(super) fn nothing(&self) -> Error {
        if let Err(error) = self.ensure_readable(None) {
            return error;
        }
        let mut looked = self.files();
        looked.extend(
            self.import.giving(|gives| matches!(gives, Gives::Secret(_))).map(|one| one.name.to_owned()),
        );
        let message = format!("nothing was found that {} could take", self.import.option());
        let error = Error::new(ErrorKind::NotFound, message)
            .cause(format!("these places were looked at: {}", looked.join(", ")));
        let error = match &self.keychain {
            Some(why) => error.cause(why),
            None => error,
        };
        let option = self.import.option();
        error
            .hint(self.import.first)
            .hint(format!("or leave out {option}, and give the values by their own flags"))
    }

    /// The names of the entries with something in them.
    pub(super) fn names(&self) -> Vec<&str> {
        let has_some =
            |entry: &&Entry| entry.values.iter().any(|(key, ..)| *key != ADDRESS) || entry.other.is_some();
        self.entries.iter().filter(has_some).map(|entry| entry.name.as_str()).collect()
    }

    /// The names of the entries in a sentence, the first of many.
    pub(super) fn listed(&self) -> String {
        let names = self.names();
        let mut shown: Vec<String> = names.iter().take(NAMED).map(|name| named(name).into_owned()).collect();
        if names.len() > NAMED {
            shown.push(format!("{} more", names.len() - NAMED));
        }
        listed(&shown, "and")
    }

    /// Whether secrets in variables stand apart from all entries.
    pub(super) fn is_apart(&self) -> bool {
        self.import.scope == Scope::Apart
    }
}

impl Entry {
    pub(super) fn value(&self, key: &str) -> Option<Value<'_>> {
        find(&self.values, key)
    }
}

fn find<'a>(values: &'a Values, key: &str) -> Option<Value<'a>> {
    values.iter().find(|(known, ..)| *known == key).map(|(_, value, origin)| (value, *origin))
}

fn put(values: &mut Values, new: Vec<(&'static str, ToolValue)>, number: usize) {
    for (key, value) in new {
        values.retain(|(known, ..)| *known != key);
        values.push((key, value, Origin::File(number)));
    }
}
