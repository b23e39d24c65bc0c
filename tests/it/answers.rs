//! What the platform may answer, and what is made of it: numbers 1 to 36 of the catalogue.

use std::{thread, time::Duration};

use ankra::testing::output::Format;
use serde_json::{Value, json};

use crate::support::{
    Answer, Env, FaultServer, ID, Outcome, Port, Step, figure, gate, hetzner_token, unique,
};

const LIST: &str = "/api/v1/org/credentials";
const HETZNER: &str = "/api/v1/credentials/hetzner";

/// `credentials list` against a server that gives `answers` in turn.
fn list(answers: impl IntoIterator<Item = Answer>) -> (FaultServer, Outcome) {
    list_with("credentials list --timeout 60", answers)
}

fn list_with(line: &str, answers: impl IntoIterator<Item = Answer>) -> (FaultServer, Outcome) {
    let server = FaultServer::start();
    server.on("GET", LIST, answers);
    let outcome = server.ankra(&Env::new(), line).run();
    (server, outcome)
}

/// `hetzner create` against a server that gives `answer` to the POST.
fn create(answer: Answer) -> (FaultServer, Outcome) {
    create_within(60, answer)
}

fn create_within(seconds: u8, answer: Answer) -> (FaultServer, Outcome) {
    let server = FaultServer::start();
    server.on("POST", HETZNER, [answer]);
    let line = format!("credentials hetzner create --name my-token --api-token-stdin --timeout {seconds}");
    let outcome = server.ankra(&Env::new(), &line).stdin(hetzner_token()).run();
    (server, outcome)
}

fn one() -> Value {
    json!({"id": ID, "name": "one", "provider": "hetzner"})
}

fn raw(head: &str, body: &[u8]) -> Answer {
    Answer::raw(
        [format!("HTTP/1.1 200 OK\r\ncontent-type: application/json\r\n{head}\r\n\r\n").as_bytes(), body]
            .concat(),
    )
}

#[test]
fn h01_h04_a_redirect_is_not_followed() {
    for status in [301, 302, 303, 307, 308] {
        let elsewhere = FaultServer::start();
        let location = format!("{}{LIST}", elsewhere.url());
        let (server, outcome) = list([Answer::json(status, json!({})).header("location", &location)]);
        assert_eq!(outcome.code, Some(1), "{outcome}");
        outcome.says(&["redirect"]);
        assert_eq!((server.requests().len(), elsewhere.requests().len()), (1, 0), "{status}");
        // A loop is one request too.
        let (server, _) = list([Answer::json(status, json!({})).header("location", LIST)]);
        assert_eq!(server.requests().len(), 1);
    }
}

#[test]
fn h02_the_body_of_a_post_is_not_sent_where_a_redirect_points() {
    for status in [301, 302, 303, 307, 308] {
        let elsewhere = FaultServer::start();
        let location = format!("{}{HETZNER}", elsewhere.url());
        let (server, outcome) = create(Answer::json(status, json!({})).header("location", &location));
        assert_eq!(outcome.code, Some(1), "{outcome}");
        assert_eq!((server.writes().len(), elsewhere.requests().len()), (1, 0), "{status}");
    }
}

/// Ends with exit code 5 by the timeout of 2 s, long before `answer` does, and before another command
/// whose timeout is four times as long.
fn times_out(answer: Answer) {
    let end = |seconds: u8| {
        let (server, outcome) = list_with(&format!("credentials list --timeout {seconds}"), [answer.clone()]);
        assert_eq!((outcome.code, server.requests().len()), (Some(5), 1), "{outcome}");
        outcome.says(&[&format!("did not answer in full within {seconds} s"), "--timeout"]);
        server.requests()[0].at.elapsed()
    };
    let (short, long) = thread::scope(|scope| {
        let long = scope.spawn(|| end(8));
        (end(2), long.join().unwrap())
    });
    figure(
        "seconds with timeouts of 2 and 8",
        format!("{:.2} {:.2}", short.as_secs_f64(), long.as_secs_f64()),
    );
    assert!(short < long, "{short:?} {long:?}");
}

#[test]
fn h05_a_silent_server_hits_the_total_timeout() {
    times_out(Answer::silence());
}

#[test]
fn h06_headers_that_drip_hit_the_total_timeout() {
    let head = format!("HTTP/1.1 200 OK\r\nx: {}\r\n\r\n", "y".repeat(5_000));
    times_out(Answer::Script(vec![Step::Drip(head.into_bytes(), Duration::from_millis(10))]));
}

