//! Where files are.

use std::path::{Path, PathBuf};

use directories::ProjectDirs;

use crate::{
    error::{Error, Result},
    files,
};

/// Where this program keeps its files. A home directory that is unset, empty or relative counts as none, so
/// that no file lands in the working directory.
#[derive(Clone, Debug)]
pub struct Paths {
    home: Option<PathBuf>,
    data: Option<PathBuf>,
    cache: Option<PathBuf>,
    config_file: Option<PathBuf>,
}

impl Paths {
    /// Finds the folders: the usual ones of the system, or that of the settings file that was named.
    ///
    /// # Errors
    /// Usage, if the named settings file has no folder.
    pub(super) fn find(config: Option<&Path>) -> Result<Self> {
        let absolute = |path: &Path| path.is_absolute().then(|| path.to_owned());
        let project = ProjectDirs::from("app", "ankra", "ankra");
        let config_file = match config {
            Some(path) => Some(
                std::path::absolute(files::expanded(path))
                    .map_err(|error| Error::usage("cannot find --config").cause(error))?,
            ),
            None => project
                .as_ref()
                .and_then(|dirs| absolute(dirs.config_dir()))
                .map(|dir| dir.join("config.toml")),
        };
        Ok(Self {
            home: files::home(),
            data: project.as_ref().and_then(|dirs| absolute(dirs.data_local_dir())),
            cache: project.as_ref().and_then(|dirs| absolute(dirs.cache_dir())),
            config_file,
        })
    }

    pub fn home(&self) -> Option<&Path> {
        self.home.as_deref()
    }

    /// The settings file, which is only ever read.
    pub fn config(&self) -> Option<&Path> {
        self.config_file.as_deref()
    }

    /// The file that holds the saved token, beside the settings file.
    ///
    /// # Errors
    /// Failure, if there is no home directory.
    pub fn login(&self) -> Result<PathBuf> {
        self.config_file.as_ref().map(|path| path.with_file_name("login.toml")).ok_or_else(no_home)
    }

    /// The sandbox's folder.
    ///
    /// # Errors
    /// Failure, if there is no home directory.
    pub fn sandbox(&self) -> Result<PathBuf> {
        self.data.as_ref().map(|dir| dir.join("sandbox")).ok_or_else(no_home)
    }

    /// The cache folder, if there is a home directory.
    pub fn cache(&self) -> Option<&Path> {
        self.cache.as_deref()
    }

    /// The file with the expiries of secrets, if there is a home directory.
    pub fn expiries(&self) -> Option<PathBuf> {
        self.data.as_ref().map(|dir| dir.join("expiries.json"))
    }

    /// The folder of the person's SSH keys.
    ///
    /// # Errors
    /// Failure, if there is no home directory.
    pub fn ssh(&self) -> Result<PathBuf> {
        self.home.as_ref().map(|home| home.join(".ssh")).ok_or_else(no_home)
    }
}

/// A path as a file manager or another command line gives it: in quotes, with `\` before blanks, behind `file:`.
pub fn unquoted_path(text: &str) -> PathBuf {
    let text = text.trim();
    if Path::new(text).exists() {
        return text.into();
    }
    let word = unquoted(text).unwrap_or_else(|| text.to_owned());
    let url = word.strip_prefix("file://").and_then(|_| url::Url::parse(&word).ok()?.to_file_path().ok());
    url.unwrap_or_else(|| word.strip_prefix("file:").unwrap_or(&word).into())
}

/// `word` as a shell reads it; `None`: a quote is not closed.
fn unquoted(word: &str) -> Option<String> {
    let (mut plain, mut quote) = (String::new(), None);
    let mut chars = word.chars();
    while let Some(c) = chars.next() {
        match (c, quote) {
            ('\'' | '"', None) => quote = Some(c),
            (c, Some(open)) if c == open => quote = None,
            ('\\', None | Some('"')) => plain.extend(chars.next()),
            (c, _) => plain.push(c),
        }
    }
    quote.is_none().then_some(plain)
}

pub(super) fn no_home() -> Error {
    Error::failure("cannot tell where your files belong")
        .cause("there is no home directory")
        .hint("set HOME to an absolute path")
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::unquoted_path;

    #[test]
    fn h96_a_path_is_understood_as_it_is_dragged_or_copied() {
        for (given, path) in [
            ("key.json", "key.json"),
            (" '/a b/key.json' ", "/a b/key.json"),
            ("\"/a b/key.json\"", "/a b/key.json"),
            ("\"/a \\\"b\\\"\"", "/a \"b\""),
            ("/a\\ b/key\\(1\\).json", "/a b/key(1).json"),
            ("'/it'\\''s'", "/it's"),
            ("/a b/key.json", "/a b/key.json"),
            ("/it's", "/it's"),
            ("~/key.json", "~/key.json"),
            ("file:key.json", "key.json"),
            ("file:'/a b'", "/a b"),
            ("file:///a%20b/key.json", "/a b/key.json"),
            ("file:~/key.json", "~/key.json"),
        ] {
            assert_eq!(unquoted_path(given), Path::new(path), "{given}");
        }
    }
}
