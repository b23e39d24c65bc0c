//! How many requests each command makes of a platform that serves the deployed routes alone, and how many of them wait
//! for one another.

use std::{
    collections::BTreeSet,
    fs,
    time::{Duration, Instant},
};

use ankra::testing::providers::ALL;
use serde_json::{Value, json};

use crate::support::{
    Answer, Env, FaultServer, ORGANISATION, OTHER_ORGANISATION as OTHER, Pty, Recorded, Run, credential,
    deployed, hetzner_token, id,
};

const KEY: &str = "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIJdD7y3aLq454yWBdwLWbieU1ebz9/cu7/QEXn9OIeZJ me";

/// A command, the requests that it makes, and the longest chain of those of which each waits for the one before.
const TABLE: &[(&str, usize, usize)] = &[
    ("credentials list", 1, 1),
    ("credentials list --provider hetzner", 1, 1),
    ("credentials get ID1", 1, 1),
    ("credentials get my-cred", 2, 2),
    ("credentials get ID2", 2, 2),
    ("credentials get my-reg", 3, 2),
    ("credentials validate free", 1, 1),
    ("credentials audit", 12, 2),
    ("credentials delete my-cred --yes", 2, 2),
    ("credentials delete ID1 --yes", 2, 2),
    ("credentials delete my-reg --yes", 3, 3),
    ("credentials delete my-cred my-key --yes", 3, 3),
    ("credentials delete nobody --yes --ignore-not-found", 1, 1),
    ("credentials delete my-cred --dry-run", 2, 2),
    ("credentials delete my-cred my-reg my-key --dry-run", 5, 2),
    ("credentials CLOUD create --name new SECRETS", 2, 2),
    ("credentials CLOUD create --name new SECRETS --if-not-exists", 3, 3),
    ("credentials CLOUD create --name my-CLOUD SECRETS --if-not-exists", 1, 1),
    ("credentials CLOUD create --name new SECRETS --dry-run", 1, 1),
    ("credentials CLOUD list", 1, 1),
    ("credentials CLOUD ssh-key list", 1, 1),
    ("credentials CLOUD ssh-key create --name new --public-key KEY", 2, 2),
    ("credentials CLOUD ssh-key create --name new --generate", 2, 2),
    ("credentials CLOUD ssh-key create --name new --generate --if-not-exists", 3, 3),
    ("credentials ssh-key list", 6, 1),
    ("credentials ssh-key create --provider ovh --name new --public-key KEY", 2, 2),
    ("credentials ssh-key generate --name new", 0, 0),
    ("credentials registry create --name new --username u --password-stdin", 2, 2),
    ("credentials registry create --name new --username u --password-stdin --if-not-exists", 3, 3),
    ("credentials registry create --name my-reg --username u --password-stdin --if-not-exists", 1, 1),
    ("credentials registry create --name new --username u --password-stdin --or-update", 3, 3),
    ("credentials registry set new --username u --password-stdin", 3, 3),
    ("credentials registry set my-reg --username u --password-stdin", 2, 2),
    ("credentials registry list", 1, 1),
    ("credentials registry get my-reg", 1, 1),
    ("credentials registry get ID2", 1, 1),
    ("credentials registry update my-reg --password-stdin", 3, 2),
    ("credentials registry update ID2 --password-stdin", 3, 2),
    ("credentials registry update my-reg --password-stdin --dry-run", 2, 1),
    ("credentials registry update my-reg --password-from env:ENDS", 3, 2),
    ("credentials registry refresh my-reg --password-stdin", 2, 2),
    ("credentials registry refresh my-reg --password-from env:ENDS", 2, 2),
    ("credentials registry delete my-reg --yes", 3, 2),
    ("credentials registry delete my-reg --dry-run", 3, 2),
    ("credentials registry presets", 0, 0),
    ("status", 1, 1),
    ("org list", 1, 1),
    ("org current", 1, 1),
    ("token list", 1, 1),
    ("token create --name new", 1, 1),
    ("token revoke laptop --yes", 2, 2),
    ("token delete former --yes", 2, 2),
    ("login --with-token --api-token-stdin", 2, 2),
    ("logout", 0, 0),
    ("profile list", 0, 0),
    ("completion bash", 0, 0),
    ("completion install --shell fish", 0, 0),
    ("completion uninstall --shell fish", 0, 0),
];

