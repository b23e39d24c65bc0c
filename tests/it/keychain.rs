//! The system's keychain: gnome-keyring as it is, one that answers as none should, a mute bus, and none.

mod logins;

use std::{
    io::Write,
    os::unix::net::UnixListener,
    sync::{
        Arc,
        atomic::{AtomicUsize, Ordering},
    },
    thread,
    time::{Duration, Instant},
};

use ankra::testing::{keychain::act, secret::Secret};

use crate::support::{Bus, Eavesdropper, Env, Keyring, Odd, Outcome, Pretender, Run, need, unique};

/// What a process of ours is to ask the keychain, a line each.
const ASK: &str = "ANKRA_TEST_ASK";
/// The token that it is to keep.
const KEEP: &str = "ANKRA_TEST_KEEP";

/// In a process of its own: asks what it is told to, and writes what came of each.
#[test]
fn asks() {
    let Ok(lines) = std::env::var(ASK) else { return };
    let token = Secret::new(std::env::var(KEEP).unwrap());
    for line in lines.lines() {
        let words: Vec<&str> = line.split(' ').collect();
        let said = match act(&words, &token) {
            Ok(Some(secret)) => format!("found {}", secret.expose()),
            Ok(None) => "done".to_owned(),
            Err(why) => why,
        };
        writeln!(std::io::stderr(), "{line}: {said}").unwrap();
    }
}

/// A process that asks `lines`.
fn asking(env: &Env, token: &str, lines: &[&str]) -> Run {
    let run = env.program(std::env::current_exe().unwrap());
    let run = run.arg("--exact").arg("keychain::asks").arg("--nocapture");
    run.env(ASK, lines.join("\n")).env(KEEP, token)
}

/// What came of each line.
fn said(outcome: &Outcome) -> Vec<&str> {
    outcome.stderr.lines().map(|line| line.split_once(": ").map_or(line, |(_, said)| said)).collect()
}

/// The ids of the items that `secret-tool` has shown, sorted.
fn ids(shown: &str) -> Vec<String> {
    let ids = shown.lines().filter_map(|line| line.strip_prefix("attribute.id = "));
    let mut ids: Vec<String> = ids.map(str::to_owned).collect();
    ids.sort();
    ids
}

fn holds(bytes: &[u8], text: &str) -> bool {
    bytes.windows(text.len()).any(|window| window == text.as_bytes())
}

const LOCKED: &str = "the system's keychain is locked, and was not unlocked";
const SILENT: &str = "the system's keychain did not answer within 3 seconds";

#[test]
fn a_token_is_found_by_its_profile_address_and_id_together() {
    let env = Env::new();
    let keyring = Keyring::start(&env);
    let token = unique("ankra-", 60);
    let lines = [
        "probe",
        "get default https://a.example/ 1",
        "put default https://a.example/ 1",
        "put default https://a.example/ 2",
        "put default https://b.example/ 3",
        "put other https://a.example/ 4",
        "get default https://a.example/ 1",
        "get-quietly default https://a.example/ 1",
        "get other https://a.example/ 1",
        "get default https://b.example/ 1",
        "get default https://a.example/ 3",
    ];
    let outcome = keyring.with(asking(&env, &token, &lines)).ok();
    let found = format!("found {token}");
    let expected = ["done", "done", "done", "done", "done", "done", &found, &found, "done", "done", "done"];
    assert_eq!(said(&outcome), expected, "{outcome}");

    // Another program of the desktop sees what it is, and whose.
    let shown = keyring.search(&["application", "ankra", "id", "4"]);
    for words in [
        "label = ankra: https://a.example/ (profile other)\n",
        "attribute.profile = other\n",
        "attribute.base-url = https://a.example/\n",
        &format!("secret = {token}\n"),
    ] {
        assert!(shown.contains(words), "{words}: {shown}");
    }
    assert_eq!(shown.matches(&token).count(), 1, "{shown}");

    // All of a profile and an address go, but for the one to keep; none there is fine.
    let lines = ["remove default https://a.example/ 2", "remove default https://a.example/ 2"];
    assert_eq!(said(&keyring.with(asking(&env, &token, &lines)).ok()), ["done", "done"]);
    let left = keyring.search(&["application", "ankra"]);
    assert_eq!(ids(&left), ["2", "3", "4"], "{left}");
    let lines = ["remove default https://a.example/ ", "get default https://a.example/ 2"];
    assert_eq!(said(&keyring.with(asking(&env, &token, &lines)).ok()), ["done", "done"]);
    assert_eq!(ids(&keyring.search(&["application", "ankra"])), ["3", "4"]);
}

