//! A real registry that asks for a user name and a password, to sign in at.

use std::{
    ffi::OsStr,
    fs,
    io::{BufRead, BufReader, Write},
    path::Path,
    process::{Command, Stdio},
    sync::mpsc,
    thread,
};

use rustix::process::geteuid;
use tempfile::TempDir;

use super::{Ended, Env, PATIENCE, Run, need};

/// Debian's `docker-registry` on a free port of loopback, for as long as this lives.
pub struct LoginRegistry {
    _child: Ended,
    /// `127.0.0.1:PORT`
    pub host: String,
    user: String,
    password: String,
    _folder: TempDir,
}

impl LoginRegistry {
    /// Starts it with one account.
    pub fn start(user: &str, password: &str) -> Self {
        let folder = TempDir::new().unwrap();
        let config = folder.path().join("config.yml");
        let accounts = folder.path().join("accounts");
        fs::write(&accounts, account(user, password)).unwrap();
        let text = format!(
            "version: 0.1\nstorage: {{inmemory: {{}}}}\nhttp: {{addr: \"127.0.0.1:0\"}}\n\
             auth: {{htpasswd: {{realm: test, path: {}}}}}\n",
            accounts.display()
        );
        fs::write(&config, text).unwrap();
        let (child, host) = serve(&config);
        Self { _child: child, host, user: user.into(), password: password.into(), _folder: folder }
    }

    /// `tool login` at `place`, this registry or a part of it, which writes what `file` names, or what
    /// the tool does by itself.
    pub fn login(&self, env: &Env, tool: &str, place: &str, file: Option<&Path>) {
        assert!(place.starts_with(&self.host));
        let program = || env.program(need(tool, tool)).env("XDG_RUNTIME_DIR", env.home().join("run"));
        let mut run = program();
        run.command.args(["login", "--tls-verify=false", "--username", &self.user, "--password-stdin"]);
        if let Some(file) = file {
            run.command.arg("--authfile").arg(file);
        }
        run.arg(place).stdin(self.password.as_str()).ok();
        if tool == "podman" && !geteuid().is_root() {
            // An ordinary user's podman leaves a process behind that keeps its user namespace; this ends it.
            program().arg("system").arg("migrate").ok();
        }
    }

    /// `docker login`, which signs in by itself where no daemon answers. It keeps the login in `pass`
    /// where it finds that in `path`, else in its file.
    pub fn docker_login(&self, env: &Env, path: impl AsRef<OsStr>) -> Run {
        let docker = need("docker", "docker.io (Debian 13 and later: docker-cli)");
        let mut run = env.program(docker).env("DOCKER_HOST", "unix:///nonexistent").env("PATH", path);
        run.command.args(["login", "--username", &self.user, "--password-stdin", &self.host]);
        run.stdin(self.password.as_str())
    }

    /// Whether the registry lets them in.
    pub fn accepts(&self, env: &Env, user: &str, password: &str) -> bool {
        let mut curl = env.program(need("curl", "curl"));
        let user = format!("{user}:{password}");
        curl.command.args(["-s", "-o", "/dev/null", "-w", "%{http_code}", "-u", &user]);
        let status = curl.arg(format!("http://{}/v2/", self.host)).ok().stdout;
        assert!(["200", "401"].contains(&status.as_str()), "{status}");
        status == "200"
    }
}

/// The account's line in the form of Apache, with bcrypt of the least cost.
fn account(user: &str, password: &str) -> Vec<u8> {
    let mut child = Command::new(need("htpasswd", "apache2-utils"))
        .args(["-niB", "-C", "4", user])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    child.stdin.take().unwrap().write_all(password.as_bytes()).unwrap();
    let output = child.wait_with_output().unwrap();
    assert!(output.status.success());
    output.stdout
}

/// The registry says on which port it listens.
fn serve(config: &Path) -> (Ended, String) {
    let child = Command::new(need("docker-registry", "docker-registry"))
        .arg("serve")
        .arg(config)
        .env_clear()
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let mut child = Ended(child);
    let stderr = BufReader::new(child.stderr.take().unwrap());
    let (tell, told) = mpsc::channel();
    thread::spawn(move || {
        // To its end: the registry must not wait for a reader.
        for line in stderr.lines().map_while(Result::ok) {
            if let Some((_, rest)) = line.split_once("listening on ") {
                let host: String =
                    rest.chars().take_while(|c| c.is_ascii_digit() || ".:".contains(*c)).collect();
                let _ = tell.send(host);
            }
        }
    });
    let host = told.recv_timeout(PATIENCE);
    (child, host.unwrap_or_else(|error| panic!("the registry does not listen: {error}")))
}
