//! What a sign-in saves, and what it says of that.

use std::fs;

use serde_json::{Value, json};

use crate::support::{Answer, Env, FaultServer, ORGANISATION, Outcome, Platform, id, write_private};

const ORGANISATIONS: &str = "/api/v1/org/organisation";
const OTHER: &str = "1f000000-0000-4000-8000-000000000000";

/// A platform whose user has two organisations, in the second of which requests without a choice act, and
/// some more `others`.
fn platform(others: &[Value]) -> FaultServer {
    let server = FaultServer::start();
    server.may_list();
    let mut all = vec![
        json!({"organisation_id": ORGANISATION, "name": "First", "slug": "first-slug", "user_current": false, "role": "admin"}),
        json!({"organisation_id": OTHER, "name": " Second One ", "slug": null, "user_current": true, "role": "viewer"}),
    ];
    all.extend(others.iter().cloned());
    server.on("GET", ORGANISATIONS, [Answer::json(200, all)]);
    server
}

/// Has the organisation `id` tell that `email` is the one who asks.
fn has_member(server: &FaultServer, id: &str, email: &str) {
    has_members(server, id, &[email]);
}

/// As [`has_member`], another one at each request, and the last for ever.
fn has_members(server: &FaultServer, id: &str, emails: &[&str]) {
    let answers = emails.iter().map(|email| Answer::json(200, detail(id, email)));
    server.on("GET", &format!("{ORGANISATIONS}/{id}"), answers);
}

fn detail(id: &str, email: &str) -> Value {
    let users = json!([
        {"id": null, "invite_id": id, "email": null, "status": "invited", "role": null, "user_current": null},
        {"id": OTHER, "invite_id": null, "email": "other@example.com", "user_current": false},
        {"id": id, "invite_id": null, "email": email, "status": "active", "role": "admin", "user_current": true},
    ]);
    json!({"organisation_id": id, "name": null, "slug": null, "users": users})
}

fn login(env: &Env, server: &FaultServer, options: &str) -> Outcome {
    let run = env.line(&format!("login --with-token {options}")).env("ANKRA_BASE_URL", server.url());
    run.stdin("a-token\n").run()
}

/// The organisation that the next command of this world acts in.
fn acts_in(env: &Env, server: &FaultServer, options: &str) -> Option<String> {
    env.line(&format!("credentials list {options}")).ok();
    server.requests().pop()?.header("x-ankra-organisation-id").map(str::to_owned)
}

#[test]
fn the_organisation_of_a_sign_in_is_looked_up_named_and_used_from_then_on() {
    for chosen in ["first", "FIRST", "First", "first-SLUG", ORGANISATION] {
        let (env, server) = (Env::new(), platform(&[]));
        let outcome = login(&env, &server, &format!("--org {chosen}"));
        outcome.says(&[&format!("Signed in to {}, organisation First.", server.url())]);
        assert_eq!(acts_in(&env, &server, "").as_deref(), Some(ORGANISATION), "{chosen}");
        assert_eq!(acts_in(&env, &server, "--org first").as_deref(), Some(ORGANISATION));
        assert_eq!(acts_in(&env, &server, &format!("--org {OTHER}")).as_deref(), Some(OTHER));
    }
    // By the variable; with blanks around it.
    let (env, server) = (Env::new(), platform(&[]));
    let run = env.line("login --with-token").env("ANKRA_BASE_URL", server.url()).env("ANKRA_ORG", " first ");
    run.stdin("a-token").ok().says(&[", organisation First."]);
    assert_eq!(acts_in(&env, &server, "").as_deref(), Some(ORGANISATION));
}

#[test]
fn without_a_choice_the_organisation_is_the_present_one_and_stays_it() {
    let (env, server) = (Env::new(), platform(&[]));
    assert_eq!(login(&env, &server, "").code, Some(0));
    // Somebody switches at the platform: this login does not follow.
    assert_eq!(acts_in(&env, &server, "").as_deref(), Some(OTHER));
    let status = env.line("status -o json").ok().json();
    assert_eq!((&status["organisation"], &status["role"]), (&json!("Second One"), &json!("viewer")));
    assert_eq!(status["organisation_from"], json!("the saved login"));
}

