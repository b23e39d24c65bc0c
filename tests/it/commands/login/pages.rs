//! Where a person is sent to sign in.

use serde_json::{Value, json};

use crate::support::{Answer, Env, FaultServer};

const INIT: &str = "/api/v1/cli/login/init";

fn begins(answer: Answer) -> (Env, FaultServer) {
    let (env, server) = (Env::new(), FaultServer::start());
    server.on("GET", INIT, [answer]);
    (env, server)
}

/// Begins a sign-in that must fail with `code`, before anything is opened or collected.
fn refused(answer: Answer, code: i32, said: &[&str]) {
    let (env, server) = begins(answer);
    env.signed_in(&server.url(), "the-old-one");
    let before = std::fs::read(env.login_file()).unwrap();
    let outcome = env.line("login --web --base-url").arg(server.url()).fails(code);
    outcome.says(said).says(&["not signed in to ", "nothing was saved"]);
    assert!(!outcome.stderr.contains("Sign in at"), "{outcome}");
    assert!(outcome.all().bytes().all(|byte| byte == b'\n' || !byte.is_ascii_control()), "{outcome}");
    assert_eq!(server.requests().len(), 1);
    assert_eq!(std::fs::read(env.login_file()).unwrap(), before);
}

fn named(auth_url: &str, auth0_domain: Value) -> Answer {
    Answer::json(
        200,
        json!({"auth_url": auth_url, "state": "s", "ticket": "t", "auth0_domain": auth0_domain}),
    )
}

#[test]
fn nobody_is_sent_to_a_page_of_somebody_else() {
    let with_token = " --with-token";
    for (auth_url, domain, why) in [
        (
            "https://evil.example/login",
            json!(null),
            "it is at evil.example, which is not the platform's host",
        ),
        ("https://evil.example/login", json!("login.example"), "it is at evil.example"),
        ("https://login.example:8443/", json!("login.example"), "it is at login.example"),
        ("https://evil.example/", json!("evil.example/x"), "it is at evil.example"),
        ("http://login.example/", json!("login.example"), "begins neither with https:// nor"),
        ("http://127.0.0.1:1/login", json!(null), "it is at 127.0.0.1"),
        ("file:///etc/passwd", json!(null), "begins neither with https://"),
        ("javascript:alert(1)", json!(null), "begins neither with https://"),
        ("--help", json!(null), "its address is none"),
        ("https://a:b@login.example/", json!("login.example"), "a user name or password"),
        ("https://login.example/\u{1b}]0;owned\u{7}", json!("login.example"), "control characters"),
        ("https://login.example/\u{202e}moc.live", json!("login.example"), "control characters"),
        ("https://login.example/a\r\nhttps://evil.example/", json!("login.example"), "control characters"),
        ("", json!(null), "its address is none"),
    ] {
        refused(named(auth_url, domain), 1, &[why, with_token]);
    }
    refused(
        named(&format!("https://login.example/{}", "x".repeat(9000)), json!("login.example")),
        1,
        &["8 KiB"],
    );
}

#[test]
fn the_host_that_the_platform_names_for_identity_is_shown() {
    let (env, server) = begins(named("https://Login.Example/a b?state=s&c=d", json!("login.example")));
    server.on("POST", "/api/v1/cli/login/poll", [Answer::json(410, json!({"detail": "Login has expired"}))]);
    let outcome = env.line("login --web --base-url").arg(server.url()).fails(5);
    outcome.says(&[&format!("Sign in at login.example, which {} names,", server.url())]);
    // What was looked at is what is shown.
    outcome.says(&["\nhttps://login.example/a%20b?state=s&c=d\n"]);
}

