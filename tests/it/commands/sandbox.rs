//! `ankra sandbox`, `--sandbox`

use std::{
    fs,
    os::unix::fs::PermissionsExt,
    path::{Path, PathBuf},
};

use serde_json::Value;

use crate::support::{End, Env, Platform, Pty, Run, gate, hetzner_token, need, unique, write_private};

fn state(env: &Env) -> PathBuf {
    env.home().join(".local/share/ankra/sandbox")
}

fn create(env: &Env, line: &str, name: &str) -> Run {
    env.line(&format!("{line} credentials hetzner create --api-token-stdin --name {name}"))
        .stdin(hetzner_token())
}

fn names(run: Run) -> Vec<String> {
    run.arg("-o").arg("name").ok().stdout.lines().map(str::to_owned).collect()
}

/// A shell with the built program on its path.
fn sh(env: &Env, script: &str) -> Run {
    let folder = Path::new(crate::support::ankra_path()).parent().unwrap();
    let path = format!("{}:{}", folder.display(), std::env::var("PATH").unwrap());
    env.program("sh").arg("-c").arg(script).env("PATH", path)
}

#[test]
fn serve_tells_its_address_and_every_access() {
    let env = Env::new();
    let platform = Platform::start(&env);
    let port = platform.url.strip_prefix("http://127.0.0.1:").unwrap();
    assert!(port.parse::<u16>().unwrap() > 0);
    let secret = hetzner_token();
    let line = "credentials hetzner create --name mine --api-token-stdin";
    platform.admin(&env, line).stdin(secret.as_str()).ok();
    let line = platform.expect_log(&["POST /api/v1/credentials/hetzner"]);
    assert!(line.ends_with(" sandbox/admin done: create hetzner credential mine"), "{line}");
    platform.viewer(&env, "credentials delete --yes demo-ovh").fails(7);
    let line = platform.expect_log(&["DELETE "]);
    assert!(line.contains(" 403 DELETE /api/v1/org/credentials/"), "{line}");
    assert!(line.contains(" demo/viewer refused: delete credential"), "{line}");
    platform.with(env.line("status"), "wrong").fails(6);
    platform.expect_log(&[" 401 GET /api/v1/org/organisation -/- refused: list organisations"]);
    let log = platform.log();
    for secret in [&secret, &platform.admin, &platform.viewer] {
        assert!(!log.contains(secret.as_str()), "{log}");
    }
}

#[test]
fn serve_listens_on_loopback_alone() {
    let env = Env::new();
    for address in ["0.0.0.0:0", "[::]:0", "192.168.0.1:8080", "8.8.8.8:80", "[::ffff:10.0.0.1]:80"] {
        let outcome = env.line("sandbox serve --listen").arg(address).fails(2);
        outcome.says(&["the sandbox does not listen on", "loopback", "127.0.0.1"]);
    }
    for address in ["localhost:80", "127.0.0.1", ":80", "nonsense"] {
        env.line("sandbox serve --listen").arg(address).fails(2);
    }
    assert_eq!(env.files(), Vec::<PathBuf>::new());
    let platform = Platform::start(&env);
    let taken = platform.url.strip_prefix("http://").unwrap();
    env.line("sandbox serve --listen").arg(taken).fails(1).says(&["choose another port"]);
}

