//! The settings file: read, never written.

use toml_edit::{Document, Item};

use super::Paths;
use crate::{
    error::{Error, Result},
    private_file,
};

/// The most that a settings file may hold.
pub(super) const LIMIT: u64 = 1 << 20;

/// What the settings file says.
#[derive(Debug, Default)]
pub(super) struct Config {
    pub(super) base_url: Option<String>,
    pub(super) org: Option<String>,
}

/// Reads it; `required` if the person named it.
pub(super) fn read(paths: &Paths, required: bool) -> Result<Config> {
    let Some(path) = paths.config() else { return Ok(Config::default()) };
    let unusable = || Error::usage(format!("the settings file {} cannot be used", path.display()));
    let Some(bytes) = private_file::read(path, LIMIT)? else {
        if required {
            return Err(unusable().cause("there is no such file"));
        }
        return Ok(Config::default());
    };
    let text = std::str::from_utf8(&bytes).map_err(|_| unusable().cause("it is not UTF-8"))?;
    let document = Document::parse(text).map_err(|error| unusable().cause(place(text, &error)))?;
    let mut config = Config::default();
    for (key, item) in document.iter() {
        let value = |item: &Item| {
            item.as_str().map(str::to_owned).ok_or_else(|| unusable().cause(format!("{key} is not a string")))
        };
        match key {
            "base-url" => config.base_url = Some(value(item)?),
            "org" => config.org = Some(value(item)?),
            _ => {
                return Err(unusable()
                    .cause(format!("it has an unknown key: {key}"))
                    .hint("the keys are base-url and org"));
            }
        }
    }
    Ok(config)
}

/// Where the text is broken; the parser's own message quotes it.
pub(super) fn place(text: &str, error: &toml_edit::TomlError) -> String {
    let start = error.span().map_or(0, |span| span.start).min(text.len());
    let before = text.as_bytes().get(..start).unwrap_or_default();
    format!("it is not TOML at line {}", before.split(|byte| *byte == b'\n').count())
}
