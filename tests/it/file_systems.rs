//! Files on file systems that lack something, under limits, and beside what others left or hold.

use std::{
    fs::{self, File},
    os::unix::fs::{MetadataExt, PermissionsExt},
    path::Path,
    thread,
};

use crate::support::{Env, FaultServer, Outcome, Run, await_that, gate, need, unique, write_private};

/// Runs `run` with these system calls met by faults.
pub fn lacking(env: &Env, run: Run, faults: &[&str]) -> Outcome {
    let log = env.home().join("strace.log");
    let mut options = vec!["-f".to_owned(), "-qq".into(), "-o".into(), log.display().to_string()];
    options.extend(faults.iter().flat_map(|fault| ["-e".to_owned(), format!("inject={fault}")]));
    let options: Vec<&str> = options.iter().map(String::as_str).collect();
    let outcome = run.traced(&options).run();
    // strace does not mark an answer that it changed.
    let met = fs::read_to_string(&log).unwrap().contains("(INJECTED)") || faults[0].contains("poke_exit");
    assert!(met, "no fault was met: {faults:?}: {outcome}");
    fs::remove_file(&log).unwrap();
    outcome
}

/// The fault of a file system that takes `fchmod` and has every file readable by all.
fn open_to_all() -> String {
    // The beginning of `struct stat`: device, inode, then links and mode, or mode and links.
    let stat = if cfg!(target_arch = "x86_64") {
        "0100000000000000a481000000000000"
    } else {
        "a4810000010000000000000000000000"
    };
    format!("fstat:poke_exit=@arg2=00000000000000000000000000000000{stat}:when=2")
}

pub fn login(env: &Env, server: &FaultServer, token: &str) -> Run {
    env.line("login --with-token --api-token-stdin").env("ANKRA_BASE_URL", server.url()).stdin(token)
}

pub fn generate(env: &Env, path: &Path) -> Run {
    env.line("credentials ssh-key generate --private-key-file").arg(path)
}

/// The names in a folder, without the strace log of this test.
pub fn names(folder: &Path) -> Vec<String> {
    let entries = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().file_name());
    let mut names: Vec<String> = entries.map(|name| name.into_string().unwrap()).collect();
    names.sort();
    names
}

#[test]
fn h109_a_file_system_without_locks_is_told_of_and_used() {
    for errno in ["ENOLCK", "ENOSYS", "EOPNOTSUPP"] {
        let (env, server) = (Env::new(), FaultServer::with_organisation());
        let outcome = lacking(&env, login(&env, &server, "a-token"), &[&format!("flock:error={errno}")]);
        assert_eq!(outcome.code, Some(0), "{outcome}");
        outcome.says(&["warning: the file system of ", "login.toml has no locks"]);
        assert!(fs::read_to_string(env.login_file()).unwrap().contains("a-token"));
    }
}

#[test]
fn h109_a_folder_that_cannot_be_synced_is_told_of_and_used() {
    for errno in ["EINVAL", "EPERM", "EACCES", "EOPNOTSUPP"] {
        let (env, server) = (Env::new(), FaultServer::with_organisation());
        fs::create_dir_all(env.login_file().parent().unwrap()).unwrap();
        let fault = format!("fsync:error={errno}:when=2");
        let outcome = lacking(&env, login(&env, &server, "a-token"), &[&fault]);
        assert_eq!(outcome.code, Some(0), "{outcome}");
        outcome.says(&["cannot sync a folder"]);
        assert!(fs::read_to_string(env.login_file()).unwrap().contains("a-token"));
    }
}

#[test]
fn h109_a_new_folder_that_cannot_be_synced_is_used_and_one_that_a_disk_fails_to_keep_is_not() {
    for (errno, code) in
        [("EINVAL", 0), ("EPERM", 0), ("EACCES", 0), ("ENOSYS", 0), ("EIO", 1), ("ENOSPC", 1)]
    {
        let (env, server) = (Env::new(), FaultServer::with_organisation());
        assert!(!env.login_file().parent().unwrap().exists());
        let fault = format!("fsync:error={errno}:when=1");
        let outcome = lacking(&env, login(&env, &server, "a-token"), &[&fault]);
        assert_eq!(outcome.code, Some(code), "{errno}: {outcome}");
        assert_eq!(env.login_file().exists(), code == 0, "{errno}");
        outcome.says(if code == 0 { &[] } else { &["cannot create the folder "] });
    }
}

