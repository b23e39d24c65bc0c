//! Registries that misbehave, and what is told of each.

use std::time::Duration;

use serde_json::json;

use super::{PASSWORD, check, result, told};
use crate::support::{Answer, Authority, Certificate, Env, FaultServer, Port, Step, TlsFront};

fn oci(server: &FaultServer, path: &str) -> String {
    server.url().replace("http", "oci") + path
}

fn asks(challenge: &str) -> Answer {
    Answer::json(401, json!({"errors": [{"code": "UNAUTHORIZED"}]})).header("www-authenticate", challenge)
}

fn basic() -> Answer {
    asks("Basic realm=\"charts\"")
}

fn bearer(realm: &str) -> Answer {
    asks(&format!("Bearer realm=\"{realm}\",service=\"charts\""))
}

fn error(status: u16, code: &str, message: &str) -> Answer {
    Answer::json(status, json!({"errors": [{"code": code, "message": message}]}))
}

/// Whether a request brought a password or a token.
fn brought_secrets(server: &FaultServer) -> bool {
    server.requests().iter().any(|request| request.header("authorization").is_some())
}

#[test]
fn a_password_is_sent_to_no_other_host_for_a_token() {
    let env = Env::new();
    let thief = FaultServer::start();
    let port = thief.url().rsplit(':').next().unwrap().to_owned();
    for realm in [
        format!("http://localhost:{port}/token"),
        format!("https://localhost:{port}/token"),
        format!("http://127.0.0.1.evil.example:{port}/token"),
        format!("http://u:p@127.0.0.1:{port}/token"),
        "http://auth.example.com/token".into(),
        "https://auth.docker.io/token".into(),
        "file:///etc/passwd".into(),
    ] {
        let server = FaultServer::start();
        server.on("GET", "/v2/", [bearer(&realm)]);
        let outcome = result(&env, &oci(&server, "/a"), 1, "foreign_realm", "token");
        outcome.says(&["nothing was sent"]);
        assert!(!brought_secrets(&server), "{realm}");
    }
    assert!(thief.requests().is_empty());
    let server = FaultServer::start();
    server.on("GET", "/v2/", [bearer("https://auth.example.com:444/token")]);
    result(&env, &oci(&server, "/a"), 1, "foreign_realm", "token").says(&["https://auth.example.com:444"]);
}

#[test]
fn a_redirect_is_named_and_not_followed() {
    let env = Env::new();
    let thief = FaultServer::start();
    let away =
        |status: u16| Answer::json(status, json!({})).header("location", &format!("{}/v2/", thief.url()));
    let server = FaultServer::start();
    server.on("GET", "/v2/", [away(307)]);
    let outcome = result(&env, &oci(&server, ""), 1, "redirected", "registry");
    outcome.says(&[&format!("a redirect to {}/v2/", thief.url())]);
    let server = FaultServer::start();
    server.on("GET", "/v2/", [basic(), away(302)]);
    result(&env, &oci(&server, ""), 1, "redirected", "login");
    let server = FaultServer::start();
    server.on("GET", "/v2/", [bearer(&format!("{}/token", server.url()))]).on("GET", "/token", [away(301)]);
    result(&env, &oci(&server, "/a"), 1, "redirected", "token");
    assert!(thief.requests().is_empty());
}

#[test]
fn an_open_registry_is_never_sent_the_password() {
    let env = Env::new();
    let server = FaultServer::start();
    server.on("GET", "/v2/", [Answer::json(200, json!({}))]).on(
        "GET",
        "/v2/a/tags/list",
        [Answer::json(200, json!({"name": "a", "tags": []}))],
    );
    result(&env, &oci(&server, ""), 1, "cannot_tell", "registry");
    result(&env, &oci(&server, "/a"), 1, "cannot_tell", "path").says(&["asks nobody for a password"]);
    assert!(!brought_secrets(&server));
}

#[test]
fn a_registry_that_asks_at_the_path_alone_is_answered_there() {
    let env = Env::new();
    let tags = Answer::json(200, json!({"name": "a", "tags": ["1"]}));
    for (then, code, verdict) in
        [(tags, 0, "good"), (basic(), 6, "wrong_password"), (error(403, "DENIED", "no"), 7, "no_access")]
    {
        let server = FaultServer::start();
        server.on("GET", "/v2/", [Answer::json(200, json!({}))]).on(
            "GET",
            "/v2/a/tags/list",
            [basic(), then],
        );
        result(&env, &oci(&server, "/a"), code, verdict, "path");
    }
}

