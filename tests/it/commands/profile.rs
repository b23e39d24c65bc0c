//! `ankra profile`

use std::{fs, os::unix::fs::PermissionsExt, thread};

use serde_json::{Value, json};

use crate::support::{Answer, Env, FaultServer, id, write_private};

const ORGANISATIONS: &str = "/api/v1/org/organisation";

fn configure(env: &Env, text: impl AsRef<[u8]>) {
    write_private(&env.home().join(".config/ankra/config.toml"), text);
}

/// Logins of this server, by the names of their entries.
fn signed_in(env: &Env, server: &FaultServer, names: &[&str]) {
    let url = server.url();
    let entry = |name: &&str| {
        format!(
            "[{name}]\nbase-url = {url:?}\ntoken = \"token-of-{name}\"\norganisation-id = \"{}\"\n\
             organisation = \"Team of {name}\"\nuser = \"{name}@example.org\"\nrole = \"owner\"\n\
             expires-at = \"2030-01-02T03:04:05Z\"\n",
            id(1)
        )
    };
    write_private(&env.login_file(), names.iter().map(entry).collect::<String>());
}

fn server() -> FaultServer {
    let server = FaultServer::start();
    let one = json!([{"organisation_id": id(1), "name": "acme", "slug": "acme", "user_current": true}]);
    server.on("GET", ORGANISATIONS, [Answer::json(200, one)]);
    server
}

/// The token that the last request brought.
fn token_of(server: &FaultServer) -> String {
    server.requests().pop().unwrap().header("authorization").unwrap().to_owned()
}

#[test]
fn the_list_asks_nobody_and_runs_nothing() {
    let (env, server) = (Env::new(), FaultServer::start());
    assert_eq!(env.line("profile list -o json").ok().json(), json!([]));
    env.line("profile list").ok().says(&["nobody is signed in"]);
    signed_in(&env, &server, &["default", "d2"]);
    let trace = env.home().join("ran");
    let command = format!("touch {}", trace.display());
    configure(
        &env,
        format!(
            "[profiles.vault]\ntoken-command = {command:?}\n[profiles.bare]\norg = \"demo\"\n[profiles.d2]\n"
        ),
    );
    let url = server.url();
    let login = |name: &str, current: bool| {
        json!({"name": name, "current": current, "platform": url, "organisation": format!("Team of {name}"),
            "user": format!("{name}@example.org"), "token": "file", "expires_at": "2030-01-02T03:04:05Z",
            "role": "owner"})
    };
    let other = |name: &str, organisation: Value, token: Value| {
        json!({"name": name, "current": false, "platform": "https://platform.ankra.app",
            "organisation": organisation, "user": null, "token": token, "expires_at": null, "role": null})
    };
    let all = json!([
        other("bare", json!("demo"), Value::Null),
        login("d2", false),
        login("default", true),
        other("vault", Value::Null, json!("token-command")),
    ]);
    assert_eq!(env.line("profile list -o json").ok().json(), all);
    assert_eq!(env.line("profiles ls -o name").ok().stdout, "bare\nd2\ndefault\nvault\n");
    let table = env.line("profile list").ok().stdout;
    assert!(table.starts_with("NAME     CURRENT  PLATFORM "), "{table}");
    assert!(table.contains("token-command\n") && table.contains("none\n"), "{table}");
    assert!(env.line("profile list -o wide").ok().stdout.contains("2030-01-02T03:04:05Z  owner\n"));
    let marked = |run: crate::support::Run| {
        let all = run.ok().json();
        let current = all.as_array().unwrap().iter().find(|one| one["current"] == true);
        current.map(|one| one["name"].as_str().unwrap().to_owned())
    };
    let list = || env.line("profile list -o json");
    assert_eq!(marked(list().arg("--profile").arg("d2")).as_deref(), Some("d2"));
    assert_eq!(marked(list().env("ANKRA_PROFILE", "vault")).as_deref(), Some("vault"));
    // One that is nowhere does not keep the others from being listed.
    assert_eq!(marked(list().env("ANKRA_PROFILE", "gone")), None);
    for format in ["table", "wide", "json", "yaml", "name"] {
        let outcome = env.line("profile list -vvv -o").arg(format).ok();
        assert!(!outcome.all().contains("token-of-"), "{outcome}");
    }
    // Without a profile too, a command may print the token.
    configure(&env, format!("token-command = {command:?}\norg = \"acme\"\n"));
    let own = list().ok().json();
    let own = own.as_array().unwrap().iter().find(|one| one["name"] == "default").unwrap();
    assert_eq!((&own["token"], &own["organisation"]), (&json!("token-command"), &json!("acme")));
    assert!(!trace.exists());
    assert_eq!(server.lines(), [""; 0]);
}

