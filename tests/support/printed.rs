//! The command lines that the program prints: each is one, and acts where the command acted that printed it.

use std::{
    collections::HashMap,
    ffi::{OsStr, OsString},
    fs, iter,
    path::{Path, PathBuf},
    process::{Command, Stdio},
};

use ankra::testing::providers::ALL;
use serde_json::Value;
use tempfile::TempDir;

use super::{id, need, usual_value};

/// Where a command of the sandbox ran: its variables, and its home, which holds all state.
pub struct World(HashMap<OsString, OsString>);

impl World {
    pub fn of(command: &Command) -> Self {
        let envs = command.get_envs().filter_map(|(name, value)| Some((name.to_owned(), value?.to_owned())));
        Self(envs.collect())
    }

    /// Runs every command line in `stderr`, which a command with `args` said, in a copy of this world: none
    /// of them is a usage error. Only the sandbox's state can be copied.
    pub fn walk(self, args: &[String], stderr: &str) {
        let is_set = |name: &str| self.0.get(OsStr::new(name)).is_some_and(|value| !value.is_empty());
        let Some(home) = self.0.get(OsStr::new("HOME")).filter(|home| !home.is_empty()) else { return };
        if !(args.iter().any(|arg| arg == "--sandbox") || is_set("ANKRA_SANDBOX")) {
            return;
        }
        // One waits to be ended, the others are for another platform.
        let is_run = |line: &&String| {
            !["ankra sandbox serve", "ankra login", "ankra logout", "ankra org use", "ankra profile"]
                .iter()
                .any(|start| line.starts_with(start))
        };
        for line in lines(stderr).iter().filter(is_run) {
            let dir = TempDir::new().unwrap();
            let home = Path::new(home);
            copy(home, &dir.path().join("home"));
            let words = words(line);
            let filled = words.iter().zip(&words[1..]).map(|(before, word)| match word.as_str() {
                "SOURCE" if before == "--secrets-from" => "env:BUNDLE".to_owned(),
                "SOURCE" => "env:FILLED".to_owned(),
                word => fill(word).replace(home.to_str().unwrap(), dir.path().join("home").to_str().unwrap()),
            });
            let mut command = Command::new(need("setsid", "util-linux"));
            command.arg("--wait").arg(super::ankra_path()).args(filled).env_clear().envs(&self.0);
            command.env("HOME", dir.path().join("home")).env("FILLED", super::hetzner_token());
            let fields = ALL.iter().flat_map(|provider| provider.secrets);
            let bundle = fields.map(|field| (field.keys().remove(0), usual_value(field).into()));
            command.env("BUNDLE", Value::Object(bundle.collect()).to_string());
            let output = command.current_dir(dir.path()).stdin(Stdio::null()).output().unwrap();
            let answer = String::from_utf8_lossy(&output.stderr);
            // Whom it is said to can be asked, or has an input; here nobody can, and there is none.
            let lacks = ["missing: ", "needs a confirmation", "from stdin\n  cause: it is empty"];
            let needs_person = lacks.iter().any(|words| answer.contains(words));
            assert!(
                output.status.code() != Some(2) || needs_person,
                "printed, and a usage error: {line}\n{args:?}\n{stderr}\n--- it says\n{answer}"
            );
        }
    }
}

/// Copies the folder `from`; what is gone meanwhile is left out.
fn copy(from: &Path, to: &PathBuf) {
    fs::create_dir(to).unwrap();
    for entry in fs::read_dir(from).into_iter().flatten().flatten() {
        let (path, copied) = (entry.path(), to.join(entry.file_name()));
        match entry.file_type() {
            Ok(kind) if kind.is_dir() => copy(&path, &copied),
            Ok(kind) if kind.is_file() => drop(fs::copy(&path, &copied)),
            _ => {}
        }
    }
}

/// The flags that say where a command acts, and whether a value follows.
const GLOBALS: [(&str, bool); 5] =
    [("--org", true), ("--profile", true), ("--base-url", true), ("--config", true), ("--sandbox", false)];

