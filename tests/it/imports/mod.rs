//! `create --from-hcloud` and its like: what the providers' own tools have, stored at the platform.

mod doctl;
mod files;
mod hcloud;
mod ovh_conf;
mod tools;
#[cfg(target_os = "linux")]
mod upctl;

use std::path::PathBuf;

use serde_json::{Value, json};

use crate::support::{Env, FaultServer, Outcome, Run, id, unique, write_private};

/// How every secret begins.
const MARK: &str = "zq9";

/// A platform that stores what it is sent.
fn platform() -> FaultServer {
    let server = FaultServer::start();
    server.accept_everything(
        json!({"id": id(1), "name": "mine", "provider": "x", "valid": true, "success": true}),
    );
    server
}

/// `create` of `provider` with `flags`.
fn create(server: &FaultServer, env: &Env, provider: &str, flags: &str) -> Run {
    server.ankra(env, &format!("credentials {provider} create --name mine {flags}"))
}

/// What the platform was sent, once.
fn sent(server: &FaultServer) -> Value {
    let writes = server.writes();
    assert_eq!(writes.len(), 1, "{:?}", server.lines());
    writes[0].json()
}

/// Writes a file below HOME for its owner alone.
fn file(env: &Env, path: &str, text: impl AsRef<[u8]>) -> PathBuf {
    let path = env.home().join(path);
    write_private(&path, text);
    path
}

/// Fails unless `outcome` ended with `code` and says `texts`, nothing was sent, and no secret shows.
fn refused(outcome: &Outcome, server: &FaultServer, code: i32, texts: &[&str]) {
    assert_eq!(outcome.code, Some(code), "{outcome}");
    outcome.says(texts);
    assert!(!outcome.all().contains(MARK), "{outcome}");
    assert!(server.writes().is_empty(), "{:?}", server.lines());
}

/// A secret of `length` letters and digits.
fn secret(length: usize) -> String {
    unique(MARK, length)
}
