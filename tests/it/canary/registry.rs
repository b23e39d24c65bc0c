//! A password that is checked at its registry: it is in the header of that registry's requests, and nowhere else.

use serde_json::json;

use super::{
    FORMATS, SOURCES, Taking,
    search::{clean, clean_terminal, holds, loud, plain, tricky, tricky_in},
    sourced,
};
use crate::support::{Answer, Env, FaultServer, Pty};

pub(super) const CHECK: &str = "credentials registry check --username u --registry-url";

/// A registry that lets everybody in who has a token, or refuses it; and that repeats `secret` and
/// the token wherever it can.
fn registry(secret: &str, token: &str, is_good: bool) -> FaultServer {
    let server = FaultServer::start();
    let challenge = format!("Bearer realm=\"{}/token\",service=\"s\"", server.url());
    let words =
        json!({"token": secret, "errors": [{"code": secret, "message": format!("{secret} {token}")}]});
    let tags = if is_good {
        Answer::json(200, json!({"name": secret, "tags": [secret]}))
    } else {
        Answer::json(403, words.clone())
    };
    let given = Answer::json(200, json!({"token": token, "refresh_token": secret}));
    server
        .on("GET", "/v2/", [Answer::json(401, words.clone()).header("www-authenticate", &challenge)])
        .on("GET", "/token", [given, Answer::json(401, words)])
        .on("GET", "/v2/a/tags/list", [tags]);
    server
}

fn in_the_header_alone(server: &FaultServer, secret: &str, token: &str) {
    let mut sent = (0, 0);
    for request in server.requests() {
        for (name, value) in &request.headers {
            let has = (holds(value, secret), holds(value, token));
            assert!(has == (false, false) || name == "authorization", "{name}");
            sent = (sent.0 + usize::from(has.0), sent.1 + usize::from(has.1));
        }
        assert!(!holds(&request.target, secret) && !holds(&request.target, token), "{}", request.target);
        assert!(request.method == "GET" && request.body.is_empty());
    }
    assert_eq!(sent, (1, 1), "the password goes to the token service once, the token to the path once");
}

#[test]
fn h84_a_checked_password_is_in_one_header_and_nowhere_else() {
    for (turn, (source, format)) in
        SOURCES.iter().flat_map(|source| FORMATS.map(|format| (source, format))).enumerate()
    {
        let (env, secret, token) = (Env::new(), tricky_in(source), plain());
        let is_good = turn % 2 == 0;
        let server = registry(&secret, &token, is_good);
        let url = format!("{}/a -o {format}", server.url().replace("http", "oci"));
        let run = loud(env.line(&format!("{CHECK} {url}")));
        let Some(run) = sourced(&env, run, &Taking::of_registry(CHECK), source, &secret) else { continue };
        let outcome = run.run();
        assert_eq!(outcome.code, Some(if is_good { 0 } else { 7 }), "{source}: {outcome}");
        clean(&env, &outcome, &secret, &[env.home().join("source")]);
        clean(&env, &outcome, &token, &[]);
        in_the_header_alone(&server, &secret, &token);
    }
}

#[test]
fn h84_a_checked_password_that_is_asked_for_is_not_on_the_terminal() {
    let (env, secret, token) = (Env::new(), tricky(), plain());
    let server = registry(&secret, &token, true);
    let url = format!("{}/a", server.url().replace("http", "oci"));
    let mut pty = Pty::start(loud(env.line(&format!("{CHECK} {url}"))));
    pty.expect(&Taking::of_registry(CHECK).prompt)
        .expect_hidden()
        .send(&format!("{secret}\r"))
        .expect("received");
    let shown = pty.ok();
    clean_terminal(&env, &shown, &secret, &[]);
    clean_terminal(&env, &shown, &token, &[]);
    in_the_header_alone(&server, &secret, &token);
}
