//! Who is trusted with a secret: the certificate decides, before a byte of it is sent.

use std::{
    io::{Read, Write},
    net::{TcpListener, TcpStream},
    path::Path,
    sync::{
        Arc,
        atomic::{AtomicUsize, Ordering},
    },
    thread,
};

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

/// What is said to a server at `url` by a request of the platform and by a check of a registry.
fn told(env: &Env, url: &str, trusted: &Path, says: &[&str]) {
    let list =
        env.line("credentials list").env("ANKRA_API_TOKEN", "token-of-the-test").env("ANKRA_BASE_URL", url);
    let check = env.line("credentials registry check --username me --password-stdin --registry-url");
    let check = check.arg(url.replace("https", "oci")).stdin("a-password-of-the-test");
    for run in [list, check] {
        let outcome = run.env("SSL_CERT_FILE", trusted).fails(1);
        outcome.says(says);
        for jargon in ["OtherError", "CaUsedAsEndEntity", "InvalidContentType", "UnixTime", "DnsName"] {
            assert!(!outcome.stderr.contains(jargon), "{outcome}");
        }
    }
}

#[test]
fn h73_h108_what_is_wrong_with_a_certificate_is_said_in_words() {
    let (env, authority, server) = (Env::new(), Authority::new(), FaultServer::start());
    let trusted = authority.file(&env);
    let year = |first_year, last_year| Certificate { first_year, last_year, ..Certificate::default() };
    let other = Certificate { host: "other.example", ..Certificate::default() };
    for (certificate, says) in [
        (year(2000, 2020), &["its certificate expired at 2020-01-01T00:00:00Z", "clock"][..]),
        (year(2090, 2099), &["its certificate is not valid before 2090-01-01T00:00:00Z", "clock"]),
        (other, &["its certificate is for other.example, not for localhost", "URL"]),
    ] {
        let front = TlsFront::start(&server, Some(&authority), &certificate);
        told(&env, &front.url(), &trusted, &[&["no secure connection to localhost"], says].concat());
    }
    let own = TlsFront::with_authority_s_own(&server, &authority);
    let says =
        ["an authority's own certificate (CA:TRUE)", "basicConstraints=CA:FALSE", "no secure connection"];
    told(&env, &own.url(), &trusted, &says);
    let unknown = TlsFront::start(&server, None, &Certificate::default());
    let says = [
        "signed by nobody who is trusted here",
        "that SSL_CERT_FILE names are trusted, and none of the system",
    ];
    told(&env, &unknown.url(), &trusted, &says);
    assert!(server.requests().is_empty());
}

/// A server that is given each connection, and how often it was.
fn greeted(answer: impl Fn(TcpStream) + Send + 'static) -> (String, Arc<AtomicUsize>) {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let port = listener.local_addr().unwrap().port();
    let count = Arc::new(AtomicUsize::new(0));
    let counted = Arc::clone(&count);
    thread::spawn(move || {
        for socket in listener.incoming() {
            counted.fetch_add(1, Ordering::SeqCst);
            answer(socket.unwrap());
        }
    });
    (format!("https://localhost:{port}"), count)
}

/// A server that reads the greeting and answers with `bytes`.
fn answering(bytes: &'static [u8]) -> (String, Arc<AtomicUsize>) {
    greeted(move |mut socket| {
        let _ = socket.read(&mut [0; 4096]);
        let _ = socket.write_all(bytes);
    })
}

/// A server that resets the connection when it is greeted: what has arrived and is not read does that.
fn resetting() -> (String, Arc<AtomicUsize>) {
    greeted(|socket| drop(socket.peek(&mut [0])))
}

#[test]
fn h108_what_is_not_tls_or_another_tls_is_said_in_words() {
    let (env, authority, server) = (Env::new(), Authority::new(), FaultServer::start());
    let trusted = authority.file(&env);
    let list = |url: &str| {
        let run = env.line("credentials list").env("ANKRA_API_TOKEN", "token-of-the-test");
        run.env("ANKRA_BASE_URL", url).env("SSL_CERT_FILE", &trusted).fails(1)
    };
    let plain = server.url().replace("http", "https");
    list(&plain).says(&["it speaks plain http", "for this machine alone", "nothing was sent"]);
    for bytes in [&b"HTTP/1.1 400 Bad Request\r\n\r\n"[..], b"220 mail.example\r\n"] {
        list(&answering(bytes).0).says(&[
            "it speaks plain http",
            "for this machine alone",
            "nothing was sent",
        ]);
    }
    for (url, count) in [answering(b""), resetting()] {
        list(&url).says(&["it ends the connection instead of speaking TLS", "nothing was sent"]);
        assert_eq!(count.load(Ordering::SeqCst), 3, "the next try may find it as it should be");
    }
    for (bytes, said) in [
        (b"\x15\x03\x01\x00\x02\x02\x46", &["TLS 1.1 or older"][..]),
        (b"\x15\x03\x03\x00\x02\x02\x28", &["refuses every cipher", "client certificate"]),
        (b"\x15\x03\x03\x00\x02\x02\x70", &["knows no site of this name"]),
    ] {
        let (url, count) = answering(bytes);
        list(&url).says(said);
        assert_eq!(count.load(Ordering::SeqCst), 1, "what it says stays as it is");
    }
    list(&TlsFront::for_certified(&server, &authority).url()).says(&["mutual TLS"]);
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
