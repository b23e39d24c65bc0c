//! What stays of a secret in the program's memory, and who may look there.

use std::{
    collections::HashMap,
    fs::{self, File},
    os::unix::{fs::FileExt, process::CommandExt},
    process::{Command, Stdio},
};

use ankra::testing::providers::ALL;
use base64ct::{Base64, Encoding};
use rustix::process::geteuid;
use serde_json::json;

use crate::support::{
    Answer, Ended, Env, FaultServer, Run, Step, await_that, create_line, figure, hetzner_token, need, unique,
    usual_value,
};

/// Copies of a secret in memory while its request waits for an answer. These may only fall:
/// what is left is the secret itself, the body, and what the HTTP client and its buffers keep.
const TOKEN_BUDGET: usize = 5;
const SECRET_BUDGET: usize = 2;

/// So much of a secret is no chance.
const PIECE: usize = 16;

const HETZNER: &str = "/api/v1/credentials/hetzner";

/// Starts `run` and waits until the server holds its request `line`, a method and a path.
fn held(server: &FaultServer, mut run: Run, line: &str) -> Ended {
    let input = run.input();
    run.command.stdin(Stdio::piped()).stdout(Stdio::null()).stderr(Stdio::inherit());
    let mut child = Ended(run.command.spawn().unwrap());
    let mut stdin = child.stdin.take().unwrap();
    std::io::Write::write_all(&mut stdin, &input.unwrap_or_default()).unwrap();
    drop(stdin);
    await_that(
        || {
            let has_come = server.lines().iter().any(|one| one == line);
            assert!(has_come || child.try_wait().unwrap().is_none(), "no {line} came: {:?}", server.lines());
            has_come.then_some(())
        },
        || format!("no {line} comes: {:?}", server.lines()),
    );
    child
}

/// How often `secret` stands in the writable memory of `pid`.
fn copies(pid: u32, secret: impl AsRef<[u8]>) -> usize {
    let secret = secret.as_ref();
    let memory = File::open(format!("/proc/{pid}/mem")).unwrap();
    let maps = fs::read_to_string(format!("/proc/{pid}/maps")).unwrap();
    let mut count = 0;
    for line in maps.lines().filter(|line| line.contains(" rw")) {
        let (start, end) = line.split(' ').next().unwrap().split_once('-').unwrap();
        let (start, end) = (u64::from_str_radix(start, 16).unwrap(), u64::from_str_radix(end, 16).unwrap());
        let mut bytes = vec![0; usize::try_from(end - start).unwrap()];
        // A page that was given back in the meantime holds nothing.
        let read = memory.read_at(&mut bytes, start).unwrap_or(0);
        count += bytes[..read].windows(secret.len()).filter(|window| *window == secret).count();
    }
    count
}

/// Runs the test `name` again as root of a user namespace, where memory may be looked at.
fn again_as_root(name: &str) {
    let output = Command::new(need("unshare", "util-linux"))
        .arg("--map-root-user")
        .arg(std::env::current_exe().unwrap())
        .args(["--exact", name, "--nocapture"])
        .output()
        .unwrap();
    let said = String::from_utf8_lossy(&output.stdout);
    assert!(
        output.status.success() && said.contains("1 passed"),
        "run this test as root, or allow user namespaces: {said}{}",
        String::from_utf8_lossy(&output.stderr)
    );
}

#[test]
fn h87_no_more_copies_of_a_secret_than_the_budget() {
    if !geteuid().is_root() {
        return again_as_root("memory::h87_no_more_copies_of_a_secret_than_the_budget");
    }
    let env = Env::new();
    let server = FaultServer::start();
    server.on("POST", HETZNER, [Answer::silence()]);
    let (token, secret) = (unique("tok", 64), hetzner_token());
    let run = env
        .line("credentials hetzner create --name my-token --api-token-stdin")
        .env("ANKRA_BASE_URL", server.url())
        .env("ANKRA_API_TOKEN", &token)
        .stdin(format!("{secret}\n"));
    let mut child = held(&server, run, &format!("POST {HETZNER}"));
    let (secrets, tokens) = (copies(child.id(), &secret), copies(child.id(), &token));
    child.kill().unwrap();
    child.wait().unwrap();
    figure("copies of a secret in memory", format!("{secrets} (budget {SECRET_BUDGET})"));
    figure("copies of the API token in memory", format!("{tokens} (budget {TOKEN_BUDGET})"));
    assert!((1..=SECRET_BUDGET).contains(&secrets), "{secrets} copies of the secret");
    assert!((1..=TOKEN_BUDGET).contains(&tokens), "{tokens} copies of the API token");
}

/// How often a piece of `secret` stands in the writable memory of `pid`. The allocator overwrites the beginning of what is
/// freed, which would hide a copy that nobody wiped.
fn pieces(pid: u32, secret: &str) -> usize {
    let last = secret.len().saturating_sub(PIECE);
    (0..=last)
        .step_by(PIECE / 2)
        .chain([last])
        .map(|at| copies(pid, &secret[at..secret.len().min(at + PIECE)]))
        .sum()
}

