//! `ankra credentials list|get|validate`

use ankra::testing::output::Format;
use serde_json::{Value, json};

use crate::support::{Answer, Env, FaultServer, Platform, credential, id, unique};

const LIST: &str = "/api/v1/org/credentials";

/// Three credentials whose order differs by every key.
fn three() -> FaultServer {
    let server = FaultServer::start();
    let all = json!([
        credential(2, "bravo", "ovh"),
        credential(3, "alpha", "registry"),
        credential(1, "charlie", "hetzner"),
    ]);
    server.on("GET", LIST, [Answer::json(200, all)]);
    server
}

#[test]
fn a_list_is_sorted_by_any_key_in_both_orders() {
    let (env, server) = (Env::new(), three());
    for (options, expected) in [
        ("", "alpha bravo charlie"),
        ("--order desc", "charlie bravo alpha"),
        ("--sort name", "alpha bravo charlie"),
        ("--sort provider", "charlie bravo alpha"),
        ("--sort provider --order desc", "alpha bravo charlie"),
        ("--sort created", "charlie bravo alpha"),
        ("--sort created --order desc", "alpha bravo charlie"),
        ("--sort updated", "alpha bravo charlie"),
        ("--sort updated --order desc", "charlie bravo alpha"),
    ] {
        let outcome = server.ankra(&env, &format!("credentials list -o name {options}")).ok();
        assert_eq!(outcome.stdout.lines().collect::<Vec<_>>().join(" "), expected, "{options}");
    }
}

#[test]
fn a_list_in_a_pipe_has_plain_columns() {
    let (env, server) = (Env::new(), three());
    let outcome = server.ankra(&env, "credentials list").ok();
    let lines = [
        "NAME     PROVIDER  STATUS  CREATED",
        "alpha    registry  ok      2026-01-02T03:04:03Z",
        "bravo    ovh       ok      2026-01-02T03:04:02Z",
        "charlie  hetzner   ok      2026-01-02T03:04:01Z",
    ];
    assert_eq!(outcome.stdout, lines.join("\n") + "\n");
    assert_eq!(outcome.stderr, "");

    let outcome = server.ankra(&env, "credentials list --no-headers").ok();
    assert_eq!(outcome.stdout, lines[1..].join("\n").replace("ok      ", "ok  ") + "\n");
    let outcome = server.ankra(&env, "credentials ls -o wide --no-headers").ok();
    let first = outcome.stdout.lines().next().unwrap();
    let cells: Vec<&str> = first.split_whitespace().collect();
    assert_eq!(
        cells,
        [
            "alpha",
            "registry",
            "ok",
            "2026-01-02T03:04:03Z",
            &id(3),
            // What is the same in every row, such as the organisation, is left out.
            "2026-02-03T04:05:56Z",
        ]
    );
    assert!(server.ankra(&env, "credentials list -o wide").ok().stdout.starts_with("NAME "));
}

#[test]
fn json_and_yaml_hold_the_same_whole_list() {
    let (env, server) = (Env::new(), three());
    let json = server.ankra(&env, "credentials list -o json").ok().json();
    let yaml = server.ankra(&env, "credentials list -o yaml").ok().stdout;
    assert_eq!(serde_saphyr::from_str::<Value>(&yaml).unwrap(), json);
    assert_eq!(json.as_array().unwrap().len(), 3);
    let sent = credential(3, "alpha", "registry");
    for (key, value) in sent.as_object().unwrap() {
        if key != "health" {
            assert_eq!(json[0][key], *value, "{key}");
        }
    }
    assert_eq!(json[0]["health"]["state"], "healthy");
}

#[test]
fn an_empty_list_is_empty_in_every_format() {
    let env = Env::new();
    for (format, expected) in
        [("table", "NAME  PROVIDER  STATUS  CREATED\n"), ("json", "[]\n"), ("yaml", "[]\n"), ("name", "")]
    {
        let outcome = env.line(&format!("--sandbox credentials list -o {format}")).ok();
        assert_eq!(outcome.stdout, expected, "{format}");
        outcome.says(&[
            "No credentials in organisation sandbox of the sandbox. Create one with: ankra credentials hetzner create --sandbox --name NAME",
        ]);
    }
    let outcome = env.line("--sandbox credentials list --no-headers").ok();
    assert_eq!(outcome.stdout, "");
    let outcome = env.line("--sandbox credentials list --quiet").ok();
    assert_eq!(outcome.stderr, "");
    env.line("--sandbox credentials list --provider ovh")
        .ok()
        .says(&["No OVH credentials in organisation sandbox of the sandbox."]);
}

