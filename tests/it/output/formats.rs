//! Each verb in each format, and where its result goes.

use serde_json::{Value, json};

use super::{ID, shell, two};
use crate::support::{Answer, Env, FaultServer, Outcome, Pty, Recorded, hetzner_token};

/// Every verb with a result: what makes its scene, its line, and the names that it tells.
const VERBS: [(&str, &str, &str); 20] = [
    (
        "",
        "credentials list --org demo",
        "demo-ghcr demo-hetzner demo-hetzner-key demo-ovh demo-ovh-key unused-registry",
    ),
    ("", "credentials get demo-ghcr --org demo", "demo-ghcr"),
    ("", "credentials validate my-name", "my-name"),
    ("hetzner create --name x --api-token-stdin", "credentials delete x --yes", "x"),
    ("", "credentials hetzner create --name x --api-token-stdin", "x"),
    (
        "hetzner create --name x --api-token-stdin",
        "credentials hetzner create --name x --if-not-exists --api-token-stdin",
        "x",
    ),
    ("", "credentials hetzner list --org demo", "demo-hetzner"),
    ("", "credentials ovh list --org demo", "demo-ovh"),
    ("", "credentials hetzner ssh-key create --name k --generate", "k"),
    ("", "credentials ssh-key create --name k --generate --provider ovh", "k"),
    ("", "credentials ovh ssh-key list --org demo", "demo-ovh-key"),
    ("", "credentials ssh-key list --org demo", "demo-hetzner-key demo-ovh-key"),
    ("", "credentials ssh-key generate --name k", "k"),
    ("", "credentials registry create --name r --username u --password-stdin", "r"),
    (
        "registry create --name r --username u --password-stdin",
        "credentials registry update r --username v --password-stdin",
        "r",
    ),
    ("", "credentials registry list --org demo", "demo-ghcr unused-registry"),
    ("", "credentials registry get demo-ghcr --org demo", "demo-ghcr"),
    ("registry create --name r --username u --password-stdin", "credentials registry delete r --yes", "r"),
    ("", "status", "sandbox"),
    ("", "credentials hetzner ssh-key list", ""),
];

/// A verb's result in a world of its own.
fn result(before: &str, line: &str, format: &str) -> (Env, Outcome) {
    let env = Env::new();
    if !before.is_empty() {
        env.line(&format!("--sandbox credentials {before}")).stdin(hetzner_token()).ok();
    }
    let outcome = env.line(&format!("--sandbox {line} -o {format}")).stdin(hetzner_token()).ok();
    (env, outcome)
}

/// Without what differs between two worlds: the letters and digits of ids, times and keys, and the folder of
/// the world.
fn shape(env: &Env, value: &Value) -> Value {
    const DIFFERENT: [&str; 8] = [
        "id",
        "organisation_id",
        "created_at",
        "updated_at",
        "fingerprint",
        "fingerprint_md5",
        "public_key",
        "ssh_public_key",
    ];
    let one = |(key, value): (&String, &Value)| {
        let value = match value {
            Value::String(text) if DIFFERENT.contains(&key.as_str()) => json!(
                text.split(|c: char| c.is_ascii_alphanumeric() || "+/=".contains(c)).collect::<String>()
            ),
            Value::String(text) => json!(text.replace(env.home().to_str().unwrap(), "HOME")),
            other => shape(env, other),
        };
        (key.clone(), value)
    };
    match value {
        Value::Array(all) => all.iter().map(|value| shape(env, value)).collect(),
        Value::Object(fields) => fields.iter().map(one).collect(),
        other => other.clone(),
    }
}

#[test]
fn every_verb_has_every_format() {
    for (before, line, names) in VERBS {
        let expected: Vec<&str> = names.split_whitespace().collect();
        let (_, named) = result(before, line, "name");
        assert_eq!(named.stdout.lines().collect::<Vec<_>>(), expected, "{line}");

        let (env, out) = result(before, line, "json");
        let json = out.json();
        let shown_as_json = shape(&env, &json);
        let all: Vec<&Value> = json.as_array().map_or_else(|| vec![&json], |all| all.iter().collect());
        let key = if line == "status" { "organisation" } else { "name" };
        assert_eq!(all.iter().map(|one| one[key].as_str().unwrap()).collect::<Vec<_>>(), expected, "{line}");

        let (env, out) = result(before, line, "yaml");
        let yaml: Value = serde_saphyr::from_str(&out.stdout).unwrap();
        assert_eq!(shape(&env, &yaml), shown_as_json, "{line}");

        // Deleting is told by its notes: there is nothing left to show.
        let deletes = line.contains("delete");
        for format in ["table", "wide"] {
            let (_, out) = result(before, line, format);
            assert_eq!(out.stdout.is_empty(), deletes, "{line}: {out}");
            let shown = if deletes { &out.stderr } else { &out.stdout };
            assert!(expected.iter().all(|name| shown.contains(name)), "{line}: {out}");
            assert!(!out.stdout.contains(['\u{1b}', '…', '│', '|']), "bordered or cut: {out}");
        }
    }
}

#[test]
fn times_are_relative_to_a_person_alone() {
    let (server, env) = two();
    let shown = |format: &str| {
        Pty::sized(server.ankra(&env, &format!("credentials list -o {format}")), 100, |_| {}).ok()
    };
    let full = "2026-01-02T03:04:05Z";
    assert!(shown("table").contains(" ago") && !shown("table").contains(full));
    for format in ["wide", "json", "yaml"] {
        assert!(shown(format).contains(full) && !shown(format).contains(" ago"), "{format}");
        let piped = server.ankra(&env, &format!("credentials list -o {format}")).ok().stdout;
        assert!(piped.contains(full), "{format}");
    }
}

