//! A unique secret in every command, looked for everywhere it must not be.

use std::{collections::BTreeSet, fs, path::PathBuf};

use clap::Command;
use serde_json::json;

use crate::support::{Answer, Env, FaultServer, Outcome, Pty, Run, gate, unique};

/// Commands that take a secret: the line without its source, the flag's stem, and the body's key.
const TAKING: [(&str, &str, &str); 6] = [
    ("credentials hetzner create --name canary", "api-token", "api_token"),
    (
        "credentials ovh create --name canary --project-id 0 --application-secret-from env:OTHER --consumer-key-from env:OTHER",
        "application-key",
        "application_key",
    ),
    (
        "credentials ovh create --name canary --project-id 0 --application-key-from env:OTHER --consumer-key-from env:OTHER",
        "application-secret",
        "application_secret",
    ),
    (
        "credentials ovh create --name canary --project-id 0 --application-key-from env:OTHER --application-secret-from env:OTHER",
        "consumer-key",
        "consumer_key",
    ),
    ("credentials registry create --name canary --username u", "password", "password"),
    ("credentials registry update canary --username u", "password", "password"),
];

/// Commands that take no secret but the API token.
const OTHERS: [&str; 24] = [
    "credentials list",
    "credentials get canary",
    "credentials validate canary",
    "credentials delete canary --yes",
    "credentials hetzner list",
    "credentials hetzner ssh-key create --name canary --generate",
    "credentials hetzner ssh-key list",
    "credentials ovh list",
    "credentials ovh ssh-key create --name canary --generate --private-key-file another",
    "credentials ovh ssh-key list",
    "credentials registry list",
    "credentials registry get canary",
    "credentials registry delete canary --yes",
    "credentials ssh-key create --name canary --provider ovh --generate --private-key-file third",
    "credentials ssh-key list",
    "credentials ssh-key generate --name alone",
    "login --with-token --api-token-from env:ANKRA_API_TOKEN",
    "logout --local",
    "status",
    "completion bash",
    "sandbox env",
    "sandbox reset --yes",
    "sandbox serve --listen 192.0.2.1:1",
    "--help",
];

/// The forms in which a secret may hide.
fn forms(secret: &str) -> Vec<String> {
    let hex = secret.bytes().fold(String::new(), |text, byte| text + &format!("{byte:02x}"));
    let percent = secret.bytes().fold(String::new(), |text, byte| text + &format!("%{byte:02X}"));
    let half = &secret[..secret.len() / 2];
    vec![
        secret.into(),
        half.into(),
        secret.chars().rev().collect(),
        base64(secret.as_bytes()),
        hex.to_uppercase(),
        hex,
        percent,
    ]
}

/// Base64 without its last, unsure group.
fn base64(bytes: &[u8]) -> String {
    const ALPHABET: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let mut text = String::new();
    for chunk in bytes.chunks_exact(3) {
        let word = u32::from(chunk[0]) << 16 | u32::from(chunk[1]) << 8 | u32::from(chunk[2]);
        for shift in [18, 12, 6, 0] {
            text.push(char::from(ALPHABET[(word >> shift) as usize & 63]));
        }
    }
    text
}

fn holds(text: &[u8], secret: &str) -> bool {
    forms(secret).iter().any(|form| text.windows(form.len()).any(|window| window == form.as_bytes()))
}

/// Fails if any stream or file but `allowed` holds the secret.
fn clean(env: &Env, outcome: &Outcome, secret: &str, allowed: &[PathBuf]) {
    let leaked = holds(outcome.all().as_bytes(), secret);
    gate("canaries leaked", leaked.into(), 1);
    gate("panics", outcome.stderr.contains("panicked").into(), 1);
    assert!(!outcome.stderr.contains("panicked"), "{outcome}");
    assert!(!holds(outcome.stdout.as_bytes(), secret), "on stdout: {outcome}");
    assert!(!holds(outcome.stderr.as_bytes(), secret), "on stderr: {outcome}");
    for file in env.files() {
        if !allowed.contains(&file) {
            let bytes = fs::read(&file).unwrap_or_default();
            assert!(!holds(&bytes, secret), "in {}: {outcome}", file.display());
        }
    }
}

