//! What each command sends: method, path, query, headers and body, field by field, against
//! the facts of the platform's API.

use serde_json::{Value, json};

use crate::support::{Answer, Env, FaultServer, ID, ORGANISATION, Recorded, hetzner_token, unique};

const KEY: &str = "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIJdD7y3aLq454yWBdwLWbieU1ebz9/cu7/QEXn9OIeZJ me@host";

fn ok() -> Answer {
    Answer::json(200, json!({"success": true, "errors": []}))
}

fn credential(name: &str, provider: &str) -> Value {
    json!({"id": ID, "name": name, "provider": provider, "organisation_id": ORGANISATION})
}

/// Runs `line` and gives what it sent.
fn sent(server: &FaultServer, line: &str, stdin: &str) -> Vec<Recorded> {
    let before = server.requests().len();
    server.ankra(&Env::new(), line).stdin(stdin).ok();
    server.requests().split_off(before)
}

fn lines(requests: &[Recorded]) -> Vec<String> {
    requests.iter().map(|request| format!("{} {}", request.method, request.target)).collect()
}

/// The same, of requests that are sent at once.
fn sorted(requests: &[Recorded]) -> Vec<String> {
    let mut lines = lines(requests);
    lines.sort_unstable();
    lines
}

#[test]
fn every_request_carries_the_token_and_nothing_that_was_not_asked_for() {
    let server = FaultServer::start();
    server.on("GET", "/api/v1/org/credentials", [Answer::json(200, json!([])).header("set-cookie", "a=b")]);
    let requests = sent(&server, "credentials list", "");
    let mut names: Vec<&str> = requests[0].headers.iter().map(|(name, _)| name.as_str()).collect();
    names.sort_unstable();
    assert_eq!(names, ["accept", "authorization", "host", "user-agent"]);
    assert_eq!(requests[0].header("authorization"), Some("Bearer token-of-the-test"));
    assert_eq!(requests[0].header("accept"), Some("application/json"));
    assert!(requests[0].header("user-agent").unwrap().starts_with("ankra-credentials/"));
    assert!(requests[0].body.is_empty());
}

#[test]
fn a_body_is_json_and_says_so() {
    let server = FaultServer::start();
    server.on("POST", "/api/v1/credentials/hetzner", [ok()]).on(
        "GET",
        "/api/v1/credentials/hetzner",
        [Answer::json(200, json!([credential("my-token", "hetzner")]))],
    );
    let token = hetzner_token();
    let requests = sent(&server, "credentials hetzner create --name my-token --api-token-stdin", &token);
    assert_eq!(lines(&requests), ["POST /api/v1/credentials/hetzner", "GET /api/v1/credentials/hetzner"]);
    assert_eq!(requests[0].header("content-type"), Some("application/json"));
    assert_eq!(requests[0].header("content-length"), Some(requests[0].body.len().to_string().as_str()));
    assert_eq!(requests[0].json(), json!({"name": "my-token", "api_token": token}));
}

#[test]
fn ovh_sends_its_five_fields() {
    let server = FaultServer::start();
    server.on("POST", "/api/v1/credentials/ovh", [ok()]).on(
        "GET",
        "/api/v1/credentials/ovh",
        [Answer::json(200, json!([credential("my-ovh", "ovh")]))],
    );
    let bundle =
        json!({"application_key": "k1", "application_secret": "s2", "consumer_key": "c3"}).to_string();
    let line = "credentials ovh create --name my-ovh --project-id 0123abcd --secrets-from stdin";
    let requests = sent(&server, line, &bundle);
    let post = requests.iter().find(|request| request.method == "POST").unwrap();
    assert_eq!(post.target, "/api/v1/credentials/ovh");
    assert_eq!(
        post.json(),
        json!({"name": "my-ovh", "application_key": "k1", "application_secret": "s2", "consumer_key": "c3", "project_id": "0123abcd"})
    );
}

