//! `ankra credentials delete`

use serde_json::{Value, json};

use crate::support::{Answer, End, Env, FaultServer, ORGANISATION, Platform, Pty, credential, id};

const LIST: &str = "/api/v1/org/credentials";
const NO_MORE: &str = "[y/N] ";

fn path(number: u8) -> String {
    format!("/api/v1/org/credentials/{}", id(number))
}

fn names(env: &Env, platform: &Platform) -> Vec<String> {
    let listed = platform.admin(env, "--org demo credentials list -o name").ok().stdout;
    listed.lines().map(str::to_owned).collect()
}

/// The credential `one` of OVH, and whatever else the test wants of the server.
fn server_of(all: Value) -> FaultServer {
    let server = FaultServer::start();
    server.on("GET", LIST, [Answer::json(200, all)]);
    server
}

/// A server that answers what is due before the question.
fn asked_about(name: &str, clusters: Value) -> FaultServer {
    let server = server_of(json!([credential(1, name, "ovh")]));
    let mut detail = credential(1, name, "ovh");
    detail["clusters"] = clusters;
    server.on("GET", &path(1), [Answer::json(200, detail)]);
    server
}

/// What stood on the terminal when the question was asked.
fn question(env: &Env, platform: &Platform, line: &str) -> String {
    let mut pty = Pty::start(platform.admin(env, &format!("--org demo credentials delete {line}")));
    let shown = pty.expect(NO_MORE).transcript();
    assert_eq!(pty.send("n\n").end(), End::Code(4));
    shown
}

#[test]
fn the_question_tells_what_is_deleted_and_what_will_break() {
    let env = Env::new();
    let platform = Platform::start(&env);
    let all = platform.admin(&env, "--org demo credentials list -o json").ok().json();
    let id_of = |name: &str| {
        let one = all.as_array().unwrap().iter().find(|one| one["name"] == name).unwrap();
        one["id"].as_str().unwrap().to_owned()
    };
    let place = format!("in organisation demo, at {}", platform.url);
    for (name, lines) in [
        (
            "demo-hetzner",
            vec![
                "Hetzner credential demo-hetzner (id ID)",
                "  used by 1 cluster, which can no longer be changed or scaled:",
                "    demo-cluster",
                "Delete the Hetzner credential demo-hetzner PLACE? [y/N] ",
            ],
        ),
        (
            "demo-ghcr",
            vec![
                "registry credential demo-ghcr (id ID)",
                "  used by 2 registries, each of which can no longer pull its charts:",
                "    demo-apps (oci://ghcr.io/demo/apps)",
                "      choose another for it on the platform; make one with: ankra credentials registry create --org demo --name NEW-NAME \
                 --registry-url oci://ghcr.io/demo/apps --check",
                "    demo-charts (oci://ghcr.io/demo/charts)",
                "      choose another for it on the platform; make one with: ankra credentials registry create --org demo --name NEW-NAME \
                 --registry-url oci://ghcr.io/demo/charts --check",
                "Delete the registry credential demo-ghcr PLACE? [y/N] ",
            ],
        ),
        (
            "demo-ovh-key",
            vec![
                "OVH SSH key demo-ovh-key (id ID)",
                "  no cluster or registry uses it",
                "Delete the OVH SSH key demo-ovh-key PLACE? [y/N] ",
            ],
        ),
    ] {
        assert_eq!(
            question(&env, &platform, name),
            lines.join("\r\n").replace("ID", &id_of(name)).replace("PLACE", &place),
            "{name}"
        );
    }
}