#[test]
fn h07_a_body_that_drips_hits_the_total_timeout() {
    let head = Step::Write(b"HTTP/1.1 200 OK\r\ncontent-length: 5000\r\n\r\n".to_vec());
    times_out(Answer::Script(vec![head, Step::Drip(vec![b' '; 5_000], Duration::from_millis(10))]));
}

#[test]
fn h08_endless_100_continue_hits_the_total_timeout() {
    let pause = Duration::from_millis(1);
    let flood = b"HTTP/1.1 100 Continue\r\n\r\n".repeat(20_000);
    times_out(Answer::Script(vec![Step::Drip(flood, pause)]));
}

#[test]
fn h09_an_endless_answer_is_cut_off() {
    let head = || Step::Write(b"HTTP/1.1 200 OK\r\ncontent-type: application/json\r\n\r\n[".to_vec());
    // Many small elements are cut off by their number, large ones by their size.
    let many = format!("{},", one()).repeat(1_000);
    let (_server, outcome) = list_with(
        "credentials list --timeout 60",
        [Answer::Script(vec![head(), Step::Endless(many.into_bytes())])],
    );
    assert_eq!(outcome.code, Some(1), "{outcome}");
    outcome.says(&["more than 250000 elements"]);
    let mut large = one();
    large["surprise"] = "x".repeat(10_000).into();
    let element = format!("{large},").repeat(10);
    let (_server, outcome) = list_with(
        "credentials list --timeout 60",
        [Answer::Script(vec![head(), Step::Endless(element.into_bytes())])],
    );
    assert_eq!(outcome.code, Some(1), "{outcome}");
    outcome.says(&["larger than 128 MiB"]);
    let server = FaultServer::start();
    let detail = format!("/api/v1/org/credentials/{ID}");
    server.on("GET", &detail, [Answer::Script(vec![head(), Step::Endless(vec![b' '; 65_536])])]);
    let outcome = server.ankra(&Env::new(), &format!("credentials get {ID}")).run();
    assert_eq!(outcome.code, Some(1), "{outcome}");
    outcome.says(&["larger than 1 MiB"]);
}

#[test]
fn h10_h11_an_encoding_that_was_not_asked_for_is_refused() {
    for encoding in ["gzip", "br", "zstd", "deflate", "gzip, gzip"] {
        let (server, outcome) = list([Answer::json(200, json!([])).header("content-encoding", encoding)]);
        assert_eq!(outcome.code, Some(1), "{outcome}");
        outcome.says(&["encoding"]);
        assert_eq!(server.requests()[0].header("accept-encoding"), None);
    }
    // What is named second counts as what is named first, and the case of letters does not.
    let twice = |first: &str, second: &str| {
        let answer = Answer::json(200, json!([])).header("content-encoding", first);
        list([answer.header("content-encoding", second)]).1
    };
    for (first, second) in [("identity", "gzip"), ("identity, GZIP", "identity"), ("", "gzip")] {
        let outcome = twice(first, second);
        assert_eq!(outcome.code, Some(1), "{outcome}");
        assert!(outcome.stderr.to_ascii_lowercase().contains("not asked for: gzip"), "{outcome}");
    }
    for (first, second) in [("IDENTITY", ""), ("identity", "Identity , identity,")] {
        assert_eq!(twice(first, second).code, Some(0), "{first} {second}");
    }
    let body = "5\r\nabcde\r\n0\r\n\r\n";
    let (_server, outcome) = list([raw("transfer-encoding: gzip, chunked", body.as_bytes())]);
    assert_eq!(outcome.code, Some(1), "{outcome}");
    outcome.says(&["not asked for: gzip"]);
}

#[test]
fn h12_h13_an_answer_that_ends_too_soon_is_an_error() {
    let whole = json!([one()]).to_string();
    let length = whole.len() + 10;
    for answer in [
        raw(&format!("content-length: {length}"), whole.as_bytes()),
        raw("connection: close", &whole.as_bytes()[..whole.len() - 5]),
        raw("connection: close", &whole.as_bytes()[..whole.len() - 1]),
    ] {
        let (_server, outcome) = list([answer]);
        assert_eq!(outcome.code, Some(1), "{outcome}");
        assert!(outcome.stdout.is_empty(), "{outcome}");
    }
}

