//! The check of a Proxmox VE token, against a server that says what an emulator does not.

use serde_json::{Value, json};

use super::{has, names, told};
use crate::support::{Answer, Authority, Certificate, Env, FaultServer, Run, TlsFront};

pub(super) const ID: &str = "ankra@pve!platform";
const SECRET: &str = "0a1b2c3d-4e5f-6071-8293-a4b5c6d7e8f9";

pub(super) fn run(env: &Env, url: &str) -> Run {
    let run =
        env.line("credentials proxmox check --tls-insecure --token-secret-from stdin --token-id").arg(ID);
    run.arg("--api-url").arg(url).stdin(SECRET)
}

fn version(version: impl Into<Value>) -> Answer {
    Answer::json(200, json!({"data": {"version": version.into(), "release": "9.1", "repoid": "b4a5e9ae"}}))
}

/// The report of a check at a server that answers so.
fn at(answers: [Option<Answer>; 2], code: i32, result: &str) -> Value {
    let (env, server) = (Env::new(), FaultServer::start());
    let paths = ["/api2/json/version", "/api2/json/access/permissions"];
    for (path, answer) in paths.iter().zip(answers) {
        if let Some(answer) = answer {
            server.on("GET", path, [answer]);
        }
    }
    let front = TlsFront::start(&server, None, &Certificate::default());
    let (outcome, report) = told(run(&env, &front.url()), code, result);
    let header = format!("PVEAPIToken={ID}={SECRET}");
    assert!(server.requests().iter().all(|one| one.header("authorization") == Some(&header)));
    assert!(server.requests().len() <= 2);
    assert!(!outcome.all().contains(SECRET), "{outcome}");
    report
}

fn refused(answer: Answer, code: i32, result: &str) -> Value {
    at([Some(answer), None], code, result)
}

#[test]
fn the_cause_of_a_refusal_is_read_behind_the_status_and_in_the_body() {
    let line = |reason: &str, body: &str| {
        let length = body.len();
        Answer::raw(format!("HTTP/1.1 401 {reason}\r\ncontent-length: {length}\r\n\r\n{body}"))
    };
    let report = refused(line("no such token 'platform' for user 'ankra@pve'", ""), 6, "refused");
    has(&report, &["no such token 'platform' for user 'ankra@pve'", "API Tokens > Add"]);
    has(
        &refused(line("token expired", "{\"data\":null}"), 6, "expired"),
        &["token expired", "make a new one"],
    );
    has(
        &refused(Answer::json(401, json!({"data": null, "message": "invalid token value!\n"})), 6, "refused"),
        &["invalid token value!"],
    );
    has(
        &refused(Answer::json(403, json!({"data": null, "message": "no"})), 7, "lacks_rights"),
        &["have who runs Proxmox VE"],
    );
    // A token may end between two requests.
    let ended = Answer::json(401, json!({"data": null, "message": "token expired"}));
    at([Some(version("9.0.10")), Some(ended)], 6, "expired");
    // A proxy in between answers so.
    refused(line("Unauthorized", ""), 1, "cannot_tell");
    refused(line("Unauthorised, please sign in", "<html></html>"), 1, "cannot_tell");
    refused(Answer::json(401, json!({"message": "sign in"})), 1, "cannot_tell");
    refused(Answer::json(200, json!({"data": {}})), 1, "cannot_tell");
}

#[test]
fn the_commands_for_a_node_name_the_token_whatever_it_is_called() {
    let env = Env::new();
    for id in [
        "ankra@pve!platform",
        "$(touch${IFS}x)@pve!a",
        "it's;`touch\u{a0}x`@corp.example!a-1",
        "-rf@pve!a",
        "!!@pve!a",
    ] {
        let server = FaultServer::start();
        server.on("GET", "/api2/json/version", [version("9.1.1")]);
        server.on("GET", "/api2/json/access/permissions", [Answer::json(200, json!({"data": {}}))]);
        let front = TlsFront::start(&server, None, &Certificate::default());
        let line = env.line("credentials proxmox check --tls-insecure --token-secret-from stdin --api-url");
        let run = line.arg(front.url()).arg(format!("--token-id={id}")).stdin(SECRET);
        let error = run.arg("-o").arg("json").fails(7).json_error();
        let hints: Vec<&str> =
            error["hints"].as_array().unwrap().iter().map(|hint| hint.as_str().unwrap()).collect();
        let lines: Vec<&str> =
            hints.iter().filter_map(|hint| hint.split_once(": pveum ").map(|(_, line)| line)).collect();
        let mut shell = env.program("sh");
        shell.command.args([
            "-euc",
            &format!("pveum() {{ printf '[%s]' \"$@\"; echo; }}; pveum {}", lines.join("; pveum ")),
        ]);
        let (user, name) = id.rsplit_once('!').unwrap();
        let shown = shell.ok().stdout;
        assert!(shown.contains(&format!("[acl][modify][/][--tokens][{id}][--roles][ankra]")), "{shown}");
        assert!(shown.contains(&format!("[acl][modify][/][--users][{user}][--roles][ankra]")), "{shown}");
        assert!(shown.contains(&format!("[user][token][modify][{user}][{name}][--privsep][0]")), "{shown}");
        assert_eq!(std::fs::read_dir(env.work()).unwrap().count(), 0);
    }
}

