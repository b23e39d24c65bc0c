//! Looks for a secret in all the forms in which it may hide.

use std::{fs, path::PathBuf};

use serde_json::json;

use crate::support::{Env, FaultServer, ID, Outcome, Run, gate, unique};

/// A secret with characters in its middle that JSON, URLs, HTML and shells write in another way.
pub fn tricky() -> String {
    format!("{}\"'\\/<&>%+ $;\u{e9}{}", unique("Canary", 30), unique("yranaC", 30))
}

/// As [`tricky`], without what dotenv text cannot hold beside quotes of both kinds.
pub fn tricky_in(source: &str) -> String {
    if source == "dotenv" { tricky().replace('$', "") } else { tricky() }
}

/// A secret where only letters and digits can be.
pub fn plain() -> String {
    unique("Canary", 64)
}

/// The forms in which a secret may hide: those of its first and of its last part, which are
/// letters and digits, so that a whole one is found however its middle is written.
pub fn forms(secret: &str) -> Vec<String> {
    let (first, last) = (&secret[..20], &secret[secret.len() - 20..]);
    [first, last].into_iter().flat_map(forms_of_part).collect()
}

fn forms_of_part(part: &str) -> Vec<String> {
    assert!(part.bytes().all(|byte| byte.is_ascii_alphanumeric()), "{part}");
    let each = |write: fn(u8) -> String| part.bytes().map(write).collect::<String>();
    let mut forms = vec![
        part.to_owned(),
        part.chars().rev().collect(),
        part.to_lowercase(),
        part.to_uppercase(),
        each(|byte| format!("{byte:02x}")),
        each(|byte| format!("{byte:02X}")),
        each(|byte| format!("%{byte:02x}")),
        each(|byte| format!("%{byte:02X}")),
        each(|byte| format!("\\x{byte:02x}")),
        each(|byte| format!("\\u{byte:04x}")),
        each(|byte| format!("{byte}, ")),
    ];
    // It may stand at any place in the groups of what was encoded around it.
    forms.extend((0..3).map(|skipped| base64(&part.as_bytes()[skipped..])));
    forms
}

/// Base64 without its last group; of letters and digits it is the same for URLs.
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

pub fn holds(text: impl AsRef<[u8]>, secret: &str) -> bool {
    let text = String::from_utf8_lossy(text.as_ref());
    forms(secret).iter().any(|form| text.contains(form.as_str()))
}

/// Fails if a stream holds the secret, or a file below HOME or the working directory but `allowed`.
pub fn clean(env: &Env, outcome: &Outcome, secret: &str, allowed: &[PathBuf]) {
    let leaks = leaks(env, outcome, secret, allowed);
    gate("canaries leaked", leaks.len(), 1);
    gate("panics", outcome.stderr.contains("panicked").into(), 1);
    assert!(leaks.is_empty(), "in {leaks:?}: {outcome}");
    assert!(!outcome.stderr.contains("panicked"), "{outcome}");
}

/// As [`clean`], where a terminal took the streams.
pub fn clean_terminal(env: &Env, shown: &str, secret: &str, allowed: &[PathBuf]) {
    let leaks = leaks_in_files(env, secret, allowed);
    gate("canaries leaked", leaks.len() + usize::from(holds(shown, secret)), 1);
    assert!(leaks.is_empty() && !holds(shown, secret), "in {leaks:?}: {shown}");
}

/// Where the secret is that should not be there.
pub fn leaks(env: &Env, outcome: &Outcome, secret: &str, allowed: &[PathBuf]) -> Vec<String> {
    let streams = [("stdout", &outcome.stdout), ("stderr", &outcome.stderr)];
    let streams = streams.into_iter().filter(|(_, text)| holds(text, secret));
    streams.map(|(name, _)| name.to_owned()).chain(leaks_in_files(env, secret, allowed)).collect()
}

fn leaks_in_files(env: &Env, secret: &str, allowed: &[PathBuf]) -> Vec<String> {
    let leaks = |file: &PathBuf| {
        let named = holds(file.to_string_lossy().as_bytes(), secret);
        named || (!allowed.contains(file) && holds(fs::read(file).unwrap(), secret))
    };
    env.files().iter().filter(|file| leaks(file)).map(|file| file.display().to_string()).collect()
}

/// The number of requests whose body holds the secret. It stands at `key`, and in no head of a request.
pub fn bodies(server: &FaultServer, key: &str, secret: &str) -> usize {
    let mut count = 0;
    for request in server.requests() {
        let head = format!("{} {} {:?}", request.method, request.target, request.headers);
        assert!(!holds(&head, secret), "in the head of a request: {head}");
        if holds(&request.body, secret) {
            assert_eq!(request.json()[key], secret);
            count += 1;
        }
    }
    count
}

/// A server that accepts everything, and that shows `secret` in each field that the facts name as
/// one that may hold a secret.
pub fn accepting(secret: &str) -> FaultServer {
    let server = FaultServer::start();
    server.accept_everything(json!({
        "id": ID, "name": "canary", "provider": "registry",
        "username": "u", "valid": true, "success": true, "token": secret, "access_token": secret,
        "secret_access_key": secret, "application_secret": secret, "consumer_key": secret,
        "application_key": secret, "api_token": secret, "password": secret, "private_key": secret,
    }));
    server
}

/// With everything on that makes a program talk.
pub fn loud(run: Run) -> Run {
    run.arg("-vvv").env("RUST_BACKTRACE", "full").env("RUST_LOG", "trace").env("OTHER", "other")
}
