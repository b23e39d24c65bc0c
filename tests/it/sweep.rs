//! Files that hold secrets, with every system call that writes them failed or cut short in turn.

use std::{
    fs,
    os::unix::fs::MetadataExt,
    path::{Path, PathBuf},
};

use serde_json::json;

use crate::{
    commands::registry::presets::ecr_password,
    support::{Answer, Env, FaultServer, Run, gate, unique},
};

/// More calls of one kind than any command makes.
const MANY: usize = 200;

/// Runs `run` under strace with the `nth` call of `syscall` met by `fault`; `None` once
/// there is no such call any more.
fn struck(env: &Env, run: Run, syscall: &str, fault: &str, nth: usize) -> Option<crate::support::Outcome> {
    let log = env.home().join("strace.log");
    let (trace, inject) = (format!("trace={syscall}"), format!("inject={syscall}:{fault}:when={nth}"));
    let options = ["-f", "-qq", "-o", log.to_str().unwrap(), "-e", &trace, "-e", &inject];
    let outcome = run.traced(&options).run();
    let text = fs::read_to_string(&log).unwrap();
    fs::remove_file(&log).unwrap();
    let struck = ["(INJECTED)", "killed by SIG", "--- SIG"].iter().any(|mark| text.contains(mark));
    struck.then_some(outcome)
}

/// What a struck command left behind, if it is not as it must be; `None` where no call was struck.
type Struck = Option<Result<(), String>>;

/// Every fault at every call, until there are no more calls. Each call must be made, or nothing is shown.
fn sweep(syscalls: &[&str], faults: &[&str], mut each: impl FnMut(&str, &str, usize) -> Struck) {
    for syscall in syscalls {
        for fault in faults {
            let struck: Vec<_> = (1..MANY).map_while(|nth| each(syscall, fault, nth)).collect();
            assert!(!struck.is_empty(), "{syscall} is never called");
            assert!(struck.len() + 1 < MANY, "{syscall}: the sweep has no end");
            let count = struck.len();
            let bad: Vec<String> = struck.into_iter().filter_map(Result::err).collect();
            gate("invalid states after a struck system call", bad.len(), count);
            assert!(bad.is_empty(), "{syscall} {fault}: {bad:?}");
        }
    }
}

/// What is wrong, unless `is_well`.
fn expect(is_well: bool, otherwise: impl FnOnce() -> String) -> Result<(), String> {
    if is_well { Ok(()) } else { Err(otherwise()) }
}

/// What is left over is unreadable to others, whatever happened; a public key may be read.
fn leftovers_are_private(folder: &Path) -> Result<(), String> {
    fs::read_dir(folder).unwrap().map(Result::unwrap).try_for_each(|entry| {
        let is_public = entry.file_name().to_string_lossy().contains("key.pub");
        let is_private = matches!(entry.metadata().unwrap().mode() & 0o077, 0);
        expect(is_public || is_private, || format!("others may read {}", entry.path().display()))
    })
}

const FAULTS: [&str; 5] = ["error=ENOSPC", "error=EDQUOT", "error=EFBIG", "error=EIO", "signal=SIGKILL"];

#[test]
fn h56_h57_h60_a_new_key_is_whole_or_not_there() {
    sweep(&["write", "fsync", "fchmod", "renameat2", "openat"], &FAULTS, |syscall, fault, nth| {
        let env = Env::new();
        let folder = env.home().join("keys");
        fs::create_dir(&folder).unwrap();
        let (private, public) = (folder.join("key"), folder.join("key.pub"));
        let run = env.line("credentials ssh-key generate --private-key-file").arg(&private);
        let outcome = struck(&env, run, syscall, fault, nth)?;
        let whole = |path: &Path, end: &str| {
            let text = fs::read_to_string(path).unwrap_or_default();
            expect(!path.exists() || text.ends_with(end), || format!("partial: {text}"))
        };
        let check = || {
            whole(&private, "-----END OPENSSH PRIVATE KEY-----\n")?;
            whole(&public, " key\n")?;
            expect(private.exists() || !public.exists(), || "a public key without its private key".into())?;
            leftovers_are_private(&folder)?;
            let done = private.exists() && public.exists();
            expect(done || outcome.code != Some(0), || format!("a false success: {outcome}"))?;
            expect(!outcome.stderr.contains("panicked"), || outcome.to_string())
        };
        Some(check())
    });
}

