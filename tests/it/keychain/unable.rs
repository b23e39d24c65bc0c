//! Keychains that are locked, mute, broken or not there at all.

use std::{
    fs,
    os::unix::net::UnixListener,
    sync::{
        Arc,
        atomic::{AtomicUsize, Ordering},
    },
    thread,
};

use super::{LOCKED, SILENT, at, login, saved};
use crate::support::{Bus, Env, Keyring, Odd, Platform, Pretender, write_private};

/// A login whose token is said to be in the keychain.
fn kept_in_keychain(env: &Env, platform: &Platform) {
    write_private(
        &env.login_file(),
        format!("[default]\nbase-url = {:?}\nkeychain = \"id\"\n", platform.url),
    );
}

#[test]
fn a_person_who_unlocks_refuses_or_is_away_decides() {
    let world = Env::new();
    let platform = Platform::start(&world);
    for odd in [Odd::No, Odd::Locked, Odd::Refused, Odd::Away] {
        let env = Env::new();
        let pretender = Pretender::start(&env, odd);
        let run = pretender.bus.with(login(&env, &platform, "--store keychain"));
        if matches!(odd, Odd::No | Odd::Locked) {
            run.ok().says(&["is kept in the system's keychain."]);
        } else {
            run.fails(1).says(&[LOCKED]);
        }
        // Nobody is asked twice, and gnome-keyring ends at a later question after one that was dismissed.
        let count = |method: &str| pretender.calls().iter().filter(|call| *call == method).count();
        assert_eq!(count("Prompt"), usize::from(odd != Odd::No), "{odd:?}");
        assert_eq!(count("Dismiss"), 0, "{odd:?}");
    }
}

#[test]
fn tab_has_nobody_asked_to_unlock() {
    let world = Env::new();
    let platform = Platform::start(&world);
    let env = Env::new();
    kept_in_keychain(&env, &platform);
    let pretender = Pretender::start(&env, Odd::Locked);
    let run = env.line("__complete fish ankra credentials get").arg("");
    assert_eq!(pretender.bus.with(run).ok().all(), "");
    let calls = pretender.calls();
    assert!(calls.contains(&"SearchItems".to_owned()), "{calls:?}");
    assert!(!calls.iter().any(|call| call == "Unlock" || call == "Prompt"), "{calls:?}");
}

#[test]
fn no_answer_of_a_keychain_ends_the_program_or_is_printed_by_a_library() {
    let world = Env::new();
    let platform = Platform::start(&world);
    let back = "what it gives back cannot be decrypted";
    let nonsense = |method| (Odd::Nonsense(method), format!("its answer to {method} is not understood"));
    let mut cases = vec![
        (Odd::Half(&[]), "it agrees on no key".to_owned()),
        (Odd::Half(&[1]), "it agrees on no key".to_owned()),
        (Odd::Half(&[9; 500]), "it agrees on no key".to_owned()),
        (Odd::Vector(0), back.to_owned()),
        (Odd::Vector(12), back.to_owned()),
        (Odd::Vector(17), back.to_owned()),
        (Odd::Garbled, back.to_owned()),
        (Odd::Error("CreateItem", "no room\nsecond line"), "no room\n".to_owned()),
        (Odd::Error("OpenSession", ""), "org.example.Odd\n".to_owned()),
    ];
    cases.extend(["OpenSession", "ReadAlias", "Get", "CreateItem", "SearchItems", "GetSecret"].map(nonsense));
    for (odd, why) in cases {
        let env = Env::new();
        let pretender = Pretender::start(&env, odd);
        let refused = pretender.bus.with(login(&env, &platform, "--store keychain")).fails(1);
        refused.says(&[&format!("the system's keychain failed: {why}")]);
        assert_eq!((refused.stdout.as_str(), saved(&env).as_str()), ("", ""), "{odd:?}");
    }
    let env = Env::new();
    let pretender = Pretender::start(&env, Odd::PromptsWithText);
    let kept = pretender.bus.with(login(&env, &platform, "--store keychain")).ok();
    assert!(pretender.calls().contains(&"Prompt".to_owned()));
    assert_eq!(kept.stdout, "", "{kept}");
}

#[test]
fn a_keychain_that_falls_silent_anywhere_is_waited_for_once() {
    let world = Env::new();
    let platform = Platform::start(&world);
    for method in ["OpenSession", "ReadAlias", "Get", "CreateItem", "SearchItems", "GetSecret"] {
        let env = Env::new();
        let pretender = Pretender::start(&env, Odd::Mute(method));
        let kept = pretender.bus.with(login(&env, &platform, "")).ok();
        kept.says(&[SILENT, &env.login_file().display().to_string()]);
        assert!(saved(&env).contains(&platform.admin), "{method}");
        let asked = pretender.calls();
        assert_eq!(asked.iter().filter(|call| *call == method).count(), 1, "{method}");
        assert_eq!(asked.last().map(String::as_str), Some(method), "it is asked again");
    }
}

