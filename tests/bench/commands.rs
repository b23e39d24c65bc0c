//! What whole commands cost: `cargo bench --locked --bench commands`.
//!
//! Builds with the release profile, serves sandboxes with credentials in them, and prints a table:
//! for each command the median CPU and wall time and the peak of memory, with the ratios to a floor
//! that is measured in the same run. A floor is a program that does only what cannot be left out: it
//! prints a line, or reads a command line; curl, which fetches the same list; ssh-keygen.

#![expect(clippy::unwrap_used, clippy::print_stdout, reason = "a benchmark ends where something is amiss")]

#[path = "measure.rs"]
mod measure;
#[expect(
    dead_code,
    unreachable_pub,
    unused_imports,
    clippy::needless_pass_by_value,
    reason = "the tests use all of it"
)]
#[path = "../support/mod.rs"]
mod support;

use std::{path::Path, process::Command};

use measure::{Cost, Floors};
use support::{Authority, Certificate, Env, Platform, TlsFront, need};

/// How many credentials there are.
const COUNTS: [usize; 4] = [10, 1_000, 20_000, 100_000];

struct Table<'a> {
    floors: &'a Floors,
}

impl Table<'_> {
    /// Measures `ours` and `floor` in turn, and prints the row.
    fn row(&self, name: &str, runs: usize, ours: &Command, floor_name: &str, floor: &Command) -> Cost {
        let base = self.floors.measure(runs, floor);
        let cost = self.floors.measure(runs, ours);
        println!(
            "| `{name}` | {:.1} | {:.1} | {:.1} | {floor_name} | {:.1} | {:.1} | {:.2} | {:.2} |",
            cost.cpu,
            cost.wall,
            cost.memory,
            base.cpu,
            base.wall,
            cost.cpu / base.cpu,
            cost.wall / base.wall
        );
        cost
    }
}

/// A sandbox with `count` credentials.
fn filled(env: &Env, count: usize) -> Platform {
    let platform = Platform::start(env);
    let mut curl = Command::new(need("curl", "curl"));
    let header = format!("Authorization: Bearer {}", platform.admin);
    let body = format!("{{\"count\": {count}}}");
    curl.args(["-sf", "-H", &header, "-H", "Content-Type: application/json", "-d", &body]);
    let output = curl.arg(format!("{}/sandbox/fill", platform.url)).output().unwrap();
    assert!(output.status.success(), "{output:?}");
    platform
}

fn ankra(env: &Env, url: &str, token: &str, line: &str) -> Command {
    let run = env.line(line);
    let mut command = run.command;
    command.env("ANKRA_BASE_URL", url).env("ANKRA_API_TOKEN", token);
    command
}

fn curl(url: &str, token: &str, authority: Option<&Path>) -> Command {
    let mut curl = Command::new(need("curl", "curl"));
    curl.args(["-s", "-o", "/dev/null", "-H", &format!("Authorization: Bearer {token}")]);
    if let Some(file) = authority {
        curl.arg("--cacert").arg(file);
    }
    curl.arg(format!("{url}/api/v1/credentials"));
    curl
}

/// `sh -c` with a name that is new each time.
fn fresh(env: &Env, line: &str) -> Command {
    let mut run = env.program("/bin/sh").arg("-c").arg(line).command;
    run.current_dir(env.work());
    run
}

fn main() {
    let floors = Floors::build();
    let table = Table { floors: &floors };
    println!("\n| command | CPU ms | wall ms | peak MiB | floor | its CPU | its wall | CPU x | wall x |");
    println!("|---|---|---|---|---|---|---|---|---|");
    let env = Env::new();
    let program = env.line("").command.get_program().to_string_lossy().into_owned();
    let clap = Command::new(floors.program("hello-clap"));
    for line in ["--version", "--help", "completion bash"] {
        table.row(line, 100, &env.line(line).command, "clap hello", &clap);
    }
    table.row(
        "--version",
        100,
        &env.line("--version").command,
        "hello",
        &Command::new(floors.program("hello")),
    );
    table.row(
        "credentials ssh-key generate",
        100,
        &fresh(&env, &format!("exec {program} -q credentials ssh-key generate --private-key-file ours$$")),
        "ssh-keygen",
        &fresh(&env, "exec ssh-keygen -q -t ed25519 -N '' -f theirs$$"),
    );
    for count in COUNTS {
        let env = Env::new();
        let platform = filled(&env, count);
        let (url, token) = (platform.url.as_str(), platform.admin.as_str());
        let runs = if count > 1_000 { 15 } else { 50 };
        let floor = curl(url, token, None);
        for format in ["table", "json", "name"] {
            let ours = ankra(&env, url, token, &format!("credentials list -o {format}"));
            table.row(&format!("credentials list -o {format}, {count}"), runs, &ours, "curl", &floor);
        }
        if count == 10 {
            let ours = ankra(&env, url, token, "credentials hetzner list");
            table.row("credentials hetzner list, 10", runs, &ours, "curl", &floor);
            let line = format!(
                "ANKRA_BASE_URL={url} ANKRA_API_TOKEN={token} exec {program} -q credentials hetzner ssh-key create \
                 --name k$$ --generate --private-key-file ours$$"
            );
            let keygen = fresh(&env, "exec ssh-keygen -q -t ed25519 -N '' -f theirs$$");
            table.row("hetzner ssh-key create --generate", 50, &fresh(&env, &line), "ssh-keygen", &keygen);
        }
        if [10, 20_000].contains(&count) {
            let authority = Authority::new();
            let file = authority.file(&env);
            let front = TlsFront::before(url, Some(&authority), &Certificate::default());
            let mut ours = ankra(&env, &front.url(), token, "credentials list -o json");
            ours.env("SSL_CERT_FILE", &file);
            let floor = curl(&front.url(), token, Some(&file));
            table.row(&format!("credentials list -o json, {count}, TLS"), runs, &ours, "curl", &floor);
        }
    }
}