/// Commands that have no row, and why.
const ELSEWHERE: &[(&str, &str)] = &[
    ("check", "asks a cloud or a registry, never the platform"),
    ("sandbox", "is the platform"),
    ("org use", "needs a login: see below"),
    ("profile use", "needs a login: see below"),
    ("profile remove", "needs a login: see below"),
];

/// How long an answer takes where it is looked which requests do not wait for it.
const WHILE: Duration = Duration::from_millis(600);

/// `line` with what its words stand for, of the cloud `slug`.
fn run(server: &FaultServer, env: &Env, line: &str, slug: &str) -> Run {
    let token = hetzner_token();
    let bundle = json!({"application_key": "k", "application_secret": "s", "consumer_key": "c",
        "api_token": token, "token_secret": "s", "access_token": "t"});
    let cloud = ALL.iter().find(|cloud| cloud.slug == slug).unwrap();
    let wanted: serde_json::Map<String, Value> = cloud
        .secrets
        .iter()
        .filter(|field| field.group.is_none())
        .filter_map(|field| Some((field.key(), bundle.get(field.key())?.clone())))
        .collect();
    // A token whose own text says that it ends in 2099.
    let ends = "eyJhbGciOiJub25lIn0.eyJleHAiOjQwNzA5MDg4MDB9.c2lnbmF0dXJl";
    let line = line
        .replace("SECRETS", &format!("{} --secrets-from stdin", plain(slug)))
        .replace("CLOUD", slug)
        .replace("ID1", &id(1))
        .replace("ID2", &id(2));
    let mut words: Vec<String> = Vec::new();
    for word in line.split(' ').filter(|word| !word.is_empty()) {
        words.push(if word == "KEY" { KEY.to_owned() } else { word.to_owned() });
    }
    let words: Vec<&str> = words.iter().map(String::as_str).collect();
    let run =
        env.ankra(words).env("ANKRA_BASE_URL", server.url()).env("ANKRA_API_TOKEN", "token-of-the-test");
    let stdin = if line.contains("--secrets-from") { json!(wanted).to_string() } else { token };
    run.env("ENDS", ends).stdin(stdin)
}

/// The fields of a cloud that are no secrets.
fn plain(slug: &str) -> &'static str {
    match slug {
        "ovh" => "--project-id 0123456789abcdef0123456789abcdef",
        "proxmox" => "--api-url https://pve.example.com:8006 --token-id me@pve!ankra",
        "morpheus" => "--api-url https://morpheus.example.com",
        _ => "",
    }
}

/// The longest chain of requests of which each came after the answer to the one before, which took [`WHILE`].
fn chain(requests: &[Recorded]) -> usize {
    let mut depths: Vec<(Instant, usize)> = Vec::new();
    for request in requests {
        let before = depths.iter().filter(|(at, _)| *at + WHILE <= request.at).map(|(_, depth)| depth);
        let depth = before.max().unwrap_or(&0) + 1;
        depths.push((request.at, depth));
    }
    depths.iter().map(|(_, depth)| *depth).max().unwrap_or(0)
}

