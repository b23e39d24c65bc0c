//! The tests of the built binary.

#![expect(unreachable_pub, reason = "the support is shared by all modules")]
#![expect(clippy::needless_pass_by_value, reason = "a command that was run is spent")]
#![expect(clippy::unwrap_used, clippy::expect_used, reason = "a test that cannot be set up fails")]

#[path = "../support/mod.rs"]
mod support;

mod answers;
mod arguments;
mod asked;
mod canary;
mod catalogue;
mod chromium;
mod cloud_check;
mod commands;
mod completion;
mod containers;
mod elsewhere;
mod encodings;
mod errors;
mod file_faults;
mod file_systems;
mod first_use;
mod forgery;
mod fuzz;
mod gaps;
mod generated;
mod harness;
mod help;
mod imports;
#[cfg(target_os = "linux")]
mod keychain;
mod layers;
mod man;
mod memory;
mod msrv;
mod narrow;
mod network;
mod output;
mod ovh;
mod pasted;
mod places;
mod printed;
mod profiles;
mod programs;
mod prompts;
mod proxies;
mod readme;
mod registry_check;
mod registry_import;
mod release;
mod requests;
mod routes;
mod settings;
mod setup;
mod small_files;
mod sparing;
mod sshd;
mod surroundings;
mod sweep;
mod tls;
mod trust;
mod variables;
mod waiting;
mod ways;
mod wire;
