//! The API token: it is in one header, and rests in one file.

use std::{fs, os::unix::fs::PermissionsExt};

use serde_json::json;

use super::{
    FORMATS, Taking, behind, others,
    search::{accepting, clean, clean_terminal, holds, loud, plain},
    taking,
};
use crate::support::{Answer, Env, FaultServer, Pty, Run, await_that};

pub(super) const LOGIN: &str = "login --with-token";

/// The token is in the one header of every request, and nowhere else in any.
fn in_the_header_alone(server: &FaultServer, token: &str, line: &str) {
    for request in server.requests() {
        let holding = request.headers.iter().filter(|(_, value)| holds(value, token));
        let names: Vec<&str> = holding.map(|(name, _)| name.as_str()).collect();
        // Who signs in with a browser has no token yet.
        let is_before = request.target.contains("/cli/login/");
        assert_eq!(names, ["authorization"][usize::from(is_before)..], "{line}");
        assert!(!holds(&request.target, token) && !holds(&request.body, token), "{line}");
    }
}

/// Every command, complete: without its secret, none would get as far as a request.
fn lines() -> impl Iterator<Item = String> {
    let line = |taking: Taking| format!("{} --{}-from env:OTHER", taking.words(), taking.flag);
    others().into_iter().chain(taking().into_iter().map(line))
}

#[test]
fn h84_the_api_token_of_the_environment_is_in_the_authorization_header_alone() {
    for line in lines() {
        for format in FORMATS {
            let env = Env::new();
            let token = plain();
            let server = accepting(&token);
            let run = loud(server.ankra(&env, &format!("{line} -o {format}"))).env("ANKRA_API_TOKEN", &token);
            let outcome = run.run();
            assert!(outcome.code.is_some(), "{outcome}");
            // The file that a sign-in writes is the one place where a token rests.
            clean(&env, &outcome, &token, &[env.home().join(".config/ankra/login.toml")]);
            in_the_header_alone(&server, &token, &line);
        }
    }
}

#[test]
fn h84_a_saved_api_token_is_in_its_file_and_the_authorization_header_alone() {
    for line in lines().filter(|line| !line.starts_with("login")) {
        let env = Env::new();
        let token = plain();
        let server = accepting(&token);
        let ankra = |line: &str| env.line(line).env("ANKRA_BASE_URL", server.url());
        ankra("login --with-token --api-token-stdin").stdin(token.as_str()).ok();
        let outcome = loud(ankra(&line)).run();
        assert!(outcome.code.is_some(), "{outcome}");
        clean(&env, &outcome, &token, &[env.home().join(".config/ankra/login.toml")]);
        in_the_header_alone(&server, &token, &line);
    }
}

#[test]
fn h84_a_sign_in_from_every_source_leaves_the_token_in_its_file_alone() {
    for source in ["stdin", "short", "pipe", "file", "env", "command", "fd", "prompt"] {
        let env = Env::new();
        let token = plain();
        let server = accepting(&token);
        let file = env.home().join("source");
        fs::write(&file, &token).unwrap();
        let path = file.display();
        let run =
            |words: &str| loud(env.line(&format!("{LOGIN} {words}")).env("ANKRA_BASE_URL", server.url()));
        let from = |form: String| run("").arg("--api-token-from").arg(form);
        let run: Run = match source {
            "stdin" => run("--api-token-from stdin").stdin(token.as_str()),
            "short" => run("--api-token-stdin").stdin(token.as_str()),
            "pipe" => run("").stdin(token.as_str()),
            "file" => from(format!("file:{path}")),
            "env" => from("env:CANARY".into()).env("CANARY", &token),
            "command" => from(format!("command:cat {path}")),
            "fd" => behind(&env, from("fd:7".into()), &format!("exec \"$@\" 7<'{path}'")),
            _ => run(""),
        };
        let saved = env.home().join(".config/ankra/login.toml");
        let allowed = [file, saved.clone()];
        if source == "prompt" {
            let mut pty = Pty::start(run);
            pty.expect("Ankra API token: ").expect_hidden().send(&format!("{token}\r")).expect("received");
            let shown = pty.ok();
            clean_terminal(&env, &shown, &token, &allowed);
        } else {
            clean(&env, &run.ok(), &token, &allowed);
        }
        assert!(fs::read_to_string(&saved).unwrap().contains(&token), "{source}");
        assert_eq!(fs::metadata(&saved).unwrap().permissions().mode() & 0o777, 0o600, "{source}");
        in_the_header_alone(&server, &token, source);
        assert_eq!(server.requests().len(), 2, "{source}");
    }
}

#[test]
fn h84_a_sign_in_with_a_browser_leaves_the_token_in_its_file_alone_and_the_verifier_nowhere() {
    let env = Env::new();
    let token = plain();
    let server = accepting(&token);
    server.signs_in([Answer::pending("awaiting_approval"), Answer::collected(&token)]);
    let browser = env.home().join("browser");
    fs::write(
        &browser,
        "#!/bin/sh\nprintf '%s\\n' \"$@\" >~/seen.part\nenv >>~/seen.part\nmv ~/seen.part ~/seen\n",
    )
    .unwrap();
    fs::set_permissions(&browser, fs::Permissions::from_mode(0o755)).unwrap();
    let run = loud(env.line("login --web")).env("ANKRA_BASE_URL", server.url()).env("BROWSER", &browser);
    let outcome = run.ok();
    await_that(|| env.home().join("seen").exists().then_some(()), || "no browser was opened".to_owned());
    let saved = env.home().join(".config/ankra/login.toml");
    clean(&env, &outcome, &token, std::slice::from_ref(&saved));
    let polled = server.requests().into_iter().find(|one| one.method == "POST").unwrap().json();
    let verifier = polled["code_verifier"].as_str().unwrap();
    let files =
        env.files().into_iter().map(|file| String::from_utf8_lossy(&fs::read(file).unwrap()).into_owned());
    assert!(files.chain([outcome.all()]).all(|text| !text.contains(verifier)), "{outcome}");
    assert_eq!(fs::metadata(&saved).unwrap().permissions().mode() & 0o777, 0o600);
    in_the_header_alone(&server, &token, "login --web");
}

#[test]
fn h34_an_api_token_that_the_platform_repeats_is_redacted() {
    let asks = |line: &String| {
        let alone = line.contains("generate --name alone") || line.contains("registry presets");
        (line.starts_with("credentials") && !alone) || line.starts_with("login") || line == "status"
    };
    for line in lines().filter(asks) {
        let env = Env::new();
        let token = plain();
        let server = FaultServer::start();
        let echo = json!({"detail": format!("no such token: {token}"), "message": token});
        server.on_every_request(Answer::json(401, echo));
        let run = loud(server.ankra(&env, &line)).env("ANKRA_API_TOKEN", &token);
        clean(&env, &run.fails(6), &token, &[]);
        in_the_header_alone(&server, &token, &line);
    }
}
