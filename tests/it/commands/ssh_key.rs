//! `ankra credentials ssh-key`, and the `ssh-key` commands of each provider

use std::{
    fs,
    os::unix::fs::{MetadataExt, symlink},
    path::Path,
};

use serde_json::json;

use crate::support::{Answer, End, Env, FaultServer, Pty, hetzner_token, id, need, unique};

const KEY: &str = "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIJdD7y3aLq454yWBdwLWbieU1ebz9/cu7/QEXn9OIeZJ me@host";
const GENERATE: &str = "--sandbox credentials hetzner ssh-key create --name my-key --generate";

fn mode(path: &Path) -> u32 {
    fs::metadata(path).unwrap().mode() & 0o777
}

/// Names of the SSH keys that the sandbox holds.
fn stored(env: &Env) -> String {
    env.line("--sandbox credentials ssh-key list -o name").ok().stdout
}

#[test]
fn h55_the_guide_s_generate_writes_a_pair_for_the_owner_alone() {
    for provider in ["hetzner", "ovh"] {
        let env = Env::new();
        let mut run = env.program("sh");
        // An open umask must not open the file.
        let line = format!(
            "umask 000; exec \"$0\" credentials {provider} ssh-key create --name my-key --generate -o json"
        );
        run.command.args(["-c", &line, env!("CARGO_BIN_EXE_ankra")]);
        let shown = run.env("ANKRA_SANDBOX", "1").ok().json();
        let private = env.home().join(".ssh/ankra_my-key");
        let public = env.home().join(".ssh/ankra_my-key.pub");
        assert_eq!((mode(&private), mode(&public), mode(&env.home().join(".ssh"))), (0o600, 0o644, 0o700));
        assert_eq!(shown["private_key_file"], private.to_str().unwrap());
        let line = fs::read_to_string(&public).unwrap();
        assert_eq!(shown["public_key"], line.trim_end());
        let keygen = |args: &[&str]| {
            let mut run = env.program(need("ssh-keygen", "openssh-client"));
            run.command.args(args).arg(&private);
            run.ok().stdout.trim_end().to_owned()
        };
        assert_eq!(keygen(&["-y", "-P", "", "-f"]), line.trim_end());
        assert!(keygen(&["-l", "-f"]).contains(shown["fingerprint"].as_str().unwrap()));
        let listed = env.line(&format!("--sandbox credentials {provider} ssh-key list -o json")).ok().json();
        assert_eq!(
            (&listed[0]["name"], &listed[0]["fingerprint"]),
            (&json!("my-key"), &shown["fingerprint"])
        );
    }
}

