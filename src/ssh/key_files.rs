//! The two files of a key pair.

use std::{
    ffi::OsString,
    path::{Path, PathBuf},
};

use super::KeyPair;
use crate::{
    error::{Error, Result},
    files::{self, Created, Mode},
    secret::Secret,
};

/// A pair that was just written: the private key (0600), and the public key beside it with
/// `.pub` (0644). It can be taken back; nothing else is ever removed.
#[derive(Debug)]
pub struct KeyFiles {
    private: Created,
    public: Created,
}

impl KeyFiles {
    /// Fails if either file exists.
    pub fn ensure_free(private: &Path) -> Result<()> {
        files::ensure_free(private)?;
        files::ensure_free(&public_path(private))
    }

    /// Writes both files, exclusively and durably. Missing folders are made for the owner
    /// alone. If either file exists, nothing is written; if the second fails, the first is
    /// taken back.
    pub fn write(path: &Path, pair: &KeyPair, passphrase: Option<&Secret>) -> Result<Self> {
        Self::ensure_free(path)?;
        let openssh = pair.to_openssh(passphrase)?;
        files::create_parents(path)?;
        let private = files::create_new(path, openssh.as_bytes(), Mode::Private)?;
        let line = format!("{}\n", pair.public_key().to_line());
        match files::create_new(&public_path(path), line.as_bytes(), Mode::Public) {
            Ok(public) => Ok(Self { private, public }),
            Err(error) => Err(match private.undo() {
                Ok(()) => error,
                Err(left) => error.hint(format!("the private key is left in {}: {left}", path.display())),
            }),
        }
    }

    /// The private key's file.
    pub fn private(&self) -> &Path {
        self.private.path()
    }

    /// The public key's file.
    pub fn public(&self) -> &Path {
        self.public.path()
    }

    /// Removes both files, and those only.
    /// If one cannot be removed, the other is all the same.
    pub fn undo(self) -> Result<(), Error> {
        match (self.private.undo(), self.public.undo()) {
            (Err(private), Err(public)) => {
                Err(private.cause(&public).hint("the public key is left as well, and harms nobody"))
            }
            (private, public) => private.and(public),
        }
    }
}

fn public_path(private: &Path) -> PathBuf {
    let mut path = OsString::from(private);
    path.push(".pub");
    path.into()
}