#[test]
fn an_ssh_key_is_never_asked_to_be_made_by_the_platform() {
    for provider in ankra::testing::providers::ALL.iter().map(|provider| provider.slug) {
        let server = FaultServer::start();
        let path = format!("/api/v1/credentials/{provider}/ssh-key");
        server.on("POST", &path, [ok()]).on(
            "GET",
            &format!("{path}s"),
            [Answer::json(200, json!([credential("my-key", provider)]))],
        );
        let line = format!("credentials {provider} ssh-key create --name my-key --public-key -");
        let requests = sent(&server, &line, KEY);
        assert_eq!(lines(&requests), [format!("POST {path}"), format!("GET {path}s")]);
        assert_eq!(requests[0].json(), json!({"name": "my-key", "ssh_public_key": KEY, "generate": false}));

        let line = format!("credentials {provider} ssh-key create --name my-key --generate");
        let requests = sent(&server, &line, "");
        let body = requests[0].json();
        assert_eq!(body.as_object().unwrap().len(), 3);
        assert_eq!((&body["name"], &body["generate"]), (&json!("my-key"), &json!(false)));
        let public = body["ssh_public_key"].as_str().unwrap();
        assert!(public.starts_with("ssh-ed25519 ") && public.ends_with(" my-key"), "{public}");
        assert_eq!(
            lines(&sent(&server, &format!("credentials {provider} ssh-key list"), "")),
            [format!("GET {path}s")]
        );
    }
}

#[test]
fn lists_and_details_have_their_routes() {
    let server = FaultServer::start();
    let detail = format!("/api/v1/org/credentials/{ID}");
    server
        .on("GET", "/api/v1/org/credentials", [Answer::json(200, json!([credential("one", "registry")]))])
        .on("GET", "/api/v1/credentials/ovh", [Answer::json(200, json!([]))])
        .on("GET", &detail, [Answer::json(200, credential("one", "registry"))])
        .on(
            "GET",
            "/api/v1/org/helm/registries",
            [Answer::json(200, json!({"result": [], "pagination": {"total_count": 0}}))],
        )
        .on(
            "GET",
            "/api/v1/org/credentials/validate",
            [Answer::json(200, json!({"valid": true, "message": null}))],
        );
    let table = [
        ("credentials list", vec!["GET /api/v1/org/credentials".to_owned()]),
        ("credentials list --provider github", vec!["GET /api/v1/org/credentials?provider=github".into()]),
        ("credentials ovh list", vec!["GET /api/v1/credentials/ovh".into()]),
        (
            "credentials validate a-name",
            vec!["GET /api/v1/org/credentials/validate?credential_name=a-name".into()],
        ),
        (
            "credentials get one",
            vec![
                "GET /api/v1/org/credentials".into(),
                format!("GET {detail}"),
                "GET /api/v1/org/helm/registries?page=1&page_size=100".into(),
            ],
        ),
    ];
    for (line, expected) in table {
        assert_eq!(sorted(&sent(&server, line, "")), expected, "{line}");
    }
}

#[test]
fn a_delete_names_the_credential_s_organisation() {
    let server = FaultServer::start();
    server
        .on("GET", "/api/v1/org/credentials", [Answer::json(200, json!([credential("one", "hetzner")]))])
        .on("DELETE", &format!("/api/v1/org/credentials/{ID}"), [Answer::text(200, "text/plain", "")]);
    let requests = sent(&server, "credentials delete one --yes", "");
    assert_eq!(
        lines(&requests)[1],
        format!("DELETE /api/v1/org/credentials/{ID}?organisation_id={ORGANISATION}")
    );
    assert!(requests[1].body.is_empty());
}

#[test]
fn an_organisation_is_chosen_by_a_header() {
    let server = FaultServer::start();
    let organisations = json!([{"organisation_id": ORGANISATION, "name": "Acme Ltd", "slug": "acme"}]);
    server.on("GET", "/api/v1/org/organisation", [Answer::json(200, organisations)]).on(
        "GET",
        "/api/v1/org/credentials",
        [Answer::json(200, json!([]))],
    );
    let requests = sent(&server, "credentials list --org acme", "");
    assert_eq!(lines(&requests), ["GET /api/v1/org/organisation", "GET /api/v1/org/credentials"]);
    assert_eq!(requests[0].header("x-ankra-organisation-id"), None);
    assert_eq!(requests[1].header("x-ankra-organisation-id"), Some(ORGANISATION));
    let requests = sent(&server, &format!("credentials list --org {ORGANISATION}"), "");
    assert_eq!((requests.len(), requests[0].header("x-ankra-organisation-id")), (1, Some(ORGANISATION)));
}