#[test]
fn h14_html_is_told_from_json_in_few_words() {
    let page = format!("<html>\u{1b}[31m{}</html>", "x".repeat(5_000));
    let server = FaultServer::start();
    for path in [LIST, "/api/v1/credentials"] {
        server.on("GET", path, [Answer::text(200, "text/html", page.clone())]);
    }
    let outcome = server.ankra(&Env::new(), "credentials list").fails(1);
    outcome.says(&["not JSON", "<html>"]);
    assert!(!outcome.stderr.contains('\u{1b}') && outcome.stderr.len() < 600, "{outcome}");
}

#[test]
fn h15_h16_a_missing_body_is_an_error_where_one_is_due() {
    for answer in [Answer::text(200, "application/json", ""), Answer::text(204, "application/json", "")] {
        let (_server, outcome) = list([answer.clone()]);
        assert_eq!(outcome.code, Some(1), "{outcome}");
        outcome.says(&["empty"]);
        let (server, outcome) = create(answer);
        assert_eq!(outcome.code, Some(5), "a change whose answer is lost: {outcome}");
        assert_eq!(server.writes().len(), 1);
    }
}

#[test]
fn h17_h19_h20_h24_broken_json_is_an_error_and_no_panic() {
    let deep =
        format!("[{{\"id\":\"a\",\"name\":\"b\",\"provider\":{}1{}}}]", "[".repeat(500), "]".repeat(500));
    let number =
        r#"[{"id":"a","name":"b","provider":"c","health":{"consecutive_failures":99999999999999999999999}}]"#;
    for body in [b"[{\"id\":\"\xff\"}]".to_vec(), deep.into_bytes(), number.into(), b"[{\"id\":1}]".to_vec()]
    {
        let (_server, outcome) = list([Answer::text(200, "application/json", body)]);
        assert_eq!(outcome.code, Some(1), "{outcome}");
        outcome.says(&["error: cannot list the credentials"]);
    }
    // A key twice: one of them is taken or the answer refused; never a panic.
    let twice = r#"[{"id":"a","id":"b","name":"n","provider":"p"}]"#;
    let (_server, outcome) = list([Answer::text(200, "application/json", twice)]);
    assert!(matches!(outcome.code, Some(0 | 1)) && !outcome.stderr.contains("panicked"), "{outcome}");
}

#[test]
fn h18_h22_h23_what_is_harmless_is_tolerated() {
    let body = format!(
        "\u{feff}{}",
        json!([
            one(),
            {"id": "x", "name": "two", "provider": "a-new-one", "health": null, "created_at": null, "surprise": {"a": [1]}},
        ])
    );
    let (_server, outcome) =
        list_with("credentials list -o name", [Answer::text(200, "application/json", body)]);
    assert_eq!((outcome.code, outcome.stdout.as_str()), (Some(0), "one\ntwo\n"), "{outcome}");
}

#[test]
fn h21_a_secret_of_the_wrong_type_is_not_repeated() {
    let secret = unique("leak", 40);
    for detail in [
        json!({"id": ID, "name": {"token": secret}, "provider": "hetzner"}),
        json!({"id": ID, "name": "n", "provider": "p", "username": [secret]}),
        json!({"id": ID, "name": "n", "provider": "p", "token": secret, "application_secret": secret, "clusters": []}),
    ] {
        let server = FaultServer::start();
        server.on("GET", &format!("/api/v1/org/credentials/{ID}"), [Answer::json(200, detail)]);
        for (format, _) in Format::NAMED {
            let outcome = server.ankra(&Env::new(), &format!("credentials get {ID} -vvv -o {format}")).run();
            assert!(!outcome.all().contains(&secret), "{outcome}");
        }
    }
}

#[test]
fn h25_a_list_of_100_000_passes() {
    let elements: Vec<Value> = (0..100_000)
        .map(|number| json!({"id": format!("{number:036}"), "name": format!("name-{number}"), "provider": "hetzner"}))
        .collect();
    for (format, headers) in [("name", 0), ("table", 1)] {
        let line = format!("credentials list -o {format} --timeout 60");
        let (_server, outcome) = list_with(&line, [Answer::json(200, json!(elements))]);
        assert_eq!((outcome.code, outcome.stdout.lines().count()), (Some(0), 100_000 + headers));
    }
}

