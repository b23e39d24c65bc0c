//! A unique secret in every command, looked for everywhere it must not be.

mod clouds;
mod echo;
mod imported;
mod keys;
mod registry;
mod returned;
mod search;
mod token;

use std::{collections::BTreeSet, fs};

use ankra::testing::{output::Format, providers::ALL, secret::Shape};
use clap::Command;
use serde_json::json;

use crate::support::{Env, Platform, Pty, Run, create_line, hetzner_token, say_that_it_is_there};
use search::{accepting, bodies, clean, clean_terminal, forms, holds, leaks, loud, plain, tricky, tricky_in};

/// A command that stores a secret.
struct Taking {
    /// The command, without the secret's source.
    line: String,
    /// Its other secrets, which come from a variable.
    others: Vec<&'static str>,
    /// The stem of the secret's flags.
    flag: &'static str,
    /// Its key in the body.
    key: String,
    /// What the terminal shows when it asks.
    prompt: String,
    /// Whether it has a short form for standard input.
    is_piped: bool,
}

impl Taking {
    fn of_registry(line: &str) -> Self {
        Self {
            line: line.to_owned(),
            others: Vec::new(),
            flag: "password",
            key: "password".to_owned(),
            prompt: "Registry password or token: ".to_owned(),
            is_piped: true,
        }
    }

    /// Its words, with the other secrets' sources.
    fn words(&self) -> String {
        self.others.iter().fold(self.line.clone(), |line, flag| line + &format!(" --{flag}-from env:OTHER"))
    }
}

const REGISTRY: &str = "credentials registry create --name canary --username u";

/// Every command that stores a secret, once for each of its secrets. Private keys are in [`keys`].
fn taking() -> Vec<Taking> {
    let mut found = taking_at_clouds();
    let registry = [
        "credentials registry update canary --username u",
        "credentials registry set canary --username u",
        "credentials registry refresh canary",
        REGISTRY,
    ];
    found.extend(registry.map(Taking::of_registry));
    found
}

/// Those of clouds alone.
fn taking_at_clouds() -> Vec<Taking> {
    let mut found = Vec::new();
    for provider in ALL {
        let fields = || provider.secrets.iter().filter(|field| field.shape != Shape::KeyFile);
        found.extend(fields().map(|field| Taking {
            line: create_line(provider, "canary"),
            others: fields().map(|other| other.name).filter(|name| *name != field.name).collect(),
            flag: field.name,
            key: field.key(),
            prompt: format!("{}: ", field.label),
            is_piped: field.stdin_flag.is_some(),
        }));
    }
    found
}

/// Commands that take no secret but the API token, and those of [`keys`] and [`token`].
fn others() -> Vec<String> {
    let of_each = ALL.iter().map(|provider| provider.slug).flat_map(|slug| {
        [
            format!("credentials {slug} list"),
            format!(
                "credentials {slug} ssh-key create --name canary --generate --private-key-file of-{slug}"
            ),
            format!("credentials {slug} ssh-key list"),
        ]
    });
    of_each.chain(OTHERS.map(str::to_owned)).collect()
}

/// Those of no one provider.
const OTHERS: [&str; 35] = [
    "credentials audit",
    "credentials list",
    "credentials get canary",
    "credentials validate canary",
    "credentials delete canary --yes",
    "credentials registry list",
    "credentials registry get canary",
    "credentials registry delete canary --yes",
    "credentials registry presets",
    "credentials registry presets ecr",
    "credentials ssh-key create --name canary --provider ovh --generate --private-key-file third",
    "credentials ssh-key list",
    "credentials ssh-key generate --name alone",
    "login --with-token --api-token-from env:ANKRA_API_TOKEN",
    "logout --local",
    "status",
    "org list",
    "org current",
    "org use canary",
    "profile list",
    "profile use default",
    "profile remove default --local",
    "token list",
    "token create --name canary",
    "token revoke canary --yes",
    "token delete canary --yes",
    "completion bash",
    "completion zsh --static",
    "completion install --shell zsh --yes",
    "completion uninstall --shell zsh --yes",
    "__complete zsh ankra credentials get ",
    "sandbox env",
    "sandbox reset --yes",
    "sandbox serve --listen 192.0.2.1:1",
    "--help",
];

/// Every format by its name.
const FORMATS: [&str; Format::NAMED.len()] = {
    let mut names = [""; Format::NAMED.len()];
    let mut at = 0;
    while at < names.len() {
        names[at] = Format::NAMED[at].0;
        at += 1;
    }
    names
};

/// Every form of source but the prompt.
const SOURCES: [&str; 8] = ["stdin", "short", "file", "env", "command", "fd", "bundle", "dotenv"];

