//! An embedded platform for trying and testing without an account.
