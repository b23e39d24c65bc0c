//! What each room of the house must never know, read from the paths in its source.
//!
//! The table is the "never" column of the design: a change of it is a change of the design.

use std::{
    collections::{BTreeMap, BTreeSet},
    fs,
    path::{Path, PathBuf},
};

use proc_macro2::{TokenStream, TokenTree};
use syn::visit::{self, Visit};

/// What a room may name.
enum Rule {
    /// Anything but these paths and what is below them.
    Never(&'static [&'static str]),
    /// These paths alone.
    Only(&'static [&'static str]),
}

/// One row for each file or directory of `src/`.
const HOUSE: &[(&str, Rule)] = &[
    ("main", Rule::Only(&["ankra::run", "std::process::ExitCode", "std::env::args_os"])),
    ("lib", Rule::Never(&["clap", "reqwest", "serde_json", "std::env", "std::fs", "std::io"])),
    (
        "cli",
        Rule::Never(&[
            "crate::commands",
            "crate::files",
            "crate::output::Output",
            "crate::sandbox",
            "crate::settings",
            "crate::terminal",
            "reqwest",
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
        ]),
    ),
    (
        "settings",
        Rule::Never(&["clap", "crate::commands", "crate::terminal", "dialoguer", "reqwest", "rpassword"]),
    ),
    ("commands", Rule::Never(&["clap", "comfy_table", "dialoguer", "reqwest", "rpassword", "std::env"])),
    (
        "platform",
        Rule::Never(&[
            "clap",
            "crate::cli",
            "crate::commands",
            "crate::output",
            "crate::settings",
            "crate::terminal",
        ]),
    ),
    (
        "providers",
        Rule::Never(&["clap", "crate::cli", "crate::commands", "crate::platform", "crate::terminal"]),
    ),
    (
        "http",
        Rule::Never(&[
            "clap",
            "crate::cli",
            "crate::commands",
            "crate::output",
            "crate::platform",
            "crate::providers",
            "crate::settings",
            "crate::terminal",
        ]),
    ),
    (
        "secret",
        Rule::Never(&[
            "clap",
            "crate::commands",
            "crate::http",
            "crate::platform",
            "crate::terminal",
            "reqwest",
        ]),
    ),
    ("ssh", Rule::Never(&["clap", "crate::commands", "crate::platform", "crate::terminal", "reqwest"])),
    ("terminal", Rule::Never(&["clap", "crate::commands", "crate::platform", "reqwest"])),
    (
        "output",
        Rule::Never(&[
            "clap",
            "crate::cli",
            "crate::commands",
            "crate::secret",
            "crate::settings",
            "reqwest",
        ]),
    ),
    ("files", Rule::Never(&["crate::platform", "crate::secret", "crate::ssh", "serde", "serde_json"])),
    ("process", Rule::Never(&["crate::http", "crate::secret", "crate::terminal", "reqwest"])),
    ("error", Rule::Never(&["clap", "reqwest"])),
    ("sandbox", Rule::Never(&["clap", "crate::cli", "crate::commands", "crate::settings"])),
];

