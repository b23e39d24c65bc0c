//! What a file of a provider's own tool holds, whatever its format.

use crate::secret::Secret;

/// The key of the entry that the tool uses where nothing else names one.
pub const USED: &str = "used";

/// The key of the address that the tool sends its secrets to, where that is not the usual one.
pub const ADDRESS: &str = "address";

/// A text; or why it cannot be used, as the end of a sentence about the value. Repeats nothing of it.
pub type ToolValue = Result<Secret, String>;

/// What one file holds, or several when they are merged.
#[derive(Clone, Debug, Default)]
pub struct ToolConfig {
    /// What belongs to no entry: [`USED`], [`ADDRESS`], and fields that are not secret.
    pub top: Vec<(&'static str, ToolValue)>,
    /// The contexts or sections, in their order.
    pub entries: Vec<ToolEntry>,
}

/// One context or section.
#[derive(Clone, Debug, Default)]
pub struct ToolEntry {
    /// Its name; empty where the tool has no names.
    pub name: String,
    /// Its secrets, by the names of the provider's fields, and its [`ADDRESS`].
    pub values: Vec<(&'static str, ToolValue)>,
    /// What it holds that the platform has no field for.
    pub other: Option<&'static str>,
}

impl ToolEntry {
    pub(super) fn named(name: &str) -> Self {
        Self { name: name.to_owned(), ..Self::default() }
    }

    /// Sets a value. What the file has twice cannot be used: tools differ in which they take.
    pub(super) fn set(&mut self, key: &'static str, value: ToolValue) {
        set(&mut self.values, key, value);
    }
}

impl ToolConfig {
    /// As [`ToolEntry::set`], for what belongs to no entry.
    pub(super) fn set(&mut self, key: &'static str, value: ToolValue) {
        set(&mut self.top, key, value);
    }

    /// The entry with this name, which is made if there is none.
    pub(super) fn entry(&mut self, name: &str) -> &mut ToolEntry {
        let at = self.entries.iter().position(|entry| entry.name == name).unwrap_or_else(|| {
            self.entries.push(ToolEntry::named(name));
            self.entries.len() - 1
        });
        &mut self.entries[at]
    }
}

fn set(values: &mut Vec<(&'static str, ToolValue)>, key: &'static str, value: ToolValue) {
    match values.iter_mut().find(|(known, _)| *known == key) {
        Some((_, known)) => *known = Err("stands there twice".to_owned()),
        None => values.push((key, value)),
    }
}
