//! `ankra login`

mod kept;
mod pages;
mod polling;
mod terminal;
mod ways;

use std::{
    fs,
    os::unix::fs::{PermissionsExt, symlink},
    path::Path,
};

use serde_json::json;

use crate::support::{
    Answer, End, Env, FaultServer, ORGANISATION, Outcome, Platform, Pty, give_away, make_pipe, unique,
    write_private,
};

const ORGANISATIONS: &str = "/api/v1/org/organisation";

fn mode(path: &Path) -> u32 {
    fs::metadata(path).unwrap().permissions().mode() & 0o777
}

fn login(env: &Env, base_url: &str, token: &str) -> Outcome {
    env.line("login --with-token --timeout 100 --base-url").arg(base_url).stdin(format!("{token}\n")).run()
}

#[test]
fn the_token_is_asked_for_and_kept_for_later_commands() {
    let env = Env::new();
    let platform = Platform::start(&env);
    let mut pty = Pty::start(env.line("login --with-token").env("ANKRA_BASE_URL", &platform.url));
    pty.expect("Ankra API token: ").expect_hidden().send(&platform.admin).send("\n");
    pty.expect("received\r\n").expect(&format!("Signed in to {}, organisation sandbox.", platform.url));
    let shown = pty.ok();
    assert!(!shown.contains(&platform.admin), "{shown}");
    // The terminal is told to mark what is pasted.
    let shown = shown.replace("\u{1b}[?2004h", "").replace("\u{1b}[?2004l", "");
    assert!(shown.starts_with("Ankra API token: \r\nreceived\r\n"), "{shown}");

    let file = env.login_file();
    assert_eq!(mode(&file), 0o600);
    assert_eq!(mode(file.parent().unwrap()), 0o700);
    let text = fs::read_to_string(&file).unwrap();
    assert!(text.contains(&platform.admin) && text.contains(&platform.url), "{text}");
    // Neither address nor token is needed any more.
    let status = env.line("status -o json").ok().json();
    assert_eq!((&status["platform"], &status["token_from"]), (&json!(platform.url), &json!("ankra login")));
}

#[test]
fn the_token_is_read_from_any_source() {
    let env = Env::new();
    let server = FaultServer::with_organisation();
    let file = env.work().join("token");
    for options in ["", "--api-token-stdin", "--api-token-from stdin"] {
        let token = unique("tok", 40);
        let run = env.line(&format!("login --with-token {options}")).env("ANKRA_BASE_URL", server.url());
        run.stdin(format!("{token}\r\n")).ok();
        let sent = &server.requests().pop().unwrap();
        assert_eq!(sent.header("authorization"), Some(format!("Bearer {token}").as_str()), "{options}");
    }
    fs::write(&file, "from-the-file").unwrap();
    for source in [format!("file:{}", file.display()), format!("command:cat {}", file.display())] {
        let run = env.line("login --with-token --api-token-from").arg(source);
        run.env("ANKRA_BASE_URL", server.url()).ok();
        let sent = server.requests().pop().unwrap();
        assert_eq!(sent.header("authorization"), Some("Bearer from-the-file"));
    }
}

#[test]
fn a_token_is_proved_by_one_call_and_its_owner_asked_for_by_another() {
    let (env, server) = (Env::new(), FaultServer::with_organisation());
    assert_eq!(login(&env, &server.url(), "good").code, Some(0));
    let owner = format!("GET {ORGANISATIONS}/{ORGANISATION}");
    assert_eq!(server.lines(), [format!("GET {ORGANISATIONS}"), owner]);
}

