//! `ankra org`

use std::{fs, thread};

use serde_json::{Value, json};

use crate::support::{Answer, Env, FaultServer, ORGANISATION, Platform, Pty, Step, id, need, write_private};

const ORGANISATIONS: &str = "/api/v1/org/organisation";

fn organisation(number: u8, name: impl Into<Value>, slug: impl Into<Value>) -> Value {
    json!({"organisation_id": id(number), "name": name.into(), "slug": slug.into(), "user_current": number == 1,
        "status": "active", "role": if number == 1 { "owner" } else { "viewer" }})
}

/// A server whose token belongs to these organisations; the first is its own.
fn with(organisations: &[Value]) -> FaultServer {
    let server = FaultServer::start();
    server.on("GET", ORGANISATIONS, [Answer::json(200, organisations.to_vec())]);
    server
}

fn two() -> FaultServer {
    with(&[organisation(1, "Zebra", "zebra"), organisation(2, "Demo Team", "demo")])
}

/// The names that are listed, that of the current one with a mark.
fn listed(env: &Env, line: &str) -> Vec<String> {
    let all = env.line(line).ok().json();
    let one = |one: &Value| {
        let mark = if one["current"] == true { "*" } else { "" };
        format!("{mark}{}", one["name"].as_str().unwrap_or("-"))
    };
    all.as_array().unwrap().iter().map(one).collect()
}

/// A world that is signed in to the sandbox that runs in it, by the administrator's token.
fn signed_in() -> (Env, Platform) {
    let env = Env::new();
    let platform = Platform::start(&env);
    let run = env.line("login --with-token").stdin(platform.admin.as_str());
    run.env("ANKRA_BASE_URL", &platform.url).ok();
    (env, platform)
}

/// Makes an organisation of the sandbox that a platform need not promise.
fn make(platform: &Platform, env: &Env, body: &Value) {
    let mut curl = env.program(need("curl", "curl"));
    let header = format!("Authorization: Bearer {}", platform.admin);
    curl.command.args(["-sf", "-H", &header, "-H", "Content-Type: application/json"]);
    curl.command.args(["-d", &body.to_string(), &format!("{}/sandbox/organisations", platform.url)]);
    curl.ok();
}

#[test]
fn the_chosen_organisation_is_where_later_commands_act() {
    let (env, platform) = signed_in();
    assert_eq!(listed(&env, "org list -o json"), ["demo", "*sandbox"]);
    assert_eq!(env.line("credentials list -o name").ok().stdout, "");

    let outcome = env.line("org use demo").ok();
    outcome.says(&["Commands of the profile default now act in organisation demo (your role: owner).\n"]);
    outcome.says(&["other terminals"]);
    assert_eq!(outcome.stdout, "");
    assert!(env.line("credentials list -o name").ok().stdout.contains("demo-ghcr"));
    assert_eq!(listed(&env, "org list -o json"), ["*demo", "sandbox"]);
    let current = env.line("org current -o json").ok().json();
    assert_eq!(
        (&current["organisation"], &current["chosen_by"]),
        (&json!("demo"), &json!("the saved login"))
    );
    assert_eq!((&current["profile"], &current["platform"]), (&json!("default"), &json!(platform.url)));
    // Nothing was changed at the platform.
    let own = platform.admin(&env, "org current -o json").ok().json();
    assert_eq!((&own["organisation"], &own["chosen_by"]), (&json!("sandbox"), &Value::Null));

    // A flag beats the choice, in every way to name it; what the official CLI calls it works too.
    let by_flag = env.line("--org sandbox org current").ok().stdout;
    assert!(by_flag.contains("sandbox") && by_flag.contains("--org"), "{by_flag}");
    let id = current["organisation_id"].as_str().unwrap();
    for (line, wanted) in [
        ("org switch", "sandbox"),
        ("organisation use", " DEMO "),
        ("organization switch", "sandbox"),
        ("orgs use", id),
    ] {
        env.line(line).arg(wanted).ok();
        let name = if wanted == "sandbox" { "sandbox\n" } else { "demo\n" };
        assert_eq!(env.line("org current -o name").ok().stdout, name, "{line} {wanted}");
    }
    assert_eq!(env.line("org use demo -o json").ok().json()["organisation_id"], id);
}

