//! The settings file: read, never written.

use std::collections::BTreeMap;

use toml_edit::{Document, Item};

use super::{Paths, Profile};
use crate::{
    error::{Error, Result},
    files,
};

/// The largest size of a settings file, in bytes.
pub(super) const LIMIT: usize = 1 << 20;

/// The content of the settings file.
#[derive(Debug, Default)]
pub(super) struct Config {
    /// The settings without a profile.
    pub(super) own: Section,
    /// The settings of each profile, by name.
    pub(super) profiles: BTreeMap<String, Section>,
}

/// The settings of one profile.
#[derive(Debug, Default)]
pub(super) struct Section {
    pub(super) base_url: Option<String>,
    pub(super) org: Option<String>,
    /// A command that prints the API token.
    pub(super) token_command: Option<String>,
}

/// Reads the settings file. It must exist if it is `required`, because the person named it.
pub(super) fn read(paths: &Paths, required: bool) -> Result<Config> {
    let Some(path) = paths.config() else { return Ok(Config::default()) };
    let unusable = || Error::usage(format!("the settings file {} cannot be used", path.display()));
    let Some(mut bytes) = files::read(path, LIMIT)? else {
        if required {
            return Err(unusable().cause("there is no such file"));
        }
        return Ok(Config::default());
    };
    let text = files::commented_text(&mut bytes, files::behind_hash);
    let text = text.map_err(|why| unusable().because(why))?;
    let document = Document::parse(text).map_err(|error| unusable().cause(place(text, &error)))?;
    let mut config = Config::default();
    for (key, item) in document.iter() {
        if key != "profiles" {
            set(&mut config.own, key, item, &unusable)?;
            continue;
        }
        let tables = item.as_table_like().ok_or_else(|| unusable().cause("profiles is not a table"))?;
        for (name, item) in tables.iter() {
            if name == Profile::DEFAULT {
                return Err(unusable()
                    .cause(format!("profiles.{name} is not a profile"))
                    .hint("settings that apply without a profile stand above all tables"));
            }
            let table = item
                .as_table_like()
                .ok_or_else(|| unusable().cause(format!("profiles.{name} is not a table")))?;
            let section = config.profiles.entry(name.to_owned()).or_default();
            table.iter().try_for_each(|(key, item)| set(section, key, item, &unusable))?;
        }
    }
    Ok(config)
}

fn set(section: &mut Section, key: &str, item: &Item, unusable: &dyn Fn() -> Error) -> Result<()> {
    let place = match key {
        "base-url" => &mut section.base_url,
        "org" => &mut section.org,
        "token-command" => &mut section.token_command,
        _ => {
            return Err(unusable().cause(format!("it has an unknown key: {key}")).hint(
                "the keys are base-url, org and token-command, and the same in tables [profiles.NAME]",
            ));
        }
    };
    let text = item.as_str().ok_or_else(|| unusable().cause(format!("{key} is not a string")))?;
    *place = Some(text.to_owned());
    Ok(())
}

/// Says where the text is broken. The parser's own message would quote it.
pub(super) fn place(text: &str, error: &toml_edit::TomlError) -> String {
    let start = error.span().map_or(0, |span| span.start).min(text.len());
    let before = text.as_bytes().get(..start).unwrap_or_default();
    format!("it is not TOML at line {}", before.split(|byte| *byte == b'\n').count())
}
