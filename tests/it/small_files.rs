//! Files within their limit of a megabyte, whose contents would cost much time.

use std::path::PathBuf;

use crate::support::{Env, Outcome, Run, figure, need, write_private};

/// A little below the limit of the files.
const SIZE: usize = (1 << 20) - 64;

/// Seconds of CPU that no file may take: the tests' build needs one or two, and what grows faster than the file
/// needs minutes.
const SECONDS: u32 = 12;

/// `begin`, then `piece` as often as it fits.
fn full_of(begin: &str, piece: &str) -> String {
    format!("{begin}{}", piece.repeat((SIZE - begin.len()) / piece.len()))
}

/// Lines that `line` makes of their numbers, as many as fit.
fn lines(line: impl Fn(usize) -> String) -> String {
    let mut text = String::new();
    for number in 0.. {
        let line = line(number);
        if text.len() + line.len() > SIZE {
            break;
        }
        text += &line;
    }
    text
}

/// Runs `run` where the file `path` in its home holds each of `contents`.
fn each(path: &str, contents: &[String], run: impl Fn(&Env, PathBuf) -> Run) {
    for text in contents {
        let env = Env::in_memory();
        let file = env.home().join(path);
        write_private(&file, text);
        let run = run(&env, file).under(need("prlimit", "util-linux"), &[&format!("--cpu={SECONDS}")]);
        let Outcome { code, signal, stderr, .. } = run.run();
        let begin: String = text.chars().take(40).collect();
        assert_eq!(signal, None, "{path}: {begin:?} takes more than {SECONDS} seconds");
        assert!(matches!(code, Some(0..=8)), "{path}: {begin:?}: {code:?} {stderr}");
        assert!(stderr.len() < 4_000, "{path}: {begin:?}: {} bytes of errors", stderr.len());
    }
    figure("small files that cost no time", format!("{path} ({})", contents.len()));
}

fn status(env: &Env, _: PathBuf) -> Run {
    env.line("status --base-url http://127.0.0.1:1 --timeout 1")
}

#[test]
fn h118_yaml_of_the_official_program_costs_no_more_than_it_is_long() {
    let bomb = lines(|n| format!("a{n}: &a{n} [{}]\n", format!("*a{},", n.saturating_sub(1)).repeat(20)));
    let deeper = |text: &str| lines(|depth| format!("{}{text}\n", " ".repeat(depth)));
    each(
        ".ankra.yaml",
        &[
            full_of("token: ", "["),
            full_of("token: ", "{a: "),
            full_of("token: [", "[a],"),
            full_of("", "- "),
            full_of("", "? "),
            full_of("", "- ? "),
            full_of(&"[".repeat(200), "a,"),
            full_of("[", "a: b, "),
            full_of("{", "\"a\", "),
            full_of("token: ", "a\n  "),
            full_of("token: |\n", "  a\n"),
            full_of("token: \"", "\\n"),
            full_of("a: ", "&a [&b "),
            full_of("", "---\n"),
            full_of("", "#\n"),
            deeper("a:"),
            deeper("- a:"),
            bomb.replace("[*a0,", "[x,"),
            lines(|number| format!("k{number}: &a{number} v\n")),
        ],
        status,
    );
}

fn hostile_toml() -> Vec<String> {
    vec![
        full_of("a = ", "["),
        full_of("a = [", "[],"),
        full_of("a = ", "{a="),
        full_of("a", ".a"),
        full_of("a = {", "a."),
        full_of("[", "a."),
        full_of("", "[a]\n"),
        full_of("", "[[a]]\n"),
        full_of("a = \"\"\"", "\n"),
        full_of("", "\""),
        lines(|number| format!("a.b{number} = 1\n")),
        lines(|number| format!("profiles.p{number}.org = \"x\"\n")),
        lines(|number| format!("[profiles.p{number}]\n")),
        lines(|depth| format!("a{} = {{}}\n", ".a".repeat(depth))),
    ]
}

#[test]
fn h118_settings_cost_no_more_than_they_are_long() {
    each(".config/ankra/config.toml", &hostile_toml(), status);
}

#[test]
fn h118_saved_logins_cost_no_more_than_they_are_long() {
    each(".config/ankra/login.toml", &hostile_toml(), |env, _| env.line("logout --local"));
}

#[test]
fn h118_logins_of_other_tools_cost_no_more_than_they_are_long() {
    let of_hosts = |entry: &str| {
        format!("{{\"auths\":{{{}\"a\":{{}}}}}}", lines(|n| entry.replace('N', &n.to_string())))
    };
    let host = "{\"auths\":{\"ghcr.io";
    each(
        ".docker/config.json",
        &[
            full_of("", "["),
            full_of("", "{\"a\":"),
            full_of("{\"a\":", "1"),
            full_of(host, "/a"),
            full_of(host, ":1"),
            of_hosts("\"rN.io\":{\"auth\":\"dXNlcjpwYXNz\"},\n"),
            of_hosts("\"ghcr.io\":{\"auth\":\"dXNlcjpwYXNz\"},\n"),
        ],
        |env, _| env.line("--sandbox credentials registry create --name x --from-docker ghcr.io --dry-run"),
    );
}

#[test]
fn h118_bundles_and_notes_cost_no_more_than_they_are_long() {
    each(
        "bundle",
        &[
            full_of("", "A=1\n"),
            full_of("A=\"", "${A"),
            full_of("", "A=\"\n"),
            full_of("", "A='\n"),
            full_of("A=\"", "\\"),
            full_of("", "export "),
            full_of("", "{\"a\":"),
            lines(|number| format!("application_kez{number}=1\n")),
        ],
        |env, file| {
            let line = "--sandbox credentials ovh create --name x --project-id p --dry-run --secrets-from";
            env.line(line).arg(format!("file:{}", file.display()))
        },
    );
    each(
        ".local/share/ankra/expiries.json",
        &[
            full_of("", "["),
            full_of("", "{\"a\":"),
            format!(
                "{{{}\"a\":{{\"expires\":1}}}}",
                lines(|n| format!("\"{n}\":{{\"expires\":4000000000}},\n"))
            ),
        ],
        |env, _| env.line("--sandbox credentials registry list"),
    );
}
