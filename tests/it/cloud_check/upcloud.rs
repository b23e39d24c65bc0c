//! The check of an `UpCloud` token: account, tokens, access to the API.

use serde_json::{Value, json};

use super::{has, is_on_the_page, names, senseless, told};
use crate::support::{Answer, Env, FaultServer, Run, unique};

fn run(env: &Env, server: &FaultServer) -> Run {
    let run = env.line("credentials upcloud check --api-token-stdin").stdin(token());
    run.env("UPCLOUD_DEBUG_API_BASE_URL", server.url())
}

pub(super) fn token() -> String {
    format!("ucat_{}", unique("u", 26))
}

pub(super) fn account() -> Answer {
    Answer::json(
        200,
        json!({"account": {"credits": 10000, "username": "ankra-sub", "resource_limits": {"cores": 200}}}),
    )
}

pub(super) fn one(end: &str, ranges: &[&str]) -> Value {
    json!({"id": "0cd3edc1", "name": "ci", "type": "pat", "created_at": "2026-01-01T00:00:00Z", "expires_at": end,
        "last_used_at": null, "can_create_tokens": false, "allowed_ip_ranges": ranges})
}

pub(super) fn details(allow_api: &str) -> Answer {
    Answer::json(200, json!({"account": {"username": "ankra-sub", "allow_api": allow_api, "type": "sub"}}))
}

const OPEN: &[&str] = &["0.0.0.0/0", "::/0"];

fn server(tokens: Answer, details: Answer) -> FaultServer {
    let server = FaultServer::start();
    server.on("GET", "/1.3/account", [account()]);
    server.on("GET", "/1.3/account/tokens", [tokens]);
    server.on("GET", "/1.3/account/details/ankra-sub", [details]);
    server
}

#[test]
fn a_good_token_takes_three_requests_and_shows_when_it_expires() {
    let env = Env::new();
    let server = server(Answer::json(200, json!([one("2099-01-31T10:00:00Z", OPEN)])), details("yes"));
    let (_, report) = told(run(&env, &server), 0, "good");
    assert_eq!(report["account"], "ankra-sub");
    assert_eq!(report["expires_at"], "2099-01-31T10:00:00Z");
    assert_eq!(names(&report, "warnings").len(), 1, "{report:#}");
    has(&report, &["UPCLOUD_DEBUG_API_BASE_URL is set", "it may use the API"]);
    let requests = server.requests();
    assert_eq!(requests.len(), 3);

    assert!(
        requests
            .iter()
            .all(|one| one.header("authorization").is_some_and(|it| it.starts_with("Bearer ucat_")))
    );
    is_on_the_page(&run(&env, &server).ok());
}

#[test]
fn each_refusal_is_told_in_both_forms_that_upcloud_has() {
    let env = Env::new();
    let plain = |code: &str| json!({"error": {"error_code": code, "error_message": "words of UpCloud"}});
    let problem = |code: &str| {
        json!({"type": format!("https://developers.upcloud.com/1.3/errors#ERROR_{code}"), "title": "words of UpCloud",
            "status": 0, "correlation_id": "01HXYZ", "invalid_params": []})
    };
    for (status, code, exit, result, next) in [
        (401, "AUTHENTICATION_FAILED", 6, "refused", "API tokens > Create"),
        (402, "INSUFFICIENT_CREDITS", 7, "lacks_rights", "no credits left"),
        (403, "ACCOUNT_FORBIDDEN", 7, "lacks_rights", "the rights of its account"),
        (403, "ACTION_FORBIDDEN", 7, "lacks_rights", "the rights of its account"),
        (403, "SERVER_FORBIDDEN", 7, "lacks_rights", "the rights of its account"),
        // Neither the status nor the code alone says it.
        (401, "SOMETHING_ELSE", 1, "cannot_tell", "try again"),
        (402, "SOMETHING_ELSE", 1, "cannot_tell", "try again"),
        (500, "AUTHENTICATION_FAILED", 1, "cannot_tell", "try again later"),
    ] {
        for (form, id) in [(plain(code), None), (problem(code), Some("01HXYZ"))] {
            let server = FaultServer::start();
            server.on("GET", "/1.3/account", [Answer::json(status, form)]);
            let (_, report) = told(run(&env, &server), exit, result);
            has(&report, &[code, "words of UpCloud", next]);
            assert_eq!(report["correlation_id"].as_str(), id, "{report:#}");
            assert_eq!(server.requests().len(), 1);
        }
    }
}