#[test]
fn h109_where_permissions_cannot_be_set_what_counts_is_who_can_read_it() {
    let server = FaultServer::with_organisation();
    for errno in ["EPERM", "EOPNOTSUPP"] {
        let env = Env::new();
        let fault = format!("fchmod:error={errno}");
        let outcome = lacking(&env, login(&env, &server, "a-token"), &[&fault]);
        assert_eq!(outcome.code, Some(0), "{outcome}");
        outcome.says(&["keeps no permissions", "it is yours alone"]);
        let key = env.home().join("key");
        let outcome = lacking(&env, generate(&env, &key), &[&fault]);
        assert_eq!(outcome.code, Some(0), "{outcome}");
        assert_eq!(outcome.says(&["keeps no permissions"]).stderr.matches("warning").count(), 1, "{outcome}");
        assert_eq!(fs::metadata(key).unwrap().mode() & 0o777, 0o600);
    }
}

#[test]
fn h109_a_private_key_that_all_could_read_is_not_written() {
    let env = Env::new();
    let folder = env.home().join("keys");
    fs::create_dir(&folder).unwrap();
    let outcome = lacking(&env, generate(&env, &folder.join("key")), &[&open_to_all()]);
    assert_eq!(outcome.code, Some(1), "{outcome}");
    outcome.says(&["keeps no permissions", "choose a path on another file system", "umask=077"]);
    assert_eq!(names(&folder), [""; 0]);
}

#[test]
fn h109_a_login_that_all_could_read_needs_a_folder_that_keeps_them_away() {
    let server = FaultServer::with_organisation();
    for (mode, code) in [(0o700, 0), (0o755, 1)] {
        let env = Env::new();
        let folder = env.login_file().parent().unwrap().to_owned();
        fs::create_dir_all(&folder).unwrap();
        fs::set_permissions(&folder, fs::Permissions::from_mode(mode)).unwrap();
        let outcome = lacking(&env, login(&env, &server, "a-token"), &[&open_to_all()]);
        assert_eq!(outcome.code, Some(code), "{outcome}");
        outcome.says(&["keeps no permissions"]);
        assert_eq!(env.login_file().exists(), code == 0);
        assert!(!names(&folder).iter().any(|name| name.contains("tmp")), "{:?}", names(&folder));
    }
}

#[test]
fn h109_a_file_system_that_cannot_create_exclusively_is_called_that() {
    let env = Env::new();
    let folder = env.home().join("keys");
    fs::create_dir(&folder).unwrap();
    let path = folder.join("key");
    // As on NFS: a link does what the rename cannot.
    let outcome = lacking(&env, generate(&env, &path), &["renameat2:error=EINVAL"]);
    assert_eq!(outcome.code, Some(0), "{outcome}");
    assert_eq!(names(&folder), ["key", "key.pub"]);
    let other = folder.join("other");
    for errno in ["EPERM", "EOPNOTSUPP", "ENOSYS"] {
        let faults = ["renameat2:error=EINVAL", &format!("linkat:error={errno}")];
        let outcome = lacking(&env, generate(&env, &other), &faults);
        assert_eq!(outcome.code, Some(1), "{outcome}");
        outcome.says(&["can neither rename nor link a file", "choose a path on another file system"]);
        assert_eq!(names(&folder), ["key", "key.pub"]);
    }
}

/// The command with files of at most `size` bytes.
fn limited(run: Run, size: u32) -> Outcome {
    run.under(need("prlimit", "util-linux"), &[&format!("--fsize={size}")]).run()
}

