//! Login files as they should not be, and which of several counts.

use std::{
    fs,
    os::unix::{
        fs::{PermissionsExt, symlink},
        net::UnixListener,
    },
};

use serde_json::json;

use super::{auth, create, docker_file, pair, platform, refused, sent};
use crate::support::{Env, FaultServer, need, unique, write_private};

#[test]
fn the_first_file_counts_and_another_user_in_a_later_one_is_told() {
    let env = Env::new();
    let podman = env.home().join("run/containers/auth.json");
    write_private(&podman, json!({"auths": {"ghcr.io": auth("alice", "a")}}).to_string());
    let docker = docker_file(&env, &json!({"auths": {"https://ghcr.io/v2/": auth("bob", "b")}}));
    let server = platform();
    create(&server, &env, "--from-docker ghcr.io").ok().says(&[
        &format!("Taken from {}: the login of alice at ghcr.io.", podman.display()),
        &format!("warning: {} has a login at ghcr.io too, of bob", docker.display()),
    ]);
    assert_eq!(sent(&server), pair("alice", "a"));

    // One file in the place of podman's; docker's first where it is named and podman's is not.
    let server = platform();
    let other = env.home().join("other.json");
    create(&server, &env, "--from-docker ghcr.io").env("REGISTRY_AUTH_FILE", other).ok();
    assert_eq!(sent(&server), pair("bob", "b"));
    let server = platform();
    create(&server, &env, "--from-docker ghcr.io").env("DOCKER_CONFIG", docker.parent().unwrap()).ok();
    assert_eq!(sent(&server), pair("bob", "b"));

    // The same user in both is nothing to tell.
    docker_file(&env, &json!({"auths": {"ghcr.io": auth("alice", "b")}}));
    let server = platform();
    let outcome = create(&server, &env, "--from-docker ghcr.io").ok();
    assert!(!outcome.stderr.contains("has a login at"), "{outcome}");
}

#[test]
fn the_user_name_given_must_be_that_of_the_login() {
    let env = Env::new();
    docker_file(&env, &json!({"auths": {"ghcr.io": auth("alice", "hunter2")}}));
    let server = platform();
    create(&server, &env, "--from-docker ghcr.io --username alice").ok();
    assert_eq!(sent(&server), pair("alice", "hunter2"));
    let server = platform();
    let outcome = create(&server, &env, "--from-docker ghcr.io --username bob").run();
    refused(&outcome, &server, 2, "hunter2", &["not of the user that --username names", "for alice"]);
    for flag in ["--password-stdin", "--password-from env:X", "--secrets-from stdin"] {
        let outcome = create(&server, &env, &format!("--from-docker ghcr.io {flag}")).run();
        refused(&outcome, &server, 2, "hunter2", &["--from-docker", "cannot be used together"]);
    }
    let outcome = create(&server, &env, "--from-docker Hunter2-9f8e").run();
    refused(&outcome, &server, 2, "Hunter2-9f8e", &["a registry is named by its host"]);
}

#[test]
fn what_no_file_can_be_is_refused_at_once() {
    type Make = fn(&std::path::Path);
    let makes: [(&str, Make); 5] = [
        ("it is not a regular file", |path| {
            let status = std::process::Command::new(need("mkfifo", "coreutils")).arg(path).status();
            assert!(status.unwrap().success());
        }),
        ("it is a directory", |path| fs::create_dir(path).unwrap()),
        ("it is a device, neither a file nor a pipe", |path| symlink("/dev/zero", path).unwrap()),
        ("No such device or address", |path| drop(UnixListener::bind(path).unwrap())),
        ("it is larger than 1 MiB", |path| fs::write(path, vec![b' '; (1 << 20) + 1]).unwrap()),
    ];
    for (cause, make) in makes {
        let env = Env::new();
        let path = env.home().join(".docker/config.json");
        fs::create_dir(path.parent().unwrap()).unwrap();
        make(&path);
        let server = platform();
        for flags in ["--from-docker ghcr.io", "--from-docker"] {
            let outcome = create(&server, &env, flags).run();
            refused(&outcome, &server, 1, "hunter2", &[&format!("cannot read {}", path.display()), cause]);
        }
        // A login in a file that counts more is taken all the same.
        let podman = env.home().join("run/containers/auth.json");
        write_private(&podman, json!({"auths": {"ghcr.io": auth("alice", "a")}}).to_string());
        create(&server, &env, "--from-docker ghcr.io").ok().says(&["warning: cannot read ", cause]);
        assert_eq!(sent(&server), pair("alice", "a"));
    }
}

