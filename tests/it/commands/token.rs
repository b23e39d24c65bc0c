//! `ankra token`

use std::{fs, process::Stdio};

use serde_json::{Value, json};

use crate::support::{Answer, End, Env, FaultServer, Platform, Pty, id, unique, write_private};

const TOKENS: &str = "/api/v1/org/account/tokens";
const ORGANISATIONS: &str = "/api/v1/org/organisation";

fn token(number: u8, name: impl Into<Value>, revoked: bool) -> Value {
    json!({"id": id(number), "name": name.into(), "expires_at": "", "created_at": "2026-01-02T03:04:05Z",
        "revoked_at": revoked.then_some("2026-02-02T03:04:05Z"), "last_used_at": null, "revoked": revoked})
}

fn path(number: u8, verb: &str) -> String {
    format!("{TOKENS}/{}{verb}", id(number))
}

fn with(tokens: &[Value]) -> FaultServer {
    let server = FaultServer::start();
    server.on("GET", TOKENS, [Answer::json(200, tokens.to_vec())]);
    server
}

/// Saved logins of this server, each with the number of the token that its sign-in made.
fn signed_in(env: &Env, server: &FaultServer, entries: &[(&str, u8)]) {
    let entry = |(name, number): &(&str, u8)| {
        let (url, id) = (server.url(), id(*number));
        format!("[{name}]\nbase-url = {url:?}\ntoken = \"token-of-{name}\"\ntoken-id = \"{id}\"\n")
    };
    write_private(&env.login_file(), entries.iter().map(entry).collect::<String>());
}

fn made(text: &str) -> Answer {
    Answer::json(201, json!({"id": id(9), "token": text, "expires_at": "", "type": "api"}))
}

#[test]
fn the_whole_way_of_a_token() {
    let env = Env::new();
    let platform = Platform::start(&env);
    let create = platform.admin(&env, "token create --name ci --expires 30d").ok();
    create.says(&[&format!("Made the token ci at {}, which expires at 20", platform.url), "shown this once"]);
    let text = create.stdout.strip_suffix('\n').unwrap();
    assert!(text.starts_with("ankra-sandbox-token-") && !text.contains('\n'), "{create}");
    assert!(!create.stderr.contains(text), "{create}");
    // It works, and is listed without its text by the name of the official program's command too.
    platform.with(env.line("status"), text).ok();
    let list = platform.admin(&env, "tokens list -o json").ok();
    assert!(!list.all().contains(text), "{list}");
    let all = list.json();
    let ci = all.as_array().unwrap().iter().find(|one| one["name"] == "ci").unwrap();
    assert_eq!((&ci["status"], &ci["used_by"], &ci["in_use"]), (&json!("active"), &json!([]), &json!(false)));
    assert!(ci["expires_at"].as_str().unwrap().ends_with('Z') && ci["last_used_at"].is_string(), "{ci}");
    assert!(all.as_array().unwrap().iter().any(|one| one["expires_at"] == "never"), "{all}");

    platform.admin(&env, "token delete ci --yes").fails(2).says(&["is not revoked", "ankra token revoke "]);
    platform
        .admin(&env, "token revoke ci --yes")
        .ok()
        .says(&[&format!("Revoked the token ci at {}.\n", platform.url)]);
    platform.with(env.line("status"), text).fails(6).says(&["revoked"]);
    platform.admin(&env, "token revoke ci --yes").ok().says(&["The token ci is revoked already."]);
    assert!(platform.admin(&env, "token list").ok().stdout.contains("revoked"));
    platform.admin(&env, "token delete ci --yes").ok().says(&["Deleted the token ci at "]);
    platform.admin(&env, "token delete ci --yes").fails(3).says(&["there is no token ci"]);
    assert!(!platform.log().contains(text));
}

