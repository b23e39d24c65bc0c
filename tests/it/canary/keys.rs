//! Passphrases and private keys: neither ever leaves this machine.

use std::fs;

use ankra::testing::{
    providers::ALL,
    secret::{Field, Shape},
};

use super::search::{accepting, bodies, clean, clean_terminal, loud, plain, tricky};
use crate::support::{Env, Outcome, Pty, Run, create_line, need};

/// Commands that encrypt a private key.
pub(super) fn encrypted() -> Vec<String> {
    let of_each = ALL
        .iter()
        .map(|provider| format!("credentials {} ssh-key create --name canary --generate", provider.slug));
    let others = [
        format!("credentials ssh-key create --name canary --provider {} --generate", ALL[0].slug),
        "credentials ssh-key generate --name canary".to_owned(),
    ];
    of_each.chain(others).collect()
}

/// Commands that take a private key, with the field for it; their other secrets come from a variable.
pub(super) fn brought() -> Vec<(String, &'static Field)> {
    let mut found = Vec::new();
    for provider in ALL {
        for field in provider.secrets.iter().filter(|field| field.shape == Shape::KeyFile) {
            let switch = field.group.and_then(|group| provider.switch_of(group)).unwrap();
            let others = provider.secrets.iter().filter(|other| other.name != field.name);
            let line = format!("{} --{} bastion", create_line(provider, "canary"), switch.name);
            found.push((
                others.fold(line, |line, other| line + &format!(" --{}-from env:OTHER", other.name)),
                field,
            ));
        }
    }
    found
}

#[test]
fn h84_a_private_key_that_is_brought_is_in_one_body_and_nowhere_else() {
    for (line, field) in brought() {
        for source in ["stdin", "file", "env", "command", "dry-run"] {
            let (env, canary) = (Env::new(), plain());
            let key = format!("-----BEGIN PRIVATE KEY-----\n{canary}\n-----END PRIVATE KEY-----\n");
            let (server, file) = (accepting(&canary), env.home().join("source"));
            fs::write(&file, &key).unwrap();
            let run = loud(server.ankra(&env, &line)).arg(format!("--{}-from", field.name));
            let run = match source {
                "stdin" => run.arg("stdin").stdin(key.as_str()),
                "env" => run.arg("env:CANARY").env("CANARY", &key),
                "command" => run.arg(format!("command:cat {}", file.display())),
                "file" => run.arg(format!("file:{}", file.display())),
                _ => run.arg(format!("file:{}", file.display())).arg("--dry-run"),
            };
            let outcome = run.ok();
            clean(&env, &outcome, &canary, std::slice::from_ref(&file));
            let bodies: Vec<_> = server.writes().into_iter().map(|request| request.json()).collect();
            let sent = bodies.iter().filter(|body| body[field.group.unwrap()][field.key()] == key).count();
            assert_eq!(sent, usize::from(source != "dry-run"), "{source}: {outcome}");
        }
    }
}

#[test]
fn h84_a_private_key_that_is_pasted_is_in_one_body_and_not_on_the_terminal() {
    for (line, field) in brought() {
        let (env, canary) = (Env::new(), plain());
        let key = format!("-----BEGIN PRIVATE KEY-----\n{canary}\n-----END PRIVATE KEY-----\n");
        let server = accepting(&canary);
        let mut pty = Pty::start(loud(server.ankra(&env, &line)));
        let paste = format!("\u{1b}[200~{}\u{1b}[201~\r", key.replace('\n', "\r"));
        pty.expect(&format!("Path of the {}: ", field.label)).expect_hidden().send(&paste).expect("received");
        let shown = pty.ok();
        clean_terminal(&env, &shown, &canary, &[]);
        let bodies: Vec<_> = server.writes().into_iter().map(|request| request.json()).collect();
        let sent = bodies.iter().filter(|body| body[field.group.unwrap()][field.key()] == key).count();
        assert_eq!(sent, 1, "{line}: {bodies:?}");
    }
}

/// Whether the key that was written opens with the passphrase alone.
fn opens(env: &Env, passphrase: &str) -> bool {
    let open = |with: &str| {
        let mut run = env.program(need("ssh-keygen", "openssh-client"));
        run.command.args(["-y", "-P", with, "-f"]).arg(env.home().join(".ssh/ankra_canary"));
        run.run().code == Some(0)
    };
    open(passphrase) && !open("")
}

#[test]
fn h84_a_passphrase_is_nowhere_at_all() {
    for line in encrypted() {
        for (source, format) in
            [("stdin", "table"), ("file", "json"), ("env", "yaml"), ("command", "wide"), ("prompt", "name")]
        {
            let env = Env::new();
            let passphrase = tricky();
            let server = accepting(&passphrase);
            let file = env.home().join("source");
            let run = loud(server.ankra(&env, &format!("{line} -o {format}"))).arg("--passphrase-from");
            if source == "prompt" {
                let mut pty = Pty::start(run.arg("prompt"));
                pty.expect("Passphrase: ").expect_hidden().send(&format!("{passphrase}\r"));
                pty.expect("Passphrase again: ").expect_hidden().send(&format!("{passphrase}\r"));
                let shown = pty.ok();
                clean_terminal(&env, &shown, &passphrase, &[]);
            } else {
                fs::write(&file, &passphrase).unwrap();
                let run: Run = match source {
                    "stdin" => run.arg("stdin").stdin(passphrase.as_str()),
                    "file" => run.arg(format!("file:{}", file.display())),
                    "env" => run.arg("env:CANARY").env("CANARY", &passphrase),
                    _ => run.arg(format!("command:cat {}", file.display())),
                };
                clean(&env, &run.ok(), &passphrase, &[file]);
            }
            assert_eq!(bodies(&server, "passphrase", &passphrase), 0, "{line}");
            assert!(opens(&env, &passphrase), "{line}: {source}");
        }
    }
}

/// The parts of a private key: each line of its file but those that every key has.
fn parts(key: &str) -> Vec<&str> {
    let body = key.lines().filter(|line| line.len() > 20 && !line.starts_with("---")).skip(2);
    let parts: Vec<&str> = body.collect();
    assert!(parts.len() > 1, "{key}");
    parts
}

#[test]
fn h84_a_private_key_is_in_its_file_and_nowhere_else() {
    for line in encrypted() {
        for format in super::FORMATS {
            let env = Env::new();
            let server = accepting(&plain());
            let outcome: Outcome = loud(server.ankra(&env, &format!("{line} -o {format}"))).ok();
            let path = env.home().join(".ssh/ankra_canary");
            let key = fs::read_to_string(&path).unwrap();
            for part in parts(&key) {
                assert!(!outcome.all().contains(part), "{outcome}");
                for file in env.files().into_iter().filter(|file| *file != path) {
                    let text = fs::read(&file).unwrap();
                    assert!(!String::from_utf8_lossy(&text).contains(part), "{}", file.display());
                }
                for request in server.requests() {
                    assert!(!String::from_utf8_lossy(&request.body).contains(part), "{line}");
                }
            }
        }
    }
}
