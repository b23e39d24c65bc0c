//! Files that hold secrets, with every system call that writes them failed or cut short in turn.

use std::{fs, os::unix::fs::MetadataExt, path::Path};

use crate::support::{Env, FaultServer, Run, gate, need, unique};

/// More calls of one kind than any command makes.
const MANY: usize = 200;

/// Runs `run` under strace with the `nth` call of `syscall` met by `fault`; `None` once
/// there is no such call any more.
fn struck(env: &Env, run: Run, syscall: &str, fault: &str, nth: usize) -> Option<crate::support::Outcome> {
    let log = env.home().join("strace.log");
    let (trace, inject) = (format!("trace={syscall}"), format!("inject={syscall}:{fault}:when={nth}"));
    let options = ["-f", "-qq", "-o", log.to_str().unwrap(), "-e", &trace, "-e", &inject];
    let outcome = run.under(need("strace", "strace"), &options).run();
    let text = fs::read_to_string(&log).unwrap();
    fs::remove_file(&log).unwrap();
    (text.contains("(INJECTED)") || text.contains("killed by SIGKILL")).then_some(outcome)
}

/// Every fault at every call, until there are no more calls.
fn sweep(syscalls: &[&str], faults: &[&str], mut each: impl FnMut(&str, &str, usize) -> bool) -> usize {
    let mut struck = 0;
    for syscall in syscalls {
        for fault in faults {
            let count = (1..MANY).take_while(|nth| each(syscall, fault, *nth)).count();
            assert!(count + 1 < MANY, "{syscall}: the sweep has no end");
            gate("invalid states after a struck system call", 0, count);
            struck += count;
        }
    }
    struck
}

/// What is left over is unreadable to others, whatever happened; a public key may be read.
fn leftovers_are_private(folder: &Path) {
    for entry in fs::read_dir(folder).unwrap() {
        let entry = entry.unwrap();
        if !entry.file_name().to_string_lossy().contains("key.pub") {
            assert_eq!(entry.metadata().unwrap().mode() & 0o077, 0, "{}", entry.path().display());
        }
    }
}

const FAULTS: [&str; 5] = ["error=ENOSPC", "error=EDQUOT", "error=EFBIG", "error=EIO", "signal=SIGKILL"];

#[test]
fn h56_h57_h60_a_new_key_is_whole_or_not_there() {
    let struck_times =
        sweep(&["write", "fsync", "fchmod", "renameat2", "openat"], &FAULTS, |syscall, fault, nth| {
            let env = Env::new();
            let folder = env.home().join("keys");
            fs::create_dir(&folder).unwrap();
            let (private, public) = (folder.join("key"), folder.join("key.pub"));
            let run = env.line("credentials ssh-key generate --private-key-file").arg(&private);
            let outcome = struck(&env, run, syscall, fault, nth);
            let whole = |path: &Path, end: &str| {
                let text = fs::read_to_string(path).unwrap();
                assert!(text.ends_with(end), "{syscall} {fault} {nth}: partial: {text}");
            };
            if private.exists() {
                whole(&private, "-----END OPENSSH PRIVATE KEY-----\n");
            }
            if public.exists() {
                whole(&public, " key\n");
                assert!(private.exists(), "{syscall} {fault} {nth}: a public key without its private key");
            }
            leftovers_are_private(&folder);
            if let Some(outcome) = &outcome {
                let done = private.exists() && public.exists();
                assert!(
                    done || outcome.code != Some(0),
                    "{syscall} {fault} {nth}: a false success: {outcome}"
                );
                assert!(!outcome.stderr.contains("panicked"), "{syscall} {fault} {nth}: {outcome}");
            }
            outcome.is_some()
        });
    assert!(struck_times > 20, "the sweep struck {struck_times} times only");
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
        let file = env.home().join(".config/ankra/login.toml");
        let before = fs::read_to_string(&file).unwrap();
        let outcome = struck(&env, save(&env, &new), syscall, fault, nth);
        let after = fs::read_to_string(&file).unwrap();
        let wanted = before.replace(&old, &new);
        assert!(after == before || after == wanted, "{syscall} {fault} {nth}: {after}");
        leftovers_are_private(file.parent().unwrap());
        if let Some(outcome) = &outcome {
            assert!(
                after == wanted || outcome.code != Some(0),
                "{syscall} {fault} {nth}: a false success: {outcome}"
            );
        }
        outcome.is_some()
    };
    let mut struck_times = sweep(&["fsync", "renameat", "fchmod", "flock"], &FAULTS, check);
    // The runtime wakes itself by writes to a descriptor that cannot fail: these are only cut short.
    struck_times += sweep(&["write"], &["signal=SIGKILL"], check);
    assert!(struck_times > 10, "the sweep struck {struck_times} times only");
}
