//! What each room of the house must never know, read from the paths in its source.
//!
//! The tables are the flow and the "never" column of the design: a change of them is a change of the
//! design. Beside them, no file needs one that needs it in turn.

mod circles;
mod paths;

use std::{
    collections::BTreeSet,
    fs,
    path::{Path, PathBuf},
};

use proc_macro2::{TokenStream, TokenTree};

use self::{
    circles::Graph,
    paths::{Named, Paths},
};

/// One row for each file or directory of `src/`, in the direction of the flow: a room may name those below
/// it, and never what its row lists besides.
const HOUSE: &[(&str, &[&str])] = &[
    ("main", &[]),
    ("lib", &["serde_json", "std::env", "std::fs", "std::io"]),
    ("testing", &["crate::commands"]),
    ("commands", &["std::env"]),
    ("sandbox", &["crate::cli", "crate::settings"]),
    ("settings", &["crate::http", "crate::terminal"]),
    ("terminal", &["crate::cli", "crate::http", "crate::platform"]),
    (
        "cli",
        &[
            "crate::files",
            "crate::http",
            "crate::output::Output",
            "rustix",
            "std::env",
            "std::fs",
            "std::io",
            "std::net::TcpListener",
            "std::net::TcpStream",
            "std::net::UdpSocket",
            "std::os::unix::net",
            "std::process",
            "tokio",
        ],
    ),
    ("platform", &["crate::output"]),
    ("providers", &[]),
    ("ssh", &["crate::http"]),
    ("output", &["crate::secret"]),
    ("http", &[]),
    ("keychain", &["crate::files", "std::process", "tokio"]),
    ("secret", &[]),
    ("files", &["serde", "serde_json"]),
    ("process", &[]),
    ("deadline", &[]),
    ("instant", &[]),
    ("error", &[]),
];

/// All that `main` names.
const MAIN: &[&str] = &["ankra::run", "std::process::ExitCode", "std::env::args_os"];

/// What has one home, or a few.
const HOMES: &[(&str, &[&str])] = &[
    ("axum", &["sandbox"]),
    ("clap", &["cli"]),
    ("clap_complete", &["cli"]),
    ("comfy_table", &["output"]),
    ("dbus", &["keychain"]),
    ("dialoguer", &["terminal"]),
    ("nix", &["process"]),
    ("redb", &["sandbox"]),
    ("reqwest", &["http", "platform", "providers"]),
    ("ring", &["sandbox"]),
    ("rpassword", &["terminal"]),
    ("security_framework", &["keychain"]),
    ("signal_hook", &["process", "terminal"]),
    ("std::process::abort", &[]),
    ("std::process::exit", &[]),
];

/// What writes past `output` and `terminal`.
const MACROS: &[&str] = &["dbg", "eprint", "eprintln", "print", "println"];

/// The files of tests may name what they test with.
fn is_test_file(path: &Path) -> bool {
    let name = path.file_stem().unwrap_or_default().to_string_lossy();
    name == "tests"
        || name.ends_with("_tests")
        || path.parent().is_some_and(|parent| parent.iter().any(|part| part == "tests"))
}

/// The module path of a file below `src/`, its room first: `["cli", "error"]`.
fn module_of(path: &Path) -> Vec<String> {
    let mut parts: Vec<String> =
        path.with_extension("").iter().map(|part| part.to_string_lossy().into_owned()).collect();
    if parts.len() > 1 && parts.last().is_some_and(|last| last == "mod") {
        parts.pop();
    }
    parts
}

/// Whether `path` is `root` or below it, or a glob that brings `root` in.
fn is_within(path: &str, root: &str) -> bool {
    let below = |path: &str, root: &str| {
        path.strip_prefix(root).is_some_and(|rest| rest.is_empty() || rest.starts_with("::"))
    };
    below(path, root) || path.strip_suffix("::*").is_some_and(|above| below(root, above))
}

