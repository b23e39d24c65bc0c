//! The pages for people: every command line in them runs as it stands there, and shows what is printed there.

use std::{
    fs,
    path::Path,
    sync::{
        Mutex,
        atomic::{AtomicUsize, Ordering},
    },
    thread,
};

use rustix::process::Signal;

use crate::{
    help::{Stage, ends},
    support::{End, Pty, need},
};

/// What stands between two fences, or one piece of code in a text.
struct Block {
    /// `README.md:18`.
    place: String,
    lines: Vec<Line>,
    /// Its lines follow each other: each acts on what those before it left.
    is_session: bool,
}

/// A command line of this program, and what the page shows below it.
struct Line {
    text: String,
    shown: Vec<String>,
}

/// The names and texts of all pages.
fn pages() -> Vec<(String, String)> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut found = Vec::new();
    for folder in ["", "docs/"] {
        for entry in fs::read_dir(root.join(folder)).unwrap() {
            let name = entry.unwrap().file_name().into_string().unwrap();
            // What was true once is in the changelog.
            if Path::new(&name).extension().is_some_and(|it| it == "md") && name != "CHANGELOG.md" {
                let text = fs::read_to_string(root.join(folder).join(&name)).unwrap();
                found.push((format!("{folder}{name}"), text));
            }
        }
    }
    found.sort();
    found
}

/// What a block runs: `ankra ...`, also where a shell, a workflow or a unit file starts it.
fn command_line(line: &str) -> Option<&str> {
    let line = line.trim_start_matches("$ ").trim_start_matches("- run: ");
    let line = line.trim_start_matches("ExecStart=/usr/local/bin/");
    (line.starts_with("ankra ") || line.contains("$(ankra "))
        .then(|| line.split(" # ").next().unwrap().trim())
}

fn block(place: String, language: &str, text: &str) -> Block {
    let mut lines: Vec<Line> = Vec::new();
    let (mut list, mut is_ours) = (None::<Line>, false);
    for line in text.replace("\\\n", " ").lines() {
        // The words of a container's `args`.
        match (&mut list, line.trim_start().strip_prefix("- ")) {
            (None, Some("ankra")) => list = Some(Line { text: "ankra".to_owned(), shown: Vec::new() }),
            (Some(list), Some(word)) => list.text.extend([" '", word, "'"]),
            _ => lines.extend(list.take()),
        }
        if let Some(text) = command_line(line) {
            lines.push(Line { text: text.to_owned(), shown: Vec::new() });
            is_ours = language == "console";
        } else if line.starts_with('$') {
            is_ours = false;
        } else if let Some(last) = lines.last_mut().filter(|_| is_ours) {
            last.shown.push(line.to_owned());
        }
    }
    Block { place, lines, is_session: language == "console" }
}

/// The blocks of a page, and its pieces of code in running text that are command lines of this program.
fn blocks(name: &str, page: &str) -> Vec<Block> {
    let (mut found, mut texts) = (Vec::new(), String::new());
    let mut open: Option<(String, String, String)> = None;
    for (index, line) in page.lines().enumerate() {
        match (&mut open, line.strip_prefix("```")) {
            (None, Some(language)) => {
                open = Some((format!("{name}:{}", index + 1), language.to_owned(), String::new()));
            }
            (Some((place, language, text)), Some(_)) => {
                found.push(block(place.clone(), language, text));
                open = None;
            }
            (Some((_, _, text)), None) => text.extend([line, "\n"]),
            (None, None) => texts.extend([line, " "]),
        }
    }
    assert!(open.is_none(), "{name}: a block without an end");
    let code = texts.split('`').skip(1).step_by(2).filter(|code| code.starts_with("ankra "));
    found.extend(code.map(|code| block(format!("{name}: `{code}`"), "sh", code)));
    found
}

/// The path of the command in `line`.
fn path_of(line: &str) -> String {
    let mut root = ankra::testing::cli::command();
    root.build();
    let (mut command, mut path) = (&root, Vec::new());
    let start = line.find("ankra ").unwrap_or_default();
    for word in line[start..].trim_start_matches("ankra ").split_whitespace() {
        if let Some(child) = command.find_subcommand(word.trim_matches([')', '"', '\''])) {
            path.push(child.get_name());
            command = child;
        }
    }
    path.join(" ")
}