#[test]
fn one_request_each_and_none_in_vain() {
    let (env, server) = (Env::new(), two());
    env.signed_in(&server.url(), "saved-token");
    for line in ["org list", "org use demo", "org current", "org list -o wide"] {
        let before = server.requests().len();
        env.line(line).ok();
        assert_eq!(server.lines()[before..], [format!("GET {ORGANISATIONS}")], "{line}");
    }
    assert!(server.requests().iter().all(|one| one.header("x-ankra-organisation-id").is_none()));
    let before = server.requests().len();
    env.line("org use").fails(2).says(&["missing: <NAME|ID>"]);
    env.line("org use ").arg(" ").fails(2);
    env.line("--sandbox org use demo").fails(2).says(&["--org NAME", "ANKRA_ORG"]);
    env.line("--org demo org use demo").fails(2).says(&["leave out --org"]);
    env.line("--base-url http://127.0.0.1:1 org use demo").fails(2).says(&["the saved login is for "]);
    let nobody = Env::new();
    let outcome = server.ankra(&nobody, "org use demo").fails(2);
    outcome.says(&["no login is saved", "--org NAME", "ANKRA_ORG", "or sign in with: ankra login\n"]);
    nobody.line("org list").fails(6).says(&["you are not signed in"]);
    assert_eq!(server.requests().len(), before);
}

#[test]
fn a_person_reads_the_list_at_a_glance() {
    let (env, server) = (Env::new(), two());
    env.signed_in(&server.url(), "saved-token");
    let (first, second) = (id(1), id(2));
    let table = format!(
        "NAME       ROLE    CURRENT  ID\nDemo Team  viewer  -        {second}\nZebra      owner   *        {first}\n"
    );
    assert_eq!(env.line("org list").ok().stdout, table);
    let (_, rows) = table.split_once('\n').unwrap();
    assert_eq!(env.line("org ls --no-headers").ok().stdout.replace(' ', ""), rows.replace(' ', ""));
    assert_eq!(env.line("org list -o name").ok().stdout, "Demo Team\nZebra\n");
    let wide = env.line("org list -o wide").ok().stdout;
    assert!(wide.contains("zebra\n") && !wide.contains("active"), "all are active: {wide}");
    let json = env.line("org list -o json").ok().json();
    let mut zebra = organisation(1, "Zebra", "zebra");
    zebra["current"] = json!(true);
    assert_eq!(json[1], zebra);
    let mut pty = Pty::start(env.line("org list"));
    pty.expect("Demo Team").expect("Zebra");
    pty.ok();
}

/// What is current here is not what the platform calls so.
#[test]
fn the_mark_is_on_the_one_that_commands_act_in_whoever_chose_it() {
    let (env, server) = (Env::new(), two());
    let list = |env: &Env| listed(env, "org list -o json");
    env.signed_in(&server.url(), "saved-token");
    assert_eq!(list(&env), ["Demo Team", "*Zebra"]);
    env.line("org use demo").ok();
    assert_eq!(list(&env), ["*Demo Team", "Zebra"]);
    let chosen = env.line("org list -o json --org zebra").ok().json();
    assert_eq!((&chosen[0]["current"], &chosen[1]["current"]), (&json!(false), &json!(true)));
    // One that is none of them does not keep the list from being shown.
    let outcome = env.line("org list").env("ANKRA_ORG", "gone").ok();
    outcome.says(&["warning: the organisation gone, chosen by ANKRA_ORG, is not one of yours"]);
    assert!(!outcome.stdout.contains('*') && outcome.stdout.contains("Zebra"), "{outcome}");
    let outcome = env.line("org current").env("ANKRA_ORG", "gone").fails(3);
    outcome.says(&["there is no organisation \"gone\" that you belong to", "Zebra, Demo Team"]);
    let outcome = env.line("org current").env("ANKRA_ORG", ORGANISATION).fails(3);
    outcome.says(&[ORGANISATION, "it was chosen by ANKRA_ORG"]);
}

