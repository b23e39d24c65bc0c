//! The tests of the built binary.

#![expect(unreachable_pub, reason = "the support is shared by all modules")]
#![expect(clippy::unwrap_used, clippy::expect_used, reason = "a test that cannot be set up fails")]

#[path = "../support/mod.rs"]
mod support;

mod commands;
mod fuzz;
mod memory;
mod sshd;
mod sweep;
mod tls;
