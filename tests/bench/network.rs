//! What commands cost a user on a network: `cargo bench --locked --bench network`.
//!
//! Builds with the release profile, and serves the deployed routes over TLS behind a wire that takes 25 ms each way.
//! For each command it prints the wall time, and its ratio to the least that is possible: a connection, TLS, and as many
//! round trips as requests have to wait for one another. That is measured in the same run and on the same wire, by a
//! client that does nothing else and has its certificates at hand; for what is one request, curl is measured too.
//!
//! The wire is a proxy in this process, which keeps every byte that comes back for 25 ms. On this machine a connection is
//! there at once, and only root can have the system delay it, so the first bytes of each connection wait one round trip more.

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
#[path = "wire.rs"]
mod wire;

use std::{
    fs,
    path::{Path, PathBuf},
    process::{Command, ExitCode},
    time::Instant,
};

use measure::Floors;
use serde_json::{Value, json};
use support::{Answer, Authority, Certificate, Env, FaultServer, TlsFront, credential, deployed, id, need};
use wire::{Least, Wire};

/// How often each command runs.
const RUNS: usize = 20;

/// How much longer than the least a command may take whose requests need one connection.
const TO_LEAST: f64 = 1.1;

/// The same of one with six connections: TLS costs each of them some time.
const TO_LEAST_OF_SIX: f64 = 1.2;

/// How long an audit of 1,000 credentials and 200 registries may take, in milliseconds.
const AUDIT: f64 = 5_000.0;

const KEY: &str = "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIJdD7y3aLq454yWBdwLWbieU1ebz9/cu7/QEXn9OIeZJ me";

struct Row {
    line: &'static str,
    /// How many requests wait for one another.
    trips: usize,
    /// The path, where the command is one GET.
    path: Option<&'static str>,
    /// The most that it may take, in milliseconds: what the official CLI took on such a network.
    official: Option<f64>,
}

const fn row(line: &'static str, trips: usize) -> Row {
    Row { line, trips, path: None, official: None }
}

const ROWS: &[Row] = &[
    Row { path: Some("org/credentials"), official: Some(193.0), ..row("credentials list", 1) },
    Row { path: Some("org/credentials/ID"), ..row("credentials get ID", 1) },
    Row {
        path: Some("org/credentials/validate?credential_name=free"),
        ..row("credentials validate free", 1)
    },
    Row { path: Some("credentials/hetzner"), ..row("credentials hetzner list", 1) },
    row("--org acme-ltd credentials list", 1),
    row("credentials get my-cred", 2),
    row("credentials delete my-cred --yes", 2),
    row("credentials hetzner create --name new --api-token-from env:SECRET", 2),
    Row { official: Some(214.0), ..row("credentials hetzner ssh-key create --name new --public-key KEY", 2) },
    row("credentials registry create --name new --username u --password-from env:SECRET", 2),
    row("credentials registry get my-reg", 1),
    row("credentials registry update my-reg --password-from env:SECRET", 2),
    row("credentials registry delete my-reg --yes", 2),
    row("credentials ssh-key list", 1),
    row("status", 1),
];

