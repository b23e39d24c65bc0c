//! `ankra credentials registry create --from-docker`: logins of other tools, stored at the platform.

mod choice;
mod files;
mod helpers;
mod places;
mod target;
mod tools;

use std::{
    fs,
    os::unix::fs::PermissionsExt,
    path::{Path, PathBuf},
};

use base64ct::{Base64, Encoding};
use serde_json::{Value, json};

use crate::support::{Env, FaultServer, Outcome, Run, id, write_private};

/// A platform that stores what it is sent.
fn platform() -> FaultServer {
    let server = FaultServer::start();
    server.accept_everything(json!({
        "id": id(1), "name": "mine", "provider": "registry", "valid": true, "success": true,
    }));
    server
}

/// `create` with `flags`, where no login is found that this test did not make.
fn create(server: &FaultServer, env: &Env, flags: &str) -> Run {
    at_home(server.ankra(env, &format!("credentials registry create --name mine {flags}")), env)
}

/// Without an `XDG_RUNTIME_DIR` a file outside HOME would be looked at.
fn at_home(run: Run, env: &Env) -> Run {
    run.env("XDG_RUNTIME_DIR", env.home().join("run"))
}

/// The user name and the password that the platform was sent, once.
fn sent(server: &FaultServer) -> (String, String) {
    let writes = server.writes();
    assert_eq!(writes.len(), 1, "{:?}", server.lines());
    let body = writes[0].json();
    let text = |key: &str| body[key].as_str().unwrap().to_owned();
    (text("username"), text("password"))
}

fn pair(user: &str, password: &str) -> (String, String) {
    (user.to_owned(), password.to_owned())
}

/// `auth` as docker writes it.
fn auth(user: &str, password: &str) -> Value {
    json!({ "auth": Base64::encode_string(format!("{user}:{password}").as_bytes()) })
}

/// Docker's file, for its owner alone.
fn docker_file(env: &Env, content: &Value) -> PathBuf {
    let path = env.home().join(".docker/config.json");
    write_private(&path, content.to_string());
    path
}

/// Puts the helper `docker-credential-NAME`, which does `script`, into a folder; gives the folder.
fn helper(env: &Env, name: &str, script: &str) -> PathBuf {
    let folder = env.home().join("bin");
    fs::create_dir_all(&folder).unwrap();
    let path = folder.join(format!("docker-credential-{name}"));
    fs::write(&path, format!("#!/bin/sh\n{script}\n")).unwrap();
    fs::set_permissions(&path, fs::Permissions::from_mode(0o755)).unwrap();
    folder
}

/// `run` with `folder` before what is in PATH.
fn with_path(run: Run, folder: &Path) -> Run {
    let path = std::env::var("PATH").unwrap();
    run.env("PATH", format!("{}:{path}", folder.display()))
}

/// Fails unless `outcome` ended with `code` and says `texts`, nothing was sent, and `secret` shows nowhere.
fn refused(outcome: &Outcome, server: &FaultServer, code: i32, secret: &str, texts: &[&str]) {
    assert_eq!(outcome.code, Some(code), "{outcome}");
    outcome.says(texts);
    assert!(!outcome.all().contains(secret), "{outcome}");
    let encoded = Base64::encode_string(secret.as_bytes());
    assert!(!outcome.all().contains(&encoded[..encoded.len() - 4]), "{outcome}");
    assert!(server.writes().is_empty(), "{:?}", server.lines());
}