#[test]
fn each_refusal_is_told_from_the_others() {
    let table: [(Answer, i32, &str, &[&str]); 10] = [
        (
            error(401, "UNAUTHORIZED", "who?"),
            7,
            "no_access",
            &["may not read oci://", "password are right", "who?"],
        ),
        (error(403, "DENIED", "requested access is denied"), 7, "no_access", &["requested access is denied"]),
        (
            error(404, "MANIFEST_UNKNOWN", "no"),
            3,
            "not_found",
            &["there is nothing at oci://", "oci://HOST/PATH/CHART"],
        ),
        (error(400, "NAME_INVALID", "too short"), 3, "not_found", &["too short", "oci://HOST/PATH/CHART"]),
        (Answer::text(400, "text/html", "<html>"), 1, "not_a_registry", &["answered 400"]),
        (Answer::text(404, "text/html", "<html>"), 3, "not_found", &["check the path"]),
        (
            error(429, "TOOMANYREQUESTS", "slow").header("retry-after", "17"),
            1,
            "rate_limited",
            &["127.0.0.1:", "has received too many requests", "in 17 s", "slow"],
        ),
        (error(429, "TOOMANYREQUESTS", "slow"), 1, "rate_limited", &["wait a while"]),
        (error(503, "UNAVAILABLE", "closed"), 1, "registry_error", &["has a problem", "closed"]),
        (Answer::text(200, "text/html", "<html>"), 1, "not_a_registry", &["https://"]),
    ];
    let env = Env::new();
    for (answer, code, verdict, hints) in table {
        let server = FaultServer::start();
        server.on("GET", "/v2/", [basic(), Answer::json(200, json!({}))]).on(
            "GET",
            "/v2/a/b/tags/list",
            [answer],
        );
        result(&env, &oci(&server, "/a/b"), code, verdict, "path").says(hints);
    }
}

#[test]
fn what_is_no_registry_is_said_before_a_password_is_sent() {
    let env = Env::new();
    for answer in [
        Answer::text(200, "text/html", "<html>welcome</html>"),
        Answer::text(404, "text/plain", "404 page not found"),
        Answer::json(401, json!({})),
        asks("Negotiate"),
        asks("Bearer service=\"no realm\""),
        Answer::text(200, "application/json", "[]"),
        Answer::json(200, json!({})).header("content-encoding", "gzip"),
    ] {
        let server = FaultServer::start();
        server.on("GET", "/v2/", [answer.clone()]);
        let outcome = check(&env, &oci(&server, "/a"), PASSWORD).arg("-o").arg("json").fails(1);
        assert_eq!(outcome.json()["result"], "not_a_registry", "{answer:?}: {outcome}");
        assert!(!brought_secrets(&server), "{answer:?}");
    }
}

#[test]
fn a_registry_that_refuses_to_be_greeted_says_nothing_of_the_password() {
    let (env, server) = (Env::new(), FaultServer::start());
    server.on("GET", "/v2/", [error(403, "DENIED", "not from this network")]);
    let outcome = result(&env, &oci(&server, "/a"), 1, "cannot_tell", "registry");
    outcome.says(&["not from this network", "no password was sent"]);
    assert!(!brought_secrets(&server));
}

#[test]
fn a_way_of_signing_in_that_is_not_known_is_named() {
    let env = Env::new();
    for (answer, told) in [
        (Answer::json(401, json!({})), "it refuses, and does not say how to sign in"),
        (asks("Negotiate, Digest realm=\"x\""), "it asks for another way of signing in: negotiate, digest"),
    ] {
        let server = FaultServer::start();
        server.on("GET", "/v2/", [answer]);
        result(&env, &oci(&server, "/a"), 1, "not_a_registry", "registry").says(&[told]);
    }
}

