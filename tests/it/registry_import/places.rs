//! Places of logins beyond the usual files: `DOCKER_AUTH_CONFIG`, variables that lead astray, hosts without a
//! dot, and places that cannot be used beside those that can.

use std::fs;

use serde_json::json;

use super::{at_home, auth, create, docker_file, helper, pair, platform, refused, sent, with_path};
use crate::support::{Answer, Env, FaultServer, unique, write_private};

const VARIABLE: &str = "DOCKER_AUTH_CONFIG";

#[test]
fn the_text_of_a_login_file_in_a_variable_counts_before_docker_s_file() {
    let env = Env::new();
    let secret = unique("secret", 30);
    docker_file(&env, &json!({"auths": {"ghcr.io": auth("bob", "b"), "quay.io": auth("bob", "q")}}));
    let text = json!({"auths": {"https://ghcr.io/v2/": auth("alice", &secret)}}).to_string();
    let server = platform();
    let outcome = create(&server, &env, "--from-docker ghcr.io -vvv").env(VARIABLE, &text).ok();
    outcome.says(&[
        "Taken from DOCKER_AUTH_CONFIG: the login of alice at ghcr.io.",
        ".docker/config.json has a login at ghcr.io too, of bob",
    ]);
    assert!(!outcome.all().contains(&secret) && !outcome.all().contains(&text), "{outcome}");
    assert_eq!(sent(&server), pair("alice", &secret));
    // What it does not hold is looked for elsewhere.
    let server = platform();
    create(&server, &env, "--from-docker quay.io").env(VARIABLE, &text).ok();
    assert_eq!(sent(&server), pair("bob", "q"));
    // podman's own variable counts before docker's.
    let podman = env.home().join("podman.json");
    write_private(&podman, json!({"auths": {"ghcr.io": auth("carol", "c")}}).to_string());
    let server = platform();
    let run = create(&server, &env, "--from-docker ghcr.io").env(VARIABLE, &text);
    run.env("REGISTRY_AUTH_FILE", &podman).ok();
    assert_eq!(sent(&server), pair("carol", "c"));
    // Without a HOST it is among the choices; empty it is as if unset.
    let server = platform();
    create(&server, &env, "--from-docker")
        .env(VARIABLE, &text)
        .fails(2)
        .says(&["there are logins at ghcr.io, quay.io"]);
    create(&server, &env, "--from-docker ghcr.io").env(VARIABLE, "").ok();
    assert_eq!(sent(&server), pair("bob", "b"));
}

#[test]
fn a_helper_does_not_get_the_logins_in_the_variable() {
    let (env, server) = (Env::new(), platform());
    let seen = env.home().join("seen");
    let script = format!(
        "env >{}; echo '{{\"Username\": \"alice\", \"Secret\": \"hunter2hunter2\"}}'",
        seen.display()
    );
    let folder = helper(&env, "test", &script);
    let text = json!({"credHelpers": {"ghcr.io": "test"}, "auths": {"quay.io": auth("q", "q")}}).to_string();
    let run = with_path(create(&server, &env, "--from-docker ghcr.io"), &folder).env(VARIABLE, text);
    run.ok().says(&["Taken from docker-credential-test, named in DOCKER_AUTH_CONFIG: "]);
    assert_eq!(sent(&server), pair("alice", "hunter2hunter2"));
    let seen = fs::read_to_string(seen).unwrap();
    assert!(seen.contains("HOME=") && !seen.contains(VARIABLE), "{seen}");
}

#[test]
fn a_variable_that_holds_something_else_is_told_and_never_shown() {
    let secret = unique("secret", 30);
    for (text, says) in [
        (format!("/builds/{secret}.json"), "not the path of one: name a file with REGISTRY_AUTH_FILE"),
        (secret.clone(), "it holds the text of a login file, such as"),
        (format!("{{\"auths\": {{\"ghcr.io\": {{\"auth\": \"{secret}\""), "line 1, column"),
    ] {
        let (env, server) = (Env::new(), platform());
        for flags in ["--from-docker ghcr.io", "--from-docker", "--from-docker ghcr.io -o json"] {
            let outcome = create(&server, &env, flags).env(VARIABLE, &text).run();
            refused(&outcome, &server, 1, &secret, &["cannot read DOCKER_AUTH_CONFIG", says]);
        }
        docker_file(&env, &json!({"auths": {"ghcr.io": auth("bob", "b")}}));
        let outcome = create(&server, &env, "--from-docker ghcr.io").env(VARIABLE, &text).ok();
        outcome.says(&["warning: cannot read DOCKER_AUTH_CONFIG: it is not JSON"]);
        assert!(!outcome.all().contains(&secret), "{outcome}");
        assert_eq!(sent(&server), pair("bob", "b"));
    }
}

