//! `registry presets`, and what a preset does in `create`.

use std::{fs, os::unix::fs::PermissionsExt};

use base64ct::{Base64, Encoding};
use serde_json::{Value, json};

use crate::support::{Answer, End, Env, FaultServer, Platform, Pty, Run};

/// What `aws ecr get-login-password` prints, with this end.
pub fn ecr_password(end: i64) -> String {
    let text = json!({"payload": "AAAA", "datakey": "BBBB", "expiration": end}).to_string();
    Base64::encode_string(text.as_bytes())
}

const KEY: &str = r#"{"type":"service_account","private_key":"-----BEGIN PRIVATE KEY-----\nAAAA\n","client_email":"a@b.example"}"#;

/// A platform that stores what it is sent.
fn storing() -> FaultServer {
    let server = FaultServer::start();
    server.on("POST", "/api/v1/org/helm/credentials", [Answer::done()]);
    server
}

fn create(server: &FaultServer, env: &Env, rest: &str) -> Run {
    server.ankra(env, &format!("credentials registry create --name mine {rest}"))
}

#[test]
fn every_preset_has_its_guide_and_the_list_is_one_screen() {
    let env = Env::new();
    let names = env.line("credentials registry presets -o name").ok().stdout;
    let names: Vec<&str> = names.lines().collect();
    let create = ["credentials", "registry", "create"]
        .into_iter()
        .fold(ankra::testing::cli::command(), |tree, name| tree.find_subcommand(name).unwrap().clone());
    let preset = create.get_arguments().find(|arg| arg.get_id() == "preset").unwrap();
    let values = preset.get_possible_values();
    assert_eq!(names, values.iter().map(clap::builder::PossibleValue::get_name).collect::<Vec<_>>());
    let table = env.line("credentials registry presets").ok();
    assert!(table.stdout.lines().all(|line| line.chars().count() <= 132), "{table}");
    let guide = env.line("credentials registry presets ecr").ok().stdout;
    for part in [
        "Name:         ecr\n",
        "User name:    AWS\n",
        "aws ecr get-login-password --region",
        "Expires:      after 12 hours\n",
        "Create:       ankra credentials registry create --name my-ecr --preset ecr --password-from ",
    ] {
        assert!(guide.contains(part), "{part}: {guide}");
    }
    let all = env.line("credentials registry presets -o json").ok().json();
    assert_eq!(all.as_array().unwrap().len(), names.len());
    for one in all.as_array().unwrap() {
        let alone = env
            .line(&format!("credentials registry presets {} -o json", one["name"].as_str().unwrap()))
            .ok()
            .json();
        assert_eq!(&alone, one);
        for key in
            ["title", "username", "password", "where_from", "least_right", "expires", "renew", "create"]
        {
            assert!(one[key].as_str().is_some_and(|text| !text.is_empty()), "{key}: {one}");
        }
    }
    env.line("credentials registry presets ghrc").fails(2).says(&["ghcr"]);
    let piped = env.line("credentials registry presets --no-headers").ok().stdout;
    assert!(piped.starts_with("ghcr ") && piped.lines().count() == names.len(), "{piped}");
}

/// The lines that the guides show store a credential, as they are but for the question to a
/// registry that is on the internet.
#[test]
fn every_guide_shows_a_line_that_works() {
    let env = Env::new();
    let platform = Platform::start(&env);
    let programs = env.home().join("programs");
    fs::create_dir(&programs).unwrap();
    let aws = programs.join("aws");
    fs::write(
        &aws,
        format!(
            "#!/bin/sh\n[ \"$*\" = 'ecr get-login-password --region us-east-1' ] && echo {}\n",
            ecr_password(4_000_000_000)
        ),
    )
    .unwrap();
    fs::set_permissions(&aws, fs::Permissions::from_mode(0o755)).unwrap();
    fs::write(env.work().join("key.json"), KEY).unwrap();
    let ankra = env.line("").command.get_program().to_owned();
    let path = format!("{}:{}", programs.display(), std::env::var("PATH").unwrap());
    let guides = env.line("credentials registry presets -o json").ok().json();
    for guide in guides.as_array().unwrap() {
        let line = guide["create"].as_str().unwrap();
        let line = line.strip_suffix(" --check").unwrap().replacen("ankra ", "\"$ANKRA\" ", 1);
        let run = env
            .program("sh")
            .arg("-c")
            .arg(&line)
            .env("ANKRA", &ankra)
            .env("PATH", &path)
            .env("GHCR_TOKEN", format!("ghp_{}", "a".repeat(36)))
            .env("ACR_PASSWORD", "abc8Q~AAAA")
            .env("HUB_TOKEN", "dckr_pat_AAAA")
            .env("HARBOR_SECRET", "AAAA")
            .env("ARTIFACTORY_TOKEN", format!("cmVmd{}", "A".repeat(59)))
            .env("CHARTS_PASSWORD", "AAAA");
        let outcome = platform.with(run, &platform.admin).ok();
        assert!(!outcome.stderr.contains("warning"), "{outcome}");
        let name = format!("my-{}", guide["name"].as_str().unwrap());
        let stored = platform.admin(&env, &format!("credentials registry get {name} -o json")).ok().json();
        if let Value::String(fixed) = &guide["fixed_username"] {
            assert_eq!(&stored["username"], fixed);
        }
    }
    let list = platform.admin(&env, "credentials registry list -o name").ok().stdout;
    let stored = list.lines().filter(|name| name.starts_with("my-")).count();
    assert_eq!(stored, guides.as_array().unwrap().len(), "{list}");
}

