//! Each test's own world: a new HOME, an empty environment, an empty working directory.

use std::{
    ffi::OsStr,
    fs,
    io::{Read, Write},
    os::unix::process::ExitStatusExt,
    path::{Path, PathBuf},
    process::{Command, Stdio},
    sync::{Arc, Once},
    thread,
    time::Duration,
};

use rustix::process::{Signal, geteuid};
use serde_json::Value;
use tempfile::TempDir;

use super::{
    Ended, await_that, need,
    printed::{self, World},
    processes,
};

/// A world that nothing else has touched.
pub struct Env {
    dir: TempDir,
}

impl Env {
    pub fn new() -> Self {
        Self::within(TempDir::new().unwrap())
    }

    /// A world whose files are in memory, where the system has such a place: on a busy machine a disk may
    /// take seconds for each write that is waited for.
    pub fn in_memory() -> Self {
        Self::within(TempDir::new_in("/dev/shm").unwrap_or_else(|_| TempDir::new().unwrap()))
    }

    fn within(dir: TempDir) -> Self {
        heed_hangup();
        fs::create_dir(dir.path().join("home")).unwrap();
        fs::create_dir(dir.path().join("cwd")).unwrap();
        Self { dir }
    }

    pub fn home(&self) -> PathBuf {
        self.dir.path().join("home")
    }

    /// The working directory: empty, and to stay so.
    pub fn work(&self) -> PathBuf {
        self.dir.path().join("cwd")
    }

    /// Where `ankra login` keeps the token.
    pub fn login_file(&self) -> PathBuf {
        self.home().join(".config/ankra/login.toml")
    }

    /// What `ankra login` would have left behind.
    pub fn signed_in(&self, base_url: &str, token: &str) {
        let text = format!("[default]\nbase-url = {base_url:?}\ntoken = {token:?}\n");
        write_private(&self.login_file(), text);
    }

    /// The built program with `args`, in this world.
    pub fn ankra<A: AsRef<OsStr>>(&self, args: impl IntoIterator<Item = A>) -> Run {
        let mut run = self.program(super::ankra_path());
        run.command.args(args);
        run
    }

    /// As [`Self::ankra`], with the arguments as one line of words.
    pub fn line(&self, line: &str) -> Run {
        self.ankra(line.split_whitespace())
    }

    /// Any program in this world.
    pub fn program(&self, program: impl AsRef<OsStr>) -> Run {
        let mut command = Command::new(program);
        command
            .env_clear()
            .env("PATH", std::env::var_os("PATH").unwrap())
            .env("HOME", self.home())
            .env("TZ", "UTC")
            .env("LANG", "C.UTF-8")
            .current_dir(self.work());
        Run { command, stdin: None }
    }

    /// Every file below HOME and the working directory.
    pub fn files(&self) -> Vec<PathBuf> {
        fn walk(dir: &Path, found: &mut Vec<PathBuf>) {
            for entry in fs::read_dir(dir).unwrap() {
                let path = entry.unwrap().path();
                if path.is_dir() && !path.is_symlink() { walk(&path, found) } else { found.push(path) }
            }
        }
        let mut found = Vec::new();
        walk(self.dir.path(), &mut found);
        found
    }

    /// Whatever was started in this world and lives on, however it left its parent: all of it has this HOME.
    fn strays(&self) -> Vec<processes::Process> {
        let home = format!("HOME={}", self.home().display());
        processes::all().filter(|process| process.environment().any(|pair| pair == home.as_bytes())).collect()
    }
}

/// Has programs meet a hangup as from a terminal, although whoever runs the tests ignores it (`nohup`, some CI
/// runners): what is ignored stays so in all that is started, and what has a handler does not.
fn heed_hangup() {
    static ONCE: Once = Once::new();
    ONCE.call_once(|| {
        signal_hook::flag::register(signal_hook::consts::SIGHUP, Arc::default()).unwrap();
    });
}

impl Drop for Env {
    fn drop(&mut self) {
        // What was told to end is given the time to do so.
        for _ in 0..100 {
            if thread::panicking() || self.strays().is_empty() {
                break;
            }
            thread::sleep(Duration::from_millis(20));
        }
        let left = self.strays();
        let shown: Vec<String> = left.iter().map(ToString::to_string).collect();
        for process in left {
            process.kill(Signal::KILL);
        }
        assert!(thread::panicking() || shown.is_empty(), "left running: {shown:?}");
    }
}

/// Writes a file for the owner alone, in folders that are made for it.
pub fn write_private(path: &Path, bytes: impl AsRef<[u8]>) {
    use std::os::unix::fs::PermissionsExt;

    fs::create_dir_all(path.parent().unwrap()).unwrap();
    fs::write(path, bytes).unwrap();
    fs::set_permissions(path, fs::Permissions::from_mode(0o600)).unwrap();
}

/// A command to be run.
pub struct Run {
    pub command: Command,
    stdin: Option<Vec<u8>>,
}

impl Run {
    pub fn env(mut self, key: &str, value: impl AsRef<OsStr>) -> Self {
        self.command.env(key, value);
        self
    }

    pub fn arg(mut self, arg: impl AsRef<OsStr>) -> Self {
        self.command.arg(arg);
        self
    }

    /// What standard input holds; nothing unless told.
    pub fn stdin(mut self, text: impl Into<Vec<u8>>) -> Self {
        self.stdin = Some(text.into());
        self
    }

    /// The same command, which `program` is to run: with `args` before it.
    pub fn under(self, program: impl AsRef<OsStr>, args: &[&str]) -> Self {
        let mut command = Command::new(program);
        command.args(args).arg(self.command.get_program());
        self.moved_to(command)
    }

