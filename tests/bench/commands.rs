//! What whole commands cost: `cargo bench --locked --bench commands`.
//!
//! Builds with the release profile, serves sandboxes with credentials in them, and prints a table:
//! for each command the median CPU and wall time and the peak of memory, with the ratios to a floor
//! that is measured in the same run. A floor is a program that does only what cannot be left out: it
//! prints a line, or reads a command line; curl, which fetches the same list; ssh-keygen.
//!
//! Below the table stand the bars, each with what was measured; it fails where one is missed.
//!
//! `ANKRA_STATIC=PATH cargo bench --locked --bench commands` compares the static program at PATH (`.ci/release/static`) with
//! the ordinary one instead, and has no bars.

#![expect(clippy::unwrap_used, clippy::print_stdout, reason = "a benchmark ends where something is amiss")]

#[path = "bars.rs"]
mod bars;
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

use std::{
    env,
    ffi::OsStr,
    fs,
    path::{Path, PathBuf},
    process::{Command, ExitCode},
};

use bars::Bars;
use measure::{Cost, Floors};
use support::{Authority, Certificate, Env, Platform, TlsFront, need};

/// How many credentials there are.
const COUNTS: [usize; 4] = [10, 1_000, 20_000, 100_000];

/// Measures `ours` and `floor` in turn, and prints the row: the costs of both.
fn row(
    floors: &Floors,
    name: &str,
    runs: usize,
    ours: &Command,
    floor_name: &str,
    floor: &Command,
) -> (Cost, Cost) {
    let [cost, base] = floors.measure(runs, [ours, floor]);
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
    (cost, base)
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
    curl.arg(format!("{url}/api/v1/org/credentials"));
    curl
}

/// `sh -c` with a name that is new each time.
fn fresh(env: &Env, line: &str) -> Command {
    let mut run = env.program("/bin/sh").arg("-c").arg(line).command;
    run.current_dir(env.work());
    run
}

/// A file of trusted certificates as large as a system's, with that of `authority` in it.
fn trusted(env: &Env, authority: &Authority) -> PathBuf {
    let file = authority.file(env);
    let system = fs::read_to_string("/etc/ssl/certs/ca-certificates.crt").unwrap_or_default();
    fs::write(&file, system + &fs::read_to_string(&file).unwrap()).unwrap();
    file
}

/// What needs no platform.
fn alone(floors: &Floors, bars: &mut Bars) {
    let env = Env::new();
    let program = env.line("").command.get_program().to_string_lossy().into_owned();
    let clap = Command::new(floors.program("hello-clap"));
    let mut clap_help = Command::new(floors.program("hello-clap"));
    clap_help.arg("--help");
    for (line, name, floor) in [
        ("--version", "clap hello", &clap),
        ("--help", "clap hello --help", &clap_help),
        ("completion bash", "clap hello", &clap),
    ] {
        bars.start(line, name, row(floors, line, 200, &env.line(line).command, name, floor));
    }
    let hello = Command::new(floors.program("hello"));
    row(floors, "--version", 100, &env.line("--version").command, "hello", &hello);
    let ours = format!("exec {program} -q credentials ssh-key generate --private-key-file ours$$");
    let name = "credentials ssh-key generate";
    row(floors, name, 100, &fresh(&env, &ours), "ssh-keygen", &fresh(&env, KEYGEN));
    // ssh-keygen does not wait until a key is on the disk: where there is none, both do the same.
    let memory = tempfile::tempdir_in("/dev/shm").or_else(|_| tempfile::tempdir()).unwrap();
    let (mut ours, mut theirs) = (fresh(&env, &ours), fresh(&env, KEYGEN));
    ours.current_dir(memory.path());
    theirs.current_dir(memory.path());
    bars.key(row(floors, &format!("{name}, in memory"), 100, &ours, "ssh-keygen", &theirs));
}

/// `$$` makes the file's name new each time.
const KEYGEN: &str = "exec ssh-keygen -q -t ed25519 -N '' -f theirs$$";

/// What talks to a platform that has `count` credentials.
fn served(floors: &Floors, bars: &mut Bars, count: usize) {
    let env = Env::new();
    let platform = filled(&env, count);
    let (url, token) = (platform.url.as_str(), platform.admin.as_str());
    let runs = if count > 1_000 { 15 } else { 50 };
    let floor = curl(url, token, None);
    for format in ["table", "json", "name"] {
        let ours = ankra(&env, url, token, &format!("credentials list -o {format}"));
        let name = format!("credentials list -o {format}, {count}");
        bars.list(format, count, row(floors, &name, runs, &ours, "curl", &floor));
    }
    if count == 10 {
        let ours = ankra(&env, url, token, "credentials hetzner list");
        row(floors, "credentials hetzner list, 10", runs, &ours, "curl", &floor);
        let program = ours.get_program().to_string_lossy().into_owned();
        let line = format!(
            "ANKRA_BASE_URL={url} ANKRA_API_TOKEN={token} exec {program} -q credentials hetzner ssh-key create \
             --name k$$ --generate --private-key-file ours$$"
        );
        let (ours, theirs) = (fresh(&env, &line), fresh(&env, KEYGEN));
        row(floors, "hetzner ssh-key create --generate", 50, &ours, "ssh-keygen", &theirs);
    }
    if [10, 20_000].contains(&count) {
        let authority = Authority::new();
        let file = trusted(&env, &authority);
        let front = TlsFront::before(url, Some(&authority), &Certificate::default());
        let mut ours = ankra(&env, &front.url(), token, "credentials list -o json");
        ours.env("SSL_CERT_FILE", &file);
        let floor = curl(&front.url(), token, Some(&file));
        row(floors, &format!("credentials list -o json, {count}, TLS"), runs, &ours, "curl", &floor);
    }
}

/// The static program at `path`, with the ordinary one as its floor.
fn of_static(floors: &Floors, path: &OsStr) {
    let by_static = |ordinary: &Command| {
        let mut command = Command::new(path);
        command.args(ordinary.get_args()).env_clear();
        command.envs(ordinary.get_envs().filter_map(|(name, value)| Some((name, value?))));
        command
    };
    let compare = |name: &str, runs, ordinary: &Command| {
        row(floors, name, runs, &by_static(ordinary), "ordinary", ordinary);
    };
    let env = Env::new();
    compare("--version", 200, &env.line("--version").command);
    for count in &COUNTS[..3] {
        let platform = filled(&env, *count);
        for format in ["table", "json"] {
            let line = format!("credentials list -o {format}");
            let ordinary = ankra(&env, &platform.url, &platform.admin, &line);
            compare(&format!("{line}, {count}"), if *count > 1_000 { 15 } else { 50 }, &ordinary);
        }
    }
}

fn main() -> ExitCode {
    let floors = Floors::build();
    let mut bars = Bars::default();
    println!("\n| command | CPU ms | wall ms | peak MiB | floor | its CPU | its wall | CPU x | wall x |");
    println!("|---|---|---|---|---|---|---|---|---|");
    if let Some(path) = env::var_os("ANKRA_STATIC") {
        of_static(&floors, &path);
        return ExitCode::SUCCESS;
    }
    alone(&floors, &mut bars);
    for count in COUNTS {
        served(&floors, &mut bars, count);
    }
    if bars.tell() == 0 { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}
