//! Redirects of registries: followed at the same scheme, host and port, and nowhere else.

use serde_json::json;

use super::{PASSWORD, check, internet::Internet, result, told};
use crate::support::{Answer, Env, FaultServer};

const INDEX: &str = "apiVersion: v1\nentries: {}\n";

fn to(status: u16, location: &str) -> Answer {
    Answer::json(status, json!({})).header("location", location)
}

fn refused() -> Answer {
    Answer::json(401, json!({}))
}

fn index() -> Answer {
    Answer::text(200, "text/yaml", INDEX)
}

#[test]
fn h127_a_redirect_within_a_classic_repository_is_followed_and_each_hop_told() {
    let env = Env::new();
    for (status, location) in [
        (301, "/b/index.yaml"),
        (302, "../b/index.yaml"),
        (307, "//HOST/b/index.yaml"),
        (308, "http://HOST/b/index.yaml#x"),
    ] {
        let server = FaultServer::start();
        let host = server.url().replace("http://", "");
        let location = location.replace("HOST", &host);
        server.on("GET", "/a/index.yaml", [to(status, &location)]);
        server.on("GET", "/b/index.yaml", [refused(), index()]);
        let url = format!("{}/a", server.url());
        let outcome = told(check(&env, &url, PASSWORD).arg("-v"), 0, "good", "path");
        outcome.says(&[&format!("following the redirect to {}/b/index.yaml", server.url())]);
        // Without the password, then with it; the password comes along to the same place.
        let brought: Vec<bool> =
            server.requests().iter().map(|request| request.header("authorization").is_some()).collect();
        assert_eq!(brought, [false, false, true, true], "{location}");
    }
}

#[test]
fn h127_redirects_that_do_not_end_are_left_after_five() {
    let env = Env::new();
    let server = FaultServer::start();
    server.on("GET", "/a/index.yaml", [to(302, "/a/index.yaml")]);
    let outcome = result(&env, &format!("{}/a", server.url()), 1, "redirected", "anonymous");
    outcome.says(&["after 5 others that were followed", "check the registry URL"]);
    assert_eq!(server.requests().len(), 6);
    let server = FaultServer::start();
    for hop in 0..5 {
        server.on("GET", &format!("/{hop}/index.yaml"), [to(301, &format!("/{}/index.yaml", hop + 1))]);
    }
    server.on("GET", "/5/index.yaml", [refused(), index()]);
    result(&env, &format!("{}/0", server.url()), 0, "good", "path");
}

#[test]
fn h127_a_redirect_elsewhere_is_shown_whole_and_not_followed() {
    let internet = Internet::new();
    let others = [
        ("https://cdn.example.net/very/long/path/index.yaml?version=1", None),
        ("http://charts.example.com/a/index.yaml", None),
        ("https://charts.example.com:8443/a/index.yaml", Some("https://charts.example.com:8443/a")),
        ("https://charts.example.com./a/index.yaml", Some("https://charts.example.com./a")),
        ("https://www.example.com/stable/index.yaml", Some("https://www.example.com/stable")),
    ];
    for (target, instead) in others {
        let server = internet.host("charts.example.com");
        server.on("GET", "/a/index.yaml", [to(302, target)]);
        let outcome = internet.check("https://charts.example.com/a").fails(1);
        outcome.says(&[&format!("a redirect to {target}, which is another address")]);
        let run = "ankra credentials registry check --password-stdin --username reader --registry-url";
        if let Some(url) = instead {
            outcome.says(&[&format!(
                "{run} {url}
"
            )]);
        } else {
            assert!(!outcome.stderr.contains(run), "{outcome}");
        }
        assert!(server.requests().iter().all(|request| request.header("authorization").is_none()));
    }
    assert_eq!(internet.asked(), ["charts.example.com"]);
}

#[test]
fn h127_what_a_redirect_repeats_of_the_password_is_not_shown() {
    let env = Env::new();
    let server = FaultServer::start();
    let target = format!("https://reader:{PASSWORD}@evil.example/{PASSWORD}/x?x={PASSWORD}#{PASSWORD}");
    server.on("GET", "/a/index.yaml", [refused(), to(302, &target)]);
    let outcome = result(&env, &format!("{}/a", server.url()), 1, "redirected", "login");
    assert!(!outcome.all().contains(PASSWORD), "{outcome}");
    outcome.says(&["https://evil.example/", "give the address that it leads to"]);
    let server = FaultServer::start();
    server.on("GET", "/a/index.yaml", [to(302, "https://\u{202e}/")]);
    result(&env, &format!("{}/a", server.url()), 1, "redirected", "anonymous")
        .says(&["leads nowhere", "check the registry URL"]);
}

#[test]
fn h127_an_oci_registry_s_own_redirect_is_followed_as_helm_follows_it() {
    let env = Env::new();
    let server = FaultServer::start();
    let asks = refused().header("www-authenticate", "Basic realm=\"charts\"");
    server.on("GET", "/v2/", [to(308, "/registry/v2/")]);
    server.on("GET", "/registry/v2/", [asks, Answer::json(200, json!({}))]);
    result(&env, &server.url().replace("http", "oci"), 0, "good", "login");
    let server = FaultServer::start();
    server.on("GET", "/v2/", [to(301, "/login")]).on(
        "GET",
        "/login",
        [Answer::text(200, "text/html", "<html>")],
    );
    result(&env, &server.url().replace("http", "oci"), 1, "not_a_registry", "registry");
}
