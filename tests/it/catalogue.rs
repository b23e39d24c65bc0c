//! Every number of the catalogue of hostile input has a test that bears it.

use std::{
    collections::BTreeSet,
    fs,
    path::{Path, PathBuf},
};

use crate::support::gate;

/// How many numbers the catalogue has.
const NUMBERS: u8 = 88;

fn sources(folder: &Path, found: &mut Vec<PathBuf>) {
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
fn numbers(text: &str) -> BTreeSet<u8> {
    let names = text.lines().filter_map(|line| line.trim_start().strip_prefix("fn "));
    names
        .flat_map(|name| name.split('_').map_while(|part| part.strip_prefix('h')?.parse::<u8>().ok()))
        .collect()
}

#[test]
fn every_number_has_a_test() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut files = Vec::new();
    sources(&root.join("src"), &mut files);
    sources(&root.join("tests"), &mut files);
    let held: BTreeSet<u8> =
        files.iter().flat_map(|file| numbers(&fs::read_to_string(file).unwrap())).collect();
    let missing: Vec<u8> = (1..=NUMBERS).filter(|number| !held.contains(number)).collect();
    gate("numbers of the catalogue without a test", missing.len(), NUMBERS.into());
    assert!(missing.is_empty(), "no test bears these numbers: {missing:?}");
}

#[test]
fn numbers_are_read_from_names() {
    assert_eq!(numbers("    fn h05_h06_slow() {\nfn h7x() {}\nfn help_80() {}"), BTreeSet::from([5, 6]));
}
