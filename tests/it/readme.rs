//! The README: every command line of it runs, as it stands there.

use std::fs;

use rustix::process::Signal;

use crate::{
    help::{ANSWERS, Stage, ends},
    support::{End, Pty, need},
};

/// Every command line of this program in the README's blocks, each on one line.
fn lines() -> Vec<String> {
    let text = fs::read_to_string(concat!(env!("CARGO_MANIFEST_DIR"), "/README.md")).unwrap();
    let text = text.replace("\\\n", " ");
    let mut found = Vec::new();
    let mut is_block = false;
    for line in text.lines() {
        if line.starts_with("```") {
            is_block = !is_block;
            continue;
        }
        let line = line.trim_start_matches("$ ").trim_start_matches("- run: ");
        // A unit file names the program by its path.
        let line = line.trim_start_matches("ExecStart=/usr/local/bin/");
        if is_block && (line.starts_with("ankra ") || line.contains("$(ankra ")) {
            found.push(line.to_owned());
        }
    }
    assert!(found.len() > 30, "{found:?}");
    found
}

/// The path of the command in `line`.
fn path_of(line: &str) -> String {
    let mut root = ankra::cli::command();
    root.build();
    let (mut command, mut path) = (&root, Vec::new());
    let start = line.find("ankra ").unwrap_or_default();
    for word in line[start..].trim_start_matches("ankra ").split_whitespace() {
        if let Some(child) = command.find_subcommand(word.trim_end_matches([')', '"'])) {
            path.push(child.get_name());
            command = child;
        }
    }
    path.join(" ")
}

#[test]
fn every_command_line_of_the_readme_runs() {
    for line in lines() {
        let stage = Stage::new();
        let line = line.split(" # ").next().unwrap().trim().to_owned();
        stage.store(&line);
        let ssh = stage.env.home().join(".ssh");
        fs::create_dir_all(&ssh).unwrap();
        fs::copy(stage.env.work().join("deploy.pub"), ssh.join("id_ed25519.pub")).unwrap();
        // A key that the README cuts short is a whole one.
        let key = fs::read_to_string(stage.env.work().join("deploy.pub")).unwrap();
        let run = stage.run(&line.replace("ssh-ed25519 AAAA...", key.trim())).env("PW", "a-password");
        let path = path_of(&line);
        let (end, says) = ends(&path, &line);
        if line.contains(" | jq") {
            need("jq", "jq");
        }
        let mut pty = Pty::start(run);
        let token = "a".repeat(64);
        let admin = stage.platform.admin.as_str();
        let answers = ANSWERS.map(|(question, answer)| match answer {
            "TOKEN" => (question, token.as_str()),
            "PLATFORM" => (question, admin),
            other => (question, other),
        });
        let found = pty.answer(&answers, says);
        if let End::Signal(_) = end {
            pty.signal(Signal::INT);
        }
        assert_eq!((found, pty.end()), (true, end), "{line}\n{}", pty.transcript());
    }
}