#[test]
fn wide_has_every_column_and_is_not_cut_to_the_terminal() {
    let (server, env) = two();
    let mut pty = Pty::sized(server.ankra(&env, "credentials list -o wide"), 20, |_| {});
    let shown = pty.ok();
    assert!(shown.contains("b-rather-long-name-of-a-credential  hetzner"), "{shown}");
    assert!(shown.contains("ORGANISATION") && !shown.contains('…'), "{shown}");
}

#[test]
fn colour_that_is_asked_for_is_on_the_header_and_on_errors() {
    let (server, env) = two();
    let list = |color: &str| server.ankra(&env, &format!("credentials list --color {color}"));
    assert!(list("always").ok().stdout.starts_with("\u{1b}[1mNAME "));
    assert!(list("auto").ok().stdout.starts_with("NAME "));
    let missing = |color: &str| server.ankra(&env, &format!("credentials get none --color {color}")).fails(3);
    assert!(missing("always").stderr.starts_with("\u{1b}[1;31merror:\u{1b}[0m there is no credential none"));
    assert!(missing("auto").stderr.starts_with("error: there is no credential none"));
    for format in ["json", "yaml", "name"] {
        let outcome = list(&format!("always -o {format}")).ok();
        assert!(!outcome.stdout.contains('\u{1b}'), "{outcome}");
    }
    for (name, value, coloured) in [("NO_COLOR", "", true), ("NO_COLOR", "1", false), ("TERM", "dumb", false)]
    {
        let mut pty = Pty::start(server.ankra(&env, "credentials get none").env(name, value));
        pty.end();
        assert_eq!(pty.transcript().contains('\u{1b}'), coloured, "{name}={value}: {}", pty.transcript());
    }
}

#[test]
fn notes_and_results_do_not_mix() {
    let env = Env::new();
    let line = "--sandbox credentials hetzner create --name x --api-token-stdin -o name";
    let outcome = env.line(line).stdin(hetzner_token()).ok();
    assert_eq!(
        (outcome.stdout.as_str(), outcome.stderr.as_str()),
        ("x\n", "Stored the Hetzner credential x in organisation sandbox of the sandbox.\n")
    );
    assert_eq!(env.line("--sandbox credentials delete x --yes -q").ok().all(), "");
}

#[test]
fn h85_what_cannot_be_shown_is_a_failure_of_every_verb_and_a_key_is_not_made_for_it() {
    let env = Env::new();
    let server = FaultServer::start();
    server.accept_everything(json!({"id": ID, "name": "x", "provider": "registry", "username": "u", "valid": true, "success": true}));
    let make = "credentials ssh-key create --name k --provider ovh --generate --private-key-file -";
    for line in [
        "credentials get x",
        "credentials validate x",
        "credentials registry get x",
        "credentials registry update x --username u --password-from env:A",
        "credentials hetzner create --name x --api-token-from env:A",
        "credentials hetzner create --name x --dry-run",
        "credentials hetzner ssh-key list",
        "credentials ssh-key generate --name k --private-key-file -",
        make,
        "status",
        "sandbox env",
    ] {
        let outcome = shell(&env, &server, &format!("$A {line} >/dev/full"));
        assert_eq!(outcome.code, Some(1), "{outcome}");
        assert!(
            line != make
                || !server.lines().iter().any(|line| line.starts_with("POST") && line.ends_with("/ssh-key"))
        );
        outcome.says(&["error: cannot write the result", "No space left"]);
        let outcome = shell(&env, &server, &format!("$A {line} | true"));
        assert!([Some(0), Some(141)].contains(&outcome.code), "{outcome}");
        assert!(!outcome.stderr.contains("panicked") && !outcome.stderr.contains("error:"), "{outcome}");
    }
    let key = |request: &Recorded| request.target.ends_with("/ssh-key");
    let before = server.writes().into_iter().filter(key).count();
    for nowhere in ["/dev/null", "&-"] {
        for line in ["credentials ssh-key generate --name k --private-key-file -", make] {
            let outcome = shell(&env, &server, &format!("$A {line} >{nowhere}"));
            assert_eq!(outcome.code, Some(2), "{outcome}");
            outcome.says(&["the private key would be lost"]);
        }
        // A result that can be had again may be thrown away.
        assert_eq!(shell(&env, &server, &format!("$A status >{nowhere}")).code, Some(0));
    }
    assert_eq!(server.writes().into_iter().filter(key).count(), before);
}

#[test]
fn an_answer_of_every_shape_is_a_table_of_lines() {
    let server = FaultServer::start();
    let list = json!([{"id": "", "name": "", "provider": ""}, {"id": ID, "name": " ", "provider": "\u{3000}", "created_at": "no time"}]);
    server.on("GET", "/api/v1/org/credentials", [Answer::json(200, list)]);
    let env = Env::new();
    for format in ["table", "wide", "name"] {
        let outcome = server.ankra(&env, &format!("credentials list -o {format}")).ok();
        let header = usize::from(format != "name");
        assert_eq!(outcome.stdout.lines().count(), 2 + header, "{outcome}");
    }
}
