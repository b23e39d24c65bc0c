//! Where a provider's own tool keeps its configuration, and what variables say in its place.

use std::{
    env,
    ffi::OsString,
    path::{Path, PathBuf},
};

use crate::{
    error::{Error, Result},
    files::home,
    providers::{Gives, Import, ToolFile, ToolVariable},
    secret::Secret,
};

/// What the environment says of a tool.
#[derive(Debug)]
pub struct ToolPlaces {
    /// Its files, which need not exist.
    pub files: Vec<PathBuf>,
    /// The variable that names the only one.
    pub named_by: Option<&'static str>,
    /// The variables that hold more than blanks.
    variables: Vec<(&'static ToolVariable, Secret)>,
    home: Option<PathBuf>,
}

impl ToolPlaces {
    /// Reads the variables of this process.
    ///
    /// # Errors
    /// Usage, if one is not UTF-8; failure, if a file is below the home directory and there is none.
    pub fn of_process(import: &'static Import) -> Result<Self> {
        Self::found(import, &|name| env::var_os(name), home())
    }

    fn found(
        import: &'static Import,
        variable: &dyn Fn(&str) -> Option<OsString>,
        home: Option<PathBuf>,
    ) -> Result<Self> {
        let set = |name: &str| variable(name).filter(|value| !value.is_empty());
        let mut named = None;
        let mut variables = Vec::new();
        for one in import.variables {
            let Some(value) = set(one.name) else { continue };
            if one.gives == Gives::File {
                named = Some((one.name, PathBuf::from(value)));
                continue;
            }
            let text = value.into_string();
            let text = text.map_err(|_| Error::usage(format!("{} is not valid UTF-8", one.name)))?;
            if !text.trim().is_empty() {
                variables.push((one, Secret::new(text)));
            }
        }
        let named_by = named.as_ref().map(|(name, _)| *name);
        let mut files: Vec<PathBuf> = match named {
            Some((_, path)) => vec![std::path::absolute(&path).unwrap_or(path)],
            None => import.files.iter().filter_map(|file| place(*file, &set, home.as_deref())).collect(),
        };
        files.dedup();
        if files.is_empty() && variables.is_empty() {
            return Err(super::paths::no_home());
        }
        Ok(Self { files, named_by, variables, home })
    }

    /// The value of the first variable that is set and gives `gives`, and its name.
    pub fn given(&self, gives: Gives) -> Option<(&'static str, &Secret)> {
        self.variables.iter().find(|(one, _)| one.gives == gives).map(|(one, value)| (one.name, value))
    }

    /// The value of the variable `name`.
    pub fn variable(&self, name: &str) -> Option<&Secret> {
        self.variables.iter().find(|(one, _)| one.name == name).map(|(_, value)| value)
    }

    /// A path as a person writes it: `~` for the home directory.
    pub fn shown(&self, path: &Path) -> String {
        let below = self.home.as_ref().and_then(|home| path.strip_prefix(home).ok());
        below.map_or_else(|| path.display().to_string(), |below| format!("~/{}", below.display()))
    }
}

/// Where `file` is. A folder that a variable names counts where it is absolute.
fn place(file: ToolFile, set: &dyn Fn(&str) -> Option<OsString>, home: Option<&Path>) -> Option<PathBuf> {
    match file {
        ToolFile::At(path) => Some(path.into()),
        ToolFile::Here(path) => std::path::absolute(path).ok(),
        ToolFile::Home(path) => home.map(|home| home.join(path)),
        ToolFile::Settings(path) if cfg!(target_os = "macos") => {
            own_settings(home).map(|folder| folder.join(path))
        }
        ToolFile::Settings(path) | ToolFile::Xdg(path) => {
            let xdg = set("XDG_CONFIG_HOME").map(PathBuf::from).filter(|folder| folder.is_absolute());
            xdg.or_else(|| own_settings(home)).map(|folder| folder.join(path))
        }
    }
}

/// The folder of settings where no variable names one.
fn own_settings(home: Option<&Path>) -> Option<PathBuf> {
    let folder = if cfg!(target_os = "macos") { "Library/Application Support" } else { ".config" };
    home.map(|home| home.join(folder))
}
