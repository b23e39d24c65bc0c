//! What a release consists of: `.ci/release`, in a copy of the tree that has the version of one.

use std::{
    collections::BTreeSet,
    fs,
    os::unix::fs::PermissionsExt,
    path::Path,
    process::{Command, Output},
};

use serde_json::Value;
use tempfile::TempDir;

use crate::support::need;

const TARGETS: [&str; 4] = [
    "aarch64-apple-darwin",
    "aarch64-unknown-linux-musl",
    "x86_64-apple-darwin",
    "x86_64-unknown-linux-musl",
];

const DAY: &str = "2031-02-03";

fn run(tree: &Path, script: &str, words: &[&str]) -> Output {
    let mut command = Command::new("sh");
    command.arg(tree.join(".ci/release").join(script)).args(words).current_dir(tree);
    command.env("SOURCE_DATE_EPOCH", "1900000000").env("TMPDIR", tree).output().unwrap()
}

fn succeed(tree: &Path, script: &str, words: &[&str]) -> String {
    let output = run(tree, script, words);
    assert!(output.status.success(), "{script}: {}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).unwrap()
}

fn edit(file: &Path, change: impl FnOnce(String) -> String) {
    let text = fs::read_to_string(file).unwrap();
    let changed = change(text.clone());
    assert_ne!(text, changed, "{} was not changed", file.display());
    fs::write(file, changed).unwrap();
}

/// A copy of what the scripts read.
fn copied() -> TempDir {
    let copy = TempDir::new().unwrap();
    let here = Path::new(env!("CARGO_MANIFEST_DIR"));
    let folders = [".ci/release", "man", "completions", "docs", "src/cli/completion"];
    let files = ["Cargo.toml", "Cargo.lock", "tests/it/generated.rs"];
    let pages = ["README.md", "SECURITY.md", "CHANGELOG.md", "LICENSE-MIT", "LICENSE-APACHE"];
    for path in folders.iter().chain(&files).chain(&pages) {
        let target = copy.path().join(path);
        fs::create_dir_all(target.parent().unwrap()).unwrap();
        assert!(Command::new("cp").arg("-R").arg(here.join(path)).arg(target).status().unwrap().success());
    }
    copy
}

/// The same, prepared for version 0.9.0.
fn prepared() -> TempDir {
    let copy = copied();
    succeed(copy.path(), "prepare", &["0.9.0", DAY]);
    for page in fs::read_dir(copy.path().join("man")).unwrap() {
        edit(&page.unwrap().path(), |text| {
            let title = text.lines().find(|line| line.starts_with(".TH")).unwrap();
            let name: Vec<&str> = title.split(' ').take(3).collect();
            text.replace(title, &format!("{} {DAY} \"ankra 0.9.0\" \"Ankra Manual\"", name.join(" ")))
        });
    }
    copy
}

#[test]
fn a_tag_is_refused_unless_every_file_says_its_version() {
    let copy = prepared();
    let tree = copy.path();
    assert_eq!(succeed(tree, "agree", &["v0.9.0"]), "Everything says 0.9.0.\n");
    let refused = |tag: &str, reason: &str| {
        let output = run(tree, "agree", &[tag]);
        let text = String::from_utf8(output.stderr).unwrap();
        assert!(!output.status.success() && text.contains(reason), "{tag}: {text}");
    };
    refused("0.9.0", "0.9.0 is no tag of a release");
    refused("v0.9", "v0.9 is no tag of a release");
    refused("v0.9.1", "Cargo.toml says version 0.9.0, but the tag is v0.9.1");
    refused("v0.9.1", "name files of another version: ankra-0.9.0");
    refused("v0.9.1", "CHANGELOG.md has no section \"## [0.9.1] - YEAR-MONTH-DAY\"");
    let breaks = [
        ("Cargo.toml", "version = \"0.9.0\"", "Cargo.toml says version 0.8.0"),
        ("Cargo.lock", "name = \"ankra\"\nversion = \"0.9.0\"", "Cargo.lock says version 0.8.0"),
        ("CHANGELOG.md", "## [0.9.0]", "CHANGELOG.md has no section"),
        ("CHANGELOG.md", "## [Unreleased]", "CHANGELOG.md has no section \"## [Unreleased]\""),
        ("man/ankra-org.1", "ankra 0.9.0", "not of 0.9.0 and 2031-02-03 (regenerate them): man/ankra-org.1"),
        ("man/ankra-org.1", DAY, "man/ankra-org.1"),
        ("tests/it/generated.rs", DAY, "tests/it/generated.rs has VERSION_DATE 2031-02-04"),
    ];
    for (file, text, reason) in breaks {
        let whole = fs::read_to_string(tree.join(file)).unwrap();
        let other = text.replace("0.9.0", "0.8.0").replace(DAY, "2031-02-04").replace("Unrel", "Rel");
        edit(&tree.join(file), |whole| whole.replacen(text, &other, 1));
        refused("v0.9.0", reason);
        fs::write(tree.join(file), whole).unwrap();
    }
    succeed(tree, "agree", &["v0.9.0"]);
    assert!(!run(tree, "prepare", &["0.9.0"]).status.success(), "a version is released once");
}

#[test]
fn what_is_no_version_or_no_day_is_refused_with_its_form_and_changes_nothing() {
    let copy = copied();
    let versions =
        ["v0.9.0", "0.9", "0.9.0.1", "00.9.0", "0.9.0-", "0.9.0-rc..1", "0.9.0-01", "0.9.0/", "0.9.0\n0.9.1"];
    let (version, day) =
        ("is no version of a release: it is MAJOR.MINOR.PATCH", "is no day: it is YEAR-MONTH-DAY");
    let days = ["2031-2-3", "03.02.2031", "2031-13-01", "2031-02-32", "today"];
    let files = ["Cargo.toml", "Cargo.lock", "CHANGELOG.md", "tests/it/generated.rs"];
    let texts = || files.map(|file| fs::read_to_string(copy.path().join(file)).unwrap());
    let before = texts();
    let rows = versions
        .map(|wrong| ([wrong, DAY], version))
        .into_iter()
        .chain(days.map(|wrong| (["0.9.0", wrong], day)));
    for (words, form) in rows {
        let output = run(copy.path(), "prepare", &words);
        let text = String::from_utf8(output.stderr).unwrap();
        assert!(!output.status.success() && text.contains(form), "{words:?}: {text}");
        assert!(before == texts(), "{words:?} changed something");
    }
    succeed(copy.path(), "prepare", &["0.9.0-rc.1", DAY]);
}

#[test]
fn the_notes_of_a_version_are_its_part_of_the_changelog() {
    let copy = prepared();
    let whole = fs::read_to_string(copy.path().join("CHANGELOG.md")).unwrap();
    let notes = succeed(copy.path(), "notes", &["0.9.0"]);
    assert!(notes.starts_with("### ") && whole.contains(notes.trim_end()), "{notes}");
    assert!(whole.contains("## [Unreleased]\n\n## [0.9.0] - 2031-02-03\n\n### "));
    assert!(!run(copy.path(), "notes", &["0.9"]).status.success());
}

#[test]
fn an_archive_holds_what_is_installed_and_is_the_same_each_time() {
    let copy = prepared();
    let tree = copy.path();
    fs::write(tree.join("program"), "#!/bin/sh\n").unwrap();
    fs::set_permissions(tree.join("program"), fs::Permissions::from_mode(0o600)).unwrap();
    let make = |folder: &str| {
        let words = ["0.9.0", TARGETS[3], "program", folder, "LICENSE-MIT"];
        fs::read(succeed(tree, "tarball", &words).trim_end()).unwrap()
    };
    let first = make("one");
    // What does not count: the time, and who may read the files.
    let page = tree.join("man/ankra.1");
    fs::write(&page, fs::read(&page).unwrap()).unwrap();
    fs::set_permissions(&page, fs::Permissions::from_mode(0o600)).unwrap();
    assert!(first == make("two"), "two archives of one tree differ");
    edit(&page, |text| text + ".\\\" more\n");
    assert!(first != make("three"), "another page, and the same archive");

    let archive = tree.join("one/ankra-0.9.0-x86_64-unknown-linux-musl.tar.gz");
    let list = Command::new("tar").args(["tvzf"]).arg(&archive).env("LC_ALL", "C").output().unwrap();
    let list = String::from_utf8(list.stdout).unwrap();
    let folder = "ankra-0.9.0-x86_64-unknown-linux-musl";
    let has = |mode: &str, file: &str| {
        let end = format!(" {folder}/{file}");
        assert!(list.lines().any(|line| line.starts_with(mode) && line.ends_with(&end)), "{end}\n{list}");
    };
    has("-rwxr-xr-x 0/0", "ankra");
    for file in ["man/man1/ankra.1", "completions/_ankra", "README.md", "docs/audit.md", "LICENSE-APACHE"] {
        has("-rw-r--r-- 0/0", file);
    }
}

/// A release of programs that are none, with what takes a compiler left out.
fn assembled() -> (TempDir, String) {
    let copy = prepared();
    let tree = copy.path();
    let stub = |script: &str, text: &str| fs::write(tree.join(".ci/release").join(script), text).unwrap();
    stub("licences", "echo \"licences of $1\"\n");
    stub("sbom", "echo '{}'\n");
    stub(
        "packages",
        "mkdir -p \"$2\" && echo \"a package of $(cat \"$1\")\" >\"$2/$(cat \"$1\")_0.9.0~rc.1.deb\"\n",
    );
    for target in TARGETS {
        fs::create_dir_all(tree.join("binaries").join(target)).unwrap();
        fs::write(tree.join("binaries").join(target).join("ankra"), target).unwrap();
    }
    let sums = succeed(tree, "assemble", &["v0.9.0", "binaries", "out", "https://example.com/v0.9.0"]);
    let sums = fs::read_to_string(sums.lines().last().unwrap()).unwrap();
    (copy, sums)
}

#[test]
fn a_release_lists_the_checksum_of_each_file_and_a_changed_byte_is_seen() {
    let (copy, sums) = assembled();
    let out = copy.path().join("out");
    let files: BTreeSet<String> =
        fs::read_dir(&out).unwrap().map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
    let mut listed: BTreeSet<String> =
        sums.lines().map(|line| line.split_once("  ").unwrap().1.to_owned()).collect();
    assert!(listed.len() > 10 && listed.insert("SHA256SUMS".into()));
    assert_eq!(files, listed);
    let kept = |byte: u8| byte.is_ascii_alphanumeric() || b"-_.".contains(&byte);
    assert!(files.iter().all(|file| file.bytes().all(kept)), "GitHub would rename one of {files:?}");
    assert!(files.contains("x86_64-unknown-linux-musl_0.9.0-rc.1.deb"));
    let check = || {
        let mut check = Command::new("sha256sum");
        check.args(["--check", "--strict", "--quiet", "SHA256SUMS"]).current_dir(&out).output().unwrap()
    };
    assert!(check().status.success());
    for file in files.iter().filter(|file| *file != "SHA256SUMS") {
        let whole = fs::read(out.join(file)).unwrap();
        let mut other = whole.clone();
        *other.last_mut().unwrap() ^= 1;
        fs::write(out.join(file), other).unwrap();
        assert!(!check().status.success(), "{file} was changed, and nobody sees it");
        fs::write(out.join(file), whole).unwrap();
    }

    let again = run(copy.path(), "assemble", &["v0.9.0", "binaries", "out", "https://example.com/v0.9.0"]);
    assert!(String::from_utf8(again.stderr).unwrap().contains("is not empty"));
    fs::remove_file(copy.path().join("binaries").join(TARGETS[0]).join("ankra")).unwrap();
    let lacks = run(copy.path(), "assemble", &["v0.9.0", "binaries", "new", "https://example.com/v0.9.0"]);
    assert!(String::from_utf8(lacks.stderr).unwrap().contains("aarch64-apple-darwin/ankra is missing"));
}

#[test]
fn the_formula_names_each_archive_with_its_checksum() {
    let (copy, sums) = assembled();
    let formula = fs::read_to_string(copy.path().join("out/ankra-credentials.rb")).unwrap();
    let lines: Vec<&str> = formula.lines().map(str::trim).collect();
    for target in TARGETS {
        let file = format!("ankra-0.9.0-{target}.tar.gz");
        let sum = sums.lines().find_map(|line| line.strip_suffix(&format!("  {file}"))).unwrap();
        let url = format!("url \"https://example.com/v0.9.0/{file}\"");
        let at = lines.iter().position(|line| *line == url).unwrap_or_else(|| panic!("{url}\n{formula}"));
        assert_eq!(lines[at + 1], format!("sha256 \"{sum}\""));
    }
    let opens =
        |line: &&&str| line.starts_with("class ") || line.starts_with("def ") || line.ends_with(" do");
    assert_eq!(lines.iter().filter(opens).count(), lines.iter().filter(|line| **line == "end").count());
}

#[test]
fn the_bill_of_materials_names_every_crate_that_is_linked() {
    need("jq", "jq");
    let here = Path::new(env!("CARGO_MANIFEST_DIR"));
    let bill: Value = serde_json::from_str(&succeed(here, "sbom", &[TARGETS[3]])).unwrap();
    assert_eq!(bill["bomFormat"], "CycloneDX");
    let named: BTreeSet<(&str, &str)> = bill["components"]
        .as_array()
        .unwrap()
        .iter()
        .map(|one| {
            let sum = one["hashes"][0]["content"].as_str().unwrap_or_default();
            assert!(sum.len() == 64 && one["licenses"][0]["expression"].is_string(), "{one}");
            (one["name"].as_str().unwrap(), one["version"].as_str().unwrap())
        })
        .collect();
    assert!(named.len() > 100, "{named:?}");
    let tree = Command::new(env!("CARGO"))
        .args(["tree", "--locked", "--offline", "--edges", "normal,no-proc-macro", "--prefix", "none"])
        .args(["--target", TARGETS[3]])
        .current_dir(here)
        .output()
        .unwrap();
    let tree = String::from_utf8(tree.stdout).unwrap();
    let linked: BTreeSet<(&str, &str)> = tree
        .lines()
        .filter_map(|line| {
            let mut words = line.split(' ');
            Some((words.next()?, words.next()?.trim_start_matches('v')))
        })
        .filter(|(name, _)| *name != "ankra")
        .collect();
    assert_eq!(named, linked);
    let lock = fs::read_to_string(here.join("Cargo.lock")).unwrap();
    assert!(
        named.iter().all(|(name, version)| {
            lock.contains(&format!("name = \"{name}\"\nversion = \"{version}\"\n"))
        })
    );
}
