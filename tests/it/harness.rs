//! The tests' own support, shown to do what it says and to fail where it must.

use std::{fs, process::Stdio, time::Duration};

use serde_json::json;
use tempfile::NamedTempFile;

use crate::support::{Answer, End, Env, FaultServer, Outcome, Pty, Run, Step, await_that, need};

fn sh(env: &Env, script: &str) -> Run {
    env.program("sh").arg("-c").arg(script)
}

/// curl, which shows nothing but the body and ends with its own code for each fault.
fn curl(env: &Env, server: &FaultServer, path: &str, options: &[&str]) -> Outcome {
    let mut run = env.program(need("curl", "curl")).arg("-s").arg("--max-time").arg("30");
    for option in options {
        run = run.arg(option);
    }
    run.arg(format!("{}{path}", server.url())).run()
}

#[test]
fn a_command_inherits_nothing() {
    let env = Env::new();
    let mut names: Vec<String> = env
        .program("env")
        .ok()
        .stdout
        .lines()
        .filter_map(|line| line.split_once('=').map(|(name, _)| name.to_owned()))
        .collect();
    names.sort();
    assert_eq!(names, ["HOME", "LANG", "PATH", "TZ"]);
    assert_eq!(env.files(), Vec::<std::path::PathBuf>::new());
}

#[test]
fn a_command_has_no_terminal_to_ask_on() {
    let env = Env::new();
    // Fields of stat: pid, name, state, parent, group, session, terminal.
    let fields = sh(&env, "read -r stat </proc/$$/stat; echo \"$stat\"").ok().stdout;
    let fields: Vec<&str> = fields.split(' ').collect();
    assert_eq!((fields[5], fields[6]), (fields[0], "0"), "a session of its own, without a terminal");
    assert_ne!(sh(&env, ": <>/dev/tty").run().code, Some(0));
}

#[test]
fn an_outcome_tells_codes_and_signals_apart() {
    let env = Env::new();
    let outcome = sh(&env, "cat; echo 2 >&2; exit 7").stdin("one").fails(7);
    assert_eq!((outcome.stdout.as_str(), outcome.stderr.as_str()), ("one", "2\n"));
    let outcome = sh(&env, "kill -TERM $$").run();
    assert_eq!((outcome.code, outcome.signal), (None, Some(15)));
    sh(&env, "exit 0").stdin(vec![b'x'; 1 << 20]).ok();
}

#[test]
#[should_panic(expected = "what it said")]
fn a_wrong_code_fails_and_shows_what_was_printed() {
    sh(&Env::new(), "echo what it said; exit 3").ok();
}

/// What is started here leaves its parent, its session and its standard streams.
const STRAY: &str = "setsid sleep 600 >/dev/null 2>&1 </dev/null & echo $! >\"$STRAY\"";

#[test]
fn a_test_that_fails_leaves_no_process_behind() {
    let file = NamedTempFile::new().unwrap();
    let failed = std::panic::catch_unwind(|| {
        sh(&Env::new(), STRAY).env("STRAY", file.path()).fails(3);
    });
    assert!(failed.is_err());
    let id = fs::read_to_string(file.path()).unwrap();
    let status = || fs::read_to_string(format!("/proc/{}/status", id.trim())).unwrap_or_default();
    let gone = || (status().is_empty() || status().contains("State:\tZ")).then_some(());
    await_that(gone, || format!("it lives on: {}", status()));
}

#[test]
#[should_panic(expected = "left running: [\"")]
fn a_process_that_a_test_leaves_behind_is_a_fault_of_the_test() {
    let file = NamedTempFile::new().unwrap();
    sh(&Env::new(), STRAY).env("STRAY", file.path()).ok();
}

#[test]
#[should_panic(expected = "ended before the signal, exit status: 3\nits last words")]
fn a_signal_to_what_has_ended_fails_and_shows_its_words() {
    let mut pty = Pty::start(sh(&Env::new(), "echo its last words; exit 3"));
    pty.end();
    pty.signal(rustix::process::Signal::TERM);
}

