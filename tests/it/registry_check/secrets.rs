//! What a registry repeats is shown short, inert and without the secrets that it was sent.

use ankra::testing::output::Format;
use serde_json::json;

use super::{PASSWORD, USER, check};
use crate::support::{Answer, Env, FaultServer, Pty};

fn oci(server: &FaultServer, path: &str) -> String {
    server.url().replace("http", "oci") + path
}

#[test]
fn words_of_a_registry_do_not_act_on_a_terminal() {
    let env = Env::new();
    let server = FaultServer::start();
    let text = format!("\u{1b}]0;owned\u{7}\u{202e}\nforged  row{}", "x".repeat(5_000));
    let words = json!({"errors": [{"code": "DENIED", "message": text}]});
    server.on(
        "GET",
        "/v2/",
        [
            Answer::json(401, json!({})).header("www-authenticate", "Basic realm=\"x\""),
            Answer::json(403, words),
        ],
    );
    let mut pty = Pty::start(check(&env, &oci(&server, ""), PASSWORD));
    pty.end();
    let shown = pty.transcript();
    assert!(
        shown.contains("forged") && !shown.contains("\u{1b}]0") && !shown.contains('\u{202e}'),
        "{shown}"
    );
    assert!(!shown.lines().any(|line| line.starts_with("forged")) && shown.len() < 2_500, "{shown}");
}

#[test]
fn h34_a_registry_that_repeats_its_secrets_has_them_redacted() {
    let env = Env::new();
    let basic = "cmVhZGVyOnRoZS1wYXNzd29yZC1vZi10aGUtcmVhZGVyLTAxMjM0NTY3ODk=";
    let token = "token-of-the-registry-abcdefghijklmnop";
    let text = format!("bad: {USER}:{PASSWORD} / Basic {basic} / Bearer {token}");
    let server = FaultServer::start();
    let realm = format!("Bearer realm=\"{}/token\"", server.url());
    server
        .on("GET", "/v2/", [Answer::json(401, json!({})).header("www-authenticate", &realm)])
        .on("GET", "/token", [Answer::json(200, json!({"token": token}))])
        .on(
            "GET",
            "/v2/a/tags/list",
            [Answer::json(403, json!({"errors": [{"code": "DENIED", "message": text}]}))],
        );
    for (format, _) in Format::NAMED {
        let outcome = check(&env, &oci(&server, "/a"), PASSWORD).arg("-vvv").arg("-o").arg(format).fails(7);
        assert!(outcome.all().contains("<redacted>"), "{outcome}");
        for secret in [PASSWORD, basic, token] {
            assert!(!outcome.all().contains(secret), "{secret}: {outcome}");
        }
    }
    let sent = |name: &str| {
        server.requests().iter().filter(|request| request.header("authorization") == Some(name)).count()
    };
    // The password is asked about with the path and without it.
    assert_eq!(
        (sent(&format!("Basic {basic}")), sent(&format!("Bearer {token}"))),
        (2 * Format::NAMED.len(), Format::NAMED.len())
    );
}