#[test]
fn a_user_name_that_is_the_same_for_everybody_is_filled_in() {
    let env = Env::new();
    let token = ecr_password(4_000_000_000);
    for (rest, username, password) in [
        ("--preset ecr", "AWS", token.as_str()),
        ("--registry-url oci://123456789012.dkr.ecr.us-east-1.amazonaws.com/charts", "AWS", &token),
        ("--preset gar", "_json_key", KEY),
        ("--registry-url oci://europe-west1-docker.pkg.dev/p/charts", "_json_key", KEY),
    ] {
        let server = storing();
        create(&server, &env, &format!("{rest} --password-stdin")).stdin(password).ok();
        let body = server.writes()[0].json();
        assert_eq!((&body["username"], &body["password"]), (&json!(username), &json!(password)), "{rest}");
    }
    // Where it is an account's own, it is asked for by its name.
    let server = FaultServer::start();
    let outcome = create(&server, &env, "--preset harbor --password-stdin").stdin("x").fails(2);
    outcome.says(&["missing: --username", "robot account: --username 'robot$team+puller'"]);
    assert!(server.requests().is_empty());
}

#[test]
fn what_is_unusual_is_warned_about_and_stored() {
    let env = Env::new();
    for (rest, password, warning) in [
        ("--registry-url oci://ghcr.io/octocat/a --username octocat", "hunter2", "begins with ghp_"),
        ("--preset dockerhub --username octocat", "hunter2", "not an access token"),
        ("--preset acr --username me@example.com", "x", "appId of a service principal"),
        ("--preset harbor --username octocat", "x", "begins with robot$"),
        ("--preset artifactory --username octocat", "hunter2", "neither an identity token"),
        ("--username AWS", "hunter2", "not what aws ecr get-login-password prints"),
        ("--preset ghcr --registry-url oci://docker.io/a --username octocat", "x", "one of Docker Hub"),
    ] {
        let server = storing();
        let outcome = create(&server, &env, &format!("{rest} --password-stdin")).stdin(password).ok();
        outcome.says(&["warning: ", warning]);
        assert_eq!(server.writes().len(), 1, "{rest}");
    }
    let server = storing();
    let outcome = create(&server, &env, "--preset generic --username AWS --password-stdin").stdin("x").ok();
    assert!(!outcome.stderr.contains("aws ecr"), "{outcome}");
}

#[test]
fn what_cannot_work_is_not_stored() {
    let env = Env::new();
    let authorized_user = r#"{"type":"authorized_user","client_secret":"hunter2","refresh_token":"hunter2"}"#;
    let whole = Base64::encode_string(b"AWS:hunter2");
    for (rest, password, why) in [
        ("--preset gar", "hunter2", "a service account's JSON key"),
        ("--preset gar", authorized_user, "no whole key of a service account"),
        ("--username _json_key", "hunter2", "a service account's JSON key"),
        ("--preset ecr", whole.as_str(), "whole authorization token"),
        ("--preset ecr", "AKIAIOSFODNN7EXAMPLE", "ID of an access key"),
        ("--preset ecr", &ecr_password(1_600_000_000), "it expired 6 years ago (2020-09-13T12:26:40Z)"),
        ("--username anybody", &ecr_password(1_600_000_000), "has already expired"),
    ] {
        let server = FaultServer::start();
        let outcome = create(&server, &env, &format!("{rest} --password-stdin")).stdin(password).fails(2);
        outcome.says(&[why, "hint: "]);
        assert!(!outcome.all().contains("hunter2"), "{outcome}");
        assert!(server.writes().is_empty());
        create(&server, &env, &format!("{rest} --password-stdin --dry-run")).stdin(password).fails(2);
    }
    let server = storing();
    create(&server, &env, "--preset generic --username AWS --password-stdin").stdin(whole.as_str()).ok();
}

