//! The names that are kept for a minute.

use std::{
    fs,
    os::unix::fs::{PermissionsExt, symlink},
    path::PathBuf,
    time::{Duration, Instant},
};

use serde_json::{Value, json};

use super::in_time;
use crate::support::{
    Answer, Env, FaultServer, Outcome, Step, await_that, credential, figure, gate, give_away, id, make_pipe,
    unique,
};

/// A platform with one credential, which any change succeeds on.
fn platform() -> FaultServer {
    let server = FaultServer::start();
    let mut thing = credential(1, "kept", "registry");
    thing["success"] = true.into();
    thing["valid"] = true.into();
    server.accept_everything(thing);
    server
}

/// What is offered for `credentials get`; `options` stand before it.
fn ask(env: &Env, server: &FaultServer, options: &[&str]) -> Outcome {
    let words = ["__complete", "fish", "ankra"].into_iter().chain(options.iter().copied());
    let run = env.ankra(words.chain(["credentials", "get", ""]));
    let outcome = run.env("ANKRA_BASE_URL", server.url()).env("ANKRA_API_TOKEN", "token-of-the-test").ok();
    assert_eq!(outcome.stderr, "", "{outcome}");
    outcome
}

const KEPT: &str = "kept\tregistry credential\n";

/// Asks until the names are there, and so kept: on a busy machine completion may give up first.
fn fill(env: &Env, server: &FaultServer) {
    await_that(|| (ask(env, server, &[]).stdout == KEPT).then_some(()), || "no name is offered".to_owned());
}

/// The files of names; what organisations are called is kept beside them.
fn files(env: &Env) -> Vec<PathBuf> {
    let is_of_names = |path: &PathBuf| path.to_string_lossy().contains("/.cache/ankra/completion/");
    env.files().into_iter().filter(is_of_names).collect()
}

fn mode(path: &std::path::Path) -> u32 {
    fs::metadata(path).unwrap().permissions().mode() & 0o777
}

#[test]
fn names_are_asked_for_once_a_minute_and_kept_without_a_secret() {
    let env = Env::new();
    let server = platform();
    fill(&env, &server);
    let asked = server.lines();
    assert!(asked.iter().all(|line| line == "GET /api/v1/org/credentials"), "{asked:?}");
    assert_eq!(ask(&env, &server, &[]).stdout, KEPT);
    assert_eq!(server.lines(), asked);
    let [file] = files(&env).try_into().unwrap();
    assert_eq!((mode(&file), mode(file.parent().unwrap())), (0o600, 0o700));
    let text = fs::read_to_string(&file).unwrap();
    let mut held: Value = serde_json::from_str(&text).unwrap();
    assert_eq!(held["entries"], json!([{"id": id(1), "name": "kept", "kind": "registry"}]));
    assert_eq!(held.as_object().unwrap().len(), 2, "{text}");
    assert!(!file.to_string_lossy().contains("token") && !text.contains("token"), "{text}");
    // After a minute, or with a time to come, the platform is asked again.
    for shift in [-61_i64, 3600] {
        let before = server.requests().len();
        held["saved"] = (held["saved"].as_i64().unwrap() + shift).into();
        fs::write(&file, held.to_string()).unwrap();
        fill(&env, &server);
        assert!(server.requests().len() > before, "{shift}");
        held = serde_json::from_slice(&fs::read(&file).unwrap()).unwrap();
    }
    // Nothing of it is needed.
    fs::remove_dir_all(env.home().join(".cache")).unwrap();
    fs::write(env.home().join(".cache"), "").unwrap();
    fill(&env, &server);
}