/// A line of output, with what differs from run to run replaced: ids, times, keys and fingerprints.
fn shape(line: &str) -> String {
    let mut words: Vec<String> = Vec::new();
    for word in line.split_whitespace() {
        let bare = word.trim_matches(['(', ')', '.', ',']);
        let is_id = bare.len() == 36 && bare.split('-').map(str::len).eq([8, 4, 4, 4, 12]);
        let is_time = bare.len() >= 20 && bare.starts_with("20") && bare.contains('T') && bare.ends_with('Z');
        let masked = match bare {
            // The address of a page on which one signs in.
            _ if bare.starts_with("http") && bare.contains("state=") => "PAGE".to_owned(),
            _ if is_id => word.replace(bare, "ID"),
            _ if is_time => word.replace(bare, "TIME"),
            _ if bare.split(':').count() == 16 => "KEY".to_owned(),
            _ if bare.starts_with("SHA256:") || bare.starts_with("AAAA") => "KEY".to_owned(),
            _ => word.to_owned(),
        };
        words.push(masked);
        let amount = |text: &str| text.parse::<u64>().is_ok();
        let is_when = match words.as_slice() {
            [.., just, now] if just == "just" && now == "now" => Some(2),
            [.., count, _, ago] if ago == "ago" && amount(count) => Some(3),
            [.., within, count, _] if within == "in" && amount(count) => Some(3),
            _ => None,
        };
        if let Some(count) = is_when {
            words.truncate(words.len() - count);
            words.push("WHEN".to_owned());
        }
    }
    words.join(" ")
}

/// What was written to a terminal, without its control sequences.
fn plain(transcript: &str) -> String {
    let mut parts = transcript.split("\u{1b}[");
    let mut text = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        let end = part.find(|c: char| ('@'..='~').contains(&c)).map_or(part.len(), |at| at + 1);
        text += &part[end..];
    }
    text
}

/// A line that says where a change acted, as it is in the sandbox itself, in which the pages' examples were run.
fn in_the_sandbox(line: &str) -> String {
    let verbs =
        ["Stored ", "Updated ", "Refreshed ", "Deleted ", "Delete ", "Where it is stored:", "Nothing is "];
    if !verbs.iter().any(|verb| line.starts_with(verb)) {
        return line.to_owned();
    }
    let line = line.replace(", at https://platform.ankra.app", " of the sandbox");
    line.replace(" at https://platform.ankra.app", " in organisation sandbox of the sandbox")
}

/// Runs one line, and compares what it shows with what the page shows; gives what is wrong.
fn run(stage: &Stage, place: &str, line: &Line, is_signed_in: bool) -> Option<String> {
    // A key that the page cuts short is a whole one.
    let key = fs::read_to_string(stage.env.home().join(".ssh/id_ed25519.pub")).unwrap();
    let text = line.text.replace("ssh-ed25519 AAAA...", key.trim());
    // A folder that is mounted in a container.
    let text = text.replace("file:/ecr/", "file:");
    let mut run = stage.run(&text).env("PW", "a-password").env("NO_COLOR", "1");
    if !is_signed_in {
        run.command.env_remove("ANKRA_API_TOKEN");
    }
    if text.contains(" | jq") {
        need("jq", "jq");
    }
    // A person who is shown to refuse does so.
    let refuses = line.shown.iter().any(|shown| shown.ends_with("[y/N] n"));
    let (mut end, says) = ends(&path_of(&text), &text);
    if refuses {
        end = End::Code(4);
    }
    let mut answers = stage.answers();
    if refuses {
        answers.iter_mut().filter(|(_, answer)| answer == "y").for_each(|(_, answer)| *answer = "n".into());
    }
    let mut pty = Pty::sized(run, 400, |_| {});
    let found = pty.answer(&answers, says);
    if found && let End::Signal(_) = end {
        pty.signal(Signal::INT);
    }
    let (ended, transcript) = (pty.end(), plain(&pty.transcript()));
    if !found || ended != end {
        return Some(format!("{place}: {text}\nends with {ended:?}, not {end:?}:\n{transcript}"));
    }
    // What only the network could answer is not compared.
    if !says.is_empty() {
        return None;
    }
    let home = stage.env.home().display().to_string();
    let transcript = transcript.replace(&stage.platform.url, "https://platform.ankra.app");
    let transcript = transcript.replace(&home, "/home/me");
    let host = stage.platform.url.trim_start_matches("http://");
    let transcript = transcript.replace(&format!("Sign in at {host} "), "Sign in at platform.ankra.app ");
    let transcript =
        transcript.replace("sandbox.", "acme.").replace("organisation sandbox", "organisation acme");
    let machine = rustix::system::uname().nodename().to_string_lossy().into_owned();
    let transcript = transcript.replace(&format!("This machine is {machine}."), "This machine is laptop.");
    let real: Vec<String> = transcript.lines().map(|line| shape(&in_the_sandbox(line))).collect();
    let is_real = |shown: &&String| real.contains(&shape(shown)) || shown.starts_with("Organisation:");
    let missing: Vec<&String> = line.shown.iter().filter(|shown| !is_real(shown)).collect();
    (!missing.is_empty())
        .then(|| format!("{place}: {text}\ndoes not show {missing:#?}\nbut\n{}", real.join("\n")))
}

