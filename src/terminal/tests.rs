//! Every prompt in a process of its own, on a pseudo-terminal that outlives it.
//!
//! The process is this test program again: [`other_side`] makes the pseudo-terminal its controlling
//! terminal and asks. Its standard streams lead elsewhere, so that all that is seen here came
//! through `/dev/tty`.

mod answers;
mod offers;
mod pty;
mod signals;

use std::{
    fs::File,
    io::{Write, stdout},
    os::unix::process::CommandExt,
    process::Command,
    time::Duration,
};

use rustix::process::{ioctl_tiocsctty, setsid};

use super::{Terminal, question};
use crate::{
    deadline::Deadline,
    error::{Error, ErrorKind, Result},
    secret::Secret,
};

/// What the other side does, and the terminal it does it on.
const ROLE: &str = "ANKRA_TEST_ROLE";
const TERMINAL: &str = "ANKRA_TEST_TERMINAL";

/// The prompts, by the names of their roles.
const PROMPTS: [&str; 6] = ["secret", "new-secret", "text", "path", "confirm", "choose"];

/// Not a test by itself: what runs on the pseudo-terminal.
#[test]
fn other_side() {
    let Ok(role) = std::env::var(ROLE) else { return };
    if let Ok(terminal) = std::env::var(TERMINAL) {
        setsid().unwrap();
        if terminal.is_empty() {
            assert!(!Terminal::new(false).can_ask());
            return report(&Terminal::new(false).confirm("Delete it?").unwrap_err().to_string());
        }
        let terminal = File::options().read(true).write(true).open(terminal).unwrap();
        ioctl_tiocsctty(&terminal).unwrap();
        if role == "shell" {
            become_a_shell(&terminal);
        }
    }
    let outcome = match role.split_once('+') {
        None => ask(&role),
        Some((role, "panic")) => {
            let mut outcome = None;
            std::panic::set_hook(Box::new(|_| report("the next hook runs")));
            std::thread::scope(|scope| {
                scope.spawn(|| {
                    std::thread::sleep(Duration::from_millis(300));
                    panic!("on purpose");
                });
                outcome = Some(ask(role));
            });
            outcome.unwrap()
        }
        Some((role, _)) => {
            let outcome = ask(role);
            report("waiting");
            std::thread::sleep(Duration::from_secs(60));
            outcome
        }
    };
    report(&outcome.unwrap_or_else(|error| format!("{}: {error}", error.kind().name())));
}

fn ask(role: &str) -> Result<String> {
    let terminal = Terminal::new(role == "no-input");
    assert_eq!(terminal.can_ask(), role != "no-input");
    let choices = ["first", "second", "third"].map(str::to_owned);
    match role {
        "secret" | "no-input" => terminal.ask_secret("API token", takes),
        "new-secret" => terminal
            .ask_new_secret("Passphrase", |text| Ok(Secret::copied(text)))
            .map(|secret| secret.expose().to_owned()),
        "text" => terminal.ask_text("Name", takes),
        "path" => terminal.ask_path("Path", |text, is_contents| {
            takes(text)
                .map(|text| format!("{:?}", if is_contents { format!("contents {text}") } else { text }))
        }),
        "confirm" => terminal.confirm("Delete it?").map(|yes| yes.to_string()),
        "choose" => terminal.choose("Which one", &choices).map(|index| choices[index].clone()),
        "offer" => offer(&terminal),
        "pausing" => {
            let deadline = Deadline::after(Duration::from_secs(60));
            let end = deadline.end();
            terminal
                .pausing(deadline.clone())
                .confirm("Delete it?")
                .map(|_| (deadline.end() > end).to_string())
        }
        "say" => terminal.say("of a \x1b[2Jfile\r\nforged").map(|()| "said".to_owned()),
        _ => {
            let count: usize = role.strip_prefix("choose-").unwrap().parse().unwrap();
            let choices: Vec<_> = (1..=count).map(|number| format!("choice {number}")).collect();
            terminal.choose("Which one", &choices).map(|index| choices[index].clone())
        }
    }
}

/// Offers something until it is taken, or for a while beyond the signal that is to end it.
fn offer(terminal: &Terminal) -> Result<String> {
    let mut offer = terminal.offer("Press Enter")?.unwrap();
    while !offer.is_over() {
        if offer.is_taken() {
            return Ok("taken".to_owned());
        }
        std::thread::sleep(Duration::from_millis(5));
    }
    report("over");
    for _ in 0..300 {
        assert!(!offer.is_taken());
        std::thread::sleep(Duration::from_millis(5));
    }
    Ok("ended".to_owned())
}

/// Takes every answer but one with `refuse me` in it.
fn takes(text: &str) -> Result<String> {
    if text.contains("refuse me") {
        return Err(Error::usage("").cause("it is not such a token").hint("look again"));
    }
    Ok(text.to_owned())
}

fn report(outcome: &str) {
    writeln!(stdout(), "\nOUTCOME {outcome}").unwrap();
}

fn become_a_shell(terminal: &File) {
    let copy = || terminal.try_clone().unwrap();
    let mut shell = Command::new("bash");
    shell.args(["--norc", "--noprofile", "--noediting", "-i"]).env_remove(TERMINAL).env("PS1", "ready> ");
    let error = shell.stdin(copy()).stdout(copy()).stderr(copy()).exec();
    panic!("{error}");
}

#[test]
fn h121_a_question_is_one_short_line_and_its_end_is_whole() {
    let name = format!("db?{}\n\x1b[2JForget", " ".repeat(500));
    let asked = question(&format!("Delete the credential {name} of {}?", "x".repeat(10_000)));
    assert!(asked.starts_with("Delete the credential db? … \\n\\u{1b}[2JForget of xxx"), "{asked}");
    assert!(asked.ends_with("xxx?") && asked.contains('…') && asked.chars().count() <= 201, "{asked}");
    assert_eq!(question("Delete it?"), "Delete it?");
}

#[test]
fn the_time_that_a_person_takes_to_answer_does_not_count() {
    let mut pty = pty::Pty::start("pausing");
    pty.wait_for("[y/N] ");
    pty.type_in("y\r");
    assert_eq!(pty.end_restored(), "true");
}

#[test]
fn h47_without_a_terminal_nothing_is_asked() {
    let output = Command::new(std::env::current_exe().unwrap())
        .args(["terminal::tests::other_side", "--exact", "--nocapture"])
        .env(ROLE, "confirm")
        .env(TERMINAL, "")
        .output()
        .unwrap();
    let printed = String::from_utf8(output.stdout).unwrap();
    assert!(printed.contains("OUTCOME there is no terminal to ask on\n"), "{printed}");
}

#[test]
fn h47_nothing_is_asked_where_input_is_off() {
    let terminal = Terminal::new(true);
    assert!(!terminal.can_ask());
    let kinds = [
        terminal.ask_secret("a", takes).map(drop),
        terminal.ask_new_secret("a", |text| Ok(Secret::copied(text))).map(drop),
        terminal.ask_text("a", takes).map(drop),
        terminal.ask_path("a", |text, _| takes(text)).map(drop),
        terminal.confirm("a").map(drop),
        terminal.choose("a", &["b".into()]).map(drop),
    ];
    for kind in kinds {
        assert_eq!(kind.map_err(|error| error.kind()), Err(ErrorKind::Usage));
    }
}
