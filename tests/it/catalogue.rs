//! The catalogue of hostile input, `docs/hostile-inputs.md`: its numbers have tests, and tests have entries.

use std::{
    collections::BTreeMap,
    fs,
    path::{Path, PathBuf},
};

use crate::support::gate;

/// Up to this number no entry may be open.
const HELD: usize = 88;

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// The Rust files below `folder`.
pub(crate) fn sources(folder: &Path, found: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            sources(&path, found);
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            found.push(path);
        }
    }
}

/// The names of the tests in `text` that run. What is only called like a test, or is ignored, is none.
fn tests(text: &str) -> Vec<&str> {
    let (mut found, mut attributes) = (Vec::new(), Vec::new());
    for line in text.lines().map(str::trim) {
        if let Some(rest) = line.trim_start_matches("async ").strip_prefix("fn ") {
            let is_test = attributes.contains(&"#[test]") || attributes.contains(&"#[tokio::test]");
            if is_test && !attributes.iter().any(|one: &&str| one.starts_with("#[ignore")) {
                found.extend(rest.split(['(', '<']).next());
            }
            attributes.clear();
        } else if line.is_empty() || line.ends_with(['}', ';']) {
            attributes.clear();
        } else {
            attributes.push(line);
        }
    }
    found
}

/// The numbers in the name of a test: `h05_...`, `h51_h52_...`.
fn numbers(name: &str) -> impl Iterator<Item = usize> {
    name.split('_').map_while(|part| part.strip_prefix('h')?.parse().ok())
}

/// The numbers that tests bear, with these tests.
fn held() -> BTreeMap<usize, Vec<String>> {
    let mut files = Vec::new();
    sources(&root().join("src"), &mut files);
    sources(&root().join("tests"), &mut files);
    let mut held = BTreeMap::<_, Vec<_>>::new();
    for file in files {
        let shown = file.strip_prefix(root()).unwrap().display();
        for name in tests(&fs::read_to_string(&file).unwrap()) {
            for number in numbers(name) {
                held.entry(number).or_default().push(format!("{shown}: {name}"));
            }
        }
    }
    held
}

/// An entry of the page: `- **h47** ...`, `- **h89** *(open)* ...`, and the lines below that belong to it.
#[derive(Debug, PartialEq)]
struct Entry {
    number: usize,
    text: String,
}

impl Entry {
    fn is_open(&self) -> bool {
        self.text.starts_with("*(open)* ")
    }
}

fn entries(page: &str) -> Vec<Entry> {
    let mut all = Vec::<Entry>::new();
    for line in page.lines() {
        let new = line.strip_prefix("- **h").and_then(|rest| rest.split_once("** "));
        if let Some((number, text)) = new.and_then(|(number, text)| Some((number.parse().ok()?, text))) {
            all.push(Entry { number, text: text.to_owned() });
        } else if let (Some(rest), Some(last)) = (line.strip_prefix("  "), all.last_mut()) {
            last.text += " ";
            last.text += rest;
        }
    }
    all
}

fn catalogue() -> Vec<Entry> {
    entries(&fs::read_to_string(root().join("docs/hostile-inputs.md")).unwrap())
}

#[test]
#[expect(clippy::print_stdout, reason = "a reader compares what an entry says with what its tests hold")]
fn every_number_has_a_test() {
    let (held, entries) = (held(), catalogue());
    let mut missing = Vec::new();
    for entry in &entries {
        println!("h{:02} {}", entry.number, entry.text);
        let tests = held.get(&entry.number);
        tests.into_iter().flatten().for_each(|test| println!("    {test}"));
        if tests.is_none() && !entry.is_open() {
            missing.push(entry.number);
        }
    }
    gate("numbers of the catalogue without a test", missing.len(), entries.len());
    assert!(missing.is_empty(), "no test bears these numbers: {missing:?}");
    let open = entries.iter().find(|entry| entry.number <= HELD && entry.is_open());
    assert_eq!(open, None, "held once, held always");
}

#[test]
fn numbers_are_complete_and_in_order_and_no_test_bears_another() {
    let numbers: Vec<usize> = catalogue().into_iter().map(|entry| entry.number).collect();
    assert!(numbers.len() >= HELD, "{numbers:?}");
    assert_eq!(numbers, (1..=numbers.len()).collect::<Vec<_>>());
    let unknown: Vec<usize> = held().into_keys().filter(|number| !numbers.contains(number)).collect();
    assert!(unknown.is_empty(), "docs/hostile-inputs.md has no entry for these: {unknown:?}");
}

#[test]
fn numbers_are_read_from_tests_and_entries() {
    let mark = "#[test]";
    let text = format!(
        "{mark}\n#[expect(\n  dead_code\n)]\n    fn h05_h06_slow() {{\n}}\nfn h7_x() {{}}\n{mark}\nfn h8x() {{}}\n\
         {mark}\n#[ignore = \"slow\"]\nfn h09_x() {{}}\n#[tokio::test]\nasync fn h101_x() {{}}"
    );
    assert_eq!(tests(&text), ["h05_h06_slow", "h8x", "h101_x"]);
    let all: Vec<usize> = tests(&text).into_iter().flat_map(numbers).collect();
    assert_eq!(all, [5, 6, 101]);
    let read = entries("- **h05** Slow.\n  More.\n\n## Late\n\n- **h89** *(open)* Late.");
    assert_eq!(read.iter().map(Entry::is_open).collect::<Vec<_>>(), [false, true]);
    assert_eq!(read[0], Entry { number: 5, text: "Slow. More.".to_owned() });
}
