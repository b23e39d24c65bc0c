//! Fingerprints as a provider's console shows them, and the keys that a provider may not take.

use std::fs;

use ankra::testing::providers::ALL;
use serde_json::Value;

use crate::support::{Env, need};

/// A hardware key, which no tool makes without the hardware.
const HARDWARE: &str = "sk-ssh-ed25519@openssh.com AAAAGnNrLXNzaC1lZDI1NTE5QG9wZW5zc2guY29tAAAAIJdD7y3aLq454yWBdwLWbieU1ebz9/cu7/QEXn9OIeZJAAAABHNzaDo= me@key";

/// Writes a key of each type into the working folder, as `NAME.pub`.
fn make_keys(env: &Env) -> Vec<String> {
    let kinds = [("ed25519", "256"), ("ecdsa", "256"), ("ecdsa", "384"), ("ecdsa", "521"), ("rsa", "3072")];
    let mut names: Vec<String> = Vec::new();
    for (kind, bits) in kinds {
        let name = format!("{kind}-{bits}");
        let mut run = env.program(need("ssh-keygen", "openssh-client"));
        run.command.args(["-q", "-t", kind, "-b", bits, "-N", "", "-f", &name]);
        run.ok();
        names.push(name);
    }
    fs::write(env.work().join("hardware.pub"), HARDWARE).unwrap();
    names.push("hardware".to_owned());
    names
}

/// What OpenSSH shows of a key: SHA-256 with its prefix, MD5 without.
fn by_openssh(env: &Env, name: &str) -> (String, String) {
    let of = |hash: &str| {
        let mut run = env.program(need("ssh-keygen", "openssh-client"));
        run.command.args(["-l", "-E", hash, "-f", &format!("{name}.pub")]);
        let shown = run.ok().stdout.split(' ').nth(1).unwrap().to_owned();
        shown.trim_start_matches("MD5:").to_owned()
    };
    (of("sha256"), of("md5"))
}

fn both(one: &Value) -> (String, String) {
    let text = |key: &str| one[key].as_str().unwrap().to_owned();
    (text("fingerprint"), text("fingerprint_md5"))
}

fn create(env: &Env, provider: &str, name: &str) -> crate::support::Outcome {
    let line = format!("--sandbox credentials {provider} ssh-key create --name {name} -o json --public-key");
    env.line(&line).arg(format!("@{name}.pub")).ok()
}

#[test]
fn both_fingerprints_of_every_type_are_those_of_openssh_wherever_they_are_shown() {
    let env = Env::new();
    for name in make_keys(&env) {
        let known = by_openssh(&env, &name);
        assert_eq!(both(&create(&env, "hetzner", &name).json()), known, "{name}");
        let list = env.line("--sandbox credentials hetzner ssh-key list -o json").ok().json();
        let listed = list.as_array().unwrap().iter().find(|one| one["name"] == name.as_str());
        assert_eq!(both(listed.unwrap()), known, "{name}");
        let get = format!("--sandbox credentials get {name}");
        assert_eq!(both(&env.line(&format!("{get} -o json")).ok().json()), known, "{name}");
        let again = format!(
            "--sandbox credentials hetzner ssh-key create --name {name} --if-not-exists --public-key @{name}.pub"
        );
        for line in [get, again] {
            let shown = env.line(&line).ok().stdout;
            let lines: Vec<(&str, &str)> = shown
                .lines()
                .filter_map(|line| line.split_once(':'))
                .map(|(title, value)| (title, value.trim()))
                .collect();
            let of = |title| lines.iter().find(|line| line.0 == title).map(|line| line.1);
            assert_eq!(
                (of("Fingerprint"), of("MD5 fingerprint")),
                (Some(known.0.as_str()), Some(known.1.as_str())),
                "{shown}"
            );
        }
    }
}

