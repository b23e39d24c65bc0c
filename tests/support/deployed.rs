//! A platform that serves the routes of today alone, with one answer for each.

use std::time::Duration;

use ankra::testing::providers::ALL;
use serde_json::{Value, json};

use super::{Answer, FaultServer, ORGANISATION, Step, credential, id};

/// The one of [`deployed`]'s two organisations that is not the token's own.
pub const OTHER_ORGANISATION: &str = "0f000000-0000-4000-8000-000000000001";

/// A platform that serves the deployed routes alone, and answers after a while.
pub fn deployed(wait: Option<Duration>) -> FaultServer {
    let server = FaultServer::start();
    let (cred, registry, key) = (
        credential(1, "my-cred", "hetzner"),
        credential(2, "my-reg", "registry"),
        credential(3, "my-key", "ovh_ssh_key"),
    );
    let of_clouds = ALL
        .iter()
        .zip(4..)
        .map(|(cloud, number)| credential(number, &format!("my-{}", cloud.slug), cloud.slug));
    let all: Vec<Value> = [cred, registry, key].into_iter().chain(of_clouds).collect();
    let detail = |mut one: Value| {
        one["clusters"] = json!([]);
        one["username"] = "u".into();
        one
    };
    let of_registry =
        json!({"id": id(2), "name": "my-reg", "username": "u", "updated_at": "2026-02-03T04:05:06Z"});
    let token = |number: u8, name: &str, revoked: bool| json!({"id": id(number), "name": name, "revoked": revoked, "expires_at": ""});
    let organisations = json!([
        {"organisation_id": ORGANISATION, "name": "Acme", "slug": "acme-ltd", "user_current": true},
        {"organisation_id": OTHER_ORGANISATION, "name": "Other", "slug": "other", "user_current": false},
    ]);
    let mut routes = vec![
        ("GET", "org/credentials".to_owned(), json!(all)),
        ("GET", "org/credentials/validate".into(), json!({"valid": true, "message": null})),
        ("POST", "org/helm/credentials".into(), json!({"success": true})),
        ("GET", "org/helm/credentials".into(), json!({"credentials": [of_registry], "total_count": 1})),
        ("GET", "org/helm/credentials/my-reg".into(), of_registry.clone()),
        ("GET", "org/helm/credentials/new".into(), of_registry.clone()),
        ("PUT", "org/helm/credentials/my-reg".into(), json!({"success": true})),
        ("DELETE", "org/helm/credentials/my-reg".into(), json!({"success": true})),
        ("GET", "org/helm/registries".into(), json!({"result": [], "pagination": {"total_count": 0}})),
        ("GET", "org/organisation".into(), organisations),
        ("GET", format!("org/organisation/{ORGANISATION}"), json!({"users": []})),
        ("GET", "org/account/tokens".into(), json!([token(20, "laptop", false), token(21, "former", true)])),
        (
            "POST",
            "org/account/tokens".into(),
            json!({"id": id(22), "token": "a-new-token-of-the-test", "expires_at": "", "type": "x"}),
        ),
        ("POST", format!("org/account/tokens/{}/revoke", id(20)), json!({"success": true})),
        ("DELETE", format!("org/account/tokens/{}", id(21)), json!({"success": true})),
    ];
    for one in all {
        let path = format!("org/credentials/{}", one["id"].as_str().unwrap());
        routes.push(("GET", path.clone(), detail(one)));
        routes.push(("DELETE", path, json!({"success": true})));
    }
    for cloud in ALL.iter().map(|cloud| cloud.slug) {
        let path = format!("credentials/{cloud}");
        routes.push(("GET", path.clone(), json!([])));
        routes.push(("POST", path.clone(), json!({"success": true})));
        routes.push(("GET", format!("{path}/ssh-keys"), json!([])));
        routes.push(("POST", format!("{path}/ssh-key"), json!({"success": true})));
    }
    for (method, path, body) in routes {
        server.answers_if_asked([(method, format!("/api/v1/{path}").as_str(), after(wait, &body))]);
    }
    server
}

fn after(wait: Option<Duration>, body: &Value) -> Answer {
    let Some(wait) = wait else { return Answer::json(200, body.clone()) };
    let body = body.to_string();
    let head = "HTTP/1.1 200 OK\r\ncontent-type: application/json\r\nconnection: close";
    let answer = format!("{head}\r\ncontent-length: {}\r\n\r\n{body}", body.len());
    Answer::Script(vec![Step::Wait(wait), Step::Write(answer.into_bytes())])
}