    /// The same command by a copy of the program that every user may run.
    pub fn readable_program(self) -> Self {
        use std::os::unix::fs::PermissionsExt;

        let copy = self.command.get_current_dir().unwrap().join("ankra-copy");
        fs::copy(self.command.get_program(), &copy).unwrap();
        fs::set_permissions(&copy, fs::Permissions::from_mode(0o755)).unwrap();
        self.moved_to(Command::new(copy))
    }

    /// The same command on a network of its own, where every port of loopback is free.
    pub fn with_own_network(self) -> Self {
        let map = if geteuid().is_root() { "--setgroups=allow" } else { "--map-root-user" };
        let script = format!("{} link set lo up; exec \"$@\"", need("ip", "iproute2").display());
        self.under(need("unshare", "util-linux"), &[map, "--net", "sh", "-euc", &script, "sh"])
    }

    /// The same command under strace with `options`. As the program shields its memory and its files, whoever looks
    /// there is root: that of a user namespace, where the user is not.
    pub fn traced(self, options: &[&str]) -> Self {
        let strace = need("strace", "strace");
        if geteuid().is_root() {
            return self.under(strace, options);
        }
        let as_root = ["--map-root-user", strace.to_str().unwrap()];
        self.under(need("unshare", "util-linux"), &[&as_root, options].concat())
    }

    /// The arguments, the environment and the working directory, given to `command`.
    fn moved_to(self, mut command: Command) -> Self {
        command.args(self.command.get_args()).env_clear();
        for (key, value) in self.command.get_envs() {
            if let Some(value) = value {
                command.env(key, value);
            }
        }
        if let Some(dir) = self.command.get_current_dir() {
            command.current_dir(dir);
        }
        Self { command, stdin: self.stdin }
    }

    /// What standard input will hold.
    pub fn input(&self) -> Option<Vec<u8>> {
        self.stdin.clone()
    }

    /// Runs it to its end, which it reaches or the test fails.
    ///
    /// It has no controlling terminal: `setsid` gives it a session of its own.
    pub fn run(self) -> Outcome {
        let shown = format!("{:?}", self.command);
        let args: Vec<String> =
            self.command.get_args().map(|arg| arg.to_string_lossy().into_owned()).collect();
        let is_own = self.command.get_program() == super::ankra_path();
        let world = is_own.then(|| World::of(&self.command));
        let mut run = self.under(need("setsid", "util-linux"), &["--wait"]);
        run.command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
        let mut child = Ended(run.command.spawn().unwrap());
        let mut stdin = child.stdin.take().unwrap();
        let input = run.stdin.unwrap_or_default();
        let feeding = thread::spawn(move || {
            // A program that does not read its input is free not to.
            let _ = stdin.write_all(&input);
        });
        let stdout = collect(child.stdout.take().unwrap());
        let stderr = collect(child.stderr.take().unwrap());
        let status = await_that(|| child.try_wait().unwrap(), || format!("hangs: {shown}"));
        // A process that lives on may hold them open.
        for stream in [&stdout, &stderr] {
            await_that(|| stream.is_finished().then_some(()), || format!("its output has no end: {shown}"));
        }
        feeding.join().unwrap();
        let stderr = String::from_utf8_lossy(&stderr.join().unwrap()).into_owned();
        if let Some(world) = world {
            printed::hold(&args, &stderr);
            world.walk(&args, &stderr);
        }
        Outcome {
            shown,
            code: status.code(),
            signal: status.signal(),
            stdout: String::from_utf8_lossy(&stdout.join().unwrap()).into_owned(),
            stderr,
        }
    }

    /// Succeeds, or the test fails with all that was printed.
    pub fn ok(self) -> Outcome {
        self.fails(0)
    }

    /// Ends with `code`, or the test fails with all that was printed.
    pub fn fails(self, code: i32) -> Outcome {
        let outcome = self.run();
        assert_eq!(outcome.code, Some(code), "{outcome}");
        outcome
    }
}

fn collect(mut from: impl Read + Send + 'static) -> thread::JoinHandle<Vec<u8>> {
    thread::spawn(move || {
        let mut bytes = Vec::new();
        from.read_to_end(&mut bytes).unwrap();
        bytes
    })
}

/// What a command did.
#[derive(Debug)]
pub struct Outcome {
    shown: String,
    pub code: Option<i32>,
    pub signal: Option<i32>,
    pub stdout: String,
    pub stderr: String,
}

impl Outcome {
    /// Standard output as JSON.
    pub fn json(&self) -> Value {
        serde_json::from_str(&self.stdout).unwrap_or_else(|error| panic!("{error}: {self}"))
    }

    /// The JSON error on stderr.
    pub fn json_error(&self) -> Value {
        let line = self.stderr.lines().last().unwrap_or_default();
        serde_json::from_str::<Value>(line).unwrap_or_else(|error| panic!("{error}: {self}"))["error"].clone()
    }

    /// Both streams, to look for what must not be there.
    pub fn all(&self) -> String {
        format!("{}{}", self.stdout, self.stderr)
    }

    /// Fails unless stderr holds every one of `texts`.
    pub fn says(&self, texts: &[&str]) -> &Self {
        for text in texts {
            assert!(self.stderr.contains(text), "not said: {text}\n{self}");
        }
        self
    }
}

impl std::fmt::Display for Outcome {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let Self { shown, code, signal, stdout, stderr } = self;
        write!(f, "{shown}\nexit {code:?} signal {signal:?}\n--- stdout\n{stdout}\n--- stderr\n{stderr}")
    }
}
