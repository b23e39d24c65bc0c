//! SSH keys: pairs made here, public keys checked here.
//!
//! ssh-key encodes and parses; `files` alone writes.

mod key_files;
mod key_line;
mod key_pair;
mod private_key;
mod public_key;
mod trace;

#[cfg(test)]
mod openssh_tests;

pub use key_files::KeyFiles;
pub use key_line::KeyLine;
pub use key_pair::KeyPair;
pub use private_key::private_key_form;
pub use public_key::PublicKey;
pub use trace::leaving_no_trace;