#[test]
fn a_platform_that_has_no_such_sign_in_is_told_with_the_way_that_it_has() {
    let redirect_uri =
        json!([{"loc": ["query", "redirect_uri"], "msg": "field required", "type": "missing"}]);
    let page = "https://login.example/";
    for (answer, why) in [
        (Answer::json(422, json!({"detail": redirect_uri})), "too old"),
        (Answer::json(200, json!({"auth_url": page, "state": "s"})), "too old"),
        (Answer::json(200, json!({"auth_url": page, "state": "s", "ticket": null})), "too old"),
        (Answer::json(200, json!({"auth_url": page, "state": "s", "ticket": ""})), "too old"),
        (Answer::json(404, json!({"detail": "Not Found"})), "the platform has no such sign-in"),
    ] {
        refused(answer, 1, &["cannot sign in with a browser here", why, " --with-token"]);
    }
}

#[test]
fn what_begins_no_sign_in_is_told_as_it_is() {
    let field = json!([{"loc": ["query", "machine_id"], "msg": "too short", "type": "value_error"}]);
    for (answer, code, said) in [
        (Answer::json(422, json!({"detail": field})), 1, "machine_id: too short"),
        (Answer::json(426, json!({"detail": "Use 2.0 or newer"})), 1, "this program is too old"),
        (Answer::json(403, json!({"detail": "Sign-in is closed"})), 6, "Sign-in is closed"),
        (Answer::json(400, json!({"detail": "No"})), 1, "cannot start to sign in"),
        (Answer::text(200, "text/html", "<html>portal</html>"), 1, "the answer is not JSON"),
        (Answer::json(200, json!([1])), 1, "an object is due"),
        (Answer::json(200, json!({"auth_url": 7, "ticket": "t"})), 1, "of another type"),
        (Answer::json(500, json!({"detail": "down"})), 1, "try again later"),
        (Answer::json(302, json!({})).header("location", "https://evil.example/"), 1, "a redirect"),
        (Answer::text(200, "application/json", vec![b' '; 2 << 20]), 1, "larger than 1 MiB"),
    ] {
        refused(answer, code, &[said]);
    }
}

#[test]
fn a_platform_that_does_not_answer_is_not_waited_for_longer_than_a_request_may_take() {
    let (env, server) = begins(Answer::silence());
    let outcome = env.line("login --web --timeout 1 --base-url").arg(server.url()).fails(5);
    outcome.says(&["did not answer in full within 1 s", "nothing was saved"]);
    assert!(!outcome.stderr.contains("begin again"), "{outcome}");
}

#[test]
fn nothing_secret_is_in_what_begins_a_sign_in() {
    let (env, server) = (Env::new(), FaultServer::start());
    server.signs_in([Answer::json(410, json!({"detail": "gone"}))]);
    let run =
        || env.line("login --web -vvv --base-url").arg(server.url()).env("ANKRA_API_TOKEN", "a-good-token");
    let outcomes = [run().fails(5), run().fails(5)];
    let sent = server.requests();
    for one in &sent {
        assert_eq!(one.header("authorization"), None, "{one:?}");
    }
    let query = |one: usize| -> Vec<(String, String)> {
        let url: url::Url = format!("http://h{}", sent[one].target).parse().unwrap();
        url.query_pairs().into_owned().collect()
    };
    let (first, second) = (query(0), query(2));
    let names: Vec<&str> = first.iter().map(|(key, _)| key.as_str()).collect();
    assert_eq!(names, ["code_challenge", "machine_id", "machine_name", "base_url"]);
    assert!(first[0].1.len() == 43 && first[0].1 != second[0].1, "{first:?} {second:?}");
    assert!(first[1].1.len() == 32 && first[1..] == second[1..], "the machine is known again");
    assert_eq!(first[3].1, server.url());
    for (poll, outcome) in [sent[1].json(), sent[3].json()].iter().zip(&outcomes) {
        assert_eq!(poll["ticket"], "the-ticket");
        let verifier = poll["code_verifier"].as_str().unwrap();
        let hash = ring::digest::digest(&ring::digest::SHA256, verifier.as_bytes());
        let challenges = [&first[0].1, &second[0].1];
        let challenge = crate::routes::base64url(hash.as_ref());
        assert!(verifier.len() == 43 && challenges.contains(&&challenge));
        assert!(!outcome.all().contains(verifier), "{outcome}");
    }
}