#[test]
fn what_uses_it_is_not_guessed() {
    let env = Env::new();
    for detail in [
        Answer::json(403, json!({"detail": "permission_denied", "permission": "credentials.read"})),
        Answer::text(200, "text/html", "<html>"),
        Answer::json(200, credential(1, "one", "registry")),
    ] {
        let server = server_of(json!([credential(1, "one", "registry")]));
        server.on("GET", &path(1), [detail]);
        server.on("GET", "/api/v1/org/helm/registries", [Answer::json(403, json!({"detail": "no"}))]);
        let mut pty = Pty::start(server.ankra(&env, "credentials delete one"));
        pty.expect("  cannot tell which clusters use it\r\n  cannot tell which registries use it\r\n");
        assert_eq!(pty.expect(NO_MORE).send("\n").end(), End::Code(4));
        assert_eq!(server.writes().len(), 0);
    }
}

#[test]
fn only_yes_deletes() {
    let env = Env::new();
    let platform = Platform::start(&env);
    let before = names(&env, &platform);
    for answer in ["n\n", "\n", "no\n", "q\n", "\x04"] {
        let mut pty = Pty::start(platform.admin(&env, "--org demo credentials delete demo-ovh"));
        assert_eq!(pty.expect(NO_MORE).send(answer).end(), End::Code(4), "{answer:?}");
        assert!(pty.transcript().contains("nothing was deleted"), "{}", pty.transcript());
    }
    let mut pty = Pty::start(platform.admin(&env, "--org demo credentials delete demo-ovh"));
    pty.expect(NO_MORE).send("maybe\n").expect("answer y or n").expect(NO_MORE).send("yes please\n");
    assert_eq!(pty.expect(NO_MORE).send("x\n").end(), End::Code(4), "three answers that are neither");
    assert_eq!(names(&env, &platform), before);

    let mut pty = Pty::start(platform.admin(&env, "--org demo credentials delete demo-ovh"));
    pty.expect(NO_MORE).send("y\n").expect("Deleted the OVH credential demo-ovh in organisation demo,").ok();
    assert!(!names(&env, &platform).contains(&"demo-ovh".to_owned()));
}

#[test]
fn a_declined_deletion_sends_nothing() {
    let (env, server) = (Env::new(), asked_about("one", json!([])));
    let mut pty = Pty::start(server.ankra(&env, "credentials delete one"));
    assert_eq!(pty.expect(NO_MORE).send("n\n").end(), End::Code(4));
    assert_eq!(server.lines(), [format!("GET {LIST}"), format!("GET {}", path(1))]);
}

#[test]
fn yes_before_the_question_is_no_answer() {
    let (env, server) = (Env::new(), asked_about("one", json!([])));
    let mut pty = Pty::start(server.ankra(&env, "credentials delete one"));
    pty.send("y\n").expect(NO_MORE);
    // What was typed before the question may answer it no more; the next line does.
    assert_eq!(pty.send("n\n").end(), End::Code(4));
    assert_eq!(server.writes().len(), 0);
}

#[test]
fn the_question_needs_a_terminal_and_no_more_than_that() {
    let (env, server) = (Env::new(), server_of(json!([credential(1, "one", "ovh")])));
    server.ankra(&env, "credentials delete one").stdin("y\n").fails(2).says(&["--yes"]);
    let mut pty = Pty::start(server.ankra(&env, "credentials delete one --no-input"));
    assert_eq!(pty.end(), End::Code(2));
    assert!(pty.transcript().contains("--yes"), "{}", pty.transcript());
    assert_eq!(server.writes().len(), 0);

    // Standard streams that lead elsewhere do not keep the person from being asked.
    let server = asked_about("one", json!([]));
    server.on("DELETE", &path(1), [Answer::json(200, json!({}))]);
    let output = env.work().join("output");
    let file = std::fs::File::create(&output).unwrap();
    let mut pty = Pty::sized(server.ankra(&env, "credentials delete one -o name"), 80, |command| {
        command.stdout(file);
    });
    pty.expect(NO_MORE).send("y\n").ok();
    assert_eq!(std::fs::read_to_string(output).unwrap(), "one\n");
}