#[test]
fn registry_credentials_have_their_own_routes() {
    let server = FaultServer::start();
    let path = "/api/v1/org/helm/credentials/my-ghcr";
    let one = json!({"id": ID, "name": "my-ghcr", "username": "octocat", "provider": "registry"});
    server
        .on("POST", "/api/v1/org/helm/credentials", [ok()])
        .on("GET", path, [Answer::json(200, one.clone())])
        .on("PUT", path, [Answer::text(200, "application/json", "")])
        .on("DELETE", path, [ok()])
        .on(
            "GET",
            "/api/v1/org/helm/credentials",
            [Answer::json(200, json!({"credentials": [one], "total_count": 1}))],
        );
    let password = unique("pw", 40);

    let requests = sent(
        &server,
        "credentials registry create --name my-ghcr --username octocat --password-stdin",
        &password,
    );
    assert_eq!(lines(&requests), ["POST /api/v1/org/helm/credentials".to_owned(), format!("GET {path}")]);
    assert_eq!(requests[0].json(), json!({"name": "my-ghcr", "username": "octocat", "password": password}));

    let requests = sent(&server, "credentials registry update my-ghcr --password-stdin", &password);
    let users = || "GET /api/v1/org/helm/registries?page=1&page_size=100".to_owned();
    // Who uses it tells how its password has to look: that is asked at once with what is stored.
    assert_eq!(sorted(&requests[..2]), [format!("GET {path}"), users()]);
    assert_eq!(lines(&requests[2..]), [format!("PUT {path}")]);
    assert_eq!(requests[2].json(), json!({"username": "octocat", "password": password}));

    let requests = sent(&server, "credentials registry delete my-ghcr --yes", "");
    let list = "GET /api/v1/org/helm/credentials?page=1&page_size=100".to_owned();
    assert_eq!(sorted(&requests[..2]), [list, users()]);
    assert_eq!(lines(&requests[2..]), [format!("DELETE {path}")]);
    assert_eq!(lines(&sent(&server, "credentials registry get my-ghcr", "")), [format!("GET {path}")]);
}

#[test]
fn pages_are_asked_for_until_all_are_there() {
    let server = FaultServer::start();
    let page = |from: usize, to: usize| {
        let part: Vec<Value> =
            (from..to).map(|n| json!({"id": format!("{n}"), "name": format!("n{n}")})).collect();
        Answer::json(200, json!({"credentials": part, "total_count": 150}))
    };
    server.on("GET", "/api/v1/org/helm/credentials", [page(0, 100), page(100, 150)]);
    let requests = sent(&server, "credentials registry delete n7 n149 --dry-run", "");
    assert_eq!(
        lines(&requests[..2]),
        [
            "GET /api/v1/org/helm/credentials?page=1&page_size=100",
            "GET /api/v1/org/helm/credentials?page=2&page_size=100"
        ]
    );
}

/// Answers that mean that the platform has no such route.
fn no_route() -> [Answer; 3] {
    [
        Answer::json(404, json!({"detail": "Not Found"})),
        Answer::json(405, json!({"detail": "Method Not Allowed"})),
        Answer::text(200, "text/html", "<html>the web app</html>"),
    ]
}

#[test]
fn a_list_falls_back_to_the_guide_s_route_only_where_the_deployed_one_is_not_served() {
    for answer in no_route() {
        let server = FaultServer::start();
        server.on("GET", "/api/v1/org/credentials", [answer]).on(
            "GET",
            "/api/v1/credentials",
            [Answer::json(200, json!([]))],
        );
        assert_eq!(
            lines(&sent(&server, "credentials list --provider ovh", "")),
            ["GET /api/v1/org/credentials?provider=ovh", "GET /api/v1/credentials?provider=ovh"]
        );
    }
    for status in [400, 401, 403, 422, 500] {
        let server = FaultServer::start();
        server.on("GET", "/api/v1/org/credentials", [Answer::json(status, json!({"detail": "no"}))]);
        server.ankra(&Env::new(), "credentials list").run();
        assert_eq!(server.requests().len(), 1, "{status}");
    }
}