/// What a file of `room` names and must not.
fn trespasses(room: &str, named: &[Named]) -> Vec<String> {
    let Some(place) = HOUSE.iter().position(|(name, _)| *name == room) else {
        return vec![format!("the room {room} has no rule: add it to HOUSE")];
    };
    let above = HOUSE[..place].iter().map(|(room, _)| format!("crate::{room}"));
    let never: Vec<String> = HOUSE[place].1.iter().map(|&path| path.to_owned()).chain(above).collect();
    let mut found = Vec::new();
    for (line, path) in named {
        if room == "main" && !MAIN.contains(&path.as_str()) {
            found.push(format!("{line}: {path}: {room} knows {MAIN:?} alone"));
        }
        let trespass = never.iter().filter(|root| is_within(path, root));
        found.extend(trespass.map(|root| format!("{line}: {path}: {room} never knows {root}")));
        let homes = HOMES.iter().filter(|(root, rooms)| is_within(path, root) && !rooms.contains(&room));
        found.extend(homes.map(|(root, rooms)| format!("{line}: {path}: {root} is for {rooms:?} alone")));
    }
    found
}

/// Words that no file may hold, tests included: `unsafe`, what prints, and lints silenced without a reason.
fn words(tokens: TokenStream, found: &mut Vec<String>) {
    let tokens: Vec<TokenTree> = tokens.into_iter().collect();
    let is = |at: usize, what: char| matches!(tokens.get(at), Some(TokenTree::Punct(punct)) if punct.as_char() == what);
    for (at, token) in tokens.iter().enumerate() {
        match token {
            TokenTree::Group(group) => words(group.stream(), found),
            TokenTree::Ident(word) => {
                let line = word.span().start().line;
                let arguments = match tokens.get(at + 1) {
                    Some(TokenTree::Group(group)) => Some(group.stream().to_string()),
                    _ => None,
                };
                if word == "unsafe" {
                    found.push(format!("{line}: unsafe"));
                } else if MACROS.iter().any(|name| word == name) && is(at + 1, '!') {
                    found.push(format!("{line}: {word}!"));
                } else if is_in_attribute(&tokens, at) && word == "allow" {
                    found.push(format!("{line}: #[allow]: say #[expect(.., reason)]"));
                } else if is_in_attribute(&tokens, at)
                    && word == "expect"
                    && !arguments.unwrap_or_default().contains("reason =")
                {
                    found.push(format!("{line}: #[expect] without a reason"));
                }
            }
            TokenTree::Punct(_) | TokenTree::Literal(_) => {}
        }
    }
}

/// Whether the word at `at` opens an attribute's body: the first word of its group, or after a
/// comma as in `cfg_attr(unix, allow(..))`, with arguments and not called on anything.
fn is_in_attribute(tokens: &[TokenTree], at: usize) -> bool {
    let opens = match at.checked_sub(1).map(|before| &tokens[before]) {
        None => true,
        Some(TokenTree::Punct(punct)) => punct.as_char() == ',',
        Some(_) => false,
    };
    opens && matches!(tokens.get(at + 1), Some(TokenTree::Group(_)))
}

/// What is wrong with one file, each with its line.
fn faults(path: &Path, text: &str) -> Vec<String> {
    let module = module_of(path);
    let file = syn::parse_file(text).expect("the sources compile");
    let mut found = Vec::new();
    words(text.parse().expect("the sources compile"), &mut found);
    if !is_test_file(path) {
        found.extend(trespasses(&module[0], &Paths::read(&module, &file).named));
    }
    found.into_iter().map(|fault| format!("src/{}:{fault}", path.display())).collect()
}

fn sources() -> Vec<(PathBuf, String)> {
    fn walk(directory: &Path, found: &mut Vec<PathBuf>) {
        for entry in fs::read_dir(directory).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                walk(&path, found);
            } else if path.extension().is_some_and(|extension| extension == "rs") {
                found.push(path);
            }
        }
    }
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut paths = Vec::new();
    walk(&root, &mut paths);
    paths.sort();
    paths
        .into_iter()
        .map(|path| {
            let text = fs::read_to_string(&path).unwrap();
            (path.strip_prefix(&root).unwrap().to_owned(), text)
        })
        .collect()
}

