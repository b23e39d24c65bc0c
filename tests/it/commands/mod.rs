//! One module for each noun of `src/commands/`.

mod audit;
mod completion;
mod credentials;
mod delete;
mod hetzner;
mod listing;
mod login;
mod logout;
mod org;
mod ovh;
mod profile;
mod providers;
pub mod registry;
mod sandbox;
mod ssh_key;
mod status;
mod token;
