//! Where a password goes for a token: never to plain http where the registry has TLS, to another port with a
//! word, to another host only where the person names it.

use serde_json::json;

use super::{PASSWORD, check, internet::Internet, told};
use crate::support::{Answer, Authority, Certificate, Env, FaultServer, TlsFront};

fn bearer(realm: &str) -> Answer {
    Answer::json(401, json!({"errors": [{"code": "UNAUTHORIZED"}]}))
        .header("www-authenticate", &format!("Bearer realm=\"{realm}\",service=\"charts\""))
}

/// Has `registry` send for tokens to `realm`.
fn send_to(registry: &FaultServer, realm: &str) {
    registry.on("GET", "/v2/", [bearer(realm)]);
}

/// The same, and has `tokens` give one to who brings a password first.
fn serve(registry: &FaultServer, tokens: &FaultServer, realm: &str) {
    send_to(registry, realm);
    registry.on(
        "GET",
        "/v2/team/charts/tags/list",
        [Answer::json(200, json!({"name": "team/charts", "tags": []}))],
    );
    let refused = Answer::json(401, json!({"errors": [{"code": "UNAUTHORIZED"}]}));
    tokens.on("GET", "/jwt/auth", [Answer::json(200, json!({"token": "t0ken"})), refused]);
}

fn passwords(server: &FaultServer) -> usize {
    let basic = |value: &str| value.starts_with("Basic ");
    server.requests().iter().filter(|request| request.header("authorization").is_some_and(basic)).count()
}

#[test]
fn h128_another_port_of_the_host_is_told() {
    let internet = Internet::new();
    let registry = internet.host("registry.example.com");
    let tokens = internet.host_at("registry.example.com", 8443);
    serve(&registry, &tokens, "https://registry.example.com:8443/jwt/auth");
    let url = "oci://registry.example.com/team/charts";
    let outcome = told(internet.check(url).arg("-v"), 0, "good", "anonymous");
    let told = "registry.example.com:8443 gives one to reader (another port of the registry's host)";
    outcome.says(&["its tokens come from registry.example.com:8443 (another port of the registry's host)"]);
    assert_eq!(outcome.json()["steps"][3]["detail"], told, "{outcome}");
    assert_eq!((passwords(&registry), passwords(&tokens)), (0, 1));
}

#[test]
fn h128_what_is_stored_after_a_check_says_who_else_had_the_password() {
    let (env, registry, tokens) = (Env::new(), FaultServer::start(), FaultServer::start());
    serve(&registry, &tokens, &format!("{}/jwt/auth", tokens.url()));
    let place = tokens.url().replace("http://", "");
    let run =
        env.line("--sandbox credentials registry create --name a --username reader --password-stdin --check");
    let url = registry.url().replace("http", "oci") + "/team/charts";
    let outcome = run.arg("--registry-url").arg(url).stdin(PASSWORD).ok();
    outcome.says(&[&format!("Its tokens come from {place} (another port of the registry's host).")]);
}

#[test]
fn h128_plain_http_gets_no_password_where_the_registry_has_tls() {
    let (env, authority, tokens) = (Env::new(), Authority::new(), FaultServer::start());
    let trusted = authority.file(&env);
    for host in ["127.0.0.1", "localhost"] {
        let registry = FaultServer::start();
        let front = TlsFront::start(&registry, Some(&authority), &Certificate::default());
        send_to(&registry, &format!("{}/jwt/auth", tokens.url().replace("127.0.0.1", host)));
        let url = front.url().replace("https", "oci") + "/team/charts";
        let run = || check(&env, &url, PASSWORD).env("SSL_CERT_FILE", &trusted);
        let outcome = told(run(), 1, "foreign_realm", "token");
        outcome.says(&["it is not encrypted", "nothing was sent"]);
        // There is nothing to name: no option allows it.
        assert!(!outcome.all().contains("--token-host"), "{outcome}");
        let place = tokens.url().replace("http://127.0.0.1", host);
        told(run().arg("--token-host").arg(place), 1, "foreign_realm", "token").says(&["not encrypted"]);
        assert_eq!(passwords(&registry), 0);
    }
    assert!(tokens.requests().is_empty());
}

