//! The two files of a key pair.

use std::{
    ffi::OsString,
    path::{Path, PathBuf},
    rc::Rc,
};

use super::KeyPair;
use crate::{
    error::{Error, Result},
    files::{self, Created, Folder, Mode},
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

    /// Writes both files, exclusively and durably, through one opening of their folder. Missing folders are
    /// made for the owner alone. If either file exists, nothing is written; if the second fails, or the path
    /// leads elsewhere by then, the first is taken back. `tell` gets what the file system cannot do.
    pub fn write(
        path: &Path,
        pair: &KeyPair,
        passphrase: Option<&Secret>,
        tell: &dyn Fn(&str),
    ) -> Result<Self> {
        Self::ensure_free(path)?;
        let openssh = pair.to_openssh(passphrase)?;
        files::create_parents(path)?;
        let folder = Rc::new(Folder::holding(path)?);
        let private = files::create_in(&folder, path, openssh.as_bytes(), Mode::Private, tell)?;
        let line = format!("{}\n", pair.public_key().to_line());
        let public = match files::create_in(&folder, &public_path(path), line.as_bytes(), Mode::Public, tell)
        {
            Ok(public) => public,
            Err(error) => {
                return Err(match private.undo() {
                    Ok(()) => error,
                    Err(left) => error.hint(format!("the private key is left in {}: {left}", path.display())),
                });
            }
        };
        let files = Self { private, public };
        if files.private.is_in_place() && files.public.is_in_place() {
            return Ok(files);
        }
        let error = Error::failure(format!("cannot write {}", path.display()))
            .cause("its folder was replaced by another meanwhile");
        Err(match files.undo() {
            Ok(()) => error.hint("nothing is left of the key; find out who did that, then try again"),
            Err(left) => error.hint(format!("the key may be left in the folder that was moved away: {left}")),
        })
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
