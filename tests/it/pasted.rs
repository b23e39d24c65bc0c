//! Commands that are printed hold names of others; pasted into a shell they run nothing else.

use std::{collections::BTreeSet, fs, os::unix::fs::symlink, path::PathBuf};

use serde_json::json;

use crate::{
    completion::hostile::NAMES,
    support::{Answer, Env, FaultServer, ID, ORGANISATION, Pty, gate, id, need, write_private},
};

/// Programs that messages tell a person to run.
const PROGRAMS: [&str; 6] = ["ankra", "chmod", "iconv", "openssl", "ssh-keygen", "docker-credential-x"];

/// Names that could leave their quotes where a long line is cut in its middle.
fn names() -> Vec<String> {
    let cut = (150..240)
        .step_by(9)
        .map(|length| format!("{}';touch marker;'{}", "a".repeat(length), "b".repeat(20)));
    let blanks = [format!("x{}'; touch marker; '", " ".repeat(60))];
    NAMES.map(str::to_owned).into_iter().chain(cut).chain(blanks).collect()
}

/// What `shown` tells a person to run: each up to the end of its line, and up to the end of the command.
fn told(shown: &str) -> BTreeSet<String> {
    let mut found = BTreeSet::new();
    for line in shown.lines() {
        for program in PROGRAMS {
            for (at, _) in line.match_indices(&format!("{program} ")) {
                if [": ", "`", "with "].iter().any(|before| line[..at].ends_with(before)) {
                    let whole = line[at..].trim_end_matches('`');
                    found.insert(whole.to_owned());
                    found.extend(
                        [", ", "; ", ". ", " ("]
                            .iter()
                            .filter_map(|end| whole.split_once(end))
                            .map(|cut| cut.0.to_owned()),
                    );
                }
            }
        }
    }
    found
}

/// A folder whose programs do nothing.
fn inert(env: &Env) -> PathBuf {
    let folder = env.home().join("inert");
    fs::create_dir_all(&folder).unwrap();
    for program in PROGRAMS {
        let _ = symlink(need("true", "coreutils"), folder.join(program));
    }
    folder
}

/// The commands in `shown` that make the file `marker` when they are pasted into a shell, and how many were tried.
fn harmful(env: &Env, shown: &str) -> (Vec<String>, usize) {
    let path = format!("{}:{}", inert(env).display(), std::env::var("PATH").unwrap());
    let (mut bad, mut tried) = (Vec::new(), 0);
    for line in told(shown) {
        for shell in ["sh", "bash", "zsh", "fish"] {
            let mut run = env.program(need(shell, shell)).env("PATH", &path);
            run.command.args(["-c", &line]).current_dir(env.work());
            // A quote that is not closed is an error of the shell.
            let _ = run.run();
            tried += 1;
            let made = env.files().into_iter().find(|file| file.ends_with("marker"));
            if let Some(made) = made {
                fs::remove_file(made).unwrap();
                bad.push(format!("{shell}: {line}"));
            }
        }
    }
    (bad, tried)
}

#[test]
fn h101_a_command_with_anybody_s_name_in_it_does_no_more_than_it_says_when_pasted() {
    let (mut bad, mut tried) = (Vec::new(), 0);
    for name in names() {
        let env = Env::new();
        let thing = json!({
            "id": ID, "name": name, "provider": "hetzner", "username": name, "organisation_id": ORGANISATION,
            "slug": name, "user_current": true, "valid": true, "success": true, "url": format!("oci://ghcr.io/{name}"),
            "credential_name": name, "credential_id": ID,
        });
        let server = FaultServer::start();
        server.accept_everything(thing);
        let notes = json!({ID: {"expires": 1_000_000_000, "updated_at": null}});
        write_private(&env.home().join(".local/share/ankra/expiries.json"), notes.to_string());
        let docker = json!({"auths": {format!("evil.io/{name}"): {"auth": "dXNlcjpwYXNz"}, "b.io": {"auth": "dXNlcjpwYXNz"}}});
        write_private(&env.home().join(".docker/config.json"), docker.to_string());
        let profile = format!("--config {}", env.home().join("settings").display());
        write_private(&env.home().join("settings"), "");
        let mut shown = String::new();
        for line in [
            "credentials list",
            "credentials registry list",
            "credentials registry get other",
            "credentials registry update other --username u --password-from env:OTHER",
            "credentials registry delete other --yes",
            "credentials registry refresh other --password-from env:OTHER",
            "credentials registry create --name mine --from-docker",
            "credentials registry create --name mine --from-docker nowhere.io",
            "credentials hetzner create --name taken --api-token-from env:OTHER",
            "credentials delete other --yes",
            "--org nowhere credentials list",
            "status",
            "logout",
        ] {
            for line in [line.to_owned(), format!("{profile} {line}"), format!("{line} -o json")] {
                let outcome = server.ankra(&env, &line).env("OTHER", "some-other-secret").run();
                shown.extend([outcome.stdout, "\n".into(), outcome.stderr, "\n".into()]);
            }
        }
        // What the person typed is quoted as well; what acts on a terminal, or many blanks, are not printed as they
        // were.
        let is_printed = !name.contains(char::is_control) && !name.contains("        ");
        for option in ["--org", "--config", "--profile"].iter().filter(|_| is_printed) {
            for line in ["credentials registry list", "credentials get nothing-of-this"] {
                let mut run = server.ankra(&env, line);
                run.command.arg(option).arg(&name);
                shown += &run.run().stderr;
            }
        }
        let mut pty = Pty::start(server.ankra(&env, "credentials delete").arg(ID));
        pty.expect("Delete the").send("n\r");
        pty.end();
        shown += &pty.transcript();
        let (harm, count) = harmful(&env, &shown);
        bad.extend(harm);
        tried += count;
    }
    gate("commands printed that run something else when pasted", bad.len(), tried);
    assert!(tried > 500, "{tried}");
    assert!(bad.is_empty(), "{}", bad.join("\n"));
}

#[test]
fn h101_a_question_with_anybody_s_name_in_it_is_no_way_into_a_shell() {
    let (mut bad, mut tried) = (Vec::new(), 0);
    for name in names() {
        let env = Env::new();
        let server = FaultServer::start();
        let one = json!({"id": ID, "name": "charts", "provider": "registry"});
        let user = json!({"id": id(2), "name": name, "url": format!("oci://ghcr.io/{name}"), "credential_name": "charts",
            "registry_credential_name": "charts", "credential": {"id": ID, "name": "charts"}, "credential_id": ID});
        server.on("GET", "/api/v1/org/credentials", [Answer::json(200, json!([one]))]);
        server.on_every_request(Answer::json(
            200,
            json!({"result": [user], "credentials": [user], "clusters": [{"name": name}]}),
        ));
        let mut pty = Pty::start(server.ankra(&env, "credentials delete charts"));
        pty.expect("Delete the").send("n\r");
        pty.end();
        let (harm, count) = harmful(&env, &pty.transcript());
        bad.extend(harm);
        tried += count;
    }
    gate("commands printed that run something else when pasted", bad.len(), tried);
    assert!(bad.is_empty(), "{}", bad.join("\n"));
}
