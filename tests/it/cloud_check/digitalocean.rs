//! The check of a `DigitalOcean` token: account, scopes, expiry.

use serde_json::{Value, json};

use super::{has, is_on_the_page, names, senseless, told};
use crate::support::{Answer, Env, FaultServer, Run, unique};

const ACCOUNT: &str = "/v2/account";
const INFO: &str = "/v1/oauth/token/info";

fn run(env: &Env, server: &FaultServer, token: &str) -> Run {
    let run = env.line("credentials digitalocean check --api-token-stdin");
    run.stdin(token).env("DIGITALOCEAN_API_URL", server.url())
}

pub(super) fn token() -> String {
    format!("dop_v1_{}", unique("d", 64))
}

pub(super) fn account() -> Value {
    json!({"account": {"email": "me@example.com", "uuid": "b6fr89dbf6d9156cace5f3c78dc9851d957381ef",
        "email_verified": true, "status": "active", "status_message": "", "droplet_limit": 25,
        "team": {"uuid": "5df3e3004a17e242b7c20ca6c9fc25b701a47ece", "name": "Ships"}}})
}

/// What the platform needs, as its documentation and `DigitalOcean`'s have it.
fn scopes() -> Vec<&'static str> {
    "account:read droplet:create droplet:read droplet:update droplet:delete vpc:create vpc:read vpc:update vpc:delete \
     ssh_key:create ssh_key:read ssh_key:delete firewall:create firewall:read firewall:delete nat_gateway:create \
     nat_gateway:read nat_gateway:delete tag:create tag:read tag:delete load_balancer:read load_balancer:delete \
     kubernetes:create kubernetes:read kubernetes:update kubernetes:delete kubernetes:access_cluster regions:read \
     sizes:read"
        .split_whitespace()
        .collect()
}

pub(super) fn info(scopes: &[&str]) -> Value {
    json!({"resource_owner_id": 1, "scopes": scopes, "expires_in_seconds": null, "created_at": 1_700_000_000,
        "application": {"uid": "x"}})
}

fn error(status: u16, id: &str, message: &str) -> Answer {
    Answer::json(status, json!({"id": id, "message": message, "request_id": "4d9d8375-3c56"}))
}

fn server_of(account: Answer, info: Option<Answer>) -> FaultServer {
    let server = FaultServer::start();
    server.on("GET", ACCOUNT, [account]);
    if let Some(info) = info {
        server.on("GET", INFO, [info]);
    }
    server
}

#[test]
fn a_good_token_takes_two_requests_and_shows_whose_it_is() {
    let env = Env::new();
    for granted in [vec!["read", "write"], scopes()] {
        let server = server_of(Answer::json(200, account()), Some(Answer::json(200, info(&granted))));
        let token = token();
        let (outcome, report) = told(run(&env, &server, &token), 0, "good");
        assert_eq!(server.lines(), [format!("GET {ACCOUNT}"), format!("GET {INFO}")]);
        for request in server.requests() {
            assert_eq!(request.header("authorization"), Some(format!("Bearer {token}").as_str()));
        }
        assert_eq!(report["account"], "me@example.com in the team Ships");
        assert_eq!(report["expires_at"], Value::Null);
        assert_eq!(names(&report, "missing"), [""; 0]);
        has(&report, &["DIGITALOCEAN_API_URL is set"]);
        assert!(!outcome.all().contains(&token), "{outcome}");
    }
}

#[test]
fn a_refused_token_ends_it_and_a_right_that_is_missing_is_no_bad_token() {
    let env = Env::new();
    for id in ["unauthorized", "Unauthorized"] {
        let server = server_of(error(401, id, "Unable to authenticate you"), None);
        let (_, report) = told(run(&env, &server, &token()), 6, "refused");
        has(&report, &["Unable to authenticate you", "4d9d8375-3c56", "account/api/tokens"]);
        assert_eq!(report["correlation_id"], "4d9d8375-3c56");
        assert_eq!(server.requests().len(), 1);
    }
    let forbidden = || error(403, "forbidden", "You are not authorized to perform this operation");
    let without: Vec<&str> = scopes().into_iter().filter(|scope| *scope != "account:read").collect();
    let server = server_of(forbidden(), Some(Answer::json(200, info(&without))));
    let (outcome, report) = told(run(&env, &server, &token()), 7, "lacks_rights");
    assert_eq!(names(&report, "missing"), ["account:read"]);
    has(&report, &["lacks account:read", "missing: account:read", "4d9d8375-3c56"]);
    for never in ["invalid", "expired", "is wrong"] {
        assert!(!outcome.all().contains(never), "{outcome}");
    }
    let other = server_of(forbidden(), Some(Answer::json(200, info(&["read", "write"]))));
    let (_, report) = told(run(&env, &other, &token()), 7, "lacks_rights");
    has(&report, &["refused for another reason"]);
    assert_eq!(names(&report, "missing"), [""; 0]);
    let both = server_of(forbidden(), Some(Answer::json(200, info(&["vpc:read"]))));
    let (outcome, _) = told(run(&env, &both, &token()), 7, "lacks_rights");
    assert_eq!(outcome.stdout.matches("Generate New Token").count(), 1, "a hint is given twice: {outcome}");
}

