//! What OVH's errors say of the keys, and what is no answer of OVH's.

use serde_json::json;

use crate::support::{
    Answer, Env, FaultServer, Outcome,
    ovh::{CREDENTIAL, OvhKeys, PROJECT, THE_PROJECT, TIME, now, ovh_credential, ovh_error, ovh_project},
};

fn check(server: &FaultServer, keys: &OvhKeys, code: i32) -> Outcome {
    let line = format!("check --project-id {PROJECT} -vv");
    let outcome = server.as_ovh(&Env::new(), &line, keys).fails(code);
    keys.are_not_in(&outcome.all());
    server.all_are_signed_with(keys);
    assert!(server.requests().len() <= 4, "{:?}", server.lines());
    outcome
}

#[test]
fn each_error_of_ovh_names_its_causes_and_the_next_step() {
    for (answer, code, says) in [
        (
            ovh_error(403, "INVALID_KEY", "This application key is invalid"),
            6,
            &[
                "this address does not know this application key",
                "ovh-ca, ovh-us, kimsufi-eu",
                "were not tried",
            ][..],
        ),
        (
            ovh_error(403, "NOT_CREDENTIAL", "This credential does not exist"),
            6,
            &["does not know this consumer key"],
        ),
        (
            ovh_error(403, "INVALID_CREDENTIAL", "This credential is not valid"),
            6,
            &["never validated", "refused on OVH's page", "has expired", "was deleted"],
        ),
        (
            ovh_error(400, "INVALID_SIGNATURE", "Invalid signature"),
            6,
            &["the application secret is not that of this application key", "not validated yet"],
        ),
        (ovh_error(403, "FORBIDDEN", "Forbidden"), 7, &["FORBIDDEN: Forbidden", "createToken"]),
        (ovh_error(429, "TOO_MANY", "Slow down"), 1, &["too many requests"]),
        (ovh_error(403, "SOMETHING_NEW", "x"), 1, &["cannot tell", "SOMETHING_NEW: x"]),
        (ovh_error(401, "X", "x"), 1, &["cannot tell"]),
        (ovh_error(502, "INVALID_KEY", "x"), 1, &["cannot tell", "answered 502"]),
        (Answer::text(403, "text/html", "<html>INVALID_KEY"), 1, &["not the JSON of this API"]),
        (Answer::json(200, json!({"errorCode": "INVALID_KEY"})), 1, &["cannot tell"]),
        (Answer::json(200, json!([])), 1, &["cannot tell"]),
        (Answer::text(302, "text/html", "").header("location", "https://evil.example/"), 1, &["a redirect"]),
        (Answer::close(), 5, &["cannot be reached"]),
    ] {
        let (server, keys) = (FaultServer::start(), OvhKeys::new());
        server.tells_ovh_time().on("GET", CREDENTIAL, [answer]);
        let outcome = check(&server, &keys, code);
        outcome.says(says);
        assert!(code != 6 || outcome.stderr.contains("(correlation id EU.ext-4.abc.1)"), "{outcome}");
        assert_eq!(server.requests().len(), 2);
    }
}

#[test]
fn a_policy_of_the_account_is_told_by_its_actions() {
    let refusal = |details: serde_json::Value| {
        Answer::json(
            403,
            json!({"class": "Client::Forbidden", "message": "User not granted", "details": details}),
        )
    };
    for (details, says) in [
        (
            json!({"unauthorizedActionsByIAM": "publicCloudProject:apiovh:get, publicCloudProject:apiovh:region/get"}),
            &[
                "by the policies of the account (IAM): publicCloudProject:apiovh:get, publicCloudProject:apiovh:region/get",
                "Identity and access management",
            ][..],
        ),
        (
            json!({"unauthorizedActionsByAuthentication": "publicCloudProject:apiovh:get"}),
            &["not allowed to this key: publicCloudProject:apiovh:get", "createToken"],
        ),
    ] {
        let (server, keys) = (FaultServer::start(), OvhKeys::new());
        server.tells_ovh_time().on("GET", CREDENTIAL, [ovh_credential(json!({}))]);
        server.on("GET", THE_PROJECT, [refusal(details)]);
        check(&server, &keys, 7).says(says);
    }
}