/// What has one home, or a few.
const HOMES: &[(&str, &[&str])] = &[
    ("axum", &["sandbox"]),
    ("clap", &["cli"]),
    ("clap_complete", &["cli"]),
    ("comfy_table", &["output"]),
    ("dialoguer", &["terminal"]),
    ("redb", &["sandbox"]),
    ("reqwest", &["http", "platform", "providers"]),
    ("ring", &["sandbox"]),
    ("rpassword", &["terminal"]),
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

/// A path that a file names, and the line.
type Named = (usize, String);

/// Whether an item is compiled for tests alone.
fn is_for_tests(attributes: &[syn::Attribute]) -> bool {
    attributes.iter().any(|attribute| {
        let syn::Meta::List(list) = &attribute.meta else { return false };
        let condition = list.tokens.to_string();
        list.path.is_ident("cfg")
            && (condition == "test"
                || condition.strip_prefix("all").is_some_and(|all| {
                    all.trim_matches([' ', '(', ')']).split(',').any(|term| term.trim() == "test")
                }))
    })
}

/// Collects the absolute paths that a file names outside its tests.
struct Reader {
    /// Where we are: the file's module and the inline modules around.
    module: Vec<String>,
    /// What `use` brought in: the local name, and the path it stands for.
    imports: BTreeMap<String, Vec<String>>,
    /// Every path found.
    named: Vec<Named>,
}

impl Reader {
    fn read(module: &[String], file: &syn::File) -> Vec<Named> {
        let mut reader = Self { module: module.to_vec(), imports: BTreeMap::new(), named: Vec::new() };
        // The first walk learns what the names stand for: a `use` may follow what needs it.
        reader.visit_file(file);
        reader.named.clear();
        reader.visit_file(file);
        reader.named.sort();
        reader.named.dedup();
        reader.named
    }

    /// The path from the root of the crate, or from a crate.
    fn absolute(&self, path: &[String]) -> Vec<String> {
        let Some((first, rest)) = path.split_first() else { return Vec::new() };
        let mut whole = match first.as_str() {
            "crate" => vec!["crate".to_owned()],
            "self" | "super" => {
                let mut base = vec!["crate".to_owned()];
                base.extend(self.module.iter().cloned());
                if first == "super" && base.len() > 1 {
                    base.pop();
                }
                base
            }
            _ => match self.imports.get(first) {
                Some(import) => import.clone(),
                None => vec![first.clone()],
            },
        };
        for part in rest {
            match part.as_str() {
                "super" if whole.len() > 1 => {
                    whole.pop();
                }
                "self" => {}
                _ => whole.push(part.clone()),
            }
        }
        whole
    }

    fn name(&mut self, line: usize, path: &[String]) {
        let absolute = self.absolute(path).join("::");
        self.named.push((line, absolute));
    }

    fn import(&mut self, prefix: &[String], tree: &syn::UseTree) {
        let mut path = prefix.to_vec();
        match tree {
            syn::UseTree::Path(step) => {
                path.push(step.ident.to_string());
                self.import(&path, &step.tree);
            }
            syn::UseTree::Group(group) => group.items.iter().for_each(|tree| self.import(&path, tree)),
            syn::UseTree::Name(leaf) => {
                path.push(leaf.ident.to_string());
                self.bring_in(leaf.ident.span().start().line, &path, None);
            }
            syn::UseTree::Rename(leaf) => {
                path.push(leaf.ident.to_string());
                self.bring_in(leaf.ident.span().start().line, &path, Some(leaf.rename.to_string()));
            }
            syn::UseTree::Glob(glob) => {
                path.push("*".to_owned());
                self.name(glob.star_token.spans[0].start().line, &path);
            }
        }
    }

    fn bring_in(&mut self, line: usize, path: &[String], rename: Option<String>) {
        let absolute = self.absolute(path);
        self.named.push((line, absolute.join("::")));
        if let Some(local) = rename.or_else(|| absolute.last().cloned()) {
            // `use super::secret` and the like must not stand for itself.
            if absolute.len() > 1 || absolute.first() != Some(&local) {
                self.imports.insert(local, absolute);
            }
        }
    }

    /// The paths in what a macro or an attribute was given, which need not be Rust.
    fn tokens(&mut self, tokens: TokenStream) {
        let tokens: Vec<TokenTree> = tokens.into_iter().collect();
        let is_colon =
            |at: usize| matches!(tokens.get(at), Some(TokenTree::Punct(punct)) if punct.as_char() == ':');
        let mut at = 0;
        while let Some(token) = tokens.get(at) {
            at += 1;
            match token {
                TokenTree::Group(group) => self.tokens(group.stream()),
                TokenTree::Ident(first) => {
                    let mut path = vec![first.to_string()];
                    while is_colon(at) && is_colon(at + 1) {
                        let Some(TokenTree::Ident(next)) = tokens.get(at + 2) else { break };
                        path.push(next.to_string());
                        at += 3;
                    }
                    // A lone word may be anything.
                    if path.len() > 1 {
                        self.name(first.span().start().line, &path);
                    }
                }
                TokenTree::Punct(_) | TokenTree::Literal(_) => {}
            }
        }
    }
}

impl<'ast> Visit<'ast> for Reader {
    fn visit_item(&mut self, item: &'ast syn::Item) {
        let attributes = match item {
            syn::Item::Const(item) => &item.attrs,
            syn::Item::Enum(item) => &item.attrs,
            syn::Item::Fn(item) => &item.attrs,
            syn::Item::Impl(item) => &item.attrs,
            syn::Item::Macro(item) => &item.attrs,
            syn::Item::Mod(item) => &item.attrs,
            syn::Item::Static(item) => &item.attrs,
            syn::Item::Struct(item) => &item.attrs,
            syn::Item::Trait(item) => &item.attrs,
            syn::Item::Type(item) => &item.attrs,
            syn::Item::Use(item) => &item.attrs,
            _ => return visit::visit_item(self, item),
        };
        if !is_for_tests(attributes) {
            visit::visit_item(self, item);
        }
    }

    fn visit_impl_item_fn(&mut self, item: &'ast syn::ImplItemFn) {
        if !is_for_tests(&item.attrs) {
            visit::visit_impl_item_fn(self, item);
        }
    }

    fn visit_item_mod(&mut self, item: &'ast syn::ItemMod) {
        self.module.push(item.ident.to_string());
        visit::visit_item_mod(self, item);
        self.module.pop();
    }

    fn visit_item_use(&mut self, item: &'ast syn::ItemUse) {
        self.import(&[], &item.tree);
    }

    fn visit_item_extern_crate(&mut self, item: &'ast syn::ItemExternCrate) {
        self.named.push((item.ident.span().start().line, item.ident.to_string()));
    }

    fn visit_path(&mut self, path: &'ast syn::Path) {
        let parts: Vec<String> = path.segments.iter().map(|part| part.ident.to_string()).collect();
        // A lone word is a local name: where it is an import, the `use` has been read.
        if let Some(first) = path.segments.first().filter(|_| parts.len() > 1) {
            self.name(first.ident.span().start().line, &parts);
        }
        visit::visit_path(self, path);
    }

    fn visit_macro(&mut self, call: &'ast syn::Macro) {
        visit::visit_macro(self, call);
        self.tokens(call.tokens.clone());
    }

    fn visit_attribute(&mut self, attribute: &'ast syn::Attribute) {
        visit::visit_attribute(self, attribute);
        if let syn::Meta::List(list) = &attribute.meta {
            self.tokens(list.tokens.clone());
        }
    }
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
    let Some((_, rule)) = HOUSE.iter().find(|(name, _)| *name == room) else {
        return vec![format!("the room {room} has no rule: add it to HOUSE")];
    };
    let mut found = Vec::new();
    for (line, path) in named {
        match rule {
            Rule::Never(roots) => {
                found.extend(
                    roots
                        .iter()
                        .filter(|root| is_within(path, root))
                        .map(|root| format!("{line}: {path}: {room} never knows {root}")),
                );
            }
            Rule::Only(paths) => {
                if !paths.contains(&path.as_str()) {
                    found.push(format!("{line}: {path}: {room} knows {paths:?} alone"));
                }
            }
        }
        found.extend(
            HOMES
                .iter()
                .filter(|(root, rooms)| is_within(path, root) && !rooms.contains(&room))
                .map(|(root, rooms)| format!("{line}: {path}: {root} is for {rooms:?} alone")),
        );
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
        found.extend(trespasses(&module[0], &Reader::read(&module, &file)));
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
    let dependencies = manifest["dependencies"].as_table().unwrap();
    known.extend(dependencies.iter().map(|(name, _)| name.replace('-', "_")));
    known.extend(HOUSE.iter().map(|(room, _)| format!("crate::{room}")));

    let ruled = HOUSE.iter().flat_map(|(_, rule)| match rule {
        Rule::Never(paths) | Rule::Only(paths) => paths.iter(),
    });
    for path in ruled.chain(HOMES.iter().map(|(path, _)| path)) {
        let parts = if path.starts_with("crate::") { 2 } else { 1 };
        let root = path.split("::").take(parts).collect::<Vec<_>>().join("::");
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
        ("ssh/a.rs", "impl reqwest::IntoUrl for A {}", "reqwest"),
        ("cli/a.rs", "use std::net::{SocketAddr, TcpStream};", "std::net::TcpStream"),
        ("files/deep/a.rs", "use crate::secret::Secret;", "crate::secret"),
        ("secret/a.rs", "fn f() { use dialoguer::Input; }", "dialoguer"),
        ("main.rs", "fn main() { ankra::cli::command(); }", "alone"),
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