#[test]
fn env_points_a_shell_and_any_client_at_it() {
    need("curl", "curl");
    let env = Env::new();
    let _platform = Platform::start(&env);
    for (role, organisation, member) in [("admin", "sandbox", "owner"), ("viewer", "demo", "viewer")] {
        let script = format!("eval \"$(ankra sandbox env --role {role})\" && ankra status -o json");
        let status = sh(&env, &script).ok().json();
        assert_eq!((&status["organisation"], &status["role"]), (&organisation.into(), &member.into()));

        let script = format!(
            "eval \"$(ankra sandbox env --role {role})\" && curl -sS --fail \
             -H \"Authorization: Bearer $ANKRA_API_TOKEN\" \"$ANKRA_BASE_URL/api/v1/org/organisation\""
        );
        let organisations = sh(&env, &script).ok().json();
        let all = organisations.as_array().unwrap();
        assert!(
            all.iter().any(|one| one["name"] == organisation && one["role"] == member),
            "{organisations}"
        );
    }
    let plain = env.line("sandbox env").ok().stdout;
    assert_eq!(plain, env.line("sandbox env --role admin").ok().stdout);
    let mut lines = plain.lines();
    assert!(lines.next().unwrap().starts_with("export ANKRA_BASE_URL='http://127.0.0.1:"));
    assert!(lines.next().unwrap().starts_with("export ANKRA_API_TOKEN='ankra-sandbox-admin-"));
    assert_eq!(lines.next(), None);
}

#[test]
fn served_and_embedded_are_the_same_platform() {
    let env = Env::new();
    create(&env, "--sandbox", "from-within").ok();
    let platform = Platform::start(&env);
    create(&env, "--sandbox", "meanwhile").ok();
    let line = "credentials hetzner create --name over-http --api-token-stdin";
    platform.admin(&env, line).stdin(hetzner_token()).ok();
    let all = ["from-within", "meanwhile", "over-http"];
    assert_eq!(names(platform.admin(&env, "credentials list")), all);
    assert_eq!(names(env.line("credentials list").env("ANKRA_SANDBOX", "1")), all);
    env.line("credentials list").env("ANKRA_SANDBOX", "0").fails(6).says(&["you are not signed in"]);
}

#[test]
fn what_belongs_to_a_real_platform_stays_out_of_it() {
    let env = Env::new();
    write_private(&env.login_file(), "not TOML [");
    write_private(&env.home().join(".ankra.yaml"), "{");
    let run = env.line("--sandbox status -o json").env("ANKRA_API_TOKEN", "of-a-real-platform");
    let outcome = run.env("ANKRA_BASE_URL", "https://ankra.example").ok();
    assert_eq!(outcome.json()["token_from"], "the sandbox");
    assert_eq!(outcome.stderr, "");
    env.line("sandbox env").env("ANKRA_BASE_URL", "nonsense").ok();
}

#[test]
fn a_token_of_the_sandbox_in_the_environment_decides_what_may_be_done_there() {
    let env = Env::new();
    let exports = env.line("sandbox env --role viewer").ok().stdout;
    let viewer = exports.lines().find_map(|line| line.strip_prefix("export ANKRA_API_TOKEN='")).unwrap();
    let viewer = viewer.trim_end_matches('\'');
    let status = env.line("--sandbox status -o json").env("ANKRA_API_TOKEN", viewer).ok().json();
    assert_eq!((&status["role"], &status["token_from"]), (&"viewer".into(), &"ANKRA_API_TOKEN".into()));
    create(&env, "--sandbox", "mine").env("ANKRA_API_TOKEN", viewer).fails(7);
    create(&env, "--sandbox", "mine").ok();
}

#[test]
fn reset_asks_first() {
    let env = Env::new();
    create(&env, "--sandbox", "mine").ok();
    let tokens = env.line("sandbox env").ok().stdout;
    env.line("sandbox reset").stdin("y\n").fails(2).says(&["--yes"]);
    for answer in ["n\n", "\n", "\x04"] {
        let mut pty = Pty::start(env.line("sandbox reset"));
        pty.expect("Forget everything in the sandbox? [y/N] ").send(answer);
        assert_eq!(pty.end(), End::Code(4), "{answer:?}");
    }
    assert_eq!(names(env.line("--sandbox credentials list")), ["mine"]);
    assert_eq!(env.line("sandbox env").ok().stdout, tokens);

    let mut pty = Pty::start(env.line("sandbox reset"));
    pty.expect("Forget everything in the sandbox? [y/N] ").send("y\n").ok();
    assert_eq!(names(env.line("--sandbox credentials list")), [""; 0]);
    let new = env.line("sandbox env").ok().stdout;
    assert_ne!(new, tokens);

    create(&env, "--sandbox", "mine").ok();
    env.line("sandbox reset --yes").ok().says(&["The sandbox is empty again."]);
    assert_eq!(names(env.line("--sandbox credentials list")), [""; 0]);
    // There is nothing to lose in a sandbox that was never used.
    Env::new().line("sandbox reset --yes").ok();
}