#[test]
fn a_token_that_is_kept_is_never_shown_and_its_sign_out_revokes_it() {
    let env = Env::new();
    let platform = Platform::start(&env);
    env.line("login --with-token --base-url").arg(&platform.url).stdin(platform.admin.as_str()).ok();
    env.line("org use demo").ok();
    let outcome = env.line("token create --name night --save-as-profile d2 --store file -o json -vvv").ok();
    let view = outcome.json();
    assert_eq!((&view["profile"], &view["kept_in"]), (&json!("d2"), &json!("file")));
    assert_eq!((&view["organisation"], &view["platform"]), (&json!("demo"), &json!(platform.url)));
    let file: toml_edit::DocumentMut = fs::read_to_string(env.login_file()).unwrap().parse().unwrap();
    let text = file["d2"]["token"].as_str().unwrap();
    assert!(!outcome.all().contains(text), "{outcome}");
    // It acts where the other does.
    assert_eq!(env.line("--profile d2 org current -o name").ok().stdout, "demo\n");
    assert!(env.line("token list").ok().stdout.contains("profile d2"));
    assert!(env.line("--profile d2 token list").ok().stdout.contains("this login"));
    let before = platform.admin(&env, "token list -o json").ok().json().as_array().unwrap().len();
    let taken = env.line("token create --name again --save-as-profile d2").fails(8);
    taken.says(&["the profile d2 exists already", "ankra profile list"]);
    let after = platform.admin(&env, "token list -o json").ok().json().as_array().unwrap().len();
    assert_eq!(after, before, "nothing is made");
    env.line("profile remove d2").ok().says(&["Revoked the token at "]);
    platform.with(env.line("status"), text).fails(6);
}

#[test]
fn what_is_sent_is_what_was_said() {
    let (env, server) = (Env::new(), FaultServer::start());
    let text = unique("tok", 40);
    server.on("POST", TOKENS, [made(&text)]);
    let create = |line: &str| {
        let outcome = server.ankra(&env, &format!("token create --name n {line}")).ok();
        assert_eq!(outcome.stdout.matches(&text).count(), 1, "{outcome}");
        assert!(!outcome.stderr.contains(&text), "{outcome}");
        (server.writes().pop().unwrap().json(), outcome)
    };
    let (sent, outcome) = create("");
    assert_eq!(sent, json!({"name": "n"}));
    assert_eq!(outcome.stdout, format!("{text}\n"));
    outcome.says(&["which never expires"]);
    assert_eq!(create("--expires never -o wide").0, json!({"name": "n"}));
    let (sent, outcome) = create("--expires 2999-01-31 --scope mcp:read --scope mcp:write");
    let whole =
        json!({"name": "n", "expires_at": "2999-01-31T00:00:00Z", "scopes": ["mcp:read", "mcp:write"]});
    assert_eq!(sent, whole);
    outcome.says(&["warning: the platform does not confirm that it expires"]);
    let (_, outcome) = create("-o json");
    assert_eq!(outcome.json(), json!({"token": text, "id": id(9), "name": "n", "expires_at": "never"}));
    let (_, outcome) = create("-o yaml");
    assert_eq!(
        outcome.stdout,
        format!("token: \"{text}\"\nid: \"{}\"\nname: \"n\"\nexpires_at: \"never\"\n", id(9))
    );
    assert_eq!(create("-o name -q").1.stderr, "");
}

#[test]
fn what_cannot_be_asked_for_is_refused_before_anything_is_made() {
    let (env, server) = (Env::new(), FaultServer::start());
    for (line, says) in [
        ("token create", "missing: --name"),
        ("token create --name x --expires 1999-01-01", "not in the future"),
        ("token create --name x --expires soon", "30d, 12h"),
        ("token create --name x --scope admin", "mcp:read"),
        ("token create --name x --store file", "--save-as-profile"),
        ("token create --name x --save-as-profile d2 --scope mcp:read", "--scope"),
        ("token create --name x --save-as-profile ../d2", "not the name of a profile"),
    ] {
        server.ankra(&env, line).fails(2).says(&[says]);
    }
    env.line("--sandbox token create --name x --save-as-profile d2").fails(2).says(&["the sandbox"]);
    env.line("token create --name x").fails(6).says(&["you are not signed in"]);
    let dry = server.ankra(&env, "token create --name x --expires never --dry-run -o json").ok().json();
    assert_eq!((&dry["method"], &dry["body"]), (&json!("POST"), &json!({"name": "x"})));
    let dry = env.line("--sandbox token create --name x --dry-run -o json").ok().json();
    assert!(dry["url"].as_str().unwrap().starts_with("http://127.0.0.1:"), "{dry}");
    let null = fs::File::options().write(true).open("/dev/null").unwrap();
    let mut run = server.ankra(&env, "token create --name x").command;
    let status = run.stdout(Stdio::from(null)).stderr(Stdio::null()).status().unwrap();
    assert_eq!(status.code(), Some(2), "a token that nobody would read");
    assert_eq!(server.lines(), [""; 0]);
}

