//! Passwords that are past their end.

use base64ct::{Base64, Encoding};
use serde_json::json;

use super::{check, result, told};
use crate::support::{Answer, Env, FaultServer};

#[test]
fn a_registry_that_says_expired_is_believed() {
    let env = Env::new();
    let server = FaultServer::start();
    let words = "Your authorization token has expired. Reauthenticate and try again.";
    let basic = Answer::json(401, json!({})).header("www-authenticate", "Basic realm=\"x\",service=\"ecr\"");
    let refused = Answer::json(403, json!({"errors": [{"code": "DENIED", "message": words}]}));
    server.on("GET", "/v2/", [basic, refused]);
    let outcome = result(&env, &server.url().replace("http", "oci"), 6, "expired", "login");
    outcome.says(&["it has expired", words]);
}

#[test]
fn a_challenge_that_says_expired_is_believed() {
    let env = Env::new();
    let server = FaultServer::start();
    let basic = Answer::json(401, json!({})).header("www-authenticate", "Basic realm=\"x\"");
    let challenge = "Bearer error=\"invalid_token\", error_description=\"The access token expired\"";
    server.on("GET", "/v2/", [basic, Answer::json(401, json!({})).header("www-authenticate", challenge)]);
    result(&env, &server.url().replace("http", "oci"), 6, "expired", "login");
}

/// What `aws ecr get-login-password` prints, with this end.
fn ecr_password(end: i64) -> String {
    let text = json!({"payload": "CANARY", "datakey": "CANARY", "expiration": end}).to_string();
    Base64::encode_string(text.as_bytes())
}

#[test]
fn a_password_that_is_past_its_own_end_is_told_from_a_wrong_one() {
    let env = Env::new();
    let server = FaultServer::start();
    let basic = || Answer::json(401, json!({})).header("www-authenticate", "Basic realm=\"x\"");
    server.on("GET", "/v2/", std::iter::repeat_with(basic).take(6));
    let url = server.url().replace("http", "oci");
    let past = told(check(&env, &url, &ecr_password(1_600_000_000)), 6, "expired", "login");
    assert_eq!(past.json()["expires_at"], "2020-09-13T12:26:40Z");
    let ahead = told(check(&env, &url, &ecr_password(4_000_000_000)), 6, "wrong_password", "login");
    assert_eq!(ahead.json()["expires_at"], "2096-10-02T07:06:40Z");
    let shown = check(&env, &url, &ecr_password(4_000_000_000)).fails(6);
    assert!(shown.all().contains("Expires    2096-10-02T07:06:40Z\n"), "{shown}");
}
