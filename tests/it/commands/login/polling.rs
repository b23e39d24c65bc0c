//! How the token is collected while a person signs in.

use std::{fs, time::Duration};

use serde_json::json;

use crate::support::{
    Answer, Authority, Certificate, End, Env, FaultServer, Outcome, Pty, Recorded, TlsFront, unique,
};

const POLL: &str = "/api/v1/cli/login/poll";

fn sign_in(env: &Env, server: &FaultServer, options: &str) -> Outcome {
    env.line(&format!("login --web {options} --base-url")).arg(server.url()).run()
}

fn polls(server: &FaultServer) -> Vec<Recorded> {
    server.requests().into_iter().filter(|one| one.target == POLL).collect()
}

fn pause(between: &[Recorded], first: usize) -> Duration {
    between[first + 1].at - between[first].at
}

#[test]
fn the_token_is_collected_proved_and_saved() {
    let (env, server, token) = (Env::new(), FaultServer::with_organisation(), unique("tok", 40));
    let answers =
        [Answer::pending("awaiting_approval"), Answer::json(200, json!({})), Answer::collected(&token)];
    server.signs_in(answers);
    let outcome = sign_in(&env, &server, "");
    assert_eq!(outcome.code, Some(0), "{outcome}");
    assert_eq!(outcome.stdout, "");
    outcome.says(&[
        &format!("Sign in at {} within ten minutes", server.url().trim_start_matches("http://")),
        "This machine is ",
        "Approve only if you started this",
        "Signed in to ",
    ]);
    assert!(!outcome.all().contains(&token) && !outcome.all().contains("without questions"), "{outcome}");
    let text = fs::read_to_string(env.login_file()).unwrap();
    assert!(text.contains(&token), "{text}");
    let sent = server.requests().pop().unwrap();
    assert_eq!(sent.header("authorization"), Some(format!("Bearer {token}").as_str()));
    // It is asked for at once, and then every two seconds.
    let asked = polls(&server);
    assert_eq!(asked.len(), 3);
    for first in [0, 1] {
        assert!(pause(&asked, first) > Duration::from_secs(1), "{:?}", pause(&asked, first));
    }
}

#[test]
fn the_address_is_whole_and_alone_on_its_line_at_any_width() {
    for columns in [20, 40, 80] {
        for options in ["", "--quiet", "-o json", "--color always", "--no-input"] {
            let (env, server) = (Env::new(), FaultServer::start());
            server.signs_in([Answer::json(410, json!({"detail": "gone"}))]);
            let run = env.line(&format!("login --web {options} --base-url")).arg(server.url());
            let mut pty = Pty::sized(run, columns, |_| {});
            assert_eq!(pty.end(), End::Code(5));
            let shown = pty.transcript();
            let is_there = shown.lines().any(|line| line == server.page());
            assert!(is_there, "{columns} {options}: {shown}");
        }
    }
}

#[test]
fn what_passes_is_waited_for() {
    let blips = [
        Answer::close(),
        Answer::reset(),
        Answer::json(500, json!({"detail": "down"})),
        Answer::json(503, json!({})),
        Answer::json(408, json!({})),
        Answer::json(425, json!({})),
        Answer::text(429, "text/html", "slow down"),
        Answer::text(200, "text/html", "<html>portal</html>"),
        Answer::text(204, "application/json", ""),
        Answer::text(200, "application/json", "{\"token\": \"cut"),
        Answer::json(200, json!(["no object"])),
        Answer::text(200, "application/json", vec![b' '; 2 << 20]),
    ];
    // Each alone, at the same time.
    std::thread::scope(|scope| {
        for blip in blips {
            scope.spawn(move || {
                let (env, server) = (Env::new(), FaultServer::with_organisation());
                server.signs_in([blip.clone(), Answer::collected("a-token-of-the-test")]);
                let outcome = sign_in(&env, &server, "");
                assert_eq!(outcome.code, Some(0), "{blip:?}: {outcome}");
                assert!(!outcome.stderr.contains("warning"), "one is nobody's business: {outcome}");
                assert_eq!(polls(&server).len(), 2);
            });
        }
    });
}

