//! Helm and OCI registries: a user name and a password or token.

mod expiry;
mod forms;
pub mod logins;
mod preset;
mod presets;

pub use expiry::expiry_of;
pub use forms::{Judgement, Refusal};
pub use preset::{Preset, Username};