/// A server that accepts everything that the commands ask of it.
fn accepting() -> FaultServer {
    let server = FaultServer::start();
    server.accept_everything(json!({"id": "6f1dbe5c-3f0c-4a5e-9d3f-0a6f5b1c2d3e", "name": "canary", "provider": "registry", "username": "u", "valid": true, "success": true}));
    server
}

fn loud(run: Run) -> Run {
    run.arg("-vvv").env("RUST_BACKTRACE", "full").env("RUST_LOG", "trace").env("OTHER", "other")
}

/// Requests whose body holds the secret.
fn bodies(server: &FaultServer, key: &str, secret: &str) -> usize {
    let holding: Vec<_> =
        server.requests().into_iter().filter(|request| holds(&request.body, secret)).collect();
    for request in &holding {
        assert_eq!(request.json()[key], secret);
    }
    for request in server.requests() {
        let head = format!("{} {:?}", request.target, request.headers);
        assert!(!holds(head.as_bytes(), secret), "in the head of a request: {head}");
    }
    holding.len()
}

#[test]
fn h84_a_secret_of_every_source_is_in_one_body_and_nowhere_else() {
    for (line, flag, key) in TAKING {
        for source in ["stdin", "file", "env", "command", "fd", "bundle"] {
            let env = Env::new();
            let server = accepting();
            let secret = unique("canary", 64);
            let file = env.home().join("source");
            let text = if source == "bundle" { json!({ key: secret }).to_string() } else { secret.clone() };
            fs::write(&file, &text).unwrap();
            let shown = file.display();
            let args = match source {
                "stdin" => [format!("--{flag}-from"), "stdin".into()],
                "file" => [format!("--{flag}-from"), format!("file:{shown}")],
                "env" => [format!("--{flag}-from"), "env:CANARY".into()],
                "command" => [format!("--{flag}-from"), format!("command:cat {shown}")],
                "fd" => [format!("--{flag}-from"), "fd:0".into()],
                _ => ["--secrets-from".into(), format!("file:{shown}")],
            };
            let mut run = loud(server.ankra(&env, line));
            run.command.args(&args);
            if source == "env" {
                run = run.env("CANARY", &secret);
            }
            let outcome = run.stdin(text).run();
            assert_eq!(outcome.code, Some(0), "{outcome}");
            clean(&env, &outcome, &secret, std::slice::from_ref(&file));
            assert_eq!(bodies(&server, key, &secret), 1, "{line} {args:?}");
        }
    }
}

#[test]
fn h84_a_secret_stays_hidden_whatever_the_platform_does() {
    let secret = unique("canary", 64);
    let echo = json!({"detail": format!("bad: {secret}")});
    let answers = [
        Answer::json(401, echo.clone()),
        Answer::json(409, echo.clone()),
        Answer::json(
            422,
            json!({"detail": [{"loc": ["body"], "msg": secret, "input": secret, "type": "x"}]}),
        ),
        Answer::json(500, echo),
        Answer::json(200, json!({"success": false, "errors": [{"key": secret, "message": secret}]})),
        Answer::json(200, json!({"success": secret})),
        Answer::text(400, "text/html", format!("<html>{secret}</html>")),
        Answer::text(200, "application/json", format!("{{\"success\": \"{secret}")),
        Answer::json(200, json!({"success": true})).header("content-encoding", &secret),
        Answer::reset(),
        Answer::silence(),
    ];
    for answer in answers {
        for format in ["table", "json"] {
            let env = Env::new();
            let server = FaultServer::start();
            server.on("POST", "/api/v1/credentials/hetzner", [answer.clone()]);
            let line =
                format!("credentials hetzner create --name canary --api-token-stdin --timeout 1 -o {format}");
            let outcome = loud(server.ankra(&env, &line)).stdin(secret.as_str()).run();
            assert_ne!(outcome.code, Some(0), "{outcome}");
            clean(&env, &outcome, &secret, &[]);
        }
    }
}

#[test]
fn h84_a_dry_run_shows_no_secret() {
    for (line, flag, _) in TAKING {
        for format in ["table", "wide", "json", "yaml", "name"] {
            let env = Env::new();
            let secret = unique("canary", 64);
            let run = loud(env.line(&format!("{line} --dry-run -o {format} --{flag}-from stdin")));
            let outcome = run.stdin(secret.as_str()).run();
            assert_eq!(outcome.code, Some(0), "{outcome}");
            clean(&env, &outcome, &secret, &[]);
        }
    }
}

