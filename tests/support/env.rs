//! Each test's own world: a new HOME, an empty environment, an empty working directory.

use std::{
    ffi::OsStr,
    fs,
    io::{Read, Write},
    os::unix::process::ExitStatusExt,
    path::{Path, PathBuf},
    process::{Child, Command, Stdio},
    thread,
    time::{Duration, Instant},
};

use serde_json::Value;
use tempfile::TempDir;

/// No command of the program takes this long unless it hangs.
const GUARD: Duration = Duration::from_secs(60);

/// A world that nothing else has touched.
pub struct Env {
    dir: TempDir,
}

impl Env {
    pub fn new() -> Self {
        let dir = TempDir::new().unwrap();
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
        let mut run = self.program(env!("CARGO_BIN_EXE_ankra"));
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

    /// The same command by a copy of the program that every user may run.
    pub fn readable_program(self) -> Self {
        use std::os::unix::fs::PermissionsExt;

        let work = self.command.get_current_dir().unwrap().to_owned();
        let copy = work.join("ankra-copy");
        fs::copy(self.command.get_program(), &copy).unwrap();
        fs::set_permissions(&copy, fs::Permissions::from_mode(0o755)).unwrap();
        let mut command = Command::new(copy);
        command.args(self.command.get_args()).env_clear().current_dir(work);
        for (key, value) in self.command.get_envs() {
            if let Some(value) = value {
                command.env(key, value);
            }
        }
        Self { command, stdin: self.stdin }
    }

    /// What standard input will hold.
    pub fn input(&self) -> Option<Vec<u8>> {
        self.stdin.clone()
    }

    /// Runs it to its end, which it reaches within a minute or the test fails.
    ///
    /// It has no controlling terminal: `setsid` gives it a session of its own.
    pub fn run(self) -> Outcome {
        let shown = format!("{:?}", self.command);
        let mut child = self.without_terminal().spawn().unwrap();
        let mut stdin = child.stdin.take().unwrap();
        let input = self.stdin.unwrap_or_default();
        let feeding = thread::spawn(move || {
            // A program that does not read its input is free not to.
            let _ = stdin.write_all(&input);
        });
        let stdout = collect(child.stdout.take().unwrap());
        let stderr = collect(child.stderr.take().unwrap());
        let status = wait(&mut child, &shown);
        feeding.join().unwrap();
        Outcome {
            shown,
            code: status.code(),
            signal: status.signal(),
            stdout: String::from_utf8_lossy(&stdout.join().unwrap()).into_owned(),
            stderr: String::from_utf8_lossy(&stderr.join().unwrap()).into_owned(),
        }
    }

    fn without_terminal(&self) -> Command {
        let mut command = Command::new(super::need("setsid", "util-linux"));
        command.arg("--wait").arg(self.command.get_program()).args(self.command.get_args()).env_clear();
        for (key, value) in self.command.get_envs() {
            if let Some(value) = value {
                command.env(key, value);
            }
        }
        if let Some(dir) = self.command.get_current_dir() {
            command.current_dir(dir);
        }
        command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
        command
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

fn wait(child: &mut Child, shown: &str) -> std::process::ExitStatus {
    let start = Instant::now();
    loop {
        if let Some(status) = child.try_wait().unwrap() {
            return status;
        }
        if start.elapsed() > GUARD {
            let _ = child.kill();
            panic!("hangs: {shown}");
        }
        thread::sleep(Duration::from_millis(2));
    }
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
