//! `--profile`: settings and a token of its own for each.

use std::fs;

use serde_json::json;

use crate::support::{Answer, Env, FaultServer, credential, unique, write_private};

/// A platform with one credential, at which nobody signs in.
fn platform(name: &str) -> FaultServer {
    let server = FaultServer::start();
    server.on("GET", "/api/v1/org/credentials", [Answer::json(200, json!([credential(1, name, "ovh")]))]);
    server
}

/// As [`platform`], with one organisation.
fn platform_to_sign_in_at(name: &str) -> FaultServer {
    let server = platform(name);
    server.has_organisation(name);
    server
}

fn configure(env: &Env, text: impl AsRef<[u8]>) {
    write_private(&env.home().join(".config/ankra/config.toml"), text);
}

fn token_of(server: &FaultServer) -> Option<String> {
    server.requests().pop()?.header("authorization").map(str::to_owned)
}

#[test]
fn each_profile_has_its_own_address_and_token() {
    let env = Env::new();
    let (own, staging) = (platform("own"), platform_to_sign_in_at("staging"));
    env.signed_in(&own.url(), "token-of-own");
    configure(&env, format!("[profiles.staging]\nbase-url = \"{}\"\n", staging.url()));
    let before = fs::read_to_string(env.login_file()).unwrap();

    // Not signed in: the other's token goes nowhere else, and the line that helps is the profile's.
    let refused = env.line("--profile staging credentials list").fails(6);
    refused.says(&["ankra login --profile staging\n"]);
    assert_eq!(staging.requests().len(), 0);
    let signed_in = env.line("login --profile staging --with-token").stdin("token-of-staging").ok();
    signed_in.says(&["Signed in to ", "as profile staging."]);
    assert!(fs::read_to_string(env.login_file()).unwrap().starts_with(&before), "the other entry stays");

    let list = |run: crate::support::Run| run.ok().stdout;
    let line = "credentials list -o name";
    assert_eq!(list(env.line(line)), "own\n");
    assert_eq!(token_of(&own).as_deref(), Some("Bearer token-of-own"));
    assert_eq!(list(env.line(line).arg("--profile").arg("staging")), "staging\n");
    assert_eq!(token_of(&staging).as_deref(), Some("Bearer token-of-staging"));
    let by_variable = || env.line(line).env("ANKRA_PROFILE", "staging");
    assert_eq!(list(by_variable()), "staging\n");
    assert_eq!(list(by_variable().arg("--profile=default")), "own\n", "a flag beats the variable");
    assert_eq!(list(env.line(line).env("ANKRA_PROFILE", "")), "own\n");
    let status = env.line("--profile staging status -o json").ok().json();
    assert_eq!(status["token_from"], "ankra login --profile staging");

    env.line("--profile staging logout --local").ok();
    assert_eq!(fs::read_to_string(env.login_file()).unwrap(), before);
    env.line("--profile staging logout").ok().says(&["No login is saved for profile staging"]);
}

#[test]
fn a_profile_takes_nothing_from_what_is_said_outside_it() {
    let env = Env::new();
    let id = |digit: &str| format!("{}-0000-4000-8000-000000000000", digit.repeat(8));
    write_private(&env.home().join(".ankra.yaml"), "base-url: https://official.example\ntoken: t\n");
    configure(
        &env,
        format!(
            "base-url = \"https://own.example\"\norg = \"{}\"\n[profiles]\nbare = {{}}\nteam = {{ org = \"{}\" }}\n",
            id("a"),
            id("b")
        ),
    );
    let dry = |profile: &str| {
        let line = format!("--profile {profile} credentials hetzner create --name x --dry-run -o json");
        env.line(&line).ok().json()["url"].as_str().unwrap().to_owned()
    };
    assert!(dry("bare").starts_with("https://platform.ankra.app/"));
    assert!(dry("default").starts_with("https://own.example/"));
    env.line("--profile bare credentials list").fails(6);
    let server = platform("team");
    let run = server.ankra(&env, "--profile team credentials list").ok();
    assert_eq!(server.requests().pop().unwrap().header("x-ankra-organisation-id"), Some(&*id("b")), "{run}");
    server.ankra(&env, "--profile bare credentials list").ok();
    assert_eq!(server.requests().pop().unwrap().header("x-ankra-organisation-id"), None);
}

