//! `ankra status`

use ankra::testing::output::Format;
use serde_json::{Value, json};

use crate::support::{Answer, Env, FaultServer, ORGANISATION, Platform, write_private};

const ORGANISATIONS: &str = "/api/v1/org/organisation";
const OTHER: &str = "1f000000-0000-4000-8000-000000000000";

/// A server whose token belongs to two organisations.
fn two() -> FaultServer {
    let server = FaultServer::start();
    let all = json!([
        {"organisation_id": ORGANISATION, "name": "First", "slug": "first", "user_current": false, "role": "admin"},
        {"organisation_id": OTHER, "name": "Second", "slug": "second", "user_current": true, "role": "viewer"},
    ]);
    server.on("GET", ORGANISATIONS, [Answer::json(200, all)]);
    server
}

fn status(server: &FaultServer, organisation: &str, id: &str, role: &str, token_from: &str) -> Value {
    json!({
        "platform": server.url(),
        "profile": "default",
        "user": null,
        "organisation": organisation,
        "organisation_id": id,
        "organisation_from": null,
        "role": role,
        "token_from": token_from,
        "kept_in": (token_from == "ankra login").then_some("file"),
        "token_name": null,
        "token_expires_at": null,
        "other_profiles": [],
    })
}

#[test]
fn each_source_of_the_token_is_named() {
    let server = two();
    let expected = |token_from: &str| status(&server, "Second", OTHER, "viewer", token_from);
    let env = Env::new();
    let run = server.ankra(&env, "status -o json");
    assert_eq!(run.ok().json(), expected("ANKRA_API_TOKEN"));

    write_private(&env.home().join(".ankra.yaml"), format!("base-url: {}\ntoken: official\n", server.url()));
    assert_eq!(env.line("status -o json").ok().json(), expected("~/.ankra.yaml (the official CLI)"));

    env.signed_in(&server.url(), "saved");
    assert_eq!(env.line("status -o json").ok().json(), expected("ankra login"));
    let used: Vec<String> =
        server.requests().iter().map(|one| one.header("authorization").unwrap().to_owned()).collect();
    assert_eq!(used, ["Bearer token-of-the-test", "Bearer official", "Bearer saved"]);

    let sandbox = env.line("--sandbox status -o json").ok().json();
    assert_eq!(
        (&sandbox["platform"], &sandbox["token_from"]),
        (&json!("the sandbox"), &json!("the sandbox"))
    );
    assert_eq!((&sandbox["organisation"], &sandbox["role"]), (&json!("sandbox"), &json!("owner")));
    assert_eq!(server.requests().len(), 3, "the sandbox is another platform");
}

#[test]
fn the_chosen_organisation_is_shown() {
    let (env, server) = (Env::new(), two());
    let mut first = status(&server, "First", ORGANISATION, "admin", "ANKRA_API_TOKEN");
    first["organisation_from"] = json!("--org");
    for chosen in ["First", "first", ORGANISATION] {
        assert_eq!(server.ankra(&env, "status -o json --org").arg(chosen).ok().json(), first, "{chosen}");
    }
    let sent = server.requests().pop().unwrap();
    assert_eq!(sent.header("x-ankra-organisation-id"), Some(ORGANISATION));
    server.ankra(&env, "status --org Third").fails(3).says(&["Third", "First, Second"]);
}

#[test]
fn a_person_reads_it_at_a_glance() {
    let (env, server) = (Env::new(), two());
    let outcome = server.ankra(&env, "status").ok();
    let expected = format!(
        "Platform:         {}\nProfile:          default\nOrganisation:     Second\nOrganisation ID:  {OTHER}\nRole:             viewer\nToken from:       ANKRA_API_TOKEN\n",
        server.url()
    );
    assert_eq!(outcome.stdout, expected);
    assert_eq!(outcome.stderr, "");
    assert_eq!(server.ankra(&env, "status -o name").ok().stdout, "Second\n");
}

#[test]
fn no_format_shows_the_token() {
    let env = Env::new();
    let platform = Platform::start(&env);
    for (format, _) in Format::NAMED {
        let outcome = platform.viewer(&env, &format!("status -vvv -o {format}")).ok();
        assert!(outcome.stdout.contains("demo") && !outcome.all().contains(&platform.viewer), "{outcome}");
    }
}

#[test]
fn nobody_is_signed_in() {
    let env = Env::new();
    let outcome = env.line("status -o json").fails(6);
    assert_eq!(outcome.stdout, "");
    assert_eq!(outcome.json_error()["kind"], "authentication");
    let hints = ["sign in with: ankra login\n", "ANKRA_API_TOKEN", "--sandbox"];
    env.line("status").fails(6).says(&["error: you are not signed in"]).says(&hints);
}
