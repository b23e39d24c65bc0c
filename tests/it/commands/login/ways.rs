//! Which way a sign-in takes.

use serde_json::json;

use super::login;
use crate::support::{Answer, End, Env, FaultServer, Pty, unique};

#[test]
fn a_source_alone_is_enough() {
    let server = FaultServer::with_organisation();
    for options in ["--api-token-stdin", "--api-token-from stdin", "--api-token-from env:MINE"] {
        let (env, token) = (Env::new(), unique("tok", 40));
        let run = env.line(&format!("login {options} --base-url")).arg(server.url()).env("MINE", &token);
        run.stdin(token.as_str()).ok().says(&["Signed in to "]);
        let sent = server.requests().pop().unwrap();
        assert_eq!(sent.header("authorization"), Some(format!("Bearer {token}").as_str()), "{options}");
        assert!(std::fs::read_to_string(env.login_file()).unwrap().contains(&token));
    }
}

#[test]
fn without_a_terminal_and_a_source_login_tells_every_way_and_asks_nobody() {
    let (env, server) = (Env::new(), FaultServer::start());
    let ways = [
        "standard input is not a terminal",
        "ankra login --with-token",
        "ankra login --api-token-from SOURCE",
        "ankra login --web",
        "ANKRA_API_TOKEN",
    ];
    for input in ["", "a-token-that-is-not-asked-for\n"] {
        let outcome = env.line("login").env("ANKRA_BASE_URL", server.url()).stdin(input).fails(2);
        outcome.says(&ways).says(&[&server.url()]);
        assert!(!outcome.all().contains("a-token-that"), "{outcome}");
    }
    // The same where a terminal is there and the token comes from elsewhere.
    let run = env.line("login").env("ANKRA_BASE_URL", server.url()).stdin("a-token");
    let mut pty = Pty::start(run);
    assert_eq!(pty.end(), End::Code(2));
    assert!(ways.iter().all(|way| pty.transcript().contains(way)), "{}", pty.transcript());
    // Nobody may be asked.
    let mut pty = Pty::start(env.line("login --no-input").env("ANKRA_BASE_URL", server.url()));
    assert_eq!(pty.end(), End::Code(2));
    assert!(pty.transcript().contains("nobody can be asked"), "{}", pty.transcript());
    let profile = env.line("login --profile work --base-url").arg(server.url()).fails(2);
    profile.says(&["ankra login --profile work", "--base-url"]);
    assert_eq!(server.lines(), [""; 0]);
    assert_eq!(env.files(), Vec::<std::path::PathBuf>::new());
}

#[test]
fn a_browser_and_a_token_are_two_ways() {
    let env = Env::new();
    for options in ["--with-token", "--api-token-stdin", "--api-token-from stdin"] {
        let outcome = env.line(&format!("login --web {options}")).stdin("token").fails(2);
        outcome.says(&["--web and --", "cannot be used together"]);
    }
    env.line("login --api-token-stdin --api-token-from stdin").stdin("token").fails(2);
}

#[test]
fn the_sandbox_needs_no_sign_in_and_the_variable_that_chose_it_is_named() {
    let env = Env::new();
    for line in ["--sandbox login", "--sandbox login --with-token", "--sandbox login --web"] {
        let outcome = env.line(line).stdin("token").fails(2);
        outcome.says(&["the sandbox needs no sign-in", "leave out --sandbox"]);
        let outcome = env.line(line).env("ANKRA_SANDBOX", "1").stdin("token").fails(2);
        outcome.says(&["leave out --sandbox"]);
    }
    let outcome = env.line("login --web").env("ANKRA_SANDBOX", "1").fails(2);
    outcome.says(&["the sandbox needs no sign-in", "ANKRA_SANDBOX is set: unset it"]);
    assert!(!outcome.all().contains("--sandbox"), "{outcome}");
    assert_eq!(env.files(), Vec::<std::path::PathBuf>::new());
}

#[test]
fn the_given_token_is_the_one_that_is_proved_and_saved() {
    let (env, server) = (Env::new(), FaultServer::start());
    let refused = Answer::json(401, json!({"detail": "Invalid token"}));
    server.on("GET", "/api/v1/org/organisation", [refused]);
    env.signed_in(&server.url(), "the-good-one");
    let before = std::fs::read(env.login_file()).unwrap();
    assert_eq!(login(&env, &server.url(), "the-stale-one").code, Some(6));
    let sent: Vec<_> =
        server.requests().iter().map(|one| one.header("authorization").map(str::to_owned)).collect();
    assert_eq!(sent, [Some("Bearer the-stale-one".to_owned())]);
    assert_eq!(std::fs::read(env.login_file()).unwrap(), before);
}