/// What nobody got is worth nothing.
#[test]
fn a_token_that_cannot_be_delivered_is_revoked_again() {
    let (env, server) = (Env::new(), FaultServer::start());
    let text = unique("tok", 40);
    server.on("POST", TOKENS, [made(&text)]).on("POST", &path(9, "/revoke"), [Answer::done()]);
    let full = server.ankra(&env, "token create --name x");
    let full = full.under("sh", &["-c", "exec \"$@\" > /dev/full", "sh"]).fails(1);
    full.says(&["cannot write the result: No space left", "the new token was revoked again"]);
    assert!(!full.stderr.contains(&text), "{full}");
    let (reader, writer) = std::io::pipe().unwrap();
    drop(reader);
    let mut gone = server.ankra(&env, "token create --name x").command;
    let gone = gone.stdin(Stdio::null()).stdout(writer).stderr(Stdio::piped()).output().unwrap();
    let said = String::from_utf8_lossy(&gone.stderr);
    assert_eq!(gone.status.code(), Some(1), "{said}");
    assert!(said.contains("nobody reads it") && said.contains("the new token was revoked again"), "{said}");
    assert!(!said.contains(&text), "{said}");
    // A text that is no token is not shown: it could act on the terminal.
    let hostile = "tok\u{1b}[2Jen";
    let other = FaultServer::start();
    other.on("POST", TOKENS, [made(hostile), made("")]).on("POST", &path(9, "/revoke"), [Answer::done()]);
    for _ in 0..2 {
        let outcome = other.ankra(&env, "token create --name x").fails(1);
        outcome.says(&["no token that can be used", "the new token was revoked again"]);
        assert!(!outcome.all().contains("[2Jen"), "{outcome}");
    }
}

#[test]
fn a_token_that_cannot_be_kept_is_revoked_again() {
    let (env, server) = (Env::new(), FaultServer::start());
    let text = unique("tok", 40);
    server.on("POST", TOKENS, [made(&text)]);
    server.on("POST", &path(9, "/revoke"), [Answer::json(500, json!({"detail": "no"}))]);
    // Between the look at the file and the answer, somebody else makes the profile.
    let file = env.login_file();
    let program = env.home().join("made.sh");
    let entry = format!("[d2]\nbase-url = {:?}\ntoken = \"t\"\n", server.url());
    write_private(&env.home().join("entry"), entry);
    let script = format!(
        "mkdir -p {0} && cp {1} {2} && chmod 600 {2} && echo token-of-own",
        file.parent().unwrap().display(),
        env.home().join("entry").display(),
        file.display()
    );
    write_private(&program, script);
    let config = format!("base-url = {:?}\ntoken-command = \"sh {}\"\n", server.url(), program.display());
    write_private(&env.home().join(".config/ankra/config.toml"), config);
    let outcome = env.line("token create --name x --save-as-profile d2 --store file").fails(8);
    outcome.says(&["the profile d2 exists already", "could not be revoked"]);
    outcome.says(&[&format!("revoke it with: ankra token revoke {}", id(9))]);
    assert!(
        !outcome.all().contains(&text) && !fs::read_to_string(&file).unwrap().contains(&text),
        "{outcome}"
    );
}

