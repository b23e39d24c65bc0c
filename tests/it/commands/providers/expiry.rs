//! When the secrets of clouds end: told by `create`, lists and `get`, where the secret says so itself.

use std::{fs, path::PathBuf};

use ankra::testing::providers::Provider;
use base64ct::{Base64UrlUnpadded, Encoding};
use serde_json::{Map, Value, json};

use super::secrets;
use crate::support::{
    Answer, Env, FaultServer, Outcome, Platform, Run, create_line, credential, id, usual_value, write_private,
};

const END: &str = "2096-10-02T07:06:40Z";
const SECONDS: i64 = 4_000_000_000;

/// A token that ends so many seconds after 1970, in the form of RFC 7519.
fn jwt(end: i64) -> String {
    let part = |text: &str| Base64UrlUnpadded::encode_string(text.as_bytes());
    format!("{}.{}.{}", part(r#"{"alg":"RS256"}"#), part(&format!(r#"{{"exp":{end}}}"#)), part("signature"))
}

/// Those whose secrets the sandbox takes in any form.
fn providers() -> [&'static Provider; 4] {
    ["ovh", "digitalocean", "upcloud", "morpheus"].map(|slug| Provider::named(slug).unwrap())
}

/// Gives the secrets of `provider` on standard input; the last one is `last`.
fn give(run: Run, provider: &Provider, last: &str) -> Run {
    let fields = secrets(provider);
    let mut given: Map<String, Value> =
        fields.iter().map(|field| (field.name.to_owned(), json!(usual_value(field)))).collect();
    given.insert(fields.last().unwrap().name.to_owned(), json!(last));
    run.arg("--secrets-from").arg("stdin").arg("--allow-unusual").stdin(Value::Object(given).to_string())
}

fn create(platform: &Platform, env: &Env, provider: &Provider, name: &str, last: &str) -> Outcome {
    let line = format!("{} -o json", create_line(provider, name));
    give(platform.admin(env, &line), provider, last).ok()
}

fn file(env: &Env) -> PathBuf {
    env.home().join(".local/share/ankra/expiries.json")
}

/// What the list that `command` shows says of the end of each, by name.
fn ends(platform: &Platform, env: &Env, command: &str) -> Vec<(String, Option<Value>)> {
    let list = platform.admin(env, &format!("{command} -o json --sort name")).ok().json();
    let pair = |one: &Value| (one["name"].as_str().unwrap().to_owned(), one.get("expires_at").cloned());
    list.as_array().unwrap().iter().map(pair).collect()
}

#[test]
fn an_end_is_shown_wherever_the_credential_is_and_nowhere_else() {
    for provider in providers() {
        let env = Env::new();
        let platform = Platform::start(&env);
        let slug = provider.slug;
        let created = create(&platform, &env, provider, "ends", &jwt(SECONDS));
        assert_eq!(created.json()["expires_at"], END);
        created.says(&[
            "It expires in 70 years (2096-10-02T07:06:40Z). Before that, store a new one with: ankra credentials",
            &format!("{slug} create --name NEW-NAME"),
        ]);
        let other =
            create(&platform, &env, provider, "other", &usual_value(secrets(provider).last().unwrap()));
        assert!(other.json().get("expires_at").is_none() && !other.stderr.contains("expire"), "{other}");
        let known = [("ends".to_owned(), Some(json!(END))), ("other".to_owned(), Some(Value::Null))];
        for command in [format!("credentials {slug} list"), "credentials list".to_owned()] {
            assert_eq!(ends(&platform, &env, &command), known);
            for format in ["table", "wide"] {
                let table = platform.admin(&env, &format!("{command} -o {format}")).ok().stdout;
                let header: Vec<&str> = table.lines().next().unwrap().split_whitespace().collect();
                assert_eq!(&header[..5], ["NAME", "PROVIDER", "STATUS", "EXPIRES", "CREATED"], "{table}");
                let cell = |name: &str| {
                    let row = table.lines().find(|row| row.starts_with(name)).unwrap();
                    row.split_whitespace().nth(3).unwrap().to_owned()
                };
                assert_eq!((cell("ends"), cell("other")), (END.to_owned(), "unknown".to_owned()), "{table}");
            }
            let names = platform.admin(&env, &format!("{command} -o name --sort name")).ok().stdout;
            assert_eq!(names, "ends\nother\n");
        }
        let get = platform.admin(&env, "credentials get ends").ok().stdout;
        assert!(get.lines().any(|line| line.starts_with("Expires:") && line.ends_with(END)), "{get}");
        let get = |name: &str| platform.admin(&env, &format!("credentials get {name} -o json")).ok().json();
        assert_eq!(get("ends")["expires_at"], END);
        assert_eq!(get("other")["expires_at"], Value::Null);
        assert!(!fs::read_to_string(file(&env)).unwrap().contains("eyJ"), "a time is noted, no token");

        platform.admin(&env, "credentials delete ends --yes").ok();
        assert_eq!(fs::read_to_string(file(&env)).unwrap(), "{}");
        let table = platform.admin(&env, "credentials list").ok().stdout;
        assert!(!table.contains("EXPIRES"), "{table}");
    }
}

#[test]
fn what_has_ended_is_warned_about_with_what_replaces_it() {
    let env = Env::new();
    let platform = Platform::start(&env);
    let upcloud = Provider::named("upcloud").unwrap();
    create(&platform, &env, upcloud, "ends", &jwt(SECONDS));
    let end = |text: &str| write_private(&file(&env), text.replace(&SECONDS.to_string(), "1790000000"));
    end(&fs::read_to_string(file(&env)).unwrap());
    for command in ["upcloud list", "list", "get ends", "list -o name", "list -o json"] {
        let outcome = platform.admin(&env, &format!("credentials {command}")).ok();
        outcome.says(&[
            "warning: ends has expired; store a new one with: ankra",
            "credentials upcloud create --name NEW-NAME",
        ]);
    }
    create(&platform, &env, Provider::named("ovh").unwrap(), "too", &jwt(SECONDS));
    end(&fs::read_to_string(file(&env)).unwrap());
    let outcome = platform.admin(&env, "credentials list --sort name --order desc").ok();
    outcome.says(&["2 credentials have expired: too, ends; replace each, as with: ", "ovh create"]);
    let one = platform.admin(&env, "credentials ovh list").ok();
    one.says(&["warning: too has expired", "credentials ovh create --name NEW-NAME"]);
    assert!(!one.stderr.contains("ends"), "{one}");
}

#[test]
fn a_secret_that_has_ended_already_is_warned_of_and_stored() {
    let env = Env::new();
    let platform = Platform::start(&env);
    let outcome = create(&platform, &env, Provider::named("morpheus").unwrap(), "old", &jwt(1_790_000_000));
    outcome.says(&[
        "warning: its secret expired",
        "(2026-09-21T14:13:20Z)",
        "morpheus create --name NEW-NAME",
    ]);
    assert_eq!(outcome.json()["expires_at"], "2026-09-21T14:13:20Z");
}

#[test]
fn of_several_secrets_the_first_end_counts() {
    let (env, server) = (Env::new(), FaultServer::start());
    server.creates("ovh");
    let given = json!({
        "application-key": jwt(SECONDS + 1_000),
        "application-secret": jwt(SECONDS),
        "consumer-key": usual_value(secrets(Provider::named("ovh").unwrap())[2]),
    });
    let line = create_line(Provider::named("ovh").unwrap(), "my-cred");
    let run = server.ankra(&env, &format!("{line} --secrets-from stdin --allow-unusual -o json"));
    assert_eq!(run.stdin(given.to_string()).ok().json()["expires_at"], END);
}

#[test]
fn a_credential_that_was_changed_elsewhere_has_no_known_end_and_one_of_a_registry_is_shown_too() {
    let (env, server) = (Env::new(), FaultServer::start());
    let list = vec![credential(1, "a", "hetzner"), credential(2, "b", "registry"), credential(3, "c", "ovh")];
    server.on("GET", "/api/v1/org/credentials", [Answer::json(200, list.clone())]);
    let entry = |one: &Value| json!({"expires": SECONDS, "updated_at": one["updated_at"]});
    let notes = json!({
        id(1): {"expires": SECONDS, "updated_at": "2026-01-01T00:00:00Z"},
        id(2): entry(&list[1]),
        id(9): entry(&list[2]),
    });
    write_private(&file(&env), notes.to_string());
    let shown = server.ankra(&env, "credentials list -o json").ok().json();
    let known: Vec<Option<&Value>> =
        shown.as_array().unwrap().iter().map(|one| one.get("expires_at")).collect();
    assert_eq!(known, [Some(&Value::Null), Some(&json!(END)), Some(&Value::Null)]);
}

#[test]
fn without_any_end_a_list_is_as_it_was() {
    let (env, server) = (Env::new(), FaultServer::start());
    let list = vec![credential(1, "a", "hetzner")];
    server.on("GET", "/api/v1/org/credentials", [Answer::json(200, list)]);
    let show = |format: &str| server.ankra(&env, &format!("credentials list -o {format}")).ok().stdout;
    let formats = ["table", "wide", "name"];
    let before = formats.map(show);
    for notes in [json!({}), json!({id(7): {"expires": SECONDS, "updated_at": null}})] {
        write_private(&file(&env), notes.to_string());
        assert_eq!(formats.map(show), before);
    }
    assert!(before.iter().all(|shown| !shown.to_lowercase().contains("expires")));
}