fn run_block(block: &Block) -> Vec<String> {
    let whole: Vec<&str> = block.lines.iter().map(|line| line.text.as_str()).collect();
    let (mut stage, mut wrong) = (None, Vec::new());
    for line in &block.lines {
        let stage = match &mut stage {
            Some(stage) if block.is_session => stage,
            _ => {
                let new = Stage::new();
                new.store(&if block.is_session { whole.join("\n") } else { line.text.clone() });
                let ssh = new.env.home().join(".ssh");
                fs::create_dir_all(&ssh).unwrap();
                fs::copy(new.env.work().join("deploy.pub"), ssh.join("id_ed25519.pub")).unwrap();
                stage.insert(new)
            }
        };
        let signs_in = block.is_session && whole.iter().any(|line| line.contains("ankra log"));
        wrong.extend(run(stage, &block.place, line, !signs_in));
    }
    wrong
}

#[test]
fn every_command_line_of_the_pages_runs_and_shows_what_is_printed_there() {
    let blocks: Vec<Block> = pages().iter().flat_map(|(name, text)| blocks(name, text)).collect();
    let count = |sessions: bool| -> usize {
        blocks.iter().filter(|block| block.is_session == sessions).map(|block| block.lines.len()).sum()
    };
    assert!(count(true) > 20 && count(false) > 20, "{} {}", count(true), count(false));
    // Each has a world of its own; most of the time is spent on waiting.
    let (next, wrong) = (AtomicUsize::new(0), Mutex::new(Vec::new()));
    thread::scope(|scope| {
        for _ in 0..4 {
            scope.spawn(|| {
                while let Some(block) = blocks.get(next.fetch_add(1, Ordering::Relaxed)) {
                    let found = run_block(block);
                    wrong.lock().unwrap().extend(found);
                }
            });
        }
    });
    let wrong = wrong.into_inner().unwrap();
    assert!(wrong.is_empty(), "{}", wrong.join("\n\n"));
}

#[test]
fn every_link_between_the_pages_leads_somewhere() {
    let pages = pages();
    let anchors = |text: &str| -> Vec<String> {
        let titles = text.lines().filter(|line| line.starts_with('#'));
        let anchor = |title: &str| {
            let title = title.trim_start_matches('#').trim().to_lowercase().replace(' ', "-");
            title.chars().filter(|c| c.is_alphanumeric() || *c == '-').collect()
        };
        titles.map(anchor).collect()
    };
    let mut count = 0;
    for (name, text) in &pages {
        let folder = Path::new(name).parent().unwrap();
        let links = text.split("](").skip(1).map(|rest| rest.split(')').next().unwrap());
        for link in links.filter(|link| !link.starts_with("https://")) {
            let (path, anchor) = link.split_once('#').unwrap_or((link, ""));
            let target = folder.join(path);
            let shown = Path::new(env!("CARGO_MANIFEST_DIR")).join(&target);
            assert!(shown.is_file(), "{name}: {link} leads nowhere");
            let page = pages.iter().find(|(name, _)| Path::new(name) == target.as_path());
            let is_there = page.is_some_and(|(_, text)| anchors(text).iter().any(|it| it == anchor));
            assert!(anchor.is_empty() || is_there, "{name}: {link} has no such title");
            count += 1;
        }
    }
    assert!(count > 10, "{count}");
}

#[test]
fn the_readme_is_short() {
    let (_, readme) = pages().into_iter().find(|(name, _)| name == "README.md").unwrap();
    assert!(readme.lines().count() <= 300, "{}", readme.lines().count());
}

#[test]
fn a_page_is_read_as_a_person_reads_it() {
    let page = "Try `ankra status`\nor `ankra\nlogout`, not `git`.\n```console\n$ ankra status # now\nPlatform: x\n$ other\nz\n```\n\
                ```yaml\nargs:\n  - ankra\n  - credentials\n  - list\nenv:\n  - name: X\n```\n```sh\neval \"$(ankra sandbox env)\"\n```\n";
    let found: Vec<(Vec<String>, usize)> = blocks("p", page)
        .into_iter()
        .map(|block| {
            let shown = block.lines.iter().map(|line| line.shown.len()).sum();
            (block.lines.into_iter().map(|line| line.text).collect(), shown)
        })
        .collect();
    let line = |text: &str, shown| (vec![text.to_owned()], shown);
    assert_eq!(
        found,
        [
            line("ankra status", 1),
            line("ankra 'credentials' 'list'", 0),
            line("eval \"$(ankra sandbox env)\"", 0),
            line("ankra status", 0),
            line("ankra logout", 0),
        ]
    );
    assert_eq!(shape("x  (id 01a2173e-c4d6-7004-a98f-4d8761f6d04d)  10 seconds ago"), "x (id ID) WHEN");
    assert_eq!(shape("just now (2026-11-26T09:45:19.3Z) SHA256:a+b/c"), "WHEN (TIME) KEY");
    assert_eq!(shape("ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAT+Z my-key"), "ssh-ed25519 KEY my-key");
    assert_eq!(plain("a\u{1b}[?25lb\u{1b}[0mc"), "abc");
}
