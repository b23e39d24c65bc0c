//! What we write and read, held against the real ssh-keygen.

use std::{
    fs,
    path::Path,
    process::{Command, Output},
};

use super::{KeyFiles, KeyPair, PublicKey};
use crate::secret::Secret;

fn ssh_keygen(args: &[&str], dir: &Path) -> Output {
    Command::new("ssh-keygen")
        .args(args)
        .current_dir(dir)
        .output()
        .expect("ssh-keygen is missing: install the Debian package openssh-client")
}

fn printed(args: &[&str], dir: &Path) -> String {
    let output = ssh_keygen(args, dir);
    assert!(output.status.success(), "{args:?}: {}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).unwrap().trim().to_owned()
}

/// The MD5 fingerprint that OpenSSH shows of a key, without its prefix.
fn md5_of(file: &str, dir: &Path) -> String {
    let listed = printed(&["-l", "-E", "md5", "-f", file], dir);
    listed.split(' ').nth(1).and_then(|shown| shown.strip_prefix("MD5:")).unwrap().to_owned()
}

#[test]
fn openssh_reads_the_pairs_that_we_write() {
    let dir = tempfile::tempdir().unwrap();
    for (name, passphrase) in [("plain", None), ("locked", Some("correct horse"))] {
        let pair = KeyPair::generate(name).unwrap();
        let secret = passphrase.map(|text| Secret::new(text.to_owned()));
        KeyFiles::write(&dir.path().join(name), &pair, secret.as_ref(), &|_| {}).unwrap();
        let public = pair.public_key();
        assert_eq!(
            printed(&["-y", "-P", passphrase.unwrap_or_default(), "-f", name], dir.path()),
            public.to_line()
        );
        let listed = printed(&["-l", "-f", &format!("{name}.pub")], dir.path());
        assert_eq!(listed, format!("256 {} {name} (ED25519)", public.fingerprint()));
    }
    assert!(!ssh_keygen(&["-y", "-P", "wrong", "-f", "locked"], dir.path()).status.success());
    let locked = fs::read_to_string(dir.path().join("locked")).unwrap();
    assert!(
        locked.starts_with("-----BEGIN OPENSSH PRIVATE KEY-----\n")
            && locked.ends_with("-----END OPENSSH PRIVATE KEY-----\n")
    );
}

#[test]
fn keys_that_openssh_makes_are_accepted_with_its_fingerprint() {
    let dir = tempfile::tempdir().unwrap();
    for (kind, bits, warned) in [
        ("ed25519", "256", false),
        ("ecdsa", "256", false),
        ("ecdsa", "384", false),
        ("ecdsa", "521", false),
        ("rsa", "2048", true),
        ("rsa", "3072", false),
        ("rsa", "4096", false),
    ] {
        let name = format!("{kind}{bits}");
        printed(&["-q", "-t", kind, "-b", bits, "-N", "", "-C", "a comment", "-f", &name], dir.path());
        let line = fs::read_to_string(dir.path().join(format!("{name}.pub"))).unwrap();
        let key = PublicKey::parse(&line).unwrap();
        let listed = printed(&["-l", "-f", &name], dir.path());
        assert_eq!(listed.split(' ').nth(1), Some(key.fingerprint().as_str()), "{name}");
        assert_eq!(md5_of(&name, dir.path()), key.fingerprint_md5(), "{name}");
        assert_eq!(key.to_line(), line.trim_end());
        assert_eq!(key.warning().is_some(), warned, "{name}");
    }
    printed(&["-q", "-t", "rsa", "-b", "1024", "-N", "", "-f", "weak"], dir.path());
    let weak = fs::read_to_string(dir.path().join("weak.pub")).unwrap();
    let error = PublicKey::parse(&weak).unwrap_err();
    assert_eq!(error.causes(), ["an RSA key of 1024 bits is too weak"]);
}

#[test]
fn keys_on_hardware_are_accepted_with_openssh_s_fingerprint_and_a_warning() {
    let dir = tempfile::tempdir().unwrap();
    for line in [
        "sk-ssh-ed25519@openssh.com \
         AAAAGnNrLXNzaC1lZDI1NTE5QG9wZW5zc2guY29tAAAAIJdD7y3aLq454yWBdwLWbieU1ebz9/cu7/QE\
         Xn9OIeZJAAAABHNzaDo= me@key",
        "sk-ecdsa-sha2-nistp256@openssh.com \
         AAAAInNrLWVjZHNhLXNoYTItbmlzdHAyNTZAb3BlbnNzaC5jb20AAAAIbmlzdHAyNTYAAABBBLjVc8us\
         4vQZEgyBF/LdrdDCA0jQbpXRGy4ZuBt4zcDafFCDO1ShGPlSj5hzX0KP073OZE9kz1wfE7DlfJzqkowAAAAEc3NoOg== me@key",
    ] {
        let key = PublicKey::parse(line).unwrap();
        fs::write(dir.path().join("key.pub"), line).unwrap();
        let listed = printed(&["-l", "-f", "key.pub"], dir.path());
        assert_eq!(listed.split(' ').nth(1), Some(key.fingerprint().as_str()), "{line}");
        assert_eq!(md5_of("key.pub", dir.path()), key.fingerprint_md5(), "{line}");
        assert!(key.warning().is_some_and(|text| text.contains("hardware")), "{line}");
    }
}