#[test]
fn every_platform_token_and_organisation_has_its_own() {
    let env = Env::new();
    let (server, other) = (platform(), platform());
    fill(&env, &server);
    fill(&env, &other);
    let until_files = |count: usize, ask: &dyn Fn() -> Outcome| {
        let asked = || {
            ask();
            (files(&env).len() == count).then_some(())
        };
        await_that(asked, || format!("there are never {count} files"));
    };
    until_files(3, &|| ask(&env, &server, &["--org", &id(7)]));
    assert_eq!(server.requests().last().unwrap().header("x-ankra-organisation-id"), Some(id(7).as_str()));
    let token = unique("another-token-", 30);
    until_files(4, &|| {
        let run = env.line("__complete fish ankra credentials get").arg("");
        run.env("ANKRA_BASE_URL", server.url()).env("ANKRA_API_TOKEN", &token).ok()
    });
    assert_eq!(server.requests().last().unwrap().header("authorization"), Some(&*format!("Bearer {token}")));
    assert!(server.requests().len() >= 3);
}

#[test]
fn whatever_changes_a_name_drops_them_all() {
    let server = platform();
    server.creates("hetzner/ssh-key");
    for line in [
        "credentials hetzner create --name new --api-token-from env:OTHER",
        "credentials hetzner ssh-key create --name new --generate",
        "credentials registry create --name new --username u --password-from env:OTHER",
        "credentials registry update kept --username u --password-from env:OTHER",
        "credentials registry delete kept --yes",
        "credentials delete kept --yes",
        "login --with-token --api-token-from env:ANKRA_API_TOKEN",
        "logout --local",
    ] {
        let env = Env::new();
        env.signed_in(&server.url(), "saved-token");
        fill(&env, &server);
        assert_eq!(files(&env).len(), 1);
        let outcome = server.ankra(&env, line).env("OTHER", "other").run();
        assert_eq!(files(&env), Vec::<PathBuf>::new(), "{outcome}");
    }
    for (line, exit) in [
        ("credentials list", 0),
        ("credentials get kept", 0),
        ("credentials ssh-key list", 0),
        ("credentials hetzner create --name new --api-token-from env:OTHER --dry-run", 0),
        ("credentials registry update kept --username u --password-from env:OTHER --dry-run", 0),
        ("credentials delete no-such-name --yes", 3),
        ("status", 0),
        ("completion bash", 0),
    ] {
        let env = Env::new();
        fill(&env, &server);
        let outcome = server.ankra(&env, line).env("OTHER", "other").run();
        assert_eq!((outcome.code, files(&env).len()), (Some(exit), 1), "{outcome}");
    }
}

/// What is wrong with a file, and how it gets so.
type Way<'a> = (&'a str, &'a dyn Fn(&PathBuf));

#[test]
fn a_file_that_another_could_have_written_is_passed_over() {
    let false_entry = |name: &str, saved: u64| {
        json!({"saved": saved, "entries": [{"id": id(9), "name": name, "kind": "registry"}]}).to_string()
    };
    let now = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH).unwrap().as_secs();
    let good = false_entry("planted", now);
    let mut bad = Vec::new();
    let ways: [Way; 9] = [
        ("readable by others", &|file| fs::set_permissions(file, fs::Permissions::from_mode(0o644)).unwrap()),
        ("a symlink", &|file| {
            let other = file.with_extension("other");
            fs::rename(file, &other).unwrap();
            symlink(other, file).unwrap();
        }),
        ("another user's", &|file| give_away(file)),
        ("a folder", &|file| {
            fs::remove_file(file).unwrap();
            fs::create_dir(file).unwrap();
        }),
        ("a pipe", &|file| {
            fs::remove_file(file).unwrap();
            make_pipe(file);
        }),
        ("no JSON", &|file| fs::write(file, "[[[").unwrap()),
        ("cut off", &|file| fs::write(file, &good[..good.len() - 3]).unwrap()),
        ("with more in it", &|file| fs::write(file, good.replace("\"saved\"", "\"x\":1,\"saved\"")).unwrap()),
        ("far too large", &|file| fs::write(file, format!("{good}{}", " ".repeat(5 << 20))).unwrap()),
    ];
    for (what, way) in &ways {
        let env = Env::new();
        let server = platform();
        fill(&env, &server);
        let [file] = files(&env).try_into().unwrap();
        fs::write(&file, &good).unwrap();
        assert!(ask(&env, &server, &[]).stdout.starts_with("planted"), "a good one is believed");
        way(&file);
        let offered = || Some(ask(&env, &server, &[])).filter(|outcome| !outcome.stdout.is_empty());
        let outcome = await_that(offered, || "no name is offered".to_owned());
        if outcome.stdout != KEPT {
            bad.push(format!("{what}: {outcome}"));
        }
    }
    gate("hostile cache files believed", bad.len(), ways.len());
    assert!(bad.is_empty(), "{}", bad.join("\n"));
}