#[test]
fn of_several_tokens_what_holds_for_all_is_told() {
    let env = Env::new();
    let ends = |first: &str, second: &str, ranges: [&[&str]; 2]| {
        let server =
            server(Answer::json(200, json!([one(first, ranges[0]), one(second, ranges[1])])), details("yes"));
        told(run(&env, &server), 0, "good").1
    };
    let report = ends("2098-01-01T00:00:00Z", "2099-01-01T00:00:00Z", [OPEN, &["192.0.2.7/32"]]);
    assert_eq!(report["expires_at"], Value::Null);
    has(
        &report,
        &["2 tokens", "which one this is, is not told", "the last of them expires at 2099-01-01T00:00:00Z"],
    );
    assert!(!report["warnings"].to_string().contains("addresses"), "{report:#}");
    let report = ends("2098-01-01T00:00:00Z", "never", [&["198.51.100.0/24"], &["192.0.2.7/32"]]);
    assert!(!report.to_string().contains("the last of them"), "{report:#}");
    has(
        &report,
        &["each of the 2 tokens", "192.0.2.7/32 or 198.51.100.0/24", "the platform calls from its own"],
    );
}

#[test]
fn addresses_that_shut_the_platform_out_are_warned_of() {
    let env = Env::new();
    for (ranges, is_warned) in [
        (OPEN, false),
        (&["0.0.0.0/0"], false),
        (&[], false),
        (&["192.0.2.7/32", "2001:db8::/32"], true),
        (&["::/0"], true),
    ] {
        let server = server(Answer::json(200, json!([one("2099-01-01T00:00:00Z", ranges)])), details("yes"));
        let (_, report) = told(run(&env, &server), 0, "good");
        let warnings = names(&report, "warnings").join("; ");
        assert_eq!(warnings.contains("certain addresses alone"), is_warned, "{ranges:?}: {warnings}");
    }
}

#[test]
fn access_that_is_turned_off_is_warned_of_and_an_end_that_is_near() {
    let env = Env::new();
    let end = (jiff::Timestamp::now() + jiff::SignedDuration::from_hours(30)).to_string();
    let server = server(Answer::json(200, json!([one(&end, OPEN)])), details("no"));
    let (_, report) = told(run(&env, &server), 0, "good");
    let warnings = names(&report, "warnings").join("; ");
    assert!(warnings.contains("may not use the API") && warnings.contains("in one day"), "{warnings}");
    let past = self::server(Answer::json(200, json!([one("2020-01-31T10:00:00Z", OPEN)])), details("yes"));
    has(&told(run(&env, &past), 0, "good").1, &["said to have expired at 2020-01-31T10:00:00Z", "clock"]);
}

#[test]
fn a_name_that_is_none_is_not_made_part_of_an_address() {
    let (env, token) = (Env::new(), token());
    for name in [token.as_str(), "../../1.2/server", "a b", "x?y", "\u{1b}[2J"] {
        let server = FaultServer::start();
        server.on("GET", "/1.3/account", [Answer::json(200, json!({"account": {"username": name}}))]);
        server.on(
            "GET",
            "/1.3/account/tokens",
            [Answer::json(200, json!([one("2099-01-01T00:00:00Z", OPEN)]))],
        );
        let run = env.line("credentials upcloud check --api-token-stdin").stdin(token.as_str());
        let (outcome, _) = told(run.env("UPCLOUD_DEBUG_API_BASE_URL", server.url()), 0, "good");
        assert_eq!(server.lines(), ["GET /1.3/account", "GET /1.3/account/tokens"]);
        assert!(!outcome.all().contains(&token), "{outcome}");
    }
}

#[test]
fn what_is_asked_besides_decides_nothing() {
    let env = Env::new();
    let mut answers: Vec<Answer> = senseless().into_iter().map(|(answer, _)| answer).collect();
    answers.extend([
        Answer::close(),
        Answer::json(200, json!([7])),
        Answer::json(200, json!([])),
        Answer::json(200, json!([{"expires_at": 5, "allowed_ip_ranges": "all"}])),
        Answer::json(403, json!({"error": {"error_code": "ACTION_FORBIDDEN", "error_message": "no"}})),
    ]);
    for answer in answers {
        let server = server(answer.clone(), answer);
        let (_, report) = told(run(&env, &server), 0, "good");
        assert_eq!(report["expires_at"], Value::Null);
        assert_eq!(server.requests().len(), 3);
    }
}
