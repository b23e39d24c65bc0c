//! The check of a Morpheus access token.

use serde_json::json;

use super::{has, told};
use crate::support::{Answer, Authority, Certificate, Env, FaultServer, Run, TlsFront, unique};

fn run(env: &Env, url: &str, token: &str) -> Run {
    env.line("credentials morpheus check --tls-insecure --access-token-from stdin --api-url")
        .arg(url)
        .stdin(token)
}

/// What is told of a token where `whoami` gives `answer`.
fn whoami(answer: Answer, code: i32, result: &str, texts: &[&str]) {
    let (env, server, token) = (Env::new(), FaultServer::start(), unique("m", 36));
    server.on("GET", "/api/whoami", [answer]);
    let front = TlsFront::start(&server, None, &Certificate::default());
    let (outcome, report) = told(run(&env, &front.url(), &token), code, result);
    has(&report, texts);
    has(&report, &["--tls-insecure", "whoever stands in between"]);
    assert_eq!(server.lines(), ["GET /api/whoami"]);
    assert_eq!(server.requests()[0].header("authorization"), Some(format!("Bearer {token}").as_str()));
    assert!(!outcome.all().contains(&token), "{outcome}");
}

#[test]
fn every_state_of_a_token_is_told() {
    let invalid = |why: &str| json!({"error": "invalid_token", "error_description": why});
    whoami(
        Answer::json(200, json!({"user": {"id": 1, "username": "ankra"}})),
        0,
        "good",
        &["the user ankra"],
    );
    whoami(Answer::json(200, json!({"user": {"id": 1}})), 0, "good", &["Morpheus accepts it"]);
    whoami(
        Answer::json(401, invalid("Invalid access token")),
        6,
        "refused",
        &["Invalid access token", "API Access"],
    );
    whoami(
        Answer::json(401, invalid("Access token expired")),
        6,
        "expired",
        &["make a new one", "API Access"],
    );
    whoami(Answer::json(401, json!({"success": false, "msg": "who?"})), 6, "refused", &["who?"]);
    let empty = || Answer::text(401, "text/plain", "");
    whoami(empty().header("www-authenticate", "Bearer realm=\"morpheus\""), 6, "refused", &["API Access"]);
    whoami(empty(), 1, "cannot_tell", &["a proxy or a sign-in page"]);
    whoami(empty().header("www-authenticate", "Negotiate"), 1, "cannot_tell", &["a proxy or a sign-in page"]);
    whoami(
        Answer::json(403, json!({"success": false, "msg": "no role"})),
        7,
        "lacks_rights",
        &["no role", "give its user a role"],
    );
}

#[test]
fn a_server_that_repeats_the_token_does_not_show_it() {
    let (env, server, token) = (Env::new(), FaultServer::start(), unique("m", 36));
    let repeated =
        json!({"error": "invalid_token", "error_description": format!("Access token expired: {token}")});
    server.on("GET", "/api/whoami", [Answer::json(401, repeated)]);
    let authority = Authority::new();
    let front = TlsFront::start(&server, Some(&authority), &Certificate::default());
    let run = env.line("credentials morpheus check --access-token-from stdin -vv --api-url").arg(front.url());
    let run = run.stdin(token.as_str()).env("SSL_CERT_FILE", authority.file(&env));
    let outcome = run.fails(6);
    assert!(!outcome.all().contains(&token) && outcome.all().contains("<redacted>"), "{outcome}");
}
