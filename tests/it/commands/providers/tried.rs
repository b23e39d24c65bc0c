//! What the platform says of secrets that it tried at their provider.

use ankra::testing::providers::{ALL, Provider};
use serde_json::{Map, Value, json};

use super::{behind_a_jump_host, secrets};
use crate::support::{Answer, Env, FaultServer, Run, create_line, usual_value};

/// Gives all secrets of `provider`, each beginning with `start`, on standard input.
fn with_secrets(run: Run, provider: &Provider, start: &str) -> Run {
    let given = secrets(provider).into_iter().map(|field| {
        let value = usual_value(field);
        let rest = value.get(start.len()..).unwrap_or_default();
        (field.name.to_owned(), json!(format!("{start}{rest}")))
    });
    let given = Value::Object(given.collect::<Map<_, _>>()).to_string();
    run.arg("--secrets-from").arg("stdin").arg("--allow-unusual").stdin(given)
}

/// Each sentence of the platform about `provider`, the exit code and the kind of error it leads to, and a hint.
fn sentences(provider: &Provider) -> Vec<(String, i32, &'static str, String)> {
    let (title, again) = (provider.title, "nothing was stored: try again in a while".to_owned());
    let new = format!("make a new one, and copy it whole: {}", provider.where_from);
    let rights = format!("make one with these rights: {}", provider.where_from);
    vec![
        (format!("{title} rejected the API token."), 6, "authentication", new.clone()),
        (format!("{title} rejected the supplied keys."), 6, "authentication", new),
        (format!("{title} accepted the token but denied the request."), 7, "permission", rights.clone()),
        (
            format!("{title} accepted the keys but the consumer key lacks the required permissions."),
            7,
            "permission",
            rights,
        ),
        (format!("Could not reach the {title} API."), 1, "failure", again.clone()),
        (format!("{title} returned HTTP 503."), 1, "failure", again),
    ]
}

#[test]
fn each_sentence_becomes_its_cause_kind_and_hint_in_whatever_answer_it_comes() {
    for provider in ALL {
        for (sentence, code, kind, hint) in sentences(provider) {
            let of_a_field = json!({"success": false, "errors": [{"key": "api_token", "message": sentence}]});
            let mut answers = vec![Answer::json(200, of_a_field.clone()), Answer::json(422, of_a_field)];
            let detail = json!({"detail": sentence});
            answers.extend([400, 401, 403, 422, 502].map(|status| Answer::json(status, detail.clone())));
            for answer in answers {
                let (env, server) = (Env::new(), FaultServer::start());
                server.on("POST", &format!("/api/v1/credentials/{}", provider.slug), [answer]);
                let run = server.ankra(&env, &create_line(provider, "my-cred")).arg("-o").arg("json");
                let outcome = with_secrets(run, provider, "").fails(code);
                let told: Value = serde_json::from_str(outcome.stderr.lines().last().unwrap()).unwrap();
                let error = &told["error"];
                assert_eq!(error["kind"], kind, "{outcome}");
                let message = error["message"].as_str().unwrap();
                let what = format!("cannot create the {} credential my-cred", provider.title);
                assert!(message.starts_with(&what), "{outcome}");
                assert!(error["causes"][0].as_str().unwrap().ends_with(&sentence), "{outcome}");
                assert_eq!(error["hints"][0], hint, "{outcome}");
                let check = format!("credentials {} check", provider.slug);
                assert_eq!(outcome.stderr.contains(&check), code != 1, "{outcome}");
                assert!(!outcome.stderr.contains("ankra login"), "{outcome}");
                assert!(!outcome.stderr.contains("administrator"), "{outcome}");
            }
        }
    }
}

#[test]
fn the_check_that_is_named_has_the_options_that_it_needs() {
    for (slug, options) in [
        ("hetzner", "\n"),
        ("ovh", "\n"),
        ("morpheus", " --api-url https://morpheus.example.com\n"),
        ("proxmox", " --api-url https://pve.example.com:8006 --token-id 'ankra@pve!platform'\n"),
    ] {
        let (env, server, provider) = (Env::new(), FaultServer::start(), Provider::named(slug).unwrap());
        let answer = json!({"detail": sentences(provider)[0].0});
        server.on("POST", &format!("/api/v1/credentials/{slug}"), [Answer::json(400, answer)]);
        let run = server.ankra(&env, &create_line(provider, "my-cred"));
        with_secrets(run, provider, "").fails(6).says(&[&format!("credentials {slug} check{options}")]);
    }
}

#[test]
fn a_sentence_that_is_not_known_stays_as_it_is() {
    let (env, server) = (Env::new(), FaultServer::start());
    let answer = json!({"detail": "The token is of another planet."});
    server.on("POST", "/api/v1/credentials/hetzner", [Answer::json(401, answer)]);
    let run = server.ankra(&env, "credentials hetzner create --name my-cred");
    let outcome = with_secrets(run, Provider::named("hetzner").unwrap(), "").fails(6);
    outcome.says(&["cause: The token is of another planet.", "ankra login"]);
}

#[test]
fn a_name_that_is_taken_meanwhile_is_told_as_such() {
    let (env, server) = (Env::new(), FaultServer::start());
    let answer = json!({"success": false, "errors": [
        {"key": "name", "message": "already exists"},
        {"key": "api_token", "message": "Hetzner rejected the API token."},
    ]});
    server.on("POST", "/api/v1/credentials/hetzner", [Answer::json(200, answer)]);
    let run = server.ankra(&env, "credentials hetzner create --name my-cred");
    with_secrets(run, Provider::named("hetzner").unwrap(), "").fails(8);
}

#[test]
fn the_sandbox_says_each_sentence_of_each_provider_and_stores_nothing() {
    for provider in ALL {
        let env = Env::new();
        for (start, code, says) in [
            ("rejected", 6, "rejected the "),
            ("denied", 7, "accepted the "),
            ("unreachable", 1, "Could not reach the "),
            ("http503", 1, "returned HTTP 503."),
        ] {
            let line = format!("--sandbox {}", create_line(provider, "my-cred"));
            let outcome = with_secrets(env.line(&line), provider, start).fails(code);
            outcome.says(&[&format!("cannot create the {} credential my-cred", provider.title), says]);
            assert!(outcome.stderr.contains(provider.title), "{outcome}");
        }
        let list = format!("--sandbox credentials {} list -o name", provider.slug);
        assert_eq!(env.line(&list).ok().stdout, "");
    }
}

#[test]
fn an_api_of_one_s_own_has_to_be_reached_and_what_is_not_tried_yet_is_said() {
    for provider in behind_a_jump_host() {
        let env = Env::new();
        let line = format!("--sandbox {}", create_line(provider, "my-cred"));
        let outcome = with_secrets(env.line(&line), provider, "unreachable").fails(1);
        outcome.says(&["has to reach the API at --api-url", "--jumphost-host"]);
        let key = env.home().join("key");
        env.line("credentials ssh-key generate --private-key-file").arg(&key).arg("-q").ok();
        let run = env.line(&format!("{line} --jumphost-host bastion.example.com"));
        let run = run.arg("--jumphost-private-key-from").arg(format!("file:{}", key.display()));
        let stored = with_secrets(run, provider, "rejected").ok();
        stored.says(&["The platform tests the connection only when it makes a cluster."]);
    }
}
