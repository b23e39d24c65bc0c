//! The files of a new key pair: where they go, what is in the way, what is left behind.

use std::{
    fs,
    os::unix::fs::{MetadataExt, symlink},
    path::Path,
};

use ankra::testing::providers::{ALL, Provider};
use serde_json::json;

use super::{GENERATE, stored};
use crate::support::{Answer, Env, FaultServer, hetzner_token, need};

fn mode(path: &Path) -> u32 {
    fs::metadata(path).unwrap().mode() & 0o777
}

#[test]
fn h55_the_guide_s_generate_writes_a_pair_for_the_owner_alone() {
    for Provider { slug: provider, .. } in ALL {
        let env = Env::new();
        let mut run = env.program("sh");
        // An open umask must not open the file.
        let line = format!(
            "umask 000; exec \"$0\" credentials {provider} ssh-key create --name my-key --generate -o json"
        );
        run.command.args(["-c", &line, crate::support::ankra_path()]);
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
fn h51_h52_a_file_that_is_there_stops_it_before_anything_is_created() {
    let env = Env::new();
    let folder = env.home().join(".ssh");
    fs::create_dir(&folder).unwrap();
    let path = folder.join("ankra_my-key");
    fs::write(&path, "precious").unwrap();
    env.line(GENERATE).fails(2).says(&["exists already", "another path with --private-key-file"]);
    assert_eq!(fs::read(&path).unwrap(), b"precious");
    fs::remove_file(&path).unwrap();
    symlink(folder.join("nowhere"), &path).unwrap();
    env.line(GENERATE).fails(2).says(&["symbolic link"]);
    fs::remove_file(&path).unwrap();
    fs::write(folder.join("ankra_my-key.pub"), "precious").unwrap();
    env.line(GENERATE).fails(2).says(&["ankra_my-key.pub exists already"]);
    assert_eq!(fs::read(folder.join("ankra_my-key.pub")).unwrap(), b"precious");
    assert!(!path.exists(), "no private key is left without its public one");
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
            crate::support::ankra_path(),
        ]);
        run.fails(2).says(&["standard output", "--private-key-file PATH"]);
    }
    assert_eq!(stored(&env), "");
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
fn h54_a_place_that_takes_no_file_is_refused_at_once() {
    let (env, server) = (Env::new(), FaultServer::start());
    let fifo = env.work().join("fifo");
    let mut mkfifo = env.program("mkfifo");
    mkfifo.command.arg(&fifo);
    mkfifo.ok();
    let (folder, fifo) = (env.home().display().to_string(), fifo.display().to_string());
    let table = [
        (folder.as_str(), "a folder is there"),
        (&fifo, "a pipe is there"),
        ("/dev/null", "a device is there"),
    ];
    for (place, reason) in table {
        let line = "credentials hetzner ssh-key create --name my-key --generate --private-key-file";
        server.ankra(&env, line).arg(place).fails(2).says(&[reason, "nothing is ever overwritten"]);
        env.line("credentials ssh-key generate --private-key-file").arg(place).fails(2).says(&[reason]);
    }
    // Whether the name is taken too is all that is asked.
    assert!(
        server.requests().iter().all(|request| request.target.contains("/validate")),
        "{:?}",
        server.lines()
    );
}

#[test]
fn a_place_below_the_home_can_be_named_and_its_folders_are_made() {
    let env = Env::new();
    env.line(&format!("{GENERATE} --private-key-file ~/new/place/key")).ok();
    let path = env.home().join("new/place/key");
    assert_eq!((mode(&path), mode(path.parent().unwrap())), (0o600, 0o700));
    assert!(fs::read_dir(env.work()).unwrap().next().is_none());
}

#[test]
fn h59_h85_a_private_key_that_cannot_be_written_is_not_created() {
    let env = Env::new();
    let mut run = env.program("sh");
    let line = format!("exec \"$0\" {GENERATE} --private-key-file - >/dev/full");
    run.command.args(["-c", &line, crate::support::ankra_path()]);
    run.fails(1).says(&["No space left on device"]);
    assert_eq!(stored(&env), "");
}

#[test]
fn a_private_key_outlives_its_key_on_the_platform_and_that_is_said() {
    let env = Env::new();
    env.line("--sandbox credentials ovh ssh-key create --name my-key --generate").ok();
    let file = env.home().join(".ssh/ankra_my-key");
    let told = format!("Its private key was left where it is: {}.", file.display());
    env.line("--sandbox credentials delete my-key --yes")
        .ok()
        .says(&["Deleted the OVH SSH key my-key in organisation sandbox of the sandbox.", &told]);
    assert!(file.exists());
}
