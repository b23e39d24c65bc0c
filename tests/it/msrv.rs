//! The Rust version that `Cargo.toml` declares is enough for every crate that a user's build compiles.
//!
//! The standard library's part is held by `clippy::incompatible_msrv`.

use std::{collections::BTreeSet, process::Command};

use serde_json::Value;

/// `1.85` or `1.85.1`, as numbers to compare.
fn version(text: &str) -> Vec<u32> {
    let mut parts: Vec<u32> = text.split('.').map(|part| part.parse().unwrap()).collect();
    parts.resize(3, 0);
    parts
}

fn find<'a>(all: &'a Value, id: &str) -> &'a Value {
    all.as_array().unwrap().iter().find(|one| one["id"] == id).unwrap()
}

/// The packages that `cargo install` compiles here: no dev-dependencies.
fn built(metadata: &Value) -> BTreeSet<&str> {
    let mut seen = BTreeSet::new();
    let mut next = vec![metadata["resolve"]["root"].as_str().unwrap()];
    while let Some(id) = next.pop() {
        if !seen.insert(id) {
            continue;
        }
        for dependency in find(&metadata["resolve"]["nodes"], id)["deps"].as_array().unwrap() {
            let is_built =
                dependency["dep_kinds"].as_array().unwrap().iter().any(|kind| kind["kind"] != "dev");
            if is_built {
                next.push(dependency["pkg"].as_str().unwrap());
            }
        }
    }
    seen
}

#[test]
fn no_dependency_needs_a_newer_rust_than_declared() {
    let output = Command::new(env!("CARGO"))
        .args(["metadata", "--format-version", "1", "--locked", "--offline"])
        .args(["--filter-platform", "x86_64-unknown-linux-gnu"])
        .current_dir(env!("CARGO_MANIFEST_DIR"))
        .output()
        .unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let metadata: Value = serde_json::from_slice(&output.stdout).unwrap();
    let ours = version(env!("CARGO_PKG_RUST_VERSION"));

    let built = built(&metadata);
    assert!(built.len() > 50, "only {} packages: the graph was not read", built.len());
    let newer: Vec<String> = built
        .into_iter()
        .map(|id| find(&metadata["packages"], id))
        .filter(|package| package["rust_version"].as_str().is_some_and(|theirs| version(theirs) > ours))
        .map(|package| {
            format!("{} {} needs {}", package["name"], package["version"], package["rust_version"])
        })
        .collect();
    assert!(
        newer.is_empty(),
        "Rust {} is declared, but {}",
        env!("CARGO_PKG_RUST_VERSION"),
        newer.join(", ")
    );
}
