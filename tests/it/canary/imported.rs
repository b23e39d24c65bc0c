//! Logins that other tools left on this machine.

use std::{fs, os::unix::fs::PermissionsExt, path::PathBuf};

use base64ct::{Base64, Encoding};
use serde_json::json;

use super::{
    FORMATS,
    search::{accepting, bodies, clean, clean_terminal, loud, tricky},
};
use crate::support::{Env, Pty, Run, tool_files, write_private};

const LINE: &str = "credentials registry create --name canary --from-docker";

/// Has docker's file or its helper keep `secret` for ghcr.io; gives the files that hold it.
fn keep(env: &Env, place: &str, secret: &str) -> Vec<PathBuf> {
    let file = env.home().join(".docker/config.json");
    if place == "file" {
        let auth = Base64::encode_string(format!("octocat:{secret}").as_bytes());
        write_private(&file, json!({"auths": {"ghcr.io": {"auth": auth}}}).to_string());
        return vec![file];
    }
    let answer = env.home().join("answer");
    let helper = env.home().join("bin/docker-credential-canary");
    write_private(&file, json!({"auths": {"ghcr.io": {}}, "credsStore": "canary"}).to_string());
    write_private(&answer, json!({"Username": "octocat", "Secret": secret}).to_string());
    let script = format!(
        "#!/bin/sh\nif test $1 = list; then echo '{{\"ghcr.io\": \"octocat\"}}'; exit; fi\n\
         cat {0} >&2; cat {0}\ntest {1} = helper\n",
        answer.display(),
        place
    );
    write_private(&helper, script);
    fs::set_permissions(helper, fs::Permissions::from_mode(0o700)).unwrap();
    vec![answer]
}

fn here(env: &Env, run: Run) -> Run {
    let path = format!("{}:{}", env.home().join("bin").display(), std::env::var("PATH").unwrap());
    loud(run).env("XDG_RUNTIME_DIR", env.home()).env("PATH", path)
}

#[test]
fn h84_a_login_that_is_taken_is_in_one_body_and_nowhere_else() {
    for (place, format) in ["file", "helper"].iter().flat_map(|place| FORMATS.map(|format| (place, format))) {
        let env = Env::new();
        let secret = tricky();
        let server = accepting(&secret);
        let files = keep(&env, place, &secret);
        let line = format!("{LINE} ghcr.io -o {format}");
        let dry = here(&env, server.ankra(&env, &format!("{line} --dry-run"))).ok();
        clean(&env, &dry, &secret, &files);
        assert_eq!(bodies(&server, "password", &secret), 0, "{place}: {dry}");
        let outcome = here(&env, server.ankra(&env, &line)).ok();
        clean(&env, &outcome, &secret, &files);
        assert_eq!(bodies(&server, "password", &secret), 1, "{place}: {outcome}");
    }
}

#[test]
fn h84_a_login_that_is_chosen_is_not_on_the_terminal() {
    for place in ["file", "helper"] {
        let env = Env::new();
        let secret = tricky();
        let server = accepting(&secret);
        let files = keep(&env, place, &secret);
        let mut pty = Pty::start(here(&env, server.ankra(&env, LINE)));
        pty.expect("> ghcr.io as octocat").send("\r");
        let shown = pty.ok();
        clean_terminal(&env, &shown, &secret, &files);
        assert_eq!(bodies(&server, "password", &secret), 1, "{place}");
    }
}

#[test]
fn h84_a_login_that_is_refused_is_not_repeated() {
    let env = Env::new();
    let secret = tricky();
    let server = accepting(&secret);
    for (place, flags, code) in [
        ("file", "ghcr.io --username somebody", 2),
        ("file", "", 2),
        ("file", "nowhere.io", 3),
        ("helper", "ghcr.io --username somebody", 2),
        // It fails after it has written the secret.
        ("neither", "ghcr.io", 1),
    ] {
        let files = keep(&env, place, &secret);
        for format in FORMATS {
            let run = here(&env, server.ankra(&env, &format!("{LINE} {flags} -o {format}")));
            let outcome = run.fails(code);
            clean(&env, &outcome, &secret, &files);
        }
        fs::remove_file(&files[0]).unwrap();
    }
    assert!(server.writes().is_empty());
}

#[test]
fn h84_what_is_taken_of_a_provider_s_tool_is_in_one_body_and_nowhere_else() {
    for tool in tool_files("canaryofthetool") {
        let env = Env::new();
        let words = tool.text.split(|c: char| !c.is_ascii_alphanumeric());
        let secrets: Vec<&str> =
            words.filter(|word| word.len() > 20 && word.contains("canaryofthetool")).collect();
        let server = accepting(secrets[0]);
        let file = env.home().join(tool.path);
        write_private(&file, &tool.text);
        let line = format!("credentials {} create --name canary {}", tool.provider, tool.flags);
        for flags in ["--dry-run", "--dry-run -o json", ""] {
            let outcome = here(&env, server.ankra(&env, &format!("{line} {flags}"))).ok();
            for secret in &secrets {
                clean(&env, &outcome, secret, std::slice::from_ref(&file));
            }
        }
        let writes = server.writes();
        assert_eq!(writes.len(), 1);
        let body = String::from_utf8_lossy(&writes[0].body).into_owned();
        assert!(secrets.iter().all(|secret| body.matches(secret).count() == 1), "{}", tool.provider);
    }
}
