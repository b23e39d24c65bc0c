//! Tokens that are kept elsewhere: by a command of the person's own, and by the official CLI with the
//! organisation that was chosen there.

use std::fs;

use serde_json::json;

use crate::support::{Answer, Env, FaultServer, ORGANISATION, need, write_private};

fn platform() -> FaultServer {
    let server = FaultServer::start();
    server.on("GET", "/api/v1/org/credentials", [Answer::json(200, json!([]))]);
    server
}

fn configure(env: &Env, text: impl AsRef<[u8]>) {
    write_private(&env.home().join(".config/ankra/config.toml"), text);
}

fn sent(server: &FaultServer, header: &str) -> Option<String> {
    server.requests().pop()?.header(header).map(str::to_owned)
}

#[test]
fn a_token_command_gives_the_token_of_its_profile_alone() {
    let (env, server, other) = (Env::new(), platform(), platform());
    let mark = env.home().join("ran");
    let command = |word: &str| format!("echo x >>{}; echo {word}", mark.display());
    configure(
        &env,
        format!(
            "base-url = \"{}\"\ntoken-command = \"{}\"\n[profiles.two]\nbase-url = \"{}\"\ntoken-command = \"{}\"\n",
            server.url(),
            command("token-of-one"),
            other.url(),
            command("token-of-two"),
        ),
    );
    env.line("credentials list").ok();
    assert_eq!(sent(&server, "authorization").as_deref(), Some("Bearer token-of-one"));
    env.line("credentials list --profile two").ok();
    assert_eq!(sent(&other, "authorization").as_deref(), Some("Bearer token-of-two"));
    let runs = || fs::read_to_string(&mark).unwrap_or_default().lines().count();
    assert_eq!(runs(), 2);

    // It beats a saved login, and is beaten by the environment; what needs no token runs nothing.
    write_private(
        &env.login_file(),
        format!("[default]\nbase-url = \"{}\"\ntoken = \"saved\"\n", server.url()),
    );
    env.line("credentials list").ok();
    assert_eq!(sent(&server, "authorization").as_deref(), Some("Bearer token-of-one"));
    env.line("credentials list").env("ANKRA_API_TOKEN", "of-the-environment").ok();
    assert_eq!(sent(&server, "authorization").as_deref(), Some("Bearer of-the-environment"));
    let before = runs();
    env.line("--sandbox credentials list").ok();
    env.line("credentials registry presets").ok();
    env.line("--version").ok();
    env.line("credentials hetzner create --name x --api-token-from env:NONE").fails(2);
    assert_eq!(runs(), before);
    // Nor does its token go to another address.
    let outcome = env.line("credentials list --base-url").arg(format!("{}/path", other.url())).fails(6);
    outcome.says(&["a token is saved for"]);
    assert_eq!(runs(), before);
    // Who is signed in is told, and how.
    server.has_organisation("acme");
    assert_eq!(env.line("status -o json").ok().json()["token_from"], "token-command");
    let login = env.line("login --with-token").stdin("another").ok();
    login.says(&["token-command is in the settings file and is used before the saved token"]);
    env.line("logout").ok().says(&["token-command is in the settings file: commands still use its token"]);
}

#[test]
fn a_token_command_that_gives_no_token_is_named_and_nothing_is_sent() {
    let (env, server) = (Env::new(), FaultServer::start());
    for (command, code, said) in [
        ("exit 3", 1, "3"),
        ("printf 'two\\\\nlines'", 2, "more than one line"),
        ("true", 2, "empty"),
        ("echo a b", 2, "characters that no token has"),
    ] {
        configure(&env, format!("base-url = \"{}\"\ntoken-command = \"{command}\"\n", server.url()));
        let outcome = env.line("credentials list").fails(code);
        outcome.says(&["token-command in the settings file", said]);
    }
    assert_eq!(server.lines(), [""; 0]);
    // One line end is the command's, and a password store's own notes below it are not the token.
    let server = platform();
    configure(&env, format!("base-url = \"{}\"\ntoken-command = \"printf 'tok\\\\r\\\\n'\"\n", server.url()));
    env.line("credentials list").ok();
    assert_eq!(sent(&server, "authorization").as_deref(), Some("Bearer tok"));
}

#[test]
fn a_token_command_that_hangs_where_nobody_is_there_ends_with_the_time_of_the_command() {
    let (env, server) = (Env::new(), FaultServer::start());
    configure(&env, format!("base-url = \"{}\"\ntoken-command = \"sleep 1000\"\n", server.url()));
    let start = std::time::Instant::now();
    let outcome = env.line("credentials list --timeout 1").fails(5);
    outcome.says(&["token-command in the settings file"]);
    assert!(start.elapsed() < std::time::Duration::from_secs(100), "{outcome}");
    assert_eq!(server.lines(), [""; 0]);
}

#[test]
fn a_token_command_that_others_could_have_written_is_not_run() {
    use std::os::unix::fs::PermissionsExt;

    let (env, server) = (Env::new(), FaultServer::start());
    let text = format!("base-url = \"{}\"\ntoken-command = \"echo tok\"\n", server.url());
    configure(&env, text);
    let file = env.home().join(".config/ankra/config.toml");
    fs::set_permissions(&file, fs::Permissions::from_mode(0o622)).unwrap();
    let outcome = env.line("credentials list").fails(2);
    outcome.says(&["token-command is not run, because others can change what it is", "chmod go-w"]);
    assert_eq!(server.lines(), [""; 0]);
}