#[test]
fn a_token_that_is_not_proved_is_not_saved() {
    for (answer, code) in [
        (Answer::json(401, json!({"detail": "Invalid token"})), 6),
        (Answer::json(403, json!({"detail": "permission_denied", "permission": "org.read"})), 7),
        (Answer::text(200, "text/html", "<html>sign in</html>"), 1),
        (Answer::json(500, json!({"detail": "no"})), 1),
    ] {
        let (env, server) = (Env::new(), FaultServer::start());
        server.on("GET", ORGANISATIONS, [answer]);
        let outcome = login(&env, &server.url(), "rejected-token");
        assert_eq!(outcome.code, Some(code), "{outcome}");
        assert!(!outcome.all().contains("rejected-token"), "{outcome}");
        assert_eq!(env.files(), Vec::<std::path::PathBuf>::new());

        // Nor does it cost the login that is there.
        env.signed_in(&server.url(), "the-old-one");
        let before = fs::read(env.login_file()).unwrap();
        login(&env, &server.url(), "rejected-token");
        assert_eq!(fs::read(env.login_file()).unwrap(), before);
    }
    let env = Env::new();
    let platform = Platform::start(&env);
    let outcome = login(&env, &platform.url, "ankra-sandbox-admin-nonsense");
    assert_eq!(outcome.code, Some(6));
    outcome.says(&["the platform does not accept this token", "expired or revoked"]);
    assert!(!env.login_file().exists());
}

#[test]
fn what_cannot_be_a_token_is_not_sent() {
    let (env, server) = (Env::new(), FaultServer::start());
    for bad in ["", "\n", "two\nlines", "a b\tc", "caf\u{e9}-token", "nul\0", "a b", "\"abc", "ab'c"] {
        let outcome = login(&env, &server.url(), bad);
        assert_eq!(outcome.code, Some(2), "{bad:?} {outcome}");
        assert!(bad.trim().is_empty() || !outcome.all().contains(bad), "{outcome}");
    }
    assert_eq!(server.lines(), [""; 0]);
    assert!(!env.login_file().exists());
}

#[test]
fn h90_what_is_around_a_token_by_mistake_is_cut() {
    for (text, said) in [
        ("Bearer TOKEN", "Bearer before it"),
        (" TOKEN", "a blank at its beginning"),
        ("\"TOKEN\"", "quotes around it"),
        ("export ANKRA_API_TOKEN='TOKEN'", "NAME= before it, quotes around it"),
    ] {
        let (env, server, token) = (Env::new(), FaultServer::with_organisation(), unique("tok", 40));
        let given = text.replace("TOKEN'", &format!("{token}'")).replace(" TOKEN", &format!(" {token}"));
        let given = given.replace("\"TOKEN", &format!("\"{token}"));
        let outcome = login(&env, &server.url(), &given);
        assert_eq!(outcome.code, Some(0), "{outcome}");
        outcome.says(&[&format!("Left out of the Ankra API token: {said}.")]);
        // The same where a token of the environment is used.
        let by_variable = env.line("status --base-url").arg(server.url()).env("ANKRA_API_TOKEN", &given).ok();
        by_variable.says(&[said]);
        let sent =
            server.requests().into_iter().filter_map(|one| one.header("authorization").map(str::to_owned));
        assert!(sent.into_iter().all(|header| header == format!("Bearer {token}")));
    }
    let env = Env::new();
    let outcome = env.line("status").env("ANKRA_API_TOKEN", "a b").fails(2);
    outcome.says(&["the API token in ANKRA_API_TOKEN cannot be used"]);
}

#[test]
fn no_answer_saves_nothing() {
    let (env, server) = (Env::new(), FaultServer::start());
    let mut pty = Pty::start(env.line("login --with-token --timeout 100 --base-url").arg(server.url()));
    pty.expect("Ankra API token: ").expect_hidden().send("\x04");
    assert_eq!(pty.end(), End::Code(4));
    let mut pty = Pty::start(env.line("login --with-token --no-input --base-url").arg(server.url()));
    assert_eq!(pty.end(), End::Code(2));
    assert!(pty.transcript().contains("--api-token-from"), "{}", pty.transcript());
    assert_eq!(server.lines(), [""; 0]);
    assert_eq!(env.files(), Vec::<std::path::PathBuf>::new());
}

