//! `ankra credentials PROVIDER`, for every provider that there is.

mod expiry;
mod tried;

use std::{fs, process::Command};

use ankra::testing::{
    providers::{ALL, Kind, Provider},
    secret::Field,
};
use serde_json::{Map, Value, json};

use crate::support::{
    End, Env, FaultServer, Outcome, Pty, create_line, need, say_that_it_is_there, unique, usual_value,
    write_private,
};

const KEY: &str = "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIOMqqnkVzrm0SdG6UOoqKLsabgH5C9okWi0dh2l9GKJl me";

/// The secrets that every credential of `provider` has.
fn secrets(provider: &Provider) -> Vec<&'static Field> {
    provider.secrets.iter().filter(|field| field.group.is_none()).collect()
}

/// The providers whose API may be behind a jump host.
fn behind_a_jump_host() -> Vec<&'static Provider> {
    let found: Vec<_> =
        ALL.iter().copied().filter(|provider| provider.switch_of("jumphost").is_some()).collect();
    assert!(!found.is_empty());
    found
}

/// The body that `line` is to send, with these secrets.
fn body(provider: &Provider, line: &str, values: &[(&Field, String)]) -> Value {
    let words: Vec<&str> = line.split(' ').collect();
    let after = |flag: &str| {
        words.iter().position(|word| word.strip_prefix("--") == Some(flag)).map(|at| words[at + 1])
    };
    let mut body = Map::from_iter([("name".to_owned(), json!(after("name")))]);
    body.extend(values.iter().map(|(field, value)| (field.key(), json!(value))));
    for field in provider.plain.iter().filter(|field| field.group.is_none()) {
        let value = match field.kind {
            Kind::Flag => json!(words.contains(&format!("--{}", field.name).as_str())),
            Kind::Port => json!(after(field.name).unwrap().parse::<u16>().unwrap()),
            Kind::Text(_) => json!(after(field.name)),
        };
        body.insert(field.key(), value);
    }
    Value::Object(body)
}

fn accepting(provider: &Provider) -> FaultServer {
    let server = FaultServer::start();
    server.creates(provider.slug);
    server
}

fn silent_about(outcome: &Outcome, secret: &str) {
    assert!(!outcome.all().contains(secret), "{outcome}");
}

#[test]
fn each_secret_is_asked_for_in_order_and_shown_nowhere() {
    for provider in ALL {
        let env = Env::new();
        let mut pty = Pty::start(env.line(&create_line(provider, "my-cred")).env("ANKRA_SANDBOX", "1"));
        let mut typed = Vec::new();
        for field in secrets(provider) {
            let value = usual_value(field);
            say_that_it_is_there(&mut pty, field.name);
            pty.expect(&format!("{}: ", field.label)).expect_hidden();
            pty.send(&format!("{value}\r")).expect("received");
            typed.push(value);
        }
        let shown = pty.ok();
        assert!(
            shown.contains(&format!("Stored the {} credential my-cred in organisation", provider.title)),
            "{shown}"
        );
        assert!(shown.contains("Where to get it: ") && !shown.contains("warning"), "{shown}");
        assert!(typed.iter().all(|value| !shown.contains(&value[..8])), "{shown}");
        for name in [&[provider.slug], provider.aliases].concat() {
            let listed = env.line(&format!("credentials {name} list -o name")).env("ANKRA_SANDBOX", "1").ok();
            assert_eq!(listed.stdout, "my-cred\n");
        }
        let kind = env.line("credentials get my-cred -o json").env("ANKRA_SANDBOX", "1").ok().json();
        assert_eq!(kind["provider"], provider.slug);
    }
}

