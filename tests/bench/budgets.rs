//! What commands cost in instructions, how large the program is and how many crates it has, held
//! against `budgets.toml`: `cargo bench --locked --bench budgets`.
//!
//! Fails where a figure has grown by more than 5 %, or is beyond a limit that no stored figure moves.
//! `cargo bench --locked --bench budgets -- --write` measures and stores all figures anew.
//!
//! Instructions are counted by valgrind's callgrind: unlike times, they hardly differ between runs and
//! machines. What they do depend on is held: environment, folders, descriptors and the processor's
//! features that the C library looks for. Those of another architecture cannot be compared; another
//! compiler or C library is named where a figure is beyond its budget.

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
    process::{Command, ExitCode, Stdio},
};

use support::{Answer, Env, FaultServer, credential, need};
use toml_edit::{DocumentMut, value};

/// How much a figure may grow, in percent.
const TOLERANCE: f64 = 5.0;

const STORED: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/bench/budgets.toml");

/// A figure by its name.
type Figure = (String, u64);

/// What no stored figure moves: the greatest size of the program, with room for what is planned (browser
/// sign-in, a keychain, declared files).
const LIMITS: [(&str, u64); 2] =
    [("bytes: ankra", 10_000_000), ("bytes: ankra without the sandbox", 8_000_000)];

/// The instructions of one run, counted by callgrind. Fails, naming the Debian package, without valgrind.
fn instructions(env: &Env, line: &str, server: Option<&FaultServer>) -> u64 {
    let counts = env.work().join("callgrind");
    let mut run = Command::new(need("valgrind", "valgrind"));
    run.arg("--tool=callgrind").arg(format!("--callgrind-out-file={}", counts.display()));
    run.arg(env!("CARGO_BIN_EXE_ankra")).args(line.split_whitespace());
    // The folders are the same wherever this runs, and hold nothing of this machine's user.
    run.current_dir("/").env_clear().env("HOME", "/nonexistent").env("PATH", "/usr/bin:/bin");
    run.env("LANG", "C.UTF-8").env("TZ", "UTC");
    #[cfg(target_arch = "x86_64")]
    run.env("GLIBC_TUNABLES", "glibc.cpu.hwcaps=-AVX2,-AVX512F,-AVX512VL,-ERMS,-FSRM,-BMI2");
    if let Some(server) = server {
        run.env("ANKRA_BASE_URL", server.url()).env("ANKRA_API_TOKEN", "token-of-the-test");
    }
    let output = run.stdin(Stdio::null()).output().unwrap();
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
    server.on("GET", "/api/v1/org/credentials", [Answer::json(200, list)]);
    let measured = |line: &str| {
        let server = line.contains("list").then_some(&server);
        // How an answer is cut on its way costs a little, and is not of this program: the least counts.
        let counts = (0..if server.is_some() { 3 } else { 1 }).map(|_| instructions(&env, line, server));
        (format!("instructions: {line}"), counts.min().unwrap())
    };
    ["--version", "--help", "completion bash", "credentials list", "credentials list -o json"]
        .map(measured)
        .into()
}

/// What the stored figures of instructions were measured with, as far as they depend on it.
fn measured_with() -> [(&'static str, String); 3] {
    let first_line = |program: &str, argument: &str| {
        let output = Command::new(program).arg(argument).output();
        let said = output.map(|output| String::from_utf8_lossy(&output.stdout).into_owned());
        said.ok().and_then(|said| said.lines().next().map(str::to_owned)).unwrap_or_else(|| "unknown".into())
    };
    [
        ("architecture", std::env::consts::ARCH.to_owned()),
        ("compiler", first_line("rustc", "--version")),
        ("C library", first_line("ldd", "--version")),
    ]
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
        for (name, here) in measured_with() {
            stored[name] = value(here);
        }
        fs::write(STORED, stored.to_string()).unwrap();
        let beyond =
            |(name, most): &(&str, u64)| figures.iter().any(|(own, figure)| own == name && figure > most);
        if LIMITS.iter().any(beyond) {
            println!("\nThe program is larger than it may be: {LIMITS:?}");
            return ExitCode::FAILURE;
        }
        return ExitCode::SUCCESS;
    }
    let mut beyond = 0;
    let stored_text = |name: &str| stored.get(name).and_then(|item| item.as_str()).unwrap_or("unknown");
    let differs: Vec<String> = measured_with()
        .into_iter()
        .filter(|(name, here)| stored_text(name) != here)
        .map(|(name, here)| format!("{name}: {here}, stored with {}", stored_text(name)))
        .collect();
    let foreign = stored_text("architecture") != std::env::consts::ARCH;
    for (name, figure) in &figures {
        if foreign && name != "crates" {
            println!("NOT COMPARED  {name}: {figure}");
            continue;
        }
        let budget = stored.get(name).and_then(toml_edit::Item::as_integer);
        let (verdict, words) = judge(name, *figure, budget.and_then(|budget| u64::try_from(budget).ok()));
        beyond += usize::from(!["ok", "less"].contains(&verdict));
        println!("{verdict:<6} {name}: {figure}, {words}");
    }
    for line in &differs {
        println!("{line}");
    }
    if beyond == 0 {
        return ExitCode::SUCCESS;
    }
    println!(
        "\n{beyond} figures are beyond their budget. If that is meant, or only the compiler or the C library \
         is another: cargo bench --locked --bench budgets -- --write"
    );
    ExitCode::FAILURE
}

/// Whether a figure is within its budget and its limit, and in words how far from it.
fn judge(name: &str, figure: u64, budget: Option<u64>) -> (&'static str, String) {
    let limit = LIMITS.iter().find(|(limited, _)| *limited == name).map(|(_, most)| *most);
    if let Some(most) = limit.filter(|most| figure > *most) {
        return ("LIMIT", format!("at most {most}, whatever is stored"));
    }
    let Some(budget) = budget else { return ("NOT STORED", "without a budget".to_owned()) };
    #[expect(clippy::cast_precision_loss, reason = "a percentage is shown")]
    let change = (figure as f64 / budget as f64 - 1.0) * 100.0;
    let verdict = match change {
        change if change > TOLERANCE => "GROWN",
        change if change < -TOLERANCE => "less",
        _ => "ok",
    };
    (verdict, format!("stored {budget} ({change:+.1} %)"))
}