#[test]
fn a_prompted_secret_is_not_on_the_terminal() {
    let env = Env::new();
    let server = accepting();
    let secret = unique("canary", 64);
    let mut pty = Pty::start(loud(server.ankra(&env, "credentials hetzner create --name canary")));
    pty.expect("Hetzner API token: ").expect_hidden().send(&format!("{secret}\r"));
    let shown = pty.ok();
    assert!(!holds(shown.as_bytes(), &secret), "{shown}");
    assert_eq!(bodies(&server, "api_token", &secret), 1);
}

#[test]
fn the_api_token_is_in_the_authorization_header_and_nowhere_else() {
    for line in OTHERS.iter().copied().chain(TAKING.iter().map(|(line, ..)| *line)) {
        for format in ["table", "json"] {
            let env = Env::new();
            let server = accepting();
            let token = unique("canary", 64);
            let run = loud(env.line(&format!("{line} -o {format}")));
            let outcome = run.env("ANKRA_BASE_URL", server.url()).env("ANKRA_API_TOKEN", &token).run();
            // The file that a sign-in writes is the one place where a token rests.
            clean(&env, &outcome, &token, &[env.home().join(".config/ankra/login.toml")]);
            for request in server.requests() {
                let holding = request.headers.iter().filter(|(_, value)| holds(value.as_bytes(), &token));
                let names: Vec<&str> = holding.map(|(name, _)| name.as_str()).collect();
                assert_eq!(names, ["authorization"], "{line}");
                assert!(!holds(request.target.as_bytes(), &token) && !holds(&request.body, &token), "{line}");
            }
        }
    }
}

#[test]
fn h70_h88_a_child_sees_no_token_and_no_secret_in_any_argv() {
    let env = Env::new();
    let server = accepting();
    let (token, secret) = (unique("canary", 64), unique("second", 64));
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
    let outcome = loud(run).env("ANKRA_API_TOKEN", &token).run();
    assert_eq!(outcome.code, Some(0), "{outcome}");
    let seen = fs::read(&seen).unwrap();
    assert!(String::from_utf8_lossy(&seen).contains("OTHER=other"), "the child has an environment");
    assert!(!holds(&seen, &token) && !holds(&seen, &secret), "{}", String::from_utf8_lossy(&seen));
}

#[test]
fn the_sandbox_keeps_no_secret_in_clear() {
    let env = Env::new();
    let secret = unique("canary", 64);
    let line = "--sandbox credentials hetzner create --name canary --api-token-stdin";
    let outcome = loud(env.line(line)).stdin(secret.as_str()).run();
    assert_eq!(outcome.code, Some(0), "{outcome}");
    clean(&env, &outcome, &secret, &[]);
}

#[test]
fn a_planted_canary_is_found() {
    let env = Env::new();
    let secret = unique("canary", 64);
    for planted in forms(&secret) {
        assert!(holds(format!("before {planted} after").as_bytes(), &secret), "{planted}");
    }
    fs::write(env.home().join("planted"), format!("x{secret}")).unwrap();
    let outcome = env.line("--version").ok();
    let found =
        std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| clean(&env, &outcome, &secret, &[])));
    assert!(found.is_err());
}

/// The commands that do something, as words.
fn leaves(command: &Command, path: &str, found: &mut BTreeSet<String>) {
    for sub in command.get_subcommands() {
        let path = format!("{path} {}", sub.get_name()).trim().to_owned();
        if sub.has_subcommands() {
            leaves(sub, &path, found);
        } else {
            found.insert(path);
        }
    }
}

#[test]
fn every_command_is_among_those_that_are_searched() {
    let mut all = BTreeSet::new();
    leaves(&ankra::cli::command(), "", &mut all);
    let lines: Vec<&str> = OTHERS.iter().copied().chain(TAKING.iter().map(|(line, ..)| *line)).collect();
    let missing: Vec<&String> =
        all.iter().filter(|command| !lines.iter().any(|line| line.starts_with(command.as_str()))).collect();
    assert!(missing.is_empty(), "{missing:?}");
}
