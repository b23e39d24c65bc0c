//! The fuzz targets under generated input with a fixed budget. With a nightly toolchain,
//! `cargo fuzz run --fuzz-dir tests/fuzz NAME` goes on for as long as one likes.

use proptest::{prelude::*, test_runner::TestRunner};

#[path = "../fuzz/targets.rs"]
mod targets;

use targets::TARGETS;

/// Inputs for each target, unless `ANKRA_FUZZ_CASES` asks for another number.
const BUDGET: u32 = 2_000;

/// Text that parsers look twice at.
const PIECES: [&str; 92] = [
    "oci://",
    "http://",
    "https://",
    "localhost",
    "127.0.0.1",
    "[::1]",
    "@",
    ":",
    "/",
    "?",
    "#",
    "%2e%2e",
    "..",
    "0x7f.1",
    "\\",
    "{",
    "}",
    "[",
    "]",
    ",",
    "\"id\":\"x\"",
    "\"name\":",
    "null",
    "1e999",
    "\"\\ud800\"",
    "{\"detail\":",
    "\u{feff}",
    "\u{202e}",
    "\u{301}\u{301}\u{301}\u{301}\u{301}",
    " \u{3000}\u{a0} ",
    "\u{1b}[31m",
    "\u{9b}",
    "\u{e0041}",
    "\r\n",
    "\0",
    "ssh-ed25519 ",
    "AAAAC3NzaC1lZDI1NTE5AAAAIJdD7y3a",
    "-----BEGIN",
    "[default]\n",
    "base-url = \"",
    "file:",
    "env:",
    "Sun, 06 Nov 1994 08:49:37 GMT",
    "{\"auths\":{",
    "{\"credHelpers\":{",
    "{\"auths\":{\"ghcr.io/a\":{\"auth\":\"dXNlcjpwYXNz\"}},\"credsStore\":\"x\"}",
    "\"ghcr.io\":{",
    "\"https://index.docker.io/v1/\":",
    "\"auth\":\"dXNlcjpwYXNz\"",
    "\"username\":\"u\",\"password\":\"p\"",
    "{\"Username\":\"u\",\"Secret\":\"s\"}",
    "}}",
    "oci://ghcr.io",
    "me:p%40ss@",
    "p#ss@",
    "%",
    "10.0.0.0/8",
    "*",
    ":3128",
    "socks5h://",
    "proxy.corp",
    "token: ",
    "base-url: https://a.example\n",
    "- ",
    "? ",
    "&a ",
    "*a",
    "!!str ",
    "|\n  ",
    "---\n",
    "<<: ",
    "\n",
    "token = \"",
    "[default.x]\n",
    "API_TOKEN=",
    "application_key='",
    "\"consumer_key\":\"",
    "\\u0041",
    "%41&#65;",
    "\n#",
    "0123456789abcdefghij",
    "[[contexts]]\nname = \"x\"\ntoken = \"",
    "active_context = \"x\"\n",
    "[contexts.preferences]\n",
    "endpoint = \"https://a\"\n",
    "[ovh-eu]\n",
    "consumer_key = a\n",
    "[ovh-cli]\ndefault_cloud_project = ",
    "access-token: ",
    "auth-contexts:\n  ",
    "context: x\n",
    "username: ",
];

fn input() -> impl Strategy<Value = Vec<u8>> {
    let piece = prop_oneof![
        3 => prop::sample::select(&PIECES[..]).prop_map(|text| text.as_bytes().to_vec()),
        1 => prop::collection::vec(any::<u8>(), 0..12),
        1 => "\\PC{0,12}".prop_map(String::into_bytes),
    ];
    prop::collection::vec(piece, 0..12).prop_map(|pieces| pieces.concat())
}

#[test]
fn any_bytes_are_survived_by_every_target() {
    let asked = std::env::var("ANKRA_FUZZ_CASES").ok();
    let cases = asked.map_or(BUDGET, |cases| cases.parse().unwrap());
    let only = std::env::var("ANKRA_FUZZ_TARGET").ok();
    for (name, target) in TARGETS.iter().filter(|(name, _)| only.as_deref().is_none_or(|only| only == *name))
    {
        let mut runner =
            TestRunner::new(ProptestConfig { cases, failure_persistence: None, ..ProptestConfig::default() });
        let result = runner.run(&input(), |bytes| {
            target(&bytes);
            Ok(())
        });
        assert!(result.is_ok(), "{name}: {result:?}");
    }
}

#[test]
fn every_target_has_its_entry_for_cargo_fuzz() {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/fuzz/fuzz_targets");
    let manifest =
        std::fs::read_to_string(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/fuzz/Cargo.toml")).unwrap();
    for (name, _) in TARGETS {
        let entry = std::fs::read_to_string(format!("{folder}/{name}.rs")).unwrap();
        assert!(entry.contains(&format!("targets::{name}(data)")), "{name}");
        assert!(manifest.contains(&format!("name = \"{name}\"")), "{name}");
    }
}
