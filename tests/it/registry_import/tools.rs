//! What real tools leave behind, after real logins at a real registry.

use std::{fs, path::PathBuf};

use serde_json::{Value, json};

use super::{at_home, auth, create, docker_file, pair, platform, sent};
use crate::support::{Env, LoginRegistry, need, unique};

/// A password with what shells, JSON and base64 treat apart.
fn password() -> String {
    format!("{}:\"'\\ \u{e9}%+/", unique("pw", 20))
}

#[test]
fn a_login_of_docker_of_podman_and_of_skopeo_is_stored() {
    let password = password();
    let registry = LoginRegistry::start("alice", &password);
    for tool in ["docker", "podman", "skopeo"] {
        let env = Env::new();
        fs::create_dir(env.home().join("run")).unwrap();
        let file = if tool == "docker" {
            registry.docker_login(&env, "").ok();
            env.home().join(".docker/config.json")
        } else {
            registry.login(&env, tool, &registry.host, None);
            env.home().join("run/containers/auth.json")
        };
        let before = fs::read(&file).unwrap();
        let beside = || fs::read_dir(file.parent().unwrap()).unwrap().count();
        let count = beside();

        let server = platform();
        let flags = format!("--from-docker {}", registry.host);
        let outcome = create(&server, &env, &flags).ok();
        let from = format!("Taken from {}: the login of alice at {}.", file.display(), registry.host);
        outcome.says(&[&from, &format!("Stored the registry credential mine at {}.", server.url())]);
        assert!(!outcome.stderr.contains("warning"), "{outcome}");
        let (user, stored) = sent(&server);
        assert_eq!((user.as_str(), &stored), ("alice", &password), "{tool}");
        assert!(registry.accepts(&env, &user, &stored), "{tool}");
        assert_eq!(fs::read(&file).unwrap(), before, "{tool}: the file is only read");
        assert_eq!(beside(), count, "{tool}");
    }
    assert!(!registry.accepts(&Env::new(), "alice", "wrong"));
}

#[test]
fn a_login_is_found_in_each_file_of_each_tool() {
    let password = password();
    let registry = LoginRegistry::start("alice", &password);
    let places: [(&str, Option<(&str, &str)>); 8] = [
        ("elsewhere.json", Some(("REGISTRY_AUTH_FILE", "elsewhere.json"))),
        ("run/containers/auth.json", None),
        (".config/containers/auth.json", None),
        ("xdg/containers/auth.json", Some(("XDG_CONFIG_HOME", "xdg"))),
        ("docker/config.json", Some(("DOCKER_CONFIG", "docker"))),
        (".docker/config.json", None),
        ("helm.json", Some(("HELM_REGISTRY_CONFIG", "helm.json"))),
        (".config/helm/registry/config.json", None),
    ];
    for (place, variable) in places {
        let env = Env::new();
        let file = env.home().join(place);
        fs::create_dir_all(file.parent().unwrap()).unwrap();
        registry.login(&env, "skopeo", &registry.host, Some(&file));
        let server = platform();
        let mut run = create(&server, &env, &format!("--from-docker http://{}/v2/", registry.host));
        if let Some((name, value)) = variable {
            run = run.env(name, env.home().join(value));
        }
        run.ok().says(&[&format!("Taken from {}: ", file.display())]);
        assert_eq!(sent(&server), pair("alice", &password), "{place}");
    }
}

#[test]
fn a_login_that_podman_keeps_for_a_part_of_a_registry_is_the_closest() {
    let password = password();
    let registry = LoginRegistry::start("alice", &password);
    let env = Env::new();
    let file = env.home().join("run/containers/auth.json");
    fs::create_dir_all(file.parent().unwrap()).unwrap();
    let part = format!("{}/team", registry.host);
    registry.login(&env, "podman", &part, Some(&file));
    let text = fs::read_to_string(&file).unwrap();
    assert!(text.contains(&part), "{text}");

    let server = platform();
    create(&server, &env, &format!("--from-docker {part}/app")).ok();
    assert_eq!(sent(&server), pair("alice", &password));
    let server = platform();
    let outcome = create(&server, &env, &format!("--from-docker {}", registry.host)).fails(3);
    outcome.says(&[&format!("they have logins at {part}")]);
    assert!(server.requests().is_empty());
}

