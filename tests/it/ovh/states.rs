//! Every state of a consumer key and of a project, as OVH describes them.

use serde_json::{Value, json};

use crate::support::{
    Answer, Env, FaultServer, Outcome,
    ovh::{
        CREDENTIAL, OvhKeys, PROJECT, PROJECTS, THE_PROJECT, TIME, now, ovh_credential, ovh_error,
        ovh_project, rules,
    },
};

/// The whole page that makes a right key.
const PAGE: &str = "https://eu.api.ovh.com/createToken/?GET=/cloud/project/*&POST=/cloud/project/*&PUT=/cloud/project/*&DELETE=/cloud/project/*&GET=/cloud/project";

/// Checks a key that OVH describes as `credential`, with a project that is in use.
fn check(credential: Answer, code: i32) -> Outcome {
    let (server, keys) = (FaultServer::start(), OvhKeys::new());
    server.tells_ovh_time().on("GET", CREDENTIAL, [credential]);
    if code != 6 {
        server.on("GET", THE_PROJECT, [ovh_project("ok")]);
    }
    outcome(&server, &keys, code)
}

fn outcome(server: &FaultServer, keys: &OvhKeys, code: i32) -> Outcome {
    let line = format!("check --project-id {PROJECT} -vv");
    let outcome = server.as_ovh(&Env::new(), &line, keys).fails(code);
    keys.are_not_in(&outcome.all());
    server.all_are_signed_with(keys);
    assert!(server.requests().len() <= 4, "{:?}", server.lines());
    assert_eq!(server.writes().len(), 0);
    outcome
}

#[test]
fn a_right_key_is_good_with_three_requests() {
    let (server, keys) = (FaultServer::start(), OvhKeys::new());
    server.tells_ovh_time().on("GET", CREDENTIAL, [ovh_credential(json!({}))]);
    server.on("GET", THE_PROJECT, [ovh_project("ok")]);
    let outcome = outcome(&server, &keys, 0);
    let lines: Vec<&str> = outcome.stdout.lines().collect();
    assert_eq!(
        lines[1..],
        [
            "Key        OVH accepts it: application 12345, key 9876543; it does not expire",
            "Rules      all five that the platform needs",
            "Project    the key sees 0123456789abcdef0123456789abcdef (my clusters), which is in use",
            "This credential works at OVH."
        ],
        "{outcome}"
    );
    let asked = [TIME, CREDENTIAL, THE_PROJECT].map(|path| format!("GET {path}"));
    assert_eq!(server.lines(), asked);
}

#[test]
fn machines_read_the_whole_report() {
    let (server, keys) = (FaultServer::start(), OvhKeys::new());
    server.tells_ovh_time().on("GET", CREDENTIAL, [ovh_credential(json!({"rules": []}))]);
    server.on("GET", THE_PROJECT, [ovh_project("suspended")]);
    let line = format!("check --project-id {PROJECT} -o json");
    let report = server.as_ovh(&Env::new(), &line, &keys).fails(7).json();
    let steps: Vec<(&str, &Value)> = report["steps"]
        .as_array()
        .unwrap()
        .iter()
        .map(|step| (step["step"].as_str().unwrap(), &step["ok"]))
        .collect();
    assert_eq!(
        steps,
        [("time", &json!(true)), ("key", &json!(true)), ("rules", &json!(false)), ("project", &json!(false))]
    );
    assert_eq!(report["result"], "lacks_rights");
    assert_eq!(report["account"], "application 12345, key 9876543");
    assert_eq!(report["missing"][0], "GET /cloud/project");
    assert_eq!(report["missing"].as_array().unwrap().len(), 5);
    assert!(report["hint"].as_str().unwrap().contains(PAGE), "{report}");
}

#[test]
fn each_status_of_a_key_has_its_own_next_step() {
    for (status, code, says) in [
        (
            "pendingValidation",
            6,
            ["nobody has validated this consumer key yet", "open the page whose address came"],
        ),
        ("refused", 6, ["was refused on OVH's page", "stays refused"]),
        ("expired", 6, ["it has expired", "choose a longer validity"]),
        ("paused", 1, ["OVH calls this consumer key paused", "cannot tell whether this credential works"]),
    ] {
        let (server, keys) = (FaultServer::start(), OvhKeys::new());
        server.tells_ovh_time().on("GET", CREDENTIAL, [ovh_credential(json!({"status": status}))]);
        let outcome = outcome(&server, &keys, code);
        outcome.says(&says).says(&["application 12345, key 9876543"]);
        assert!(code == 1 || outcome.stderr.contains(PAGE), "{outcome}");
        assert_eq!(server.requests().len(), 2);
    }
}