#[test]
fn a_registry_secret_is_sent_again_only_where_the_deployed_route_is_not_served() {
    let line = "credentials registry create --name my-ghcr --username octocat --password-stdin";
    for answer in no_route() {
        let server = FaultServer::start();
        let password = unique("pw", 40);
        server
            .on("POST", "/api/v1/org/helm/credentials", [answer])
            .on("POST", "/api/v1/credentials", [ok()])
            .on(
                "GET",
                "/api/v1/org/helm/credentials/my-ghcr",
                [Answer::json(200, json!({"id": ID, "name": "my-ghcr"}))],
            );
        server.ankra(&Env::new(), line).stdin(password.as_str()).ok();
        let writes = server.writes();
        assert_eq!(lines(&writes), ["POST /api/v1/org/helm/credentials", "POST /api/v1/credentials"]);
        assert_eq!(
            writes[1].json(),
            json!({"name": "my-ghcr", "provider": "registry", "username": "octocat", "password": password})
        );
    }
    let answers = [
        Answer::json(400, json!({"detail": "no"})),
        Answer::json(401, json!({"detail": "no"})),
        Answer::json(403, json!({"detail": "no"})),
        Answer::json(404, json!({"detail": "Organisation not found"})),
        Answer::json(409, json!({"detail": "taken"})),
        Answer::json(422, json!({"detail": []})),
        Answer::json(500, json!({"detail": "no"})),
        Answer::text(503, "text/html", "<html>"),
        Answer::json(200, json!({"success": false, "errors": []})),
        Answer::text(200, "application/json", ""),
        Answer::text(200, "application/json", "{\"success\": tr"),
        Answer::json(200, json!([])),
        Answer::reset(),
    ];
    for answer in answers {
        let server = FaultServer::start();
        let what = format!("{answer:?}");
        server.on("POST", "/api/v1/org/helm/credentials", [answer]);
        let outcome = server.ankra(&Env::new(), line).stdin(unique("pw", 40)).run();
        assert_ne!(outcome.code, Some(0), "{what}: {outcome}");
        assert_eq!(server.writes().len(), 1, "{what}");
    }
}

#[test]
fn one_answer_tells_which_generation_a_platform_serves() {
    let line =
        "credentials registry create --name my-ghcr --username octocat --password-stdin --if-not-exists";
    let created = || Answer::json(200, json!({"id": ID, "name": "my-ghcr"}));
    let server = FaultServer::start();
    let [missing, ..] = no_route();
    server
        .on("GET", "/api/v1/org/credentials", [missing])
        .on("GET", "/api/v1/credentials", [Answer::json(200, json!([]))])
        .on("POST", "/api/v1/credentials", [ok()])
        .on("GET", "/api/v1/org/helm/credentials/my-ghcr", [created()]);
    let requests = sent(&server, line, &unique("pw", 40));
    assert_eq!(lines(&server.writes()), ["POST /api/v1/credentials"], "{:?}", lines(&requests));

    let server = FaultServer::start();
    let [missing, ..] = no_route();
    server.on("GET", "/api/v1/org/credentials", [Answer::json(200, json!([]))]).on(
        "POST",
        "/api/v1/org/helm/credentials",
        [missing],
    );
    server.ankra(&Env::new(), line).stdin(unique("pw", 40)).fails(3);
    assert_eq!(lines(&server.writes()), ["POST /api/v1/org/helm/credentials"]);
}

#[test]
fn a_token_is_revoked_by_its_id() {
    let server = FaultServer::with_organisation();
    let revoke = format!("/api/v1/org/account/tokens/{ID}/revoke");
    server
        .on(
            "GET",
            "/api/v1/org/account/tokens",
            [Answer::json(200, json!([{"id": ID, "name": "laptop", "revoked": false}]))],
        )
        .on("POST", &revoke, [Answer::text(200, "application/json", "")]);
    let env = Env::new();
    let run = |line: &str| env.line(line).env("ANKRA_BASE_URL", server.url());
    run("login --with-token --api-token-stdin").stdin("saved-token").ok();
    run("logout --revoke").ok();
    assert_eq!(
        server.lines(),
        [
            "GET /api/v1/org/organisation".to_owned(),
            format!("GET /api/v1/org/organisation/{ORGANISATION}"),
            "GET /api/v1/org/account/tokens".into(),
            format!("POST {revoke}")
        ]
    );
    assert!(
        server.requests().iter().all(|request| request.header("authorization") == Some("Bearer saved-token"))
    );
}
