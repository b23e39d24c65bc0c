//! Hostile names in everything that is asked and told: bounded, and never words of this program.

use serde_json::{Value, json};
use unicode_width::{UnicodeWidthChar, UnicodeWidthStr};

use crate::support::{Answer, Env, FaultServer, Pty, Run, credential, gate, id};

const FORGED: &str = "Hetzner credential harmless (id 7)";

/// More than any of the questions has to say.
const MOST: usize = 10_000;

/// Names that are long, or begin a line of their own on a terminal of 80 columns.
fn names() -> Vec<String> {
    let blanks = [" ", "\u{a0}", "\u{3000}", " \u{2003}", "\u{202f}"];
    let lines =
        blanks.iter().flat_map(|blank| (40..70).step_by(15).map(|n| format!("x{}{FORGED}", blank.repeat(n))));
    let piles = [3_000, 100].map(|n| format!("e{}x", "\u{301}".repeat(n)));
    let long = ["x".repeat(900_000), format!("{FORGED} ").repeat(1_000), "\u{4e2d}".repeat(5_000)];
    let quoted = format!("x\" (id 1)? y\" {FORGED}");
    lines.chain(piles).chain(long).chain([quoted]).collect()
}

/// The rows that a terminal of `columns` makes of `shown`.
fn rows(shown: &str, columns: usize) -> Vec<String> {
    let mut rows = Vec::new();
    for line in shown.split("\r\n") {
        let mut row = String::new();
        for c in line.chars() {
            if row.width() + c.width().unwrap_or(0) > columns {
                rows.push(std::mem::take(&mut row));
            }
            row.push(c);
        }
        rows.push(row);
    }
    rows
}

/// Fails where `shown` is too long, has piles of marks, or a row of a terminal is what a name says.
fn hold(what: &str, shown: &str, columns: usize) {
    let marks = shown.chars().filter(|c| *c == '\u{301}').count();
    let is_forged =
        columns == 80 && rows(shown, columns).iter().any(|row| row.trim_start().starts_with(FORGED));
    let is_bad = shown.len() > MOST || marks > 200 || is_forged;
    gate("questions and notes without a bound or forged", usize::from(is_bad), 1);
    assert!(
        !is_bad,
        "{what}, {} bytes, {marks} marks: {}",
        shown.len(),
        &shown.chars().take(3_000).collect::<String>()
    );
}

/// A platform that has `name` for a credential, for all that use it, and for tokens.
fn platform(name: &str, users: usize) -> FaultServer {
    let server = FaultServer::start();
    let mut all = vec![credential(1, name, "registry"), credential(2, "plain", "hetzner")];
    all[0]["id"] = json!(id(1));
    let clusters: Vec<Value> = (0..users).map(|_| json!({"id": id(8), "name": name})).collect();
    let mut detail = all[0].clone();
    detail["clusters"] = json!(clusters);
    server.on("GET", "/api/v1/org/credentials", [Answer::json(200, json!(all))]);
    server.on("GET", &format!("/api/v1/org/credentials/{}", id(1)), [Answer::json(200, detail)]);
    let using = json!({"name": name, "url": format!("oci://{name}/x"), "credential_name": name});
    let using: Vec<&Value> = (0..users).map(|_| &using).collect();
    server.accept_everything(json!({"id": id(1), "result": using, "success": true}));
    server
}

fn asked(run: Run, columns: u16, until: &str, answer: &str) -> String {
    let mut pty = Pty::sized(run, columns, |_| {});
    pty.expect(until).send(answer);
    pty.end();
    pty.transcript()
}

#[test]
fn h121_questions_and_notes_are_bounded_and_cannot_be_forged_by_a_name() {
    let delete = format!("credentials delete {}", id(1));
    for name in names() {
        let (env, server) = (Env::new(), platform(&name, 2));
        for columns in [20, 80] {
            for term in ["xterm", "dumb"] {
                let run = |line: &str| server.ankra(&env, line).env("TERM", term);
                hold("question", &asked(run(&delete), columns, "[y/N] ", "n\r"), columns.into());
                let list = run("credentials delete");
                hold("list", &asked(list, columns, "plain", "q\r"), columns.into());
            }
            let mut pty = Pty::sized(server.ankra(&env, &format!("{delete} --yes")), columns, |_| {});
            pty.end();
            hold("note", &pty.transcript(), columns.into());
        }
    }
}

#[test]
fn h121_thousands_of_users_are_a_number() {
    let (env, server) = (Env::new(), platform("x", 2_000));
    let shown = asked(server.ankra(&env, &format!("credentials delete {}", id(1))), 80, "[y/N] ", "n\r");
    assert!(shown.contains("used by 2000 clusters") && shown.contains("and 1980 more"), "{shown}");
    hold("users", &shown, 80);
}

#[test]
fn h121_the_start_file_of_a_shell_is_shown_in_bounds() {
    for name in names().into_iter().filter(|name| !name.starts_with(FORGED)) {
        let env = Env::new();
        let line = format!("{name} # ankra completion install\n");
        std::fs::write(env.home().join(".zshrc"), line).unwrap();
        for columns in [20, 80] {
            let run = env.line("completion uninstall --shell zsh");
            hold("start file", &asked(run, columns, "[y/N] ", "n\r"), columns.into());
        }
    }
}