#[test]
#[should_panic(expected = "not said: sorry")]
fn words_that_were_not_said_fail() {
    sh(&Env::new(), "echo sorry; echo other >&2").ok().says(&["sorry"]);
}

#[test]
fn the_server_answers_in_turn_and_keeps_every_request() {
    let (env, server) = (Env::new(), FaultServer::start());
    let faults = [Answer::json(503, json!({})).header("retry-after", "1"), Answer::json(200, json!([1]))];
    server.on("GET", "/a", faults);
    server.on("POST", "/a", [Answer::text(201, "text/plain", "made")]);
    let codes: Vec<String> = (0..3)
        .map(|_| curl(&env, &server, "/a?x=1", &["-w", "%{http_code} %header{retry-after} "]).stdout)
        .collect();
    assert_eq!(codes, ["{}503 1 ", "[1]200  ", "[1]200  "]);
    assert_eq!(curl(&env, &server, "/a", &["-d", "{\"b\":2}", "-H", "X-Own: yes"]).stdout, "made");
    assert_eq!(curl(&env, &server, "/b", &[]).stdout, "{\"detail\":\"Not Found\"}");

    assert_eq!(server.lines(), ["GET /a?x=1", "GET /a?x=1", "GET /a?x=1", "POST /a", "GET /b"]);
    let writes = server.writes();
    assert_eq!(writes.len(), 1);
    assert_eq!(writes[0].json(), json!({"b": 2}));
    assert_eq!(writes[0].header("x-own"), Some("yes"));
    assert_eq!(writes[0].header("x-other"), None);
    assert!(server.requests()[0].at < writes[0].at);
}

#[test]
#[should_panic(expected = "never called: [\"GET /idle\"]")]
fn a_route_that_is_never_called_fails() {
    let (env, server) = (Env::new(), FaultServer::start());
    server.on("GET", "/idle", [Answer::json(200, json!({}))]);
    curl(&env, &server, "/idle?no", &["-X", "POST"]);
}

/// Each fault as curl meets it: 18 a partial body, 28 no end in time, 52 nothing, 56 a reset.
#[test]
fn a_client_meets_each_fault_as_it_is_meant() {
    let (env, server) = (Env::new(), FaultServer::start());
    let head = "HTTP/1.1 200 OK\r\ncontent-length: 1000000\r\n\r\n";
    let pause = Duration::from_millis(300);
    let faults: [(&str, Vec<Step>, i32, &str); 8] = [
        ("/silence", vec![Step::Wait(Duration::from_secs(3600))], 28, ""),
        ("/close", vec![], 52, ""),
        ("/reset", vec![Step::Reset], 56, ""),
        ("/short", vec![Step::Write(format!("{head}[1,").into())], 18, "[1,"),
        (
            "/reset-later",
            vec![Step::Write(format!("{head}[1,").into()), Step::Wait(pause), Step::Reset],
            56,
            "[1,",
        ),
        ("/drip-head", vec![Step::Drip(head.into(), pause)], 28, ""),
        ("/drip-body", vec![Step::Write(head.into()), Step::Drip(vec![b'x'; 1000], pause)], 28, "x"),
        ("/no-http", vec![Step::Write(b"\x00\xff\r\n\r\n".into())], 1, ""),
    ];
    for (path, steps, code, begin) in faults {
        server.on("GET", path, [Answer::Script(steps)]);
        let patience = if code == 28 { "1" } else { "30" };
        let outcome = curl(&env, &server, path, &["--max-time", patience]);
        assert_eq!(outcome.code, Some(code), "{path}: {outcome}");
        assert!(outcome.stdout.starts_with(begin), "{path}: {outcome}");
    }
    assert_eq!(server.requests().len(), 8, "one request for each, and none again");
}

