//! `registry refresh`, once and again and again.

use std::fs;

use rustix::process::Signal;
use serde_json::json;

use super::presets::ecr_password;
use crate::support::{Answer, End, Env, FaultServer, Platform, Pty, id};

const ONE: &str = "/api/v1/org/helm/credentials/my-ecr";

/// A platform that has `my-ecr` and answers changes of it with `changes`, the last one ever after.
fn platform(changes: impl IntoIterator<Item = Answer>) -> FaultServer {
    let server = FaultServer::start();
    let shown = json!({"id": id(1), "name": "my-ecr", "username": "AWS"});
    server.on("GET", ONE, [Answer::json(200, shown)]);
    let changes: Vec<Answer> = changes.into_iter().collect();
    if !changes.is_empty() {
        server.on("PUT", ONE, changes);
    }
    server
}

#[test]
fn the_password_is_replaced_and_its_end_is_told() {
    let (env, server) = (Env::new(), platform([Answer::done()]));
    let password = ecr_password(4_000_000_000);
    let file = env.home().join("password");
    fs::write(&file, &password).unwrap();
    let line = format!("credentials registry refresh my-ecr --password-from file:{}", file.display());
    let outcome = server.ankra(&env, &format!("{line} -o json")).ok();
    assert_eq!(server.writes()[0].json(), json!({"username": "AWS", "password": password}));
    let view = outcome.json();
    assert_eq!((&view["name"], &view["expires_at"]), (&json!("my-ecr"), &json!("2096-10-02T07:06:40Z")));
    outcome.says(&[
        &format!("Refreshed the registry credential my-ecr at {}.", server.url()),
        "(2096-10-02T07:06:40Z)",
    ]);
    let preview = server.ankra(&env, &format!("{line} --dry-run -o json")).ok();
    assert_eq!(preview.json()["method"], "PUT");
    assert!(!preview.all().contains(&password) && server.writes().len() == 1, "{preview}");
}

#[test]
fn a_password_that_has_ended_replaces_nothing() {
    let (env, server) = (Env::new(), platform([]));
    let run = server.ankra(&env, "credentials registry refresh my-ecr --password-stdin");
    run.stdin(ecr_password(1_600_000_000)).fails(2).says(&[
        "has already expired",
        "aws ecr get-login-password",
        "this machine's clock",
    ]);
    assert!(server.writes().is_empty());
}

#[test]
fn a_source_is_needed_and_one_that_lasts_for_every() {
    let (env, server) = (Env::new(), FaultServer::start());
    for (rest, says) in [
        ("", "missing: "),
        ("--every 6h", "--every needs --password-from"),
        ("--every 6h --password-stdin", "--every cannot read a new password from stdin each time"),
        ("--every 6h --password-from prompt", "cannot read a new password from prompt"),
        ("--every 6h --password-from fd:3", "cannot read a new password from fd:3"),
        ("--every 6h --password-from env:A", "cannot read a new password from env:"),
        ("--every 6h --secrets-from stdin", "cannot read a new password from stdin"),
        ("--every 0s --password-from env:A", "a second at least, a year at most"),
        ("--every 1ms --password-from env:A", "a second at least"),
        ("--every 9000h --password-from env:A", "a year at most"),
        ("--every 99999999999999999999h --password-from env:A", "a year at most"),
        ("--every 6 --password-from env:A", "12h, 1h30m, 7d or 2w"),
        ("--every=-6h --password-from env:A", "12h, 1h30m, 7d or 2w"),
        ("--every 6h --password-from env:A --dry-run", "--dry-run"),
    ] {
        let run = server.ankra(&env, &format!("credentials registry refresh my-ecr {rest}"));
        run.env("A", "x").fails(2).says(&[says]);
    }
    assert!(server.requests().is_empty());
}

/// A command that prints another password each time, and fails while the file `broken` is there.
fn counting(env: &Env) -> String {
    let home = env.home();
    let home = home.display();
    format!(
        "command:test ! -e {home}/broken || exit 7; echo x >>{home}/count; echo password-$(wc -l <{home}/count)"
    )
}

