//! Messages on a narrow terminal are broken between words, and what is to be copied is whole.

use std::process::Stdio;

use serde_json::json;

use crate::support::{Answer, End, Env, FaultServer, ID, Pty, Run};

/// All that `run` writes on a terminal of so many columns.
fn shown(run: Run, columns: u16) -> String {
    let mut pty = Pty::sized(run, columns, |_| {});
    pty.end();
    pty.transcript().replace('\r', "")
}

/// The lines of `text` that are wider than `columns`, but for such as are of one piece.
fn wide(text: &str, columns: usize) -> Vec<&str> {
    let is_whole = |line: &str| !line.trim().contains(' ') || line.trim().starts_with("ankra ");
    text.lines().filter(|line| line.chars().count() > columns && !is_whole(line)).collect()
}

#[test]
fn h50_an_error_is_broken_between_words_below_its_beginning() {
    let env = Env::new();
    let expected = "error: you are not signed in\n  hint: sign in with: ankra login\n  \
        hint: in scripts, set ANKRA_API_TOKEN;\n        to try without an account, add\n        --sandbox\n";
    assert_eq!(shown(env.line("credentials list --color never"), 40), expected);
    // Colours take no columns.
    let bold = shown(env.line("credentials list --color always"), 40);
    let plain = bold.replace("\x1b[1;31m", "").replace("\x1b[1;36m", "").replace("\x1b[0m", "");
    assert_eq!(plain, expected);
    assert_eq!(shown(env.line("credentials list -o json"), 40).lines().count(), 1);
    assert_eq!(env.line("credentials list").run().stderr.lines().count(), 3);
    let mut pty = Pty::sized(env.line("credentials list"), 40, |command| {
        command.stderr(Stdio::null());
    });
    assert_eq!((pty.end(), pty.transcript().as_str()), (End::Code(6), ""));
}

#[test]
fn h50_a_command_to_copy_stands_whole_on_a_line_of_its_own() {
    let env = Env::new();
    let text = shown(env.line("--sandbox --org demo credentials get my-tokn").env("NO_COLOR", "1"), 40);
    assert!(wide(&text, 40).is_empty(), "{text}");
    let command = text.lines().find(|line| line.contains("ankra credentials")).unwrap();
    assert!(command.trim().starts_with("ankra ") && command.contains("--sandbox"), "{text}");
}

#[test]
fn h50_notes_questions_and_what_they_are_about_are_broken_between_words() {
    let (env, server) = (Env::new(), FaultServer::start());
    let one = json!({"id": ID, "name": "one", "provider": "hetzner", "available": true});
    server.on("GET", "/api/v1/org/credentials", [Answer::json(200, json!([one]))]);
    let path = format!("/api/v1/org/credentials/{ID}");
    server.on("DELETE", &path, [Answer::done()]);
    let mut pty = Pty::sized(server.ankra(&env, "credentials delete one"), 40, |_| {});
    pty.expect("[y/N] ").send("y\r").expect("Deleted");
    let text = pty.ok().replace('\r', "");
    assert!(wide(&text, 40).is_empty(), "{text}");
}

#[test]
fn h50_the_steps_of_a_check_stand_below_each_other() {
    let env = Env::new();
    let line =
        "credentials registry check --username me --password-stdin --registry-url http://127.0.0.1:9/a";
    let text = shown(env.line(line).stdin("a-password-of-the-test").env("NO_COLOR", "1"), 40);
    assert!(wide(&text, 40).is_empty(), "{text}");
}

#[test]
fn h50_the_address_of_a_page_is_whole_at_any_width() {
    let (env, server) = (Env::new(), FaultServer::start());
    server.signs_in([Answer::json(410, json!({"detail": "gone"}))]);
    let mut pty =
        Pty::sized(env.line("login --web --base-url").arg(server.url()).env("NO_COLOR", "1"), 40, |_| {});
    pty.end();
    let text = pty.transcript().replace('\r', "");
    assert!(text.contains(&format!("\n{}\n", server.page())), "{text}");
    assert!(wide(&text, 40).is_empty(), "{text}");
}