fn main() -> ExitCode {
    let (env, floors, server) = (Env::new(), Floors::build(), deployed(None));
    let authority = Authority::new();
    let trusted = trusted(&env, &authority);
    let front = TlsFront::start(&server, Some(&authority), &Certificate::default());
    let wire = Wire::start(front.address());
    let url = format!("https://localhost:{}", wire.address().port());
    let least = Least::new(wire.address(), authority.der().0);
    println!("\n| command | trips | wall ms | least ms | x | curl ms | x | CPU ms | peak MiB |");
    println!("|---|---|---|---|---|---|---|---|---|");
    let mut bars = Vec::new();
    for row in ROWS {
        let ours = ankra(&env, &url, &trusted, row.line);
        let path = row.path.map(|path| path.replace("ID", &id(1)));
        let curl = path.as_ref().map(|path| curl(&format!("{url}/api/v1/{path}"), &trusted));
        let [cost, of_curl] = floors.measure(RUNS, [&ours, curl.as_ref().unwrap_or(&ours)]);
        let (wall, floor) = (cost.wall, least.measure(RUNS, row.trips));
        let beside = if curl.is_some() {
            format!("{:.1} | {:.2}", of_curl.wall, wall / of_curl.wall)
        } else {
            "- | -".to_owned()
        };
        let line = row.line.replace(KEY, "KEY");
        let (trips, ratio) = (row.trips, wall / floor);
        let own = format!("{:.1} | {:.1}", cost.cpu, cost.memory);
        println!("| `{line}` | {trips} | {wall:.1} | {floor:.1} | {ratio:.2} | {beside} | {own} |");
        let most = if row.line == "credentials ssh-key list" { TO_LEAST_OF_SIX } else { TO_LEAST };
        bars.push((format!("`{line}`, to the least"), ratio, most));
        bars.extend(row.official.map(|most| (format!("`{line}`, in ms"), wall, most)));
    }
    let wall = audit(&env, &authority, &trusted);
    println!("\n`credentials audit` of 1,000 credentials and 200 registries: {wall:.0} ms");
    bars.push(("`credentials audit` of 1,000 and 200, in ms".to_owned(), wall, AUDIT));
    println!("\nThe bars:");
    for (what, figure, most) in &bars {
        let verdict = if figure <= most { "ok" } else { "MISSED" };
        println!("{verdict:<6} {what}: {figure:.2}, at most {most:.2}");
    }
    if bars.iter().all(|(_, figure, most)| figure <= most) { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}

/// How long an audit takes that asks about each of 1,000 credentials, in milliseconds.
fn audit(env: &Env, authority: &Authority, trusted: &Path) -> f64 {
    let server = FaultServer::start();
    let one = |number: usize| {
        let provider = ["hetzner", "ovh", "registry", "hetzner_ssh_key"][number % 4];
        let mut one = credential(1, &format!("cred-{number}"), provider);
        one["id"] = format!("{number:08x}-0000-4000-8000-000000000000").into();
        one["clusters"] = json!([]);
        one
    };
    let all: Vec<Value> = (1..=1_000).map(one).collect();
    for one in &all {
        let path = format!("/api/v1/org/credentials/{}", one["id"].as_str().unwrap());
        server.on("GET", &path, [Answer::json(200, one.clone())]);
    }
    server.on("GET", "/api/v1/org/credentials", [Answer::json(200, all)]);
    let page = |first: usize| {
        let registry = |number: usize| json!({"name": format!("reg-{number}"), "credential_name": format!("cred-{number}")});
        let result: Vec<Value> = (first..first + 100).map(registry).collect();
        Answer::json(200, json!({"result": result, "pagination": {"total_count": 200}}))
    };
    server.on("GET", "/api/v1/org/helm/registries", [page(1), page(101)]);
    server.answers_if_asked([("GET", "/api/v1/org/organisation", Answer::json(200, json!([])))]);
    let front = TlsFront::start(&server, Some(authority), &Certificate::default());
    let wire = Wire::start(front.address());
    let url = format!("https://localhost:{}", wire.address().port());
    let start = Instant::now();
    let output = ankra(env, &url, trusted, "credentials audit -o json").output().unwrap();
    let wall = start.elapsed().as_secs_f64() * 1_000.0;
    let report: Value = serde_json::from_slice(&output.stdout).unwrap();
    assert_eq!((output.status.code(), &report["complete"]), (Some(0), &json!(true)), "{output:?}");
    assert_eq!(server.requests().len(), 1_004);
    wall
}

/// A file of trusted certificates as large as a system's, with that of `authority` in it.
fn trusted(env: &Env, authority: &Authority) -> PathBuf {
    let file = authority.file(env);
    let system = fs::read_to_string("/etc/ssl/certs/ca-certificates.crt").unwrap_or_default();
    fs::write(&file, system + &fs::read_to_string(&file).unwrap()).unwrap();
    file
}

fn ankra(env: &Env, url: &str, trusted: &Path, line: &str) -> Command {
    let line = line.replace("ID", &id(1));
    let words = line.split(' ').map(|word| if word == "KEY" { KEY } else { word });
    let mut command = env.ankra(words.collect::<Vec<_>>()).command;
    command.env("ANKRA_BASE_URL", url).env("ANKRA_API_TOKEN", "token").env("SSL_CERT_FILE", trusted);
    command.env("SECRET", "x".repeat(64));
    command
}

fn curl(url: &str, trusted: &Path) -> Command {
    let mut curl = Command::new(need("curl", "curl"));
    curl.args(["-sf", "-o", "/dev/null", "-H", "Authorization: Bearer token", "--cacert"])
        .arg(trusted)
        .arg(url);
    curl
}