#[test]
fn every_room_keeps_its_rule() {
    let found: Vec<String> = sources().iter().flat_map(|(path, text)| faults(path, text)).collect();
    assert!(found.is_empty(), "{}", found.join("\n"));
}

/// The circles among files, each given by its path and its text.
fn circles<'a>(sources: impl IntoIterator<Item = (&'a Path, &'a str)>) -> BTreeSet<String> {
    let files = sources.into_iter().filter(|(path, _)| !is_test_file(path)).map(|(path, text)| {
        let module = module_of(path);
        let paths = Paths::read(&module, &syn::parse_file(text).expect("the sources compile"));
        let module = module.iter().filter(|part| *part != "lib").map(String::as_str);
        (std::iter::once("crate").chain(module).collect::<Vec<_>>().join("::"), paths)
    });
    Graph::of(&files.collect()).circles()
}

#[test]
fn no_two_files_need_each_other() {
    let sources = sources();
    let found = circles(sources.iter().map(|(path, text)| (path.as_path(), text.as_str())));
    assert!(found.is_empty(), "{}", found.into_iter().collect::<Vec<_>>().join("\n"));
}

#[test]
fn what_closes_a_circle_is_found_and_a_facade_is_none() {
    let found = |sources: &[(&'static str, &'static str)]| {
        circles(sources.iter().map(|(path, text)| (Path::new(*path), *text))).len()
    };
    let up = ("a/b.rs", "use super::f; fn g() { f() }");
    for files in [
        &[("a/mod.rs", "mod b; pub fn f() { b::g() }"), up][..],
        &[("a/mod.rs", "mod b; use b::g; pub fn f() { g() }"), up],
        &[("a/mod.rs", "mod b; pub use b::g; pub fn f() { g() }"), up],
        &[("a/mod.rs", "mod b; pub use b::g; pub fn f() { m!(g) }"), up],
        &[("a.rs", "use crate::b::T; fn f(_: T) {}"), ("b.rs", "pub struct T(crate::a::S);")],
        &[
            ("a.rs", "use crate::b;"),
            ("b.rs", "use crate::{c as d}; fn f() { d::g() }"),
            ("c.rs", "use crate::a::*;"),
        ],
        &[
            ("a/mod.rs", "mod b; mod c; use c::f;"),
            ("a/b.rs", "use super::f;"),
            ("a/c.rs", "use super::b::g;"),
        ],
    ] {
        assert_eq!(found(files), 1, "{files:?}");
    }
    for files in [
        &[("a/mod.rs", "mod b; pub use b::g; pub fn f() {}"), up][..],
        &[("a/mod.rs", "mod b; mod c; pub use c::f; fn h() { b::g() }"), up, ("a/c.rs", "pub fn f() {}")],
        &[("a/mod.rs", "mod b; pub fn f() {} #[cfg(test)] mod tests { use super::b::g; }"), up],
        &[("a/mod.rs", "mod b; fn h() { b::g() }"), ("a/b.rs", "pub(in crate::a) fn g() {}")],
        &[("a/mod.rs", "mod tests; pub fn f() {}"), ("a/tests.rs", "use super::f;")],
    ] {
        assert_eq!(found(files), 0, "{files:?}");
    }
}

/// A cloud provider is one file in `providers`: what it is called stands nowhere else. The sandbox has its own
/// list, because it judges ours.
#[test]
fn no_other_room_names_a_cloud_provider() {
    let names: Vec<&str> = ankra::testing::providers::ALL.iter().map(|provider| provider.slug).collect();
    let is_home =
        |path: &Path| path.starts_with("providers") || path.starts_with("sandbox") || is_test_file(path);
    let mut found = Vec::new();
    let sources = sources();
    for (path, text) in sources.iter().filter(|(path, _)| !is_home(path)) {
        // The tests of a file stand at its end.
        let code = text.split("#[cfg(test)]").next().unwrap().to_lowercase();
        for (number, line) in
            code.lines().enumerate().filter(|(_, line)| names.iter().any(|name| line.contains(name)))
        {
            found.push(format!("src/{}:{}: {line}", path.display(), number + 1));
        }
    }
    assert!(found.is_empty(), "{}", found.join("\n"));
    // Two names of every provider's file and of nothing else: its module, and its entry in the list.
    let (_, list) = sources.iter().find(|(path, _)| path == Path::new("providers/mod.rs")).unwrap();
    for name in names {
        assert_eq!(list.matches(name).count(), 2, "{name} in src/providers/mod.rs");
        let files = sources.iter().filter(|(path, text)| {
            path.starts_with("providers") && text.to_lowercase().contains(&format!("slug: \"{name}\""))
        });
        assert_eq!(files.count(), 1, "{name}");
    }
}