#[test]
fn each_secret_comes_from_every_source() {
    for provider in ALL {
        let env = Env::new();
        for field in secrets(provider) {
            let values: Vec<(&Field, String)> =
                secrets(provider).into_iter().map(|field| (field, usual_value(field))).collect();
            let value = &values.iter().find(|(one, _)| one.name == field.name).unwrap().1;
            let file = env.home().join("secret");
            write_private(&file, format!("{value}\n"));
            let (from, file) = (format!("--{}-from", field.name), file.display());
            let mut sources = vec![
                vec![from.clone(), "stdin".to_owned()],
                vec![from.clone(), "fd:0".to_owned()],
                vec![from.clone(), format!("file:{file}")],
                vec![from.clone(), "env:THE_SECRET".to_owned()],
                vec![from, format!("command:cat {file}")],
            ];
            sources.extend(field.stdin_flag.map(|_| vec![format!("--{}-stdin", field.name)]));
            for source in sources {
                let server = accepting(provider);
                let line = create_line(provider, "my-cred");
                let mut run =
                    server.ankra(&env, &line).env("THE_SECRET", value).stdin(format!("{value}\r\n"));
                run.command.args(&source);
                for (number, (other, value)) in values.iter().enumerate() {
                    if other.name != field.name {
                        let variable = format!("OTHER_{number}");
                        run = run.arg(format!("--{}-from", other.name)).arg(format!("env:{variable}"));
                        run = run.env(&variable, value);
                    }
                }
                silent_about(&run.ok(), value);
                assert_eq!(server.writes()[0].json(), body(provider, &line, &values), "{source:?}");
            }
        }
    }
}

#[test]
fn all_secrets_come_from_one_bundle_under_each_of_their_names() {
    for provider in ALL {
        let env = Env::new();
        let values: Vec<(&Field, String)> =
            secrets(provider).into_iter().map(|field| (field, usual_value(field))).collect();
        let object = |name: fn(&Field) -> String| {
            let members = values.iter().map(|(field, value)| (name(field), json!(value)));
            Value::Object(members.collect()).to_string()
        };
        let mut bundles =
            vec![object(|field| field.name.to_owned()), object(|field| field.name.replace('-', "_"))];
        let names = values.iter().map(|(field, _)| field.other_names.len()).max().unwrap();
        for place in 0..=names {
            let line = |(field, value): &(&Field, String)| {
                let own = field.name.replace('-', "_").to_uppercase();
                format!(
                    "export {}='{value}'\n",
                    field.other_names.get(place).map_or(own.as_str(), |name| name)
                )
            };
            bundles.push(format!("# a comment\n{}OTHER=x\n", values.iter().map(line).collect::<String>()));
        }
        for bundle in bundles {
            let server = accepting(provider);
            let line = create_line(provider, "my-cred");
            server.ankra(&env, &format!("{line} --secrets-from stdin")).stdin(bundle.as_str()).ok();
            assert_eq!(server.writes()[0].json(), body(provider, &line, &values), "{bundle}");
        }
    }
}

#[test]
fn a_dry_run_shows_the_request_without_its_secrets_and_sends_nothing() {
    for provider in ALL {
        let (env, server) = (Env::new(), FaultServer::start());
        let line = create_line(provider, "my-cred");
        let values: Vec<(&Field, String)> =
            secrets(provider).into_iter().map(|field| (field, usual_value(field))).collect();
        let members = values.iter().map(|(field, value)| (field.key(), json!(value)));
        let bundle = Value::Object(members.collect()).to_string();
        let redacted: Vec<_> = values.iter().map(|(field, _)| (*field, "<redacted>".to_owned())).collect();
        let dry = format!("{line} --dry-run -o json");
        for run in [env.line(&dry), env.line(&dry).arg("--secrets-from").arg("stdin").stdin(bundle.as_str())]
        {
            let outcome = run.env("ANKRA_BASE_URL", server.url()).ok();
            for (_, value) in &values {
                silent_about(&outcome, value);
            }
            let shown = outcome.json();
            assert_eq!(shown["url"], format!("{}/api/v1/credentials/{}", server.url(), provider.slug));
            assert_eq!(shown["body"], body(provider, &line, &redacted));
        }
        assert!(server.requests().is_empty(), "{:?}", server.lines());
    }
}

