//! The catalogue of hostile input, `docs/hostile-inputs.md`: its numbers have tests, and tests have entries.

use std::{
    collections::BTreeSet,
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

/// The numbers in the names of tests: `h05_...`, `h51_h52_...`.
fn numbers(text: &str) -> BTreeSet<usize> {
    let names =
        text.lines().filter_map(|line| line.trim_start().trim_start_matches("async ").strip_prefix("fn "));
    names.flat_map(|name| name.split('_').map_while(|part| part.strip_prefix('h')?.parse().ok())).collect()
}

/// The numbers that tests bear.
fn held() -> BTreeSet<usize> {
    let mut files = Vec::new();
    sources(&root().join("src"), &mut files);
    sources(&root().join("tests"), &mut files);
    files.iter().flat_map(|file| numbers(&fs::read_to_string(file).unwrap())).collect()
}

/// The entries of a page in their order, and whether each is open: `- **h47** ...`, `- **h89** *(open)* ...`.
fn entries(page: &str) -> Vec<(usize, bool)> {
    let entry = |line: &str| {
        let (number, text) = line.strip_prefix("- **h")?.split_once("** ")?;
        Some((number.parse().ok()?, text.starts_with("*(open)* ")))
    };
    page.lines().filter_map(entry).collect()
}

fn catalogue() -> Vec<(usize, bool)> {
    entries(&fs::read_to_string(root().join("docs/hostile-inputs.md")).unwrap())
}

#[test]
fn every_number_has_a_test() {
    let (held, entries) = (held(), catalogue());
    let closed = entries.iter().filter(|(_, open)| !open);
    let missing: Vec<usize> =
        closed.map(|(number, _)| *number).filter(|number| !held.contains(number)).collect();
    gate("numbers of the catalogue without a test", missing.len(), entries.len());
    assert!(missing.is_empty(), "no test bears these numbers: {missing:?}");
    let open = entries.iter().find(|(number, open)| *number <= HELD && *open);
    assert_eq!(open, None, "held once, held always");
}

#[test]
fn numbers_are_complete_and_in_order_and_no_test_bears_another() {
    let numbers: Vec<usize> = catalogue().into_iter().map(|(number, _)| number).collect();
    assert!(numbers.len() >= HELD, "{numbers:?}");
    assert_eq!(numbers, (1..=numbers.len()).collect::<Vec<_>>());
    let unknown: Vec<usize> = held().into_iter().filter(|number| !numbers.contains(number)).collect();
    assert!(unknown.is_empty(), "docs/hostile-inputs.md has no entry for these: {unknown:?}");
}

#[test]
fn numbers_are_read_from_names_and_entries() {
    let names = "    fn h05_h06_slow() {\nfn h7x() {}\nfn help_80() {}\nasync fn h101_x() {}";
    assert_eq!(numbers(names), BTreeSet::from([5, 6, 101]));
    assert_eq!(entries("- **h05** Slow.\n  h06 more\n- **h89** *(open)* Late."), [(5, false), (89, true)]);
}