/// Fails unless every command line in `stderr`, said to a command with `args`, is understood and has the
/// global flags of `args`.
pub fn hold(args: &[String], stderr: &str) {
    let given = globals(args.iter().map(String::as_str).take_while(|arg| *arg != "--"));
    for line in lines(stderr) {
        let words = words(&line);
        let filled = words.iter().map(|word| OsString::from(fill(word)));
        assert!(
            ankra::testing::cli::parse(filled).is_ok() || words.iter().any(|word| word == "--help"),
            "printed, and no command line: {line}\n{args:?}\n{stderr}"
        );
        let taken = globals(words.iter().map(String::as_str));
        for flag in &given {
            let is_there = taken.iter().any(|other| other == flag)
                || (flag.0 == "--sandbox" && line.starts_with("ankra login"));
            assert!(is_there, "printed without {flag:?}: {line}\n{args:?}\n{stderr}");
        }
    }
}

/// Each global flag among `args`, with its value.
fn globals<'a>(args: impl IntoIterator<Item = &'a str>) -> Vec<(&'a str, &'a str)> {
    let (mut args, mut found) = (args.into_iter(), Vec::new());
    while let Some(arg) = args.next() {
        let (name, value) = arg.split_once('=').map_or((arg, None), |(name, value)| (name, Some(value)));
        if let Some((flag, takes_value)) = GLOBALS.iter().find(|(flag, _)| *flag == name) {
            let value = if *takes_value { value.or_else(|| args.next()) } else { Some("") };
            found.extend(value.map(|value| (*flag, value)));
        }
    }
    found
}

/// The command lines that are told in `stderr`: what follows a colon or stands between backticks.
fn lines(stderr: &str) -> Vec<String> {
    let mut texts: Vec<String> = Vec::new();
    for line in stderr.lines() {
        match serde_json::from_str::<serde_json::Value>(line) {
            Ok(value) => strings(&value, &mut texts),
            Err(_) => texts.push(line.to_owned()),
        }
    }
    let known: Vec<String> = ankra::testing::cli::command()
        .get_subcommands()
        .map(|command| command.get_name().to_owned())
        .collect();
    let mut found = Vec::new();
    for text in texts.iter().filter(|text| !text.to_lowercase().contains("usage: ")) {
        for (at, _) in text.match_indices("ankra ") {
            let is_told = text[..at].ends_with(": ") || text[..at].ends_with('`');
            let next = text[at..].split_whitespace().nth(1).unwrap_or_default();
            let next = next.trim_end_matches([',', ';', '`', '.']);
            if is_told && (next.starts_with('-') || known.iter().any(|name| name == next)) {
                found.push(text[at..].to_owned());
            }
        }
    }
    found
}

fn strings(value: &serde_json::Value, found: &mut Vec<String>) {
    match value {
        serde_json::Value::String(text) => found.push(text.clone()),
        serde_json::Value::Array(all) => all.iter().for_each(|one| strings(one, found)),
        serde_json::Value::Object(all) => all.values().for_each(|one| strings(one, found)),
        _ => {}
    }
}

/// The words of the command line at the start of `text`, as a shell reads them: it ends with the text, or
/// before whatever a sentence goes on with.
fn words(text: &str) -> Vec<String> {
    let (mut words, mut word, mut quote, mut is_word) = (Vec::new(), String::new(), false, false);
    let mut rest = text.chars().chain(iter::once(' ')).peekable();
    while let Some(c) = rest.next() {
        match c {
            '\'' => (quote, is_word) = (!quote, true),
            _ if quote => word.push(c),
            '\\' => word.extend(rest.next()),
            '`' => break,
            ',' | ';' | '.' | ')' if rest.peek().is_none_or(|next| *next == ' ') => break,
            ' ' if is_word => {
                words.push(std::mem::take(&mut word));
                is_word = false;
            }
            ' ' => {}
            c => {
                word.push(c);
                is_word = true;
            }
        }
    }
    words.extend(Some(word).filter(|word| !word.is_empty()));
    words
}

/// A placeholder in capitals becomes a word that may stand there.
fn fill(word: &str) -> String {
    let is_placeholder = !word.starts_with('-')
        && word.len() > 1
        && word.bytes().all(|byte| byte.is_ascii_uppercase() || byte == b'-');
    match word {
        "ID" => id(1),
        "SOURCE" => "stdin".to_owned(),
        _ if is_placeholder => "filled".to_owned(),
        _ => word.to_owned(),
    }
}