#[test]
fn an_organisation_that_is_not_there_ends_a_sign_in_and_leaves_the_former_one() {
    let twin = json!({"organisation_id": id(9), "name": "first", "slug": null});
    for (others, chosen, code, said) in [
        (&[][..], "nope", 3, "there is no organisation \"nope\""),
        (&[], OTHER.replace("1f", "2f").as_str(), 3, "there is no organisation"),
        (&[twin], "first", 2, "several organisations are named"),
    ] {
        let (env, server) = (Env::new(), platform(others));
        env.signed_in("https://former.example", "the-former");
        let before = fs::read(env.login_file()).unwrap();
        let outcome = login(&env, &server, &format!("--org {chosen}"));
        assert_eq!(outcome.code, Some(code), "{outcome}");
        outcome.says(&["not signed in, and nothing was saved", said]);
        assert_eq!(fs::read(env.login_file()).unwrap(), before);
    }
}

#[test]
fn organisations_without_a_name_or_with_an_odd_id_break_nothing() {
    for all in [
        json!([{"organisation_id": OTHER, "name": null, "slug": null, "user_current": true, "status": null, "role": null}]),
        json!([{"organisation_id": "not-an-id", "name": "odd", "user_current": true}]),
        json!([]),
        json!(null),
    ] {
        let (env, server) = (Env::new(), FaultServer::start());
        server.may_list();
        server.on("GET", ORGANISATIONS, [Answer::json(200, all.clone())]);
        let outcome = login(&env, &server, "");
        assert_eq!(outcome.code, Some(0), "{outcome}");
        let sent = acts_in(&env, &server, "");
        let expected = (all[0]["organisation_id"] == OTHER).then(|| OTHER.to_owned());
        assert_eq!(sent, expected, "{outcome}");
        env.line("status").ok();
    }
}

#[test]
fn who_signed_in_is_told_and_known_later_without_asking() {
    let (env, server) = (Env::new(), platform(&[]));
    has_member(&server, ORGANISATION, "mira@example.com");
    let outcome = login(&env, &server, "--org first --profile work");
    let path = env.login_file();
    outcome.says(&[
        ", organisation First, as profile work.",
        &format!(
            "The login of mira@example.com (admin) is kept in {}, which only you can read",
            path.display()
        ),
        "Commands without --profile go on using the profile default",
    ]);
    let asked_before = server.requests().len();
    let status = env.line("--profile work status -o json").ok().json();
    assert_eq!((&status["user"], &status["kept_in"]), (&json!("mira@example.com"), &json!("file")));
    assert_eq!(server.lines()[asked_before..], [format!("GET {ORGANISATIONS}")], "one request");
    // What only helps fails nothing.
    for answer in
        [Answer::json(403, json!({"detail": "no"})), Answer::text(200, "text/html", "<p>"), Answer::reset()]
    {
        let (env, server) = (Env::new(), platform(&[]));
        server.on("GET", &format!("{ORGANISATIONS}/{OTHER}"), [answer]);
        let outcome = login(&env, &server, "");
        assert_eq!(outcome.code, Some(0), "{outcome}");
        outcome.says(&["The login is kept in"]);
    }
}

#[test]
fn another_user_or_role_in_place_of_the_former_is_told_before_it_is_saved() {
    let (env, server) = (Env::new(), platform(&[]));
    let (mira, zoe) = ("mira@example.com", "zoe@example.com");
    has_members(&server, ORGANISATION, &[mira, mira, zoe]);
    assert!(!login(&env, &server, "--org first").stderr.contains("replaces"));
    assert!(!login(&env, &server, "--org first").stderr.contains("replaces"), "the same once more");
    let outcome = login(&env, &server, "");
    let said = format!("warning: this replaces the login of mira@example.com (admin) at {}", server.url());
    outcome.says(&[&said]);
    assert!(outcome.stderr.find("replaces") < outcome.stderr.find("Signed in"), "{outcome}");
    // The former user's choice is not the other's.
    outcome.says(&[", organisation Second One."]);
    // Another profile is another login.
    assert!(!login(&env, &server, "--org first --profile other").stderr.contains("replaces"));
}