#[test]
fn a_token_that_is_kept_stays_though_nobody_reads_that() {
    let (env, server) = (Env::new(), FaultServer::start());
    signed_in(&env, &server, &[("default", 1)]);
    server.on("POST", TOKENS, [made("the-made-token")]);
    let run = env.line("token create --name x --save-as-profile d2 --store file -o json");
    let outcome = run.under("sh", &["-c", "exec \"$@\" > /dev/full", "sh"]).fails(1);
    outcome.says(&["It is kept as the login of profile d2", "cannot write the result"]);
    assert!(!outcome.stderr.contains("revoked"), "{outcome}");
    assert!(fs::read_to_string(env.login_file()).unwrap().contains("the-made-token"));
    assert_eq!(server.lines(), [format!("POST {TOKENS}")]);
}

#[test]
fn the_list_tells_states_ends_and_users() {
    let env = Env::new();
    let mut tokens = vec![token(1, "laptop", false), token(2, "old", true), token(3, "gone", false)];
    tokens[2]["expires_at"] = json!("2020-01-01T00:00:00Z");
    tokens.push(token(4, Value::Null, false));
    tokens[3]["expires_at"] = Value::Null;
    tokens.push(token(5, "odd", false));
    tokens[4]["expires_at"] = json!("soon");
    let server = with(&tokens);
    signed_in(&env, &server, &[("default", 1), ("d2", 3), ("d3", 1)]);
    let all = env.line("token list -o json").ok().json();
    let by = |name: Value| all.as_array().unwrap().iter().find(|one| one["name"] == name).unwrap().clone();
    let told = |name: Value| {
        let one = by(name);
        (one["status"].clone(), one["expires_at"].clone(), one["used_by"].clone(), one["in_use"].clone())
    };
    let active = json!("active");
    assert_eq!(
        told(json!("laptop")),
        (active.clone(), json!("never"), json!(["d3", "default"]), json!(true))
    );
    assert_eq!(told(json!("old")), (json!("revoked"), json!("never"), json!([]), json!(false)));
    let expired = (json!("expired"), json!("2020-01-01T00:00:00Z"), json!(["d2"]), json!(false));
    assert_eq!(told(json!("gone")), expired);
    for name in [Value::Null, json!("odd")] {
        assert_eq!(told(name), (active.clone(), Value::Null, json!([]), json!(false)));
    }
    let table = env.line("token ls").ok().stdout;
    let row = |name: &str| table.lines().find(|line| line.starts_with(name)).unwrap().to_owned();
    assert!(table.starts_with("NAME    CREATED "), "{table}");
    assert!(row("laptop").contains("never") && row("laptop").contains("this login, profile d3"), "{table}");
    assert!(row("gone").contains("expired  profile d2"), "{table}");
    assert!(row("- ").contains("unknown") && row("odd").contains("unknown"), "{table}");
    let names = env.line("token list -o name").ok().stdout;
    assert!(names.contains(&format!("{}\n", id(4))) && names.contains("laptop\n"), "{names}");
    // The id of a token of the environment is not known.
    let other = server.ankra(&env, "token list -o json").ok().json();
    assert!(other.as_array().unwrap().iter().all(|one| one["in_use"] == false), "{other}");
    let empty = with(&[]);
    empty.ankra(&env, "token list").ok().says(&["No API tokens."]);
    assert_eq!(empty.ankra(&env, "token list -o json").ok().json(), json!([]));
}

#[test]
fn the_one_in_use_is_told_before_and_after_it_is_revoked() {
    let env = Env::new();
    let server = with(&[token(1, "laptop", false), token(3, "ci", false)]);
    server.on("POST", &path(1, "/revoke"), [Answer::done()]);
    server.on("POST", &path(3, "/revoke"), [Answer::done()]);
    signed_in(&env, &server, &[("default", 1), ("d2", 1)]);
    env.line("token revoke laptop").fails(2).says(&["revoking needs a confirmation", "add --yes"]);
    assert_eq!(server.writes().len(), 0);
    let mut pty = Pty::start(env.line("token revoke laptop"));
    pty.expect(&format!("laptop (id {}), created 2026-01-02T03:04:05Z", id(1)));
    pty.expect("in use here: by this login, profile d2");
    pty.expect("Revoke the token laptop as profile default, at http://").expect("in use here?").send("\r");
    assert_eq!(pty.end(), End::Code(4));
    assert_eq!(server.writes().len(), 0);
    // With it, the one in use goes last: nothing could be revoked after it.
    let outcome = env.line("token revoke laptop ci --yes").ok();
    outcome.says(&["warning: the token laptop is in use here: by this login, profile d2"]);
    outcome.says(&["commands of this login fail until you sign in again: ankra login\n"]);
    outcome.says(&["commands of profile d2 fail until you sign in again: ankra login --profile d2\n"]);
    let sent: Vec<String> = server.writes().into_iter().map(|one| one.target).collect();
    assert_eq!(sent, [path(3, "/revoke"), path(1, "/revoke")]);
    // Whether a token of the environment is meant cannot be told.
    let mut pty = Pty::start(server.ankra(&env, "token revoke ci"));
    pty.expect("Whether the token of this command is among them cannot be told.").expect("[y/N]").send("n\r");
    assert_eq!(pty.end(), End::Code(4));
}