#[test]
fn trouble_that_lasts_is_told_once_and_a_slow_answer_is_given_the_time_of_a_request() {
    let (env, server) = (Env::new(), FaultServer::with_organisation());
    let down = || Answer::json(503, json!({"detail": "the edge is down"}));
    server.signs_in([down(), Answer::silence(), down(), down(), Answer::collected("a-token-of-the-test")]);
    let outcome = sign_in(&env, &server, "--timeout 3");
    assert_eq!(outcome.code, Some(0), "{outcome}");
    let told: Vec<&str> = outcome.stderr.lines().filter(|line| line.starts_with("warning: ")).collect();
    assert_eq!(told, ["warning: the platform gives no answer of use for now, trying on: the edge is down"]);
    let asked = polls(&server);
    assert!(pause(&asked, 1) > Duration::from_millis(2500), "{:?}", pause(&asked, 1));
}

#[test]
fn the_platform_is_left_alone_for_as_long_as_it_wants() {
    let (env, server) = (Env::new(), FaultServer::with_organisation());
    let busy = Answer::json(429, json!({"detail": "slow down"})).header("retry-after", "5");
    server.signs_in([busy, Answer::collected("a-token-of-the-test")]);
    assert_eq!(sign_in(&env, &server, "").code, Some(0));
    assert!(pause(&polls(&server), 0) > Duration::from_secs(4));
}

#[test]
fn whatever_else_the_platform_says_ends_the_sign_in_at_once_and_changes_nothing() {
    let detail = |status, text: &str| Answer::json(status, json!({"detail": text}));
    let lacking = json!({"detail": "permission_denied", "permission": "tokens.create"});
    for (answer, code, said) in [
        (detail(410, "Login has expired or was collected"), 5, "the sign-in expired"),
        (detail(403, "The user denied the request"), 4, "the sign-in was denied in the browser"),
        (detail(403, "Login was declined"), 4, "Login was declined"),
        (detail(403, "Rejected"), 4, "Rejected"),
        (Answer::pending("denied"), 4, "the sign-in was denied in the browser"),
        (detail(403, "Code verifier was refused"), 6, "Code verifier was refused"),
        (Answer::text(403, "text/html", "<html>Access denied</html>"), 6, "the platform answered 403"),
        (detail(401, "Who is this"), 6, "the platform refuses this sign-in"),
        (Answer::json(403, lacking), 7, "your role lacks the permission tokens.create"),
        (detail(426, "Use 2.0 or newer"), 1, "this program is too old for the platform"),
        (detail(404, "No such ticket"), 1, "No such ticket"),
        (detail(409, "Name in use"), 1, "Name in use"),
        (detail(422, "ticket: malformed"), 1, "ticket: malformed"),
        (detail(307, "elsewhere").header("location", "https://evil.example/"), 1, "a redirect"),
    ] {
        let (env, server) = (Env::new(), FaultServer::start());
        server.signs_in([answer]);
        env.signed_in(&server.url(), "the-old-one");
        let before = fs::read(env.login_file()).unwrap();
        let outcome = sign_in(&env, &server, "--profile work");
        assert_eq!(outcome.code, Some(code), "{outcome}");
        outcome.says(&[said, "not signed in to ", "nothing was saved"]);
        let again = format!("begin again with: ankra login --profile work --base-url {} --web", server.url());
        assert_eq!(outcome.stderr.contains(&again), [4, 5, 6].contains(&code), "{outcome}");
        assert_eq!(polls(&server).len(), 1);
        assert_eq!(fs::read(env.login_file()).unwrap(), before);
    }
}