#[test]
fn a_person_is_asked_in_the_words_of_the_registry() {
    let env = Env::new();
    let line = "--sandbox credentials registry create --name";
    let mut pty = Pty::start(env.line(&format!("{line} a --registry-url oci://ghcr.io/octocat/charts")));
    pty.expect("GitHub user name: ").send("octocat\r");
    pty.expect("Where to get it: GitHub > Settings > Developer settings")
        .expect("GitHub personal access token: ")
        .expect_hidden()
        .send(&format!("ghp_{}\r", "a".repeat(36)));
    pty.ok();
    // Nobody types a key file.
    fs::write(env.home().join("key.json"), KEY).unwrap();
    let mut pty = Pty::start(env.line(&format!("{line} b --preset gar")));
    pty.expect("Path of the JSON key file: ").send("~/key.json\r");
    pty.ok();
    let one = env.line("--sandbox credentials registry get b -o json").ok().json();
    assert_eq!(one["username"], "_json_key");
    let mut pty = Pty::start(env.line(&format!("{line} c --preset gar")));
    for _ in 0..3 {
        pty.expect("Path of the JSON key file: ").send("nowhere.json\r").expect("there is no such file");
    }
    assert_eq!(pty.end(), End::Code(2));
    env.line("--sandbox credentials registry get c").fails(3);
}

#[test]
fn a_new_password_is_asked_for_in_the_words_of_the_registry_that_uses_it() {
    let env = Env::new();
    // Both registries that use it are at ghcr.io.
    let mut pty = Pty::start(env.line("--sandbox --org demo credentials registry update demo-ghcr"));
    pty.expect("Where to get it: GitHub > Settings")
        .expect("GitHub personal access token: ")
        .send("hunter2\r");
    pty.expect("a GitHub token begins with ghp_");
    pty.ok();
    // Nobody types a key file, to replace one either.
    fs::write(env.home().join("key.json"), KEY).unwrap();
    let gar =
        "--sandbox credentials registry create --name my-gar --preset gar --password-from file:key.json";
    let key = format!("file:{}", env.home().join("key.json").display());
    env.line(&gar.replace("file:key.json", &key)).ok();
    for verb in ["update", "refresh"] {
        let mut pty = Pty::start(env.line(&format!("--sandbox credentials registry {verb} my-gar")));
        pty.expect("Path of the JSON key file: ").send("~/key.json\r");
        pty.ok();
    }
}

#[test]
fn what_the_registry_refuses_is_not_stored_with_check() {
    let env = Env::new();
    let basic = || Answer::json(401, json!({})).header("www-authenticate", "Basic realm=\"x\"");
    let tags = || Answer::json(200, json!({"name": "a", "tags": []}));
    for (login, path, code, says) in [
        (vec![basic(), Answer::json(200, json!({}))], vec![tags(), basic()], 0, "work at oci://127.0.0.1"),
        (vec![basic(), basic()], vec![], 6, "nothing was stored; leave out --check"),
        (vec![Answer::json(200, json!({}))], vec![tags()], 1, "cannot tell whether these credentials work"),
    ] {
        // A dry run asks the registry too.
        for dry in ["", " --dry-run"] {
            let registry = FaultServer::start();
            registry.on("GET", "/v2/", login.clone());
            if !path.is_empty() {
                registry.on("GET", "/v2/a/tags/list", path.clone());
            }
            let is_stored = code == 0 && dry.is_empty();
            let server = if is_stored { storing() } else { FaultServer::start() };
            let url = registry.url().replace("http", "oci");
            let rest = format!("--username reader --password-stdin --check --registry-url {url}/a{dry}");
            let outcome = create(&server, &env, &rest).stdin("the-password").run();
            assert_eq!(outcome.code, Some(code), "{outcome}");
            outcome.says(&[says]);
            assert_eq!(server.writes().len(), usize::from(is_stored), "{outcome}");
        }
    }
    // What the real run would not ask, a dry run does not either.
    let line = "--sandbox credentials registry create --name there --username reader";
    env.line(&format!("{line} --password-stdin")).stdin("the-password").ok();
    let line = format!("{line} --check --registry-url oci://127.0.0.1:9/a --dry-run");
    env.line(&format!("{line} --password-stdin --if-not-exists")).stdin("the-password").ok();
    let line = line.replacen("there", "other", 1);
    env.line(&line).ok().says(&["Not checked: a dry run does not ask for secrets"]);
    let server = FaultServer::start();
    create(&server, &env, "--username reader --password-stdin --check")
        .stdin("x")
        .fails(2)
        .says(&["--registry-url"]);
}