#[test]
fn what_wins_over_the_choice_is_told() {
    let (env, server) = (Env::new(), two());
    env.signed_in(&server.url(), "saved-token");
    let used = || env.line("org use demo");
    assert!(!used().ok().stderr.contains("warning"));
    used().env("ANKRA_ORG", "zebra").ok().says(&["warning: ANKRA_ORG is set, and wins until you unset it"]);
    let outcome = used().env("ANKRA_API_TOKEN", "token-of-another").ok();
    outcome.says(&["warning: ANKRA_API_TOKEN is set"]);
    let sent = server.requests().pop().unwrap();
    assert_eq!(sent.header("authorization"), Some("Bearer saved-token"), "the saved login's token asks");
    let config = env.home().join(".config/ankra/config.toml");
    write_private(&config, "org = \"zebra\"\n");
    used().ok().says(&["warning: org in the settings file wins"]);
    write_private(&config, format!("base-url = {:?}\ntoken-command = \"echo t\"\n", server.url()));
    used().ok().says(&["warning: token-command is in the settings file"]);
}

#[test]
fn names_that_are_missing_or_double_choose_nothing_by_chance() {
    let server = with(&[
        organisation(1, Value::Null, Value::Null),
        organisation(2, "Twice", "one"),
        organisation(3, "twice ", Value::Null),
        organisation(4, Value::Null, "only-slug"),
        organisation(5, "", ""),
    ]);
    let env = Env::new();
    env.signed_in(&server.url(), "saved-token");
    let before = fs::read(env.login_file()).unwrap();
    env.line("org use TWICE").fails(2).says(&["several organisations", &id(2), &id(3)]);
    env.line("org use null").fails(3).says(&["your organisations: ", "only-slug"]);
    env.line("org use").arg("").fails(2);
    assert_eq!(fs::read(env.login_file()).unwrap(), before);
    for (wanted, number) in [("one", 2), ("Only-Slug", 4), (&*id(1), 1), (&*id(3), 3)] {
        env.line("org use").arg(wanted).ok();
        let current = env.line("org current -o json").ok().json();
        assert_eq!(current["organisation_id"], id(number), "{wanted}");
    }
    let names = env.line("org list -o name").ok().stdout;
    assert!(names.contains(&id(1)) && names.contains("only-slug"), "{names}");
}

#[test]
fn the_sandbox_s_own_odd_organisations_can_be_chosen() {
    let (env, platform) = signed_in();
    for body in [json!({"name": null, "slug": null}), json!({"name": "demo", "slug": "demo-2"})] {
        make(&platform, &env, &body);
    }
    // A slug is looked for before a name.
    env.line("org use demo-2").ok();
    let chosen = env.line("org current -o json").ok().json();
    assert_eq!(chosen["slug"], "demo-2");
    let all = env.line("org list -o json").ok().json();
    let nameless = all.as_array().unwrap().iter().find(|one| one["name"].is_null()).unwrap();
    let id = nameless["organisation_id"].as_str().unwrap();
    env.line("org use").arg(id).ok().says(&[id]);
    assert_eq!(env.line("org current -o name").ok().stdout, format!("{id}\n"));
}