#[test]
fn yes_deletes_without_a_question() {
    let env = Env::new();
    let platform = Platform::start(&env);
    let outcome = platform.admin(&env, "--org demo credentials rm --yes demo-ovh unused-registry").ok();
    let place = format!("in organisation demo, at {}.", platform.url);
    outcome.says(&[
        &format!("Deleted the OVH credential demo-ovh {place}"),
        &format!("Deleted the registry credential unused-registry {place}"),
    ]);
    assert_eq!(outcome.stdout, "");
    assert_eq!(names(&env, &platform), ["demo-ghcr", "demo-hetzner", "demo-hetzner-key", "demo-ovh-key"]);
    let outcome = platform.admin(&env, "--org demo credentials delete -y demo-ghcr -o json").ok();
    assert_eq!(outcome.json()[0]["name"], "demo-ghcr");
    let on_terminal = platform.admin(&env, "--org demo credentials delete -y demo-hetzner");
    assert!(!Pty::start(on_terminal).ok().contains(NO_MORE));
}

#[test]
fn several_are_asked_about_once() {
    let env = Env::new();
    let platform = Platform::start(&env);
    // Named twice, it is deleted once.
    let line = "--org demo credentials delete demo-ovh demo-ghcr demo-ovh";
    let mut pty = Pty::start(platform.admin(&env, line));
    pty.expect("OVH credential demo-ovh (id ")
        .expect("registry credential demo-ghcr (id ")
        .expect("    demo-charts (oci://ghcr.io/demo/charts)")
        .expect("Delete these 2 credentials in organisation demo, at http://");
    let shown = pty.send("y\n").ok();
    assert_eq!(shown.matches(NO_MORE).count(), 1, "{shown}");
    assert_eq!(shown.matches("Deleted the ").count(), 2, "{shown}");
    assert_eq!(
        names(&env, &platform),
        ["demo-hetzner", "demo-hetzner-key", "demo-ovh-key", "unused-registry"]
    );
}

#[test]
fn an_ambiguous_name_is_refused_with_the_ids() {
    let env = Env::new();
    let server = server_of(json!([
        credential(1, "twice", "ovh"),
        credential(2, "twice", "registry"),
        credential(3, "once", "ovh")
    ]));
    server.on("DELETE", &path(2), [Answer::json(200, json!({}))]);
    let outcome = server.ankra(&env, "credentials delete --yes --ignore-not-found once twice").fails(2);
    outcome.says(&["several credentials are named twice", &id(1), &id(2)]);
    assert_eq!(server.writes().len(), 0);
    server.ankra(&env, &format!("credentials delete --yes {}", id(2).to_uppercase())).ok();
    assert_eq!(server.writes().len(), 1);
}

#[test]
fn nothing_is_deleted_where_one_name_is_missing() {
    let env = Env::new();
    let platform = Platform::start(&env);
    let before = names(&env, &platform);
    let outcome =
        platform.admin(&env, "--org demo credentials delete --yes demo-ovh nobody demo-ghcr").fails(3);
    outcome.says(&["there is no credential nobody", "ankra credentials list"]);
    assert_eq!(names(&env, &platform), before);
    let absent = id(1);
    platform.admin(&env, &format!("--org demo credentials delete --yes demo-ovh {absent}")).fails(3);
    assert_eq!(names(&env, &platform), before);
}

#[test]
fn h30_what_is_not_there_is_ignored_on_demand() {
    let env = Env::new();
    let platform = Platform::start(&env);
    let line = "--org demo credentials delete --yes --ignore-not-found";
    let outcome = platform.admin(&env, &format!("{line} demo-ovh nobody -o name")).ok();
    outcome.says(&[&format!(
        "There is no credential nobody in organisation demo, at {}; nothing to delete.",
        platform.url
    )]);
    assert_eq!(outcome.stdout, "demo-ovh\n");
    assert_eq!(platform.admin(&env, &format!("{line} demo-ovh -o json")).ok().stdout, "[]\n");
    // Where nothing is to be deleted, nobody needs to be asked.
    platform.admin(&env, "--org demo credentials delete --ignore-not-found nobody").ok();
}