#[test]
fn the_table_and_the_house_are_the_same() {
    let rooms: BTreeSet<String> = sources().iter().map(|(path, _)| module_of(path)[0].clone()).collect();
    let ruled: BTreeSet<String> = HOUSE.iter().map(|(room, _)| (*room).to_owned()).collect();
    assert_eq!(rooms, ruled);
    assert_eq!(HOUSE.len(), ruled.len(), "a room has two rules");
}

#[test]
fn every_rule_names_something_that_exists() {
    let manifest = fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("Cargo.toml")).unwrap();
    let manifest: toml_edit::DocumentMut = manifest.parse().unwrap();
    let mut known: BTreeSet<String> = ["std", "ankra"].map(str::to_owned).into();
    let systems = manifest["target"].as_table().unwrap().iter().map(|(_, system)| &system["dependencies"]);
    for dependencies in systems.chain([&manifest["dependencies"]]) {
        known.extend(dependencies.as_table().unwrap().iter().map(|(name, _)| name.replace('-', "_")));
    }
    known.extend(HOUSE.iter().map(|(room, _)| format!("crate::{room}")));

    let ruled = HOUSE.iter().flat_map(|(_, never)| never.iter()).chain(MAIN);
    for path in ruled.chain(HOMES.iter().map(|(path, _)| path)) {
        let depth = if path.starts_with("crate::") { 2 } else { 1 };
        let root = path.split("::").take(depth).collect::<Vec<_>>().join("::");
        assert!(known.contains(&root), "{path} names nothing: the rule guards nothing");
    }
    for room in HOMES.iter().flat_map(|(_, rooms)| rooms.iter()) {
        assert!(HOUSE.iter().any(|(name, _)| name == room), "there is no room {room}");
    }
}

