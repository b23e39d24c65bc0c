//! Signals at every prompt.

use std::{
    io::Write,
    process::Command,
    sync::atomic::{AtomicBool, Ordering},
    thread::{scope, sleep},
    time::{Duration, Instant},
};

use rustix::{
    process::Signal,
    termios::{InputModes, LocalModes},
};

use super::{
    PROMPTS,
    pty::{PASTE, Pty},
};

/// What shows that the prompt waits.
fn question(role: &str) -> &'static str {
    match role {
        "secret" => "API token: ",
        "new-secret" => "Passphrase: ",
        "text" => "Name: ",
        "path" => "Path: ",
        "confirm" => "[y/N] ",
        _ => "third\r\n",
    }
}

/// What ends a program, but for KILL, which none can catch, PIPE, which every Rust program ignores, XFSZ, which is
/// an error of the write that brings it about, and SEGV, BUS, ILL and FPE.
fn fatal() -> impl Iterator<Item = i32> {
    (1..=31).chain(34..=64).filter(|signal| ![4, 7, 8, 9, 11, 13, 25].contains(signal)).filter(|signal| {
        // CHLD, CONT, URG and WINCH say something; STOP, TSTP, TTIN and TTOU stop.
        ![17, 18, 23, 28].contains(signal) && !(19..=22).contains(signal)
    })
}

#[test]
fn a_question_changes_no_more_of_the_terminal_than_it_needs() {
    // The list of choices is drawn by another crate, which has modes of its own.
    for role in PROMPTS.into_iter().filter(|role| *role != "choose") {
        let mut pty = Pty::start(role);
        pty.wait_for(question(role));
        let asked = pty.modes();
        pty.signal(Signal::TERM.as_raw());
        pty.end_restored();
        let mut wanted = pty.modes();
        if ["secret", "new-secret", "path"].contains(&role) {
            wanted.0 -= InputModes::ICRNL;
            wanted.1 -= LocalModes::ICANON | LocalModes::ECHO | LocalModes::IEXTEN;
        }
        assert_eq!(asked, wanted, "{role}");
    }
}

#[test]
fn h46_h120_any_fatal_signal_at_any_prompt_restores_the_terminal_and_ends_the_process() {
    for role in PROMPTS {
        for signal in fatal() {
            let mut pty = Pty::start(role);
            pty.wait_for(question(role));
            pty.type_in("CANARY");
            pty.signal(signal);
            // Those that signal-hook cannot obey end with a shell's code for them.
            let is_code = [16, 29, 30].contains(&signal) || signal > 31;
            let end = if is_code { format!("code {}", 128 + signal) } else { format!("signal {signal}") };
            assert_eq!(pty.end_restored(), end, "{role}");
            let is_shown = ["text", "path", "confirm"].contains(&role);
            assert!(is_shown || !pty.screen().contains("CANARY"));
        }
    }
}

#[test]
fn h120_fatal_signals_do_what_they_do_once_a_question_is_over() {
    for signal in [10, 14, 29, 34] {
        let mut pty = Pty::start("confirm+wait");
        pty.wait_for("[y/N] ");
        pty.type_in("y\r");
        pty.wait_for("y\r\n");
        std::thread::sleep(std::time::Duration::from_millis(200));
        pty.signal(signal);
        let end = if signal > 28 { format!("code {}", 128 + signal) } else { format!("signal {signal}") };
        assert_eq!(pty.end_restored(), end);
    }
}

#[test]
fn h45_keys_that_send_signals_work_at_every_prompt() {
    for role in PROMPTS {
        for (key, signal) in [("\x03", Signal::INT), ("\x1c", Signal::QUIT)] {
            let mut pty = Pty::start(role);
            pty.wait_for(question(role));
            pty.type_in(key);
            assert_eq!(pty.end_restored(), format!("signal {}", signal.as_raw()), "{role}");
        }
    }
}

#[test]
fn h46_the_second_question_of_a_new_secret_is_guarded_too() {
    let mut pty = Pty::start("new-secret");
    pty.wait_for("Passphrase: ");
    pty.type_in("hunter2\r");
    pty.wait_for("Passphrase again: ");
    pty.signal(Signal::TERM.as_raw());
    assert_eq!(pty.end_restored(), "signal 15");
}

#[test]
fn signals_work_as_ever_once_a_question_is_over() {
    for signal in [Signal::INT, Signal::TERM, Signal::HUP, Signal::QUIT] {
        let mut pty = Pty::start("confirm+wait");
        pty.wait_for("[y/N] ");
        pty.type_in("y\r");
        pty.wait_for("y\r\n");
        // Well beyond the end of the question.
        std::thread::sleep(std::time::Duration::from_millis(200));
        pty.signal(signal.as_raw());
        assert_eq!(pty.end_restored(), format!("signal {}", signal.as_raw()));
    }
}

#[test]
fn h45_without_job_control_a_stop_is_passed_over() {
    let mut pty = Pty::start("secret");
    pty.wait_for("API token: ");
    pty.type_in("\x1ahunter2\r");
    assert_eq!(pty.end_restored(), "hunter2");
}

