//! What a terminal reads while an answer is waited for, and a pipe does not.

use std::{process::Stdio, time::Duration};

use rustix::process::Signal;
use serde_json::{Value, json};

use crate::support::{Answer, End, Env, FaultServer, ID, Pty, Run, Step, id};

const LIST: &str = "/api/v1/org/credentials";

/// `body`, after so many milliseconds.
fn after(millis: u64, body: &Value) -> Answer {
    let body = body.to_string();
    let head =
        format!("HTTP/1.1 200 OK\r\nconnection: close\r\ncontent-length: {}\r\n\r\n{body}", body.len());
    Answer::Script(vec![Step::Wait(Duration::from_millis(millis)), Step::Write(head.into_bytes())])
}

/// A platform whose list takes so long.
fn slow(millis: u64) -> FaultServer {
    let one = json!({"id": ID, "name": "one", "provider": "hetzner", "available": true});
    let server = FaultServer::start();
    server.on("GET", LIST, [after(millis, &json!([one]))]);
    server
}

fn place(server: &FaultServer) -> String {
    server.url().replace("http://", "")
}

/// What is left on the screen of what was written, without colours.
fn screen(written: &str) -> Vec<String> {
    let mut lines = vec![Vec::new()];
    let (mut column, mut chars) = (0, written.chars().peekable());
    while let Some(c) = chars.next() {
        let line: &mut Vec<char> = lines.last_mut().unwrap();
        match c {
            '\r' => column = 0,
            '\n' => lines.push(Vec::new()),
            '\x1b' => {
                let end = chars.by_ref().find(char::is_ascii_alphabetic);
                if end == Some('K') {
                    line.truncate(column);
                }
            }
            c => {
                line.resize(line.len().max(column + 1), ' ');
                line[column] = c;
                column += 1;
            }
        }
    }
    lines.into_iter().map(|line| String::from_iter(line).trim_end().to_owned()).collect()
}

/// A shell with jobs that runs `script`, where this program is `"$A"`.
fn in_shell(env: &Env, server: &FaultServer, script: &str) -> Run {
    let run = env.program("/bin/sh").arg("-c").arg(script).env("A", crate::support::ankra_path());
    run.env("ANKRA_BASE_URL", server.url()).env("ANKRA_API_TOKEN", "token-of-the-test")
}

/// Runs `run`, which shows what it waits for; gives all that was written.
fn shown(run: Run, columns: u16) -> String {
    let mut pty = Pty::sized(run, columns, |_| {});
    pty.ok()
}

#[test]
fn a_terminal_reads_what_is_waited_for_and_the_line_goes_with_the_answer() {
    let (env, server) = (Env::new(), slow(4_500));
    let mut pty = Pty::start(server.ankra(&env, "credentials list --no-headers"));
    let place = place(&server);
    for seconds in 2..=4 {
        pty.expect(&format!("\rwaiting for {place}, {seconds} s\x1b[K"));
    }
    let written = pty.ok();
    assert!(!written.contains(", 1 s"), "{written:?}");
    let left = screen(&written);
    assert!(left.iter().all(|line| !line.contains("waiting")), "{left:?}");
    assert!(left[0].starts_with("one "), "{left:?}");
}

#[test]
fn a_quick_answer_comes_without_a_line() {
    let (env, server) = (Env::new(), slow(300));
    assert!(!shown(server.ankra(&env, "credentials list"), 80).contains("waiting"));
}

#[test]
fn tries_in_a_row_are_one_wait() {
    let (env, server) = (Env::new(), FaultServer::start());
    let one = json!({"id": ID, "name": "one", "provider": "hetzner", "available": true});
    server.on(
        "GET",
        LIST,
        [503, 503, 200].map(|status| match status {
            200 => after(900, &json!([one])),
            status => Answer::json(status, json!({})).header("retry-after", "1"),
        }),
    );
    let written = shown(server.ankra(&env, "credentials list"), 80);
    assert!(written.contains(&format!("waiting for {}, 2 s", place(&server))), "{written:?}");
}

#[test]
fn nothing_of_it_is_in_a_pipe_or_with_quiet() {
    let (env, server) = (Env::new(), slow(3_200));
    let piped = server.ankra(&env, "credentials list -v").ok();
    assert!(!piped.all().contains("waiting") && !piped.all().contains(['\r', '\x1b']), "{piped}");
    let written = shown(server.ankra(&env, "credentials list -q"), 80);
    assert!(!written.contains("waiting"), "{written:?}");
    // Only stdout is a terminal.
    let mut pty = Pty::sized(server.ankra(&env, "credentials list"), 80, |command| {
        command.stderr(Stdio::null());
    });
    assert!(!pty.ok().contains("waiting"), "{:?}", pty.transcript());
}

#[test]
fn a_result_in_a_pipe_takes_the_line_away_too() {
    let (env, server) = (Env::new(), slow(3_200));
    let mut pty = Pty::sized(server.ankra(&env, "credentials list"), 80, |command| {
        command.stdout(Stdio::null());
    });
    let written = pty.ok();
    assert!(written.contains("waiting for ") && screen(&written) == [""], "{written:?}");
}

#[test]
fn h50_a_narrow_terminal_keeps_it_in_one_line_also_when_it_is_made_narrow() {
    let (env, server) = (Env::new(), slow(5_500));
    let mut pty = Pty::sized(server.ankra(&env, "credentials list -o name"), 20, |_| {});
    pty.expect("\rwaiting for 12…, 2 s\x1b[K".replace("12…", "1…").as_str());
    pty.resize(12).expect("\rwaiti…, 4 s\x1b[K").resize(3).expect("\r…,\x1b[K");
    assert_eq!(screen(&pty.ok()), ["one", ""]);
}

