//! OVH's own Python client beside this program, at one server: what is sent is the same.

use serde_json::{Value, json};

use crate::support::{
    Answer, Env, FaultServer, Recorded,
    ovh::{
        CREDENTIAL, OvhKeys, PROJECT, PROJECTS, THE_PROJECT, TIME, ovh_credential, ovh_error, ovh_project,
        rules,
    },
    python,
};

/// Makes the calls that standard input names, with the keys that it holds.
const CLIENT: &str = r#"
import json, sys
import ovh, ovh.client
given = json.load(sys.stdin)
ovh.client.ENDPOINTS["local"] = given.pop("base")
calls, rules = given.pop("calls"), given.pop("rules")
client = ovh.Client(endpoint="local", **given)
for method, path in calls:
    client.call(method, path)
if rules:
    request = client.new_consumer_key_request()
    for rule in rules:
        request.add_rule(rule["method"], rule["path"])
    request.request()
"#;

fn client(env: &Env, server: &FaultServer, keys: &OvhKeys, calls: &Value, rules: &Value) {
    let mut given: Value = serde_json::from_str(&keys.bundle()).unwrap();
    given["base"] = json!(format!("{}/1.0", server.url()));
    (given["calls"], given["rules"]) = (calls.clone(), rules.clone());
    env.program(python("ovh", &["ovh==1.2.0"])).arg("-c").arg(CLIENT).stdin(given.to_string()).ok();
}

/// What counts of a request: its line, its headers and its body.
type Sent = (String, Vec<(String, String)>, String);

/// The requests for `path`, but for the first `from` of all.
fn sent(server: &FaultServer, path: &str, from: usize) -> Vec<Sent> {
    let own = |request: &Recorded| {
        let is_own = |name: &str| name.starts_with("x-ovh-") || name == "content-type";
        let mut headers: Vec<_> = request.headers.iter().filter(|(name, _)| is_own(name)).cloned().collect();
        headers.sort();
        let line = format!("{} {}", request.method, request.target);
        (line, headers, String::from_utf8_lossy(&request.body).into_owned())
    };
    server.requests()[from..].iter().filter(|one| one.target == path).map(own).collect()
}

#[test]
fn a_check_signs_as_the_official_client_does() {
    let (env, server, keys) = (Env::new(), FaultServer::start(), OvhKeys::new());
    server.on("GET", TIME, [Answer::json(200, 1_457_018_875)]);
    server.on("GET", CREDENTIAL, [ovh_credential(json!({}))]).on(
        "GET",
        PROJECTS,
        [Answer::json(200, json!([]))],
    );
    server.on("GET", THE_PROJECT, [ovh_project("ok")]);
    let calls = json!([
        ["GET", "/auth/currentCredential"],
        ["GET", "/cloud/project"],
        ["GET", format!("/cloud/project/{PROJECT}")]
    ]);
    // The time goes on: both are to sign in the same second once.
    let is_same = (0..50).any(|_| {
        let from = server.requests().len();
        server.as_ovh(&env, "check", &keys).run();
        server.as_ovh(&env, &format!("check --project-id {PROJECT}"), &keys).ok();
        let between = server.requests().len();
        client(&env, &server, &keys, &calls, &json!([]));
        assert!(
            server.requests()[from..]
                .iter()
                .all(|request| { request.target == TIME || keys.have_signed(request, &server.url()) })
        );
        [CREDENTIAL, PROJECTS, THE_PROJECT].iter().all(|path| {
            let all = sent(&server, path, from);
            let theirs = sent(&server, path, between);
            assert!(theirs.len() == 1 && all.len() > 1, "{path}");
            all.iter().any(|one| *one == theirs[0] && all.iter().filter(|other| *other == one).count() > 1)
        })
    });
    assert!(is_same, "{:?}", server.requests());
}

#[test]
fn a_key_is_asked_for_as_the_official_client_does() {
    let (env, server, keys) = (Env::new(), FaultServer::start(), OvhKeys::new());
    let given = json!({"consumerKey": keys.consumer_key, "state": "pendingValidation",
        "validationUrl": format!("{}/auth/?credentialToken=x", server.url())});
    server.tells_ovh_time().on("POST", "/1.0/auth/credential", [Answer::json(200, given)]);
    server.on("GET", CREDENTIAL, [ovh_credential(json!({"status": "refused"}))]);
    server.on("POST", "/1.0/auth/logout", [ovh_error(403, "X", "x"), Answer::json(200, json!(null))]);
    let line = format!("create --name x --project-id {PROJECT} --request-consumer-key --secrets-from stdin");
    let run = env.line(&format!("credentials ovh {line}")).stdin(keys.bundle()).env("ANKRA_SANDBOX", "1");
    run.env("OVH_ENDPOINT", format!("{}/1.0", server.url())).fails(4);
    client(&env, &server, &keys, &json!([["POST", "/auth/logout"]]), &rules());
    let asked = sent(&server, "/1.0/auth/credential", 0);
    let [(line, headers, body), (their_line, their_headers, their_body)] = asked.as_slice() else {
        panic!("{asked:?}")
    };
    assert_eq!((line, headers), (their_line, their_headers));
    let rules_of = |body: &str| serde_json::from_str::<Value>(body).unwrap()["accessRules"].clone();
    assert_eq!(rules_of(body), rules_of(their_body));
    let gone = server.requests().into_iter().filter(|one| one.target == "/1.0/auth/logout");
    let gone: Vec<Recorded> = gone.collect();
    assert!(gone.len() == 2 && gone.iter().all(|one| keys.have_signed(one, &server.url())), "{gone:?}");
    let names = |request: &Recorded| {
        let mut names: Vec<String> = request.headers.iter().map(|(name, _)| name.clone()).collect();
        names.retain(|name| name.starts_with("x-ovh-") || name == "content-type");
        names.sort();
        names
    };
    assert_eq!(names(&gone[0]), names(&gone[1]));
}