#[test]
fn a_provider_is_chosen_by_the_platform() {
    let env = Env::new();
    let platform = Platform::start(&env);
    for (provider, expected) in [
        ("registry", "demo-ghcr\nunused-registry\n"),
        ("ovh", "demo-ovh\n"),
        ("hetzner_ssh_key", "demo-hetzner-key\n"),
        ("github", ""),
    ] {
        let line = format!("credentials list -o name --provider {provider}");
        assert_eq!(platform.viewer(&env, &line).ok().stdout, expected, "{provider}");
    }
    let server = FaultServer::start();
    server.on("GET", LIST, [Answer::json(200, json!([]))]);
    server.ankra(&env, "credentials list --provider ovh").ok();
    assert_eq!(server.lines(), [format!("GET {LIST}?provider=ovh")]);
    server.ankra(&env, "credentials list --provider a/b").fails(2);
    assert_eq!(server.requests().len(), 1);
}

#[test]
fn a_credential_is_shown_by_name_or_id_with_what_uses_it() {
    let env = Env::new();
    let platform = Platform::start(&env);
    let registry = platform.viewer(&env, "credentials get demo-ghcr -o json").ok().json();
    assert_eq!(registry["name"], "demo-ghcr");
    assert_eq!(registry["username"], "demo");
    assert_eq!(
        registry["registries"],
        json!(["demo-apps (oci://ghcr.io/demo/apps)", "demo-charts (oci://ghcr.io/demo/charts)"])
    );
    let by_id = format!("credentials get {} -o json", registry["id"].as_str().unwrap());
    assert_eq!(platform.viewer(&env, &by_id).ok().json(), registry);

    let shown = platform.viewer(&env, "credentials get demo-hetzner").ok().stdout;
    assert!(shown.contains("Clusters:      demo-cluster\n"), "{shown}");
    let shown = platform.viewer(&env, "credentials get unused-registry").ok().stdout;
    assert!(shown.contains("none\n") && !shown.contains("cannot tell"), "{shown}");
    let named = platform.viewer(&env, "credentials show demo-ovh -o name").ok().stdout;
    assert_eq!(named, "demo-ovh\n");
}

#[test]
fn what_uses_a_credential_is_not_guessed() {
    let (env, server) = (Env::new(), FaultServer::start());
    let path = format!("/api/v1/org/credentials/{}", id(1));
    server.on("GET", &path, [Answer::json(200, credential(1, "one", "registry"))]);
    server.on("GET", "/api/v1/org/helm/registries", [Answer::json(403, json!({"detail": "no"}))]);
    let line = format!("credentials get {}", id(1));
    let shown = server.ankra(&env, &line).ok().stdout;
    assert_eq!(shown.matches("cannot tell").count(), 2, "{shown}");
    assert!(!shown.contains("none"), "{shown}");
    let json = server.ankra(&env, &format!("{line} -o json")).ok().json();
    assert_eq!((&json["clusters"], &json["registries"]), (&Value::Null, &Value::Null));
}

#[test]
fn a_secret_in_the_detail_is_never_shown() {
    let (env, server) = (Env::new(), FaultServer::start());
    let canary = unique("canary", 40);
    let mut detail = credential(1, "one", "ovh");
    for field in [
        "token",
        "access_token",
        "api_token",
        "secret_access_key",
        "application_key",
        "application_secret",
        "consumer_key",
        "password",
        "private_key",
        "new_field",
    ] {
        detail[field] = canary.clone().into();
    }
    detail["operations"] = json!([{"token": canary}]);
    detail["clusters"] = json!([{"id": id(9), "name": "prod", "token": canary}]);
    detail["health"]["token"] = canary.clone().into();
    server.on("GET", &format!("/api/v1/org/credentials/{}", id(1)), [Answer::json(200, detail)]);
    for (format, _) in Format::NAMED {
        let outcome = server.ankra(&env, &format!("-vvv credentials get {} -o {format}", id(1))).ok();
        assert!(!outcome.all().contains(&canary), "{outcome}");
        assert!(format == "name" || outcome.stdout.contains("prod"), "{outcome}");
    }
}