#[test]
fn a_version_that_cannot_be_read_asks_for_what_all_versions_know() {
    let permissions = |names: &[&str]| {
        let all: serde_json::Map<String, Value> =
            names.iter().map(|name| ((*name).to_owned(), json!(1))).collect();
        Answer::json(200, json!({"data": {"/": all}}))
    };
    for odd in [json!(null), json!(9), json!(["9"]), json!("trunk"), json!("10.0.1"), json!("99999999999.1")]
    {
        let report = at([Some(version(odd.clone())), Some(permissions(&["Sys.Audit"]))], 7, "lacks_rights");
        let missing = names(&report, "missing");
        for name in ["VM.Monitor", "VM.GuestAgent.Audit", "VM.Replicate", "SDN.Use"] {
            assert!(!missing.contains(&name.to_owned()), "{odd}: {missing:?}");
        }
        assert!(missing.contains(&"VM.Allocate".to_owned()), "{missing:?}");
    }
}

#[test]
fn rights_that_are_in_no_known_form_are_unknown() {
    for odd in [
        json!({"data": null}),
        json!({"data": []}),
        json!({"data": {"/": ["VM.Audit"]}}),
        json!({"data": {"/": null}}),
        json!({"data": {"/": {"VM.Audit": "yes"}}}),
        json!({"data": {"/": {"VM.Audit": null}}}),
        json!(null),
    ] {
        let report = at([Some(version("9.1.1")), Some(Answer::json(200, odd))], 1, "cannot_tell");
        assert_eq!(names(&report, "missing"), [""; 0]);
    }
    let no = Answer::json(403, json!({"data": null, "message": "Permission check failed"}));
    has(&at([Some(version("7.4-1")), Some(no)], 1, "cannot_tell"), &["Permission check failed"]);
}

#[test]
fn rights_that_are_not_handed_down_are_unknown() {
    let all = |flag: Value| {
        let names = "VM.Allocate VM.Audit VM.Backup VM.Clone VM.Config.CDROM VM.Config.CPU VM.Config.Cloudinit VM.Config.Disk \
                     VM.Config.HWType VM.Config.Memory VM.Config.Network VM.Config.Options VM.Console VM.Migrate VM.Monitor \
                     VM.PowerMgmt VM.Snapshot VM.Snapshot.Rollback Datastore.Allocate Datastore.AllocateSpace Sys.Audit \
                     Sys.Modify SDN.Use";
        names
            .split_whitespace()
            .map(|name| (name.to_owned(), flag.clone()))
            .collect::<serde_json::Map<_, _>>()
    };
    let held = |root: Value| Answer::json(200, json!({"data": {"/": root, "/vms": {"VM.Audit": 1}}}));
    for given in [json!(1), json!(true), json!("1")] {
        at([Some(version("8.4.14")), Some(held(Value::Object(all(given))))], 0, "good");
    }
    let report = at([Some(version("8.4.14")), Some(held(Value::Object(all(json!(0)))))], 1, "cannot_tell");
    has(&report, &["VM.Audit granted at / and /vms alone, not at / and below", "SDN.Use granted at / alone"]);
    assert_eq!(names(&report, "missing"), [""; 0]);
}

#[test]
fn a_certificate_of_its_own_gets_the_hint_that_says_what_it_means() {
    let (env, server) = (Env::new(), FaultServer::start());
    let front = TlsFront::start(&server, None, &Certificate::default());
    let strict = |url: &str| {
        let run = env.line("credentials proxmox check --token-secret-from stdin --token-id").arg(ID);
        run.arg("--api-url").arg(url).stdin(SECRET).env("SSL_CERT_FILE", Authority::new().file(&env))
    };
    let (_, report) = told(strict(&front.url()), 5, "unreachable");
    has(
        &report,
        &[
            "no secure connection",
            "SSL_CERT_FILE",
            "accept any certificate with --tls-insecure",
            "can read the secret",
        ],
    );
    assert!(server.requests().is_empty());
    // What speaks no TLS at all has no certificate to accept.
    let (_, report) = told(strict(&server.url().replace("http", "https")), 5, "unreachable");
    assert!(!report.to_string().contains("--tls-insecure"), "{report:#}");
}