#[test]
fn h37_h40_hostile_names_of_organisations_are_shown_inert_and_kept_whole() {
    let hostile = "x\u{1b}[2J\r\n> forged\u{202e}\u{9b}K";
    let server = with(&[organisation(1, hostile, "a"), organisation(2, "[default]\ntoken = \"t\"", "b")]);
    let env = Env::new();
    env.signed_in(&server.url(), "saved-token");
    for slug in ["a", "b"] {
        let outcome = env.line("org use").arg(slug).ok();
        for text in [outcome.all(), env.line("org list").ok().all(), env.line("org current").ok().all()] {
            assert!(!text.contains(['\u{1b}', '\u{202e}', '\u{9b}', '\r']), "{text:?}");
        }
        let current = env.line("org current -o json").ok().json();
        assert_eq!(current["slug"], slug);
        assert!(fs::read_to_string(env.login_file()).unwrap().contains("saved-token"));
    }
}

#[test]
fn a_refusal_leaves_the_choice_as_it_was() {
    for (status, code) in [(401, 6), (403, 7), (500, 1)] {
        let (env, server) = (Env::new(), FaultServer::start());
        let detail = json!({"detail": "permission_denied", "permission": "organisations.read"});
        server.on("GET", ORGANISATIONS, [Answer::json(status, detail)]);
        env.signed_in(&server.url(), "saved-token");
        let before = fs::read(env.login_file()).unwrap();
        let outcome = env.line("org use demo").fails(code);
        assert_eq!(outcome.stderr.contains("ankra login"), status == 401, "{outcome}");
        assert_eq!(fs::read(env.login_file()).unwrap(), before);
    }
}

/// A login that came between is not given an organisation that its owner may not belong to.
#[test]
fn a_choice_is_not_made_for_a_login_that_replaced_the_one_that_was_asked_with() {
    let (env, server) = (Env::new(), FaultServer::start());
    let (slow, all) =
        (json!([organisation(1, "acme", "acme")]).to_string(), std::time::Duration::from_millis(1));
    let head = "HTTP/1.1 200 OK\r\ncontent-type: application/json\r\nconnection: close\r\n";
    let whole = format!("{head}content-length: {}\r\n\r\n{slow}", slow.len());
    let pause = Step::Wait(std::time::Duration::from_secs(3));
    server.on("GET", ORGANISATIONS, [Answer::Script(vec![pause, Step::Drip(whole.into_bytes(), all)])]);
    env.signed_in(&server.url(), "saved-token");
    thread::scope(|scope| {
        let run = scope.spawn(|| env.line("org use acme").fails(1));
        crate::support::await_that(|| server.requests().pop().map(drop), || "never asked".into());
        env.signed_in(&server.url(), "another-token");
        let outcome = run.join().unwrap();
        outcome.says(&["another sign-in or sign-out came between", "choose again with: ankra org use "]);
    });
    assert!(!fs::read_to_string(env.login_file()).unwrap().contains("organisation"));
}

#[test]
fn each_profile_has_a_choice_of_its_own() {
    let (env, server) = (Env::new(), two());
    let url = server.url();
    let entry = |name: &str| format!("[{name}]\nbase-url = {url:?}\ntoken = \"token-of-{name}\"\n");
    write_private(&env.login_file(), entry("default") + &entry("d2"));
    env.line("--profile d2 org use demo").ok().says(&["Commands of the profile d2 now act in "]);
    assert_eq!(env.line("--profile d2 org current -o name").ok().stdout, "Demo Team\n");
    assert_eq!(env.line("org current -o name").ok().stdout, "Zebra\n");
    let sent = server.requests().pop().unwrap();
    assert_eq!(sent.header("authorization"), Some("Bearer token-of-default"));
}

