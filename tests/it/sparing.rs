//! Nothing is built that a command does not use: what it asks of the system tells.

use std::fs;

use ankra::testing::output::Format;
use serde_json::json;

use crate::support::{Answer, Authority, Certificate, Env, FaultServer, Run, TlsFront, credential};

/// Threads and processes, sockets, event queues, and every file that is opened.
const WATCHED: &str = "trace=clone,clone3,fork,vfork,socket,epoll_create1,eventfd2,open,openat,openat2";

/// What `run` asked of the system from the program's first line on: the loader's and the standard
/// library's own start are not of this program.
fn asked(env: &Env, run: Run) -> Vec<String> {
    let log = env.home().join("strace.log");
    let watched = format!("{WATCHED},prctl");
    run.traced(&["-f", "-qq", "-e", &watched, "-o", log.to_str().unwrap()]).ok();
    let text = fs::read_to_string(&log).unwrap();
    fs::remove_file(&log).unwrap();
    let (_, ours) = text.split_once("PR_SET_DUMPABLE").expect("the program shields itself first");
    ours.lines().skip(1).map(|line| line.split_once(' ').unwrap().1.trim_start().to_owned()).collect()
}

/// The files among what was `asked`, those in a home by their path in it.
fn files(env: &Env, asked: &[String]) -> Vec<String> {
    let home = format!("{}/", env.home().display());
    let opened = asked.iter().filter(|call| call.starts_with("open"));
    opened.map(|call| call.split('"').nth(1).unwrap().replace(&home, "~/")).collect()
}

/// How often `call` was made.
fn count(asked: &[String], call: &str) -> usize {
    asked.iter().filter(|line| line.starts_with(&format!("{call}("))).count()
}

#[test]
fn what_only_prints_opens_nothing_and_starts_nothing() {
    let env = Env::new();
    for line in
        ["--version", "--help", "credentials list --help", "completion bash", "completion zsh --static"]
    {
        assert_eq!(asked(&env, env.line(line)), Vec::<String>::new(), "{line}");
    }
}

#[test]
fn a_key_is_made_without_a_connection_or_a_thread() {
    let env = Env::new();
    let run = env.line("credentials ssh-key generate --private-key-file key");
    let run = asked(&env, run);
    for call in ["socket", "clone", "clone3", "fork", "vfork"] {
        assert_eq!(count(&run, call), 0, "{run:#?}");
    }
}

#[test]
fn a_list_over_http_takes_one_connection_no_thread_and_no_certificates() {
    let env = Env::new();
    let server = FaultServer::start();
    server.on("GET", "/api/v1/org/credentials", [Answer::json(200, json!([credential(1, "a", "hetzner")]))]);
    for (format, _) in Format::NAMED {
        let run = asked(&env, server.ankra(&env, &format!("credentials list -o {format}")));
        let mut asked_for = files(&env, &run);
        asked_for.sort_unstable();
        let own = [
            "~/.config/ankra/config.toml",
            "~/.config/ankra/login.toml",
            "~/.local/share/ankra/expiries.json",
        ];
        assert_eq!(asked_for, own, "{format}");
        assert_eq!(count(&run, "socket"), 1, "{format}: {run:#?}");
        for call in ["clone", "clone3", "fork", "vfork"] {
            assert_eq!(count(&run, call), 0, "{format}: {run:#?}");
        }
    }
}

#[test]
fn certificates_are_read_where_a_connection_is_encrypted_and_one_thread_looks_up_the_name() {
    let env = Env::new();
    let server = FaultServer::start();
    server.on("GET", "/api/v1/org/credentials", [Answer::json(200, json!([]))]);
    let authority = Authority::new();
    let trusted = authority.file(&env);
    let front = TlsFront::start(&server, Some(&authority), &Certificate::default());
    let run = env
        .line("credentials list")
        .env("ANKRA_BASE_URL", front.url())
        .env("ANKRA_API_TOKEN", "token-of-the-test")
        .env("SSL_CERT_FILE", &trusted);
    let run = asked(&env, run);
    assert!(run.iter().any(|call| call.contains(trusted.to_str().unwrap())), "{run:#?}");
    // The system's look-up blocks, and is not to outlast --timeout: it has a thread of its own.
    let started: usize = ["clone", "clone3", "fork", "vfork"].iter().map(|call| count(&run, call)).sum();
    assert_eq!(started, 1, "{run:#?}");
}