#[test]
fn h47_without_a_terminal_what_is_missing_is_named_before_any_request() {
    for provider in ALL {
        let (env, server) = (Env::new(), FaultServer::start());
        let outcome = server.ankra(&env, &create_line(provider, "my-cred")).fails(2);
        outcome.says(&["missing: ", "--secrets-from SOURCE"]);
        for field in secrets(provider) {
            outcome.says(&[field.label, &format!("--{}-from SOURCE", field.name)]);
        }
        let required = |field: &&ankra::testing::providers::Plain| {
            matches!(field.kind, Kind::Text(_)) && field.default.is_none() && field.group.is_none()
        };
        let flags: Vec<String> =
            provider.plain.iter().filter(required).map(|field| format!("--{}", field.name)).collect();
        let bare = server.ankra(&env, &format!("credentials {} create --name x", provider.slug)).fails(2);
        bare.says(&[&format!(
            "missing: {}",
            if flags.is_empty() { secrets(provider)[0].label.to_owned() } else { flags.join(", ") }
        )]);
        assert!(server.requests().is_empty(), "{:?}", server.lines());
    }
}

#[test]
fn what_no_secret_can_be_is_refused_before_any_request() {
    for provider in ALL {
        let (env, server) = (Env::new(), FaultServer::start());
        for field in secrets(provider) {
            for (value, reason) in
                [("two\nlines", "more than one line"), ("a\u{1b}b", "control"), ("\n", "empty")]
            {
                let line = format!("{} --{}-from stdin", create_line(provider, "my-cred"), field.name);
                let mut run = server.ankra(&env, &line).stdin(value).env("OTHER", "x");
                for other in secrets(provider).into_iter().filter(|other| other.name != field.name) {
                    run = run.arg(format!("--{}-from", other.name)).arg("env:OTHER");
                }
                run.fails(2).says(&[&format!("no usable {}", field.label), reason]);
            }
        }
        assert!(server.requests().is_empty(), "{:?}", server.lines());
    }
}

#[test]
fn ssh_keys_are_stored_and_listed_for_each() {
    let env = Env::new();
    for provider in ALL {
        let name = format!("key-of-{}", provider.slug);
        let line =
            format!("--sandbox credentials {} ssh-key create --name {name} --public-key", provider.slug);
        let outcome = env.line(&line).arg(KEY).ok();
        outcome.says(&[&format!(
            "Stored the {} SSH key {name} in organisation sandbox of the sandbox.",
            provider.title
        )]);
        let listed =
            env.line(&format!("--sandbox credentials {} ssh-key list -o json", provider.slug)).ok().json();
        assert_eq!((&listed[0]["name"], listed.as_array().unwrap().len()), (&json!(name), 1), "{listed}");
        assert_eq!(
            (&listed[0]["provider"], &listed[0]["ssh_public_key"]),
            (&json!(format!("{}_ssh_key", provider.slug)), &json!(KEY))
        );
        // A key is no credential of the provider's API.
        let other = env.line(&format!("--sandbox credentials {} list", provider.slug)).ok();
        other.says(&[&format!("No {} credentials in organisation sandbox of the sandbox.", provider.title)]);
        let mut question = Pty::start(env.line(&format!("--sandbox credentials delete {name}")));
        question.expect(&format!("{} SSH key", provider.title)).expect("[y/N] ").send("n\r");
        assert_eq!(question.end(), End::Code(4), "{}", question.transcript());
    }
    for name in ALL.iter().flat_map(|provider| [&[provider.slug], provider.aliases].concat()) {
        let line =
            format!("--sandbox credentials ssh-key create --name by-{name} --provider {name} --public-key");
        env.line(&line).arg(KEY).ok();
    }
    let all = env.line("--sandbox credentials ssh-key list -o name").ok().stdout;
    let aliases: usize = ALL.iter().map(|provider| provider.aliases.len()).sum();
    assert_eq!(all.lines().count(), 2 * ALL.len() + aliases, "{all}");
}