#[test]
fn a_token_is_never_sent_to_another_platform() {
    let env = Env::new();
    let (ours, other) = (FaultServer::with_organisation(), FaultServer::start());
    assert_eq!(login(&env, &ours.url(), "only-for-ours").code, Some(0));
    for line in ["status", "credentials list", "credentials get x", "credentials delete -y x"] {
        let outcome = env.line(line).env("ANKRA_BASE_URL", other.url()).fails(6);
        let elsewhere = format!("a token is saved for {}, not for {}", ours.url(), other.url());
        outcome.says(&["you are not signed in", &elsewhere, "sign in with: ankra login"]);
    }
    // The same host is not the same platform: port and path count too.
    env.line("status --base-url").arg(format!("{}/path", ours.url())).fails(6);
    assert_eq!(ours.requests().len(), 2);
    assert_eq!(other.lines(), [""; 0]);
    // Another spelling of the same address is.
    env.line("status --base-url").arg(format!("{}/", ours.url())).ok();
}

#[test]
fn the_environment_s_token_is_used_before_the_saved_one() {
    let env = Env::new();
    let server = FaultServer::with_organisation();
    let run = env
        .line("login --with-token --timeout 100 --base-url")
        .arg(server.url())
        .env("ANKRA_API_TOKEN", "environment");
    run.stdin("saved").ok().says(&["warning: ANKRA_API_TOKEN is set and is used before the saved token"]);
    env.line("status").ok();
    env.line("status").env("ANKRA_API_TOKEN", "environment").ok();
    let sent: Vec<String> =
        server.requests().iter().map(|one| one.header("authorization").unwrap().to_owned()).collect();
    assert_eq!(sent, ["Bearer saved", "Bearer saved", "Bearer saved", "Bearer environment"]);
}

#[test]
fn h28_a_401_keeps_the_saved_login() {
    let (env, server) = (Env::new(), FaultServer::start());
    server.on("GET", "/api/v1/org/credentials", [Answer::json(401, json!({"detail": "Token has expired"}))]);
    env.signed_in(&server.url(), "the-saved-one");
    let before = fs::read(env.login_file()).unwrap();
    let outcome = env.line("credentials list").fails(6);
    outcome.says(&["Token has expired", "sign in again with: ankra login"]);
    assert_eq!(fs::read(env.login_file()).unwrap(), before);
}

#[test]
fn h62_an_exposed_login_is_warned_about_until_the_next_one() {
    let (env, server) = (Env::new(), FaultServer::with_organisation());
    env.signed_in(&server.url(), "exposed");
    let file = env.login_file();
    for bits in [0o644, 0o640, 0o602] {
        fs::set_permissions(&file, fs::Permissions::from_mode(bits)).unwrap();
        let warning = format!("can be read or changed by other users (mode {bits:o})");
        let chmod = format!("chmod 600 {}", file.display());
        env.line("status").ok().says(&["warning: ", &warning, &chmod]);
        assert_eq!(mode(&file), bits, "a command that only reads changes nothing");
    }
    assert_eq!(login(&env, &server.url(), "again").code, Some(0));
    assert_eq!(mode(&file), 0o600);
    assert_eq!(env.line("status").ok().stderr, "");
}

#[test]
fn h62_a_login_of_another_user_is_warned_about() {
    let (env, server) = (Env::new(), FaultServer::with_organisation());
    env.signed_in(&server.url(), "foreign");
    // The others can read it, or there is nothing to warn of.
    fs::set_permissions(env.login_file(), fs::Permissions::from_mode(0o644)).unwrap();
    give_away(&env.login_file());
    env.line("status").ok().says(&["warning: ", "belongs to another user"]);
    assert_eq!(login(&env, &server.url(), "again").code, Some(0));
    assert_eq!(env.line("status").ok().stderr, "");
}

