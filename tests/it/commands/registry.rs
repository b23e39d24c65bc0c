//! `ankra credentials registry`

use std::fs;

use crate::support::{Env, Platform, Pty, unique};

#[test]
fn user_name_and_password_are_asked_for() {
    let env = Env::new();
    let password = unique("pw", 30);
    let mut pty = Pty::start(env.line("--sandbox credentials registry create --name my-ghcr"));
    pty.expect("Registry user name: ").send("octocat\r");
    pty.expect("Registry password or token: ")
        .expect_hidden()
        .send(&format!("{password}\r"))
        .expect("received");
    let shown = pty.ok();
    assert!(shown.contains("octocat") && !shown.contains(&password), "{shown}");
    let one = env.line("--sandbox credentials registry get my-ghcr -o json").ok().json();
    assert_eq!((&one["name"], &one["username"]), (&"my-ghcr".into(), &"octocat".into()));
    assert!(one.get("password").is_none());
}

#[test]
fn a_missing_user_name_is_named_without_a_terminal() {
    let outcome = Env::new()
        .line("--sandbox credentials registry create --name my-ghcr --password-stdin")
        .stdin("x")
        .fails(2);
    outcome.says(&["missing: --username"]);
}

#[test]
fn a_key_file_of_several_lines_is_stored_whole() {
    let env = Env::new();
    let key = env.home().join("key.json");
    fs::write(&key, "{\n  \"type\": \"service_account\"\n}\n").unwrap();
    let line = format!(
        "--sandbox credentials registry create --name my-gar --username _json_key --password-from file:{}",
        key.display()
    );
    env.line(&line).ok();
}

#[test]
fn a_credential_is_found_by_name_and_by_id() {
    let env = Env::new();
    let line = "--sandbox credentials registry create --name my-ghcr --username u --password-stdin -o json";
    let id = env.line(line).stdin("p").ok().json()["id"].as_str().unwrap().to_owned();
    let by_id = env.line(&format!("--sandbox credentials registry get {id} -o name")).ok();
    assert_eq!(by_id.stdout, "my-ghcr\n");
    env.line("--sandbox credentials registry get other").fails(3);
}

#[test]
fn an_update_changes_the_password_and_keeps_the_user_name() {
    let env = Env::new();
    let create = "--sandbox credentials registry create --name my-ghcr --username octocat --password-stdin";
    env.line(create).stdin("old").ok();
    let update = "--sandbox credentials registry update my-ghcr";
    let shown = env.line(&format!("{update} --password-stdin -o json")).stdin("new").ok().json();
    assert_eq!(shown["username"], "octocat");
    let shown =
        env.line(&format!("{update} --username hubot --password-stdin -o json")).stdin("new").ok().json();
    assert_eq!(shown["username"], "hubot");
    let mut pty = Pty::start(env.line(update));
    pty.expect("Registry password or token: ").expect_hidden().send("newer\r");
    pty.ok();
    let preview = env.line(&format!("{update} --username u --dry-run -o json")).ok().json();
    assert_eq!((&preview["method"], &preview["body"]["password"]), (&"PUT".into(), &"<redacted>".into()));
}

#[test]
fn an_update_of_what_is_not_there_is_told_before_the_password_is_asked_for() {
    let env = Env::new();
    let mut pty = Pty::start(env.line("--sandbox credentials registry update my-ghcr"));
    assert_eq!(pty.end(), crate::support::End::Code(3));
    assert!(!pty.transcript().contains("password or token:"), "{}", pty.transcript());
}

#[test]
fn a_delete_tells_which_registries_break() {
    let env = Env::new();
    let mut pty = Pty::start(env.line("--sandbox --org demo credentials registry delete demo-ghcr"));
    pty.expect("registry credential demo-ghcr (id ").expect("used by 2 registries");
    pty.expect("demo-apps")
        .expect("demo-charts")
        .expect("Delete the registry credential demo-ghcr? [y/N] ")
        .send("y\r");
    pty.ok();
    env.line("--sandbox --org demo credentials registry delete demo-ghcr --yes").fails(3);
    env.line("--sandbox --org demo credentials registry delete demo-ghcr --yes --ignore-not-found").ok();
}

#[test]
fn who_may_only_read_is_told_the_permission() {
    let env = Env::new();
    let platform = Platform::start(&env);
    let list = platform.viewer(&env, "credentials registry list -o name").ok();
    assert_eq!(list.stdout, "demo-ghcr\nunused-registry\n");
    let create = "credentials registry create --name mine --username u --password-stdin";
    let outcome = platform.viewer(&env, create).stdin("p").fails(7);
    outcome.says(&["permission credentials.create"]);
    platform.viewer(&env, "credentials registry delete demo-ghcr --yes").fails(7);
}

#[test]
fn a_registry_name_is_unique_across_kinds() {
    let env = Env::new();
    let line =
        "--sandbox --org demo credentials registry create --name demo-hetzner --username u --password-stdin";
    env.line(line).stdin("p").fails(8);
    env.line(&format!("{line} --if-not-exists")).stdin("p").fails(8).says(&["another kind"]);
}