/// `taking` with `secret` from `source`. What holds the secret is `source` in HOME, or standard input.
fn sourced(env: &Env, run: Run, taking: &Taking, source: &str, secret: &str) -> Option<Run> {
    let file = env.home().join("source");
    let path = file.display();
    let flag = format!("--{}-from", taking.flag);
    let (args, text) = match source {
        "stdin" => (vec![flag, "stdin".into()], secret.to_owned()),
        "short" if taking.is_piped => (vec![format!("--{}-stdin", taking.flag)], format!("{secret}\n")),
        "short" => return None,
        "file" => (vec![flag, format!("file:{path}")], secret.to_owned()),
        "env" => (vec![flag, "env:CANARY".into()], secret.to_owned()),
        "command" => (vec![flag, format!("command:cat {path}")], format!("{secret}\r\n")),
        "fd" => (vec![flag, "fd:7".into()], secret.to_owned()),
        "bundle" => (
            vec!["--secrets-from".into(), format!("file:{path}")],
            json!({ &taking.key: secret }).to_string(),
        ),
        _ => {
            let line = format!("export {}={secret}\n", taking.key.to_uppercase());
            (vec!["--secrets-from".into(), "stdin".into()], line)
        }
    };
    fs::write(&file, &text).unwrap();
    let mut run = args.iter().fold(run, Run::arg);
    match source {
        "env" => run = run.env("CANARY", secret),
        "stdin" | "short" | "dotenv" => {
            fs::remove_file(&file).unwrap();
            run = run.stdin(text);
        }
        "fd" => run = behind(env, run, &format!("exec \"$@\" 7<'{path}'")),
        _ => {}
    }
    Some(run)
}

/// `run`, started by a shell's `script` as `"$@"`.
fn behind(env: &Env, run: Run, script: &str) -> Run {
    let mut shell = env.program("sh");
    shell.command.args(["-c", script, "sh"]).arg(run.command.get_program()).args(run.command.get_args());
    for (key, value) in run.command.get_envs() {
        shell.command.env(key, value.unwrap_or_default());
    }
    shell
}

#[test]
fn h84_a_secret_of_every_source_is_in_one_body_and_nowhere_else() {
    for taking in &taking() {
        for (source, format) in SOURCES.iter().flat_map(|source| FORMATS.map(|format| (source, format))) {
            let env = Env::new();
            let secret = tricky_in(source);
            let server = accepting(&secret);
            let run = loud(server.ankra(&env, &format!("{} -o {format}", taking.words())));
            let Some(run) = sourced(&env, run, taking, source, &secret) else { continue };
            let outcome = run.run();
            assert_eq!(outcome.code, Some(0), "{source}: {outcome}");
            clean(&env, &outcome, &secret, &[env.home().join("source")]);
            assert_eq!(bodies(&server, &taking.key, &secret), 1, "{source}: {outcome}");
        }
    }
}

#[test]
fn h84_a_prompted_secret_is_in_one_body_and_not_on_the_terminal() {
    for taking in &taking() {
        let env = Env::new();
        let secret = tricky();
        let server = accepting(&secret);
        let mut pty = Pty::start(loud(server.ankra(&env, &taking.words())));
        say_that_it_is_there(&mut pty, taking.flag);
        pty.expect(&taking.prompt).expect_hidden().send(&format!("{secret}\r")).expect("received");
        let shown = pty.ok();
        clean_terminal(&env, &shown, &secret, &[]);
        assert_eq!(bodies(&server, &taking.key, &secret), 1, "{}", taking.flag);
    }
}

#[test]
fn h84_a_dry_run_shows_no_secret_and_sends_none() {
    for taking in &taking() {
        for format in FORMATS {
            let env = Env::new();
            let secret = tricky();
            let server = accepting(&secret);
            let line = format!("{} --dry-run -o {format} --{}-from stdin", taking.words(), taking.flag);
            let outcome = loud(server.ankra(&env, &line)).stdin(secret.as_str()).ok();
            clean(&env, &outcome, &secret, &[]);
            assert_eq!(bodies(&server, &taking.key, &secret), 0, "{outcome}");
            assert!(format == "name" || outcome.stdout.contains("<redacted>"), "{outcome}");
        }
    }
}

#[test]
fn h70_h88_a_child_sees_no_token_and_no_secret_in_any_argv() {
    let env = Env::new();
    let (token, secret) = (plain(), tricky());
    let server = accepting(&secret);
    let seen = env.home().join("seen");
    let file = env.home().join("source");
    fs::write(&file, &secret).unwrap();
    // The child writes down its environment, its descriptors and the argv of every process it can see.
    let command = format!(
        "command:{{ env; ls -l /proc/$$/fd; cat /proc/[0-9]*/cmdline; }} >{} 2>/dev/null; cat {}",
        seen.display(),
        file.display()
    );
    let run = server.ankra(&env, "credentials hetzner create --name canary --api-token-from").arg(command);
    loud(run).env("ANKRA_API_TOKEN", &token).ok();
    let seen = fs::read(&seen).unwrap();
    let text = String::from_utf8_lossy(&seen);
    assert!(text.contains("OTHER=other") && text.contains("hetzner\0create"), "{text}");
    assert!(!holds(&seen, &token) && !holds(&seen, &secret), "{text}");
}

