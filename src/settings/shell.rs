//! Where the shells of this user look for their files.

use std::{env, path::PathBuf};

use super::paths::no_home;
use crate::{error::Result, files::home};

/// Where a shell keeps its files, from the environment. A variable that is not an absolute path counts as
/// unset.
#[derive(Clone, Debug)]
pub struct ShellPlaces {
    /// The user's shell, as `SHELL` names it.
    pub shell: Option<String>,
    pub home: PathBuf,
    /// `XDG_DATA_HOME`, or its default.
    pub data: PathBuf,
    /// `XDG_CONFIG_HOME`, or its default.
    pub config: PathBuf,
    /// `ZDOTDIR`, or the home directory.
    pub zsh: PathBuf,
    /// `BASH_COMPLETION_USER_DIR`, where it is set: the first of its folders.
    pub bash: Option<PathBuf>,
}

impl ShellPlaces {
    /// Finds them.
    ///
    /// # Errors
    /// Failure, if there is no home directory.
    pub fn of_process() -> Result<Self> {
        let absolute = |name: &str| env::var_os(name).map(PathBuf::from).filter(|path| path.is_absolute());
        let home = home().ok_or_else(no_home)?;
        let name = |path: PathBuf| Some(path.file_name()?.to_str()?.to_owned());
        let bash = env::var_os("BASH_COMPLETION_USER_DIR")
            .and_then(|paths| env::split_paths(&paths).next())
            .filter(|path| path.is_absolute());
        Ok(Self {
            shell: env::var_os("SHELL").map(PathBuf::from).and_then(name),
            // The shells look there on every system, macOS too.
            data: absolute("XDG_DATA_HOME").unwrap_or_else(|| home.join(".local/share")),
            config: absolute("XDG_CONFIG_HOME").unwrap_or_else(|| home.join(".config")),
            zsh: absolute("ZDOTDIR").unwrap_or_else(|| home.clone()),
            bash,
            home,
        })
    }
}
