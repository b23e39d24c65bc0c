//! `ankra credentials ssh-key`, and the `ssh-key` commands of each provider

mod files;
mod fingerprints;

use std::fs;

use ankra::testing::providers::{ALL, Provider};
use base64ct::{Base64, Encoding};
use serde_json::json;

use crate::support::{Answer, End, Env, FaultServer, Pty, hetzner_token, id, need, unique};

const KEY: &str = "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIJdD7y3aLq454yWBdwLWbieU1ebz9/cu7/QEXn9OIeZJ me@host";
const GENERATE: &str = "--sandbox credentials hetzner ssh-key create --name my-key --generate";

/// Names of the SSH keys that the sandbox holds.
fn stored(env: &Env) -> String {
    env.line("--sandbox credentials ssh-key list -o name").ok().stdout
}

#[test]
fn the_guide_s_public_key_is_stored_as_it_is() {
    let env = Env::new();
    let file = env.home().join("id.pub");
    fs::write(&file, format!("{KEY}\n")).unwrap();
    let sources = [KEY.to_owned(), "-".to_owned(), format!("@{}", file.display()), "@~/id.pub".to_owned()];
    for (number, source) in sources.iter().enumerate() {
        for Provider { slug: provider, .. } in ALL {
            let name = format!("key-{number}-{provider}");
            let run = env.ankra([
                "--sandbox",
                "credentials",
                provider,
                "ssh-key",
                "create",
                "--name",
                &name,
                "-ojson",
                "--public-key",
                source,
            ]);
            assert_eq!(run.stdin(KEY).ok().json()["public_key"], KEY, "{source}");
        }
    }
    assert!(!env.home().join(".ssh").exists(), "no file is written for a key that was brought");
}

#[test]
fn what_is_no_public_key_is_refused_with_the_reason() {
    let env = Env::new();
    let secret = env.line("credentials ssh-key generate --private-key-file - --name x -q").ok().stdout;
    let body = secret.lines().nth(1).unwrap().to_owned();
    let table = [
        (secret.clone(), "private key"),
        (format!("no-pty {KEY}"), "known type"),
        (format!("{KEY}\n{KEY}"), "several lines"),
        ("ssh-dss AAAA".to_owned(), "DSA"),
        (String::new(), "empty"),
        ("hello".to_owned(), "known type"),
    ];
    for (text, reason) in table {
        let line = "--sandbox credentials hetzner ssh-key create --name my-key --public-key -";
        let outcome = env.line(line).stdin(text).fails(2);
        outcome.says(&["not a public key", reason]);
        assert!(!outcome.all().contains(&body), "{outcome}");
    }
    assert_eq!(stored(&env), "");
}

#[test]
fn a_passphrase_encrypts_the_private_key() {
    let env = Env::new();
    let passphrase = unique("correct horse", 30);
    let path = env.work().join("key");
    let readable = |with: &str| {
        let mut run = env.program(need("ssh-keygen", "openssh-client"));
        run.command.args(["-y", "-P", with, "-f"]).arg(&path);
        run.run().code == Some(0)
    };
    let line = "credentials ssh-key generate --private-key-file key --passphrase-from stdin -o json";
    assert_eq!(env.line(line).stdin(passphrase.as_str()).ok().json()["encrypted"], true);
    assert!(readable(&passphrase) && !readable("") && !readable("wrong"));
    // ssh-keygen reads any cost: a new one makes 24 rounds.
    let text = fs::read_to_string(&path).unwrap();
    let body: String = text.lines().filter(|line| !line.starts_with('-')).collect();
    let bytes = Base64::decode_vec(&body).unwrap();
    let kdf =
        [b"\0\0\0\x0aaes256-ctr\0\0\0\x06bcrypt\0\0\0\x18\0\0\0\x10".as_slice(), &bytes[47..63]].concat();
    assert_eq!(bytes[15..63], kdf, "cipher, derivation, and a salt of 16 bytes");
    assert_eq!(bytes[63..67], 24_u32.to_be_bytes());
    fs::remove_file(&path).unwrap();
    fs::remove_file(env.work().join("key.pub")).unwrap();

    let mut pty = Pty::start(env.line("credentials ssh-key generate --private-key-file key --passphrase"));
    for answer in ["another one", passphrase.as_str()] {
        pty.expect("Passphrase: ").expect_hidden().send(&format!("{passphrase}\r"));
        pty.expect("Passphrase again: ").expect_hidden().send(&format!("{answer}\r"));
    }
    let shown = pty.ok();
    assert!(!shown.contains(&passphrase), "{shown}");
    assert!(readable(&passphrase) && !readable(""));
}

#[test]
fn generate_makes_no_request() {
    let env = Env::new();
    let server = FaultServer::start();
    server.ankra(&env, "credentials ssh-key generate --name local").ok();
    assert!(server.requests().is_empty());
    assert!(env.home().join(".ssh/ankra_local").exists());
    env.line("credentials ssh-key generate").fails(2);
}