/// Every way to break a rule, and what is found.
#[test]
fn what_breaks_a_rule_is_found() {
    let cases = [
        ("commands/a.rs", "use clap::Args;", "clap"),
        ("commands/a.rs", "use clap;", "clap"),
        ("commands/a.rs", "extern crate clap;", "clap"),
        ("commands/a.rs", "use std::{fmt, env::{self, args}};", "std::env"),
        ("commands/a.rs", "fn f() { std::env::var(\"A\"); }", "std::env"),
        ("commands/a.rs", "use std::*;", "std::env"),
        ("commands/a.rs", "use std as s; fn f() { s::env::var(\"A\"); }", "std::env"),
        ("commands/a.rs", "fn f() { s::env::var(\"A\"); use std as s; }", "std::env"),
        ("commands/a.rs", "fn f() -> reqwest::Result<()> { g::<reqwest::Url>() }", "reqwest"),
        ("commands/a.rs", "fn f() { format!(\"{}\", [std::env::var(\"A\")]); }", "std::env"),
        ("commands/a.rs", "#[derive(Debug, clap::Args)] struct A;", "clap"),
        ("commands/a.rs", "fn f() { ::rpassword::prompt(); }", "rpassword"),
        ("commands/a.rs", "#[cfg(not(test))] use clap::Args;", "clap"),
        ("commands/a.rs", "#[cfg(any(test, unix))] use clap::Args;", "clap"),
        ("platform/a.rs", "use super::super::cli::Cli;", "crate::cli"),
        ("platform/mod.rs", "use super::terminal::Terminal;", "crate::terminal"),
        ("platform/a.rs", "mod b { use super::super::super::commands; }", "crate::commands"),
        ("platform/a.rs", "use crate::{error::Error, output as o};", "crate::output"),
        ("platform/a.rs", "use crate::*;", "crate::settings"),
        ("platform/a.rs", "pub(crate) use crate::terminal;", "crate::terminal"),
        ("secret/a.rs", "use crate::terminal::Terminal;", "crate::terminal"),
        ("process/a.rs", "fn f() { crate::files::read() }", "crate::files"),
        ("lib.rs", "use crate::main::f;", "crate::main"),
        ("ssh/a.rs", "impl reqwest::IntoUrl for A {}", "reqwest"),
        ("cli/a.rs", "use std::net::{SocketAddr, TcpStream};", "std::net::TcpStream"),
        ("files/deep/a.rs", "use crate::secret::Secret;", "crate::secret"),
        ("secret/a.rs", "fn f() { use dialoguer::Input; }", "dialoguer"),
        ("main.rs", "fn main() { ankra::testing::cli::command(); }", "alone"),
        ("output/a.rs", "use std::process; fn f() { process::exit(1) }", "std::process::exit"),
        ("output/a.rs", "use std::process::exit as leave;", "std::process::exit"),
        ("attic/a.rs", "", "no rule"),
        ("output/a.rs", "fn f() { unsafe { g() } }", "unsafe"),
        ("output/tests.rs", "unsafe fn f() {}", "unsafe"),
        ("output/a.rs", "#[unsafe(no_mangle)] fn f() {}", "unsafe"),
        ("output/a.rs", "#![allow(dead_code)]", "allow"),
        ("output/a.rs", "#[cfg_attr(unix, allow(dead_code))] fn f() {}", "allow"),
        ("output/a.rs", "#[expect(dead_code)] fn f() {}", "without a reason"),
        ("output/a.rs", "fn f() { std::println!(\"a\") }", "println!"),
        ("output/a.rs", "fn f() { vec![dbg!(1)]; }", "dbg!"),
    ];
    for (path, text, expected) in cases {
        let found = faults(Path::new(path), text);
        assert!(found.iter().any(|fault| fault.contains(expected)), "{path}: {text}: {found:?}");
    }
}

#[test]
fn what_only_looks_like_a_breach_is_let_through() {
    let cases = [
        ("commands/a.rs", "// use clap::Args;\n/// `clap::Args` and unsafe println!\nfn f() {}"),
        ("commands/a.rs", "fn f() -> &'static str { \"use clap::Args; unsafe { println!() }\" }"),
        ("commands/a.rs", "#[cfg(test)] mod tests { use clap::Args; }"),
        ("commands/a.rs", "#[cfg(all(test, unix))] mod tests { use clap::Args; }"),
        ("commands/a.rs", "struct A; impl A { #[cfg(test)] fn f() { std::env::var(\"A\"); } }"),
        ("commands/a/tests.rs", "use clap::Args;"),
        ("commands/tests/a.rs", "use clap::Args;"),
        ("commands/a_tests.rs", "use clap::Args;"),
        ("commands/a.rs", "fn f(clap: u8) -> u8 { clap }"),
        ("commands/a.rs", "use crate::cli::Shell; use std::environment::x; use clapper::x;"),
        ("commands/a.rs", "fn f(o: Option<u8>, m: M) { o.expect(\"x\"); m.allow(1); g(allow); }"),
        ("commands/a.rs", "#[expect(dead_code, reason = \"data\")] fn f() {}"),
        ("output/a.rs", "use crate::error::Error; fn f() { writeln!(w, \"a\"); }"),
        ("platform/output.rs", "use self::settings::A; use super::terminal::B;"),
        ("main.rs", "fn main() -> std::process::ExitCode { ankra::run(std::env::args_os()) }"),
    ];
    for (path, text) in cases {
        assert_eq!(faults(Path::new(path), text), Vec::<String>::new(), "{path}: {text}");
    }
}