#[test]
fn a_token_service_that_misbehaves_is_told() {
    let env = Env::new();
    let table = [
        (Answer::json(200, json!({})), 1, "not_a_registry"),
        (Answer::json(200, json!({"token": "a\r\nb: c"})), 1, "not_a_registry"),
        (Answer::text(200, "text/html", "<html>"), 1, "not_a_registry"),
        (Answer::json(404, json!({})), 1, "not_a_registry"),
        // Refused without a path too, as GitHub does: it is the password.
        (error(403, "DENIED", "denied"), 6, "wrong_password"),
        // A firewall's page is no word of the registry's.
        (Answer::text(403, "text/html", "<html>"), 7, "no_access"),
        (error(400, "UNSUPPORTED", "no"), 6, "wrong_password"),
        (Answer::text(400, "text/html", "<html>"), 1, "not_a_registry"),
        (Answer::json(401, json!({"details": "incorrect username or password"})), 6, "wrong_password"),
        (Answer::json(500, json!({})), 1, "registry_error"),
    ];
    for (answer, code, verdict) in table {
        let server = FaultServer::start();
        server.on("GET", "/v2/", [bearer(&format!("{}/token", server.url()))]).on("GET", "/token", [answer]);
        result(&env, &oci(&server, "/a"), code, verdict, "token");
    }
}

#[test]
fn without_a_path_a_token_service_is_asked_once_and_its_own_words_are_a_refusal() {
    let env = Env::new();
    let page = |status| Answer::text(status, "text/html", "<html>");
    for (answer, code, verdict) in [
        (error(400, "UNSUPPORTED", "no"), 6, "wrong_password"),
        (error(401, "UNAUTHORIZED", "no"), 6, "wrong_password"),
        (error(403, "DENIED", "no"), 6, "wrong_password"),
        (page(400), 1, "not_a_registry"),
        (page(401), 6, "wrong_password"),
        (page(403), 7, "no_access"),
    ] {
        let server = FaultServer::start();
        server.on("GET", "/v2/", [bearer(&format!("{}/token", server.url()))]).on("GET", "/token", [answer]);
        result(&env, &oci(&server, ""), code, verdict, "token");
        assert_eq!(server.lines(), ["GET /v2/", "GET /token?service=charts"]);
    }
}

/// Registries count failed logins, and lock the account after some.
#[test]
fn a_password_that_is_called_wrong_is_not_sent_again() {
    let (env, server) = (Env::new(), FaultServer::start());
    server.on("GET", "/v2/", [bearer(&format!("{}/token", server.url()))]).on(
        "GET",
        "/token",
        [error(401, "UNAUTHORIZED", "incorrect username or password")],
    );
    result(&env, &oci(&server, "/a"), 6, "wrong_password", "token");
    let sent = server.requests().iter().filter(|request| request.header("authorization").is_some()).count();
    assert_eq!(sent, 1, "{:?}", server.lines());
}

#[test]
fn a_chart_below_the_path_is_spoken_of_where_the_path_is_refused() {
    let env = Env::new();
    let is_spoken_of = |server: &FaultServer, path: &str, step: &str| {
        result(&env, &oci(server, path), 7, "no_access", step).all().contains("oci://HOST/PATH/CHART")
    };
    let page = || Answer::text(403, "text/html", "<html>");
    let server = FaultServer::start();
    server.on("GET", "/v2/", [bearer(&format!("{}/token", server.url()))]).on("GET", "/token", [page()]);
    assert!(is_spoken_of(&server, "/a", "token"));
    assert!(!is_spoken_of(&server, "", "token"));
    let server = FaultServer::start();
    server.on("GET", "/v2/", [basic(), page()]);
    assert!(!is_spoken_of(&server, "/a", "login"));
    let server = FaultServer::start();
    server.on("GET", "/v2/", [basic(), Answer::json(200, json!({}))]).on("GET", "/v2/a/tags/list", [page()]);
    assert!(is_spoken_of(&server, "/a", "path"));
}

#[test]
fn what_anybody_may_do_stays_unknown_where_the_registry_does_not_say() {
    let env = Env::new();
    let server = FaultServer::start();
    server
        .on("GET", "/v2/", [bearer(&format!("{}/token", server.url()))])
        .on("GET", "/token", [Answer::json(200, json!({"access_token": "t"})), Answer::json(503, json!({}))])
        .on("GET", "/v2/a/tags/list", [Answer::json(200, json!({"name": "a"}))]);
    result(&env, &oci(&server, "/a"), 1, "cannot_tell", "anonymous").says(&["is not known", "try again"]);
}