#[test]
fn h56_h110_a_file_size_limit_is_an_error_and_leaves_nothing() {
    let server = FaultServer::with_organisation();
    let mut left = 0;
    for size in [0, 1, 50, 90] {
        let env = Env::new();
        login(&env, &server, "old-token").ok();
        let before = fs::read(env.login_file()).unwrap();
        let folder = env.login_file().parent().unwrap().to_owned();
        let beside = names(&folder);
        let outcome = limited(login(&env, &server, &unique("new", 90)), size);
        assert_eq!((outcome.code, outcome.signal), (Some(1), None), "{outcome}");
        outcome.says(&["File too large"]);
        assert_eq!(fs::read(env.login_file()).unwrap(), before);
        left += usize::from(names(&folder) != beside);

        let keys = env.home().join("keys");
        fs::create_dir(&keys).unwrap();
        let outcome = limited(generate(&env, &keys.join("key")), size);
        assert_eq!((outcome.code, outcome.signal), (Some(1), None), "{outcome}");
        outcome.says(&["File too large"]);
        left += names(&keys).len();
    }
    gate("files left by a file-size limit", left, 8);
    assert_eq!(left, 0);
}

#[test]
fn h56_h110_a_file_size_limit_is_an_error_of_the_sandbox_and_of_what_is_printed() {
    let env = Env::new();
    let outcome = limited(env.line("--sandbox credentials list"), 4_096);
    assert_eq!((outcome.code, outcome.signal), (Some(1), None), "{outcome}");
    env.line("--sandbox sandbox reset --yes").ok();
    env.line("--sandbox credentials list").ok();
    let shell = env.program("sh").env("A", crate::support::ankra_path());
    let shell = shell.arg("-c").arg("\"$A\" completion bash >printed");
    let outcome = limited(shell, 100);
    assert_eq!((outcome.code, outcome.signal), (Some(1), None), "{outcome}");
    outcome.says(&["File too large"]);
    fs::remove_file(env.work().join("printed")).unwrap();
}

#[test]
fn h110_what_a_killed_writer_left_is_swept_by_the_next_and_by_logout() {
    let server = FaultServer::with_organisation();
    let env = Env::new();
    let folder = env.login_file().parent().unwrap().to_owned();
    let beside = |name: &str| folder.join(name);
    let stale = [".login.toml.295470dfdab70160.tmp", ".login.toml.0000000000000001.tmp"].map(beside);
    let other = [".config.toml.295470dfdab70160.tmp", ".login.toml.swp"].map(beside);
    let plant = || {
        for file in stale.iter().chain(&other) {
            write_private(file, "token = \"SECRET\"");
        }
    };
    let gone = || stale.iter().all(|file| !file.exists()) && other.iter().all(|file| file.exists());

    plant();
    env.line("logout --local").ok();
    assert!(gone(), "without a token: {:?}", names(&folder));
    plant();
    login(&env, &server, "a-token").ok();
    assert!(gone(), "by a sign-in: {:?}", names(&folder));
    plant();
    env.line("logout --local").env("ANKRA_BASE_URL", server.url()).ok();
    assert!(gone(), "by a sign-out: {:?}", names(&folder));

    // One that is being written is another's.
    plant();
    let writer = File::options().write(true).open(&stale[0]).unwrap();
    writer.lock().unwrap();
    login(&env, &server, "a-token").ok();
    assert!(stale[0].exists() && !stale[1].exists(), "{:?}", names(&folder));
}

#[test]
fn h110_what_a_killed_writer_left_of_a_key_is_swept_by_the_next() {
    let env = Env::new();
    let folder = env.home().join("keys");
    let stale = [".key.295470dfdab70160.tmp", ".key.pub.295470dfdab70160.tmp"].map(|name| folder.join(name));
    for file in &stale {
        write_private(file, "SECRET");
    }
    generate(&env, &folder.join("key")).ok();
    assert_eq!(names(&folder), ["key", "key.pub"]);
}

#[test]
fn h116_a_lock_that_is_not_given_back_ends_the_wait_in_time() {
    let (env, server) = (Env::new(), FaultServer::with_organisation());
    login(&env, &server, "old-token").ok();
    let before = fs::read(env.login_file()).unwrap();
    let lock = env.login_file().with_file_name(".login.toml.lock");
    let held = File::options().write(true).open(&lock).unwrap();
    held.lock().unwrap();
    let waiting = login(&env, &server, "new-token").arg("--timeout").arg("4").fails(5);
    waiting.says(&[
        "warning: waiting for another ankra, which is changing ",
        "login.toml is in use by another process",
        &format!("it holds the lock {}", lock.display()),
        "look for an ankra process that is stopped",
    ]);
    assert_eq!(waiting.stderr.matches("waiting for another").count(), 1, "{waiting}");
    assert_eq!(fs::read(env.login_file()).unwrap(), before);
    drop(held);
    let quick = login(&env, &server, "new-token").ok();
    assert!(!quick.stderr.contains("waiting"), "{quick}");
}

