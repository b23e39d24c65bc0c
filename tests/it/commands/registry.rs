//! `ankra credentials registry`

mod expiry;
pub mod presets;
mod refresh;
mod set;

use std::fs;

use serde_json::json;

use crate::support::{Answer, End, Env, FaultServer, Platform, Pty, credential, id, unique};

const ONE: &str = "/api/v1/org/helm/credentials/my-ghcr";

/// What a service account's key file has besides its type.
const REST: &str = r#""private_key": "-----BEGIN PRIVATE KEY-----\nAAAA\n", "client_email": "a@b.example""#;

/// `my-ghcr` as the platform shows it.
fn shown() -> Answer {
    Answer::json(200, json!({"id": id(1), "name": "my-ghcr", "username": "octocat"}))
}

#[test]
fn user_name_and_password_are_asked_for() {
    let env = Env::new();
    let password = unique("pw", 30);
    let mut pty = Pty::start(env.line("--sandbox credentials registry create --name my-ghcr"));
    // The last of them: any other registry.
    pty.expect("Kind of registry").expect_hidden().send("\u{1b}[A\r");
    pty.expect("Registry user name: ").send("octocat\r");
    pty.expect("Registry password or token: ")
        .expect_hidden()
        .send(&format!("{password}\r"))
        .expect("received");
    let shown = pty.ok();
    assert!(shown.contains("octocat") && !shown.contains(&password), "{shown}");
    let one = env.line("--sandbox credentials registry get my-ghcr -o json").ok().json();
    assert_eq!((&one["name"], &one["username"]), (&"my-ghcr".into(), &"octocat".into()));
    assert!(one.get("password").is_none());
}

#[test]
fn a_missing_user_name_is_named_without_a_terminal() {
    let outcome = Env::new()
        .line("--sandbox credentials registry create --name my-ghcr --password-stdin")
        .stdin("x")
        .fails(2);
    outcome.says(&["missing: --username"]);
    let (env, server) = (Env::new(), FaultServer::start());
    for line in ["create --name my-ghcr --password-stdin", "create --name x --username u", "update my-ghcr"] {
        server.ankra(&env, &format!("credentials registry {line}")).fails(2).says(&["missing: "]);
    }
    assert!(server.requests().is_empty(), "{:?}", server.lines());
}

#[test]
fn a_key_file_of_several_lines_is_stored_whole() {
    let env = Env::new();
    let key = env.home().join("key.json");
    let text = format!("{{\n  \"type\": \"service_account\",\n  {REST}\n}}\n");
    fs::write(&key, format!("{text}\n")).unwrap();
    let server = FaultServer::start();
    server.on("POST", "/api/v1/org/helm/credentials", [Answer::done()]);
    let line = "credentials registry create --name my-gar --username _json_key --password-from";
    server.ankra(&env, line).arg(format!("file:{}", key.display())).ok();
    // One line end is the editor's; the other belongs to the key.
    assert_eq!(server.writes()[0].json()["password"], text);
}

#[test]
fn a_password_comes_from_every_source_and_by_its_other_names() {
    let env = Env::new();
    let password = unique("pw", 30);
    let file = env.home().join("password");
    fs::write(&file, format!("{password}\r\n")).unwrap();
    let bundle = json!({"password": password}).to_string();
    let dotenv = format!("REGISTRY_PASSWORD=\"{password}\"\n");
    let (path, command) = (format!("file:{}", file.display()), format!("command:cat {}", file.display()));
    let sources: [(&[&str], &str); 10] = [
        (&["--password-stdin"], &password),
        (&["--password-from", "stdin"], &password),
        (&["--password-from", "fd:0"], &password),
        (&["--password-from", &path], ""),
        (&["--password-from", &command], ""),
        (&["--password-from", "env:PW"], ""),
        (&["--token-from", "env:PW"], ""),
        (&["--secrets-from", "stdin"], &bundle),
        (&["--secrets-from", "fd:0"], &dotenv),
        (&["--secrets-from", "env:BUNDLE"], ""),
    ];
    for (args, stdin) in sources {
        let server = FaultServer::start();
        server.on("POST", "/api/v1/org/helm/credentials", [Answer::done()]);
        let mut run = server.ankra(&env, "credentials registry create --name my-ghcr --username u");
        run.command.args(args);
        run.env("PW", &password).env("BUNDLE", &bundle).stdin(stdin).ok();
        assert_eq!(server.writes()[0].json()["password"], password, "{args:?}");
    }
}

#[test]
fn a_list_holds_registry_credentials_only() {
    let env = Env::new();
    let empty = env.line("--sandbox credentials registry list").ok();
    empty.says(&["No registry credentials in organisation sandbox of the sandbox."]);
    assert_eq!(env.line("--sandbox credentials registry list -o json").ok().json(), json!([]));
    let listed = env.line("--sandbox --org demo credentials registry list -o json").ok().json();
    let names: Vec<&str> =
        listed.as_array().unwrap().iter().map(|one| one["name"].as_str().unwrap()).collect();
    assert_eq!(names, ["demo-ghcr", "unused-registry"]);
    assert!(listed[0]["id"].is_string() && listed[0]["created_at"].is_string());
}