#[test]
fn reset_mends_a_state_that_cannot_be_read() {
    let env = Env::new();
    env.line("--sandbox credentials list").ok();
    let path = state(&env).join("state.redb");
    for damage in [vec![0; 5000], vec![]] {
        fs::write(&path, &damage).unwrap();
        let outcome = env.line("--sandbox credentials list").fails(1);
        outcome.says(&["the sandbox's state cannot be read", "ankra sandbox reset"]);
        assert_eq!(fs::read(&path).unwrap(), damage, "it is not overwritten");
        env.line("sandbox reset --yes").ok();
        env.line("--sandbox credentials list").ok();
    }
    fs::remove_file(state(&env).join("key")).unwrap();
    env.line("--sandbox credentials list").fails(1).says(&["its key file is missing"]);
}

#[test]
fn a_viewer_reads_and_does_not_write() {
    let env = Env::new();
    let platform = Platform::start(&env);
    assert_eq!(names(platform.viewer(&env, "credentials list")).len(), 6);
    platform.viewer(&env, "credentials get demo-ghcr").ok();
    platform.viewer(&env, "credentials registry list").ok();
    platform.viewer(&env, "credentials ssh-key list").ok();
    for (line, permission) in [
        ("credentials hetzner create --name x --api-token-stdin", "credentials.create"),
        ("credentials registry create --name x --username u --password-stdin", "credentials.create"),
        ("credentials hetzner ssh-key create --name x --generate", "credentials.create"),
        ("credentials registry update demo-ghcr --username u --password-stdin", "credentials.update"),
        ("credentials registry delete --yes demo-ghcr", "credentials.delete"),
        ("credentials delete --yes demo-ovh", "credentials.delete"),
    ] {
        let outcome = platform.viewer(&env, line).stdin(hetzner_token()).fails(7);
        outcome.says(&[&format!("your role lacks the permission {permission}"), "does not help"]);
    }
    assert_eq!(names(platform.viewer(&env, "credentials list")).len(), 6);
    assert!(!env.home().join(".ssh/ankra_x").exists(), "no key is left that nobody knows");
}

#[test]
fn organisations_are_kept_apart() {
    let env = Env::new();
    let platform = Platform::start(&env);
    let id_of = |organisation: &str, name: &str| -> String {
        let line = format!("--org {organisation} credentials get {name} -o json");
        platform.admin(&env, &line).ok().json()["id"].as_str().unwrap().to_owned()
    };
    let line = "--org sandbox credentials hetzner create --name demo-hetzner --api-token-stdin";
    platform.admin(&env, line).stdin(hetzner_token()).ok();
    let (ours, theirs) = (id_of("sandbox", "demo-hetzner"), id_of("demo", "demo-hetzner"));
    assert_ne!(ours, theirs, "a name is unique in its organisation alone");
    assert_eq!(names(platform.admin(&env, "credentials list")), ["demo-hetzner"]);
    assert_eq!(names(platform.admin(&env, "--org demo credentials list")).len(), 6);
    platform.admin(&env, &format!("credentials get {theirs}")).fails(3);
    platform.admin(&env, &format!("credentials delete --yes {theirs}")).fails(3);
    platform.viewer(&env, &format!("credentials get {ours}")).fails(3);
    platform.admin(&env, "--org sandbox credentials delete --yes demo-hetzner").ok();
    assert_eq!(id_of("demo", "demo-hetzner"), theirs);
}