/// What `line` says on stderr of files that others can get at.
fn told(env: &Env, line: &str) -> Vec<String> {
    let stderr = env.line(line).run().stderr;
    let is_told = |line: &&str| line.starts_with("warning: ") && (line.contains("other user"));
    stderr.lines().filter(is_told).map(str::to_owned).collect()
}

fn set(path: &Path, mode: u32) {
    fs::set_permissions(path, fs::Permissions::from_mode(mode)).unwrap();
}

#[test]
fn h111_every_file_that_decides_where_a_token_goes_is_looked_at() {
    const LINE: &str = "credentials list --timeout 1";
    let own = ".config/ankra/config.toml";
    let address = "base-url = \"http://127.0.0.1:1\"";
    let login = "[default]\nbase-url = \"http://127.0.0.1:1\"\ntoken = \"t\"";
    let yaml = "base-url: http://127.0.0.1:1";
    let with_token = "base-url: http://127.0.0.1:1\ntoken: t";
    let named = format!("{LINE} --config ~/named/config.toml");
    for (line, path, text, bad, good) in [
        (LINE, own, address, &[0o666, 0o620, 0o602][..], 0o644),
        (named.as_str(), "named/config.toml", address, &[0o666, 0o622], 0o644),
        (LINE, ".config/ankra/login.toml", login, &[0o644, 0o640, 0o666], 0o600),
        (LINE, ".ankra.yaml", yaml, &[0o666], 0o644),
        (LINE, ".ankra.yaml", with_token, &[0o644, 0o666], 0o600),
    ] {
        let env = Env::new();
        let file = env.home().join(path);
        write_private(&file, text);
        for mode in bad {
            set(&file, *mode);
            let said = told(&env, line);
            assert!(
                said.len() == 1 && said[0].contains(path) && said[0].contains("chmod"),
                "{mode:o}: {said:?}"
            );
        }
        set(&file, good);
        assert_eq!(told(&env, line), [""; 0], "{path}");
        let folder = file.parent().unwrap();
        set(folder, 0o777);
        let said = told(&env, line);
        assert!(said.len() == 1 && said[0].contains("in the folder"), "{path}: {said:?}");
        set(folder, 0o755);
    }
    // Two files in one folder have one fault.
    let env = Env::new();
    write_private(&env.home().join(own), address);
    write_private(&env.login_file(), login);
    set(env.login_file().parent().unwrap(), 0o777);
    assert_eq!(told(&env, LINE).len(), 1);
}

#[test]
fn h111_what_the_sandbox_keeps_is_looked_at() {
    const LINE: &str = "--sandbox credentials list";
    let env = Env::new();
    env.line(LINE).ok();
    let folder = env.home().join(".local/share/ankra/sandbox");
    for (path, bad, good) in [("key", 0o644, 0o600), ("state.redb", 0o666, 0o600), (".", 0o777, 0o700)] {
        set(&folder.join(path), bad);
        for line in [LINE, "sandbox env"] {
            let said = told(&env, line);
            assert_eq!(said.len(), 1, "{path}: {said:?}");
        }
        set(&folder.join(path), good);
        assert_eq!(told(&env, LINE), [""; 0]);
    }
}

#[test]
fn h109_h116_the_sandbox_waits_for_its_lock_in_time_and_cannot_do_without() {
    let env = Env::new();
    env.line("--sandbox credentials list").ok();
    let lock = env.home().join(".local/share/ankra/sandbox/lock");
    let held = File::options().write(true).open(&lock).unwrap();
    held.lock().unwrap();
    for line in ["--sandbox credentials list --timeout 4", "sandbox env --timeout 4"] {
        env.line(line).fails(5).says(&[
            "warning: waiting for another ankra, which uses the sandbox",
            "the sandbox's state is in use by another process",
            &format!("it holds the lock {}", lock.display()),
        ]);
    }
    drop(held);
    let outcome = lacking(&env, env.line("--sandbox credentials list"), &["flock:error=ENOLCK"]);
    assert_eq!(outcome.code, Some(1), "{outcome}");
    outcome.says(&["the sandbox cannot lock", "XDG_DATA_HOME"]);
}