#[test]
fn notes_and_traces_are_on_lines_of_their_own() {
    let (env, server) = (Env::new(), slow(3_200));
    let written = shown(server.ankra(&env, "credentials list -v -o name"), 120);
    assert!(written.contains("waiting for "), "{written:?}");
    let left = screen(&written);
    let trace = format!("debug: GET {}{LIST}", server.url());
    assert!(left[0].starts_with(&trace) && left[1..] == ["one", ""], "{left:?}");
}

#[test]
fn an_error_takes_its_place() {
    let (env, server) = (Env::new(), FaultServer::start());
    server.on("GET", LIST, [Answer::silence()]);
    let mut pty = Pty::start(server.ankra(&env, "credentials list --timeout 4"));
    assert_eq!(pty.end(), End::Code(5));
    let left = screen(&pty.transcript());
    assert!(pty.transcript().contains(", 3 s"), "{left:?}");
    assert!(left[0].starts_with("error: ") && !left.concat().contains("waiting for"), "{left:?}");
}

#[test]
fn a_terminal_that_only_shows_text_reads_it_once_and_a_screen_reader_hears_it_as_a_line() {
    for (name, value) in [("TERM", "dumb"), ("TERM", ""), ("ACCESSIBLE", "1")] {
        let (env, server) = (Env::new(), slow(4_500));
        let written = shown(server.ankra(&env, "credentials list -o name").env(name, value), 80);
        let expected = format!("waiting for {}, 2 s\r\none\r\n", place(&server));
        assert_eq!(written, expected, "{name}={value}");
    }
    for value in ["", "0"] {
        let (env, server) = (Env::new(), slow(2_600));
        let written = shown(server.ankra(&env, "credentials list").env("ACCESSIBLE", value), 80);
        assert!(written.contains("\x1b[K"), "{value}: {written:?}");
    }
}

#[test]
fn a_signal_takes_the_line_away_and_does_what_it_does() {
    for signal in [Signal::INT, Signal::TERM, Signal::HUP, Signal::QUIT] {
        let (env, server) = (Env::new(), FaultServer::start());
        server.on("GET", LIST, [Answer::silence()]);
        let mut pty = Pty::start(server.ankra(&env, "credentials list"));
        pty.expect(", 2 s\x1b[K");
        if signal == Signal::INT {
            pty.send("\x03")
        } else {
            pty.signal(signal)
        };
        assert_eq!(pty.end(), End::Signal(signal.as_raw()));
        assert_eq!(screen(&pty.transcript()), [""], "{signal:?}: {:?}", pty.transcript());
    }
}

#[test]
fn control_z_takes_the_line_away_and_fg_brings_it_back() {
    let (env, server) = (Env::new(), slow(7_000));
    let script = "set -m; \"$A\" credentials list -o name; echo stopped; sleep 1; fg; echo code $?";
    let mut pty = Pty::start(in_shell(&env, &server, script));
    pty.expect(", 2 s\x1b[K").send("\x1a").expect("\r\x1b[K").expect("stopped");
    pty.pass_over().expect("waiting for ").expect("\r\x1b[K").expect("one").expect("code 0");
    let left = screen(&pty.ok());
    assert!(left.iter().all(|line| !line.contains("waiting")), "{left:?}");
}

#[test]
fn a_job_in_the_background_writes_no_line() {
    let (env, server) = (Env::new(), slow(3_500));
    let script = "set -m; stty tostop; \"$A\" credentials list -o name >/dev/null & wait $!; echo code $?; stty -tostop";
    let mut pty = Pty::start(in_shell(&env, &server, script));
    pty.expect("code 0");
    assert!(!pty.ok().contains("waiting for"), "{:?}", pty.transcript());
}

#[test]
fn a_question_is_asked_without_it() {
    let (env, server) = (Env::new(), slow(2_600));
    let gone = json!({"success": true});
    server.on("GET", &format!("{LIST}/{ID}"), [after(2_600, &json!({"clusters": []}))]);
    server.on("DELETE", &format!("/api/v1/org/credentials/{ID}"), [after(2_600, &gone)]);
    let mut pty = Pty::start(server.ankra(&env, "credentials delete one"));
    pty.expect("waiting for ").expect("Delete the ");
    // Nothing is drawn over what is asked, however long the person takes.
    std::thread::sleep(Duration::from_millis(2_500));
    pty.send("y\r").expect("waiting for ").expect("Deleted");
    let left = screen(&pty.ok());
    assert!(left.iter().all(|line| !line.contains("waiting for ")), "{left:?}");
    assert!(left.iter().any(|line| line.ends_with("[y/N] y")), "{left:?}");
}

#[test]
fn many_steps_say_how_far_they_are() {
    let (env, server) = (Env::new(), FaultServer::start());
    let one = |n: u8| json!({"id": id(n), "name": format!("c{n}"), "provider": "hetzner", "available": true});
    server.on("GET", LIST, [Answer::json(200, json!([one(1), one(2), one(3)]))]);
    // All are asked about at once.
    for n in 1..=3 {
        let answer = after(1_500 * u64::from(n), &json!({"clusters": []}));
        server.on("GET", &format!("{LIST}/{}", id(n)), [answer]);
    }
    let written = shown(server.ankra(&env, "credentials delete c1 c2 c3 --dry-run -o name"), 80);
    let at = |text: &str| written.find(text).unwrap_or_else(|| panic!("{text}: {written:?}"));
    assert!(at("\rlooking at 1 of 3 credentials, 2 s\x1b[K") < at("\rlooking at 2 of 3 credentials, "));
    assert!(!written.contains("waiting for"), "{written:?}");
}