#[test]
fn what_is_kept_is_offered_though_the_platform_is_gone() {
    let env = Env::new();
    let server = FaultServer::start();
    let list = json!([credential(1, "kept", "registry")]);
    // What comes after four seconds is whole, and ten times too late.
    let late =
        format!("HTTP/1.1 200 OK\r\ncontent-type: application/json\r\nconnection: close\r\n\r\n{list}");
    let late = Answer::Script(vec![Step::Wait(Duration::from_secs(4)), Step::Write(late.into_bytes())]);
    server.on("GET", "/api/v1/org/credentials", [Answer::json(200, list), late]);
    assert_eq!(ask(&env, &server, &[]).stdout, KEPT);
    assert_eq!(ask(&env, &server, &[]).stdout, KEPT);
    for file in files(&env) {
        fs::remove_file(file).unwrap();
    }
    let start = Instant::now();
    assert_eq!(ask(&env, &server, &[]).stdout, "");
    let took = start.elapsed().as_millis();
    figure("milliseconds until completion gives a silent platform up (400 and the start)", took);
}

#[test]
fn a_token_of_the_environment_does_not_go_to_an_address_on_an_unfinished_line() {
    let env = Env::new();
    let (server, other) = (platform(), platform());
    let url = other.url();
    assert_eq!(ask(&env, &server, &["--base-url", &url]).stdout, "");
    assert_eq!(ask(&env, &server, &[&format!("--base-url={url}")]).stdout, "");
    let config = env.home().join("config.toml");
    fs::write(&config, format!("base-url = {url:?}\n")).unwrap();
    assert_eq!(ask(&env, &server, &["--config", config.to_str().unwrap()]).stdout, "");
    assert!(server.requests().is_empty() && other.requests().is_empty());
    // One that was saved for that address does.
    env.signed_in(&url, "token-of-the-test");
    let run = env.line(&format!("__complete fish ankra --base-url {url} credentials get")).arg("");
    assert_eq!(run.ok().stdout, KEPT);
}

#[test]
fn without_a_sign_in_nothing_is_asked_made_or_said() {
    let env = Env::new();
    let server = platform();
    for line in ["credentials get", "--org", "credentials list --provider", "credentials delete a b"] {
        let run = env.line(&format!("__complete zsh ankra {line}")).arg("");
        let outcome = run.env("ANKRA_BASE_URL", server.url()).ok();
        assert!(!outcome.all().contains("kept"), "{outcome}");
        assert_eq!(outcome.stderr, "");
    }
    // Settings that cannot be used, a broken login, questions that make no sense.
    fs::create_dir_all(env.home().join(".config/ankra")).unwrap();
    for name in ["config.toml", "login.toml"] {
        fs::write(env.home().join(".config/ankra").join(name), "[[[").unwrap();
        assert_eq!(env.line("__complete zsh ankra credentials get").arg("").ok().all(), "");
    }
    for line in ["__complete", "__complete tcsh a b", "__complete bash ankra --timeout x credentials get -"] {
        assert_eq!(env.line(line).ok().stderr, "", "{line}");
    }
    assert!(server.requests().is_empty());
    assert_eq!(files(&env), Vec::<PathBuf>::new());
}

