//! A secret that is checked at its cloud: it is in headers of requests to that cloud, and nowhere else.

use ankra::testing::{providers::ALL, secret::Shape};
use serde_json::json;

use super::{
    FORMATS, SOURCES, Taking,
    search::{clean, clean_terminal, holds, loud, tricky, tricky_in},
    sourced,
};
use crate::support::{Answer, Env, FaultServer, Pty, check_at, create_line, usual_value};

/// The checks of all clouds, once for each secret.
pub(super) fn taking() -> Vec<Taking> {
    let mut found = super::taking_at_clouds();
    for taking in &mut found {
        taking.line = taking.line.replace(" create ", " check ").replace(" --name canary", "");
    }
    found
}

/// A cloud that repeats `secret` wherever it can.
fn cloud(slug: &str, secret: &str, status: u16) -> FaultServer {
    let server = FaultServer::start();
    let all = json!({
        "locations": [secret], "account": {"username": secret, "email": secret, "status": secret,
        "status_message": secret, "team": {"name": secret}}, "user": {"username": secret}, "data": {"version": secret,
        secret: {secret: 1}}, "status": "validated", "rules": [{"method": secret, "path": secret}], "allowedIPs": [secret],
        "id": secret, "message": secret, "errorCode": secret, "error": {"code": secret, "message": secret,
        "error_code": secret, "error_message": secret}, "msg": secret, "title": secret, "type": secret,
        "correlation_id": secret, "request_id": secret, "scopes": [secret], "expiration": secret, "expires_at": secret,
    });
    if slug == "ovh" {
        server.on("GET", "/auth/time", [Answer::json(200, 1_457_018_875)]);
    }
    let ids = ["x-correlation-id", "x-ovh-queryid", "x-request-id"];
    let answer = ids.iter().fold(Answer::json(status, all), |answer, name| answer.header(name, secret));
    server.on_every_request(answer);
    server
}

/// How many headers hold `secret`, which is nowhere else in what came.
fn in_headers_alone(server: &FaultServer, secret: &str) -> usize {
    let mut found = 0;
    assert!(!server.requests().is_empty());
    for request in server.requests() {
        for (name, value) in &request.headers {
            let has = holds(value, secret);
            assert!(!has || name == "authorization" || name.starts_with("x-ovh-"), "{name}");
            found += usize::from(has);
        }
        assert!(!holds(&request.target, secret) && !holds(&request.body, secret), "{}", request.target);
    }
    found
}

#[test]
fn h84_a_secret_that_is_checked_at_its_cloud_is_in_headers_and_nowhere_else() {
    for provider in ALL {
        for field in provider.secrets.iter().filter(|field| field.group.is_none()) {
            let taking = taking().into_iter().find(|one| {
                one.flag == field.name && one.line.contains(&format!("credentials {} ", provider.slug))
            });
            let taking = taking.unwrap();
            for (turn, (source, format)) in
                SOURCES.iter().flat_map(|source| FORMATS.map(|format| (source, format))).enumerate()
            {
                if *source == "short" && !taking.is_piped {
                    continue;
                }
                let (env, secret) = (Env::new(), tricky_in(source));
                let server = cloud(provider.slug, &secret, [200, 401, 403, 500][turn % 4]);
                let (run, _front) = check_at(&env, provider, &server);
                let run = loud(run).arg("-o").arg(format).env("OTHER", "a-value");
                let run =
                    taking.others.iter().fold(run, |run, other| run.arg(format!("--{other}-from=env:OTHER")));
                let outcome = sourced(&env, run, &taking, source, &secret).unwrap().run();
                assert!(matches!(outcome.code, Some(0 | 1 | 6 | 7)), "{source}: {outcome}");
                clean(&env, &outcome, &secret, &[env.home().join("source")]);
                // What signs a request is not sent.
                let is_sent = field.name != "application-secret";
                assert_eq!(
                    in_headers_alone(&server, &secret) > 0,
                    is_sent,
                    "{} {source}: {outcome}",
                    field.name
                );
            }
        }
    }
}

#[test]
fn h84_a_secret_that_is_asked_for_by_a_check_is_not_on_the_terminal() {
    for provider in ALL {
        let (env, secret) = (Env::new(), tricky());
        let server = cloud(provider.slug, &secret, 401);
        let (run, _front) = check_at(&env, provider, &server);
        let mut pty = Pty::start(loud(run));
        for field in provider.secrets.iter().filter(|field| field.group.is_none()) {
            assert_ne!(field.shape, Shape::KeyFile);
            let is_last =
                provider.secrets.iter().rfind(|field| field.group.is_none()).unwrap().name == field.name;
            let answer = if is_last { secret.clone() } else { usual_value(field) };
            pty.expect(&format!("{}: ", field.label))
                .expect_hidden()
                .send(&format!("{answer}\r"))
                .expect("received");
        }
        let (_, shown) = (pty.end(), pty.transcript());
        clean_terminal(&env, &shown, &secret, &[]);
        in_headers_alone(&server, &secret);
    }
}

#[test]
fn the_line_of_a_check_is_that_of_creating_without_a_name() {
    for provider in ALL {
        assert!(create_line(provider, "canary").contains(" --name canary"));
    }
}
