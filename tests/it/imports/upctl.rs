//! Which token of upctl's is taken: the variable, the file, the keychain.

use std::time::Instant;

use super::{create, file, platform, refused, secret, sent};
use crate::support::{Env, FaultServer, Keyring, Run, need};

const PLACE: &str = ".config/upctl.yaml";

fn token() -> String {
    format!("ucat_{}", secret(26))
}

fn from_upctl(server: &FaultServer, env: &Env) -> Run {
    create(server, env, "upcloud", "--from-upctl")
}

/// Keeps a token as the library go-keyring does.
fn store(keyring: &Keyring<'_>, env: &Env, token: &str) {
    let mut run = keyring.with(env.program(need("secret-tool", "libsecret-tools"))).stdin(token);
    run.command.args(["store", "--label=Password for '' on 'UpCloud'", "service", "UpCloud", "username", ""]);
    run.ok();
}

#[test]
fn the_variable_counts_before_the_file_and_both_before_the_keychain() {
    let env = Env::new();
    let [variable, kept, keychain] = [(); 3].map(|()| token());
    let keyring = Keyring::start(&env);
    store(&keyring, &env, &keychain);
    let server = platform();
    let outcome = keyring.with(from_upctl(&server, &env)).ok();
    outcome.says(&["Taken from the system's keychain: the token.\n"]);
    assert!(!outcome.all().contains(&keychain));
    assert_eq!(sent(&server)["api_token"], keychain);

    file(&env, PLACE, format!("token: {kept}\n"));
    let server = platform();
    keyring.with(from_upctl(&server, &env)).ok().says(&["Taken from ~/.config/upctl.yaml: the token.\n"]);
    assert_eq!(sent(&server)["api_token"], kept);

    let server = platform();
    keyring.with(from_upctl(&server, &env)).env("UPCLOUD_TOKEN", &variable).ok().says(&[
        "Taken from UPCLOUD_TOKEN: the token.\n",
        "UPCLOUD_TOKEN counts before what ~/.config/upctl.yaml has.\n",
    ]);
    assert_eq!(sent(&server)["api_token"], variable);
}

#[test]
fn a_locked_keychain_takes_nothing_from_what_a_file_has() {
    let env = Env::new();
    let (kept, keychain) = (token(), token());
    let keyring = Keyring::start(&env);
    store(&keyring, &env, &keychain);
    keyring.lock();
    let _away = keyring.bus.person_is_away();
    let server = platform();
    let start = Instant::now();
    let outcome = keyring.with(from_upctl(&server, &env)).run();
    refused(
        &outcome,
        &server,
        3,
        &["nothing was found", "the system's keychain is locked, and was not unlocked"],
    );
    assert!(start.elapsed().as_secs() >= 2, "nobody was waited for");
    file(&env, PLACE, format!("token: {kept}\n"));
    keyring.with(from_upctl(&server, &env)).ok();
    assert_eq!(sent(&server)["api_token"], kept);
}

#[test]
fn without_any_the_places_are_named() {
    let (env, server) = (Env::new(), platform());
    let outcome = from_upctl(&server, &env).run();
    let texts = [
        "these places were looked at: ~/.config/upctl.yaml, UPCLOUD_TOKEN",
        "the system's keychain cannot be used here",
        "hint: sign in first: upctl account login --with-token",
    ];
    refused(&outcome, &server, 3, &texts);
    let keyring = Keyring::start(&env);
    let outcome = keyring.with(from_upctl(&server, &env)).run();
    refused(&outcome, &server, 3, &["the system's keychain has none of upctl"]);
}

#[test]
fn a_user_name_and_a_password_are_refused_clearly() {
    let (env, server) = (Env::new(), platform());
    file(&env, PLACE, format!("username: me\npassword: {}\n", secret(20)));
    let outcome = from_upctl(&server, &env).run();
    let why = "~/.config/upctl.yaml has a user name and a password, and Ankra takes an API token alone";
    refused(&outcome, &server, 2, &["the token of upctl cannot be taken", why, "Where to get it: "]);
}

#[test]
fn the_first_file_that_is_there_counts() {
    let env = Env::new();
    let (first, second) = (token(), token());
    file(&env, PLACE, format!("token: {second}\n"));
    let elsewhere = env.home().join("elsewhere");
    let server = platform();
    from_upctl(&server, &env).env("XDG_CONFIG_HOME", &elsewhere).ok();
    assert_eq!(sent(&server)["api_token"], second);
    file(&env, "elsewhere/upctl.yaml", format!("token: {first}\n"));
    let server = platform();
    from_upctl(&server, &env).env("XDG_CONFIG_HOME", &elsewhere).ok();
    assert_eq!(sent(&server)["api_token"], first);
}