#[test]
fn an_organisation_is_chosen_by_name_or_id() {
    let env = Env::new();
    let platform = Platform::start(&env);
    let status = |choice: &str| platform.admin(&env, "status -o json --org").arg(choice).ok().json();
    let demo = status("demo");
    assert_eq!((&demo["organisation"], &demo["role"]), (&"demo".into(), &"owner".into()));
    let id = demo["organisation_id"].as_str().unwrap();
    assert_eq!(status(id), demo);
    assert_eq!(status(&id.to_uppercase()), demo);
    let mut by_variable = platform.admin(&env, "status -o json").env("ANKRA_ORG", "demo").ok().json();
    assert_eq!(by_variable["organisation_from"].take(), "ANKRA_ORG");
    by_variable["organisation_from"] = "--org".into();
    assert_eq!(by_variable, demo);

    let outcome = platform.admin(&env, "credentials list --org nowhere").fails(3);
    outcome.says(&["there is no organisation \"nowhere\" that you belong to", "sandbox, demo"]);
    platform.admin(&env, "credentials list --org 01a20b76-cd32-7001-affc-17dec848fb6a").fails(3);
    // The viewer is no member of the other organisation, whether they know its id or not.
    platform.viewer(&env, "credentials list --org sandbox").fails(3);
    let sandbox: Value = status("sandbox")["organisation_id"].clone();
    platform.viewer(&env, "credentials list --org").arg(sandbox.as_str().unwrap()).fails(7);
}

#[test]
fn fifty_commands_at_once_are_all_kept() {
    let env = Env::new();
    let wanted: Vec<String> = (10..60).map(|number| format!("parallel-{number}")).collect();
    let shared = &env;
    // Who waits too long on a busy machine is told so, and tries again, as a script would.
    let until_made = |name: &str| loop {
        let outcome = create(shared, "--sandbox --timeout 100", name).arg("--if-not-exists").run();
        match outcome.code {
            Some(0) => break,
            Some(5) => {}
            _ => panic!("{outcome}"),
        }
    };
    std::thread::scope(|scope| {
        for name in &wanted {
            scope.spawn(|| until_made(name));
        }
    });
    let kept = names(env.line("--sandbox credentials list"));
    gate("parallel writers that were lost", wanted.len() - kept.len(), wanted.len());
    assert_eq!(kept, wanted);
}

#[test]
fn no_secret_is_in_the_state_in_clear() {
    let env = Env::new();
    let secrets: Vec<String> = ["key", "sec", "con", "reg"]
        .iter()
        .map(|prefix| unique(prefix, 32))
        .chain([hetzner_token()])
        .collect();
    let [key, secret, consumer, password, token] = secrets.as_slice() else { panic!("five") };
    let run = env.line("--sandbox credentials hetzner create --name a --api-token-stdin");
    run.stdin(token.as_str()).ok();
    let bundle =
        format!("application-key={}\napplication-secret={secret}\nconsumer-key={consumer}\n", &key[..16]);
    let project = "--project-id 0123456789abcdef0123456789abcdef";
    let run = env.line(&format!("--sandbox credentials ovh create --name b {project} --secrets-from stdin"));
    run.stdin(bundle).ok();
    let run = env.line("--sandbox credentials registry create --name c --username u --password-stdin");
    run.stdin(password.as_str()).ok();
    let exports = env.line("sandbox env").ok().stdout + &env.line("sandbox env --role viewer").ok().stdout;
    let tokens = exports.split('\'').filter(|text| text.starts_with("ankra-sandbox-"));

    let hidden: Vec<&str> =
        tokens.chain([token, &key[..16], secret, consumer, password].map(|text| text as &str)).collect();
    assert_eq!(hidden.len(), 7);
    let mut seen = 0;
    for path in env.files() {
        let bytes = fs::read(&path).unwrap();
        seen += bytes.len();
        for text in &hidden {
            let found = bytes.windows(text.len()).any(|window| window == text.as_bytes());
            assert!(!found, "{} holds a secret in clear", path.display());
        }
    }
    let database = fs::read(state(&env).join("state.redb")).unwrap();
    assert!(
        seen > 10_000 && database.windows(10).any(|window| window == b"demo-hetzn"),
        "it was looked through"
    );
}