#[test]
fn a_name_that_several_have_means_the_one_to_which_it_can_be_done_or_none() {
    let env = Env::new();
    let server = with(&[
        token(1, "ci", true),
        token(2, "ci", false),
        token(3, "two", false),
        token(4, "two", false),
        token(5, "old", true),
        token(6, Value::Null, true),
    ]);
    server.on("POST", &path(2, "/revoke"), [Answer::done()]);
    for number in [1, 5, 6] {
        server.on("DELETE", &path(number, ""), [Answer::done()]);
    }
    let admin = |line: &str| server.ankra(&env, line);
    admin("token revoke ci --yes").ok();
    admin("token delete ci --yes").ok();
    let both = format!("choose one by its id: {}, {}", id(3), id(4));
    admin("token revoke two --yes").fails(2).says(&["several tokens are named two", &both]);
    let outcome = admin("token revoke old absent --yes").fails(3);
    outcome.says(&["there is no token absent", "those that there are: ci, two, two", "ankra token list"]);
    admin("token delete old ci two --yes").fails(2).says(&["several tokens are named two"]);
    let before = server.writes().len();
    admin("token delete --yes old").arg(id(2)).fails(2).says(&["the token ci is not revoked"]);
    assert_eq!(server.writes().len(), before, "all or none");
    let done = admin("token delete --yes old -o json").arg(id(6)).ok().json();
    assert_eq!((&done[0]["name"], &done[1]["id"]), (&json!("old"), &json!(id(6))));
    assert_eq!((&done[0]["status"], &done[0]["platform"]), (&json!("deleted"), &json!(server.url())));
}

#[test]
fn refusals_and_lost_answers_are_told_in_the_words_of_tokens() {
    for (answer, code, says) in [
        (Answer::json(403, json!({"detail": "permission_denied", "permission": "tokens.x"})), 7, "tokens.x"),
        (Answer::json(401, json!({"detail": "no"})), 6, "ankra login"),
        (Answer::json(409, json!({"detail": "exists"})), 8, "ankra token list"),
        (Answer::json(500, json!({"detail": "no"})), 5, "ankra token list"),
        (Answer::reset(), 5, "ankra token list"),
        (
            Answer::json(422, json!({"detail": [{"loc": ["body", "name"], "msg": "too long"}]})),
            1,
            "name: too",
        ),
    ] {
        let env = Env::new();
        let server = with(&[token(1, "ci", false), token(2, "old", true)]);
        signed_in(&env, &server, &[("default", 8)]);
        server.on("POST", TOKENS, [answer.clone()]);
        server.on("POST", &path(1, "/revoke"), [answer.clone()]);
        server.on("DELETE", &path(2, ""), [answer]);
        for line in ["token create --name x", "token revoke ci --yes", "token delete old --yes"] {
            let outcome = env.line(line).fails(code);
            outcome.says(&[says]);
            assert!(!outcome.all().contains("credentials"), "{outcome}");
            assert!(!outcome.all().contains("token-of-default"), "{outcome}");
        }
        assert_eq!(server.writes().len(), 3, "never sent twice");
    }
}