#[test]
fn h45_a_stopped_prompt_gives_the_terminal_back_and_asks_again_in_the_foreground() {
    for (role, typed, asked, answer, outcome) in [
        ("secret", "WRONG", "API token: ", "hunter2\r", "hunter2"),
        ("new-secret", "WRONG", "Passphrase: ", "hunter2\r", "hunter2"),
        ("text", "WRONG", "Name: ", "my-name\r", "my-name"),
        ("path", "WRONG", "Path: ", "my-path\r", "\"my-path\""),
        ("confirm", "WRONG", "[y/N] ", "y\r", "true"),
        ("choose", "j", "> second\r\n  third\r\n", "\r", "second"),
    ] {
        let mut pty = Pty::start("shell");
        pty.wait_for("ready> ");
        let program = std::env::current_exe().unwrap();
        pty.type_in(&format!(
            "stty -g; ANKRA_TEST_ROLE={role} {} terminal::tests::other_side --exact --nocapture\r",
            program.display()
        ));
        pty.wait_for(question(role));
        pty.type_in(typed);
        // What a key has brought about is seen before ^Z drops what was not read yet.
        pty.wait_for(asked);
        pty.type_in("\x1a");
        pty.wait_for("Stopped");
        pty.wait_for_times("ready> ", 2);
        assert_eq!(pty.settings(), pty.settings_at_start(), "{role}");
        let (written, is_hidden) = (pty.written(), !["text", "confirm", "choose"].contains(&role));
        let marks = PASTE.map(|switch| written.matches(switch).count());
        assert_eq!(marks, [usize::from(is_hidden); 2], "{role}: {written:?}");
        pty.type_in("fg\r");
        pty.wait_for_times(asked, 2);
        pty.type_in(answer);
        if role == "new-secret" {
            pty.wait_for("again: ");
            pty.type_in(answer);
        }
        pty.wait_for("OUTCOME");
        pty.wait_for_times("ready> ", 3);
        assert!(pty.screen().contains(&format!("OUTCOME {outcome}")), "{role}: {}", pty.screen());
        let written = pty.written();
        let marks = PASTE.map(|switch| written.matches(switch).count());
        assert_eq!(marks, [2 * usize::from(is_hidden); 2], "{role}: {written:?}");
        assert_eq!(pty.settings(), pty.settings_at_start(), "{role}");
        pty.type_in("exit\r");
        pty.end();
    }
}

#[test]
fn a_panic_during_a_question_restores_the_terminal_before_anything_else_happens() {
    let pty = Pty::start("secret+panic");
    pty.wait_for("API token: ");
    pty.wait_for("API token: \r\n");
    assert_eq!(pty.settings(), pty.settings_at_start());
}

#[test]
fn output_held_up_by_the_person_does_not_hold_up_a_signal() {
    for role in PROMPTS {
        let mut pty = Pty::start(role);
        pty.wait_for(question(role));
        pty.type_in("\x13");
        pty.signal(Signal::TERM.as_raw());
        assert_eq!(pty.end_restored(), "signal 15", "{role}");
    }
}

/// Pastes without an end, signals in the midst of it, and pastes on for a while. Gives the screen, and the longest time
/// in which nothing was pasted.
fn signal_during_a_paste(signal: Signal) -> (String, Duration) {
    let mut pty = Pty::start("secret");
    pty.wait_for(question("secret"));
    let mut keyboard = pty.keyboard();
    let is_signalled = AtomicBool::new(false);
    let pause = scope(|scope| {
        let pasted = scope.spawn(|| {
            let (mut last, mut pause, mut left) = (Instant::now(), Duration::ZERO, 40);
            while left > 0 {
                keyboard.write_all(b"SPILT-IT").unwrap();
                pause = pause.max(last.elapsed());
                last = Instant::now();
                sleep(Duration::from_millis(5));
                left -= usize::from(is_signalled.load(Ordering::SeqCst));
            }
            pause
        });
        sleep(Duration::from_millis(15));
        pty.signal(signal.as_raw());
        is_signalled.store(true, Ordering::SeqCst);
        pasted.join().unwrap()
    });
    assert_eq!(pty.end_restored(), format!("signal {}", signal.as_raw()));
    (pty.screen(), pause)
}

#[test]
fn h49_a_paste_that_is_still_coming_in_at_a_signal_is_not_shown() {
    for signal in [Signal::TERM, Signal::INT, Signal::HUP] {
        // Whatever comes after a pause is no longer taken for the paste: only a try without one says anything.
        let screen = (0..100).find_map(|_| {
            let (screen, pause) = signal_during_a_paste(signal);
            (pause < Duration::from_millis(20)).then_some(screen)
        });
        let screen = screen.expect("a paste without a pause");
        assert!(!screen.contains("SPILT"), "{signal:?}: {screen:?}");
    }
}

/// Runs `command`, in which `%` stands for a program that asks for a secret, in a shell.
pub(super) fn in_a_shell(command: &str) -> Pty {
    let mut pty = Pty::start("shell");
    pty.wait_for("ready> ");
    let program = std::env::current_exe().unwrap();
    let ask = format!("{} terminal::tests::other_side --exact --nocapture", program.display());
    pty.type_in(&format!("export ANKRA_TEST_ROLE=secret; {}\r", command.replace('%', &ask)));
    pty
}

