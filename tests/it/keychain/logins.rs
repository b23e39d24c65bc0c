//! `ankra login` and what follows it, with a keychain.

use std::{
    fs,
    os::unix::{fs::PermissionsExt, net::UnixListener},
    path::Path,
    process::Stdio,
    thread,
    time::Duration,
};

use super::{LOCKED, SILENT, at, holds, login, saved};
use crate::support::{Eavesdropper, Env, Keyring, Outcome, Platform, Run};

const NO_COLLECTION: &str =
    "the system's keychain cannot be used here: the program that keeps secrets has no default collection yet";

/// The ids of our items, as another program finds them.
fn ids(keyring: &Keyring<'_>) -> Vec<String> {
    let shown = keyring.search(&["application", "ankra"]);
    shown.lines().filter_map(|line| line.strip_prefix("attribute.id = ")).map(str::to_owned).collect()
}

/// Fails if a file of this world holds `token`.
fn assert_in_no_file(env: &Env, token: &str) {
    for file in env.files() {
        assert!(!holds(&fs::read(&file).unwrap_or_default(), token), "{}", file.display());
    }
}

fn assert_private(path: &Path) {
    assert_eq!(fs::metadata(path).unwrap().permissions().mode() & 0o777, 0o600);
}

#[test]
fn a_login_is_kept_in_the_keychain_and_used_from_there() {
    let env = Env::new();
    let (keyring, platform) = (Keyring::start(&env), Platform::start(&env));
    let mut former = Vec::new();
    for options in ["", "--store keychain"] {
        let outcome = keyring.with(login(&env, &platform, options)).ok();
        outcome.says(&["is kept in the system's keychain."]);
        assert!(!outcome.all().contains(&platform.admin));
        // The file names the one item, and holds no token.
        let ids = ids(&keyring);
        assert_eq!(ids.len(), 1, "{options}");
        assert_ne!(ids, former, "a new login never has an item's former name");
        assert!(saved(&env).contains(&format!("keychain = \"{}\"\n", ids[0])), "{}", saved(&env));
        assert_private(&env.login_file());
        assert_in_no_file(&env, &platform.admin);
        let url = format!("attribute.base-url = {}", platform.url);
        let shown = keyring.search(&["application", "ankra", "profile", "default", "id", &ids[0]]);
        let label = format!("label = ankra: {} (profile default)\n", platform.url);
        for words in [&label, &format!("secret = {}\n", platform.admin), &url] {
            assert!(shown.contains(words), "{words}: {shown}");
        }
        assert_eq!(shown.matches(&platform.admin).count(), 1, "{shown}");

        let status = keyring.with(at(&env, &platform, "status -o json")).ok().json();
        assert_eq!(status["kept_in"], "keychain");
        keyring.with(at(&env, &platform, "credentials list")).ok();
        former = ids;
    }
    keyring.with(at(&env, &platform, "logout --local")).ok();
    assert_eq!(ids(&keyring), Vec::<String>::new());
    assert!(!saved(&env).contains("keychain"), "{}", saved(&env));
    keyring.with(at(&env, &platform, "status")).fails(6);
}

#[test]
fn a_token_crosses_the_bus_encrypted() {
    let env = Env::new();
    let (keyring, platform) = (Keyring::start(&env), Platform::start(&env));
    let ear = Eavesdropper::on(&keyring.bus);
    keyring.with(login(&env, &platform, "")).ok();
    keyring.with(at(&env, &platform, "credentials list")).ok();
    let heard = ear.heard();
    for words in [&platform.url, "CreateItem", "GetSecret"] {
        assert!(holds(&heard, words), "{words} was not heard");
    }
    assert!(!holds(&heard, &platform.admin));
}

