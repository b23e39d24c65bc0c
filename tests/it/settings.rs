//! Where settings come from, which of them wins, and what is refused.

use std::{ffi::OsStr, fs, os::unix::ffi::OsStrExt, path::PathBuf};

use serde_json::json;

use crate::support::{Answer, Env, FaultServer, Pty, Run, unique, write_private};

const LIST: &str = "/api/v1/org/credentials";
const DRY: &str = "credentials hetzner create --name x --dry-run -o json";

fn config_file(env: &Env) -> PathBuf {
    env.home().join(".config/ankra/config.toml")
}

fn official_file(env: &Env) -> PathBuf {
    env.home().join(".ankra.yaml")
}

/// The platform that `run` would talk to.
fn platform_of(run: Run) -> String {
    let url = run.ok().json()["url"].as_str().unwrap().to_owned();
    url.strip_suffix("/api/v1/credentials/hetzner").unwrap().to_owned()
}

/// A platform without a credential.
fn empty() -> FaultServer {
    let server = FaultServer::start();
    server.on("GET", LIST, [Answer::json(200, json!([]))]);
    server
}

#[test]
fn the_address_comes_from_the_nearest_source() {
    let env = Env::new();
    assert_eq!(platform_of(env.line(DRY)), "https://platform.ankra.app");
    write_private(&official_file(&env), "base-url: https://official.example\ntoken: t\n");
    assert_eq!(platform_of(env.line(DRY)), "https://official.example");
    env.signed_in("https://saved.example", "t");
    assert_eq!(platform_of(env.line(DRY)), "https://saved.example");
    write_private(&config_file(&env), "base-url = \"https://config.example\"\n");
    assert_eq!(platform_of(env.line(DRY)), "https://config.example");
    let by_variable = || env.line(DRY).env("ANKRA_BASE_URL", "https://variable.example");
    assert_eq!(platform_of(by_variable()), "https://variable.example");
    let by_flag = by_variable().arg("--base-url").arg("https://flag.example/");
    assert_eq!(platform_of(by_flag), "https://flag.example");
    let empty = env.line(DRY).env("ANKRA_BASE_URL", "");
    assert_eq!(platform_of(empty), "https://config.example");
}

#[test]
fn the_organisation_comes_from_the_nearest_source() {
    let (env, server) = (Env::new(), empty());
    let id = |digit: &str| format!("{}-0000-4000-8000-000000000000", digit.repeat(8));
    let sent = |run: Run| {
        run.ok();
        server.requests().pop().unwrap().header("x-ankra-organisation-id").map(str::to_owned)
    };
    let line = "credentials list";
    assert_eq!(sent(server.ankra(&env, line)), None, "the token's own");
    write_private(&config_file(&env), format!("org = \"{}\"\n", id("a")));
    assert_eq!(sent(server.ankra(&env, line)), Some(id("a")));
    let by_variable = || server.ankra(&env, line).env("ANKRA_ORG", id("b"));
    assert_eq!(sent(by_variable()), Some(id("b")));
    assert_eq!(sent(by_variable().arg("--org").arg(id("c"))), Some(id("c")));
    assert_eq!(sent(server.ankra(&env, line).env("ANKRA_ORG", "")), Some(id("a")));
}

#[test]
fn a_settings_file_is_named_or_in_its_usual_place() {
    let (env, server) = (Env::new(), empty());
    let named = env.work().join("named.toml");
    fs::write(&named, "base-url = \"https://named.example\"\n").unwrap();
    write_private(&config_file(&env), "base-url = \"https://config.example\"\n");
    for path in ["named.toml", "../cwd/named.toml", named.to_str().unwrap()] {
        assert_eq!(platform_of(env.line(DRY).arg("--config").arg(path)), "https://named.example", "{path}");
    }
    env.line(DRY).arg("--config").arg("absent.toml").fails(2).says(&["absent.toml", "there is no such file"]);
    env.line(DRY).arg("--config").arg("").fails(2).says(&["--config needs a value"]);
    env.line(DRY).arg("--config").arg(env.home()).fails(1).says(&["it is a directory"]);

    // The login goes with it, so that two people's settings stay apart.
    let own = env.home().join("own/config.toml");
    write_private(&own, format!("base-url = \"{}\"\n", server.url()));
    server.has_organisation("acme");
    env.line("login --with-token --config").arg(&own).stdin("own-token").ok();
    assert!(own.with_file_name("login.toml").exists() && !env.login_file().exists());
    env.line("credentials list --config").arg(&own).ok();
    assert_eq!(server.requests().pop().unwrap().header("authorization"), Some("Bearer own-token"));
    env.line("credentials list").fails(6);
}

