//! The tests of the built binary.
