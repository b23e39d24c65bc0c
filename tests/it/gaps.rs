//! What a platform leaves out, and requests that only help: numbers 124 to 126 of the catalogue, and how
//! long a command waits in all (number 116).

use std::time::Duration;

use serde_json::{Value, json};

use crate::support::{
    Answer, End, Env, FaultServer, ID, ORGANISATION, Pty, Step, figure, gate, hetzner_token,
};

const NAME_CHECK: &str = "/api/v1/org/credentials/validate";
const KEY: &str = "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIJdD7y3aLq454yWBdwLWbieU1ebz9/cu7/QEXn9OIeZJ me";
const ORGANISATIONS: &str = "/api/v1/org/organisation";

/// An answer that is written after a while.
fn late(pause: Duration, body: &Value) -> Answer {
    let body = body.to_string();
    let head = format!(
        "HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: {}\r\n\r\n{body}",
        body.len()
    );
    Answer::Script(vec![Step::Wait(pause), Step::Write(head.into_bytes())])
}

#[test]
fn h124_null_for_a_list_is_an_empty_list() {
    for line in [
        "credentials list",
        "credentials hetzner list",
        "credentials ovh list",
        "credentials ovh ssh-key list",
        "credentials ssh-key list",
        "credentials registry list",
    ] {
        let server = FaultServer::start();
        server.on_every_request(Answer::json(200, json!(null)));
        let outcome = server.ankra(&Env::new(), &format!("{line} -o json")).ok();
        assert_eq!(outcome.stdout.trim(), "[]", "{line}: {outcome}");
    }
    for body in [json!(null), json!({"credentials": null, "total_count": null})] {
        let server = FaultServer::start();
        server.on_every_request(Answer::json(200, body));
        let line = "credentials registry delete none --yes --ignore-not-found";
        server.ankra(&Env::new(), line).ok().says(&["There is no registry credential none"]);
    }
}

#[test]
fn h124_an_organisation_without_a_name_is_shown_by_what_it_has() {
    let nameless =
        json!([{"organisation_id": ORGANISATION, "name": null, "slug": null, "user_current": true}]);
    for body in [nameless, json!([{"organisation_id": ORGANISATION}]), json!(null), json!([])] {
        let server = FaultServer::start();
        server.on("GET", ORGANISATIONS, [Answer::json(200, body.clone())]);
        let env = Env::new();
        let status = server.ankra(&env, "status -o json").run();
        let login = env
            .line("login --with-token --api-token-stdin --base-url")
            .arg(server.url())
            .stdin("token-of-the-test")
            .run();
        for outcome in [status, login] {
            assert!(matches!(outcome.code, Some(0 | 1 | 6 | 7)), "{body}: {outcome}");
            assert!(!outcome.stderr.contains("unexpected"), "{body}: {outcome}");
            if body[0]["user_current"] == true {
                assert_eq!(outcome.code, Some(0), "{body}: {outcome}");
                let shown = format!("{}{}", outcome.stdout, outcome.stderr);
                assert!(shown.contains(ORGANISATION), "{body}: {outcome}");
            }
        }
        // One that is named is looked for among the others.
        if body.as_array().is_some_and(|all| !all.is_empty()) {
            let other = server.ankra(&env, "--org nowhere credentials list").fails(3);
            other.says(&[ORGANISATION]);
        }
    }
}

#[test]
fn h125_a_failure_without_a_reason_is_said_to_have_none() {
    for body in [
        json!({"success": false}),
        json!({"success": false, "errors": []}),
        json!({"success": false, "errors": null, "message": null}),
        json!({"success": false, "errors": [], "message": ""}),
        json!({"success": false, "errors": [{"key": null, "message": ""}]}),
        json!({"success": false, "errors": [{"key": "", "message": null}]}),
        json!({"success": false, "detail": " ", "message": {"a": 1}}),
    ] {
        let server = FaultServer::start();
        server.on("POST", "/api/v1/credentials/hetzner", [Answer::json(200, body.clone())]);
        let line = "credentials hetzner create --name my-token --api-token-stdin";
        let outcome = server.ankra(&Env::new(), line).stdin(hetzner_token()).fails(1);
        outcome.says(&["gave no reason"]);
    }
}

