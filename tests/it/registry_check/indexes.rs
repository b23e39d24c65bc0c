//! Classic Helm repositories, and web servers that are none, as their answers for the index tell.

use serde_json::json;

use super::result;
use crate::support::{Answer, Env, FaultServer};

#[test]
fn an_index_that_is_compressed_unasked_says_nothing_of_the_password() {
    let env = Env::new();
    let server = FaultServer::start();
    let index = Answer::text(200, "text/yaml", "\u{1f}\u{8b}").header("content-encoding", "gzip");
    server.on("GET", "/a/index.yaml", [Answer::json(401, json!({})), index]);
    let outcome = result(&env, &format!("{}/a", server.url()), 1, "cannot_tell", "login");
    outcome.says(&["an encoding that was not asked for: gzip", "Helm may understand it"]);
}

#[test]
fn a_repository_is_public_where_anybody_gets_its_index() {
    let env = Env::new();
    let index = |status| Answer::text(status, "text/yaml", "apiVersion: v1\nentries: {}\n");
    for (open, code, verdict, step) in [
        (index(200), 1, "cannot_tell", "anonymous"),
        (index(401), 0, "good", "path"),
        (Answer::text(200, "text/html", "<html>sign in</html>"), 0, "good", "path"),
    ] {
        let server = FaultServer::start();
        server.on("GET", "/a/index.yaml", [open, index(200)]);
        let outcome = result(&env, &format!("{}/a", server.url()), code, verdict, step);
        let is_told = outcome.all().contains("nobody gets the index without a password");
        assert_eq!(is_told, verdict == "good", "{outcome}");
    }
}

#[test]
fn an_index_that_is_refused_to_a_user_alone_shows_that_the_password_is_right() {
    let env = Env::new();
    for (open, told) in [(401, "the user name and the password are right"), (403, "it does not tell whether")]
    {
        let server = FaultServer::start();
        server.on("GET", "/a/index.yaml", [open, 403].map(|status| Answer::json(status, json!({}))));
        result(&env, &format!("{}/a", server.url()), 7, "no_access", "login").says(&[told]);
    }
}