#[test]
fn a_key_that_may_not_look_at_itself_is_judged_by_the_project() {
    let (server, keys) = (FaultServer::start(), OvhKeys::new());
    server.tells_ovh_time().on("GET", CREDENTIAL, [ovh_error(403, "NOT_GRANTED_CALL", "no")]);
    server.on("GET", THE_PROJECT, [ovh_project("ok")]);
    check(&server, &keys, 1).says(&["it may not look at itself"]);
}

#[test]
fn the_time_is_asked_for_again_once_and_never_more() {
    let late = || ovh_error(400, "QUERY_TIME_OUT", "Query out of time");
    let (server, keys) = (FaultServer::start(), OvhKeys::new());
    let times = [Answer::json(200, now() - 1_000), Answer::json(200, now())];
    server.on("GET", TIME, times).on("GET", CREDENTIAL, [late(), ovh_credential(json!({}))]);
    let outcome = check(&server, &keys, 1);
    assert!(outcome.stdout.contains("Key        OVH accepts it"), "{outcome}");
    outcome.says(&["project: not looked at", "asks four times at most"]);
    assert_eq!(server.lines(), [TIME, CREDENTIAL, TIME, CREDENTIAL].map(|path| format!("GET {path}")));
    let signed_at =
        |index: usize| server.requests()[index].header("x-ovh-timestamp").unwrap().parse::<i64>().unwrap();
    assert!(signed_at(1) < now() - 900 && signed_at(3) > now() - 600);

    let (server, keys) = (FaultServer::start(), OvhKeys::new());
    server.tells_ovh_time().on("GET", CREDENTIAL, [late()]);
    check(&server, &keys, 1).says(&["QUERY_TIME_OUT", "look at the clock of this machine", "/auth/time"]);
    assert_eq!(server.requests().len(), 4);
}

#[test]
fn a_wrong_clock_here_is_told_and_is_no_failure() {
    for (off, says) in [(480, Some("behind OVH's")), (-480, Some("ahead of OVH's")), (20, None)] {
        let (server, keys) = (FaultServer::start(), OvhKeys::new());
        server.on("GET", TIME, [Answer::json(200, now() + off)]);
        server.on("GET", CREDENTIAL, [ovh_credential(json!({}))]).on("GET", THE_PROJECT, [ovh_project("ok")]);
        let outcome = check(&server, &keys, 0);
        let said = outcome.stderr.lines().find(|line| line.starts_with("warning: the clock of this machine"));
        assert_eq!(said.is_some(), says.is_some(), "{outcome}");
        assert!(said.unwrap_or_default().contains(says.unwrap_or_default()), "{outcome}");
        let signed: i64 = server.requests()[1].header("x-ovh-timestamp").unwrap().parse().unwrap();
        assert!((signed - now() - off).abs() < 300, "signed by OVH's time");
    }
}

#[test]
fn what_is_no_time_ends_the_check() {
    for (answer, code) in [
        (Answer::json(200, json!("1457018875")), 1),
        (Answer::json(200, json!(-1)), 1),
        (Answer::json(200, json!(1.5)), 1),
        (Answer::json(200, json!(u64::MAX)), 1),
        (Answer::json(200, json!(i64::MAX)), 1),
        (Answer::json(404, json!({"message": "Got an invalid (or empty) URL"})), 1),
        (Answer::text(200, "text/plain", "soon"), 1),
        (ovh_error(503, "X", "x"), 1),
        (Answer::close(), 5),
        (Answer::reset(), 5),
    ] {
        let (server, keys) = (FaultServer::start(), OvhKeys::new());
        server.on("GET", TIME, [answer]);
        check(&server, &keys, code);
        assert_eq!(server.requests().len(), 1);
    }
}