#[test]
fn h26_pages_that_never_end_are_left() {
    let server = FaultServer::start();
    let page: Vec<Value> = (0..100).map(|n| json!({"id": format!("{n}"), "name": format!("n{n}")})).collect();
    let answer = Answer::json(200, json!({"credentials": page, "total_count": 1_000_000}));
    server.on("GET", "/api/v1/org/helm/credentials", [answer]);
    // A list that is shorter than promised must not look whole.
    let outcome = server.ankra(&Env::new(), "credentials registry delete n1 --dry-run -o name").fails(1);
    assert_eq!((outcome.stdout.as_str(), server.requests().len()), ("", 2));
}

#[test]
fn h27_an_address_in_an_answer_is_never_called() {
    let elsewhere = FaultServer::start();
    let mut credential = one();
    for key in ["url", "next", "auth_url", "account_login"] {
        credential[key] = elsewhere.url().into();
    }
    let answer =
        Answer::json(200, json!([credential])).header("link", &format!("<{}>; rel=next", elsewhere.url()));
    let (_server, outcome) = list([answer]);
    assert_eq!(outcome.code, Some(0), "{outcome}");
    assert!(elsewhere.requests().is_empty());
}

#[test]
fn h28_h29_h31_h35_h36_each_refusal_has_its_code_and_its_hint() {
    let field = json!([{"loc": ["body", "api_token"], "msg": "too short", "type": "value_error"}]);
    let failure =
        json!({"success": false, "errors": [{"key": "api_token", "message": "Hetzner refuses it"}]});
    let taken = json!({"success": false, "errors": [{"key": "name", "message": "already exists"}]});
    let denied = json!({"detail": "permission_denied", "permission": "credentials.create"});
    let table: [(u16, Value, i32, &[&str]); 10] = [
        (
            401,
            json!({"detail": "Invalid token"}),
            6,
            &["Invalid token", "ANKRA_API_TOKEN is expired or revoked"],
        ),
        (403, denied, 7, &["credentials.create", "signing in again does not help"]),
        (404, json!({"detail": "Organisation not found"}), 3, &["Organisation not found"]),
        (409, json!({"detail": "Name in use"}), 8, &["Name in use", "choose another name"]),
        (422, json!({"detail": field}), 1, &["api_token: too short"]),
        (200, failure.clone(), 1, &["api_token: Hetzner refuses it"]),
        (400, failure, 1, &["api_token: Hetzner refuses it"]),
        (200, taken, 8, &["already exists"]),
        (200, json!({"success": false}), 1, &["the platform refused it and gave no reason"]),
        (429, json!({"detail": "slow down"}), 1, &["slow down", "too many requests"]),
    ];
    for (status, body, code, words) in table {
        let (server, outcome) = create(Answer::json(status, body));
        assert_eq!(outcome.code, Some(code), "{outcome}");
        outcome.says(words);
        assert_eq!(server.writes().len(), 1, "{status}");
    }
}

#[test]
fn h32_a_read_waits_as_it_is_told_but_never_beyond_the_timeout() {
    let table: [(&str, Option<i32>, usize); 9] = [
        ("0", Some(0), 2),
        ("-1", Some(0), 2),
        ("", Some(0), 2),
        ("1", Some(0), 2),
        ("Sun, 06 Nov 1994 08:49:37 GMT", Some(0), 2),
        ("soon", Some(0), 2),
        ("1000000000", Some(1), 1),
        ("99999999999999999999999", Some(1), 1),
        ("Fri, 31 Dec 2100 23:59:59 GMT", Some(1), 1),
    ];
    for (value, code, requests) in table {
        let busy = Answer::json(429, json!({"detail": "slow down"})).header("retry-after", value);
        let (server, outcome) = list([busy, Answer::json(200, json!([]))]);
        assert_eq!((outcome.code, server.requests().len()), (code, requests), "{value}: {outcome}");
    }
}

#[test]
fn reads_are_tried_three_times_where_the_edge_answers() {
    for status in [502, 503, 504] {
        let busy = || Answer::text(status, "text/html", "<html>");
        let (server, outcome) = list([busy(), busy(), Answer::json(200, json!([]))]);
        assert_eq!((outcome.code, server.requests().len()), (Some(0), 3), "{outcome}");
        let (server, outcome) = list([busy()]);
        assert_eq!((outcome.code, server.requests().len()), (Some(1), 3), "{outcome}");
    }
    let (server, _) = list([Answer::json(500, json!({"detail": "x"}))]);
    assert_eq!(server.requests().len(), 1, "the platform itself answered");
}