#[test]
fn a_locked_or_silent_keychain_is_not_taken_for_a_missing_login() {
    let env = Env::new();
    let (keyring, platform) = (Keyring::start(&env), Platform::start(&env));
    keyring.with(login(&env, &platform, "--store keychain")).ok();
    let (before, mine) = (saved(&env), ids(&keyring));
    keyring.lock();
    let refused = |outcome: Outcome| {
        outcome.says(&[LOCKED]);
        assert!(!outcome.stderr.contains("not signed in"), "{outcome}");
    };
    for line in ["status", "credentials list", "logout"] {
        refused(keyring.with(at(&env, &platform, line)).fails(1));
    }
    let outcome = keyring.with(login(&env, &platform, "--store keychain")).fails(1);
    outcome.says(&[LOCKED, "nothing was saved"]);
    assert!(!outcome.stderr.contains("a former token"), "{outcome}");
    // Nobody answers the question either.
    let _away = keyring.bus.person_is_away();
    refused(keyring.with(at(&env, &platform, "credentials list")).fails(1));
    assert_eq!(saved(&env), before);

    let mute = env.home().join("mute");
    let _listener = UnixListener::bind(&mute).unwrap();
    let address = format!("unix:path={}", mute.display());
    let silent = at(&env, &platform, "credentials list").env("DBUS_SESSION_BUS_ADDRESS", address).fails(5);
    silent.says(&[SILENT]);
    assert!(!silent.stderr.contains("not signed in"), "{silent}");
    assert_eq!(mine.len(), 1);
}

#[test]
fn where_the_keychain_keeps_nothing_the_file_does_and_the_reason_is_told() {
    let mute = |env: &Env| {
        let path = env.home().join("mute");
        (UnixListener::bind(&path).unwrap(), format!("unix:path={}", path.display()))
    };
    for case in ["locked", "fresh", "mute", "no bus"] {
        let env = Env::new();
        let platform = Platform::start(&env);
        let keyring = match case {
            "locked" => Some(Keyring::start(&env)),
            "fresh" => Some(Keyring::fresh(&env)),
            _ => None,
        };
        if case == "locked" {
            keyring.as_ref().unwrap().lock();
        }
        let listening = (case == "mute").then(|| mute(&env));
        let with = |run: Run| match (&keyring, &listening) {
            (Some(keyring), _) => keyring.with(run),
            (None, Some((_, address))) => run.env("DBUS_SESSION_BUS_ADDRESS", address),
            (None, None) => run,
        };
        let why = match case {
            "locked" => LOCKED,
            "fresh" => NO_COLLECTION,
            "mute" => SILENT,
            _ => "",
        };

        // Asked for by name, it is the keychain or nothing.
        let refused = with(login(&env, &platform, "--store keychain")).fails(1);
        refused.says(&["the system's keychain", why]);
        assert!(!env.login_file().exists(), "{case}");

        let outcome = with(login(&env, &platform, "")).ok();
        let line = outcome.stderr.lines().find(|line| line.contains("is kept in ")).unwrap();
        assert!(line.contains(&env.login_file().display().to_string()), "{case}: {line}");
        assert!(line.contains(why) && line.contains("which only you can read"), "{case}: {line}");
        assert_private(&env.login_file());
        assert!(saved(&env).contains(&platform.admin), "{case}");
        let status = with(at(&env, &platform, "status -o json")).ok().json();
        assert_eq!(status["kept_in"], "file", "{case}");
        with(at(&env, &platform, "logout --local")).ok();
        assert!(!saved(&env).contains(&platform.admin), "{case}");
    }
}

#[test]
fn after_a_change_of_store_the_token_is_in_one_place() {
    let env = Env::new();
    let (keyring, platform) = (Keyring::start(&env), Platform::start(&env));
    for _ in 0..2 {
        keyring.with(login(&env, &platform, "--store keychain")).ok();
        assert_eq!(ids(&keyring).len(), 1);
        assert_in_no_file(&env, &platform.admin);
        keyring.with(login(&env, &platform, "--store file")).ok();
        assert_eq!(ids(&keyring), Vec::<String>::new());
        assert!(saved(&env).contains(&platform.admin));
    }
    // The keychain is left alone by a login that was never there.
    keyring.lock();
    keyring.with(login(&env, &platform, "--store file")).ok();
    keyring.with(at(&env, &platform, "status")).ok();
    keyring.with(at(&env, &platform, "logout --local")).ok();
}

#[test]
fn each_profile_has_an_item_of_its_own() {
    let env = Env::new();
    let (keyring, platform) = (Keyring::start(&env), Platform::start(&env));
    keyring.with(login(&env, &platform, "")).ok();
    let viewer = at(&env, &platform, "--profile viewer login --with-token").stdin(platform.viewer.as_str());
    keyring.with(viewer).ok();
    let of = |profile: &str| keyring.search(&["application", "ankra", "profile", profile]);
    assert!(of("default").contains(&platform.admin) && !of("default").contains(&platform.viewer));
    assert!(of("viewer").contains(&platform.viewer) && !of("viewer").contains(&platform.admin));
    let role = |line: &str| keyring.with(at(&env, &platform, line)).ok().json()["role"].clone();
    assert_ne!(role("status -o json"), role("--profile viewer status -o json"));
    keyring.with(at(&env, &platform, "--profile viewer logout --local")).ok();
    assert!(!of("viewer").contains("label") && of("default").contains(&platform.admin));
}