#[test]
fn each_command_makes_the_fewest_requests() {
    for (line, count, longest) in TABLE {
        let clouds: Vec<&str> = ALL.iter().map(|cloud| cloud.slug).collect();
        let clouds = if line.contains("CLOUD") { &clouds[..] } else { &clouds[..1] };
        for slug in clouds {
            let (env, server) = (Env::new(), deployed(None));
            let outcome = run(&server, &env, line, slug).ok();
            assert_eq!(server.requests().len(), *count, "{line} ({slug}): {:?}\n{outcome}", server.lines());
        }
        // As many as there are wait for one another at most.
        if longest < count {
            let (env, server) = (Env::new(), deployed(Some(WHILE)));
            run(&server, &env, line, clouds[0]).ok();
            assert_eq!(chain(&server.requests()), *longest, "{line}: {:?}", server.lines());
        }
    }
}

/// Of every change there is. Where the platform promises a body, one that confirms nothing is no success; elsewhere the
/// status says it, and a body is believed only where it says no.
#[test]
fn a_change_that_is_refused_or_that_nothing_confirms_is_not_said_to_be_done() {
    let mut methods = BTreeSet::new();
    for (line, ..) in TABLE.iter().filter(|(line, ..)| !line.contains("--if-not-exists")) {
        let clouds: Vec<&str> = ALL.iter().map(|cloud| cloud.slug).collect();
        let clouds = if line.contains("CLOUD") { &clouds[..] } else { &clouds[..1] };
        for slug in clouds {
            for body in
                [json!({"success": false}), json!({}), json!({"success": null}), json!({"errors": []})]
            {
                let (env, server) = (Env::new(), deployed(None));
                server.answer_changes(&Answer::json(200, body.clone()));
                let outcome = run(&server, &env, line, slug).run();
                let Some(write) = server.writes().pop() else { break };
                let is_due = write.method == "POST" && !write.target.ends_with("/revoke");
                let code = match body["success"] {
                    // Whose token it is that nobody has, the platform did not say.
                    _ if write.target.ends_with("/tokens") => 1,
                    Value::Bool(false) => 1,
                    _ if is_due => 5,
                    _ => 0,
                };
                assert_eq!(outcome.code, Some(code), "{line} ({slug}) {body}: {outcome}");
                if code != 0 {
                    assert_eq!(
                        (outcome.stdout.as_str(), server.writes().len()),
                        ("", 1),
                        "{line}: {outcome}"
                    );
                }
                methods.insert((write.method, is_due));
            }
        }
    }
    let found: Vec<(&str, bool)> =
        methods.iter().map(|(method, is_due)| (method.as_str(), *is_due)).collect();
    assert_eq!(found, [("DELETE", false), ("POST", false), ("POST", true), ("PUT", false)]);
}

#[test]
fn the_table_has_every_command() {
    fn leaves(command: &clap::Command, path: &str, found: &mut BTreeSet<String>) {
        for child in command.get_subcommands().filter(|child| child.get_name() != "help") {
            let path = format!("{path} {}", child.get_name()).trim().to_owned();
            if child.has_subcommands() {
                leaves(child, &path, found);
            } else {
                found.insert(path);
            }
        }
    }
    let mut root = ankra::testing::cli::command();
    root.build();
    let mut found = BTreeSet::new();
    leaves(&root, "", &mut found);
    for path in found {
        let words: Vec<&str> = path.split(' ').collect();
        let is_elsewhere =
            ELSEWHERE.iter().any(|(what, _)| path.starts_with(what) || words.last() == Some(what));
        let as_cloud: Vec<&str> = words
            .iter()
            .map(|word| if ALL.iter().any(|cloud| cloud.slug == *word) { "CLOUD" } else { word })
            .collect();
        let path = as_cloud.join(" ");
        let has_row = TABLE.iter().any(|(line, ..)| format!("{line} ").starts_with(&format!("{path} ")));
        // Other programs' commands are refused, and a shell is a value.
        let is_other =
            ankra::testing::cli::command().find_subcommand(words[0]).is_none_or(clap::Command::is_hide_set);
        assert!(has_row || is_elsewhere || is_other, "{path}");
    }
}

