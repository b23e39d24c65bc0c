//! When passwords end: told by `create`, `list` and `get`.

use std::{
    fs,
    os::unix::fs::{MetadataExt, PermissionsExt, symlink},
    path::PathBuf,
    thread,
};

use serde_json::{Value, json};

use super::presets::ecr_password;
use crate::support::{Answer, Env, FaultServer, Platform, Run, gate, id, write_private};

const END: &str = "2096-10-02T07:06:40Z";

fn list(platform: &Platform, env: &Env) -> Vec<(String, Value)> {
    let list = platform.admin(env, "credentials registry list -o json").ok().json();
    let pair = |one: &Value| (one["name"].as_str().unwrap().to_owned(), one["expires_at"].clone());
    list.as_array().unwrap().iter().map(pair).collect()
}

/// `my-ecr` in a sandbox of its own, and the file that notes its end.
fn stored() -> (Env, Platform, std::path::PathBuf) {
    let env = Env::new();
    let platform = Platform::start(&env);
    let create = "credentials registry create --name my-ecr --preset ecr --password-stdin -o json";
    let created = platform.admin(&env, create).stdin(ecr_password(4_000_000_000)).ok();
    assert_eq!(created.json()["expires_at"], END);
    created.says(&["It expires in 70 years", "ankra credentials registry refresh my-ecr"]);
    let file = env.home().join(".local/share/ankra/expiries.json");
    (env, platform, file)
}

#[test]
fn an_end_is_shown_wherever_the_credential_is() {
    let (env, platform, file) = stored();
    let known = |end: Value| (("my-ecr".to_owned()), end);
    assert!(list(&platform, &env).contains(&known(json!(END))));
    let one = platform.admin(&env, "credentials registry get my-ecr -o json").ok().json();
    assert_eq!(one["expires_at"], END);
    let table = platform.admin(&env, "credentials registry list").ok().stdout;
    assert!(table.contains("EXPIRES") && table.contains(END), "{table}");
    assert_eq!(fs::metadata(&file).unwrap().permissions().mode() & 0o777, 0o600);
    assert!(!fs::read_to_string(&file).unwrap().contains("eyJ"), "a time is noted, no password");

    // A password that does not tell its end leaves none.
    let update = "credentials registry update my-ecr --preset generic --password-stdin";
    platform.admin(&env, update).stdin("hunter2").ok();
    assert!(list(&platform, &env).contains(&known(Value::Null)));
    platform.admin(&env, update).stdin(ecr_password(4_000_000_000)).ok();
    assert!(list(&platform, &env).contains(&known(json!(END))));

    // Nor does a credential that is gone.
    platform.admin(&env, "credentials registry delete my-ecr --yes").ok();
    assert_eq!(fs::read_to_string(&file).unwrap(), "{}");
}

#[test]
fn a_credential_that_was_changed_elsewhere_has_no_known_end() {
    let (env, platform, file) = stored();
    let noted = fs::read(&file).unwrap();
    let update = "credentials registry update my-ecr --preset generic --password-stdin";
    platform.admin(&env, update).stdin("hunter2").ok();
    write_private(&file, noted);
    let one = platform.admin(&env, "credentials registry get my-ecr -o json").ok().json();
    assert_eq!(one["expires_at"], Value::Null);
}

#[test]
fn what_has_ended_is_warned_about() {
    let (env, platform, file) = stored();
    let noted = fs::read_to_string(&file).unwrap();
    write_private(&file, noted.replace("4000000000", "1790000000"));
    for command in ["list", "get my-ecr"] {
        let outcome = platform.admin(&env, &format!("credentials registry {command}")).ok();
        outcome.says(&["warning: my-ecr has expired", "ankra credentials registry refresh my-ecr"]);
        assert!(outcome.stdout.contains("2026-09-21T14:13:20Z"), "{outcome}");
    }
}