#[test]
fn a_signal_that_the_caller_ignores_stays_ignored() {
    let mut pty = in_a_shell("(trap '' INT HUP; exec %); echo \"code $?\"");
    pty.wait_for("API token: ");
    pty.type_in("\x03");
    pty.type_in("hunter2\r");
    pty.wait_for("OUTCOME hunter2");
    pty.wait_for("code 0");
    pty.type_in("exit\r");
    pty.end_restored();
}

#[test]
fn the_shell_sees_which_signal_it_was() {
    for (key, code) in [("\x03", 130), ("\x1c", 131)] {
        let mut pty = in_a_shell("%");
        pty.wait_for("API token: ");
        pty.type_in(key);
        pty.wait_for_times("ready> ", 2);
        pty.type_in("echo \"left $?\"\r");
        pty.wait_for(&format!("left {code}"));
        pty.type_in("exit\r");
        pty.end_restored();
    }
}

#[test]
fn in_the_background_the_question_waits_for_the_foreground() {
    let mut pty = in_a_shell("% &");
    // The shell tells of the stop before its next prompt.
    pty.wait_for_times("ready> ", 2);
    while !pty.screen().contains("Stopped") {
        pty.type_in("\r");
        sleep(Duration::from_millis(50));
    }
    assert!(!pty.screen().contains("API token: "), "{}", pty.screen());
    pty.type_in("fg\r");
    pty.wait_for("API token: ");
    pty.type_in("hunter2\r");
    pty.wait_for("OUTCOME hunter2");
    pty.type_in("exit\r");
    pty.end_restored();
}

#[test]
fn a_prompt_that_is_ended_while_it_is_stopped_leaves_the_shell_its_terminal() {
    let mut pty = in_a_shell("%");
    pty.wait_for("API token: ");
    pty.type_in("\x1a");
    pty.wait_for("Stopped");
    pty.wait_for_times("ready> ", 2);
    pty.type_in("kill %1; sleep 0.3\r");
    pty.wait_for("Terminated");
    pty.type_in("exit\r");
    pty.end_restored();
}

#[test]
fn a_prompt_that_is_ended_in_the_background_leaves_the_shell_its_terminal() {
    let mut pty = in_a_shell("%");
    pty.wait_for("API token: ");
    pty.type_in("\x1a");
    pty.wait_for("Stopped");
    pty.wait_for_times("ready> ", 2);
    pty.type_in("bg; echo \"process $! goes on\"\r");
    pty.wait_for_times("ready> ", 3);
    let screen = pty.screen();
    let (before, _) = screen.rsplit_once(" goes on\r\n").unwrap();
    let (_, process) = before.rsplit_once("process ").unwrap();
    // Nothing is typed until it has ended: reading that would stop it again.
    let script = format!("kill {process}; while kill -0 {process} 2>/dev/null; do sleep 0.05; done");
    let mut end = Command::new("timeout").args(["20", "sh", "-c", &script]).spawn().unwrap();
    assert!(end.wait().unwrap().success(), "{}", pty.screen());
    pty.type_in("exit\r");
    pty.end_restored();
}

#[test]
fn h119_a_paste_arrives_as_it_is_whatever_the_terminal_makes_of_line_ends() {
    let mut pty = in_a_shell(
        "stty inlcr igncr echonl; set=$(stty -g); %; test $set = $(stty -g) && echo \"as $((2*4)) it was\"; stty sane",
    );
    pty.wait_for("API token: ");
    pty.type_in("\x1b[200~one\rtwo\nthree\r\nfour\x1b[201~\r");
    pty.wait_for("OUTCOME one\r\ntwo\r\nthree\r\nfour\r\n");
    pty.wait_for("as 8 it was");
    pty.wait_for_times("ready> ", 2);
    pty.type_in("exit\r");
    pty.end();
}

#[test]
fn h45_keys_send_signals_where_the_terminal_was_set_not_to() {
    let mut pty = in_a_shell("stty -isig; %");
    pty.wait_for("API token: ");
    pty.type_in("\x03");
    pty.wait_for_times("ready> ", 2);
    pty.type_in("echo \"left $?\"; stty sane\r");
    pty.wait_for("left 130");
    pty.wait_for_times("ready> ", 3);
    pty.type_in("exit\r");
    pty.end();
}

#[test]
fn an_answer_shows_as_it_is_typed_where_the_terminal_was_set_not_to() {
    let mut pty = in_a_shell("stty -icanon -echo -icrnl; ANKRA_TEST_ROLE=confirm %; stty sane");
    pty.wait_for("[y/N] ");
    pty.type_in("n\x7fy\r");
    pty.wait_for("[y/N] n\u{8} \u{8}y\r\n");
    pty.wait_for("OUTCOME true");
    pty.wait_for_times("ready> ", 2);
    pty.type_in("exit\r");
    pty.end();
}