#[test]
fn the_chosen_profile_is_used_where_none_is_named() {
    let (env, server) = (Env::new(), server());
    signed_in(&env, &server, &["default", "d2", "d3"]);
    let outcome = env.line("profile use d2").ok();
    outcome.says(&["Commands without --profile now use the profile d2, in other terminals too.\n"]);
    assert_eq!(outcome.stdout, "");
    assert!(!outcome.stderr.contains("warning"), "{outcome}");
    let status = |run: crate::support::Run| {
        run.ok();
        token_of(&server)
    };
    assert_eq!(status(env.line("status")), "Bearer token-of-d2");
    assert_eq!(status(env.line("status --profile d3")), "Bearer token-of-d3");
    assert_eq!(status(env.line("status").env("ANKRA_PROFILE", "default")), "Bearer token-of-default");
    let outcome = env.line("profile switch d3").env("ANKRA_PROFILE", "d2").ok();
    outcome.says(&["warning: ANKRA_PROFILE is set, and wins until you unset it"]);
    assert_eq!(status(env.line("status")), "Bearer token-of-d3");
    env.line("profile use default").ok().says(&["now use the profile default"]);
    assert_eq!(status(env.line("status")), "Bearer token-of-default");

    let before = fs::read(env.login_file()).unwrap();
    env.line("profile use absent").fails(3).says(&["there is no profile absent", "d2, d3, default"]);
    env.line("profile use").arg("../x").fails(2);
    env.line("profile use").fails(2).says(&["missing: <NAME>"]);
    env.line("--sandbox profile use d2").fails(2).says(&["the sandbox has no profiles"]);
    assert_eq!(fs::read(env.login_file()).unwrap(), before);
    let mode = fs::metadata(env.login_file()).unwrap().permissions().mode();
    assert_eq!(mode & 0o777, 0o600);
}

/// A profile that went with the settings file does not lock anybody in.
#[test]
fn a_chosen_profile_that_is_gone_can_be_left() {
    let (env, server) = (Env::new(), server());
    signed_in(&env, &server, &["default"]);
    configure(&env, "[profiles.team]\norg = \"acme\"\n");
    env.line("profile use team").ok();
    configure(&env, "");
    env.line("status").fails(3).says(&["there is no profile team"]);
    assert!(!env.line("profile list").ok().stdout.contains('*'));
    env.line("profile use default").ok();
    env.line("status").ok();
}

#[test]
fn a_profile_that_is_removed_is_signed_out_and_no_longer_chosen() {
    let (env, server) = (Env::new(), server());
    signed_in(&env, &server, &["default", "d2", "d3"]);
    configure(&env, "[profiles.d3]\norg = \"acme\"\n[profiles.bare]\norg = \"acme\"\n");
    env.line("profile use d2").ok();
    let outcome = env.line("profile remove d2").ok();
    outcome.says(&["Removed the login from this machine.", "warning: the token stays valid"]);
    outcome.says(&["Commands without --profile used the profile d2; now they use default."]);
    assert!(!outcome.stderr.contains("settings file"), "{outcome}");
    env.line("status").ok();
    assert_eq!(token_of(&server), "Bearer token-of-default");

    let outcome = env.line("profile rm d3").ok();
    outcome.says(&["Its table [profiles.d3] stays in the settings file ", "config.toml"]);
    assert!(!outcome.stderr.contains("now they use"), "{outcome}");
    env.line("profile use bare").ok();
    let outcome = env.line("profile remove bare").ok();
    outcome.says(&["No login is saved for profile bare", "now they use default", "[profiles.bare] stays"]);
    env.line("profile remove default").ok().says(&["Removed the login"]);
    assert!(!fs::read_to_string(env.login_file()).unwrap().contains("token-of-"));
    env.line("profile remove default").fails(3);
    env.line("profile remove d2").fails(3).says(&["there is no profile d2", "bare, d3"]);
}