#[test]
fn the_sandbox_keeps_no_secret_in_clear_whether_it_takes_or_refuses_it() {
    for taking in &taking() {
        let env = Env::new();
        let platform = Platform::start(&env);
        if ["update", "refresh"].iter().any(|verb| taking.line.contains(verb)) {
            platform.admin(&env, &format!("{REGISTRY} --password-stdin")).stdin("first").ok();
        }
        // Its neighbours are as long as OVH's keys are.
        let other = &hetzner_token()[..32];
        let line = format!("{} --{}-from stdin", taking.words(), taking.flag);
        let mut codes = BTreeSet::new();
        for secret in [plain(), plain()[..32].to_owned(), tricky()] {
            let outcome = loud(platform.admin(&env, &line)).env("OTHER", other).stdin(secret.as_str()).run();
            codes.insert(outcome.code);
            clean(&env, &outcome, &secret, &[]);
            platform.expect_log(&["200"]);
            assert!(!holds(platform.log(), &secret), "{}", platform.log());
            let mut curl = env.program(crate::support::need("curl", "curl"));
            let header = format!("Authorization: Bearer {}", platform.admin);
            curl.command.args(["-sf", "-H", &header, &format!("{}/sandbox/audit", platform.url)]);
            let audit = curl.ok().stdout;
            assert!(audit.contains("credential"), "{audit}");
            assert!(!holds(&audit, &secret) && !audit.contains(&platform.admin), "{audit}");
        }
        assert!(codes.contains(&Some(0)), "{line}: {codes:?}");
    }
}

#[test]
fn a_planted_canary_is_found() {
    for secret in [plain(), tricky()] {
        for form in forms(&secret) {
            assert!(holds(format!("before {form} after"), &secret), "{form}");
        }
        let quoted = json!({ "a": [secret] }).to_string();
        assert!(holds(quoted, &secret));
        assert!(!holds(forms(&plain()).concat(), &secret), "another one is not this one");
        for (script, place) in
            [("cat", "stdout"), ("cat >&2", "stderr"), ("cat >\"$HOME/a\"", "a"), ("cat >b", "b")]
        {
            let env = Env::new();
            let outcome = env.program("sh").arg("-c").arg(script).stdin(secret.as_str()).ok();
            let found = leaks(&env, &outcome, &secret, &[]);
            assert!(found.len() == 1 && found[0].ends_with(place), "{script}: {found:?}");
            let allowed = [env.home().join(place), env.work().join(place)];
            assert_eq!(leaks(&env, &outcome, &secret, &allowed).is_empty(), place.len() == 1, "{script}");
        }
    }
}

/// The commands that do something, as words, each with the stems of its `--X-from` flags.
fn leaves(command: &Command, path: &str, found: &mut BTreeSet<(String, String)>) {
    for sub in command.get_subcommands() {
        let path = format!("{path} {}", sub.get_name()).trim().to_owned();
        if sub.has_subcommands() {
            leaves(sub, &path, found);
            continue;
        }
        found.insert((path.clone(), String::new()));
        let flags = sub.get_arguments().filter_map(|arg| arg.get_long()?.strip_suffix("-from"));
        found.extend(flags.map(|stem| (path.clone(), stem.to_owned())));
    }
}

#[test]
fn every_command_and_every_way_in_for_a_secret_is_searched() {
    let mut all = BTreeSet::new();
    leaves(&ankra::testing::cli::command(), "", &mut all);
    let mut searched = vec![(token::LOGIN.to_owned(), "api-token")];
    searched.extend(keys::encrypted().into_iter().map(|line| (line, "passphrase")));
    searched.extend(keys::brought().into_iter().map(|(line, field)| (line, field.name)));
    searched.extend([(registry::CHECK.to_owned(), "password"), (registry::CHECK.to_owned(), "secrets")]);
    for taking in taking().into_iter().chain(clouds::taking()) {
        searched.extend([(taking.line.clone(), taking.flag), (taking.line, "secrets")]);
    }
    let lines: Vec<String> = searched.iter().map(|(line, _)| line.clone()).chain(others()).collect();
    let is = |line: &str, command: &str| line == command || line.starts_with(&format!("{command} "));
    for (command, stem) in all {
        let found = if stem.is_empty() {
            lines.iter().any(|line| is(line, &command))
        } else {
            searched.iter().any(|(line, flag)| is(line, &command) && *flag == stem)
        };
        assert!(found, "no canary for: {command} {stem}");
    }
}
