//! A proxy that was asked for is used or an error, never passed by; and what it does wrong is told of it.

use std::{ffi::OsStr, os::unix::ffi::OsStrExt};

use serde_json::json;

use crate::support::{
    Answer, Authority, Certificate, Env, FaultServer, Manner, Outcome, Port, Proxy, Run, TlsFront,
};

/// A host that no name server knows: it is reached by a proxy or not at all.
const PLATFORM: &str = "https://platform.invalid";

const CERTIFICATE: Certificate = Certificate { host: "platform.invalid", first_year: 2000, last_year: 2099 };

fn list(env: &Env) -> Run {
    let run = env.line("-v credentials list").env("ANKRA_API_TOKEN", "token-of-the-test");
    run.env("ANKRA_BASE_URL", PLATFORM)
}

fn check(env: &Env) -> Run {
    env.line("-v credentials registry check --username me --password-stdin --registry-url oci://registry.invalid/a")
        .stdin("a-password-of-the-test")
}

/// A platform that has nothing, a proxy that leads to it, and the authority that it is trusted by.
fn platform_behind_a_proxy() -> (FaultServer, Proxy, Authority) {
    let server = FaultServer::start();
    server.on_every_request(Answer::json(200, json!([])));
    let authority = Authority::new();
    let front = TlsFront::start(&server, Some(&authority), &CERTIFICATE);
    let proxy = Proxy::start(Manner::Tunnels(front.address()));
    (server, proxy, authority)
}

#[test]
fn h68_h104_the_proxy_that_is_told_is_the_one_that_is_used() {
    let env = Env::new();
    let (server, proxy, authority) = platform_behind_a_proxy();
    let trusted = authority.file(&env);
    let place = proxy.place();
    let port = place.rsplit(':').next().unwrap();
    let good = format!("http://{place}");
    for (variables, told) in [
        (&[("HTTPS_PROXY", good.as_str())][..], "HTTPS_PROXY"),
        (&[("https_proxy", &place)], "https_proxy"),
        (&[("ALL_PROXY", &good), ("HTTPS_PROXY", "")], "ALL_PROXY"),
        (&[("https_proxy", &good), ("HTTPS_PROXY", "http://nowhere.invalid")], "https_proxy"),
        (&[("HTTPS_PROXY", &good), ("all_proxy", "nonsense://")], "HTTPS_PROXY"),
        (&[("HTTPS_PROXY", &good), ("HTTP_PROXY", "nonsense://")], "HTTPS_PROXY"),
        (&[("HTTPS_PROXY", &good), ("NO_PROXY", "other.invalid,10.0.0.0/8")], "HTTPS_PROXY"),
        // A web server's variable for its scripts is none of this program's.
        (&[("HTTPS_PROXY", &good), ("REQUEST_METHOD", "GET")], "HTTPS_PROXY"),
        (&[("HTTPS_PROXY", &format!("http://localhost:{port}"))], "HTTPS_PROXY"),
    ] {
        let before = proxy.heads().len();
        let mut run = list(&env).env("SSL_CERT_FILE", &trusted);
        for (name, value) in variables {
            run = run.env(name, value);
        }
        run.ok().says(&[&format!("{port} ({told}) is used")]);
        assert_eq!(proxy.heads().len(), before + 1, "{variables:?}");
    }
    assert_eq!(server.requests().len(), proxy.heads().len());
    let head = &proxy.heads()[0];
    assert!(head.starts_with("CONNECT platform.invalid:443 "), "{head}");
    assert!(!head.contains("authorization"), "{head}");
}

#[test]
fn h104_the_password_for_a_proxy_goes_there_as_it_is_meant_and_is_not_shown() {
    let env = Env::new();
    let (_server, proxy, authority) = platform_behind_a_proxy();
    let variable = format!("http://CORP%5cme:p%40%23CANARY@{}/", proxy.place());
    let run = list(&env).env("SSL_CERT_FILE", authority.file(&env)).env("HTTPS_PROXY", variable);
    let outcome = run.ok();
    outcome.says(&[&format!("the proxy {} (HTTPS_PROXY) is used", proxy.place())]);
    assert!(!outcome.all().contains("CANARY") && !outcome.all().contains("CORP"), "{outcome}");
    // `CORP\me:p@#CANARY`
    let sent = "proxy-authorization: Basic Q09SUFxtZTpwQCNDQU5BUlk=";
    assert!(proxy.heads()[0].contains(sent), "{:?}", proxy.heads());
}

fn refused(outcome: &Outcome, variable: &str) {
    outcome.says(&[&format!("{variable} cannot be used")]);
    let all = outcome.all();
    assert!(!all.contains("CANARY") && !all.contains("is used"), "{outcome}");
}