/// As `logout`: a token that a sign-in made is revoked, and what is printed means the profile that is removed.
#[test]
fn a_token_that_cannot_be_revoked_stays_and_the_hints_mean_its_profile() {
    let (env, server) = (Env::new(), FaultServer::start());
    let revoke = format!("/api/v1/org/account/tokens/{}/revoke", id(7));
    server.on("POST", &revoke, [Answer::json(500, json!({"detail": "no"})), Answer::done()]);
    signed_in(&env, &server, &["default", "d2"]);
    let text = fs::read_to_string(env.login_file()).unwrap() + &format!("token-id = \"{}\"\n", id(7));
    write_private(&env.login_file(), text);
    let before = fs::read(env.login_file()).unwrap();
    let outcome = env.line("profile remove d2").fails(5);
    outcome.says(&["run it again: ankra logout --profile d2\n", "ankra logout --profile d2 --local\n"]);
    assert_eq!(fs::read(env.login_file()).unwrap(), before);
    env.line("profile remove d2").ok().says(&["Revoked the token at "]);
    assert_eq!(server.writes().len(), 2);
    assert_eq!(server.writes()[1].header("authorization"), Some("Bearer token-of-d2"));
    env.line("profile remove default --local").ok().says(&["the token stays valid until 2030-01-02"]);
}

#[test]
fn a_sign_in_says_how_its_profile_is_used_from_then_on() {
    let (env, server) = (Env::new(), server());
    signed_in(&env, &server, &["default"]);
    let line = format!("login --profile d2 --with-token --store file --base-url {}", server.url());
    let outcome = env.line(&line).stdin("token-of-d2").ok();
    let hint = "Have them use this one with: ankra profile use --profile d2 --base-url ";
    outcome.says(&["go on using the profile default.", hint]);
    let told = outcome.stderr.lines().find_map(|line| line.split_once("with: ankra ")).unwrap().1;
    env.line(told).ok();
    env.line("status").ok();
    assert_eq!(token_of(&server), "Bearer token-of-d2");
}

#[test]
fn choices_sign_ins_and_removals_at_once_lose_nothing() {
    let (env, server) = (Env::in_memory(), server());
    let names: Vec<String> = (0..25).map(|number| format!("p{number}")).collect();
    let all: Vec<&str> = std::iter::once("default").chain(names.iter().map(String::as_str)).collect();
    signed_in(&env, &server, &all);
    let (shared, url) = (&env, server.url());
    thread::scope(|scope| {
        for number in 0..50 {
            let url = &url;
            scope.spawn(move || match number % 4 {
                0 => drop(shared.line(&format!("profile remove p{} --local", number / 4)).ok()),
                2 => {
                    let line =
                        format!("login --profile n{number} --with-token --base-url {url} --store file");
                    shared.line(&line).stdin("t").ok();
                }
                _ => drop(shared.line("profile use p24").ok()),
            });
        }
    });
    let file: toml_edit::DocumentMut = fs::read_to_string(env.login_file()).unwrap().parse().unwrap();
    assert_eq!(file["_profile"].as_str(), Some("p24"));
    let removed = (0..50).filter(|number| number % 4 == 0).map(|number| format!("p{}", number / 4));
    assert!(removed.into_iter().all(|name| !file.contains_key(&name)), "{file}");
    // The default one, those that stay, the new ones, and the choice.
    assert_eq!(file.len(), 1 + (25 - 13) + 12 + 1, "{file}");
}

#[test]
fn profiles_are_offered_where_one_is_named() {
    let (env, server) = (Env::new(), FaultServer::start());
    signed_in(&env, &server, &["default", "d2"]);
    for line in ["profile use", "profile remove"] {
        let answer = env.line(&format!("__complete fish ankra {line}")).arg("").ok().stdout;
        assert_eq!(answer, format!("d2\t{0}\ndefault\t{0}\n", server.url()), "{line}");
    }
    let answer = env.line("__complete fish ankra token create --name x --save-as-profile").arg("").ok();
    assert_eq!(answer.stdout, "");
}