#[test]
fn when_it_expires_is_told_and_a_short_life_is_warned_of() {
    let now = now();
    let at = |days: i64| jiff::Timestamp::from_second(now + days * 86_400 + 3_600).unwrap().to_string();
    let long = check(ovh_credential(json!({"expiration": at(400)})), 0);
    assert!(long.stdout.contains(&format!("it expires at {}, in 400 days", at(400))), "{long}");
    assert!(
        long.stdout.contains(&format!("Expires    {}", at(400))) && !long.stderr.contains("unlimited"),
        "{long}"
    );
    let short = check(ovh_credential(json!({"expiration": at(7)})), 0);
    short.says(&["warning: this consumer key expires in 7 days", "An unlimited validity"]);
    // As OVH writes it, with an offset, and what is no time at all.
    let offset = check(ovh_credential(json!({"expiration": "2100-01-01T00:00:00+01:00"})), 0);
    assert!(offset.stdout.contains("Expires    2099-12-31T23:00:00Z"), "{offset}");
    for odd in [json!("soon"), json!(7), json!("")] {
        let odd = check(ovh_credential(json!({"expiration": odd})), 0);
        assert!(odd.stdout.contains("when it expires is not known"), "{odd}");
    }
}

#[test]
fn all_missing_rules_are_named_at_once_with_the_page_that_makes_a_right_key() {
    let rule = |method: &str, path: &str| json!({"method": method, "path": path});
    let without = |index: usize| {
        let mut rules = rules();
        rules.as_array_mut().unwrap().remove(index);
        rules
    };
    for (index, rule) in rules().as_array().unwrap().iter().enumerate() {
        let outcome = check(ovh_credential(json!({"rules": without(index)})), 7);
        let name = format!("{} {}", rule["method"].as_str().unwrap(), rule["path"].as_str().unwrap());
        outcome.says(&[
            "OVH accepts this credential, but it lacks rights",
            &format!("cause: rules: missing: {name}\n"),
            "the rules of a key cannot be changed",
            PAGE,
        ]);
    }
    check(ovh_credential(json!({"rules": [rule("GET", "/cloud/project/*"), rule("GET", "/me")]})), 7)
        .says(&["missing: GET /cloud/project, POST /cloud/project/*, PUT /cloud/project/*, DELETE /cloud/project/*\n"]);
    let all = ["GET", "POST", "PUT", "DELETE"].map(|method| rule(method, "/*"));
    check(ovh_credential(json!({"rules": all})), 0);
    for odd in [json!(null), json!("all"), json!([1])] {
        check(ovh_credential(json!({"rules": odd})), 1).says(&["OVH does not say which rules the key has"]);
    }
}

#[test]
fn a_key_for_certain_addresses_is_warned_of() {
    for (addresses, named) in [
        (json!(["192.0.2.0/24", "198.51.100.7/32"]), "192.0.2.0/24, 198.51.100.7/32"),
        (json!([]), "certain addresses"),
    ] {
        let outcome = check(ovh_credential(json!({"allowedIPs": addresses})), 0);
        outcome.says(&[&format!(
            "warning: OVH takes this key from {named} alone: the platform asks from addresses of its own"
        )]);
    }
}

