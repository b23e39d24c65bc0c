//! What the platform says of a secret that it was sent, in every way it can fail.

use std::thread;

use base64ct::{Base64, Encoding};
use serde_json::json;

use super::{
    FORMATS, Taking,
    search::{clean, loud, tricky},
    taking,
};
use crate::support::{Answer, Env, FaultServer, ID, Step, unique};

/// Answers that are no success and repeat the secret.
fn echoes(secret: &str) -> Vec<(&'static str, Answer)> {
    let text = |length: usize| format!("{}{secret} end", "x".repeat(length));
    let detail = |status: u16, detail: String| Answer::json(status, json!({ "detail": detail }));
    let validation = json!([{"loc": ["body", secret], "msg": text(1), "input": secret, "type": secret}]);
    let raw = |head: &str| Answer::raw(format!("HTTP/1.1 {head}\r\ncontent-length: 0\r\n\r\n"));
    let header = secret.replace('\u{e9}', "e");
    vec![
        ("401", detail(401, text(1))),
        ("403", Answer::json(403, json!({"detail": "permission_denied", "permission": text(0)}))),
        ("404", detail(404, text(1))),
        ("409", detail(409, text(1))),
        ("422", Answer::json(422, json!({ "detail": validation }))),
        ("429", detail(429, text(1)).header("retry-after", &header)),
        ("500", detail(500, text(1))),
        ("message", Answer::json(400, json!({ "message": text(1) }))),
        (
            "errors",
            Answer::json(200, json!({"success": false, "errors": [{"key": secret, "message": secret}]})),
        ),
        ("quoted", detail(400, json!(secret).to_string())),
        ("quoted twice", detail(400, json!(json!(secret).to_string()).to_string())),
        // Where texts are cut, at 500 and at 200 characters, the secret's beginning is left.
        ("cut", detail(400, text(470))),
        ("cut in a field", Answer::json(400, json!({"errors": [{"key": text(470), "message": text(470)}]}))),
        ("html", Answer::text(400, "text/html", format!("<html>{secret}</html>"))),
        ("html as success", Answer::text(200, "text/html", format!("<html>{secret}</html>"))),
        ("cut html", Answer::text(200, "text/html", format!("<html>{}", text(165)))),
        ("a text", Answer::text(200, "application/json", secret)),
        ("broken", Answer::text(200, "application/json", format!("{{\"success\": {}", json!(secret)))),
        ("a quoted text", Answer::json(200, json!(secret))),
        ("wrong type", Answer::json(200, json!({ "success": secret }))),
        ("wrong types", Answer::json(400, json!({"errors": [{"key": [secret], "message": {"a": secret}}]}))),
        ("a list", Answer::json(400, json!({"detail": {"a": secret}, "errors": [secret]}))),
        ("encoding", Answer::done().header("content-encoding", &header)),
        ("redirect", Answer::json(307, json!({})).header("location", &format!("http://127.0.0.1/{header}"))),
        ("reason", raw(&format!("400 {header}"))),
        ("no http", raw(&header)),
        ("reset", Answer::reset()),
        ("reset after half", Answer::Script(vec![Step::Write(half(secret)), Step::Reset])),
        ("silence", Answer::silence()),
    ]
}

fn half(secret: &str) -> Vec<u8> {
    format!("HTTP/1.1 200 OK\r\ncontent-length: 1000\r\n\r\n{{\"detail\": \"{secret}").into_bytes()
}

/// Each echo in turn, in the next format.
fn hear(taking: &Taking) {
    let names = echoes("").into_iter().map(|(name, _)| name);
    for (name, format) in names.zip(FORMATS.iter().cycle()) {
        let env = Env::new();
        let secret = tricky();
        let server = FaultServer::start();
        server.accept_everything(json!({"name": "canary", "username": "u", "valid": true}));
        server.on_every_write(echoes(&secret).into_iter().find(|echo| echo.0 == name).unwrap().1);
        let line = format!("{} --{}-from stdin --timeout 1 -o {format}", taking.words(), taking.flag);
        let outcome = loud(server.ankra(&env, &line)).stdin(secret.as_str()).run();
        assert!(outcome.code.is_some_and(|code| (1..9).contains(&code)), "{name}: {outcome}");
        assert!(!outcome.stderr.contains("panicked"), "{name}: {outcome}");
        let found = std::panic::catch_unwind(|| clean(&env, &outcome, &secret, &[]));
        assert!(found.is_ok(), "{name}: {outcome}");
    }
}

#[test]
fn h21_h34_h84_a_secret_stays_hidden_whatever_the_platform_says() {
    let all = taking();
    thread::scope(|scope| {
        for taking in &all {
            scope.spawn(|| hear(taking));
        }
    });
}

/// The platform's detail of a credential has fields that hold secrets; their type is its own affair.
#[test]
fn h21_a_secret_of_any_type_in_what_is_read_back_is_not_shown() {
    for shape in [json!("SECRET"), json!(["SECRET"]), json!({"SECRET": "SECRET"}), json!("wrong")] {
        for (index, field) in
            ["api_token", "token", "health", "available", "system", "id", "created_at"].iter().enumerate()
        {
            let env = Env::new();
            let secret = tricky();
            let shape = serde_json::from_str::<serde_json::Value>(
                &shape.to_string().replace("\"SECRET\"", &json!(secret).to_string()),
            );
            let server = FaultServer::start();
            let mut stored = json!({"id": "x", "name": "canary", "provider": "hetzner"});
            stored[field] = shape.unwrap();
            server.creates("hetzner").on(
                "GET",
                "/api/v1/credentials/hetzner",
                [Answer::json(200, json!([stored]))],
            );
            let format = FORMATS[index % FORMATS.len()];
            let line = format!("credentials hetzner create --name canary --api-token-stdin -o {format}");
            let outcome = loud(server.ankra(&env, &line)).stdin(secret.as_str()).ok();
            clean(&env, &outcome, &secret, &[]);
        }
    }
}

#[test]
fn h123_a_success_that_repeats_the_token_shows_none_of_it() {
    let env = Env::new();
    let token = unique("Canary-", 40);
    let hex: String =
        token.bytes().flat_map(|byte| format!("{byte:02X}").into_bytes()).map(char::from).collect();
    let mut names =
        vec![token.clone(), token.to_uppercase(), hex, token[3..15].to_owned(), format!("{token}\"")];
    names.extend(["", "x", "xy"].map(|before| Base64::encode_string(format!("{before}{token}").as_bytes())));
    let list: Vec<_> = names
        .iter()
        .map(|name| json!({"id": ID, "name": name, "provider": format!("of {name}"), "created_at": name}))
        .collect();
    for format in FORMATS {
        let server = FaultServer::start();
        server.on("GET", "/api/v1/org/credentials", [Answer::json(200, json!(list))]);
        let line = format!("credentials list -o {format}");
        let outcome = loud(server.ankra(&env, &line)).env("ANKRA_API_TOKEN", &token).ok();
        assert!(outcome.stdout.matches("<redacted>").count() >= names.len(), "{outcome}");
        for run in names.iter().flat_map(|name| name.as_bytes().windows(12)) {
            let run = String::from_utf8_lossy(run);
            let shown = outcome.stdout.contains(run.trim_matches('"')) && run.trim_matches('"').len() == 12;
            assert!(!shown, "{run} in {outcome}");
        }
    }
}
