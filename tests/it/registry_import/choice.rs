//! Which login is meant where no registry is named.

use serde_json::json;

use super::{at_home, auth, create, docker_file, helper, pair, platform, refused, sent, with_path};
use crate::support::{End, Env, Pty};

#[test]
fn a_person_chooses_among_the_logins_found() {
    let env = Env::new();
    let file = docker_file(&env, &json!({"auths": {"b.io": auth("bob", "b"), "a.io": auth("alice", "a")}}));
    let server = platform();
    let mut pty = Pty::start(create(&server, &env, "--from-docker"));
    pty.expect("Registry whose login to take:")
        .expect(&format!("> a.io as alice ({}", &file.display().to_string()[..20]))
        .expect("  b.io as bob (")
        .send("\x1b[B\r");
    pty.expect("the login of bob at b.io.");
    pty.ok();
    assert_eq!(sent(&server), pair("bob", "b"));
}

#[test]
fn even_one_login_is_taken_only_if_a_person_agrees() {
    let env = Env::new();
    docker_file(&env, &json!({"auths": {"a.io": auth("alice", "a")}}));
    let server = platform();
    let mut pty = Pty::start(create(&server, &env, "--from-docker"));
    pty.expect("> a.io as alice").send("q");
    assert_eq!(pty.end(), End::Code(4));
    assert!(server.writes().is_empty());
    // The user name that is given is held against what was chosen.
    let mut pty = Pty::start(create(&server, &env, "--from-docker --username bob"));
    pty.expect("> a.io as alice").send("\r");
    assert_eq!(pty.end(), End::Code(2));
    assert!(server.writes().is_empty());
}

#[test]
fn a_taken_name_is_told_before_a_person_chooses() {
    let env = Env::new();
    docker_file(&env, &json!({"auths": {"a.io": auth("alice", "a")}}));
    let line = "--sandbox credentials registry create --name mine --from-docker";
    at_home(env.line(&format!("{line} a.io")), &env).ok();
    let mut pty = Pty::start(at_home(env.line(line), &env));
    assert_eq!(pty.end(), End::Code(8));
    assert!(!pty.transcript().contains("Registry whose"), "{}", pty.transcript());
}

#[test]
fn without_a_terminal_the_command_lines_are_named() {
    let env = Env::new();
    docker_file(&env, &json!({"auths": {"b.io": auth("bob", "hunter2"), "a.io/team": auth("alice", "a")}}));
    let texts = [
        "error: missing: the HOST of --from-docker",
        "there are logins at a.io/team, b.io",
        "run: ankra credentials registry create --name mine --from-docker a.io/team",
        "run: ankra credentials registry create --name mine --from-docker b.io",
    ];
    let server = platform();
    for flags in ["--from-docker", "--from-docker --no-input", "--from-docker --dry-run"] {
        refused(&create(&server, &env, flags).run(), &server, 2, "hunter2", &texts);
    }
    let mut pty = Pty::start(create(&server, &env, "--from-docker --no-input"));
    assert_eq!(pty.end(), End::Code(2));
    assert!(server.requests().is_empty());
}

#[test]
fn what_a_helper_lists_can_be_chosen_too() {
    let env = Env::new();
    let script = r#"case $1 in
        list) echo '{"https://index.docker.io/v1/": "octocat", "not a host": "x"}' ;;
        get) read -r server; test "$server" = https://index.docker.io/v1/ &&
            echo '{"ServerURL": "x", "Username": "octocat", "Secret": "from the helper"}' ;;
    esac"#;
    let folder = helper(&env, "test", script);
    docker_file(&env, &json!({"auths": {"b.io": auth("bob", "b")}, "credsStore": "test"}));
    let server = platform();
    let mut pty = Pty::start(with_path(create(&server, &env, "--from-docker"), &folder));
    pty.expect("> b.io as bob").expect("  docker.io as octocat").send("\x1b[B\r");
    pty.ok();
    assert_eq!(sent(&server), pair("octocat", "from the helper"));

    // A helper that cannot tell takes nothing from what the files tell.
    helper(&env, "test", "exit 1");
    let server = platform();
    let run = with_path(create(&server, &env, "--from-docker"), &folder);
    let outcome = run.fails(2);
    outcome.says(&["warning: docker-credential-test gives no login", "there are logins at b.io\n"]);
}