#[test]
fn places_that_cannot_be_used_hide_no_other() {
    let env = Env::new();
    let runtime = env.home().join("run/containers/auth.json");
    fs::create_dir_all(&runtime).unwrap();
    write_private(&env.home().join(".config/containers/auth.json"), "{");
    // All of them are told where nothing is found.
    let server = platform();
    for flags in ["--from-docker ghcr.io", "--from-docker"] {
        let outcome = create(&server, &env, flags).run();
        let texts = [
            "was found",
            "these places were looked at: ",
            "run/containers/auth.json: it is a directory: XDG_RUNTIME_DIR leads there",
            ".config/containers/auth.json: it is not JSON",
            "XDG_RUNTIME_DIR may be that of another user",
        ];
        refused(&outcome, &server, 1, "hunter2", &texts);
        assert!(!outcome.stderr.contains("warning"), "{outcome}");
    }
    docker_file(&env, &json!({"auths": {"ghcr.io": auth("alice", "a")}}));
    let outcome = create(&server, &env, "--from-docker ghcr.io").ok();
    for place in [
        "run/containers/auth.json: it is a directory: XDG_RUNTIME_DIR leads there",
        ".config/containers/auth.json: it is not JSON",
    ] {
        assert_eq!(outcome.stderr.matches(place).count(), 1, "{outcome}");
    }
    assert_eq!(sent(&server), pair("alice", "a"));
    let server = platform();
    let outcome = create(&server, &env, "--from-docker").fails(2);
    outcome.says(&["warning: cannot read ", "there are logins at ghcr.io"]);
    // A login elsewhere is named too.
    create(&server, &env, "--from-docker quay.io").fails(1).says(&["they have logins at ghcr.io"]);
}

#[test]
fn a_variable_that_names_the_file_in_place_of_its_folder_is_told() {
    let (env, server) = (Env::new(), platform());
    let file = docker_file(&env, &json!({"auths": {"ghcr.io": auth("alice", "a")}}));
    let run = create(&server, &env, "--from-docker ghcr.io").env("DOCKER_CONFIG", &file);
    let outcome = run.run();
    outcome.says(&["DOCKER_CONFIG names a file: it is to name the folder that config.json is in"]);
    assert!(matches!(outcome.code, Some(1 | 3)), "{outcome}");
}

#[test]
fn a_host_without_a_dot_is_known_where_a_login_is_kept_for_it() {
    let env = Env::new();
    docker_file(&env, &json!({"auths": {"harbor": auth("alice", "a"), "ghcr.io": auth("bob", "b")}}));
    for flags in [
        "--from-docker harbor",
        "--from-docker HARBOR",
        "--from-docker https://harbor/v2/",
        "--from-docker --registry-url oci://harbor/charts",
        "--from-docker harbor/charts",
    ] {
        let server = platform();
        create(&server, &env, flags).ok().says(&["the login of alice at harbor"]);
        assert_eq!(sent(&server), pair("alice", "a"), "{flags}");
    }
    // Of others it is not known that they are hosts at all.
    let server = platform();
    for flags in ["", "-o json", "-vvv", "--dry-run", "--check --registry-url oci://ghcr.io/a"] {
        let outcome = create(&server, &env, &format!("--from-docker Hunter2-9f8e {flags}")).run();
        assert!(!outcome.all().to_lowercase().contains("hunter2"), "{outcome}");
        refused(&outcome, &server, 2, "Hunter2-9f8e", &["--from-docker names"]);
    }
    let outcome = create(&server, &env, "--from-docker nexus").fails(2);
    outcome
        .says(&["a registry is named by its host, such as ghcr.io", "they have logins at ghcr.io, harbor"]);
    // An address says what it is.
    create(&server, &env, "--from-docker --registry-url oci://nexus/charts").fails(2);
}

#[test]
fn h91_a_user_name_with_a_colon_is_refused_alike_whatever_way_it_comes() {
    let (env, server) = (Env::new(), platform());
    let why = "a user name has no colon: the password would begin behind it";
    docker_file(&env, &json!({"auths": {"ghcr.io": {"username": "a:b", "password": "pw-of-the-login"}}}));
    create(&server, &env, "--from-docker ghcr.io").fails(2).says(&[why]);
    create(&server, &env, "--username a:b --password-stdin").stdin("x").fails(2).says(&[why]);
    let bundle = "{\"username\":\"a:b\",\"password\":\"pw-of-the-bundle\"}";
    create(&server, &env, "--secrets-from stdin").stdin(bundle).fails(2).says(&[why]);
    let line =
        "credentials registry check --registry-url oci://127.0.0.1:1/a --password-stdin --username a:b";
    at_home(env.line(line), &env).stdin("x").fails(2).says(&[why]);
    let line = "credentials registry update mine --password-stdin --username a:b";
    server.ankra(&env, line).stdin("x").fails(2).says(&[why]);
    assert!(server.writes().is_empty());
    // One that is stored, by whatever tool, is kept by a refresh, and cannot be checked.
    let stored = FaultServer::start();
    let shown = Answer::json(200, json!({"id": crate::support::id(1), "name": "mine", "username": "a:b"}));
    stored.on("GET", "/api/v1/org/helm/credentials/mine", [shown]);
    let line =
        "credentials registry refresh mine --password-stdin --check --registry-url oci://127.0.0.1:1/a";
    let outcome = stored.ankra(&env, line).stdin("x").fails(2);
    outcome.says(&["a user name with a colon cannot be sent to a registry"]);
}