#[test]
fn what_needs_a_login_asks_for_little() {
    let (env, server) = (Env::new(), deployed(None));
    let run = |line: &str, count: usize| {
        let before = server.requests().len();
        env.line(line).env("ANKRA_BASE_URL", server.url()).stdin("token-of-the-test").ok();
        assert_eq!(server.requests().len() - before, count, "{line}: {:?}", server.lines());
    };
    run("login --with-token --api-token-stdin", 2);
    run("--profile two login --with-token --api-token-stdin", 2);
    run("org use other", 1);
    run("profile use two", 0);
    run("profile remove two", 0);
    run("logout", 0);
}

/// Where each request went: its method, what it was about, and the organisation of its header.
fn places(server: &FaultServer) -> Vec<String> {
    let place = |request: &Recorded| {
        let what = request.target.trim_start_matches("/api/v1/org/").split('?').next().unwrap_or_default();
        let organisation = match request.header("x-ankra-organisation-id") {
            Some(ORGANISATION) => "acme",
            Some(OTHER) => "other",
            Some(_) => "?",
            None => "-",
        };
        format!("{} {what} {organisation}", request.method)
    };
    server.requests().iter().map(place).collect()
}

fn organisations(names: [&str; 2]) -> Answer {
    let one = |(id, name): (&str, &str)| json!({"organisation_id": id, "name": name, "slug": null});
    Answer::json(200, [ORGANISATION, OTHER].into_iter().zip(names).map(one).collect::<Vec<_>>())
}

#[test]
fn an_organisation_s_name_costs_no_second_request_where_its_id_is_known() {
    let (env, server) = (Env::new(), deployed(None));
    let ankra = |line: &str| server.ankra(&env, line);
    ankra("--org other credentials list").ok();
    assert_eq!(places(&server), ["GET organisation -", "GET credentials other"]);
    // By its slug and its name, and after a change as well.
    ankra("--org other credentials list").ok();
    ankra("--org ' Acme ' credentials list").run();
    ankra("credentials list").env("ANKRA_ORG", "ACME-LTD").ok();
    assert_eq!(places(&server)[2..], ["GET credentials other", "GET credentials acme"]);
    // Another token, or another platform, knows nothing of it.
    ankra("--org other credentials list").env("ANKRA_API_TOKEN", "token-of-another").ok();
    assert_eq!(places(&server)[4..], ["GET organisation -", "GET credentials other"]);
    let elsewhere = deployed(None);
    elsewhere.ankra(&env, "--org other credentials list").ok();
    assert_eq!(elsewhere.requests().len(), 2);
    // No file holds the token.
    for file in env.files() {
        let text = fs::read(&file).unwrap_or_default();
        assert!(!String::from_utf8_lossy(&text).contains("token-of"), "{}", file.display());
    }
}

#[test]
fn a_change_looks_the_name_up_again_beside_what_it_reads() {
    let (env, server) = (Env::new(), deployed(Some(WHILE)));
    server.ankra(&env, "--org acme-ltd credentials list").ok();
    let before = server.requests().len();
    server.ankra(&env, "--org acme-ltd credentials delete my-cred --yes").ok();
    let requests = server.requests().split_off(before);
    assert_eq!((requests.len(), chain(&requests)), (3, 2), "{:?}", server.lines());
    // What is only created has nothing to read: it waits.
    let before = server.requests().len();
    let line = "--org acme-ltd credentials hetzner create --name new --api-token-stdin";
    server.ankra(&env, line).stdin(hetzner_token()).ok();
    assert_eq!(server.requests().len() - before, 3);
    assert_eq!(
        places(&server)[before..before + 2],
        ["GET organisation -", "POST /api/v1/credentials/hetzner acme"]
    );
}