#[test]
fn an_item_that_is_gone_is_a_login_that_is_gone() {
    let env = Env::new();
    let (keyring, platform) = (Keyring::start(&env), Platform::start(&env));
    keyring.with(login(&env, &platform, "")).ok();
    keyring.clear(&["application", "ankra"]);
    let refused = keyring.with(at(&env, &platform, "credentials list")).fails(6);
    refused.says(&["no longer in the system's keychain", "ankra login"]);
    keyring.with(at(&env, &platform, "logout --local")).ok();
    assert!(!saved(&env).contains("keychain"));
}

#[test]
fn what_needs_no_login_opens_no_bus() {
    let env = Env::new();
    let (keyring, platform) = (Keyring::start(&env), Platform::start(&env));
    keyring.with(login(&env, &platform, "--store keychain")).ok();
    let path = env.home().join("other-bus");
    let listener = UnixListener::bind(&path).unwrap();
    listener.set_nonblocking(true).unwrap();
    let address = format!("unix:path={}", path.display());
    let run = |line: &str| at(&env, &platform, line).env("DBUS_SESSION_BUS_ADDRESS", &address);
    for line in [
        "--version",
        "--help",
        "completion bash",
        "credentials registry presets",
        "credentials ssh-key generate --private-key-file key",
        "--sandbox credentials list",
        "sandbox env",
    ] {
        run(line).ok();
        assert!(listener.accept().is_err(), "{line} opens the bus");
    }
    // One with a token of its own neither.
    run("credentials list").env("ANKRA_API_TOKEN", &platform.admin).ok();
    assert!(listener.accept().is_err());
    run("credentials list").fails(5);
    assert!(listener.accept().is_ok(), "what needs the login asks for it");
}

#[test]
fn of_fifty_who_sign_in_at_once_nobody_loses_a_login() {
    let env = Env::new();
    let (keyring, platform) = (Keyring::start(&env), Platform::start(&env));
    thread::scope(|scope| {
        for number in 0..50 {
            let (env, keyring, platform) = (&env, &keyring, &platform);
            scope.spawn(move || {
                let options = format!("--profile p{number} --timeout 250");
                keyring.with(login(env, platform, &options)).ok();
            });
        }
    });
    let (items, file) = (keyring.search(&["application", "ankra"]), saved(&env));
    let entries: toml_edit::DocumentMut = file.parse().unwrap();
    for number in 0..50 {
        let entry = &entries[&format!("p{number}")];
        // A keychain that was too busy to answer in time left the token to the file.
        match entry.get("keychain").and_then(|id| id.as_str()) {
            Some(id) => assert!(items.contains(&format!("attribute.id = {id}\n")), "{number}"),
            None => assert_eq!(entry["token"].as_str(), Some(platform.admin.as_str()), "{number}"),
        }
    }
    assert!(file.contains("keychain = "), "{file}");
}

#[test]
fn a_killed_sign_in_leaves_a_login_that_works() {
    let env = Env::new();
    let (keyring, platform) = (Keyring::start(&env), Platform::start(&env));
    keyring.with(login(&env, &platform, "--store keychain")).ok();
    for round in 0..16_u64 {
        let mut run = keyring.with(login(&env, &platform, "--store keychain"));
        let file = env.work().join("token");
        fs::write(&file, &platform.admin).unwrap();
        run.command.stdin(fs::File::open(&file).unwrap()).stdout(Stdio::null()).stderr(Stdio::null());
        let mut child = run.command.spawn().unwrap();
        thread::sleep(Duration::from_millis(10 * round));
        child.kill().unwrap();
        child.wait().unwrap();
        fs::remove_file(&file).unwrap();
        keyring.with(at(&env, &platform, "credentials list")).ok();
    }
    // What the killed ones have left goes with the next sign-in that lives.
    keyring.with(login(&env, &platform, "--store keychain")).ok();
    assert_eq!(ids(&keyring).len(), 1);
    assert_in_no_file(&env, &platform.admin);
}