#[test]
fn pass_gives_the_token_of_a_password_store() {
    let (env, server) = (Env::new(), platform());
    let pass = need("pass", "pass");
    let key = "%no-protection\nKey-Type: eddsa\nKey-Curve: ed25519\nSubkey-Type: ecdh\nSubkey-Curve: cv25519\n\
               Name-Real: test\nName-Email: test@example.com\nExpire-Date: 0\n%commit\n";
    let gnupg = env.home().join(".gnupg");
    fs::create_dir(&gnupg).unwrap();
    fs::set_permissions(&gnupg, std::os::unix::fs::PermissionsExt::from_mode(0o700)).unwrap();
    let gpg = need("gpg", "gnupg");
    env.program(gpg).arg("--batch").arg("--quiet").arg("--gen-key").stdin(key).ok();
    env.program(&pass).arg("init").arg("test@example.com").ok();
    env.program(&pass).arg("insert").arg("--multiline").arg("ankra").stdin("token-of-pass\n").ok();
    configure(&env, format!("base-url = \"{}\"\ntoken-command = \"pass show ankra\"\n", server.url()));
    env.line("credentials list").ok();
    assert_eq!(sent(&server, "authorization").as_deref(), Some("Bearer token-of-pass"));
    // Its agent stays, and is none of the test's.
    env.program(need("gpgconf", "gnupg")).arg("--kill").arg("all").ok();
}

#[test]
fn the_organisation_that_the_official_cli_chose_is_used_and_told() {
    let (env, server) = (Env::new(), platform());
    server.has_organisation("acme");
    write_private(&env.home().join(".ankra.yaml"), format!("base-url: {}\ntoken: official\n", server.url()));
    let file = env.home().join(".ankra/organisation.json");
    let write = |text: &str| write_private(&file, text);
    let header = "x-ankra-organisation-id";
    write(
        &json!({"organisation_id": ORGANISATION, "name": "Acme Inc", "slug": "acme", "role": "owner"})
            .to_string(),
    );
    let outcome = env.line("credentials list").ok();
    outcome.says(&["In organisation Acme Inc, which was chosen with the official CLI."]);
    assert_eq!(sent(&server, header).as_deref(), Some(ORGANISATION));
    let status = env.line("status -o json").ok().json();
    assert_eq!(status["organisation_from"], "the official CLI's org switch");

    // Any other choice beats it, and with another token it does not count.
    env.line("credentials list --org acme").ok();
    assert_eq!(sent(&server, header).as_deref(), Some(ORGANISATION));
    env.line("credentials list").env("ANKRA_API_TOKEN", "t").env("ANKRA_BASE_URL", server.url()).ok();
    assert_eq!(sent(&server, header), None);
    env.line("credentials list --quiet").ok();

    for (text, is_warned) in [
        ("", true),
        ("{", true),
        ("[]", true),
        ("{\"organisation_id\": \"nope\"}", true),
        ("{\"organisation_id\": 7}", true),
        ("{}", false),
        ("{\"organisation_id\": null, \"name\": null}", false),
        ("{\"organisation_id\": \"\"}", false),
    ] {
        write(text);
        let outcome = env.line("credentials list").ok();
        let warned = outcome.stderr.contains("organisation.json is ignored");
        assert_eq!(warned, is_warned, "{text}: {outcome}");
        assert_eq!(sent(&server, header), None, "{text}");
    }
    // One without a name is told by its slug, or its id.
    write(&json!({"organisation_id": ORGANISATION, "name": null, "slug": ""}).to_string());
    env.line("credentials list").ok().says(&[&format!("In organisation {ORGANISATION}, which")]);
}

#[test]
fn a_refused_token_is_told_with_where_it_came_from_and_what_to_do() {
    let (env, server) = (Env::new(), FaultServer::start());
    let expired = Answer::json(401, json!({"detail": "Token has expired"}));
    server.on("GET", "/api/v1/org/credentials", [expired]);
    let run = || env.line("credentials list").env("ANKRA_BASE_URL", server.url());
    let by_variable = || run().env("ANKRA_API_TOKEN", "t").fails(6);
    by_variable().says(&[
        "ANKRA_API_TOKEN is expired or revoked: set another, or unset it and sign in with: ankra login",
    ]);
    write_private(&env.home().join(".ankra.yaml"), format!("base-url: {}\ntoken: official\n", server.url()));
    run().fails(6).says(&["the token in ~/.ankra.yaml is expired or revoked: sign in with: ankra login"]);
    env.signed_in(&server.url(), "saved");
    run().fails(6).says(&["the token is expired or revoked: sign in again with: ankra login"]);
    by_variable().says(&["ANKRA_API_TOKEN is expired or revoked: unset it to use your saved login"]);
    configure(&env, format!("base-url = \"{}\"\ntoken-command = \"echo tok\"\n", server.url()));
    run().fails(6).says(&["the token that token-command prints is expired or revoked"]);
}