/// Each of fifty choices is whole, and so is what others write meanwhile.
#[test]
fn choices_and_sign_ins_at_once_lose_nothing() {
    let (env, server) = (Env::in_memory(), two());
    env.signed_in(&server.url(), "saved-token");
    let (shared, url) = (&env, server.url());
    thread::scope(|scope| {
        for number in 0..50 {
            let url = &url;
            scope.spawn(move || {
                if number % 2 == 0 {
                    let wanted = if number % 4 == 0 { "demo" } else { "zebra" };
                    shared.line("org use").arg(wanted).ok();
                } else {
                    let line =
                        format!("login --profile p{number} --with-token --base-url {url} --store file");
                    shared.line(&line).stdin(format!("token-{number}")).ok();
                }
            });
        }
    });
    let file: toml_edit::DocumentMut = fs::read_to_string(env.login_file()).unwrap().parse().unwrap();
    assert_eq!(file.len(), 26);
    assert_eq!(file["default"]["token"].as_str(), Some("saved-token"));
    assert!([id(1), id(2)].contains(&file["default"]["organisation-id"].as_str().unwrap().to_owned()));
    for number in (1..50).step_by(2) {
        assert_eq!(file[&format!("p{number}")]["token"].as_str(), Some(&*format!("token-{number}")));
    }
}

#[test]
fn organisations_are_offered_where_one_is_chosen() {
    let (env, server) = (Env::new(), two());
    env.signed_in(&server.url(), "saved-token");
    for line in ["org use", "org switch"] {
        let answer = env.line(&format!("__complete fish ankra {line}")).arg("").ok().stdout;
        assert!(
            answer.contains(&format!("{}\torganisation", id(2))) && answer.contains("Zebra\t"),
            "{answer}"
        );
    }
}

#[test]
fn an_organisation_that_one_no_longer_belongs_to_is_told_with_the_way_to_another() {
    let (env, server) = (Env::new(), FaultServer::start());
    let (zebra, demo) = (organisation(1, "Zebra", "zebra"), organisation(2, "Demo Team", "demo"));
    let answers = [Answer::json(200, vec![zebra.clone(), demo]), Answer::json(200, vec![zebra])];
    server.on("GET", ORGANISATIONS, answers);
    let lost = [(403, "not a member of this organisation", 7), (404, "Organisation not found", 3)]
        .map(|one| (one, true));
    // What is missing may be another thing, and a permission is not a matter of the organisation.
    let other = ((404, "no such credential", 3), false);
    let refused = |(status, detail, _): (u16, &str, i32)| Answer::json(status, json!({"detail": detail}));
    let refusals = lost.into_iter().chain([other]);
    // Each is asked for with a choice and without one.
    let mut answers: Vec<Answer> =
        refusals.clone().flat_map(|(one, _)| [refused(one), refused(one)]).collect();
    answers.push(Answer::json(403, json!({"detail": "no", "permission": "credentials.read"})));
    server.on("GET", "/api/v1/org/credentials", answers);

    env.signed_in(&server.url(), "saved-token");
    env.line("org use demo").ok();
    let warning = "warning: the organisation Demo Team, chosen by the saved login, is not one of yours: choose \
                   another with ankra org use NAME\n";
    for line in ["org list", "status"] {
        env.line(line).ok().says(&[warning]);
    }
    env.line("org current").fails(3).says(&[
        "there is no organisation Demo Team that you belong to",
        "it was chosen by the saved login",
        "your organisations: Zebra",
        "choose another with: ankra org use NAME\n",
    ]);
    let hint = "see those that you belong to with: ankra org list";
    for ((_, detail, code), is_lost) in refusals {
        let outcome = env.line("credentials list").fails(code);
        outcome.says(&[detail]);
        assert_eq!(outcome.stderr.contains(hint), is_lost, "{outcome}");
        // Nothing was chosen: it is the token's own organisation that is not there.
        let own = server.ankra(&env, "credentials list").fails(code);
        assert!(own.stderr.contains(detail) && !own.stderr.contains(hint), "{own}");
    }
    let outcome = env.line("credentials list").fails(7);
    assert!(outcome.stderr.contains("credentials.read") && !outcome.stderr.contains(hint), "{outcome}");
    env.line("org use zebra").ok();
    assert!(!env.line("status").ok().all().contains("not one of yours"));
}