#[test]
fn a_huge_answer_and_a_slow_one_end() {
    let env = Env::new();
    let server = FaultServer::start();
    let head = b"HTTP/1.1 401 Unauthorized\r\nwww-authenticate: Basic realm=x\r\n\r\n".to_vec();
    server.on(
        "GET",
        "/v2/",
        [
            Answer::Script(vec![Step::Write(head), Step::Endless(vec![b'x'; 1 << 16])]),
            Answer::json(200, json!({})),
        ],
    );
    result(&env, &oci(&server, ""), 0, "good", "login");
    let drip = Answer::Script(vec![Step::Drip(vec![b'H'; 1000], Duration::from_millis(50))]);
    for slow in [Answer::silence(), drip] {
        let server = FaultServer::start();
        server.on("GET", "/v2/", [basic(), slow]);
        let run = check(&env, &oci(&server, ""), PASSWORD).arg("--timeout").arg("1");
        told(run, 5, "timed_out", "login").says(&["within 1 s", "--timeout"]);
        assert_eq!(server.lines(), ["GET /v2/"; 2]);
    }
}

#[test]
fn no_answer_at_all_is_told_by_its_reason() {
    let env = Env::new();
    result(&env, "oci://no-such-host.invalid/a", 1, "host_unknown", "host").says(&["no such host"]);
    result(&env, "https://no-such-host.invalid/a", 1, "host_unknown", "host");
    let closed = Port::closed();
    result(&env, &format!("oci://{closed}/a"), 1, "unreachable", "host").says(&["connection refused"]);
    let server = FaultServer::start();
    server.on("GET", "/v2/", [Answer::close()]);
    result(&env, &oci(&server, ""), 1, "unreachable", "host");
    // Nobody was asked: that the host answers is not said.
    let run = check(&env, "oci://no-such-host.invalid/a", PASSWORD).env("SSL_CERT_FILE", "/nowhere/ca.pem");
    let outcome = told(run, 1, "bad_certificate", "tls");
    assert_eq!(outcome.json()["steps"].as_array().unwrap().len(), 1, "{outcome}");
    // Where https is written, nothing is said in clear.
    let url = server.url().replace("http", "https");
    result(&env, &url, 1, "bad_certificate", "tls");
    assert_eq!(server.requests().len(), 1);
}

#[test]
fn a_bad_certificate_ends_it_before_a_password_is_sent() {
    let env = Env::new();
    let authority = Authority::new();
    let trusted = authority.file(&env);
    for (issuer, certificate, hint) in [
        (None, Certificate::default(), "SSL_CERT_FILE"),
        (Some(&authority), Certificate { last_year: 2020, ..Certificate::default() }, "clock"),
        (Some(&authority), Certificate { host: "other.example", ..Certificate::default() }, "registry URL"),
    ] {
        let server = FaultServer::start();
        let front = TlsFront::start(&server, issuer, &certificate);
        for url in [front.url(), front.url().replace("https", "oci")] {
            let run = check(&env, &url, PASSWORD).env("SSL_CERT_FILE", &trusted);
            told(run, 1, "bad_certificate", "tls").says(&[hint]);
        }
        assert!(server.requests().is_empty());
    }
}

#[test]
fn an_address_that_is_none_is_refused_and_not_repeated() {
    let env = Env::new();
    for url in [
        "oci://u:hunter2@h/a",
        "http://charts.example.com",
        "ghcr.io/a",
        "oci://h/a?hunter2",
        "oci://h/\u{1b}[31m",
        "",
    ] {
        let outcome = check(&env, url, PASSWORD).fails(2);
        outcome.says(&["--registry-url"]);
        assert!(!outcome.all().contains("hunter2") && !outcome.all().contains('\u{1b}'), "{outcome}");
    }
    let run =
        env.line("credentials registry check --username a:b --password-stdin --registry-url oci://h.invalid");
    run.stdin(PASSWORD).fails(2).says(&["colon"]);
}

#[test]
fn h108_a_registry_that_speaks_plain_http_elsewhere_is_told_so() {
    let internet = super::internet::Internet::new();
    let server = internet.plain("registry.lan.example");
    for scheme in ["oci", "https"] {
        let url = format!("{scheme}://registry.lan.example/a");
        let outcome = told(internet.check(&url), 1, "bad_certificate", "tls");
        outcome.says(&["no secure connection to registry.lan.example", "it speaks plain http there"]);
        assert_eq!(
            outcome.stderr.matches("plain http is used for this machine alone").count(),
            1,
            "{outcome}"
        );
    }
    assert!(server.requests().is_empty());
}
