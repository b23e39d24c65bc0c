//! `ankra logout`

use std::fs;

use serde_json::{Value, json};

use crate::support::{Answer, End, Env, FaultServer, Platform, Pty, id, write_private};

const TOKENS: &str = "/api/v1/org/account/tokens";

fn revoke_path(number: u8) -> String {
    format!("{TOKENS}/{}/revoke", id(number))
}

fn token(number: u8, name: &str, revoked: bool) -> Value {
    json!({
        "id": id(number),
        "name": name,
        "created_at": format!("2026-01-02T03:04:{number:02}Z"),
        "last_used_at": "2026-02-03T04:05:06Z",
        "revoked": revoked,
    })
}

/// A server whose user has two tokens that are good, and a saved login for it.
fn signed_in(env: &Env) -> FaultServer {
    let server = FaultServer::start();
    let tokens = json!([token(1, "laptop", false), token(2, "old", true), token(3, "ci", false)]);
    server.on("GET", TOKENS, [Answer::json(200, tokens)]);
    env.signed_in(&server.url(), "saved-token");
    server
}

fn is_signed_in(env: &Env) -> bool {
    fs::read_to_string(env.login_file()).unwrap().contains("saved-token")
}

#[test]
fn the_only_token_is_revoked_and_removed() {
    let env = Env::new();
    let platform = Platform::start(&env);
    env.line("login --with-token --base-url").arg(&platform.url).stdin(platform.admin.as_str()).ok();
    let outcome = env.line("logout --revoke").ok();
    outcome
        .says(&[&format!("Revoked the token at {}.", platform.url), "Removed the login from this machine."]);
    assert!(!outcome.stderr.contains("stays valid"), "{outcome}");
    assert_eq!(outcome.stdout, "");
    assert!(!fs::read_to_string(env.login_file()).unwrap().contains(&platform.admin));
    env.line("status").fails(6).says(&["you are not signed in"]);
    // It is worth nothing any more, to anyone.
    platform.admin(&env, "status").fails(6).says(&["revoked"]);
    env.line("logout").ok().says(&["No login is saved on this machine."]);
}

#[test]
fn a_token_that_was_pasted_is_forgotten_and_stays_valid() {
    let (env, server) = (Env::new(), FaultServer::start());
    env.signed_in(&server.url(), "saved-token");
    let outcome = env.line("logout").ok();
    outcome.says(&["Removed the login from this machine.", "warning: the token stays valid: revoke it at "]);
    assert!(!is_signed_in(&env));
    assert_eq!(server.lines(), [""; 0]);
}

/// A login file with entries that sign-ins of this program made, by name, token and the number of its id.
fn obtained(env: &Env, server: &FaultServer, entries: &[(&str, &str, u8)]) {
    let entry = |(name, token, number): &(&str, &str, u8)| {
        let (url, id) = (server.url(), id(*number));
        format!(
            "[{name}]\nbase-url = \"{url}\"\ntoken = \"{token}\"\ntoken-id = \"{id}\"\nexpires-at = \"2027-01-02T03:04:05Z\"\n"
        )
    };
    write_private(&env.login_file(), entries.iter().map(entry).collect::<String>());
}

#[test]
fn a_token_that_a_sign_in_made_is_revoked_without_asking_which() {
    for status in [200, 401, 404] {
        let (env, server) = (Env::new(), FaultServer::start());
        server.on("POST", &revoke_path(3), [Answer::json(status, json!({"detail": "Token not found"}))]);
        obtained(&env, &server, &[("default", "saved-token", 3)]);
        let outcome = env.line("logout").ok();
        let said = if status == 200 { "Revoked the token at " } else { "there is nothing to revoke" };
        outcome.says(&[said, "Removed the login from this machine."]);
        assert_eq!(server.lines(), [format!("POST {}", revoke_path(3))]);
        assert!(!is_signed_in(&env));
    }
    let (env, server) = (Env::new(), FaultServer::start());
    obtained(&env, &server, &[("default", "saved-token", 3)]);
    env.line("logout --local-only").ok().says(&["the token stays valid until 2027-01-02T03:04:05Z"]);
    assert_eq!(server.lines(), [""; 0]);
}