#[test]
fn a_broken_file_is_told_by_line_and_column_and_never_quoted() {
    let secret = unique("secret", 30);
    for (text, place) in [
        (format!("{{\n  \"auths\": {{\"ghcr.io\": {{\"auth\": {secret}"), "line 2, column"),
        (format!("{{\"auths\": {{}}}} {secret}"), "line 1, column 15"),
        (secret.clone(), "line 1, column 1"),
        (format!("{{\"auths\": {}\"{secret}\"", "[".repeat(200_000)), "line 1, column"),
        (format!("{{\"a{secret}\u{1b}[31m\": 1}}"), "line 1, column"),
    ] {
        let env = Env::new();
        let path = env.home().join(".docker/config.json");
        write_private(&path, text);
        let server = platform();
        for flags in ["--from-docker ghcr.io", "--from-docker ghcr.io -o json", "--from-docker -vvv"] {
            let outcome = create(&server, &env, flags).run();
            refused(&outcome, &server, 1, &secret, &["it is not JSON", place, "config.json"]);
        }
    }
}

#[test]
fn files_of_another_shape_and_empty_ones_hold_no_login() {
    for text in [
        "",
        "  \n",
        "{}",
        "null",
        "[]",
        "7",
        "\"x\"",
        r#"{"auths": null}"#,
        r#"{"auths": [{"auth": "dTpw"}], "credHelpers": 7, "credsStore": ["x"]}"#,
        r#"{"auths": {"ghcr.io": {}}}"#,
        r#"{"auths": {"ghcr.io": {"auth": 7, "identitytoken": {}}}}"#,
        r#"{"auths": {"ghcr.io": {"auth": "dTpw"}}, "auths": {}}"#,
        r#"{"auths": {"not a host": {"auth": "dTpw"}, "": {"auth": "dTpw"}}}"#,
    ] {
        let env = Env::new();
        write_private(&env.home().join(".docker/config.json"), text);
        let server = platform();
        let outcome = create(&server, &env, "--from-docker ghcr.io").run();
        refused(&outcome, &server, 3, "dTpw", &["no login at ghcr.io was found", "config.json"]);
        let outcome = create(&server, &env, "--from-docker").run();
        refused(&outcome, &server, 3, "dTpw", &["no login at any registry was found"]);
    }
}

#[test]
fn an_identity_token_and_a_broken_entry_are_refused_with_what_to_do() {
    let secret = unique("secret", 30);
    for (host, entry, texts) in [
        ("ghcr.io", json!({"identitytoken": secret}), ["identity token", "make an access token"]),
        ("my.azurecr.io", json!({"auth": "MDA6", "identitytoken": secret}), ["identity token", "az ad sp"]),
        ("ghcr.io", json!({"registrytoken": secret}), ["identity token", "make an access token"]),
        ("ghcr.io", json!({"auth": format!("%{secret}")}), ["its auth is not base64", "sign in again"]),
        ("ghcr.io", auth("", &secret), ["it has no user name", "sign in again"]),
        ("ghcr.io", auth("u", &format!("{secret}\u{7}")), ["control characters", "sign in again"]),
        (
            "ghcr.io",
            auth("u\u{1b}[31m", &secret),
            ["the user name: it holds control characters", "sign in again"],
        ),
    ] {
        let env = Env::new();
        docker_file(&env, &json!({"auths": {host: entry}}));
        let server = platform();
        let outcome = create(&server, &env, &format!("--from-docker {host}")).run();
        refused(&outcome, &server, 2, &secret, &texts);
        let outcome = create(&server, &env, &format!("--from-docker {host} --dry-run -o json")).run();
        refused(&outcome, &server, 2, &secret, &texts);
    }
}

#[test]
fn a_file_that_others_can_read_is_warned_about_and_left_as_it_is() {
    let env = Env::new();
    let path = docker_file(&env, &json!({"auths": {"ghcr.io": auth("alice", "hunter2")}}));
    let target = env.home().join("target.json");
    fs::rename(&path, &target).unwrap();
    symlink(&target, &path).unwrap();
    fs::set_permissions(&target, fs::Permissions::from_mode(0o644)).unwrap();
    let before = fs::metadata(&target).unwrap().modified().unwrap();
    let server = platform();
    let outcome = create(&server, &env, "--from-docker ghcr.io").ok();
    outcome.says(&["can be read or changed by other users (mode 644)"]);
    assert_eq!(sent(&server), pair("alice", "hunter2"));
    assert!(fs::symlink_metadata(&path).unwrap().is_symlink());
    assert_eq!(fs::metadata(&target).unwrap().modified().unwrap(), before);
    assert_eq!(fs::metadata(&target).unwrap().permissions().mode() & 0o777, 0o644);
}

#[test]
fn a_dry_run_names_the_file_and_hides_the_password() {
    let env = Env::new();
    docker_file(&env, &json!({"auths": {"ghcr.io": auth("alice", "hunter2")}}));
    let server = FaultServer::start();
    let outcome = create(&server, &env, "--from-docker ghcr.io --dry-run -o json").ok();
    outcome.says(&["Taken from ", ".docker/config.json: the login of alice at ghcr.io."]);
    let body = &outcome.json()["body"];
    assert_eq!((&body["username"], &body["password"]), (&json!("alice"), &json!("<redacted>")));
    assert!(!outcome.all().contains("hunter2") && server.writes().is_empty(), "{outcome}");
}
