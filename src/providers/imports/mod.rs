//! What the providers' own tools keep on this machine: where, and how it is read. Nothing here opens a file or
//! reads a variable.

mod config;
mod doctl;
mod hcloud;
mod ini;
mod ovh_conf;
mod tool;
mod upctl;

pub use config::{ADDRESS, ToolConfig, ToolValue, USED};
pub(super) use doctl::DOCTL;
pub(super) use hcloud::HCLOUD;
pub(super) use ovh_conf::OVH_CONF;
pub use tool::{Gives, Import, Scope, ToolFile, ToolVariable};
pub(super) use upctl::UPCTL;
