//! The system's keychain: gnome-keyring as it is, one that answers as none should, a mute bus, and none.

mod logins;
mod unable;

use std::fs;

use crate::support::{Env, Platform, Run};

const LOCKED: &str = "the system's keychain is locked, and was not unlocked";
const SILENT: &str = "the system's keychain did not answer within 3 seconds";

/// `line` at `platform`, without a token.
fn at(env: &Env, platform: &Platform, line: &str) -> Run {
    env.line(line).env("ANKRA_BASE_URL", &platform.url)
}

/// Signs in with the administrator's token.
fn login(env: &Env, platform: &Platform, options: &str) -> Run {
    at(env, platform, &format!("login --with-token {options}")).stdin(platform.admin.as_str())
}

/// The text of the file of logins.
fn saved(env: &Env) -> String {
    fs::read_to_string(env.login_file()).unwrap_or_default()
}

fn holds(bytes: &[u8], text: &str) -> bool {
    bytes.windows(text.len()).any(|window| window == text.as_bytes())
}