#[test]
fn if_not_exists_is_safe_to_run_twice() {
    let env = Env::new();
    let line = "--sandbox credentials registry create --name my-ghcr --username u --password-stdin -o json";
    let first = env.line(line).arg("--if-not-exists").stdin("one").ok().json();
    let second = env.line(line).arg("--if-not-exists").stdin("two").ok();
    assert_eq!(second.json()["id"], first["id"]);
    second.says(&[
        "The credential my-ghcr exists already in organisation sandbox of the sandbox; nothing was changed.",
    ]);
    let taken = env.line(line).stdin("three").fails(8);
    assert_eq!(taken.json_error()["kind"], "conflict");
}

#[test]
fn if_not_exists_holds_when_another_run_was_faster() {
    let there = Answer::json(200, json!([credential(1, "my-ghcr", "registry")]));
    let server = FaultServer::start();
    server.on("GET", "/api/v1/org/credentials", [Answer::json(200, json!([])), there]).on(
        "POST",
        "/api/v1/org/helm/credentials",
        [Answer::json(409, json!({"detail": "taken"}))],
    );
    let line =
        "credentials registry create --name my-ghcr --username u --password-stdin --if-not-exists -o name";
    let outcome = server.ankra(&Env::new(), line).stdin("p").ok();
    assert_eq!(outcome.stdout, "my-ghcr\n");
    assert_eq!(server.writes().len(), 1, "the password is not sent again");
}

#[test]
fn a_dry_run_sends_nothing_and_needs_nothing() {
    let (env, server) = (Env::new(), FaultServer::start());
    let base = server.url();
    let table = [
        (
            "create --name my-ghcr --username u",
            json!({"method": "POST", "url": format!("{base}/api/v1/org/helm/credentials"), "would_be_sent": true, "body":
                {"name": "my-ghcr", "username": "u", "password": "<redacted>"}}),
        ),
        (
            "update my-ghcr --username u",
            json!({"method": "PUT", "url": format!("{base}{ONE}"), "would_be_sent": true, "body":
                {"username": "u", "password": "<redacted>"}}),
        ),
        (
            "update my-ghcr",
            json!({"method": "PUT", "url": format!("{base}{ONE}"), "would_be_sent": true, "body":
                {"username": "<kept as it is>", "password": "<redacted>"}}),
        ),
    ];
    for (line, expected) in table {
        let secret = unique("pw", 30);
        let line = format!("credentials registry {line} --dry-run -o json");
        for run in [env.line(&line), env.line(&line).arg("--password-stdin").stdin(secret.as_str())] {
            let outcome = run.env("ANKRA_BASE_URL", &base).ok();
            let mut shown = outcome.json();
            let place = ["organisation", "profile", "platform"].map(|field| shown[field].take());
            assert_eq!(place, [json!(null), json!(null), json!(base)], "{outcome}");
            shown.as_object_mut().unwrap().retain(|_, value| !value.is_null());
            assert_eq!(shown, expected);
            assert!(!outcome.all().contains(&secret));
        }
    }
    assert!(server.requests().is_empty());
    let line = "credentials registry create --name x --username u --dry-run --secrets-from stdin";
    env.line(line).stdin("{}").fails(2).says(&[
        "stdin has no password (it is empty)",
        "REGISTRY_PASSWORD",
        "--password-from SOURCE",
    ]);
}

#[test]
fn a_dry_run_asks_for_no_secret() {
    let env = Env::new();
    for line in ["update my-ghcr", "create --name my-ghcr --username u"] {
        let line = format!("credentials registry {line} --dry-run --base-url http://127.0.0.1:1");
        let shown = Pty::start(env.line(&line)).ok();
        assert!(shown.contains("<redacted>") && !shown.contains("token: "), "{shown}");
    }
}

#[test]
fn a_credential_is_found_by_name_and_by_id() {
    let env = Env::new();
    let line = "--sandbox credentials registry create --name my-ghcr --username u --password-stdin -o json";
    let id = env.line(line).stdin("p").ok().json()["id"].as_str().unwrap().to_owned();
    let by_id = env.line(&format!("--sandbox credentials registry get {id} -o name")).ok();
    assert_eq!(by_id.stdout, "my-ghcr\n");
    env.line("--sandbox credentials registry get other").fails(3);
}

#[test]
fn an_update_changes_the_password_and_keeps_the_user_name() {
    let env = Env::new();
    let create = "--sandbox credentials registry create --name my-ghcr --username octocat --password-stdin";
    env.line(create).stdin("old").ok();
    let update = "--sandbox credentials registry update my-ghcr";
    let shown = env.line(&format!("{update} --password-stdin -o json")).stdin("new").ok().json();
    assert_eq!(shown["username"], "octocat");
    // Registries tell large letters from small ones.
    for kept in ["--username robot$Team+X", ""] {
        let line = format!("{update} {kept} --password-stdin -o json");
        assert_eq!(env.line(&line).stdin("new").ok().json()["username"], "robot$Team+X");
    }
    let shown =
        env.line(&format!("{update} --username hubot --password-stdin -o json")).stdin("new").ok().json();
    assert_eq!(shown["username"], "hubot");
    let mut pty = Pty::start(env.line(update));
    pty.expect("Registry password or token: ").expect_hidden().send("newer\r");
    pty.ok();
    let preview = env.line(&format!("{update} --username u --dry-run -o json")).ok().json();
    assert_eq!((&preview["method"], &preview["body"]["password"]), (&"PUT".into(), &"<redacted>".into()));
}