/// A folder with a key `plain`, one with a passphrase `encrypted`, and `plain.pub`.
fn keys() -> Env {
    let env = Env::new();
    for (name, passphrase) in [("plain", ""), ("encrypted", "a passphrase")] {
        let mut keygen = Command::new(need("ssh-keygen", "openssh-client"));
        keygen.args(["-qt", "ed25519", "-N", passphrase, "-f"]).arg(env.work().join(name));
        assert!(keygen.status().unwrap().success());
    }
    env
}

#[test]
fn a_jump_host_goes_with_its_key_or_not_at_all() {
    for provider in behind_a_jump_host() {
        let env = keys();
        let key = fs::read_to_string(env.work().join("plain")).unwrap();
        let line = create_line(provider, "my-cred");
        let values: Vec<(&Field, String)> =
            secrets(provider).into_iter().map(|field| (field, usual_value(field))).collect();
        let mut members: Map<String, Value> =
            values.iter().map(|(field, value)| (field.key(), json!(value))).collect();
        let without = Value::Object(members.clone()).to_string();
        members.insert("jumphost_private_key".to_owned(), json!(key));
        let with = Value::Object(members).to_string();
        let from_file = "--jumphost-private-key-from file:plain";
        for (flags, bundle, port, username) in [
            (format!("--jumphost-host bastion {from_file}"), &without, 22, "root"),
            (
                format!("--jumphost-host 10.0.0.1 --jumphost-port 2222 --jumphost-username me {from_file}"),
                &without,
                2222,
                "me",
            ),
            ("--jumphost-host bastion --tls-insecure".to_owned(), &with, 22, "root"),
        ] {
            let server = accepting(provider);
            let whole = format!("{line} {flags}");
            let run = server.ankra(&env, &format!("{whole} --secrets-from stdin"));
            silent_about(&run.stdin(bundle.as_str()).ok(), &key[40..80]);
            let mut wanted = body(provider, &whole, &values);
            let host = flags.split(' ').nth(1);
            wanted["jumphost"] =
                json!({"host": host, "port": port, "username": username, "private_key": key});
            assert_eq!(server.writes()[0].json(), wanted, "{flags}");
        }
        let server = FaultServer::start();
        for (flags, reason) in [
            ("--jumphost-host bastion --jumphost-private-key-from file:encrypted", "it has a passphrase"),
            ("--jumphost-host bastion --jumphost-private-key-from file:plain.pub", "it is a public key"),
            ("--jumphost-host bastion --jumphost-private-key-from env:WORD", "it is no private key"),
            ("--jumphost-host bastion", "stdin has no jumphost_private_key (it has "),
            (from_file, "missing: --jumphost-host"),
            ("--jumphost-port 2222", "missing: --jumphost-host"),
            ("--jumphost-username me", "missing: --jumphost-host"),
            ("--jumphost-host me@bastion", "invalid value for --jumphost-host"),
            ("--jumphost-host bastion --jumphost-port 0", "invalid value for --jumphost-port"),
        ] {
            let run = server.ankra(&env, &format!("{line} {flags} --secrets-from stdin"));
            run.stdin(without.as_str()).env("WORD", unique("w", 40)).fails(2).says(&[reason]);
        }
        assert!(server.requests().is_empty(), "{:?}", server.lines());
    }
}

#[test]
fn a_person_is_asked_for_the_file_of_a_jump_host_s_key() {
    for provider in behind_a_jump_host() {
        let env = keys();
        let line = format!("{} --jumphost-host bastion", create_line(provider, "my-cred"));
        let mut pty = Pty::start(env.line(&line).env("ANKRA_SANDBOX", "1"));
        for field in secrets(provider) {
            say_that_it_is_there(&mut pty, field.name);
            pty.expect(&format!("{}: ", field.label)).expect_hidden();
            pty.send(&format!("{}\r", usual_value(field))).expect("received");
        }
        pty.expect("Path of the private key of the jump host: ").send("plain\r");
        let shown = pty.ok();
        assert!(
            shown.contains(&format!("Stored the {} credential my-cred in organisation", provider.title)),
            "{shown}"
        );
    }
}