#[test]
fn nothing_that_stands_beside_a_token_spoils_it() {
    for beside in [
        json!({}),
        json!({"expires_at": null, "token_id": null, "token_name": null, "status": null}),
        json!({"expires_at": "", "token_id": 7, "mfa_required": "no"}),
        json!({"expires_at": 1_790_000_000, "token_name": ["a"], "status": {"is": "good"}}),
        json!({"expires_at": "the day after tomorrow", "status": "mfa_pending"}),
        // Whatever this machine's clock says of it.
        json!({"expires_at": "1999-01-01T00:00:00Z"}),
    ] {
        let (env, server, mut answer) = (Env::new(), FaultServer::with_organisation(), beside.clone());
        answer["token"] = "a-token-of-the-test".into();
        server.signs_in([Answer::json(200, answer)]);
        let outcome = sign_in(&env, &server, "");
        assert_eq!(outcome.code, Some(0), "{beside}: {outcome}");
        assert!(fs::read_to_string(env.login_file()).unwrap().contains("a-token-of-the-test"));
    }
}

#[test]
fn a_second_factor_is_told_once() {
    let asks = json!({"token": null, "mfa_required": true, "status": "awaiting_approval"});
    let asks = [Answer::pending("mfa_pending"), Answer::pending("mfa_required"), Answer::json(200, asks)];
    // Each says it alone, too.
    for said in [&asks[..], &asks[..1], &asks[1..2], &asks[2..]] {
        let (env, server) = (Env::new(), FaultServer::with_organisation());
        server.signs_in(said.iter().cloned().chain([Answer::collected("a-token-of-the-test")]));
        let outcome = sign_in(&env, &server, "");
        assert_eq!(outcome.code, Some(0), "{outcome}");
        assert_eq!(outcome.stderr.matches("A second factor is asked for").count(), 1, "{outcome}");
    }
}

#[test]
fn a_certificate_that_is_refused_ends_the_sign_in_with_its_cause_at_any_time() {
    let (env, server, authority) = (Env::new(), FaultServer::start(), Authority::new());
    let usual = Certificate::default();
    let tls = TlsFront::start(&server, Some(&authority), &usual);
    let untrusted = "its certificate is signed by nobody who is trusted";
    let outcome = env.line("login --web --base-url").arg(tls.url()).fails(1);
    outcome.says(&[untrusted, "nothing was saved"]);
    assert_eq!(server.lines(), [""; 0]);

    // Somebody gets in between when the person is in the browser.
    let tls = TlsFront::replaced(&server, [(&authority, &usual), (&Authority::new(), &usual)]);
    let begun = json!({"auth_url": format!("{}/sign-in", tls.url()), "ticket": "t"});
    let begun = Answer::json(200, begun).header("connection", "close");
    server.on("GET", "/api/v1/cli/login/init", [begun]);
    let run = env.line("login --web --base-url").arg(tls.url()).env("SSL_CERT_FILE", authority.file(&env));
    let outcome = run.fails(1);
    outcome.says(&[&format!("\n{}/sign-in\n", tls.url()), untrusted, "nothing was saved"]);
    assert_eq!(server.requests().len(), 1, "{:?}", server.lines());
}

#[test]
fn a_token_that_is_not_proved_is_not_saved() {
    let (env, server) = (Env::new(), FaultServer::start());
    server.signs_in([Answer::collected("a-token-of-the-test")]);
    server.on("GET", "/api/v1/org/organisation", [Answer::json(500, json!({"detail": "down"}))]);
    let outcome = sign_in(&env, &server, "");
    assert_eq!(outcome.code, Some(1), "{outcome}");
    outcome.says(&["nothing was saved", "down"]);
    assert!(!outcome.all().contains("a-token-of-the-test") && !env.login_file().exists());
}

#[test]
fn a_collected_token_that_is_refused_is_not_told_as_one_that_was_copied() {
    let (env, server) = (Env::new(), FaultServer::start());
    server.signs_in([Answer::collected("the-token")]);
    server.on("GET", "/api/v1/org/organisation", [Answer::json(401, json!({"detail": "no such token"}))]);
    let outcome = sign_in(&env, &server, "");
    assert_eq!(outcome.code, Some(6), "{outcome}");
    outcome.says(&["not signed in to http", "nothing was saved", "no such token", "ankra login"]);
    assert!(!outcome.stderr.contains("copy it again"), "{outcome}");
}
