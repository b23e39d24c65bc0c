//! `ankra credentials registry set`, and `create --or-update`.

use serde_json::{Value, json};

use crate::support::{Answer, Env, FaultServer, Platform, Pty, Run, hetzner_token, id};

const LIST: &str = "/api/v1/org/credentials";
const CREATE: &str = "/api/v1/org/helm/credentials";
const ONE: &str = "/api/v1/org/helm/credentials/my-ghcr";

fn listed(provider: &str) -> Answer {
    Answer::json(200, json!([{"id": id(1), "name": "my-ghcr", "provider": provider}]))
}

fn none() -> Answer {
    Answer::json(200, json!([]))
}

fn taken() -> Answer {
    Answer::json(409, json!({"detail": "A credential with this name already exists"}))
}

fn set(env: &Env, server: &FaultServer) -> Run {
    server.ankra(env, "credentials registry set my-ghcr --username u --password-stdin").stdin("the-password")
}

fn writes(server: &FaultServer) -> Vec<String> {
    server.writes().iter().map(|one| format!("{} {}", one.method, one.target)).collect()
}

#[test]
fn it_creates_what_is_not_there_and_replaces_what_is_and_says_which() {
    let env = Env::new();
    let platform = Platform::start(&env);
    let run = |line: &str| {
        let run = env.line(&format!("credentials registry {line} --username octocat --password-stdin"));
        run.env("ANKRA_BASE_URL", &platform.url)
            .env("ANKRA_API_TOKEN", &platform.admin)
            .stdin("a-password")
            .ok()
    };
    let action = |line: &str| run(&format!("{line} -o json")).json()["action"].clone();
    assert_eq!(action("set my-ghcr"), "created");
    assert_eq!(action("set my-ghcr"), "updated");
    assert_eq!(action("set --name my-ghcr"), "updated");
    assert_eq!(action("create --name my-ghcr --or-update"), "updated");
    assert_eq!(action("create --name another --or-update"), "created");
    assert_eq!(action("create --name another --if-not-exists"), "unchanged");
    assert_eq!(action("create --name third --if-not-exists"), "created");
    assert_eq!(action("update third"), "updated");
    let outcome = run("set third -o yaml");
    assert!(outcome.stdout.contains("action: updated\n"), "{outcome}");
    assert!(outcome.stderr.contains("Updated the registry credential third"), "{outcome}");
    // Whichever it was, the keys are the same, and the id is that of what is there.
    let (one, other) = (run("set fourth -o json").json(), run("set fourth -o json").json());
    let keys = |one: &Value| one.as_object().unwrap().keys().cloned().collect::<Vec<_>>();
    assert_eq!((keys(&one), &one["id"]), (keys(&other), &other["id"]));
}

#[test]
fn every_create_with_the_flag_says_whether_it_created() {
    let env = Env::new();
    for line in ["hetzner create --name a --api-token-stdin", "ovh ssh-key create --name k --generate"] {
        for action in ["created", "unchanged"] {
            let line = format!("--sandbox credentials {line} --if-not-exists");
            let json = env.line(&format!("{line} -o json")).stdin(hetzner_token()).ok().json();
            assert_eq!(json["action"], action, "{line}");
        }
    }
}

#[test]
fn what_is_there_is_replaced_with_one_request() {
    let (env, server) = (Env::new(), FaultServer::start());
    server.on("GET", LIST, [listed("registry")]).on("PUT", ONE, [Answer::done()]);
    let json = set(&env, &server).arg("-o").arg("json").ok().json();
    assert_eq!((&json["action"], &json["id"]), (&json!("updated"), &json!(id(1))));
    let [write] = &server.writes()[..] else { panic!("{:?}", server.lines()) };
    assert_eq!(write.json(), json!({"username": "u", "password": "the-password"}));
}

#[test]
fn a_name_that_another_run_has_taken_meanwhile_is_replaced() {
    let (env, server) = (Env::new(), FaultServer::start());
    server.on("GET", LIST, [none(), listed("registry")]);
    server.on("POST", CREATE, [taken()]).on("PUT", ONE, [Answer::done()]);
    set(&env, &server).ok().says(&["Updated the registry credential my-ghcr"]);
    assert_eq!(writes(&server), [format!("POST {CREATE}"), format!("PUT {ONE}")]);
}

#[test]
fn the_name_of_another_kind_is_taken() {
    for answers in [vec![listed("hetzner")], vec![none(), listed("hetzner")]] {
        let (env, server) = (Env::new(), FaultServer::start());
        if answers.len() > 1 {
            server.on("POST", CREATE, [taken()]);
        }
        server.on("GET", LIST, answers);
        let outcome = set(&env, &server).fails(8);
        outcome.says(&["the name my-ghcr is taken", "my-ghcr is a Hetzner credential"]);
        assert!(server.writes().iter().all(|one| one.method == "POST"), "{:?}", server.lines());
    }
}

#[test]
fn what_may_have_been_stored_is_not_sent_again() {
    for answer in [Answer::close(), Answer::json(500, json!({"detail": "x"}))] {
        let (env, server) = (Env::new(), FaultServer::start());
        server.on("GET", LIST, [none()]).on("POST", CREATE, [answer]);
        assert!(matches!(set(&env, &server).run().code, Some(1 | 5)));
        assert_eq!(writes(&server), [format!("POST {CREATE}")]);
    }
    let (env, server) = (Env::new(), FaultServer::start());
    server.on("GET", LIST, [listed("registry")]).on("PUT", ONE, [Answer::close()]);
    set(&env, &server).fails(5);
    assert_eq!(writes(&server), [format!("PUT {ONE}")]);
}

#[test]
fn a_dry_run_shows_which_of_the_two_would_be_sent() {
    for (there, method) in [(none(), "POST"), (listed("registry"), "PUT")] {
        let (env, server) = (Env::new(), FaultServer::start());
        server.may_list().on("GET", LIST, [there]);
        let json = set(&env, &server).arg("--dry-run").arg("-o").arg("json").ok().json();
        assert_eq!((&json["method"], &json["would_be_sent"]), (&json!(method), &json!(true)));
        assert!(server.writes().is_empty(), "{:?}", server.lines());
    }
}

#[test]
fn a_line_that_says_two_things_is_refused() {
    let (env, server) = (Env::new(), FaultServer::start());
    for line in [
        "create --name a --username u --password-stdin --or-update --if-not-exists",
        "set a --name b --username u --password-stdin",
        "set a --username u --password-stdin --if-not-exists",
        "set --username u --password-stdin",
    ] {
        server.ankra(&env, &format!("credentials registry {line}")).stdin("x").fails(2);
    }
    assert!(server.requests().is_empty(), "{:?}", server.lines());
}

#[test]
fn a_person_is_asked_for_what_is_missing() {
    let (env, server) = (Env::new(), FaultServer::start());
    server.on("GET", LIST, [listed("registry")]).on("PUT", ONE, [Answer::done()]);
    let mut pty = Pty::start(server.ankra(&env, "credentials registry set --username u --preset generic"));
    pty.expect("Name: ").send("my-ghcr\r");
    pty.expect("Registry password or token: ").expect_hidden().send("the-password\r");
    pty.expect("Updated the registry credential my-ghcr");
    pty.expect("To do the same without questions: ankra credentials registry set");
    let shown = pty.ok();
    assert!(shown.contains("--name my-ghcr") && !shown.contains("the-password"), "{shown}");
}
