//! Who is trusted with a secret: the certificate decides, before a byte of it is sent.

use std::path::Path;

use serde_json::json;

use crate::support::{Answer, Authority, Certificate, Env, FaultServer, Outcome, TlsFront, hetzner_token};

fn create(env: &Env, front: &TlsFront, trusted: Option<&Path>) -> Outcome {
    let run = env
        .line("credentials hetzner create --name my-token --api-token-stdin")
        .env("ANKRA_BASE_URL", front.url())
        .env("ANKRA_API_TOKEN", "token-of-the-test")
        .stdin(hetzner_token());
    match trusted {
        Some(file) => run.env("SSL_CERT_FILE", file).run(),
        None => run.run(),
    }
}

#[test]
fn h69_h74_a_company_s_authority_is_trusted_by_its_file() {
    let env = Env::new();
    let server = FaultServer::start();
    server.creates("hetzner").on("GET", "/api/v1/credentials/hetzner", [Answer::json(200, json!([]))]);
    let authority = Authority::new();
    let front = TlsFront::start(&server, Some(&authority), &Certificate::default());
    let outcome = create(&env, &front, Some(&authority.file(&env)));
    assert_eq!(outcome.code, Some(0), "{outcome}");
    assert_eq!(server.writes().len(), 1);
}

#[test]
fn h73_a_certificate_that_is_not_trusted_ends_it_before_anything_is_sent() {
    let env = Env::new();
    let authority = Authority::new();
    let trusted = authority.file(&env);
    let table = [
        ("self-signed", None, Certificate::default(), "SSL_CERT_FILE"),
        ("unknown issuer", Some(Authority::new()), Certificate::default(), "SSL_CERT_FILE"),
        ("expired", Some(authority), Certificate { last_year: 2020, ..Certificate::default() }, "clock"),
    ];
    for (what, issuer, certificate, hint) in table {
        let server = FaultServer::start();
        let front = TlsFront::start(&server, issuer.as_ref(), &certificate);
        let outcome = create(&env, &front, Some(&trusted));
        assert_eq!(outcome.code, Some(1), "{what}: {outcome}");
        outcome.says(&["no secure connection", "nothing was sent", hint]);
        assert!(server.requests().is_empty(), "{what}");
    }
}

#[test]
fn h73_a_certificate_of_another_host_ends_it_before_anything_is_sent() {
    let env = Env::new();
    let authority = Authority::new();
    let server = FaultServer::start();
    let certificate = Certificate { host: "other.example", ..Certificate::default() };
    let front = TlsFront::start(&server, Some(&authority), &certificate);
    let outcome = create(&env, &front, Some(&authority.file(&env)));
    assert_eq!(outcome.code, Some(1), "{outcome}");
    outcome.says(&["no secure connection", "nothing was sent"]);
    assert!(server.requests().is_empty());
}

#[test]
fn h69_a_missing_file_of_authorities_is_named() {
    let env = Env::new();
    let server = FaultServer::start();
    let front = TlsFront::start(&server, None, &Certificate::default());
    let outcome = create(&env, &front, Some(Path::new("/nowhere/ca.pem")));
    assert_eq!(outcome.code, Some(1), "{outcome}");
    outcome.says(&["SSL_CERT_FILE", "/nowhere/ca.pem"]);
    assert!(server.requests().is_empty());
}

#[test]
fn h71_a_wrong_clock_is_thought_of() {
    let env = Env::new();
    let authority = Authority::new();
    let server = FaultServer::start();
    let certificate = Certificate { last_year: 2016, ..Certificate::default() };
    let front = TlsFront::start(&server, Some(&authority), &certificate);
    create(&env, &front, Some(&authority.file(&env))).says(&["check this machine's clock"]);
}

#[test]
fn h03_https_is_not_left_for_http() {
    let env = Env::new();
    let elsewhere = FaultServer::start();
    let server = FaultServer::start();
    let location = format!("{}/api/v1/org/credentials", elsewhere.url());
    server.on("GET", "/api/v1/org/credentials", [Answer::json(302, json!({})).header("location", &location)]);
    let authority = Authority::new();
    let front = TlsFront::start(&server, Some(&authority), &Certificate::default());
    let outcome = env
        .line("credentials list")
        .env("ANKRA_BASE_URL", front.url())
        .env("ANKRA_API_TOKEN", "token-of-the-test")
        .env("SSL_CERT_FILE", authority.file(&env))
        .fails(1);
    outcome.says(&["redirect"]);
    assert!(elsewhere.requests().is_empty());
}