/// Once it is stored, the program has no need of it.
#[test]
fn h87_every_secret_is_wiped_as_soon_as_it_is_sent() {
    if !geteuid().is_root() {
        return again_as_root("memory::h87_every_secret_is_wiped_as_soon_as_it_is_sent");
    }
    let bundle = |secrets: &[(&str, String)]| {
        json!(secrets.iter().map(|(name, text)| (*name, text)).collect::<HashMap<_, _>>()).to_string()
    };
    let (password, passphrase) = (vec![("password", unique("w", 64))], unique("w", 64));
    let line = "registry create --name mine --username octocat --preset generic --secrets-from stdin";
    let mut all = vec![
        (line.to_owned(), bundle(&password), password, "GET /api/v1/org/helm/credentials/mine".to_owned()),
        // It is needed for the file alone, which is there before the public key is sent.
        (
            "hetzner ssh-key create --name mine --generate --passphrase-from stdin".to_owned(),
            passphrase.clone(),
            vec![("passphrase", passphrase)],
            "POST /api/v1/credentials/hetzner/ssh-key".to_owned(),
        ),
    ];
    for provider in ALL {
        let secrets = provider.secrets.iter().filter(|field| field.group.is_none());
        let secrets: Vec<_> = secrets.map(|field| (field.name, usual_value(field))).collect();
        let line = create_line(provider, "mine").replacen("credentials ", "", 1) + " --secrets-from stdin";
        let path = format!("GET /api/v1/credentials/{}", provider.slug);
        all.push((line, bundle(&secrets), secrets, path));
    }
    for (line, input, secrets, last) in all {
        let (env, server) = (Env::new(), FaultServer::start());
        server.on_every_write(Answer::done());
        let (method, path) = last.split_once(' ').unwrap();
        server.on(method, path, [Answer::silence()]);
        let child = held(&server, server.ankra(&env, &format!("credentials {line}")).stdin(input), &last);
        for (name, secret) in &secrets {
            assert_eq!(pieces(child.id(), secret), 0, "pieces of the {name} after it was used: {line}");
        }
    }
}

/// When a key is written, the program has no need of its private half.
#[test]
fn h87_a_private_key_is_wiped_as_soon_as_it_is_written() {
    if !geteuid().is_root() {
        return again_as_root("memory::h87_a_private_key_is_wiped_as_soon_as_it_is_written");
    }
    let env = Env::new();
    let server = FaultServer::start();
    let path = "/api/v1/credentials/hetzner/ssh-key";
    server.on("POST", path, [Answer::silence()]);
    let file = env.home().join("key");
    let run = server.ankra(&env, "credentials hetzner ssh-key create --name my-key --generate");
    let run = run.arg("--private-key-file").arg(&file);
    let child = held(&server, run, &format!("POST {path}"));
    let text = fs::read_to_string(&file).unwrap();
    let body: String = text.lines().filter(|line| !line.starts_with("-----")).collect();
    let bytes = Base64::decode_vec(&body).unwrap();
    // The seed stands before the public half, in one string of 64 bytes.
    let at = bytes.windows(4).position(|length| length == [0, 0, 0, 64]).unwrap() + 4;
    let seed = &bytes[at..at + 32];
    let text_of_it: String = body.chars().skip(at * 4 / 3 + 4).take(32).collect();
    let (seeds, texts) = (copies(child.id(), seed), copies(child.id(), &text_of_it));
    figure("copies of a private key in memory once it is written", seeds + texts);
    assert_eq!((seeds, texts), (0, 0));
}

#[test]
fn h09_h10_an_answer_cannot_fill_the_memory() {
    let env = Env::new();
    // One element that never ends, and the same said to be compressed.
    for encoding in ["", "content-encoding: gzip\r\n"] {
        let head = format!("HTTP/1.1 200 OK\r\ncontent-type: application/json\r\n{encoding}\r\n[{{\"a\":\"");
        let answer = Answer::Script(vec![Step::Write(head.into_bytes()), Step::Endless(vec![b'x'; 65_536])]);
        let server = FaultServer::start();
        server.on("GET", "/api/v1/org/credentials", [answer]);
        let run = server.ankra(&env, "credentials list --timeout 60");
        // Beyond this the program would be refused memory, and abort.
        let outcome = run.under(need("prlimit", "util-linux"), &["--data=67108864"]).run();
        assert_eq!(outcome.code, Some(1), "{outcome}");
        outcome.says(&["error: cannot list the credentials"]);
    }
}

#[test]
fn h86_core_dumps_are_off_and_others_cannot_look() {
    let env = Env::new();
    let server = FaultServer::start();
    server.on("GET", "/api/v1/org/credentials", [Answer::silence()]);
    let mut run = env
        .line("credentials list")
        .env("ANKRA_BASE_URL", server.url())
        .env("ANKRA_API_TOKEN", unique("tok", 64));
    // A user without privileges looks at a process of its own.
    let nobody = 65_534;
    if geteuid().is_root() {
        for path in [env.home().parent().unwrap(), &env.home(), &env.work()] {
            std::os::unix::fs::chown(path, Some(nobody), Some(nobody)).unwrap();
        }
        run = run.readable_program();
        run.command.uid(nobody).gid(nobody);
    }
    let mut child = held(&server, run, "GET /api/v1/org/credentials");
    let limits = fs::read_to_string(format!("/proc/{}/limits", child.id()));
    let look = |file: &str| {
        let mut look = Command::new("cat");
        look.arg(format!("/proc/{}/{file}", child.id())).stdout(Stdio::null()).stderr(Stdio::null());
        if geteuid().is_root() {
            look.uid(nobody).gid(nobody);
        }
        look.status().unwrap().success()
    };
    let seen = [look("environ"), look("mem"), look("maps")];
    child.kill().unwrap();
    child.wait().unwrap();
    assert_eq!(seen, [false; 3], "environ, mem, maps");
    let limits = limits.unwrap();
    let core = limits.lines().find(|line| line.starts_with("Max core file size")).unwrap();
    assert_eq!(core.split_whitespace().nth(4), Some("0"), "{core}");
}