/// Docker itself chooses `pass` where that is installed: its file has an empty entry, and the helper.
#[test]
fn a_login_that_docker_keeps_in_pass_is_stored() {
    let env = Env::new();
    let password = password();
    let registry = LoginRegistry::start("alice", &password);
    let in_home = |program: PathBuf| env.program(program).env("GNUPGHOME", env.home().join("gnupg"));
    let gnupg = env.home().join("gnupg");
    fs::create_dir(&gnupg).unwrap();
    fs::set_permissions(&gnupg, std::os::unix::fs::PermissionsExt::from_mode(0o700)).unwrap();
    need("gpg-agent", "gpg-agent");
    let mut gpg = in_home(need("gpg", "gpg"));
    gpg.command.args(["--batch", "--quiet", "--gen-key"]);
    let key = "%no-protection\nKey-Type: eddsa\nKey-Curve: ed25519\nSubkey-Type: ecdh\n\
               Subkey-Curve: cv25519\nName-Email: test@example.invalid\nExpire-Date: 0\n%commit\n";
    gpg.stdin(key).ok();
    in_home(need("pass", "pass")).arg("init").arg("test@example.invalid").ok();
    let helper = need("docker-credential-pass", "golang-docker-credential-helpers");
    let store = |server: &str, user: &str, secret: &str| {
        let login = json!({"ServerURL": server, "Username": user, "Secret": secret});
        in_home(helper.clone()).arg("store").stdin(login.to_string()).ok();
    };
    registry.docker_login(&env, std::env::var("PATH").unwrap()).env("GNUPGHOME", &gnupg).ok();
    store("https://index.docker.io/v1/", "bob", "hub-password");
    store("token.io", "<token>", "an-identity-token");
    let file = fs::read_to_string(env.home().join(".docker/config.json")).unwrap();
    let written: Value = serde_json::from_str(&file).unwrap();
    let expected = json!({"auths": {&registry.host: {}}, "credsStore": "pass"});
    assert_eq!(written, expected, "docker keeps the login in pass");

    let run = |flags: &str| {
        let server = platform();
        let outcome = create(&server, &env, flags).env("GNUPGHOME", &gnupg).run();
        (outcome, server)
    };
    let (outcome, server) = run(&format!("--from-docker {}", registry.host));
    let from = format!("the login of alice at {}.", registry.host);
    outcome.says(&["Taken from docker-credential-pass, named in ", &from]);
    assert_eq!(sent(&server), pair("alice", &password), "{outcome}");
    let (outcome, server) = run("--from-docker docker.io");
    assert_eq!(sent(&server), pair("bob", "hub-password"), "{outcome}");
    let (outcome, _) = run("--from-docker token.io");
    assert_eq!(outcome.code, Some(2), "{outcome}");
    assert!(!outcome.all().contains("an-identity-token"), "{outcome}");
    let (outcome, _) = run("--from-docker nowhere.io");
    let known = format!("they have logins at {}, docker.io, token.io", registry.host);
    outcome.says(&["no login at nowhere.io", &known]);
    assert_eq!(outcome.code, Some(3), "{outcome}");

    // What the helper has nothing for is in the file itself.
    let mut more = written;
    more["auths"]["plain.io"] = auth("c", "d");
    docker_file(&env, &more);
    let (outcome, server) = run("--from-docker plain.io");
    assert_eq!(sent(&server), pair("c", "d"), "{outcome}");
    in_home(need("gpgconf", "gpgconf")).arg("--kill").arg("all").ok();
}

#[test]
fn the_sandbox_stores_what_is_taken() {
    let env = Env::new();
    docker_file(&env, &json!({"auths": {"https://index.docker.io/v1/": auth("octocat", "dckr_pat_x")}}));
    let line = "--sandbox credentials registry create --name mine --from-docker docker.io -o json";
    let created = at_home(env.line(line), &env).ok().json();
    let one = env.line("--sandbox credentials registry get mine -o json").ok().json();
    assert_eq!((&one["id"], &one["username"]), (&created["id"], &json!("octocat")));
    at_home(env.line(line), &env).fails(8);
    let again = at_home(env.line(line).arg("--if-not-exists"), &env).ok();
    assert_eq!(again.json()["id"], created["id"]);
    assert!(!again.all().contains("Taken from"), "{again}");
}