#[test]
fn a_profile_that_is_nowhere_is_refused_before_anything_is_sent() {
    let (env, server) = (Env::new(), FaultServer::start());
    server
        .ankra(&env, "--profile absent status")
        .fails(3)
        .says(&["there is no profile absent", "make it by signing in: ankra login --profile absent\n"]);
    configure(&env, "[profiles.work]\n[profiles.play]\n");
    for line in ["credentials list", "--sandbox status", "credentials hetzner create --name x --dry-run"] {
        let outcome = server.ankra(&env, line).env("ANKRA_PROFILE", "wrok").fails(3);
        outcome.says(&["there is no profile wrok", "your profiles: play, work"]);
    }
    // What may be a secret in the wrong place is not repeated.
    let secret = unique("s$", 40);
    let outcome = server.ankra(&env, "status --profile").arg(&secret).fails(2);
    assert!(!outcome.all().contains(&secret), "{outcome}");
    server.ankra(&env, "status").env("ANKRA_PROFILE", "../x").fails(2).says(&["ANKRA_PROFILE: "]);
    configure(&env, "profiles = 7\n");
    server.ankra(&env, "status").fails(2).says(&["profiles is not a table"]);
    configure(&env, "[profiles.default]\norg = \"acme\"\n");
    server
        .ankra(&env, "status")
        .fails(2)
        .says(&["profiles.default is not a profile", "stand above all tables"]);
    configure(&env, "[profiles.a]\ntoken = \"Hunter2\"\n");
    let outcome = server.ankra(&env, "status").fails(2);
    assert!(outcome.all().contains("unknown key: token") && !outcome.all().contains("Hunter2"), "{outcome}");
    assert_eq!(server.lines(), [""; 0]);
}

#[test]
fn a_token_of_the_environment_that_is_used_in_place_of_a_profile_s_is_told() {
    let (env, server) = (Env::new(), platform_to_sign_in_at("own"));
    let line = "login --profile work --with-token --api-token-stdin";
    env.line(line).env("ANKRA_BASE_URL", server.url()).stdin("token-of-work").ok();
    let outcome = env.line("--profile work credentials list").env("ANKRA_API_TOKEN", "other").ok();
    outcome.says(&["ANKRA_API_TOKEN is used, not the token saved for profile work"]);
    assert_eq!(token_of(&server).as_deref(), Some("Bearer other"));
    assert!(!env.line("--profile work credentials list").ok().all().contains("ANKRA_API_TOKEN"));
    // The sandbox uses neither.
    let inside = env.line("--sandbox --profile work credentials list").env("ANKRA_API_TOKEN", "other").ok();
    assert!(!inside.all().contains("ANKRA_API_TOKEN is used"), "{inside}");
}

#[test]
fn profiles_are_offered_from_the_files_alone_and_hostile_names_are_not() {
    let (env, server) = (Env::new(), platform_to_sign_in_at("own"));
    env.signed_in(&server.url(), "token-of-own");
    configure(
        &env,
        "[profiles.staging]\nbase-url = \"https://staging.example\"\n[profiles.\"$(touch marker)\"]\n[profiles.\"-x\"]\n",
    );
    let ask =
        |line: &str, typed: &str| env.line(&format!("__complete fish ankra {line}")).arg(typed).ok().all();
    let both = format!("default\t{}\nstaging\thttps://staging.example\n", server.url());
    assert_eq!(ask("--profile", ""), both);
    assert_eq!(ask("login --profile", "st"), both);
    assert!(ask("credentials list", "--profile=").contains("--profile=staging\t"));
    assert_eq!(server.lines(), [""; 0], "nobody is asked");
    // The names of the profile on the line, of its platform.
    configure(&env, format!("[profiles.other]\nbase-url = \"{}\"\n", server.url()));
    assert_eq!(ask("--profile other credentials get", ""), "", "nobody is signed in there");
    assert_eq!(ask("--profile absent credentials get", ""), "");
    let run = env.line("__complete fish ankra --profile other credentials get").arg("");
    assert_eq!(run.env("ANKRA_API_TOKEN", "t").ok().all(), "", "a token bound to no address stays here");
    assert_eq!(server.lines(), [""; 0]);
    env.line("login --profile other --with-token").stdin("token-of-other").ok();
    assert_eq!(ask("--profile other credentials get", ""), "own\tOVH credential\n");
    assert_eq!(token_of(&server).as_deref(), Some("Bearer token-of-other"));
    // A token that a command gives is a profile too, with the address that it goes to.
    let env = Env::new();
    configure(&env, "base-url = \"https://own.example\"\ntoken-command = \"exit 1\"\n");
    let offered = env.line("__complete fish ankra --profile").arg("").ok().all();
    assert_eq!(offered, "default\thttps://own.example\n");
}

/// Run as it stands, the line of a hint must not touch the login of another profile.
#[test]
fn the_lines_of_hints_mean_the_same_profile() {
    let env = Env::new();
    let server = FaultServer::with_organisation();
    server.on("GET", "/api/v1/org/account/tokens", [Answer::json(503, json!({"detail": "down"}))]);
    let line = "login --profile work --with-token --api-token-stdin";
    env.line(line).env("ANKRA_BASE_URL", server.url()).stdin("token-of-work").ok();
    let logout = env.line("logout --revoke --profile work --timeout 1").run();
    assert_ne!(logout.code, Some(0), "{logout}");
    logout.says(&["ankra logout --profile work --local"]);
    env.line("login --profile work").fails(2).says(&["ankra login --profile work --with-token"]);
    env.line("logout --profile work --local").ok();
}