#[test]
fn a_settings_file_that_cannot_be_used_is_refused() {
    let (env, server) = (Env::new(), FaultServer::start());
    let file = config_file(&env);
    for (bytes, why) in [
        (&b"colour = \"red\"\n"[..], "it has an unknown key: colour"),
        (b"[profile]\nx = 1\n", "it has an unknown key: profile"),
        (b"base_url = \"https://a\"\n", "the keys are base-url, org and token-command"),
        (b"token = \"Hunter2\"\n", "it has an unknown key: token"),
        (b"base-url = 7\n", "base-url is not a string"),
        (b"org = [\"a\"]\n", "org is not a string"),
        (b"\n\norg = \"Hunter2\n", "it is not TOML at line 3"),
        (b"org = \"a\"\norg = \"b\"\n", "it is not TOML at line 2"),
        (b"\xff\xfe", "it is UTF-16 text"),
        (b"base-url = \"http://ankra.example\"\n", "http is not encrypted"),
    ] {
        write_private(&file, bytes);
        let outcome = env.line("credentials list").env("ANKRA_API_TOKEN", "t").fails(2);
        outcome.says(&[why]);
        assert!(!outcome.all().contains("Hunter2"), "{outcome}");
        assert_eq!(fs::read(&file).unwrap(), bytes);
    }
    write_private(&file, "");
    fs::File::options().write(true).open(&file).unwrap().set_len(1 << 30).unwrap();
    server.ankra(&env, "credentials list").fails(1).says(&["larger than 1 MiB"]);
    assert_eq!(server.lines(), [""; 0]);
}

#[test]
fn the_official_login_is_used_for_its_own_address_and_never_changed() {
    let (env, ours, other) = (Env::new(), empty(), FaultServer::start());
    let text = format!(
        "# kept\ntoken: \"official-token\"\nbase-url: {}\ntoken_id: 1\nmachine_id: [x]\nnew: {{}}\n",
        ours.url()
    );
    write_private(&official_file(&env), &text);
    env.line("credentials list").ok();
    assert_eq!(ours.requests().pop().unwrap().header("authorization"), Some("Bearer official-token"));
    let elsewhere = format!("a token is saved for {}, not for {}", ours.url(), other.url());
    env.line("credentials list").env("ANKRA_BASE_URL", other.url()).fails(6).says(&[&elsewhere]);

    // With a saved login for another platform, each token still goes to its own.
    env.signed_in(&other.url(), "saved-token");
    env.line("credentials list").env("ANKRA_BASE_URL", ours.url()).ok();
    assert_eq!(ours.requests().pop().unwrap().header("authorization"), Some("Bearer official-token"));
    assert_eq!(other.lines(), [""; 0]);
    env.line("logout --local").ok();
    assert_eq!(fs::read_to_string(official_file(&env)).unwrap(), text);
    // Its address counts also where the token is in the environment.
    write_private(&official_file(&env), format!("base-url: {}\n", ours.url()));
    env.line("credentials list").env("ANKRA_API_TOKEN", "of-the-environment").ok();
    assert_eq!(ours.requests().pop().unwrap().header("authorization"), Some("Bearer of-the-environment"));
}

#[test]
fn an_official_login_that_cannot_be_used_is_ignored() {
    let (env, server) = (Env::new(), empty());
    env.signed_in(&server.url(), "saved-token");
    let file = official_file(&env);
    for (bytes, why) in [
        (&b"{"[..], Some("it is not the YAML that was expected")),
        (b"token: [Hunter2]\n", Some("it is not the YAML that was expected")),
        (b"\xff\xfe", Some("it is UTF-16 text")),
        (b"token: Hunter2\nbase-url: http://ankra.example\n", Some("its base-url cannot be used")),
        (b"", None),
        (b"token:\n", None),
        (b"token: ''\n", None),
        (b"machine_id: x\n", None),
    ] {
        write_private(&file, bytes);
        let outcome = env.line("credentials list").ok();
        assert!(!outcome.all().contains("Hunter2"), "{outcome}");
        match why {
            Some(why) => outcome.says(&["warning: ", ".ankra.yaml is ignored", why]),
            None => outcome.says(&[&format!("No credentials at {}.", server.url())]),
        };
        assert_eq!(outcome.stderr.contains("warning"), why.is_some(), "{outcome}");
        assert_eq!(fs::read(&file).unwrap(), bytes);
    }
    fs::File::options().write(true).open(&file).unwrap().set_len(1 << 30).unwrap();
    env.line("credentials list").ok().says(&["ignored: it is larger than 1 MiB"]);
    fs::remove_file(&file).unwrap();
    fs::create_dir(&file).unwrap();
    env.line("credentials list").ok().says(&["ignored: it is a directory"]);
}