/// What a request that only helps may get without the command failing.
fn troubles() -> [(&'static str, Answer); 6] {
    [
        ("a failure", Answer::json(500, json!({"detail": "oops"}))),
        ("too many requests", Answer::json(429, json!({})).header("retry-after", "3600")),
        ("no JSON", Answer::text(200, "text/html", "<p>hello</p>")),
        ("a reset", Answer::reset()),
        ("silence", Answer::silence()),
        ("an empty body", Answer::text(200, "application/json", "")),
    ]
}

/// A command that asks for a secret, at a terminal.
const CREATE: &str = "credentials hetzner create --name my-token";

#[test]
fn h126_a_name_that_cannot_be_checked_is_sent_all_the_same() {
    let refused = ("no right to", Answer::json(403, json!({"detail": "no"})));
    for (trouble, answer) in troubles().into_iter().chain([refused]) {
        let server = FaultServer::start();
        server.creates("hetzner").on("GET", NAME_CHECK, [answer]).accept_everything(json!({}));
        let env = Env::new();
        let mut pty = Pty::start(server.ankra(&env, &format!("{CREATE} --timeout 8")));
        pty.expect("API token: ").expect_hidden().send(&format!("{}\r", hetzner_token()));
        let shown = pty.ok();
        assert!(shown.contains("Stored"), "{trouble}: {shown}");
        assert_eq!(server.writes().len(), 1, "{trouble}");
    }
}

#[test]
fn h126_a_refusal_ends_the_command_before_a_secret_is_asked_for() {
    for (status, code) in [(401, 6), (409, 8)] {
        let server = FaultServer::start();
        server.on("GET", NAME_CHECK, [Answer::json(status, json!({"detail": "no"}))]);
        let env = Env::new();
        let mut pty = Pty::start(server.ankra(&env, CREATE));
        assert_eq!(pty.end(), End::Code(code));
        assert!(server.writes().is_empty(), "{status}");
    }
}

#[test]
fn a_name_is_checked_while_a_person_types_and_the_answer_counts_after_that() {
    let taken = json!({"valid": false, "message": "A credential named my-token already exists"});
    // Later than a prompt waits, and earlier than this test types.
    let server = FaultServer::start();
    server.on("GET", NAME_CHECK, [late(Duration::from_millis(1_500), &taken)]);
    let env = Env::new();
    let mut pty = Pty::start(server.ankra(&env, CREATE));
    pty.expect("API token: ").expect_hidden();
    std::thread::sleep(Duration::from_millis(2_500));
    assert!(pty.transcript().ends_with("API token: "), "{}", pty.transcript());
    pty.send(&format!("{}\r", hetzner_token()));
    assert_eq!(pty.end(), End::Code(8));
    let shown = pty.transcript();
    let place = |text: &str| shown.find(text).unwrap_or_else(|| panic!("{shown}"));
    assert!(place("received") < place("the name my-token is taken"), "{shown}");
    assert!(server.writes().is_empty());
}

/// The error of `line`, which is refused because of the name, wherever the server is.
fn refused_name(server: &FaultServer, line: &str) -> Value {
    let secret = if line.contains("ssh-key") { KEY.to_owned() } else { hetzner_token() };
    let outcome = server.ankra(&Env::new(), &format!("{line} -o json")).stdin(secret).fails(8);
    let mut error = outcome.json_error();
    let message = error["message"].as_str().unwrap().replace(&server.url(), "@");
    error["message"] = message.into();
    error
}

/// The error of a name that is checked in vain, for this reason.
fn checked_name(message: &str) -> Value {
    let server = FaultServer::start();
    server.on("GET", NAME_CHECK, [Answer::json(200, json!({"valid": false, "message": message}))]);
    refused_name(&server, &format!("{CREATE} --dry-run"))
}

#[test]
fn a_name_is_not_checked_where_nobody_is_asked_and_a_refusal_has_the_same_words() {
    let message = "A credential named my-token already exists";
    let check = checked_name(message);
    assert_eq!(check["message"], "the name my-token is taken at @");
    assert_eq!(check["causes"], json!([message]));
    let creates = [
        ("/api/v1/credentials/hetzner", "hetzner create --name my-token --api-token-stdin"),
        ("/api/v1/credentials/ovh/ssh-key", "ovh ssh-key create --name my-token --public-key -"),
        ("/api/v1/org/helm/credentials", "registry create --name my-token --username u --password-stdin"),
    ];
    for (status, answer) in [
        (200, json!({"success": false, "errors": [{"key": "name", "message": message}]})),
        (400, json!({"success": false, "errors": [{"key": "name", "message": message}]})),
        (409, json!({"detail": message})),
        (400, json!({"detail": message})),
        (200, json!({"success": false, "message": message})),
        (422, json!({"detail": [{"loc": ["body", "name"], "msg": message, "type": "x"}]})),
    ] {
        for (path, line) in creates {
            let server = FaultServer::start();
            server.on("POST", path, [Answer::json(status, answer.clone())]);
            let refused = refused_name(&server, &format!("credentials {line}"));
            assert_eq!(refused, check, "{status} {answer} {path}");
            assert_eq!(server.requests().len(), 1, "{path}");
        }
    }
    let rule = "Use lowercase letters, digits and hyphens";
    let server = FaultServer::start();
    let errors = json!({"success": false, "errors": [{"key": "name", "message": rule}]});
    server.on("POST", creates[0].0, [Answer::json(200, errors)]);
    assert_eq!(refused_name(&server, &format!("credentials {}", creates[0].1)), checked_name(rule));
}

#[test]
fn a_refusal_that_only_sounds_like_a_taken_name_is_none() {
    for (status, body, code) in [
        (500, json!({"detail": "name already exists"}), 5),
        (403, json!({"detail": "the name is in use"}), 7),
        (400, json!({"detail": "the token is already revoked"}), 1),
        (400, json!({"errors": [{"key": "api_token", "message": "already in use"}]}), 1),
    ] {
        let server = FaultServer::start();
        server.on("POST", "/api/v1/credentials/hetzner", [Answer::json(status, body.clone())]);
        let line = format!("{CREATE} --api-token-stdin");
        let outcome = server.ankra(&Env::new(), &line).stdin(hetzner_token()).fails(code);
        assert!(!outcome.stderr.contains("is taken"), "{body}: {outcome}");
    }
}

#[test]
fn h126_what_was_stored_stays_done_when_it_cannot_be_read_back() {
    for (trouble, answer) in troubles() {
        for (create, what) in [
            ("hetzner create --name my-name --api-token-stdin", "hetzner"),
            ("ovh ssh-key create --name my-name --generate", "ovh/ssh-key"),
        ] {
            let server = FaultServer::start();
            server.creates(what);
            server.on_every_request(answer.clone());
            let line = format!("credentials {create} --timeout 4");
            let outcome = server.ankra(&Env::new(), &line).stdin(hetzner_token()).run();
            assert_eq!(outcome.code, Some(0), "{trouble}: {outcome}");
            outcome.says(&["Stored", "cannot be read back"]);
        }
    }
}

#[test]
fn h126_a_deletion_goes_on_where_nothing_tells_what_depends_on_it() {
    for (trouble, answer) in troubles() {
        let server = FaultServer::start();
        let one = json!([{"id": ID, "name": "my-charts", "provider": "registry"}]);
        server.on("GET", "/api/v1/org/credentials", [Answer::json(200, one)]);
        server.on_every_write(Answer::done());
        server.on_every_request(answer);
        let outcome = server.ankra(&Env::new(), "credentials delete my-charts --yes --timeout 8").run();
        assert_eq!(outcome.code, Some(0), "{trouble}: {outcome}");
        outcome.says(&["cannot tell which registries use it", "Deleted"]);
    }
}

#[test]
fn h116_pages_and_tries_share_one_time() {
    let mut over = 0;
    let endless = |count: usize| {
        (0..count).map(|page| {
            let one = json!({"id": format!("id-{page}"), "name": format!("n-{page}"), "username": "u"});
            late(Duration::from_millis(500), &json!({"credentials": [one], "total_count": 1_000_000}))
        })
    };
    let busy = || vec![Answer::json(503, json!({})).header("retry-after", "1")];
    for (line, path, answers) in [
        ("credentials registry delete x", "/api/v1/org/helm/credentials", endless(2_000).collect::<Vec<_>>()),
        ("credentials list", "/api/v1/org/credentials", busy()),
    ] {
        let server = FaultServer::start();
        server.on("GET", path, answers);
        let started = std::time::Instant::now();
        let outcome = server.ankra(&Env::new(), &format!("{line} --timeout 3")).run();
        let took = started.elapsed();
        assert!(matches!(outcome.code, Some(1 | 5)), "{outcome}");
        // A busy machine is slow, but thousands of pages take a quarter of an hour.
        over += usize::from(took > Duration::from_secs(60));
        figure("seconds of a list without end with a timeout of 3", format!("{:.2}", took.as_secs_f64()));
    }
    gate("waits beyond the deadline", over, 2);
    assert_eq!(over, 0);
}