#[test]
fn h30_gone_between_the_list_and_the_deletion() {
    let env = Env::new();
    let server = server_of(json!([credential(1, "one", "ovh"), credential(2, "two", "ovh")]));
    server.on("DELETE", &path(1), [Answer::json(404, json!({"detail": "Credential not found"}))]);
    server.on("DELETE", &path(2), [Answer::json(200, json!({}))]);
    let outcome = server.ankra(&env, "credentials delete --yes one two").fails(3);
    outcome.says(&["cannot delete the credential one", "Credential not found"]);
    assert_eq!(server.writes().len(), 1, "it stops there");
    let outcome = server.ankra(&env, "credentials delete --yes --ignore-not-found one two -o name").ok();
    assert_eq!(outcome.stdout, "two\n");
    outcome.says(&[&format!("There is no credential one at {}; nothing to delete.", server.url())]);
}

#[test]
fn what_was_deleted_before_a_failure_is_told() {
    let env = Env::new();
    let server = server_of(json!([credential(1, "one", "ovh"), credential(2, "two", "ovh")]));
    server.on("DELETE", &path(1), [Answer::json(200, json!({}))]);
    let denied = json!({"detail": "permission_denied", "permission": "credentials.delete"});
    server.on("DELETE", &path(2), [Answer::json(403, denied)]);
    let outcome = server.ankra(&env, "credentials delete --yes one two -o json").fails(7);
    assert_eq!(outcome.json()[0]["name"], "one");
    assert_eq!(outcome.json().as_array().unwrap().len(), 1);
    assert!(outcome.json_error()["causes"][0].as_str().unwrap().contains("credentials.delete"));
}

#[test]
fn the_deletion_names_the_organisation() {
    let env = Env::new();
    let other = id(9);
    let mut without = credential(2, "two", "ovh");
    without["organisation_id"] = Value::Null;
    let server = server_of(json!([credential(1, "one", "ovh"), without]));
    server.on("DELETE", &path(1), [Answer::json(200, json!({}))]);
    server.on("DELETE", &path(2), [Answer::text(200, "text/plain", "")]);
    server.ankra(&env, "credentials delete --yes one").ok();
    let sent = server.writes().pop().unwrap();
    assert_eq!(sent.target, format!("{}?organisation_id={ORGANISATION}", path(1)));
    assert_eq!(sent.body, b"");
    server.ankra(&env, &format!("--org {other} credentials delete --yes two")).ok();
    let sent = server.writes().pop().unwrap();
    assert_eq!(sent.target, format!("{}?organisation_id={other}", path(2)));
    assert_eq!(sent.header("x-ankra-organisation-id"), Some(other.as_str()));
}

#[test]
fn h42_a_hostile_name_cannot_change_the_question() {
    let env = Env::new();
    let name = "x\u{1b}[2K\u{1b}]0;t\u{7}\u{202e}\r\nDelete it? [y/N] \u{9b}2J\u{200b}\u{8}";
    let server = asked_about(name, json!([{"id": id(8), "name": "c\u{1b}[31m\nforged"}]));
    let mut pty = Pty::start(server.ankra(&env, "credentials delete --color never").arg(id(1)));
    pty.expect(&format!("(id {})\r\n", id(1)));
    pty.expect("c\\u{1b}[31m\\nforged\"\r\n").expect("\\u{202e}").expect(NO_MORE);
    assert_eq!(pty.send("n\n").end(), End::Code(4));
    let shown = pty.transcript().replace("\r\n", "");
    let raw = |c: char| c.is_control() || matches!(c, '\u{202e}' | '\u{200b}');
    assert!(!shown.contains(raw), "{shown:?}");
    assert_eq!(server.writes().len(), 0);
}