#[test]
fn a_list_has_the_form_of_each_provider_s_console_and_wide_has_the_other_too() {
    let env = Env::new();
    make_keys(&env);
    let (sha256, md5) = by_openssh(&env, "ed25519-256");
    for provider in ALL {
        let slug = provider.slug;
        let line = format!("--sandbox credentials {slug} ssh-key create --name {slug}-key --public-key");
        env.line(&line).arg("@ed25519-256.pub").ok();
        // What their documentation shows.
        let (here, other) = match slug {
            "hetzner" | "ovh" | "digitalocean" => (&md5, &sha256),
            "upcloud" | "proxmox" | "morpheus" => (&sha256, &md5),
            _ => panic!("look up what the console of {slug} shows"),
        };
        for list in [format!("{slug} ssh-key list"), "ssh-key list".to_owned()] {
            let list = format!("--sandbox credentials {list}");
            let row = |format: &str| {
                let shown = env.line(&format!("{list} {format}")).ok().stdout;
                let row = shown.lines().find(|row| row.starts_with(&format!("{slug}-key "))).unwrap();
                row.split_whitespace().map(str::to_owned).collect::<Vec<_>>()
            };
            let table = row("");
            assert_eq!((&table[2], table.contains(other)), (here, false), "{table:?}");
            let both = row("--columns name,fingerprint,md5-fingerprint");
            assert_eq!((&both[1], &both[2]), (&sha256, &md5), "{both:?}");
        }
    }
}

#[test]
fn a_credential_that_is_no_ssh_key_has_no_fingerprint() {
    let env = Env::new();
    let one = env.line("--sandbox --org demo credentials get demo-ghcr -o json").ok().json();
    assert!(one.get("fingerprint").is_none() && one.get("fingerprint_md5").is_none(), "{one}");
}

#[test]
fn a_pair_made_here_has_both_fingerprints_also_beside_a_private_key_on_standard_output() {
    let env = Env::new();
    let made = env.line("credentials ssh-key generate --name local -o json").ok().json();
    fs::copy(env.home().join(".ssh/ankra_local.pub"), env.work().join("local.pub")).unwrap();
    assert_eq!(both(&made), by_openssh(&env, "local"));
    let outcome = env.line("credentials ssh-key generate --name x --private-key-file -").ok();
    let line = outcome.stderr.lines().find_map(|line| line.strip_prefix("Public key: ")).unwrap();
    fs::write(env.work().join("x.pub"), line).unwrap();
    let (sha256, md5) = by_openssh(&env, "x");
    outcome.says(&[&format!("Fingerprint: {sha256}"), &format!("MD5 fingerprint: {md5}")]);
}

#[test]
fn a_hardware_key_is_warned_of_with_the_reason_and_stored() {
    let env = Env::new();
    make_keys(&env);
    for provider in ALL {
        let line = format!(
            "--sandbox credentials {} ssh-key create --name {}-key --public-key @hardware.pub",
            provider.slug, provider.slug
        );
        let outcome = env.line(&line).ok();
        outcome.says(&[
            "warning: this key needs its hardware token at each login: nothing automated can use it",
        ]);
        let doubt = format!("may not be accepted by {}, which takes ssh-ed25519, ssh-rsa", provider.title);
        let is_refused_there = ["ovh", "digitalocean"].contains(&provider.slug);
        assert_eq!(outcome.stderr.contains(&doubt), is_refused_there, "{outcome}");
    }
    let listed = env.line("--sandbox credentials ssh-key list -o name").ok().stdout;
    assert_eq!(listed.lines().count(), ALL.len());
}

#[test]
fn a_usual_key_is_doubted_nowhere() {
    let env = Env::new();
    let usual = make_keys(&env).into_iter().filter(|name| name != "hardware");
    for name in usual {
        for provider in ALL {
            let line = format!(
                "--sandbox credentials {} ssh-key create --name {}-{name} --public-key @{name}.pub",
                provider.slug, provider.slug
            );
            let outcome = env.line(&line).ok();
            assert!(!outcome.stderr.contains("warning"), "{outcome}");
        }
    }
}
