//! What commands cost in instructions, how large the program is and how many crates it has, held
//! against `budgets.toml`: `cargo bench --locked --bench budgets`.
//!
//! Fails where a figure has grown by more than 5 %. `cargo bench --locked --bench budgets -- --write`
//! measures and stores all figures anew. Instructions are counted by valgrind's callgrind, in a fixed
//! environment: unlike times, they hardly differ between runs and machines.

#![expect(clippy::unwrap_used, clippy::print_stdout, reason = "a benchmark ends where something is amiss")]

#[expect(
    dead_code,
    unreachable_pub,
    unused_imports,
    clippy::needless_pass_by_value,
    reason = "the tests use all of it"
)]
#[path = "../support/mod.rs"]
mod support;

use std::{
    collections::BTreeSet,
    fs,
    path::{Path, PathBuf},
    process::{Command, ExitCode},
};

use support::{Answer, Env, FaultServer, credential, need};
use toml_edit::{DocumentMut, value};

/// How much a figure may grow, in percent.
const TOLERANCE: f64 = 5.0;

const STORED: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/bench/budgets.toml");

/// A figure by its name.
type Figure = (String, u64);

/// The instructions of one run, counted by callgrind.
fn instructions(env: &Env, command: &Command) -> u64 {
    let counts = env.work().join("callgrind");
    let mut run = Command::new(need("valgrind", "valgrind"));
    run.arg("--tool=callgrind").arg(format!("--callgrind-out-file={}", counts.display()));
    run.arg(command.get_program()).args(command.get_args()).env_clear();
    for (name, given) in command.get_envs() {
        if let Some(given) = given {
            run.env(name, given);
        }
    }
    let output = run.output().unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let text = fs::read_to_string(counts).unwrap();
    let summary =
        text.lines().find_map(|line| line.strip_prefix("summary: ").or(line.strip_prefix("totals: ")));
    summary.unwrap().trim().parse().unwrap()
}

fn commands() -> Vec<Figure> {
    let env = Env::new();
    let server = FaultServer::start();
    let list: Vec<_> = (0..1_000).map(|number| credential(1, &format!("load-{number}"), "hetzner")).collect();
    server.on("GET", "/api/v1/credentials", [Answer::json(200, list)]);
    let measured = |line: &str| {
        let run = if line.contains("list") { server.ankra(&env, line) } else { env.line(line) };
        (format!("instructions: {line}"), instructions(&env, &run.command))
    };
    ["--version", "--help", "completion bash", "credentials list", "credentials list -o json"]
        .map(measured)
        .into()
}

fn cargo() -> Command {
    let mut cargo = Command::new(std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
    cargo.current_dir(env!("CARGO_MANIFEST_DIR"));
    cargo
}

fn size(file: &Path) -> u64 {
    fs::metadata(file).unwrap().len()
}

/// The program without the sandbox, built.
fn without_sandbox() -> PathBuf {
    let target = Path::new(env!("CARGO_MANIFEST_DIR")).join("target/without-sandbox");
    let status = cargo()
        .args(["build", "--quiet", "--locked", "--release", "--no-default-features", "--target-dir"])
        .arg(&target)
        .status()
        .unwrap();
    assert!(status.success(), "the program without the sandbox cannot be built");
    target.join("release/ankra")
}

/// How many crates the program is made of, its own aside.
fn crates() -> u64 {
    let output = cargo().args(["tree", "--locked", "-e", "normal", "--prefix", "none"]).output().unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let text = String::from_utf8(output.stdout).unwrap();
    let crates: BTreeSet<&str> =
        text.lines().map(|line| line.trim_end_matches(" (*)")).filter(|line| !line.is_empty()).collect();
    crates.len() as u64 - 1
}

fn main() -> ExitCode {
    let mut figures = commands();
    figures.push(("bytes: ankra".to_owned(), size(Path::new(env!("CARGO_BIN_EXE_ankra")))));
    figures.push(("bytes: ankra without the sandbox".to_owned(), size(&without_sandbox())));
    figures.push(("crates".to_owned(), crates()));
    let text = fs::read_to_string(STORED).unwrap_or_default();
    let mut stored: DocumentMut = text.parse().unwrap();
    if std::env::args().any(|arg| arg == "--write") {
        for (name, figure) in &figures {
            stored[name.as_str()] = value(i64::try_from(*figure).unwrap());
            println!("{name}: {figure}");
        }
        fs::write(STORED, stored.to_string()).unwrap();
        return ExitCode::SUCCESS;
    }
    let mut grown = 0;
    for (name, figure) in &figures {
        let budget = stored.get(name).and_then(toml_edit::Item::as_integer);
        let Some(budget) = budget else {
            println!("NOT STORED  {name}: {figure}");
            grown += 1;
            continue;
        };
        #[expect(clippy::cast_precision_loss, reason = "a percentage is shown")]
        let change = (*figure as f64 / budget as f64 - 1.0) * 100.0;
        let verdict = if change > TOLERANCE {
            grown += 1;
            "GROWN"
        } else if change < -TOLERANCE {
            "less"
        } else {
            "ok"
        };
        println!("{verdict:<6} {name}: {figure}, stored {budget} ({change:+.1} %)");
    }
    if grown == 0 {
        return ExitCode::SUCCESS;
    }
    println!(
        "\n{grown} figures are beyond their budget. If that is meant: cargo bench --locked --bench budgets -- --write"
    );
    ExitCode::FAILURE
}
