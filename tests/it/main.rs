//! The tests of the built binary.

#![expect(clippy::unwrap_used, clippy::expect_used, reason = "a test that cannot be set up fails")]

mod arguments;
mod generated;
mod layers;
mod msrv;