#[test]
fn each_state_of_a_project_has_its_own_next_step() {
    for (answer, code, says) in [
        (ovh_project("creating"), 0, ["OVH is still making this project", ""]),
        (ovh_project("suspended"), 7, ["(my clusters) is suspended", "pay what is due"]),
        (ovh_project("deleting"), 7, ["is being deleted", "use another project"]),
        (ovh_project("deleted"), 7, ["was deleted", "use another project"]),
        (ovh_project("frozen"), 1, ["with the state frozen", "OVH Control Panel > Public Cloud"]),
        (Answer::json(200, json!({})), 1, ["with no state", "OVH Control Panel > Public Cloud"]),
        (
            ovh_error(404, "RESOURCE_NOT_FOUND", "This service does not exist"),
            7,
            ["is none that the key sees", "leave out --project-id to see which"],
        ),
        (ovh_error(460, "EXPIRED", "The service is expired"), 7, ["has expired", "look at the id"]),
        (
            ovh_error(403, "NOT_GRANTED_CALL", "This call has not been granted"),
            7,
            ["NOT_GRANTED_CALL: This call has not been granted", "the rules of a key cannot be changed"],
        ),
        (ovh_error(403, "FORBIDDEN", "no"), 7, ["FORBIDDEN: no", PAGE]),
        (
            ovh_error(403, "INVALID_CREDENTIAL", "This credential is not valid"),
            6,
            ["INVALID_CREDENTIAL", "has expired"],
        ),
        (ovh_error(400, "QUERY_TIME_OUT", "Query out of time"), 1, ["QUERY_TIME_OUT", "/auth/time"]),
        (ovh_error(500, "INTERNAL", "x"), 1, ["answered 500", "try again later"]),
        (Answer::text(404, "text/html", "<html>"), 1, ["not the JSON of this API", "proxy"]),
        (Answer::text(200, "text/html", "<html>"), 1, ["not the JSON of this API", "proxy"]),
    ] {
        let (server, keys) = (FaultServer::start(), OvhKeys::new());
        server.tells_ovh_time().on("GET", CREDENTIAL, [ovh_credential(json!({}))]);
        server.on("GET", THE_PROJECT, [answer]);
        outcome(&server, &keys, code).says(&says);
        assert_eq!(server.requests().len(), 3);
    }
}

#[test]
fn without_a_project_id_the_projects_that_the_key_sees_are_named() {
    for (answer, code, says) in [
        (
            Answer::json(200, json!([PROJECT, "fedc"])),
            0,
            "the key sees 0123456789abcdef0123456789abcdef, fedc\n",
        ),
        (Answer::json(200, json!([])), 7, "the key sees no public cloud project"),
        (ovh_error(403, "NOT_GRANTED_CALL", "no"), 7, "NOT_GRANTED_CALL"),
        (Answer::json(200, json!({"ids": []})), 1, "cannot tell"),
    ] {
        let (server, keys) = (FaultServer::start(), OvhKeys::new());
        server.tells_ovh_time().on("GET", CREDENTIAL, [ovh_credential(json!({}))]);
        server.on("GET", PROJECTS, [answer]);
        let outcome = server.as_ovh(&Env::new(), "check", &keys).fails(code);
        assert!(outcome.all().contains(says), "{outcome}");
        server.all_are_signed_with(&keys);
        assert_eq!(server.requests().len(), 3);
    }
    let (server, keys) = (FaultServer::start(), OvhKeys::new());
    server.tells_ovh_time().on("GET", CREDENTIAL, [ovh_credential(json!({}))]);
    let many: Vec<String> = (0..1000).map(|number| format!("p{number}")).collect();
    server.on("GET", PROJECTS, [Answer::json(200, many)]);
    let outcome = server.as_ovh(&Env::new(), "check", &keys).ok();
    assert!(outcome.stdout.contains("p18, p19 and 980 more\n"), "{outcome}");
}

#[test]
fn what_only_our_own_list_calls_missing_is_stored_and_what_ovh_refuses_is_not() {
    let stored = |credential: Answer, project: Answer| {
        let (server, keys, env) = (FaultServer::start(), OvhKeys::new(), Env::new());
        server.tells_ovh_time().on("GET", CREDENTIAL, [credential]).on("GET", THE_PROJECT, [project]);
        let line = format!("create --name my-ovh --project-id {PROJECT} --check");
        let outcome = server.as_ovh(&env, &line, &keys).env("ANKRA_SANDBOX", "1").run();
        keys.are_not_in(&outcome.all());
        let names = env.line("--sandbox credentials list -o name").ok().stdout;
        assert_eq!(names, if outcome.code == Some(0) { "my-ovh\n" } else { "" }, "{outcome}");
        outcome
    };
    let good = || ovh_credential(json!({}));
    let outcome = stored(good(), ovh_project("ok"));
    assert_eq!(outcome.code, Some(0), "{outcome}");
    outcome.says(&["Checked: this credential works at OVH."]);
    for (credential, project, code) in [
        (ovh_credential(json!({"rules": []})), ovh_project("ok"), 0),
        (good(), ovh_project("suspended"), 0),
        (good(), ovh_error(503, "X", "x"), 0),
        (good(), ovh_error(403, "NOT_GRANTED_CALL", "x"), 7),
        (good(), ovh_error(404, "X", "x"), 7),
        (good(), ovh_project("deleted"), 7),
    ] {
        let outcome = stored(credential, project);
        assert_eq!(outcome.code, Some(code), "{outcome}");
        outcome.says(if code == 0 { &["warning: "] } else { &["nothing was stored"] });
    }
}