#[test]
fn the_guide_s_public_key_is_stored_as_it_is() {
    let env = Env::new();
    let file = env.home().join("id.pub");
    fs::write(&file, format!("{KEY}\n")).unwrap();
    let sources = [KEY.to_owned(), "-".to_owned(), format!("@{}", file.display()), "@~/id.pub".to_owned()];
    for (number, source) in sources.iter().enumerate() {
        for provider in ["hetzner", "ovh"] {
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
fn h51_h52_a_file_that_is_there_stops_it_before_anything_is_created() {
    let env = Env::new();
    let folder = env.home().join(".ssh");
    fs::create_dir(&folder).unwrap();
    let path = folder.join("ankra_my-key");
    fs::write(&path, "precious").unwrap();
    env.line(GENERATE).fails(2).says(&["exists already", "choose another path"]);
    assert_eq!(fs::read(&path).unwrap(), b"precious");
    fs::remove_file(&path).unwrap();
    symlink(folder.join("nowhere"), &path).unwrap();
    env.line(GENERATE).fails(2).says(&["symbolic link"]);
    fs::remove_file(&path).unwrap();
    fs::write(folder.join("ankra_my-key.pub"), "precious").unwrap();
    env.line(GENERATE).fails(2).says(&["ankra_my-key.pub exists already"]);
    assert_eq!(stored(&env), "");
}

#[test]
fn h58_a_place_that_cannot_be_written_is_found_before_anything_is_created() {
    let env = Env::new();
    fs::write(env.home().join(".ssh"), "a file in the folder's place").unwrap();
    env.line(GENERATE).fails(1);
    env.line(GENERATE).arg("--private-key-file").arg("/proc/ankra/key").fails(1);
    assert_eq!(stored(&env), "");
}

#[test]
fn h59_a_key_that_the_platform_refuses_is_removed_again_and_nothing_else() {
    let env = Env::new();
    let folder = env.home().join("keys");
    fs::create_dir(&folder).unwrap();
    fs::write(folder.join("another"), "mine").unwrap();
    let server = FaultServer::start();
    server.on("POST", "/api/v1/credentials/hetzner/ssh-key", [Answer::json(422, json!({"detail": []}))]);
    let outcome = server
        .ankra(&env, "credentials hetzner ssh-key create --name my-key --generate --private-key-file")
        .arg(folder.join("key"))
        .fails(1);
    outcome.says(&["removed again"]);
    let left: Vec<_> = fs::read_dir(&folder).unwrap().map(|entry| entry.unwrap().file_name()).collect();
    assert_eq!(left, ["another"]);
}

#[test]
fn h59_a_private_key_that_cannot_be_written_is_not_created() {
    let env = Env::new();
    let mut run = env.program("sh");
    run.command.args([
        "-c",
        &format!("exec \"$0\" {GENERATE} --private-key-file - >/dev/full"),
        env!("CARGO_BIN_EXE_ankra"),
    ]);
    run.fails(1).says(&["No space left on device"]);
    assert_eq!(stored(&env), "");
}

#[test]
fn h77_a_key_whose_fate_is_unknown_is_kept() {
    let env = Env::new();
    let server = FaultServer::start();
    server.on("POST", "/api/v1/credentials/hetzner/ssh-key", [Answer::reset()]);
    let outcome = server.ankra(&env, "credentials hetzner ssh-key create --name my-key --generate").fails(5);
    let path = env.home().join(".ssh/ankra_my-key");
    outcome.says(&["is kept in", path.to_str().unwrap(), "ankra credentials list"]);
    assert!(path.exists() && server.writes().len() == 1);
    let line = "credentials hetzner ssh-key create --name my-key --generate --private-key-file -";
    let outcome = server.ankra(&env, line).fails(5);
    outcome.says(&["keep the private key written to standard output"]);
    assert!(!outcome.stderr.contains("not in use"), "{outcome}");
}

#[test]
fn standard_output_gets_the_private_key_and_nothing_else() {
    let env = Env::new();
    let outcome = env.line(&format!("{GENERATE} --private-key-file -")).ok();
    assert!(outcome.stdout.starts_with("-----BEGIN OPENSSH PRIVATE KEY-----\n"), "{outcome}");
    assert!(outcome.stdout.ends_with("-----END OPENSSH PRIVATE KEY-----\n"), "{outcome}");
    outcome.says(&["Fingerprint: SHA256:", "Public key: ssh-ed25519 "]);
    assert!(!env.home().join(".ssh").exists());
    assert_eq!(stored(&env), "my-key\n");
}

#[test]
fn a_private_key_is_not_written_where_it_would_be_lost() {
    let env = Env::new();
    for to in [">/dev/null", ">&-"] {
        let mut run = env.program("sh");
        run.command.args([
            "-c",
            &format!("exec \"$0\" {GENERATE} --private-key-file - {to}"),
            env!("CARGO_BIN_EXE_ankra"),
        ]);
        run.fails(2).says(&["standard output", "--private-key-file PATH"]);
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
    env.line(line).fails(2).says(&["--provider", "hetzner and ovh"]);
    let mut pty = Pty::start(env.line(line));
    pty.expect("Provider whose servers get the key").expect("OVH").send("\u{1b}[B\r");
    pty.ok();
    let listed = env.line("--sandbox credentials ssh-key list -o json").ok().json();
    assert_eq!((&listed[0]["name"], &listed[0]["provider"]), (&json!("my-key"), &json!("ovh")));
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
    second.says(&["The SSH key my-key exists already; nothing was changed."]);
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
fn a_taken_name_leaves_no_file() {
    let env = Env::new();
    env.line("--sandbox credentials hetzner create --name my-key --api-token-stdin")
        .stdin(hetzner_token())
        .ok();
    env.line(GENERATE).fails(8);
    assert!(!env.home().join(".ssh/ankra_my-key").exists());
}

#[test]
fn a_dry_run_writes_no_file() {
    let env = Env::new();
    let shown = env.line(&format!("{GENERATE} --dry-run -o json")).ok().json();
    assert_eq!(shown["body"]["generate"], false);
    assert!(!env.home().join(".ssh").exists());
}