#[test]
fn the_provider_is_asked_for_or_named() {
    let env = Env::new();
    let line = "--sandbox credentials ssh-key create --name my-key --generate";
    let slugs: Vec<&str> = ALL.iter().map(|provider| provider.slug).collect();
    env.line(line).fails(2).says(&["--provider"]).says(&slugs);
    let mut pty = Pty::start(env.line(line));
    pty.expect("Provider whose servers get the key").expect("OVH").send("\u{1b}[B\r");
    pty.ok();
    let listed = env.line("--sandbox credentials ssh-key list -o json").ok().json();
    assert_eq!((&listed[0]["name"], &listed[0]["provider"]), (&json!("my-key"), &json!("ovh_ssh_key")));
}

#[test]
fn an_end_at_the_choice_creates_nothing() {
    let env = Env::new();
    let mut pty = Pty::start(env.line("--sandbox credentials ssh-key create --name my-key --generate"));
    pty.expect("Provider whose servers get the key").send("\u{4}");
    assert_eq!(pty.end(), End::Code(4));
    assert!(!env.home().join(".ssh").exists());
}

#[test]
fn if_not_exists_makes_no_second_pair() {
    let env = Env::new();
    let line = format!("{GENERATE} --if-not-exists --private-key-file");
    env.line(&line).arg("first").ok();
    env.line(&line).arg("second").ok().says(&["exists already"]);
    assert!(env.work().join("first").exists() && !env.work().join("second").exists());
}

#[test]
fn if_not_exists_is_safe_to_run_twice_as_it_is() {
    let env = Env::new();
    let run = || env.line(&format!("{GENERATE} --if-not-exists -o json"));
    let first = run().ok().json();
    let path = env.home().join(".ssh/ankra_my-key");
    let key = fs::read(&path).unwrap();
    let second = run().ok();
    assert_eq!((&second.json()["id"], &second.json()["public_key"]), (&first["id"], &first["public_key"]));
    second.says(&[
        "The SSH key my-key exists already in organisation sandbox of the sandbox; nothing was changed.",
    ]);
    assert_eq!(fs::read(&path).unwrap(), key);
    // A file that no key of the platform explains is still in the way.
    fs::write(env.home().join(".ssh/ankra_other"), "precious").unwrap();
    env.line("--sandbox credentials hetzner ssh-key create --name other --generate --if-not-exists").fails(2);
    assert_eq!(stored(&env), "my-key\n");
    // A name of another kind is not what was meant.
    let outcome = env.line("--sandbox credentials ovh ssh-key create --name my-key --generate --if-not-exists --private-key-file x").fails(8);
    outcome.says(&["hint: choose another name\n"]);
    assert!(!env.work().join("x").exists());
}

#[test]
fn if_not_exists_leaves_no_file_when_another_run_was_faster() {
    let keys = "/api/v1/credentials/hetzner/ssh-keys";
    let there = Answer::json(
        200,
        json!([{"id": id(1), "name": "my-key", "provider": "hetzner_ssh_key", "ssh_public_key": KEY}]),
    );
    let race = || {
        let server = FaultServer::start();
        server.on("GET", keys, [Answer::json(200, json!([])), there.clone()]);
        server.on(
            "POST",
            "/api/v1/credentials/hetzner/ssh-key",
            [Answer::json(409, json!({"detail": "taken"}))],
        );
        server
    };
    let env = Env::new();
    let line = "credentials hetzner ssh-key create --name my-key --generate --if-not-exists -o json";
    let server = race();
    let outcome = server.ankra(&env, line).ok();
    assert_eq!(outcome.json()["public_key"], KEY);
    assert!(
        !env.home().join(".ssh/ankra_my-key").exists() && !env.home().join(".ssh/ankra_my-key.pub").exists()
    );

    // Whoever reads the private key from standard output must not take it for the one in use.
    let server = race();
    let outcome = server.ankra(&env, line).arg("--private-key-file").arg("-").fails(8);
    outcome.says(&["the private key written to standard output is not in use"]);
}

#[test]
fn a_dry_run_writes_no_file() {
    let env = Env::new();
    let shown = env.line(&format!("{GENERATE} --dry-run -o json")).ok().json();
    assert_eq!(shown["body"]["generate"], false);
    assert!(!env.home().join(".ssh").exists());
}