#[test]
fn h33_h77_a_change_is_sent_once_and_its_fate_is_told() {
    let answers = [
        ("reset", Answer::reset()),
        ("closed", Answer::close()),
        ("silence", Answer::silence()),
        ("cut", raw("content-length: 100", b"{\"succ")),
        ("500", Answer::json(500, json!({"detail": "x"}))),
        ("502", Answer::text(502, "text/html", "<html>")),
        ("503", Answer::json(503, json!({"detail": "x"})).header("retry-after", "0")),
        ("504", Answer::text(504, "text/plain", "")),
    ];
    for (what, answer) in answers {
        let (server, outcome) = create_within(if what == "silence" { 3 } else { 60 }, answer);
        gate("POSTs beyond one for a failure whose outcome is unknown", server.writes().len() - 1, 1);
        assert_eq!((outcome.code, server.writes().len()), (Some(5), 1), "{what}: {outcome}");
        outcome.says(&["cannot tell whether this was done", "ankra credentials list"]);
    }
}

#[test]
fn h34_a_secret_that_the_server_repeats_is_redacted() {
    let secret = unique("echo", 64);
    let forms = [
        json!({"detail": format!("bad token {secret}")}),
        json!({"detail": [{"loc": ["body", "api_token"], "msg": format!("{secret} is bad"), "input": secret}]}),
        json!({"success": false, "errors": [{"key": "api_token", "message": format!("not {secret}!")}]}),
    ];
    for (status, body) in [(400, forms[0].clone()), (422, forms[1].clone()), (200, forms[2].clone())] {
        let server = FaultServer::start();
        server.on("POST", HETZNER, [Answer::json(status, body)]);
        let line = "credentials hetzner create --name my-token --api-token-stdin -vvv";
        let outcome = server.ankra(&Env::new(), line).stdin(secret.as_str()).run();
        assert!(!outcome.all().contains(&secret), "{outcome}");
        outcome.says(&["<redacted>"]);
    }
}

#[test]
fn h30_deleting_what_is_gone_is_not_found_or_done() {
    let server = FaultServer::start();
    server.on("GET", LIST, [Answer::json(200, json!([one()]))]).on(
        "DELETE",
        &format!("/api/v1/org/credentials/{ID}"),
        [Answer::json(404, json!({"detail": "gone"}))],
    );
    server.ankra(&Env::new(), "credentials delete one --yes").fails(3);
    server.ankra(&Env::new(), "credentials delete one --yes --ignore-not-found").ok();
    server.ankra(&Env::new(), "credentials delete other --yes").fails(3);
    server.ankra(&Env::new(), "credentials delete other --yes --ignore-not-found").ok();
}

#[test]
fn h68_a_proxy_is_never_used_for_this_machine() {
    let proxy = FaultServer::start();
    let server = FaultServer::start();
    server.on("GET", LIST, [Answer::json(200, json!([]))]);
    let env = Env::new();
    let mut run = server.ankra(&env, "credentials list -v");
    for name in ["HTTP_PROXY", "http_proxy", "HTTPS_PROXY", "ALL_PROXY", "all_proxy"] {
        run = run.env(name, proxy.url());
    }
    run.ok();
    assert!(proxy.requests().is_empty());
    let outcome = env
        .line("credentials list -v --timeout 2 --base-url https://platform.invalid")
        .env("ANKRA_API_TOKEN", "token-of-the-test")
        .env("HTTPS_PROXY", proxy.url())
        .run();
    outcome.says(&["HTTPS_PROXY"]);
}

#[test]
fn h78_what_cannot_be_reached_is_named() {
    let closed = Port::closed();
    let env = Env::new();
    let run = |base: &str| {
        env.line("credentials list --timeout 5 --base-url").arg(base).env("ANKRA_API_TOKEN", "t").run()
    };
    let outcome = run(&format!("http://{closed}"));
    assert_eq!(outcome.code, Some(1), "{outcome}");
    outcome.says(&["connection refused", &closed.to_string(), "firewall"]);
    let outcome = run("https://no-such-host.invalid");
    assert_eq!(outcome.code, Some(1), "{outcome}");
    outcome.says(&["no such host", "no-such-host.invalid", "network"]);
}
