//! The check of a Hetzner API token: whether it is accepted, and whether it may write.

use serde_json::{Value, json};

use super::{has, is_on_the_page, names, senseless, told};
use crate::support::{Answer, Env, FaultServer, Run, hetzner_token, need};

fn run(env: &Env, server: &FaultServer) -> Run {
    checked(env, server, &hetzner_token())
}

fn checked(env: &Env, server: &FaultServer, token: &str) -> Run {
    let run = env.line("credentials hetzner check --api-token-stdin").stdin(token.to_owned());
    run.env("HCLOUD_ENDPOINT", format!("{}/v1", server.url()))
}

/// What Hetzner answers to a token that it accepts.
fn locations() -> Answer {
    let one = json!({"id": 1, "name": "fsn1", "description": "Falkenstein DC Park 1", "country": "DE",
        "city": "Falkenstein", "latitude": 50.47612, "longitude": 12.37, "network_zone": "eu-central"});
    let meta = json!({"pagination": {"page": 1, "per_page": 25, "previous_page": null, "next_page": null,
        "last_page": 1, "total_entries": 1}});
    Answer::json(200, json!({"locations": [one], "meta": meta}))
        .header("ratelimit-limit", "3600")
        .header("ratelimit-remaining", "3598")
        .header("ratelimit-reset", "1890000000")
}

/// An error in Hetzner's form.
fn error(status: u16, code: &str, details: Value) -> Answer {
    let error = json!({"code": code, "message": "words of Hetzner", "details": details});
    Answer::json(status, json!({"error": error})).header("x-correlation-id", "5d1fc5c9d3a7e8f1")
}

/// How a request without content is refused.
fn invalid() -> Answer {
    error(422, "invalid_input", json!({"fields": [{"name": "name", "messages": ["is required"]}]}))
}

fn server(write: Answer) -> FaultServer {
    let server = FaultServer::start();
    server.on("GET", "/v1/locations", [locations()]).on("POST", "/v1/ssh_keys", [write]);
    server
}

#[test]
fn a_good_token_takes_two_requests_that_create_nothing() {
    for invalid in [invalid(), error(400, "json_error", Value::Null)] {
        let (env, server, token) = (Env::new(), server(invalid), hetzner_token());
        let (_, report) = told(checked(&env, &server, &token), 0, "good");
        has(&report, &["3598 of 3600 requests are left this hour", "not refused as read-only"]);
        assert_eq!((&report["account"], &report["expires_at"]), (&Value::Null, &Value::Null));
        assert_eq!(names(&report, "warnings").len(), 1, "{report:#}");
        let requests = server.requests();
        let sent: Vec<_> = requests.iter().map(|one| (one.method.as_str(), one.target.as_str())).collect();
        assert_eq!(sent, [("GET", "/v1/locations"), ("POST", "/v1/ssh_keys")]);
        assert!(requests.iter().all(|one| one.header("authorization") == Some(&format!("Bearer {token}"))));
        assert_eq!((requests[0].body.as_slice(), requests[1].body.as_slice()), (&b""[..], &b"{}"[..]));
        is_on_the_page(&run(&env, &server).ok());
    }
}

#[test]
fn a_read_only_token_is_known_by_its_code_whatever_the_status() {
    for status in [400, 403, 422] {
        let (env, server) = (Env::new(), server(error(status, "token_readonly", Value::Null)));
        let (_, report) = told(run(&env, &server), 7, "lacks_rights");
        has(&report, &["token_readonly", "Read & Write", "5d1fc5c9d3a7e8f1"]);
        assert_eq!(report["correlation_id"], "5d1fc5c9d3a7e8f1");
        assert_eq!(server.requests().len(), 2);
    }
}