#[test]
fn h65_without_a_home_no_file_lands_in_the_working_directory() {
    let (env, server) = (Env::new(), FaultServer::start());
    server.has_organisation("acme");
    for home in ["home", ".", "./x", "../cwd/home", "~"] {
        for line in [
            "--sandbox credentials list",
            "sandbox serve --listen 127.0.0.1:0",
            "sandbox env",
            "sandbox reset --yes",
            "credentials ssh-key generate --name key",
            "login --with-token",
            "logout",
        ] {
            let run = server.ankra(&env, line).env("HOME", home).stdin("token");
            let relative = run.env("XDG_CONFIG_HOME", "config").env("XDG_DATA_HOME", "data");
            relative.fails(1).says(&["cannot tell where your files belong", "set HOME to an absolute path"]);
            assert_eq!(env.files(), Vec::<PathBuf>::new(), "HOME={home} {line}");
        }
        // What needs no file needs no home.
        server.ankra(&env, "status").env("HOME", home).ok();
    }
    // Without a HOME the system knows one; files go where they are told to, and not here.
    let (config, data) = (env.home().join("config"), env.home().join("data"));
    for home in [None, Some("")] {
        for line in ["--sandbox credentials list", "login --with-token"] {
            let mut run =
                server.ankra(&env, line).env("XDG_CONFIG_HOME", &config).env("XDG_DATA_HOME", &data);
            match home {
                Some(home) => run.command.env("HOME", home),
                None => run.command.env_remove("HOME"),
            };
            run.stdin("token").ok();
        }
        assert!(data.join("ankra/sandbox/state.redb").exists() && config.join("ankra/login.toml").exists());
        assert_eq!(fs::read_dir(env.work()).unwrap().count(), 0, "HOME={home:?}");
        fs::remove_dir_all(&config).unwrap();
        fs::remove_dir_all(&data).unwrap();
    }
}

#[test]
fn h66_no_help_shows_what_is_in_the_environment() {
    fn walk(command: &clap::Command, path: &str, paths: &mut Vec<String>) {
        paths.push(path.to_owned());
        for below in command.get_subcommands() {
            walk(below, &format!("{path} {}", below.get_name()), paths);
        }
    }
    let env = Env::new();
    let (token, base, org) = (unique("tok", 40), "https://canary.example", unique("org", 40));
    let mut paths = Vec::new();
    walk(&ankra::testing::cli::command(), "", &mut paths);
    assert!(paths.len() > 20, "{paths:?}");
    for path in paths {
        for help in ["-h", "--help"] {
            let run =
                env.line(&format!("{path} {help}")).env("ANKRA_API_TOKEN", &token).env("ANKRA_ORG", &org);
            let outcome = run.env("ANKRA_BASE_URL", base).ok();
            assert!(outcome.stdout.contains("Usage: "), "{outcome}");
            for canary in [token.as_str(), base, &org] {
                assert!(!outcome.all().contains(canary), "{outcome}");
            }
        }
    }
}

#[test]
fn h67_an_empty_variable_is_as_if_unset() {
    let (env, server) = (Env::new(), empty());
    env.signed_in(&server.url(), "saved-token");
    let mut run = env.line("credentials list");
    for name in ["ANKRA_API_TOKEN", "ANKRA_BASE_URL", "ANKRA_ORG", "ANKRA_SANDBOX", "ANKRA_NO_INPUT"] {
        run = run.env(name, "");
    }
    run.ok();
    assert_eq!(server.requests()[0].header("authorization"), Some("Bearer saved-token"));
    Env::new().line("credentials list").env("ANKRA_API_TOKEN", "").fails(6).says(&["you are not signed in"]);
}