#[test]
fn who_signs_in_again_stays_in_the_organisation_that_was_chosen() {
    let (env, server) = (Env::new(), FaultServer::start());
    server.may_list();
    let first = json!({"organisation_id": ORGANISATION, "name": "First", "user_current": false});
    let second = json!({"organisation_id": OTHER, "name": "Second One", "user_current": true});
    let both = Answer::json(200, vec![first, second.clone()]);
    let mut answers = vec![both; 5];
    answers.push(Answer::json(200, vec![second]));
    server.on("GET", ORGANISATIONS, answers);
    assert_eq!(login(&env, &server, "").code, Some(0));
    env.line("org use first").ok();
    let outcome = login(&env, &server, "");
    outcome.says(&[", organisation First."]);
    assert!(!outcome.stderr.contains("replaces"), "{outcome}");
    assert_eq!(acts_in(&env, &server, "").as_deref(), Some(ORGANISATION));
    // One that is named now goes before it; so does what there is, where it is gone.
    login(&env, &server, &format!("--org {OTHER}")).says(&[", organisation Second One."]);
    env.line("org use first").ok();
    login(&env, &server, "").says(&[", organisation Second One."]);
    // At another platform it means nothing.
    let (here, there) = (platform(&[]), platform(&[]));
    login(&env, &here, "--org first").says(&[", organisation First."]);
    login(&env, &there, "").says(&[", organisation Second One."]);
}

#[test]
fn a_sign_in_revokes_the_token_of_the_one_before_if_that_made_it_and_nobody_else_has_it() {
    let entry = |name: &str, url: &str, token: &str, number: Option<u8>| {
        let id = number.map(|number| format!("token-id = \"{}\"\n", id(number))).unwrap_or_default();
        format!("[{name}]\nbase-url = \"{url}\"\ntoken = \"{token}\"\n{id}")
    };
    let path = format!("/api/v1/org/account/tokens/{}/revoke", id(4));
    for (case, answer) in [
        ("its own", Some(Answer::done())),
        ("over", Some(Answer::json(401, json!({"detail": "gone"})))),
        ("down", Some(Answer::json(500, json!({})))),
        ("pasted", None),
        ("shared", None),
    ] {
        let (env, server) = (Env::new(), platform(&[]));
        let number = (case != "pasted").then_some(4);
        let mut text = entry("default", &server.url(), "the-former", number);
        if case == "shared" {
            text += &entry("work", &server.url(), "the-former", None);
        }
        write_private(&env.login_file(), text);
        let is_asked = answer.is_some();
        if let Some(answer) = answer {
            server.on("POST", &path, [answer]);
        }
        let outcome = login(&env, &server, "");
        assert_eq!(outcome.code, Some(0), "{case}: {outcome}");
        let revoked: Vec<_> = server
            .writes()
            .iter()
            .map(|one| (one.target.clone(), one.header("authorization").map(str::to_owned)))
            .collect();
        let expected = (path.clone(), Some("Bearer the-former".to_owned()));
        assert_eq!(revoked, if is_asked { vec![expected] } else { vec![] }, "{case}");
        assert_eq!(
            outcome.stderr.contains("Revoked the token of the former login."),
            is_asked && case != "down"
        );
        assert_eq!(outcome.stderr.contains("the former token stays valid"), case == "down", "{outcome}");
        let saved = fs::read_to_string(env.login_file()).unwrap();
        assert!(saved.contains("a-token") && saved.contains("the-former") == (case == "shared"), "{saved}");
    }
}