#[test]
fn h63_a_symlinked_login_updates_its_target() {
    let (env, server) = (Env::new(), FaultServer::with_organisation());
    let target = env.home().join("dotfiles/ankra-login.toml");
    write_private(&target, "# mine\n");
    fs::create_dir_all(env.login_file().parent().unwrap()).unwrap();
    symlink(&target, env.login_file()).unwrap();
    assert_eq!(login(&env, &server.url(), "through-the-link").code, Some(0));
    assert!(env.login_file().is_symlink());
    let text = fs::read_to_string(&target).unwrap();
    assert!(text.contains("# mine") && text.contains("through-the-link"), "{text}");
    assert_eq!(mode(&target), 0o600);
    env.line("status").ok();
}

#[test]
fn h64_a_login_file_that_cannot_be_used_is_never_overwritten() {
    let (env, server) = (Env::new(), FaultServer::start());
    let file = env.login_file();
    for (bytes, why) in [
        (&b"[default\ntoken = \"half-a-secret"[..], "it is not TOML at line 1"),
        (b"\xff\xfe", "it is UTF-16 text"),
        (b"[default]\ntoken = \"secret\"\n", "it lacks base-url or token"),
        (b"[default]\ntoken = 7\nbase-url = \"https://a\"\n", "it lacks base-url or token"),
        (b"[default]\ntoken = \"secret\"\nbase-url = \"ftp://a\"\n", "its base-url is not usable"),
        (b"default = 1\n", "it lacks base-url or token"),
    ] {
        write_private(&file, bytes);
        for line in ["status", "credentials list", "logout"] {
            let outcome = env.line(line).fails(1);
            outcome.says(&[file.to_str().unwrap(), why, "sign in again"]);
            assert!(!outcome.all().contains("secret\""), "{outcome}");
        }
        let outcome = login(&env, &server.url(), "new-one");
        assert_eq!(outcome.code, Some(1), "{outcome}");
        assert_eq!(fs::read(&file).unwrap(), bytes);
    }
    assert_eq!(server.lines(), [""; 0], "it is found before a token is sent");
    fs::remove_file(&file).unwrap();
}

#[test]
fn h64_a_huge_login_file_is_not_read() {
    let (env, server) = (Env::new(), FaultServer::start());
    let file = env.login_file();
    write_private(&file, "");
    fs::File::options().write(true).open(&file).unwrap().set_len(1 << 30).unwrap();
    env.line("status").fails(1).says(&["larger than 1 MiB"]);
    // Also where the file is first met when it is to be written.
    let run = env
        .line("login --with-token --timeout 100 --base-url")
        .arg(server.url())
        .env("ANKRA_API_TOKEN", "other");
    run.stdin("new-one").fails(1).says(&["larger than 1 MiB"]);
    assert_eq!(fs::metadata(&file).unwrap().len(), 1 << 30);

    fs::remove_file(&file).unwrap();
    make_pipe(&file);
    env.line("status").fails(1).says(&["it is not a regular file"]);
}

#[test]
fn h61_fifty_logins_at_once_leave_a_whole_file() {
    let (env, server) = (Env::in_memory(), FaultServer::with_organisation());
    write_private(
        &env.login_file(),
        "# a comment\n[other]\nbase-url = \"https://other.example\"\ntoken = \"t\"\n",
    );
    let tokens: Vec<String> = (0..50).map(|_| unique("tok", 2000)).collect();
    let (shared, url) = (&env, server.url());
    std::thread::scope(|scope| {
        for token in &tokens {
            let url = &url;
            scope.spawn(move || assert_eq!(login(shared, url, token).code, Some(0)));
        }
    });
    let text = fs::read_to_string(env.login_file()).unwrap();
    assert!(text.starts_with("# a comment\n[other]\n") && text.contains("https://other.example"), "{text}");
    let kept = tokens.iter().filter(|token| text.contains(&format!("\ntoken = \"{token}\"\n"))).count();
    assert_eq!(kept, 1, "{text}");
    env.line("status").ok();
    let left: Vec<_> =
        env.files().into_iter().filter(|path| path.to_string_lossy().ends_with(".tmp")).collect();
    assert_eq!(left, Vec::<std::path::PathBuf>::new());
}