#[test]
fn a_note_that_is_not_ours_is_as_if_it_were_not_there() {
    let (env, platform, file) = stored();
    let noted = fs::read(&file).unwrap();
    let unknown = ("my-ecr".to_owned(), Value::Null);
    for junk in [&b"{"[..], b"[]", b"\xff", b"{\"a\": 1}", b""] {
        write_private(&file, junk);
        assert!(list(&platform, &env).contains(&unknown));
    }
    write_private(&file, &noted);
    fs::set_permissions(&file, fs::Permissions::from_mode(0o644)).unwrap();
    assert!(list(&platform, &env).contains(&unknown), "others may have read it, or written");
    let elsewhere = env.home().join("elsewhere");
    write_private(&elsewhere, &noted);
    fs::remove_file(&file).unwrap();
    symlink(&elsewhere, &file).unwrap();
    assert!(list(&platform, &env).contains(&unknown));
    // Storing goes on, and takes the link's place.
    let refresh = "credentials registry refresh my-ecr --password-stdin";
    platform.admin(&env, refresh).stdin(ecr_password(4_000_000_000)).ok();
    assert!(list(&platform, &env).contains(&("my-ecr".to_owned(), json!(END))));
    assert_eq!(fs::read(&elsewhere).unwrap(), noted);
}

/// A platform that has `count` registry credentials and takes new passwords for them.
fn registries(count: u8) -> FaultServer {
    let server = FaultServer::start();
    for number in 0..count {
        let path = format!("/api/v1/org/helm/credentials/ecr-{number}");
        let shown = json!({"id": id(number), "name": format!("ecr-{number}"), "username": "AWS"});
        server.on("GET", &path, [Answer::json(200, shown)]);
        server.on("PUT", &path, [Answer::done()]);
    }
    server
}

fn refresh(server: &FaultServer, env: &Env, number: u8) -> Run {
    let password = ecr_password(4_000_000_000);
    let line = format!("credentials registry refresh ecr-{number} --password-stdin --timeout 300");
    server.ankra(env, &line).stdin(password)
}

fn expiries(env: &Env) -> PathBuf {
    env.home().join(".local/share/ankra/expiries.json")
}

#[test]
fn h114_forty_refreshes_at_once_are_all_noted() {
    let count = 40;
    let (env, server) = (Env::new(), registries(count));
    thread::scope(|scope| {
        for number in 0..count {
            let (env, server) = (&env, &server);
            scope.spawn(move || refresh(server, env, number).ok());
        }
    });
    let noted: serde_json::Value = serde_json::from_slice(&fs::read(expiries(&env)).unwrap()).unwrap();
    let noted = noted.as_object().unwrap().len();
    gate("lost writers of notes", usize::from(count) - noted, usize::from(count));
    assert_eq!(noted, usize::from(count));
}

#[test]
fn h114_notes_that_are_broken_are_told_of_and_kept() {
    let (env, server) = (Env::new(), registries(2));
    let file = expiries(&env);
    let aside = |name: &str| file.with_file_name(name);
    write_private(&file, "{ broken");
    refresh(&server, &env, 0).ok().says(&["expiries.json could not be used", "expiries.json.broken"]);
    assert_eq!(fs::read_to_string(aside("expiries.json.broken")).unwrap(), "{ broken");
    // What others could have written is not believed, nor lost.
    let noted = fs::read(&file).unwrap();
    fs::set_permissions(&file, fs::Permissions::from_mode(0o666)).unwrap();
    refresh(&server, &env, 1).ok().says(&["expiries.json.broken-2"]);
    assert_eq!(fs::read(aside("expiries.json.broken-2")).unwrap(), noted);
    assert_eq!(fs::metadata(&file).unwrap().mode() & 0o777, 0o600);
    let again = refresh(&server, &env, 0).ok();
    assert!(!again.stderr.contains("broken"), "{again}");
}

#[test]
fn h114_broken_notes_are_told_of_where_they_would_be_shown_and_left_alone() {
    let env = Env::new();
    let platform = Platform::start(&env);
    let create = "credentials registry create --name one --preset generic --username u --password-stdin";
    platform.admin(&env, create).stdin("hunter2").ok();
    assert!(!expiries(&env).exists(), "there is nothing to note");
    write_private(&expiries(&env), "{ broken");
    for line in ["list", "get one", "delete one --yes"] {
        let outcome = platform.admin(&env, &format!("credentials registry {line}")).ok();
        if !line.starts_with("delete") {
            outcome.says(&["warning: ", "expiries.json cannot be used"]);
        }
        assert_eq!(fs::read_to_string(expiries(&env)).unwrap(), "{ broken");
    }
}