#[test]
fn each_refusal_ends_the_check_with_the_next_step() {
    for (status, code, exit, result, next) in [
        (401, "unauthorized", 6, "refused", "shown once"),
        (403, "unauthorized", 6, "refused", "shown once"),
        (403, "forbidden", 7, "lacks_rights", "whose owner"),
        (403, "token_readonly", 7, "lacks_rights", "make a new one with Read & Write"),
        (410, "deprecated_api_endpoint", 1, "cannot_tell", "install a newer one"),
        (429, "rate_limit_exceeded", 1, "cannot_tell", "wait a while"),
        (503, "maintenance", 1, "cannot_tell", "try again later"),
        (500, "server_error", 1, "cannot_tell", "try again later"),
        (504, "timeout", 1, "cannot_tell", "try again later"),
        (401, "something_new", 1, "cannot_tell", "try again"),
        (404, "not_found", 1, "cannot_tell", "try again"),
        (409, "conflict", 1, "cannot_tell", "try again"),
        (423, "locked", 1, "cannot_tell", "try again"),
    ] {
        let (env, server) = (Env::new(), FaultServer::start());
        server.on("GET", "/v1/locations", [error(status, code, Value::Null)]);
        let (_, report) = told(run(&env, &server), exit, result);
        has(&report, &[code, "words of Hetzner", next, "correlation id 5d1fc5c9d3a7e8f1"]);
        assert_eq!(server.requests().len(), 1);
    }
}

#[test]
fn what_says_nothing_of_the_right_to_write_is_not_taken_for_a_yes() {
    for (answer, words) in senseless() {
        let (env, server) = (Env::new(), server(answer));
        let (_, report) = told(run(&env, &server), 1, "cannot_tell");
        has(&report, &[words]);
    }
    for (status, code) in [(409, "uniqueness_error"), (412, "resource_limit_exceeded"), (423, "locked")] {
        let (env, server) = (Env::new(), server(error(status, code, json!({"limits": [{"name": "x"}]}))));
        told(run(&env, &server), 1, "cannot_tell");
    }
    let created = Answer::json(201, json!({"ssh_key": {"id": 1, "name": "x"}}));
    let (env, server) = (Env::new(), server(created));
    told(run(&env, &server), 1, "cannot_tell");
}

#[test]
fn a_token_that_is_cut_or_doubled_is_never_sent() {
    let whole = hetzner_token();
    for (token, says) in [(whole[..32].to_owned(), "half of a token"), (whole.repeat(2), "pasted twice")] {
        let (env, server) = (Env::new(), FaultServer::start());
        for line in ["check", "create --name x", "create --name x --check"] {
            let run = env.line(&format!("--sandbox credentials hetzner {line} --api-token-stdin"));
            let outcome = run.env("HCLOUD_ENDPOINT", server.url()).stdin(token.clone()).fails(2);
            outcome.says(&[says]);
            assert!(!outcome.all().contains(&token), "{outcome}");
        }
        assert!(server.requests().is_empty());
    }
    let (env, server) = (Env::new(), server(invalid()));
    checked(&env, &server, &format!("{whole}\r\n")).ok();
    assert_eq!(server.requests()[0].header("authorization"), Some(&*format!("Bearer {whole}")));
}

/// Hetzner's own client, at the same server with the same token.
#[test]
fn hetzner_s_own_client_asks_in_the_same_way_and_is_told_the_same() {
    let (env, token) = (Env::new(), hetzner_token());
    let hcloud = need("hcloud", "hcloud-cli");
    let server = server(invalid());
    let theirs = |server: &FaultServer, line: &str| {
        let run = env
            .program(&hcloud)
            .env("HCLOUD_TOKEN", token.clone())
            .env("HCLOUD_CONFIG", env.home().join("none"));
        line.split(' ').fold(run.env("HCLOUD_ENDPOINT", format!("{}/v1", server.url())), Run::arg)
    };
    theirs(&server, "location list").ok();
    checked(&env, &server, &token).ok();
    let requests = server.requests();
    let asked: Vec<_> = requests
        .iter()
        .filter(|one| one.target.starts_with("/v1/locations"))
        .map(|one| (one.method.as_str(), one.target.split('?').next().unwrap(), one.header("authorization")))
        .collect();
    assert_eq!(asked, [("GET", "/v1/locations", Some(&*format!("Bearer {token}"))); 2]);

    let server = FaultServer::start();
    server.on("GET", "/v1/locations", [error(401, "unauthorized", Value::Null)]);
    let outcome = theirs(&server, "location list").fails(1);
    assert!(outcome.stderr.contains("unauthorized"), "{outcome}");
    told(checked(&env, &server, &token), 6, "refused");
}
