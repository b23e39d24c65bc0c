//! A real sshd lets in who holds a key that was made here, and nobody else.

use std::{
    fs,
    io::Read,
    net::TcpStream,
    os::unix::fs::PermissionsExt,
    path::{Path, PathBuf},
    process::{Child, Command, Stdio},
    thread,
    time::{Duration, Instant},
};

use crate::support::{Env, Outcome, PATIENCE, Port, need, unique};

/// An sshd on loopback that knows the keys in its `authorized` file.
struct Sshd {
    child: Child,
    dir: PathBuf,
    port: Port,
}

impl Sshd {
    fn start(env: &Env, authorized: &[&str]) -> Self {
        let sshd = need("sshd", "openssh-server");
        let dir = env.home().join("sshd");
        fs::create_dir(&dir).unwrap();
        let host_key = dir.join("host_key");
        let keygen = need("ssh-keygen", "openssh-client");
        let made = Command::new(keygen)
            .args(["-q", "-t", "ed25519", "-N", "", "-f"])
            .arg(&host_key)
            .status()
            .unwrap();
        assert!(made.success());
        fs::write(dir.join("authorized"), authorized.join("\n") + "\n").unwrap();
        if rustix::process::geteuid().is_root() {
            // sshd separates its privileges into this empty folder.
            fs::create_dir_all("/run/sshd").unwrap();
        }
        let port = Port::for_a_server();
        let config = dir.join("config");
        let text = format!(
            "ListenAddress 127.0.0.1\nPort {}\nHostKey {}\nAuthorizedKeysFile {}\nStrictModes no\nUsePAM no\n\
             PasswordAuthentication no\nKbdInteractiveAuthentication no\nPermitRootLogin yes\nPidFile none\n",
            port.number(),
            host_key.display(),
            dir.join("authorized").display(),
        );
        fs::write(&config, text).unwrap();
        let mut child = Command::new(sshd)
            .args(["-D", "-e", "-f"])
            .arg(&config)
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        let start = Instant::now();
        while TcpStream::connect(port.to_string()).is_err() {
            if child.try_wait().unwrap().is_some() || start.elapsed() > PATIENCE {
                let mut said = String::new();
                let _ = child.kill();
                child.stderr.take().unwrap().read_to_string(&mut said).unwrap();
                panic!("sshd does not start: {said}");
            }
            thread::sleep(Duration::from_millis(10));
        }
        Self { child, dir, port }
    }

    /// Signs in with the key in `file`, and with nothing else.
    fn login(&self, env: &Env, file: &Path, passphrase: Option<&str>) -> Outcome {
        let mut run = env.program(need("ssh", "openssh-client"));
        run.command.args(["-F", "none", "-i"]).arg(file);
        for option in [
            "IdentitiesOnly=yes",
            "IdentityAgent=none",
            "PreferredAuthentications=publickey",
            "StrictHostKeyChecking=no",
            "UserKnownHostsFile=/dev/null",
            "NumberOfPasswordPrompts=1",
        ] {
            run.command.args(["-o", option]);
        }
        if let Some(passphrase) = passphrase {
            let askpass = self.dir.join("askpass");
            fs::write(&askpass, "#!/bin/sh\ncat \"$(dirname \"$0\")/passphrase\"\n").unwrap();
            fs::set_permissions(&askpass, fs::Permissions::from_mode(0o700)).unwrap();
            fs::write(self.dir.join("passphrase"), passphrase).unwrap();
            run = run.env("SSH_ASKPASS", askpass).env("SSH_ASKPASS_REQUIRE", "force");
        } else {
            run.command.args(["-o", "BatchMode=yes"]);
        }
        let port = self.port.number().to_string();
        run.arg("-p").arg(&port).arg("127.0.0.1").arg("echo let-in").run()
    }
}

impl Drop for Sshd {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

fn is_in(outcome: &Outcome) -> bool {
    outcome.code == Some(0) && outcome.stdout.trim() == "let-in"
}

#[test]
fn a_key_that_was_made_here_opens_a_real_sshd() {
    let env = Env::new();
    env.line("--sandbox credentials hetzner ssh-key create --name my-key --generate").ok();
    env.line("credentials ssh-key generate --name stranger").ok();
    let file = |name: &str| env.home().join(".ssh").join(format!("ankra_{name}"));
    let public = fs::read_to_string(file("my-key.pub")).unwrap();
    let sshd = Sshd::start(&env, &[public.trim()]);
    let outcome = sshd.login(&env, &file("my-key"), None);
    assert!(is_in(&outcome), "{outcome}");
    let outcome = sshd.login(&env, &file("stranger"), None);
    assert!(!is_in(&outcome), "{outcome}");
}

#[test]
fn a_key_with_a_passphrase_opens_it_with_that_passphrase_only() {
    let env = Env::new();
    let passphrase = unique("correct horse ", 30);
    let private = env.work().join("deploy");
    env.line("credentials ssh-key generate --passphrase-from env:PASS --private-key-file")
        .arg(&private)
        .env("PASS", &passphrase)
        .ok();
    let public = fs::read_to_string(env.work().join("deploy.pub")).unwrap();
    let sshd = Sshd::start(&env, &[public.trim()]);
    let outcome = sshd.login(&env, &private, Some(&passphrase));
    assert!(is_in(&outcome), "{outcome}");
    for wrong in [None, Some("wrong")] {
        let outcome = sshd.login(&env, &private, wrong);
        assert!(!is_in(&outcome), "{outcome}");
    }
}