#[test]
fn a_list_shows_the_keys_of_every_provider_with_their_fingerprints() {
    let env = Env::new();
    let fingerprint = |name: &str, provider: &str| {
        let line =
            format!("--sandbox credentials {provider} ssh-key create --name {name} --generate -o json");
        env.line(&line).ok().json()["fingerprint_md5"].as_str().unwrap().to_owned()
    };
    let (one, two) = (fingerprint("one", "ovh"), fingerprint("two", "hetzner"));
    env.line("--sandbox credentials hetzner create --name no-key --api-token-stdin")
        .stdin(hetzner_token())
        .ok();
    let listed = env.line("--sandbox credentials ssh-key list --sort name").ok().stdout;
    let rows: Vec<Vec<&str>> = listed.lines().map(|row| row.split_whitespace().take(3).collect()).collect();
    let (one, two) = (["one", "ovh_ssh_key", one.as_str()], ["two", "hetzner_ssh_key", two.as_str()]);
    assert_eq!(rows, [["NAME", "PROVIDER", "CONSOLE"], one, two]);
    for (provider, name) in [("ovh", "one\n"), ("hetzner", "two\n")] {
        let line = format!("--sandbox credentials {provider} ssh-key list -o name");
        assert_eq!(env.line(&line).ok().stdout, name);
    }
    let empty = Env::new().line("--sandbox credentials ssh-key list -o json").ok();
    assert_eq!(empty.json(), json!([]));
    empty.says(&["No SSH keys in organisation sandbox of the sandbox."]);
}

#[test]
fn a_weak_key_is_warned_of_or_refused() {
    let env = Env::new();
    let rsa = |bits: &str| {
        let path = env.home().join(bits);
        let mut run = env.program(need("ssh-keygen", "openssh-client"));
        run.command.args(["-q", "-t", "rsa", "-N", "", "-b", bits, "-f"]).arg(&path);
        run.ok();
        format!("@~/{bits}.pub")
    };
    let create = "--sandbox credentials hetzner ssh-key create --name my-key --public-key";
    env.line(create).arg(rsa("1024")).fails(2).says(&["1024 bits is too weak", "--generate"]);
    assert_eq!(stored(&env), "");
    env.line(create).arg(rsa("2048")).ok().says(&["warning: this RSA key has 2048 bits", "2030", "Ed25519"]);
    assert_eq!(stored(&env), "my-key\n");
}

#[test]
fn a_file_that_holds_no_public_key_is_refused_before_any_request() {
    let (env, server) = (Env::new(), FaultServer::start());
    env.line("credentials ssh-key generate --private-key-file key").ok();
    let body = fs::read_to_string(env.work().join("key")).unwrap().lines().nth(1).unwrap().to_owned();
    fs::write(env.work().join("binary"), b"\xff\xfe").unwrap();
    let table = [
        ("@key", "private key"),
        ("@nowhere", "there is no such file"),
        ("@/", "directory"),
        ("@binary", "it is UTF-16 text"),
        ("@/dev/zero", "it is a device"),
        ("key.pub", "a file is given as @FILE"),
    ];
    for (source, reason) in table {
        let line = "credentials ovh ssh-key create --name my-key --public-key";
        let outcome = server.ankra(&env, line).arg(source).fails(2);
        outcome.says(&[reason]);
        assert!(!outcome.all().contains(&body), "{outcome}");
    }
    assert!(server.requests().is_empty(), "{:?}", server.lines());
}

#[test]
fn a_passphrase_comes_from_every_source() {
    let env = Env::new();
    let passphrase = unique("pass phrase ", 30);
    let file = env.home().join("passphrase");
    fs::write(&file, format!("{passphrase}\n")).unwrap();
    let (path, command) = (format!("file:{}", file.display()), format!("command:cat {}", file.display()));
    for (number, source) in ["stdin", "fd:0", "env:PASS", &path, &command].into_iter().enumerate() {
        let name = format!("key-{number}");
        let run = env.line("--sandbox credentials ovh ssh-key create --generate -o json --name").arg(&name);
        let run = run.arg("--private-key-file").arg(&name).arg("--passphrase-from").arg(source);
        let outcome = run.env("PASS", &passphrase).stdin(passphrase.as_str()).ok();
        assert_eq!(outcome.json()["encrypted"], true, "{source}");
        assert!(!outcome.all().contains(&passphrase));
        let mut keygen = env.program(need("ssh-keygen", "openssh-client"));
        keygen.command.args(["-y", "-P", &passphrase, "-f", &name]);
        assert_eq!(keygen.ok().stdout.trim_end(), outcome.json()["public_key"], "{source}");
    }
}

#[test]
fn h47_without_a_terminal_a_missing_passphrase_is_named_before_any_request() {
    let (env, server) = (Env::new(), FaultServer::start());
    let line = "credentials hetzner ssh-key create --name my-key --generate";
    for (flags, reason) in
        [("--passphrase", "missing: Passphrase"), ("--passphrase-from stdin", "it is empty")]
    {
        let outcome = server.ankra(&env, &format!("{line} {flags}")).fails(2);
        outcome.says(&[reason]);
    }
    assert!(server.requests().is_empty(), "{:?}", server.lines());
    assert!(!env.home().join(".ssh").exists());
}