#[test]
fn h53_a_folder_that_is_replaced_between_the_two_files_of_a_key_is_noticed() {
    let env = Env::new();
    let at = |name: &str| env.home().join(name);
    fs::create_dir(at("real")).unwrap();
    fs::create_dir(at("other")).unwrap();
    // The first file has its name for two seconds before the second is begun.
    let options = ["-f", "-qq", "-o", "/dev/null", "-e", "inject=renameat2:delay_exit=2000000:when=1"];
    let run = generate(&env, &at("real/key")).traced(&options);
    thread::scope(|scope| {
        let running = scope.spawn(move || run.run());
        await_that(|| at("real/key").exists().then_some(()), || "no key is written".into());
        fs::rename(at("real"), at("moved")).unwrap();
        std::os::unix::fs::symlink(at("other"), at("real")).unwrap();
        let outcome = running.join().unwrap();
        assert_eq!(outcome.code, Some(1), "{outcome}");
        outcome.says(&["its folder was replaced by another meanwhile", "nothing is left of the key"]);
    });
    assert_eq!((names(&at("moved")), names(&at("other"))), (vec![], vec![]));
}

/// As `/proc/kmsg` does, which goes on as its source does.
#[test]
fn h54_a_file_that_has_no_end_is_refused() {
    let env = Env::new();
    let file = env.home().join("log");
    write_private(&file, "a-token");
    let waits = ["-f", "-o", "/dev/null", "-P", file.to_str().unwrap(), "-e", "inject=read:error=EAGAIN"];
    let line = "--sandbox credentials hetzner create --name x --dry-run --api-token-from";
    let run = env.line(line).arg(format!("file:{}", file.display()));
    run.traced(&waits).fails(2).says(&["it is a file that has no end"]);
}

#[test]
fn h54_a_pipe_that_nobody_writes_to_and_what_is_an_output_do_not_hang() {
    let env = Env::new();
    let pipe = env.home().join("pipe");
    assert!(std::process::Command::new("mkfifo").arg(&pipe).status().unwrap().success());
    let create = "--sandbox credentials hetzner ssh-key create --name x --timeout 2 --public-key";
    let key = |source: &str| env.line(create).arg(source).arg("--dry-run");
    let from = |source: &str| {
        let line = "--sandbox credentials hetzner create --name x --timeout 2 --dry-run --api-token-from";
        env.line(line).arg(source)
    };
    thread::scope(|scope| {
        let waiting = scope.spawn(|| key(&format!("@{}", pipe.display())).fails(5));
        let secret = from(&format!("file:{}", pipe.display())).fails(5);
        secret.says(&["nobody wrote to it for 2 s", "start the program that writes to it first"]);
        waiting.join().unwrap().says(&["nobody wrote to it for 2 s"]);
    });
    for source in ["fd:1", "fd:2"] {
        from(source).fails(2).says(&["are outputs"]);
    }
    for output in ["/dev/stdout", "/dev/fd/2", "/proc/self/fd/1"] {
        key(&format!("@{output}")).fails(2).says(&["where this program itself writes to"]);
        from(&format!("file:{output}")).fails(2).says(&["where this program itself writes to"]);
    }
    // One that some program writes to, early or late, is read to its end.
    thread::scope(|scope| {
        scope.spawn(|| {
            thread::sleep(std::time::Duration::from_millis(500));
            let mut writer = File::options().write(true).open(&pipe).unwrap();
            std::io::Write::write_all(&mut writer, b"ssh-ed25519 ").unwrap();
            thread::sleep(std::time::Duration::from_millis(500));
            let rest = b"AAAAC3NzaC1lZDI1NTE5AAAAIOCfxRI8ze9Rt8rl1oHb4A4mlz0lET1WVXZqwKE2lvrN kk1\n";
            std::io::Write::write_all(&mut writer, rest).unwrap();
        });
        key(&format!("@{}", pipe.display())).ok();
    });
}