#[test]
fn h56_h57_h60_a_saved_login_is_the_old_one_or_the_new_one() {
    let server = FaultServer::with_organisation();
    let save = |env: &Env, token: &str| {
        env.line("login --with-token --api-token-stdin").env("ANKRA_BASE_URL", server.url()).stdin(token)
    };
    let (old, new) = (unique("old", 40), unique("new", 40));
    let check = |syscall: &str, fault: &str, nth: usize| {
        let env = Env::new();
        save(&env, &old).ok();
        let file = env.login_file();
        let before = fs::read_to_string(&file).unwrap();
        let outcome = struck(&env, save(&env, &new), syscall, fault, nth)?;
        let after = fs::read_to_string(&file).unwrap();
        let wanted = before.replace(&old, &new);
        let check = || {
            expect(after == before || after == wanted, || format!("neither old nor new: {after}"))?;
            leftovers_are_private(file.parent().unwrap())?;
            expect(after == wanted || outcome.code != Some(0), || format!("a false success: {outcome}"))
        };
        Some(check())
    };
    sweep(&["fsync", "renameat", "fchmod", "flock"], &FAULTS, check);
    // The runtime wakes itself by writes to a descriptor that cannot fail: these are only cut short.
    sweep(&["write"], &["signal=SIGKILL"], check);
}

/// The signals that a person, a service manager or a closed terminal ends a program with.
const SIGNALS: [(&str, i32); 4] =
    [("signal=SIGINT", 2), ("signal=SIGTERM", 15), ("signal=SIGHUP", 1), ("signal=SIGQUIT", 3)];

/// Sends each signal at each call that is made while an unfinished file may be there, and counts what stays of
/// such files in `folder`.
fn no_unfinished_file(syscalls: &[&str], world: &dyn Fn() -> (Env, Run, PathBuf)) {
    let (mut runs, mut left) = (0, Vec::new());
    for syscall in syscalls {
        for (fault, number) in SIGNALS {
            for nth in 1..MANY {
                let (env, run, folder) = world();
                let Some(outcome) = struck(&env, run, syscall, fault, nth) else {
                    assert!(nth > 1, "{syscall} is never called");
                    break;
                };
                runs += 1;
                assert_eq!(outcome.signal, Some(number), "{syscall} {fault} {nth}: {outcome}");
                let files = fs::read_dir(folder).into_iter().flatten().flatten();
                let names = files.map(|file| file.file_name().to_string_lossy().into_owned());
                left.extend(
                    names
                        .filter(|name| name.contains("tmp"))
                        .map(|name| format!("{syscall} {fault} {nth}: {name}")),
                );
            }
        }
    }
    gate("temporary files with a secret after a signal", left.len(), runs);
    assert!(left.is_empty(), "{left:?}");
}

#[test]
fn h110_a_signal_leaves_no_unfinished_key() {
    no_unfinished_file(&["fchmod", "write", "fsync", "renameat2", "flock", "getdents64", "openat"], &|| {
        let env = Env::in_memory();
        let folder = env.home().join("keys");
        fs::create_dir(&folder).unwrap();
        let run = env.line("credentials ssh-key generate --private-key-file").arg(folder.join("key"));
        (env, run, folder)
    });
}

#[test]
fn h110_a_signal_leaves_no_unfinished_login() {
    let server = FaultServer::with_organisation();
    no_unfinished_file(&["fchmod", "write", "fsync", "renameat", "flock", "getdents64", "openat"], &|| {
        let env = Env::in_memory();
        env.signed_in(&server.url(), "old-token");
        let folder = env.login_file().parent().unwrap().to_owned();
        let run = env.line("login --with-token --api-token-stdin").env("ANKRA_BASE_URL", server.url());
        (env, run.stdin("new-token"), folder)
    });
}