#[test]
fn a_token_that_is_kept_again_is_there_once() {
    let env = Env::new();
    let keyring = Keyring::start(&env);
    for token in ["first-token", "second-token"] {
        let lines = ["put default https://a.example/ 1", "get default https://a.example/ 1"];
        let outcome = keyring.with(asking(&env, token, &lines)).ok();
        assert_eq!(said(&outcome), ["done", &format!("found {token}")]);
    }
    assert_eq!(keyring.search(&["application", "ankra"]).matches("label = ").count(), 1);
}

#[test]
fn a_token_crosses_the_bus_encrypted_and_is_in_no_file() {
    let env = Env::new();
    let keyring = Keyring::start(&env);
    let (token, ear) = (unique("ankra-", 60), Eavesdropper::on(&keyring.bus));
    let lines = ["put default https://a.example/ 1", "get default https://a.example/ 1"];
    let outcome = keyring.with(asking(&env, &token, &lines)).ok();
    assert_eq!(said(&outcome), ["done", &format!("found {token}")]);
    let heard = ear.heard();
    assert!(holds(&heard, "https://a.example/") && holds(&heard, "GetSecret"), "nothing was heard");
    assert!(!holds(&heard, &token));
    for file in env.files() {
        assert!(!holds(&std::fs::read(&file).unwrap_or_default(), &token), "{}", file.display());
    }
}

#[test]
fn a_keyring_without_a_default_collection_keeps_nothing_and_says_why() {
    let env = Env::new();
    let keyring = Keyring::fresh(&env);
    let lines = ["probe", "put default https://a.example/ 1", "get default https://a.example/ 1"];
    let outcome = keyring.with(asking(&env, "token", &lines)).ok();
    let why = "the system's keychain cannot be used here: the program that keeps secrets has no default collection yet";
    assert_eq!(said(&outcome), [why, why, "done"], "{outcome}");
}

#[test]
fn a_locked_keyring_says_so_of_everything_and_is_asked_once() {
    let env = Env::new();
    let keyring = Keyring::start(&env);
    let put = ["put default https://a.example/ 1"];
    keyring.with(asking(&env, "token", &put)).ok();
    keyring.lock();
    // With and without a person who could be asked, and whether or not the item is there.
    for away in [false, true] {
        let _away = away.then(|| keyring.bus.person_is_away());
        for line in [
            "probe",
            "put default https://a.example/ 2",
            "get default https://a.example/ 1",
            "get default https://a.example/ 3",
            "get-quietly default https://a.example/ 1",
            "get-quietly default https://a.example/ 3",
            "remove default https://a.example/ ",
        ] {
            let outcome = keyring.with(asking(&env, "token", &[line, "probe"])).ok();
            assert_eq!(said(&outcome), [LOCKED, LOCKED], "{line}, {away}: {outcome}");
        }
    }
    assert!(keyring.is_locked());
}

#[test]
fn a_person_who_unlocks_refuses_or_is_away_decides() {
    let lines = [
        "probe",
        "put default https://a.example/ 1",
        "remove default https://a.example/ ",
        "get default https://a.example/ 1",
    ];
    for (odd, expected) in [
        (Odd::No, ["done"; 4]),
        (Odd::Locked, ["done"; 4]),
        (Odd::Refused, [LOCKED; 4]),
        (Odd::Away, [LOCKED; 4]),
    ] {
        let env = Env::new();
        let pretender = Pretender::start(&env, odd);
        let outcome = pretender.bus.with(asking(&env, "the-token", &lines)).ok();
        assert_eq!(said(&outcome), expected, "{odd:?}: {outcome}");
        let count = |method: &str| pretender.calls().iter().filter(|call| *call == method).count();
        assert_eq!(count("Prompt"), usize::from(odd != Odd::No), "{odd:?}");
        // gnome-keyring ends at the next question after one that was dismissed.
        assert_eq!(count("Dismiss"), 0, "{odd:?}");
    }
}

#[test]
fn what_waits_for_a_shell_asks_nobody_to_unlock() {
    let env = Env::new();
    let pretender = Pretender::start(&env, Odd::Locked);
    let lines = ["get-quietly default https://a.example/ 1"];
    let outcome = pretender.bus.with(asking(&env, "token", &lines)).ok();
    assert_eq!(said(&outcome), [LOCKED], "{outcome}");
    assert!(!pretender.calls().iter().any(|call| call == "Unlock" || call == "Prompt"));
}

