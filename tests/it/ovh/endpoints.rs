//! Where OVH is asked, and what is told of it.

use serde_json::json;

use crate::support::{
    Env, FaultServer,
    ovh::{CREDENTIAL, OvhKeys, PROJECT, THE_PROJECT, ovh_credential, ovh_project},
};

#[test]
fn an_address_in_the_variable_is_asked_and_told() {
    let (server, keys) = (FaultServer::start(), OvhKeys::new());
    server.tells_ovh_time().on("GET", CREDENTIAL, [ovh_credential(json!({}))]);
    server.on("GET", THE_PROJECT, [ovh_project("ok")]);
    let line = format!("check --project-id {PROJECT}");
    let outcome = server.as_ovh(&Env::new(), &line, &keys).ok();
    let told = format!("warning: OVH_ENDPOINT is set: {}/1.0 is asked, not OVH itself.", server.url());
    outcome.says(&[&told, "The platform asks OVH."]);
}

#[test]
fn another_endpoint_is_warned_of_before_anything_is_sent() {
    let (env, keys) = (Env::new(), OvhKeys::new());
    for (name, host) in [
        ("ovh-ca", "ca.api.ovh.com"),
        ("ovh-us", "api.us.ovhcloud.com"),
        ("kimsufi-eu", "eu.api.kimsufi.com"),
        ("soyoustart-ca", "ca.api.soyoustart.com"),
        ("https://ca.api.ovh.com/1.0", "ca.api.ovh.com"),
    ] {
        // Nobody listens there.
        let run = env.line("credentials ovh check --secrets-from stdin").stdin(keys.bundle());
        let run = run.env("OVH_ENDPOINT", name).env("HTTPS_PROXY", "http://127.0.0.1:1");
        let outcome = run.fails(5);
        let told = format!("is asked, at https://{host}/1.0. The platform asks ovh-eu alone");
        outcome.says(&["warning: ", &told, "cannot be reached"]);
        assert!(outcome.stderr.find(&told) < outcome.stderr.find("error:"), "{outcome}");
    }
    let run = env.line("credentials ovh check --secrets-from stdin").stdin(keys.bundle());
    let outcome = run.arg("-ojson").env("HTTPS_PROXY", "http://127.0.0.1:1").fails(5);
    assert!(!outcome.stderr.contains("warning"), "{outcome}");
    assert_eq!(outcome.json()["address"], "https://eu.api.ovh.com/1.0");
}

#[test]
fn a_variable_that_names_no_endpoint_is_refused_before_anything_is_sent() {
    let env = Env::new();
    for (value, why) in [
        ("ovh", "OVH has no endpoint ovh"),
        ("http://eu.api.ovh.com/1.0", "not https"),
        ("https://me:CANARY@eu.api.ovh.com/1.0", "a user name or a password"),
        ("https://eu.api.ovh.com/1.0?x=CANARY", "neither ? nor #"),
        ("://", "no whole address"),
    ] {
        let run = env.line("credentials ovh check --secrets-from stdin").stdin(OvhKeys::new().bundle());
        let outcome = run.env("OVH_ENDPOINT", value).fails(2);
        outcome.says(&["OVH_ENDPOINT cannot be used", why]);
        assert!(!outcome.all().contains("CANARY"), "{outcome}");
    }
}