#[test]
fn the_state_is_the_owner_s_alone_whatever_the_umask() {
    let env = Env::new();
    let script = "umask 000 && ankra --sandbox credentials hetzner create --name a --api-token-stdin";
    sh(&env, script).stdin(hetzner_token()).ok();
    let script = "umask 000 && exec ankra sandbox serve --listen 127.0.0.1:0";
    drop(Platform::started_by(&env, sh(&env, script)));
    let folder = state(&env);
    let mode = |path: &Path| fs::metadata(path).unwrap().permissions().mode() & 0o777;
    assert_eq!(mode(&folder), 0o700);
    let files = env.files();
    for name in ["state.redb", "key", "lock", "address"] {
        assert!(files.contains(&folder.join(name)), "{files:?}");
    }
    for path in files {
        assert_eq!(mode(&path), 0o600, "{}", path.display());
    }
}

#[test]
fn a_ready_made_token_that_was_revoked_is_replaced() {
    let env = Env::new();
    let platform = Platform::start(&env);
    let login = env.line("login --with-token --api-token-stdin --base-url").arg(&platform.url);
    login.stdin(platform.admin.as_str()).ok();
    env.line("logout --revoke").ok().says(&["Revoked the token"]);
    platform.admin(&env, "credentials list").fails(6).says(&["Token has been revoked"]);
    env.line("--sandbox credentials list").ok();
    let script = "eval \"$(ankra sandbox env)\" && ankra status -o json";
    assert_eq!(sh(&env, script).ok().json()["organisation"], "sandbox");
    let exports = env.line("sandbox env").ok().stdout;
    assert!(!exports.contains(&platform.admin), "{exports}");
    assert_eq!(exports, env.line("sandbox env").ok().stdout);
}

/// Signs in as a client with a browser does; `code` is what a person types on the page.
fn browser_login(env: &Env, platform: &Platform, code: &str) -> Value {
    // The pair of RFC 7636, appendix B.
    let script = "set -eu
        field() { sed \"s/.*\\\"$1\\\": *\\\"\\([^\\\"]*\\)\\\".*/\\1/\"; }
        begun=$(curl -sS --fail \"$BASE/api/v1/cli/login/init?code_challenge=E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM\")
        curl -sS --fail -o page \"$(printf %s \"$begun\" | field auth_url)\"
        curl -sS -o page --data-urlencode \"state=$(printf %s \"$begun\" | field state)\" \\
            --data-urlencode \"code=$CODE\" \"$BASE/sandbox/login\"
        curl -sS --fail -H 'content-type: application/json' \"$BASE/api/v1/cli/login/poll\" \\
            -d \"{\\\"ticket\\\":\\\"$(printf %s \"$begun\" | field ticket)\\\",\\\"code_verifier\\\":\\\"dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk\\\"}\"";
    sh(env, script).env("BASE", &platform.url).env("CODE", code).ok().json()
}

#[test]
fn a_browser_login_needs_the_code_that_serve_printed() {
    need("curl", "curl");
    let env = Env::new();
    let platform = Platform::start(&env);
    let told = platform.expect_log(&["sign in there with a browser"]);
    let code = told.rsplit(' ').next().unwrap().to_owned();
    assert_eq!(code.len(), 14, "{told}");
    for wrong in ["", "0000-0000-0000", platform.viewer.as_str()] {
        let answer = browser_login(&env, &platform, wrong);
        assert_eq!((&answer["token"], &answer["status"]), (&"".into(), &"awaiting_approval".into()));
    }
    for right in [code.to_uppercase().replace('-', ""), platform.admin.clone()] {
        let answer = browser_login(&env, &platform, &right);
        let token = answer["token"].as_str().unwrap();
        let status = platform.with(env.line("status -o json"), token).ok().json();
        assert_eq!(status["organisation"], "sandbox");
    }
    assert!(!platform.log().contains(&platform.admin));
}