#[test]
fn h104_a_variable_that_cannot_be_used_ends_it_before_anything_is_sent() {
    let env = Env::new();
    let proxy = Proxy::start(Manner::Closes);
    let place = proxy.place();
    for (text, why) in [
        (" http://CANARY@PLACE", "blank"),
        ("http://CANARY@PLACE ", "blank"),
        ("  ", "blank"),
        ("\"http://CANARY@PLACE\"", "quotes"),
        ("http://CANARY\\user:pw@PLACE", "%5C"),
        ("http://us er:CANARY@PLACE", "blank"),
        ("http://user:CANARY#s@PLACE", "%23"),
        ("http://user:CANARY/s@PLACE", "%2F"),
        ("http://user:CANARY?s@PLACE", "%3F"),
        ("http://user:CANARY@s@PLACE", "%40"),
        ("http://user:CANARY[s@PLACE", "%XX"),
        ("http://user:CANARY%@PLACE", "%25"),
        ("ftp://CANARY@PLACE", "http://"),
        ("socks5://CANARY@PLACE", "SOCKS"),
        ("http://CANARY@:3128", "no host"),
        ("http://CANARY@127.0.0.1:0", "port"),
        ("http://CANARY@127.0.0.1:port", "port"),
        ("http://CANARY@PLACE/path", "follows"),
    ] {
        let text = text.replace("PLACE", &place);
        for variable in ["HTTPS_PROXY", "all_proxy"] {
            let outcome = list(&env).env(variable, &text).fails(2);
            outcome.says(&[why, "http://USER:PASSWORD@HOST:PORT", "nothing was sent"]);
            refused(&outcome, variable);
        }
        refused(&check(&env).env("https_proxy", &text).fails(2), "https_proxy");
    }
    let broken = OsStr::from_bytes(b"http://CANARY\xff@127.0.0.1:1");
    refused(&list(&env).env("HTTPS_PROXY", broken).fails(2), "HTTPS_PROXY");
    refused(&list(&env).env("HTTPS_PROXY", &place).env("no_proxy", broken).fails(2), "no_proxy");
    assert_eq!(proxy.heads(), [""; 0]);
}

#[test]
fn h68_h104_a_bad_variable_does_not_matter_on_this_machine() {
    let env = Env::new();
    let server = FaultServer::start();
    server.on("GET", "/api/v1/org/credentials", [Answer::json(200, json!([]))]);
    let outcome = server.ankra(&env, "-v credentials list").env("HTTPS_PROXY", "ftp://x").ok();
    assert!(!outcome.stderr.contains("proxy"), "{outcome}");
}

#[test]
fn h105_what_a_proxy_does_wrong_is_told_of_the_proxy() {
    let env = Env::new();
    let dead = Port::closed();
    let started = |manner| Proxy::start(manner);
    let answers = |answer| started(Manner::Answers(answer));
    let proxies = [
        answers("HTTP/1.1 407 Proxy Authentication Required\r\ncontent-length: 0\r\n\r\n"),
        answers("HTTP/1.1 403 Forbidden\r\ncontent-length: 0\r\n\r\n"),
        answers("HTTP/1.1 502 Bad Gateway\r\n\r\n"),
        answers("SSH-2.0-OpenSSH_9.9\r\n"),
        answers(""),
        started(Manner::Closes),
        started(Manner::IsSilent),
        started(Manner::Resets),
    ];
    let plain = FaultServer::start();
    let at = |index: usize| format!("http://{}", proxies[index].place());
    let login = |index: usize| at(index).replace("://", "://me:CANARY@");
    for (value, code, why) in [
        (format!("http://{dead}"), 1, "connection refused: the proxy"),
        (
            "http://me:CANARY@nowhere.invalid:3128".to_owned(),
            1,
            "no such host: the proxy nowhere.invalid:3128",
        ),
        (at(0), 1, "asks for a user name and a password"),
        (login(0), 1, "does not accept the user name and password"),
        (at(1), 1, "did not open a connection to platform.invalid:443"),
        (at(2), 1, "did not open a connection to platform.invalid:443"),
        (at(3), 1, "did not open a connection to platform.invalid:443"),
        (at(4), 1, "ended the connection"),
        (at(5), 1, "ended the connection"),
        (at(6), 5, "gave no connection to platform.invalid:443 in time"),
        (at(7), 1, "ended the connection"),
        // It speaks plain http, and TLS was asked for.
        (plain.url().replace("http", "https"), 1, "no secure connection to the proxy"),
        (at(5).replace("http", "https"), 1, "no secure connection to the proxy"),
        (at(7).replace("http", "https"), 1, "no secure connection to the proxy"),
    ] {
        let place = value.rsplit(['@', '/']).next().unwrap();
        let timeout = if code == 5 { "2" } else { "30" };
        let named = format!("the proxy {place} (HTTPS_PROXY)");
        let run = list(&env).arg("--timeout").arg(timeout).env("HTTPS_PROXY", &value);
        let outcome = run.fails(code);
        outcome.says(&[why, &named, "HTTPS_PROXY", "nothing was sent", "NO_PROXY"]);
        assert!(!outcome.all().contains("CANARY"), "{outcome}");
        assert!(!outcome.stderr.contains("base URL"), "{outcome}");
        let hint = "if the proxy itself speaks plain http, write http:// in HTTPS_PROXY";
        assert_eq!(outcome.stderr.contains(hint), value.starts_with("https"), "{outcome}");

        let run = check(&env).arg("--timeout").arg(timeout).env("HTTPS_PROXY", &value);
        let outcome = run.fails(code);
        outcome.says(&[&why.replace("platform.invalid:443", "registry.invalid"), &named]);
        assert!(!outcome.all().contains("CANARY"), "{outcome}");
        assert!(!outcome.stderr.contains("registry URL"), "{outcome}");
    }
}

#[test]
fn h105_a_server_behind_a_proxy_is_told_of_itself() {
    let env = Env::new();
    let (server, proxy, _authority) = platform_behind_a_proxy();
    let run = list(&env).env("SSL_CERT_FILE", Authority::new().file(&env)).env("HTTPS_PROXY", proxy.place());
    let outcome = run.fails(1);
    outcome.says(&["no secure connection to platform.invalid:443: its certificate", "by way of the proxy"]);
    assert!(server.requests().is_empty());
}