#[test]
fn a_sandbox_is_asked_each_time_and_never_made() {
    let env = Env::new();
    let ask = || {
        let words = [
            "__complete",
            "fish",
            "ankra",
            "--sandbox",
            "--org",
            "demo",
            "credentials",
            "registry",
            "get",
            "",
        ];
        env.ankra(words).ok().all()
    };
    assert_eq!(ask(), "");
    assert_eq!(env.files(), Vec::<PathBuf>::new());
    env.line("--sandbox status").ok();
    let both = "demo-ghcr\tregistry credential\nunused-registry\tregistry credential\n";
    assert_eq!(ask(), both);
    env.line("--sandbox --org demo credentials registry delete unused-registry --yes").ok();
    // What a command would warn of.
    let key = env.home().join(".local/share/ankra/sandbox/key");
    fs::set_permissions(key, fs::Permissions::from_mode(0o644)).unwrap();
    env.line("--sandbox status").ok().says(&["warning: ", "sandbox"]);
    assert_eq!(ask(), "demo-ghcr\tregistry credential\n");
    assert_eq!(files(&env), Vec::<PathBuf>::new());
}

#[test]
fn a_sandbox_that_others_hold_is_given_up() {
    let env = Env::new();
    env.line("--sandbox status").ok();
    let lock = fs::File::open(env.home().join(".local/share/ankra/sandbox/lock")).unwrap();
    lock.lock().unwrap();
    in_time(&env, Duration::from_millis(500), || {
        let start = Instant::now();
        let line = "__complete fish ankra --sandbox --org demo credentials registry get";
        assert_eq!(env.line(line).arg("").ok().all(), "");
        start.elapsed()
    });
}

/// The limit is not that of requests alone: what is kept would be offered, were the disk waited for.
#[test]
fn a_disk_that_does_not_answer_is_not_waited_for() {
    let (env, server) = (Env::new(), platform());
    fill(&env, &server);
    let [kept] = &files(&env)[..] else { panic!("{:?}", files(&env)) };
    let slow = [
        "-f",
        "-qq",
        "-o",
        "/dev/null",
        "-P",
        kept.to_str().unwrap(),
        "-e",
        "inject=openat:delay_enter=4000000",
    ];
    let line = "__complete fish ankra credentials get";
    let ask = || server.ankra(&env, line).arg("");
    assert_eq!(ask().traced(&slow).ok().stdout, "");
    assert_eq!(ask().ok().stdout, "kept\tregistry credential\n");
}

#[test]
fn a_long_list_is_offered_in_time() {
    let env = Env::new();
    let server = FaultServer::start();
    let thing = |number| json!({"id": id(1), "name": format!("name-{number}"), "provider": "hetzner"});
    let all: Vec<Value> = (0..6_000).map(thing).collect();
    server.on("GET", "/api/v1/org/credentials", [Answer::json(200, all)]);
    // On a busy machine the program gives up before it has read them all: it is asked until it has.
    let offered = |typed: &str| {
        let ask = || {
            let run = env.line("__complete bash ankra credentials get").arg(typed);
            let run = run.env("ANKRA_BASE_URL", server.url()).env("ANKRA_API_TOKEN", "token-of-the-test");
            Some(run.ok().stdout).filter(|offered| !offered.is_empty())
        };
        await_that(ask, || format!("what begins with {typed:?} is never offered"))
    };
    assert_eq!(offered("name-5999"), "name-5999\n");
    let asked = server.requests().len();
    assert_eq!(offered("").lines().count(), 5_000, "more is no help");
    // And many more of those that were kept.
    let [file] = files(&env).try_into().unwrap();
    let mut held: Value = serde_json::from_slice(&fs::read(&file).unwrap()).unwrap();
    let entry = |number| json!({"id": id(1), "name": format!("name-{number}"), "kind": "hetzner"});
    held["entries"] = (0..20_000).map(entry).collect();
    fs::write(&file, held.to_string()).unwrap();
    assert_eq!(offered("name-19999"), "name-19999\n");
    assert_eq!(offered("").lines().count(), 5_000);
    assert_eq!(server.requests().len(), asked, "they were kept");
}