#[test]
fn a_variable_that_is_no_text_is_refused() {
    let (env, server) = (Env::new(), FaultServer::start());
    for name in ["ANKRA_API_TOKEN", "ANKRA_BASE_URL", "ANKRA_ORG", "ANKRA_SANDBOX", "ANKRA_NO_INPUT"] {
        let run = server.ankra(&env, "credentials list").env(name, OsStr::from_bytes(b"Hunter2\xff"));
        let outcome = run.fails(2);
        outcome.says(&[&format!("{name} is not valid UTF-8")]);
        assert!(!outcome.all().contains("Hunter2"), "{outcome}");
    }
    assert_eq!(server.lines(), [""; 0]);
}

#[test]
fn nobody_is_asked_where_the_environment_forbids_it() {
    let env = Env::new();
    let line = "--sandbox credentials hetzner create --name x";
    for value in ["1", "true", "yes"] {
        let mut pty = Pty::start(env.line(line).env("ANKRA_NO_INPUT", value));
        assert_eq!(pty.end(), crate::support::End::Code(2), "{value}");
    }
    let mut pty = Pty::start(env.line(line).env("ANKRA_NO_INPUT", "0"));
    pty.expect("Hetzner API token: ").expect_hidden().send("\x04").end();
}

/// Each of `addresses` is refused from every source, and nobody is called.
fn refused(addresses: &[&str]) {
    let (env, server) = (Env::new(), FaultServer::start());
    let port = server.url().rsplit(':').next().unwrap().to_owned();
    for address in addresses {
        let address = &address.replace("PORT", &port);
        let line = || env.line("credentials list").env("ANKRA_API_TOKEN", "token-of-the-test");
        fs::remove_file(config_file(&env)).ok();
        let by_flag = line().arg("--base-url").arg(address);
        let by_variable = line().env("ANKRA_BASE_URL", address);
        let mut outcomes = vec![by_flag.fails(2), by_variable.fails(2)];
        write_private(&config_file(&env), format!("base-url = {address:?}\n"));
        outcomes.push(line().fails(2));
        for outcome in outcomes {
            outcome.says(&["the base URL cannot be used", "https://platform.ankra.app"]);
            assert!(!outcome.stderr.contains("Hunter2"), "{outcome}");
        }
    }
    assert_eq!(server.lines(), [""; 0]);
}

#[test]
fn h75_http_is_for_this_machine_alone() {
    refused(&[
        "http://platform.ankra.app",
        "http://10.0.0.1:PORT",
        "http://127.0.0.1.evil.example:PORT",
        "http://localhost.evil.example:PORT",
        "http://0x7f.1:PORT",
        "http://0177.0.0.1:PORT",
        "http://127.1:PORT",
        "http://2130706433:PORT",
        "http://[::ffff:127.0.0.1]:PORT",
        "http://0.0.0.0:PORT",
        "ftp://127.0.0.1:PORT",
        "127.0.0.1:PORT",
        "localhost:PORT",
        "//localhost:PORT",
        "nonsense",
    ]);
    let (env, server) = (Env::new(), empty());
    let port = server.url().rsplit(':').next().unwrap().to_owned();
    for good in
        ["http://127.0.0.1:PORT", "http://127.0.0.1:PORT/", "http://localhost:PORT", "HTTP://LOCALHOST:PORT"]
    {
        server.ankra(&env, "credentials list --base-url").arg(good.replace("PORT", &port)).ok();
    }
    assert_eq!(server.requests().len(), 4);
}

#[test]
fn h76_an_address_has_no_user_query_or_fragment() {
    refused(&[
        "http://localhost@127.0.0.1:PORT",
        "http://localhost@evil.example",
        "http://user:Hunter2@127.0.0.1:PORT",
        "http://:Hunter2@127.0.0.1:PORT",
        "http://@127.0.0.1:PORT",
        "http://127.0.0.1:PORT@evil.example",
        "http://127.0.0.1:PORT?token=Hunter2",
        "http://127.0.0.1:PORT/?",
        "http://127.0.0.1:PORT/#",
        "http://127.0.0.1:PORT#Hunter2",
        "https://user:Hunter2@ankra.example",
        "https://user@ankra.example",
        "https://@ankra.example",
        "https://ankra.example?x=1",
        "https://ankra.example/?",
        "https://ankra.example#f",
        "https://",
    ]);
}