/// The calls that `run`, which succeeds, makes of those that write to disk, each with what it acts on.
fn calls(env: &Env, run: Run) -> Vec<String> {
    traced(env, run, 0)
}

/// As [`calls`], of a command that ends with `code`.
fn traced(env: &Env, run: Run, code: i32) -> Vec<String> {
    let log = env.home().join("strace.log");
    let which = "trace=write,fsync,renameat,renameat2,unlinkat";
    let options = ["-f", "-qq", "-y", "-o", log.to_str().unwrap(), "-e", which];
    run.traced(&options).fails(code);
    fs::read_to_string(&log).unwrap().lines().map(str::to_owned).collect()
}

/// What puts a file called `name` into `folder` by `rename`, so that a crash at any moment leaves all of it or
/// nothing, and what was done stays done.
fn durable(folder: &Path, rename: &str, name: &str) -> [Vec<String>; 4] {
    // The name it has until it is whole tells the file from others in the folder.
    let (file, folder) = (format!("/.{}.", name.trim_matches('"')), folder.display());
    [
        vec!["write(".into(), format!("<{folder}{file}")],
        vec!["fsync(".into(), format!("<{folder}{file}")],
        vec![rename.into(), name.into()],
        vec!["fsync(".into(), format!("<{folder}>")],
    ]
}

/// Fails unless there is a call with all of each `words`, one after the other.
fn in_order<S: AsRef<str>>(calls: &[String], steps: &[Vec<S>]) {
    let mut rest = calls.iter();
    for words in steps {
        let words: Vec<&str> = words.iter().map(AsRef::as_ref).collect();
        let found = rest.any(|call| words.iter().all(|word| call.contains(word)));
        assert!(found, "no {words:?} in its place:\n{}", calls.join("\n"));
    }
}

/// A name that points at bytes which are not on the disk yet could be all that a crash leaves.
#[test]
fn what_is_written_is_on_the_disk_before_it_has_its_name_and_its_name_is_too() {
    let env = Env::new();
    let server = FaultServer::with_organisation();
    let folder = env.login_file().parent().unwrap().to_owned();
    let above = format!("<{}>", folder.parent().unwrap().display());
    let folder = folder.display();
    let login = env.line("login --with-token --api-token-stdin").env("ANKRA_BASE_URL", server.url());
    let (file, closed) = (format!("<{folder}/"), format!("<{folder}>"));
    in_order(
        &calls(&env, login.stdin("a-token")),
        // The new folder has a name too, in the one above.
        &[
            vec!["fsync(", &above],
            vec!["write(", &file],
            vec!["fsync(", &file],
            vec!["renameat", "login.toml"],
            vec!["fsync(", &closed],
        ],
    );
    let keys = env.home().join("keys");
    fs::create_dir(&keys).unwrap();
    let run = env.line("credentials ssh-key generate --private-key-file").arg(keys.join("key"));
    in_order(&calls(&env, run), &durable(&keys, "renameat2", "\"key\""));
    // A start file, and the script that it names.
    let run = env.line("completion install --shell zsh --yes");
    let all = calls(&env, run);
    in_order(&all, &durable(&env.home().join(".local/share/zsh/site-functions"), "renameat", "_ankra"));
    in_order(&all, &durable(&env.home(), "renameat", ".zshrc"));
    // What is noted of a secret's end.
    let run = env.line("--sandbox credentials registry create --name x --preset ecr --password-stdin");
    let run = run.stdin(ecr_password(4_000_000_000));
    in_order(
        &calls(&env, run),
        &durable(&env.home().join(".local/share/ankra"), "renameat", "expiries.json"),
    );
    // A key that is taken back must not come again after a crash.
    let server = FaultServer::start();
    let path = "/api/v1/credentials/hetzner/ssh-key";
    server.on("POST", path, [Answer::json(409, json!({"detail": "taken"}))]);
    let line = "credentials hetzner ssh-key create --name x --generate --private-key-file";
    let run = server.ankra(&env, line).arg(keys.join("refused"));
    let closed = format!("<{}>", keys.display());
    in_order(&traced(&env, run, 8), &[vec!["unlinkat(", "\"refused\""], vec!["fsync(", &closed]]);
}