#[test]
fn a_token_that_another_profile_holds_is_revoked_only_when_that_is_said() {
    let (env, server) = (Env::new(), FaultServer::start());
    let both = [("default", "saved-token", 3), ("work", "saved-token", 3)];
    obtained(&env, &server, &both);
    let outcome = env.line("logout").ok();
    outcome.says(&["The token is not revoked: the profile work holds it too.", "stays valid"]);
    assert_eq!(server.lines(), [""; 0]);
    assert!(fs::read_to_string(env.login_file()).unwrap().contains("[work]"));

    obtained(&env, &server, &both);
    server.on("POST", &revoke_path(3), [Answer::json(200, json!({}))]);
    let outcome = env.line("--profile work logout --revoke").ok();
    let said = "warning: the profile default holds the same token, and will be signed out too";
    outcome.says(&[said, "Revoked the token at "]);
    assert!(outcome.stderr.find(said) < outcome.stderr.find("Revoked the token"), "{outcome}");
}

#[test]
fn one_of_several_tokens_is_chosen_on_the_terminal() {
    let env = Env::new();
    let server = signed_in(&env);
    server.on("POST", &revoke_path(3), [Answer::done()]);
    let mut pty = Pty::start(env.line("logout --revoke"));
    pty.expect("The token that is saved here, to be revoked:");
    pty.expect(&format!("> {} laptop, created 2026-01-02T03:04:01Z", id(1)));
    pty.expect(&format!("  {} ci, created", id(3)));
    // The arrow down, then Enter.
    pty.send("\x1b[B").expect(&format!("> {} ci", id(3))).send("\r");
    let shown = pty.expect("Revoked the token at ").ok();
    assert!(!shown.contains(&id(2)), "revoked tokens are no choice: {shown}");
    assert_eq!(server.writes().len(), 1);
    let sent = &server.writes()[0];
    assert_eq!((sent.target.as_str(), sent.body.as_slice()), (revoke_path(3).as_str(), &b""[..]));
    assert!(!is_signed_in(&env));
}

#[test]
fn no_choice_leaves_everything_as_it_is() {
    let env = Env::new();
    let server = signed_in(&env);
    for key in ["\x1b", "q", "\x04"] {
        let mut pty = Pty::start(env.line("logout --revoke"));
        pty.expect(&format!("> {} laptop", id(1))).send(key);
        assert_eq!(pty.end(), End::Code(4), "{key:?}");
        assert!(is_signed_in(&env));
    }
    assert_eq!(server.writes().len(), 0);
}

#[test]
fn a_choice_needs_a_terminal_or_an_id() {
    let env = Env::new();
    let server = signed_in(&env);
    for line in ["logout --revoke", "logout --revoke --no-input"] {
        let outcome = env.line(line).fails(2);
        outcome.says(&["cannot tell which of your tokens is saved here", "ankra logout --token-id ID"]);
        outcome.says(&[&id(1), "laptop", &id(3), "ci", "ankra logout --local"]);
        assert!(!outcome.stderr.contains(&id(2)), "{outcome}");
    }
    assert!(is_signed_in(&env));
    assert_eq!(server.writes().len(), 0);

    server.on("POST", &revoke_path(1), [Answer::json(200, json!({}))]);
    let asked_before = server.requests().len();
    env.line("logout --token-id").arg(id(1)).ok().says(&["Revoked the token at "]);
    assert_eq!(server.lines()[asked_before..], [format!("POST {}", revoke_path(1))]);
    assert!(!is_signed_in(&env));
}

#[test]
fn h79_what_is_no_id_is_not_revoked() {
    let env = Env::new();
    let server = FaultServer::start();
    env.signed_in(&server.url(), "saved-token");
    for bad in ["..", "%2e%2e", "a/b", "", "saved-token"] {
        let outcome = env.line("logout --token-id").arg(bad).fails(2);
        assert!(!outcome.all().contains("saved-token"), "{outcome}");
    }
    assert!(is_signed_in(&env));
    assert_eq!(server.lines(), [""; 0]);
}

#[test]
fn h37_h40_hostile_names_of_tokens_are_shown_inert() {
    let env = Env::new();
    let server = FaultServer::start();
    let hostile = "x\u{1b}[2J\r\n> forged\u{202e}\u{9b}K";
    let tokens = json!([token(1, hostile, false), token(3, "ci", false)]);
    server.on("GET", TOKENS, [Answer::json(200, tokens)]);
    env.signed_in(&server.url(), "saved-token");
    let outcome = env.line("logout --revoke").fails(2);
    outcome.says(&["x\\u{1b}[2J\\r\\n> forged\\u{202e}\\u{9b}K"]);
    let mut pty = Pty::sized(env.line("logout --revoke"), 200, |_| {});
    pty.expect("x\\u{1b}[2J\\r\\n> forged\\u{202e}\\u{9b}K").expect("ci").send("q");
    assert_eq!(pty.end(), End::Code(4));
    let shown = pty.transcript();
    assert!(!shown.contains("\u{1b}[2J") && !shown.contains(['\u{202e}', '\u{9b}']), "{shown:?}");
}