#[test]
fn a_viewer_has_tokens_of_its_own() {
    let env = Env::new();
    let platform = Platform::start(&env);
    let text = platform.viewer(&env, "token create --name mine").ok().stdout;
    assert!(!platform.admin(&env, "token list").ok().stdout.contains("mine"));
    platform.viewer(&env, "token revoke mine --yes").ok();
    platform.with(env.line("token list"), text.trim()).fails(6);
    let admin = platform.admin(&env, "token list -o json").ok().json();
    let foreign = admin[0]["id"].as_str().unwrap();
    platform.viewer(&env, "token revoke --yes").arg(foreign).fails(3).says(&["there is no token"]);
    // A token with a scope opens nothing here.
    let scoped = platform.admin(&env, "token create --name agent --scope mcp:read").ok().stdout;
    let outcome = platform.with(env.line("token list"), scoped.trim()).run();
    assert!(outcome.code != Some(0) && !outcome.all().contains(scoped.trim()), "{outcome}");
}

#[test]
fn h37_h40_hostile_names_of_tokens_are_shown_inert_where_they_are_ended() {
    let hostile = "x\u{1b}[2J\r\n> forged\u{202e}\u{9b}K";
    let (env, server) = (Env::new(), with(&[token(1, hostile, false), token(2, "--yes", false)]));
    server.on("POST", &path(1, "/revoke"), [Answer::done()]);
    server.on("POST", &path(2, "/revoke"), [Answer::done()]);
    let outcomes = [
        server.ankra(&env, "token list").ok(),
        server.ankra(&env, "token revoke --yes").arg(hostile).ok(),
        server.ankra(&env, "token revoke absent").fails(3),
        server.ankra(&env, "token revoke --yes -- --yes").ok(),
    ];
    for outcome in outcomes {
        assert!(!outcome.all().contains(['\u{1b}', '\u{202e}', '\u{9b}', '\r']), "{outcome}");
    }
    let mut pty = Pty::sized(server.ankra(&env, "token revoke").arg(id(1)), 200, |_| {});
    pty.expect("x\\u{1b}[2J\\r\\n> forged").expect("[y/N]").send("n\r");
    assert_eq!(pty.end(), End::Code(4));
}

/// A former token that a sign-in cannot revoke can be revoked by hand.
#[test]
fn a_sign_in_that_cannot_revoke_the_former_token_says_how() {
    let (env, server) = (Env::new(), FaultServer::start());
    signed_in(&env, &server, &[("default", 5)]);
    server.has_organisation("acme");
    server.on("POST", &path(5, "/revoke"), [Answer::json(500, json!({"detail": "no"}))]);
    let line = format!("login --with-token --store file --base-url {}", server.url());
    let outcome = env.line(&line).stdin("the-new-token").ok();
    outcome.says(&["the former token stays valid", "Revoke it with: ankra token revoke --base-url "]);
    outcome.says(&[&id(5)]);
    assert!(server.lines().contains(&format!("GET {ORGANISATIONS}")));
}

#[test]
fn tokens_are_offered_by_name_or_id_and_scopes_and_stores_by_name() {
    let twice =
        [token(1, "ci", false), token(2, "two", false), token(3, "two", true), token(4, "a b", false)];
    let (env, server) = (Env::new(), with(&twice));
    signed_in(&env, &server, &[("default", 1)]);
    for line in ["token revoke", "token delete"] {
        let answer = env.line(&format!("__complete fish ankra {line}")).arg("").ok().stdout;
        let wanted = [
            format!("{}\tactive token \"two\"", id(2)),
            format!("{}\trevoked token \"two\"", id(3)),
            format!("{}\tactive token \"a b\"", id(4)),
            "ci\tactive token".to_owned(),
        ];
        assert!(wanted.iter().all(|line| answer.lines().any(|one| one == line)), "{answer}");
        assert_eq!(answer.lines().count(), 4, "{answer}");
    }
    assert_eq!(server.requests().len(), 1, "the second Tab asks nobody");
    let ask =
        |line: &str| env.line(&format!("__complete fish ankra token create {line}")).arg("").ok().stdout;
    assert!(ask("--scope").contains("mcp:read\t") && ask("--scope").contains("mcp:write\t"));
    assert!(ask("--save-as-profile d2 --store").contains("keychain\t"));
}