#[test]
fn every_goes_on_until_it_is_ended() {
    let (env, server) = (Env::new(), platform([Answer::done()]));
    let line = "credentials registry refresh my-ecr --preset generic --every 1s --password-from";
    let mut pty = Pty::start(server.ankra(&env, line).arg(counting(&env)));
    for _ in 0..2 {
        pty.expect(&format!("Refreshed the registry credential my-ecr at {}. Next at ", server.url()));
        pty.expect("Z, in 0 s.");
    }
    // A source that is out of order later on is tried again.
    fs::write(env.home().join("broken"), "").unwrap();
    pty.expect("the command ended with exit code 7; trying again at ").expect("Z, in 0 s");
    fs::remove_file(env.home().join("broken")).unwrap();
    pty.expect("Refreshed the registry credential my-ecr at ");
    assert_eq!(pty.signal(Signal::TERM).end(), End::Signal(15));
    let passwords: Vec<_> = server.writes().iter().map(|write| write.json()["password"].clone()).collect();
    assert_eq!(passwords[..3], [json!("password-1"), json!("password-2"), json!("password-3")]);
    assert!(!pty.transcript().contains("password-"), "{}", pty.transcript());
}

#[test]
fn what_may_pass_is_tried_again_and_what_stays_ends_it_with_its_code() {
    let env = Env::new();
    fs::write(env.home().join("pw"), "the-password").unwrap();
    let file = env.home().join("pw");
    let line = "credentials registry refresh my-ecr --preset generic --every 1s --password-from";
    let line = format!("{line} file:{}", file.display());
    let server = platform([Answer::json(503, json!({"detail": "closed"})), Answer::reset(), Answer::done()]);
    let mut pty = Pty::start(server.ankra(&env, &line));
    pty.expect("closed").expect("trying again at").expect("trying again at").expect("Refreshed the registry");
    pty.signal(Signal::INT).end();
    for (answer, code) in [
        (Answer::json(401, json!({"detail": "x"})), 6),
        (Answer::json(403, json!({"detail": "permission_denied", "permission": "credentials.update"})), 7),
        (Answer::json(404, json!({"detail": "Not Found"})), 3),
    ] {
        let server = platform([answer]);
        server.ankra(&env, &line).fails(code);
        assert_eq!(server.writes().len(), 1);
    }
    let server = platform([]);
    fs::write(&file, ecr_password(1_600_000_000)).unwrap();
    server.ankra(&env, &line).fails(2).says(&["expired"]);
    fs::remove_file(&file).unwrap();
    server.ankra(&env, &line).fails(2).says(&["there is no such file"]);
    assert!(server.writes().is_empty());
}

#[test]
fn a_credential_of_the_sandbox_is_refreshed_under_its_user_name() {
    let env = Env::new();
    let platform = Platform::start(&env);
    let create = "credentials registry create --name my-ecr --preset ecr --password-stdin";
    platform.admin(&env, create).stdin(ecr_password(4_000_000_000)).ok();
    let refresh = "credentials registry refresh my-ecr --password-stdin -o json";
    let view = platform.admin(&env, refresh).stdin(ecr_password(4_000_086_400)).ok().json();
    assert_eq!((&view["username"], &view["expires_at"]), (&json!("AWS"), &json!("2096-10-03T07:06:40Z")));
    let refresh = "credentials registry refresh nobody --password-stdin";
    platform.admin(&env, refresh).stdin(ecr_password(4_000_086_400)).fails(3);
    // The user name decides how the password has to look.
    let refresh = "credentials registry refresh my-ecr --password-stdin";
    let outcome = platform.admin(&env, refresh).stdin("hunter2").fails(2);
    outcome.says(&["the stored one is kept", "aws ecr get-login-password", "--allow-unusual"]);
    // A dry run says so too.
    let dry = format!("{refresh} --dry-run");
    platform.admin(&env, &dry).stdin("hunter2").fails(2).says(&["the stored one is kept"]);
    let insisting = format!("{refresh} --allow-unusual");
    platform.admin(&env, &insisting).stdin("hunter2").ok().says(&["warning: ", "aws ecr get-login-password"]);
}