#[test]
fn an_unknown_credential_is_not_found() {
    let env = Env::new();
    let platform = Platform::start(&env);
    for wanted in ["nobody", "01a20b76-cd32-7006-b8dd-2dc7c75eaead"] {
        let outcome = platform.viewer(&env, &format!("credentials get {wanted} -o json")).fails(3);
        assert_eq!(outcome.stdout, "");
        assert_eq!(outcome.json_error()["kind"], "not_found");
    }
    platform
        .viewer(&env, "credentials get nobody")
        .fails(3)
        .says(&["there is no credential nobody", "ankra credentials list"]);
}

#[test]
fn an_ambiguous_name_is_refused_with_the_ids() {
    let (env, server) = (Env::new(), FaultServer::start());
    let twice = json!([credential(1, "twice", "ovh"), credential(2, "twice", "registry")]);
    server.on("GET", LIST, [Answer::json(200, twice)]);
    let outcome = server.ankra(&env, "credentials get twice").fails(2);
    outcome.says(&["several credentials are named twice", &id(1), &id(2)]);
    assert_eq!(server.requests().len(), 1);
}

#[test]
fn h79_what_is_no_id_is_never_part_of_a_path() {
    let (env, server) = (Env::new(), FaultServer::start());
    server.on("GET", LIST, [Answer::json(200, json!([]))]);
    for wanted in ["..", "%2e%2e", "a/b", "a\nb"] {
        server.ankra(&env, "credentials get").arg(wanted).fails(3);
    }
    // An empty word is neither: a variable of a script that was not set.
    server.ankra(&env, "credentials get").arg("").fails(2);
    assert_eq!(server.lines(), vec![format!("GET {LIST}"); 4]);
}

#[test]
fn a_name_is_free_taken_or_malformed() {
    let env = Env::new();
    let platform = Platform::start(&env);
    let outcome = platform.viewer(&env, "credentials validate brand-new -o json").ok();
    assert_eq!(outcome.json(), json!({"name": "brand-new", "valid": true, "message": null}));

    let outcome = platform.viewer(&env, "credentials validate demo-ovh -o json").fails(8);
    assert_eq!(outcome.json()["valid"], false);
    assert_eq!(outcome.json_error()["kind"], "conflict");
    platform.viewer(&env, "credentials validate demo-ovh").fails(8).says(&["already exists"]);

    let server = FaultServer::start();
    let outcome = server.ankra(&env, "credentials validate My_Token").fails(2);
    outcome.says(&["RFC 1035", "try my-token"]);
    assert_eq!(server.lines(), [""; 0], "no request is made for a malformed name");
}

#[test]
fn several_are_shown_at_once_or_none_of_them() {
    let env = Env::new();
    let get = |line: &str| env.line(&format!("--sandbox --org demo credentials {line}"));
    let shown = get("get demo-ghcr demo-hetzner demo-ghcr").ok().stdout;
    let (first, second) = shown.split_once("\n\n").unwrap();
    assert!(
        first.starts_with("Name:          demo-ghcr\n")
            && second.starts_with("Name:          demo-hetzner\n")
    );
    let json = get("get demo-ghcr demo-hetzner -o json").ok().json();
    let names: Vec<&Value> = json.as_array().unwrap().iter().map(|one| &one["name"]).collect();
    assert_eq!(names, ["demo-ghcr", "demo-hetzner"]);
    assert_eq!(json[0], get("get demo-ghcr -o json").ok().json(), "each as it is alone");
    assert!(json[0]["registries"].as_array().unwrap().len() > 1);
    let id = json[0]["id"].as_str().unwrap();
    let again = get(&format!("get {id} demo-ghcr -o json")).ok().json();
    assert_eq!(again["name"], "demo-ghcr", "one that is named twice is one");
    assert_eq!(get("get demo-ovh demo-ghcr -o name").ok().stdout, "demo-ovh\ndemo-ghcr\n");
    assert_eq!(get("get demo-ovh demo-ghcr -o csv").ok().stdout.lines().count(), 3);
    let outcome = get("get demo-ovh none demo-ghcr").fails(3);
    outcome.says(&["there is no credential none in organisation demo"]);
    assert_eq!(outcome.stdout, "");

    let registries = get("registry get demo-ghcr unused-registry -o name").ok().stdout;
    assert_eq!(registries, "demo-ghcr\nunused-registry\n");
    get("registry get demo-ghcr demo-ovh").fails(3).says(&["demo-ovh is an OVH credential"]);
    let table = get("registry get demo-ghcr unused-registry").ok().stdout;
    assert_eq!(table.matches("Username:").count(), 2, "{table}");
}
