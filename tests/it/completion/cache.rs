//! The names that are kept for a minute.