#[test]
fn a_lock_is_told_and_lesser_trouble_of_an_account_is_warned_of() {
    let env = Env::new();
    let with = |key: &str, value: Value| {
        let mut account = account();
        account["account"][key] = value;
        account["account"]["status_message"] = json!("pay the bill");
        Answer::json(200, account)
    };
    let locked = server_of(with("status", json!("locked")), None);
    let (_, report) = told(run(&env, &locked, &token()), 7, "lacks_rights");
    has(&report, &["is locked: pay the bill", "cloudsupport.digitalocean.com", "me@example.com"]);
    assert_eq!(names(&report, "missing"), [""; 0]);
    for (answer, warning) in [
        (with("status", json!("warning")), "the status warning: pay the bill"),
        (with("status", json!("new-word")), "the status new-word"),
        (with("email_verified", json!(false)), "not verified"),
    ] {
        let server = server_of(answer, Some(Answer::json(200, info(&["read", "write"]))));
        let (_, report) = told(run(&env, &server, &token()), 0, "good");
        assert!(names(&report, "warnings").iter().any(|one| one.contains(warning)), "{report:#}");
    }
}

#[test]
fn every_scope_that_is_missing_is_named() {
    let env = Env::new();
    for scope in scopes().into_iter().filter(|scope| *scope != "account:read") {
        let rest: Vec<&str> = scopes().into_iter().filter(|other| *other != scope).collect();
        let server = server_of(Answer::json(200, account()), Some(Answer::json(200, info(&rest))));
        let (_, report) = told(run(&env, &server, &token()), 7, "lacks_rights");
        assert_eq!(names(&report, "missing"), [scope]);
        has(&report, &["cannot be changed", "account/api/tokens"]);
    }
    let rest: Vec<&str> = scopes()
        .into_iter()
        .filter(|scope| !["nat_gateway:create", "nat_gateway:delete"].contains(scope))
        .collect();
    let shown = server_of(Answer::json(200, account()), Some(Answer::json(200, info(&rest))));
    is_on_the_page(&run(&env, &shown, &token()).fails(7));
    let server = server_of(Answer::json(200, account()), Some(Answer::json(200, info(&["read"]))));
    let (_, report) = told(run(&env, &server, &token()), 7, "lacks_rights");
    let writing: Vec<&str> = scopes().into_iter().filter(|scope| !scope.ends_with(":read")).collect();
    assert_eq!(names(&report, "missing"), writing);
}

#[test]
fn what_the_second_host_does_not_say_is_unknown_and_never_bad() {
    let env = Env::new();
    let mut answers: Vec<Answer> = senseless().into_iter().map(|(answer, _)| answer).collect();
    answers.extend([
        error(401, "unauthorized", "Unable to authenticate you"),
        error(403, "forbidden", "no"),
        Answer::json(200, json!({"scopes": "read write"})),
        Answer::json(200, json!({"scopes": ["read", 7]})),
        Answer::json(200, json!({"scopes": null, "expires_in_seconds": 60})),
        // It has just read the account.
        Answer::json(200, info(&[])),
        Answer::json(200, info(&["everything"])),
        Answer::close(),
        Answer::reset(),
    ]);
    for answer in answers {
        let server = server_of(Answer::json(200, account()), Some(answer));
        let (_, report) = told(run(&env, &server, &token()), 1, "cannot_tell");
        assert_eq!(names(&report, "missing"), [""; 0]);
        has(&report, &["that says nothing against the token"]);
    }
}

#[test]
fn the_end_of_a_token_is_shown_and_warned_of_where_it_is_near() {
    let env = Env::new();
    for (seconds, near) in [
        (json!(3600), Some("within a day")),
        (json!(4 * 86400 + 60), Some("in 4 days")),
        (json!(90 * 86400), None),
    ] {
        let mut info = info(&["read", "write"]);
        info["expires_in_seconds"] = seconds.clone();
        let server = server_of(Answer::json(200, account()), Some(Answer::json(200, info.clone())));
        let (_, report) = told(run(&env, &server, &token()), 0, "good");
        let end: jiff::Timestamp = report["expires_at"].as_str().unwrap().parse().unwrap();
        let left = end.duration_since(jiff::Timestamp::now()).as_secs();
        assert!((0..=300).contains(&(seconds.as_i64().unwrap() - left)), "{report:#}");
        let warnings = names(&report, "warnings").join("; ");
        assert_eq!(warnings.contains("credential expires at"), near.is_some(), "{warnings}");
        assert!(warnings.contains(near.unwrap_or_default()), "{warnings}");
        let outcome = run(&env, &server, &token()).ok();
        assert!(
            outcome.stdout.contains(&format!("Expires    {}", &report["expires_at"].as_str().unwrap()[..14])),
            "{outcome}"
        );
    }
    for odd in [json!(0), json!(-5), json!("soon"), json!(i64::MAX), json!(1.5), json!([])] {
        let mut info = info(&["read", "write"]);
        info["expires_in_seconds"] = odd;
        let server = server_of(Answer::json(200, account()), Some(Answer::json(200, info)));
        assert_eq!(told(run(&env, &server, &token()), 0, "good").1["expires_at"], Value::Null);
    }
}

#[test]
fn a_refresh_token_is_refused_before_any_request() {
    let (env, server) = (Env::new(), FaultServer::start());
    let token = format!("dor_v1_{}", unique("d", 64));
    let outcome = run(&env, &server, &token).fails(2);
    outcome.says(&["it is a refresh token"]);
    assert!(server.requests().is_empty() && !outcome.all().contains(&token));
}