#[test]
fn h128_another_host_is_asked_where_the_person_names_exactly_that_host() {
    const URL: &str = "oci://registry.example.com/team/charts";
    let line = "ankra credentials registry check --password-stdin --username reader --registry-url \
                oci://registry.example.com/team/charts";
    let internet = Internet::new();
    let (registry, tokens) = (internet.host("registry.example.com"), internet.host("gitlab.example.com"));
    send_to(&registry, "https://gitlab.example.com/jwt/auth");
    let outcome = told(internet.check(URL), 1, "foreign_realm", "token");
    outcome.says(&[
        "registry.example.com gets its tokens from an address that was sent no password",
        "https://gitlab.example.com",
        "nothing was sent",
    ]);
    let others =
        ["gitlab.example.com:8443", "example.com", "registry.example.com", "gitlab.example.com.evil.example"];
    for other in [None].into_iter().chain(others.map(Some)) {
        let named = other.map_or(vec![], |other| vec!["--token-host", other]);
        let run = named.into_iter().fold(internet.check(URL), crate::support::Run::arg);
        // The host that was named is replaced in the line that would work.
        run.fails(1).says(&[&format!("run: {line} --token-host gitlab.example.com\n")]);
    }
    assert_eq!((passwords(&registry), tokens.requests().len()), (0, 0));
    for named in ["gitlab.example.com", "GITLAB.example.com:443"] {
        let (registry, tokens) = (internet.host("registry.example.com"), internet.host("gitlab.example.com"));
        serve(&registry, &tokens, "https://gitlab.example.com/jwt/auth");
        let outcome = told(internet.check(URL).arg("--token-host").arg(named), 0, "good", "anonymous");
        let told = "gitlab.example.com gives one to reader (named by --token-host)";
        assert_eq!(outcome.json()["steps"][3]["detail"], told, "{outcome}");
        assert_eq!((passwords(&registry), passwords(&tokens)), (0, 1));
    }
}

#[test]
fn h128_a_realm_with_a_password_of_its_own_is_refused_though_its_host_is_named() {
    let internet = Internet::new();
    let tokens = internet.host("gitlab.example.com");
    for realm in ["https://u:p@gitlab.example.com/jwt/auth", "http://gitlab.example.com/jwt/auth"] {
        let registry = internet.host("registry.example.com");
        send_to(&registry, realm);
        let run = internet.check("oci://registry.example.com/team/charts");
        told(run.arg("--token-host").arg("gitlab.example.com"), 1, "foreign_realm", "token");
        assert_eq!((passwords(&registry), tokens.requests().len()), (0, 0));
    }
}

#[test]
fn h128_a_registry_on_this_machine_may_name_another_of_its_addresses_if_the_person_does() {
    let (env, registry, tokens) = (Env::new(), FaultServer::start(), FaultServer::start());
    let place = tokens.url().replace("http://127.0.0.1", "localhost");
    serve(&registry, &tokens, &format!("http://{place}/jwt/auth"));
    let url = registry.url().replace("http", "oci") + "/team/charts";
    let outcome = check(&env, &url, PASSWORD).fails(1);
    outcome.says(&[&format!("--registry-url {url} --token-host {place}\n")]);
    assert!(tokens.requests().is_empty());
    told(check(&env, &url, PASSWORD).arg("--token-host").arg(&place), 0, "good", "anonymous");
}

#[test]
fn h128_every_command_that_checks_takes_the_host_of_the_tokens() {
    let env = Env::new();
    let place = |server: &FaultServer| server.url().replace("http://127.0.0.1", "localhost");
    for (number, line) in ["create --name a --username reader", "update a --username reader", "refresh a"]
        .into_iter()
        .enumerate()
    {
        let (registry, tokens) = (FaultServer::start(), FaultServer::start());
        serve(&registry, &tokens, &format!("http://{}/jwt/auth", place(&tokens)));
        let url = registry.url().replace("http", "oci") + "/team/charts";
        let run = || {
            let run = env.line(&format!(
                "--sandbox credentials registry {line} --password-stdin --check --registry-url"
            ));
            run.arg(&url).stdin(PASSWORD)
        };
        let outcome = run().fails(1);
        let repeated = format!("--check --registry-url {url} --token-host {}\n", place(&tokens));
        outcome.says(&[&repeated, "nothing was stored"]);
        assert_eq!(passwords(&tokens), 0, "{number}");
        run().arg("--token-host").arg(place(&tokens)).ok().says(&["(named by --token-host)"]);
        assert_eq!(passwords(&tokens), 1, "{number}");
    }
}

#[test]
fn h128_a_token_host_that_is_none_is_refused_and_not_repeated() {
    let env = Env::new();
    for host in ["https://hunter2.example", "u:hunter2@h", "hunter2/", "0x7f.1", "", "hunter2:0"] {
        let run = check(&env, "oci://127.0.0.1:9/a", PASSWORD).arg("--token-host").arg(host);
        let outcome = run.fails(2);
        outcome.says(&["--token-host"]);
        assert!(!outcome.all().contains("hunter2"), "{outcome}");
    }
    let line = "credentials registry create --name a --username u --password-stdin --token-host a.b";
    env.line(line).stdin(PASSWORD).fails(2).says(&["--check"]);
}