#[test]
fn an_endless_body_lasts_until_the_client_goes() {
    let (env, server) = (Env::new(), FaultServer::start());
    let head = b"HTTP/1.1 200 OK\r\n\r\n".to_vec();
    server.on("GET", "/", [Answer::Script(vec![Step::Write(head), Step::Endless(vec![b'x'; 1 << 16])])]);
    let outcome = curl(&env, &server, "/", &["--max-time", "1", "-o", "/dev/null", "-w", "%{size_download}"]);
    assert_eq!(outcome.code, Some(28), "{outcome}");
    assert!(outcome.stdout.parse::<u64>().unwrap() > 1 << 20, "{outcome}");
    curl(&env, &server, "/after", &[]);
    assert_eq!(server.lines(), ["GET /", "GET /after"], "it serves others after that");
}

#[test]
fn a_program_on_the_terminal_has_a_real_one() {
    let env = Env::new();
    let script = "test -t 0 && test -t 1 && test -t 2 && stty size </dev/tty && tty";
    let shown = Pty::sized(sh(&env, script), 20, |_| {}).ok();
    assert!(shown.starts_with("24 20\r\n/dev/pts/"), "{shown}");
}

#[test]
fn typing_reaches_the_program_and_its_end_is_told() {
    let env = Env::new();
    let mut pty = Pty::start(sh(&env, "printf 'name: '; read -r name; echo \"hello $name\"; exit 3"));
    pty.expect("name: ").send("me\n").expect("hello me");
    assert_eq!(pty.end(), End::Code(3));
    assert_eq!(pty.transcript(), "name: me\r\nhello me\r\n");

    let mut pty = Pty::start(sh(&env, "echo ready; exec sleep 60"));
    pty.expect("ready").send("\x03");
    assert_eq!(pty.end(), End::Signal(2));

    let mut pty = Pty::start(sh(&env, "echo ready; exec sleep 60"));
    pty.expect("ready").signal(rustix::process::Signal::TERM);
    assert_eq!(pty.end(), End::Signal(15));
}

#[test]
fn a_hidden_answer_is_not_in_the_transcript() {
    let env = Env::new();
    let script = "stty -echo; printf 'secret: '; read -r secret; stty echo; echo; echo \"${#secret}\"";
    let mut pty = Pty::start(sh(&env, script));
    pty.expect("secret: ").expect_hidden().send("hunter2\n");
    assert_eq!(pty.ok(), "secret: \r\n7\r\n");
}

#[test]
#[should_panic(expected = "the terminal is not as it was")]
fn a_terminal_left_without_echo_fails() {
    Pty::start(sh(&Env::new(), "stty -echo")).end();
}

#[test]
#[should_panic(expected = "never shown: \"two\"")]
fn waiting_for_what_an_ended_program_never_showed_fails() {
    Pty::start(sh(&Env::new(), "echo one")).expect("one").expect("two");
}

#[test]
fn the_transcript_is_whole() {
    let env = Env::new();
    let shown = Pty::start(sh(&env, "seq 1 20000; printf last")).ok();
    assert_eq!(shown.lines().count(), 20_001);
    assert!(shown.ends_with("20000\r\nlast"), "{:?}", &shown[shown.len() - 30..]);
}

#[test]
fn streams_go_elsewhere_while_the_terminal_stays() {
    let env = Env::new();
    let results = env.home().join("results");
    let script =
        "test ! -t 0 && read -r line && echo \"asked\" >/dev/tty && echo \"result $line\" && test -t 2";
    let into = fs::File::create(&results).unwrap();
    let run = sh(&env, script).stdin("piped\n");
    let shown = Pty::sized(run, 80, |command| {
        command.stdout(Stdio::from(into));
    })
    .ok();
    assert_eq!(shown, "asked\r\n");
    assert_eq!(fs::read_to_string(results).unwrap(), "result piped\n");
    assert_eq!(fs::read_dir(env.work()).unwrap().count(), 0, "nothing lands in the working directory");
}

#[test]
#[should_panic(expected = "no-such-tool is missing: install the Debian package nothing")]
fn a_missing_tool_is_named_with_its_package() {
    need("no-such-tool", "nothing");
}