#[test]
fn a_name_that_is_another_organisation_s_by_now_changes_nothing_there() {
    for (line, code) in [
        ("credentials delete my-cred --yes", 1),
        ("credentials registry update my-reg --password-stdin", 1),
        ("credentials registry refresh my-reg --password-stdin", 1),
        ("credentials registry delete my-reg --yes", 1),
        ("credentials hetzner create --name new --api-token-stdin", 1),
        ("credentials hetzner ssh-key create --name new --generate", 1),
    ] {
        let (env, server) = (Env::new(), FaultServer::start());
        let names = [organisations(["Acme", "Other"]), organisations(["Former", "Acme"])];
        server.on("GET", "/api/v1/org/organisation", names);
        server.accept_everything(credential(1, "my-cred", "hetzner"));
        server.ankra(&env, "--org acme credentials list").ok();
        let run = || server.ankra(&env, &format!("--org acme {line}")).stdin(hetzner_token());
        let refused = run().fails(code);
        refused.says(&["that of another one by now", "nothing was changed", "run it again"]);
        assert!(server.writes().is_empty(), "{line}: {:?}", server.lines());
        let before = server.requests().len();
        run().run();
        let later = &places(&server)[before..];
        assert!(later.iter().all(|place| place.ends_with(" other") || place.ends_with(" -")), "{later:?}");
    }
}

#[test]
fn an_organisation_that_refuses_is_looked_up_again() {
    for status in [403, 404] {
        let (env, server) = (Env::new(), FaultServer::start());
        let names = [organisations(["Acme", "Other"]), organisations(["Former", "Acme"])];
        let refused = Answer::json(status, json!({"detail": "Organisation not found"}));
        let list = || Answer::json(200, json!([]));
        server.on("GET", "/api/v1/org/organisation", names);
        server.on("GET", "/api/v1/org/credentials", [list(), refused, list()]);
        server.ankra(&env, "--org acme credentials list").ok();
        server.ankra(&env, "--org acme credentials list").ok();
        assert_eq!(
            places(&server)[2..],
            ["GET credentials acme", "GET organisation -", "GET credentials other"],
            "{status}"
        );
    }
    // A refusal that has nothing to do with it is told as it is, and so is one where the look-up fails.
    let failure = Answer::json(500, json!({"detail": "oops"}));
    for again in [organisations(["Acme", "Other"]), failure] {
        let (env, server) = (Env::new(), FaultServer::start());
        server.on("GET", "/api/v1/org/organisation", [organisations(["Acme", "Other"]), again]);
        let answers = [Answer::json(200, json!([])), Answer::json(403, json!({"detail": "no"}))];
        server.on("GET", "/api/v1/org/credentials", answers);
        server.ankra(&env, "--org acme credentials list").ok();
        server.ankra(&env, "--org acme credentials list").fails(7).says(&["cause: no"]);
        assert_eq!(server.requests().len(), 4);
    }
    // One that is gone is said to be.
    let (env, server) = (Env::new(), FaultServer::start());
    let names = [organisations(["Acme", "Other"]), organisations(["Former", "Other"])];
    server.on("GET", "/api/v1/org/organisation", names);
    server.on(
        "GET",
        "/api/v1/org/credentials",
        [Answer::json(200, json!([])), Answer::json(403, json!({"detail": "no"}))],
    );
    server.ankra(&env, "--org acme credentials list").ok();
    let gone = server.ankra(&env, "--org acme credentials list").fails(3);
    gone.says(&["there is no organisation \"acme\" that you belong to"]);
}

#[test]
fn a_name_is_checked_beside_a_person_and_its_connection_serves_what_is_sent() {
    let (env, server) = (Env::new(), deployed(None));
    let mut pty = Pty::start(server.ankra(&env, "credentials hetzner create --name new"));
    pty.expect("API token: ").expect_hidden().send(&format!("{}\r", hetzner_token()));
    pty.ok();
    assert_eq!(
        server.lines(),
        [
            "GET /api/v1/org/credentials/validate?credential_name=new",
            "POST /api/v1/credentials/hetzner",
            "GET /api/v1/credentials/hetzner",
        ]
    );
}