#[test]
fn an_update_of_what_is_not_there_is_told_before_the_password_is_asked_for() {
    let env = Env::new();
    let mut pty = Pty::start(env.line("--sandbox credentials registry update my-ghcr"));
    assert_eq!(pty.end(), End::Code(3));
    assert!(!pty.transcript().contains("password or token:"), "{}", pty.transcript());
}

#[test]
fn an_update_is_shown_as_what_is_known_of_it() {
    let server = FaultServer::start();
    server.on("GET", ONE, [shown()]).on("PUT", ONE, [Answer::text(200, "application/json", "")]);
    let line = "credentials registry update my-ghcr --username hubot --password-stdin -o json";
    let outcome = server.ankra(&Env::new(), line).stdin("new").ok();
    outcome.says(&[&format!("Updated the registry credential my-ghcr at {}.", server.url())]);
    let result = outcome.json();
    assert_eq!((&result["id"], &result["username"]), (&json!(id(1)), &json!("hubot")));
    assert!(result["updated_at"].is_null(), "the time before would be wrong");
    assert_eq!(server.writes()[0].json(), json!({"username": "hubot", "password": "new"}));
}

#[test]
fn a_web_page_is_no_proof_that_something_was_changed() {
    let page = Answer::text(200, "text/html", "<html>the web app</html>");
    let server = FaultServer::start();
    server.on("GET", ONE, [shown()]).on("PUT", ONE, [page.clone()]).on("DELETE", ONE, [page]).on(
        "GET",
        "/api/v1/org/helm/credentials",
        [Answer::json(200, json!({"credentials": [{"id": id(1), "name": "my-ghcr"}], "total_count": 1}))],
    );
    for line in ["update my-ghcr --password-stdin", "delete my-ghcr --yes"] {
        let line = format!("credentials registry {line}");
        server
            .ankra(&Env::new(), &line)
            .stdin("new")
            .fails(5)
            .says(&["cannot tell whether this was done", "not JSON"]);
    }
    assert_eq!(server.writes().len(), 2);
}

#[test]
fn h33_an_update_is_sent_once_whatever_comes_back() {
    for (answer, code) in [
        (Answer::json(401, json!({"detail": "x"})), 6),
        (Answer::json(404, json!({"detail": "Not Found"})), 3),
        (Answer::json(409, json!({"detail": "x"})), 8),
        (Answer::json(503, json!({"detail": "x"})), 5),
        (Answer::json(200, json!({"success": false, "errors": [{"key": "password", "message": "x"}]})), 1),
        (Answer::reset(), 5),
    ] {
        let server = FaultServer::start();
        server.on("GET", ONE, [shown()]).on("PUT", ONE, [answer]);
        server
            .ankra(&Env::new(), "credentials registry update my-ghcr --password-stdin")
            .stdin("new")
            .fails(code);
        assert_eq!(server.writes().len(), 1);
    }
}

#[test]
fn a_delete_tells_which_registries_break() {
    let env = Env::new();
    let mut pty = Pty::start(env.line("--sandbox --org demo credentials registry delete demo-ghcr"));
    pty.expect("registry credential demo-ghcr (id ").expect("used by 2 registries");
    pty.expect("demo-apps")
        .expect("demo-charts")
        .expect("Delete the registry credential demo-ghcr in organisation demo of the sandbox? [y/N] ")
        .send("y\r");
    pty.ok();
    env.line("--sandbox --org demo credentials registry delete demo-ghcr --yes").fails(3);
    env.line("--sandbox --org demo credentials registry delete demo-ghcr --yes --ignore-not-found").ok();
}

#[test]
fn who_may_only_read_is_told_the_permission() {
    let env = Env::new();
    let platform = Platform::start(&env);
    let list = platform.viewer(&env, "credentials registry list -o name").ok();
    assert_eq!(list.stdout, "demo-ghcr\nunused-registry\n");
    let create = "credentials registry create --name mine --username u --password-stdin";
    let outcome = platform.viewer(&env, create).stdin("p").fails(7);
    outcome.says(&["permission credentials.create"]);
    platform.viewer(&env, "credentials registry delete demo-ghcr --yes").fails(7);
}

#[test]
fn a_registry_name_is_unique_across_kinds() {
    let env = Env::new();
    let line =
        "--sandbox --org demo credentials registry create --name demo-hetzner --username u --password-stdin";
    env.line(line).stdin("p").fails(8);
    env.line(&format!("{line} --if-not-exists"))
        .stdin("p")
        .fails(8)
        .says(&["demo-hetzner is a Hetzner credential"]);
}
