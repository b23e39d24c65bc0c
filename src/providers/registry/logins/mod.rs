//! The logins at registries that other tools left on this machine: the format of their files and
//! of what their helpers answer, and which login is meant by a host.
//!
//! The format is docker's `config.json`; podman, skopeo, oras and helm share it
//! (containers-auth.json(5)). Nothing here reads a file or runs a program.

mod config;
mod helper;
mod host;
mod kept;

pub use config::{DockerConfig, FileEntry};
pub use helper::{read_answer, read_list};
pub use host::RegistryHost;
pub use kept::{Kept, Login};