#[test]
fn no_answer_of_a_keychain_ends_the_program_or_is_printed_by_a_library() {
    let failed = |what: &str| format!("the system's keychain failed: {what}");
    let back = "what it gives back cannot be decrypted";
    let put = "put default https://a.example/ 1";
    let cases = [
        (Odd::Half(&[]), put, failed("it agrees on no key")),
        (Odd::Half(&[1]), put, failed("it agrees on no key")),
        (Odd::Half(&[9; 500]), put, failed("it agrees on no key")),
        (Odd::Vector(0), put, failed(back)),
        (Odd::Vector(12), put, failed(back)),
        (Odd::Vector(17), put, failed(back)),
        (Odd::Garbled, put, failed(back)),
        (Odd::PromptsWithText, put, "done".to_owned()),
        (Odd::Error("CreateItem", "no room\nsecond line"), put, failed("no room")),
        (Odd::Error("OpenSession", ""), put, failed("org.example.Odd")),
        (Odd::Nonsense("OpenSession"), put, failed("its answer to OpenSession is not understood")),
        (Odd::Nonsense("ReadAlias"), put, failed("its answer to ReadAlias is not understood")),
        (Odd::Nonsense("Get"), put, failed("its answer to Get is not understood")),
        (Odd::Nonsense("CreateItem"), put, failed("its answer to CreateItem is not understood")),
        (Odd::Nonsense("SearchItems"), put, failed("its answer to SearchItems is not understood")),
        (Odd::Nonsense("GetSecret"), put, failed("its answer to GetSecret is not understood")),
    ];
    for (odd, line, expected) in cases {
        let env = Env::new();
        let pretender = Pretender::start(&env, odd);
        let outcome = pretender.bus.with(asking(&env, "the-token", &[line])).ok();
        assert_eq!(said(&outcome), [&expected], "{odd:?}: {outcome}");
        assert!(!outcome.stdout.contains("a text of the keychain"), "{odd:?}: {outcome}");
    }
}

#[test]
fn a_keychain_that_falls_silent_anywhere_is_waited_for_once() {
    let put = "put default https://a.example/ 1";
    for method in ["OpenSession", "ReadAlias", "Get", "CreateItem", "SearchItems", "GetSecret"] {
        let env = Env::new();
        let pretender = Pretender::start(&env, Odd::Mute(method));
        let outcome = pretender.bus.with(asking(&env, "the-token", &[put, put, "probe"])).ok();
        assert_eq!(said(&outcome), [SILENT; 3], "{method}: {outcome}");
        assert_eq!(pretender.calls().iter().filter(|call| *call == method).count(), 1, "{method}");
    }
}

#[test]
fn a_bus_that_accepts_and_says_nothing_is_waited_for_once() {
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
    let address = format!("unix:path={}", path.display());
    let lines = ["probe", "get default https://a.example/ 1", "remove default https://a.example/ "];
    let start = Instant::now();
    let outcome = asking(&env, "token", &lines).env("DBUS_SESSION_BUS_ADDRESS", &address).ok();
    // Three times the limit would be nine seconds.
    assert_eq!(said(&outcome), [SILENT; 3], "{outcome}");
    assert!(start.elapsed() >= Duration::from_secs(3));
    assert_eq!(accepted.load(Ordering::Relaxed), 1);
    let outcome = asking(&env, "token", &["get-quietly default https://a.example/ 1"])
        .env("DBUS_SESSION_BUS_ADDRESS", address)
        .ok();
    assert_eq!(said(&outcome), [SILENT], "{outcome}");
}

#[test]
fn a_bus_that_is_not_there_or_would_be_started_is_none() {
    let env = Env::new();
    let witness = env.home().join("started");
    let started = format!("unixexec:path=/bin/touch,argv1={}", witness.display());
    let nowhere = format!("unix:path={}", env.home().join("nowhere").display());
    for (address, why) in [
        (nowhere.as_str(), "the session bus cannot be reached (Failed to connect to socket"),
        ("nonsense", "the session bus cannot be reached ("),
        ("autolaunch:", "DBUS_SESSION_BUS_ADDRESS names a program to start, not a bus"),
        (&started, "DBUS_SESSION_BUS_ADDRESS names a program to start, not a bus"),
        (&format!("{nowhere};{started}"), "DBUS_SESSION_BUS_ADDRESS names a program to start, not a bus"),
    ] {
        let lines = ["get default https://a.example/ 1"];
        let outcome = asking(&env, "token", &lines).env("DBUS_SESSION_BUS_ADDRESS", address).ok();
        let expected = format!("the system's keychain cannot be used here: {why}");
        assert!(said(&outcome)[0].starts_with(&expected), "{address}: {outcome}");
    }
    assert!(!witness.exists());
    // A bus that nobody keeps secrets on.
    let bus = Bus::start(&env);
    let outcome = bus.with(asking(&env, "token", &["probe"])).ok();
    let expected = "the system's keychain cannot be used here: no program on the session bus keeps secrets";
    assert_eq!(said(&outcome), [expected]);
}