#[test]
fn a_bus_that_accepts_and_says_nothing_is_waited_for_once() {
    let world = Env::new();
    let platform = Platform::start(&world);
    let env = Env::new();
    let path = env.home().join("bus");
    let (listener, accepted) = (UnixListener::bind(&path).unwrap(), Arc::new(AtomicUsize::new(0)));
    let count = Arc::clone(&accepted);
    thread::spawn(move || {
        let mut kept = Vec::new();
        for stream in listener.incoming() {
            kept.push(stream);
            count.fetch_add(1, Ordering::Relaxed);
        }
    });
    // Its former token is in the keychain, where the new one is to go as well.
    kept_in_keychain(&env, &platform);
    let address = format!("unix:path={}", path.display());
    login(&env, &platform, "").env("DBUS_SESSION_BUS_ADDRESS", &address).run().says(&[SILENT]);
    assert_eq!(accepted.load(Ordering::Relaxed), 1);
    let tab = env.line("__complete fish ankra credentials get").arg("");
    kept_in_keychain(&env, &platform);
    assert_eq!(tab.env("DBUS_SESSION_BUS_ADDRESS", address).ok().all(), "");
    assert_eq!(accepted.load(Ordering::Relaxed), 2);
}

#[test]
fn a_bus_that_is_not_there_or_would_be_started_is_none() {
    let world = Env::new();
    let platform = Platform::start(&world);
    let env = Env::new();
    let witness = env.home().join("started");
    let started = format!("unixexec:path=/bin/touch,argv1={}", witness.display());
    let nowhere = format!("unix:path={}", env.home().join("nowhere").display());
    let program = "DBUS_SESSION_BUS_ADDRESS names a program to start, not a bus";
    for (address, why) in [
        (nowhere.as_str(), "the session bus cannot be reached (Failed to connect to socket"),
        ("nonsense", "the session bus cannot be reached ("),
        ("autolaunch:", program),
        (&started, program),
        (&format!("{nowhere};{started}"), program),
    ] {
        let run = login(&env, &platform, "--store keychain").env("DBUS_SESSION_BUS_ADDRESS", address);
        run.fails(1).says(&[&format!("the system's keychain cannot be used here: {why}")]);
    }
    assert!(!witness.exists());
    let bus = Bus::start(&env);
    let refused = bus.with(login(&env, &platform, "--store keychain")).fails(1);
    refused.says(&["the system's keychain cannot be used here: no program on the session bus keeps secrets"]);
}

#[test]
fn a_bus_is_found_by_its_socket_alone_too() {
    let env = Env::new();
    let (keyring, platform) = (Keyring::start(&env), Platform::start(&env));
    let run = keyring.with(login(&env, &platform, "--store keychain"));
    run.env("DBUS_SESSION_BUS_ADDRESS", "").ok();
}

#[test]
fn without_a_bus_nothing_is_opened() {
    let world = Env::new();
    let platform = Platform::start(&world);
    let env = Env::new();
    kept_in_keychain(&env, &platform);
    let no_socket = env.home().join("run");
    fs::create_dir(&no_socket).unwrap();
    fs::write(no_socket.join("bus"), "").unwrap();
    for runtime in ["", "/nonexistent", &no_socket.display().to_string()] {
        let log = env.home().join("strace.log");
        let log_path = log.display().to_string();
        let args = ["-f", "-qq", "-e", "trace=socket,connect,clone,clone3", "-o", &log_path];
        let run = at(&env, &platform, "credentials list").env("XDG_RUNTIME_DIR", runtime);
        let refused = run.traced(&args).fails(1);
        refused.says(&["the system's keychain cannot be used here: there is no session bus"]);
        assert_eq!(fs::read_to_string(&log).unwrap(), "", "{runtime}");
    }
}

#[test]
fn a_login_is_forgotten_without_its_keychain_only_where_that_is_said() {
    let world = Env::new();
    let platform = Platform::start(&world);
    let env = Env::new();
    kept_in_keychain(&env, &platform);
    let before = saved(&env);
    let away = "unix:path=/nowhere/bus";
    let out = |line: &str| env.line(line).env("DBUS_SESSION_BUS_ADDRESS", away);
    let outcome = out("logout").fails(1);
    outcome.says(&["nothing was changed", "to forget the login all the same: ankra logout --local"]);
    assert_eq!(saved(&env), before);
    let outcome = out("logout --local").ok();
    outcome.says(&["warning: the token may still be in the system's keychain", "Removed the login"]);
    assert!(!saved(&env).contains("[default]"), "{}", saved(&env));
}