#[test]
fn local_removes_without_revoking() {
    let env = Env::new();
    let server = FaultServer::start();
    env.signed_in(&server.url(), "saved-token");
    let outcome = env.line("logout --local").ok();
    outcome.says(&["Removed the login from this machine.", "warning: the token stays valid"]);
    assert!(!is_signed_in(&env));
    assert_eq!(server.lines(), [""; 0]);
    env.line(&format!("logout --local --token-id {}", id(1))).fails(2);
}

#[test]
fn what_cannot_be_revoked_stays_saved() {
    let env = Env::new();
    for (answer, code) in [
        (Answer::json(403, json!({"detail": "permission_denied", "permission": "tokens.revoke"})), 7),
        (Answer::json(500, json!({"detail": "no"})), 5),
        (Answer::reset(), 5),
    ] {
        let server = FaultServer::start();
        server.on("GET", TOKENS, [Answer::json(200, json!([token(1, "only", false)]))]);
        server.on("POST", &revoke_path(1), [answer]);
        env.signed_in(&server.url(), "saved-token");
        let before = fs::read(env.login_file()).unwrap();
        let outcome = env.line("logout --revoke").fails(code);
        outcome.says(&["the login is still saved", "ankra logout --local"]);
        assert_eq!(outcome.stderr.contains("run it again: ankra logout"), code == 5, "{outcome}");
        assert!(!outcome.stderr.contains("ankra credentials"), "{outcome}");
        assert_eq!(fs::read(env.login_file()).unwrap(), before);
        assert_eq!(server.writes().len(), 1);
    }
    // Nobody answers any more.
    env.signed_in("http://127.0.0.1:1", "saved-token");
    env.line("logout --revoke").fails(1).says(&["connection refused", "the login is still saved"]);
    assert!(is_signed_in(&env));
}

#[test]
fn a_token_that_is_worth_nothing_is_removed() {
    let (env, server) = (Env::new(), FaultServer::start());
    server.on("GET", TOKENS, [Answer::json(401, json!({"detail": "Token has expired"}))]);
    env.signed_in(&server.url(), "saved-token");
    env.line("logout --revoke")
        .ok()
        .says(&["no longer accepts the token", "Removed the login from this machine."]);
    assert!(!is_signed_in(&env));
}

#[test]
fn the_token_goes_to_its_own_platform_alone() {
    let (env, other) = (Env::new(), FaultServer::start());
    let server = signed_in(&env);
    server.on("POST", &revoke_path(1), [Answer::json(200, json!({}))]);
    let run = env.line("logout --token-id").arg(id(1)).env("ANKRA_BASE_URL", other.url());
    run.env("ANKRA_API_TOKEN", "of-the-environment").ok().says(&["ANKRA_API_TOKEN is set", "Unset it"]);
    assert_eq!(server.writes()[0].header("authorization"), Some("Bearer saved-token"));
    assert_eq!(other.lines(), [""; 0]);
    env.signed_in(&server.url(), "saved-token");
    env.line("logout --revoke").fails(2);
}

#[test]
fn other_tokens_are_left_alone() {
    let env = Env::new();
    let yaml = env.home().join(".ankra.yaml");
    write_private(&yaml, "# mine\ntoken: official-token\n");
    write_private(
        &env.login_file(),
        "# mine\n[default]\nbase-url = \"http://127.0.0.1:1\"\ntoken = \"saved-token\"\n\n[other]\nx = 1\n",
    );
    env.line("logout --local").ok().says(&["still signed in by ~/.ankra.yaml"]);
    assert_eq!(fs::read_to_string(&yaml).unwrap(), "# mine\ntoken: official-token\n");
    let left = fs::read_to_string(env.login_file()).unwrap();
    assert!(left.contains("[other]\nx = 1\n") && !left.contains("saved-token"), "{left}");

    env.line("logout").ok().says(&[
        "No login is saved on this machine.",
        "You are still signed in by ~/.ankra.yaml, the official CLI's login",
    ]);
    assert_eq!(fs::read_to_string(&yaml).unwrap(), "# mine\ntoken: official-token\n");
    env.line("--sandbox logout").fails(2).says(&["the sandbox needs no sign-in"]);
}