#[test]
fn a_bus_is_found_by_its_socket_alone_too() {
    let env = Env::new();
    let keyring = Keyring::start(&env);
    let run = keyring.with(asking(&env, "token", &["probe"])).env("DBUS_SESSION_BUS_ADDRESS", "");
    assert_eq!(said(&run.ok()), ["done"]);
}

#[test]
fn without_a_bus_nothing_is_opened() {
    let env = Env::new();
    std::fs::create_dir(env.home().join("run")).unwrap();
    std::fs::write(env.home().join("run/bus"), "").unwrap();
    for runtime in ["", "/nonexistent", &env.home().join("run").display().to_string()] {
        let log = env.work().join("strace.log");
        let run = asking(&env, "token", &["probe"]).env("XDG_RUNTIME_DIR", runtime);
        let log_path = log.display().to_string();
        let args = ["-f", "-qq", "-e", "trace=socket,connect", "-o", &log_path];
        let outcome = run.under(need("strace", "strace"), &args).ok();
        assert_eq!(said(&outcome), ["the system's keychain is not there"], "{outcome}");
        assert_eq!(std::fs::read_to_string(&log).unwrap(), "", "{runtime}");
    }
}

#[test]
fn of_fifty_who_keep_a_token_at_once_nobody_loses_what_was_said_to_be_kept() {
    let env = Env::new();
    let keyring = Keyring::start(&env);
    let outcomes: Vec<(usize, Outcome)> = thread::scope(|scope| {
        let writers: Vec<_> = (0..50)
            .map(|number| {
                let (env, keyring) = (&env, &keyring);
                scope.spawn(move || {
                    let line = format!("put profile-{number} https://a.example/ {number}");
                    let run = asking(env, &format!("token-{number}-end"), &[&line]);
                    (number, keyring.with(run).ok())
                })
            })
            .collect();
        writers.into_iter().map(|writer| writer.join().unwrap()).collect()
    });
    let all = keyring.search(&["application", "ankra"]);
    let mut kept = 0;
    for (number, outcome) in &outcomes {
        match said(outcome)[..] {
            ["done"] => {
                kept += 1;
                assert!(all.contains(&format!("secret = token-{number}-end\n")), "{number}: {all}");
            }
            // On a busy machine the time may be over, which is told.
            [SILENT] => {}
            ref other => panic!("{number}: {other:?}"),
        }
    }
    assert!(kept > 0);
}

#[test]
fn a_killed_writer_leaves_a_whole_item_or_none_and_the_others_as_they_were() {
    let env = Env::new();
    let keyring = Keyring::start(&env);
    keyring.with(asking(&env, "old-token", &["put default https://a.example/ old"])).ok();
    for round in 0..20_u64 {
        let id = format!("new-{round}");
        let line = format!("put default https://a.example/ {id}");
        let mut run = keyring.with(asking(&env, "new-token", &[&line]));
        let mut child = run
            .command
            .stdout(std::process::Stdio::null())
            .stderr(std::process::Stdio::null())
            .spawn()
            .unwrap();
        thread::sleep(Duration::from_millis(2 * round));
        child.kill().unwrap();
        child.wait().unwrap();
        let lines =
            [format!("get default https://a.example/ {id}"), "get default https://a.example/ old".into()];
        let outcome = keyring.with(asking(&env, "", &[&lines[0], &lines[1]])).ok();
        let said = said(&outcome);
        assert!(["done", "found new-token"].contains(&said[0]), "{outcome}");
        assert_eq!(said[1], "found old-token", "{outcome}");
    }
    // The next sign-in clears away what nobody names.
    let outcome = keyring.with(asking(&env, "", &["remove default https://a.example/ old"])).ok();
    assert_eq!(said(&outcome), ["done"]);
    assert_eq!(keyring.search(&["application", "ankra"]).matches("label = ").count(), 1);
}