#[test]
fn a_token_that_a_sign_in_made_and_could_not_keep_is_revoked_and_never_shown() {
    let made = |answer: Option<Answer>| {
        let (env, server) = (Env::new(), platform(&[]));
        let start =
            json!({"auth_url": format!("{}/page?state=s", server.url()), "state": "s", "ticket": "t"});
        server.on("GET", "/api/v1/cli/login/init", [Answer::json(200, start)]);
        let done = json!({
            "token": "the-made-token", "token_id": id(5), "token_name": "laptop", "expires_at": "", "status": "approved"
        });
        server.on("POST", "/api/v1/cli/login/poll", [Answer::json(200, done)]);
        if let Some(answer) = answer {
            server.on("POST", &format!("/api/v1/org/account/tokens/{}/revoke", id(5)), [answer]);
        }
        (env, server)
    };
    for (answer, said) in [
        (Answer::done(), "the token of this sign-in was revoked"),
        (Answer::json(500, json!({})), "could not be revoked"),
    ] {
        let (env, server) = made(Some(answer));
        let outcome = env.line("login --web --org nope").env("ANKRA_BASE_URL", server.url()).fails(3);
        outcome.says(&["there is no organisation \"nope\"", said]);
        assert!(!outcome.all().contains("the-made-token"), "{outcome}");
        let last = server.writes().pop().unwrap();
        assert!(last.target.ends_with("/revoke"), "{}", last.target);
        assert_eq!(last.header("authorization"), Some("Bearer the-made-token"));
        assert!(!env.login_file().exists());
    }
    let (env, server) = made(None);
    // Kept, all is known that the platform told, and an end that is none is not one.
    env.line("login --web").env("ANKRA_BASE_URL", server.url()).ok();
    let status = env.line("status -o json").ok().json();
    assert_eq!((&status["token_name"], &status["token_expires_at"]), (&json!("laptop"), &Value::Null));
}

#[test]
fn a_store_that_cannot_be_written_is_found_before_anybody_is_sent_to_a_page() {
    let (env, server) = (Env::new(), FaultServer::start());
    let config = env.home().join(".config");
    fs::write(&config, "not a folder").unwrap();
    let outcome = env.line("login --web").env("ANKRA_BASE_URL", server.url()).fails(1);
    outcome.says(&["error: not signed in to http", "and nothing was saved", "cannot create the folder"]);
    let keychain = env.line("login --web --store keychain --config own.toml");
    fs::write(env.work().join("own.toml"), "").unwrap();
    let outcome = keychain.env("ANKRA_BASE_URL", server.url()).fails(1);
    outcome.says(&["cannot be kept as --store says, and nothing was saved", "--store file"]);
    assert_eq!(server.lines(), [""; 0]);
    fs::remove_file(env.work().join("own.toml")).unwrap();
    // A token that was given is proved first.
    let server = platform(&[]);
    let outcome = login(&env, &server, "");
    assert_eq!(outcome.code, Some(1), "{outcome}");
    outcome.says(&["error: not signed in to http", "cannot create the folder"]);
}

#[test]
fn the_whole_way_through_the_sandbox_tells_who_where_and_until_when() {
    let env = Env::new();
    let platform = Platform::start(&env);
    let token = format!("{}\n", platform.viewer);
    let run = env.line("login --with-token --profile v").env("ANKRA_BASE_URL", &platform.url);
    run.stdin(token.as_str()).ok().says(&[", organisation demo, as profile v.", "(viewer) is kept in "]);
    env.line("--profile v credentials list -o name").ok();
    let refused = env.line("--profile v credentials delete --yes demo-hetzner").fails(7);
    refused.says(&["your role lacks the permission"]);
    // The same by the variable, with the line end that a file brings.
    let by_variable = env.line("status -o json").env("ANKRA_BASE_URL", &platform.url);
    assert_eq!(by_variable.env("ANKRA_API_TOKEN", &token).ok().json()["role"], "viewer");
    let outcome = env.line("status").fails(6);
    outcome.says(&["you are not signed in", "you are signed in as profile v: add --profile v"]);
    env.line("status --profile v").ok();
}
