//! Completion in real shells: what Tab offers, and that it does nothing else.

mod cache;
pub mod hostile;
mod install;
mod tab;

use std::{
    fmt::Debug,
    fs,
    os::unix::fs::symlink,
    path::Path,
    time::{Duration, Instant},
};

use crate::support::{Env, PATIENCE, Pty, Run, need};

/// A shell that completes.
#[derive(Clone, Copy, Debug)]
struct Kind {
    name: &'static str,
    package: &'static str,
    /// How it is started bare.
    args: &'static [&'static str],
    /// What makes it list at once, and without asking.
    quiet: &'static str,
    /// What it needs before it takes a script, which it reads from `$A completion NAME`.
    before: &'static str,
}

const BASH: Kind = Kind {
    name: "bash",
    package: "bash",
    args: &["--norc", "--noprofile", "-i"],
    quiet: "bind 'set show-all-if-ambiguous on' 'set bell-style none'; bind 'set completion-query-items 0'; bind 'set page-completions off'",
    before: "true",
};

/// bash with the package bash-completion, which brings functions and habits of its own.
const BASH_WITH_PACKAGE: Kind = Kind { before: "source /usr/share/bash-completion/bash_completion", ..BASH };

const ZSH: Kind = Kind {
    name: "zsh",
    package: "zsh",
    args: &["-f", "-i"],
    quiet: "unsetopt beep; LISTMAX=0",
    before: "autoload -U compinit; compinit -D",
};

const FISH: Kind =
    Kind { name: "fish", package: "fish", args: &["--no-config", "-i"], quiet: "true", before: "true" };

const ELVISH: Kind =
    Kind { name: "elvish", package: "elvish", args: &["-norc"], quiet: "nop", before: "nop" };

const SHELLS: [Kind; 4] = [BASH, BASH_WITH_PACKAGE, ZSH, FISH];

/// The time of the first attempt that keeps to `bar`, which grows as much as the machine is slower at that
/// moment than an idle one, where the unoptimised program starts and ends within 10 ms.
fn in_time(env: &Env, bar: Duration, mut attempt: impl FnMut() -> Duration) -> Duration {
    let mut tried = Vec::new();
    for _ in 0..10 {
        let start = Instant::now();
        env.ankra(["--version"]).ok();
        let slower = (start.elapsed().as_secs_f64() / 0.01).max(1.0);
        let took = attempt();
        if took < bar.mul_f64(slower) {
            return took;
        }
        tried.push((took, slower));
    }
    panic!("{bar:?} and how much slower the machine was: {tried:?}");
}

/// Does `test` with every one of `cases` at once: they wait, mostly.
fn in_each<T: Copy + Debug + Sync>(cases: &[T], test: impl Fn(T) + Sync) {
    std::thread::scope(|scope| {
        let running: Vec<_> = cases.iter().map(|case| (case, scope.spawn(|| test(*case)))).collect();
        for (case, thread) in running {
            assert!(thread.join().is_ok(), "with {case:?}");
        }
    });
}

/// A shell on a terminal.
struct Shell {
    pty: Pty,
    /// How much of the transcript was there when Tab was pressed last.
    looked_at: usize,
}

impl Kind {
    /// The shell's program in `env`, with `ankra` on its path.
    fn program(self, env: &Env) -> Run {
        if self.before.contains("bash-completion") {
            let package = Path::new("/usr/share/bash-completion/bash_completion");
            assert!(package.is_file(), "install the Debian package bash-completion");
        }
        let bin = env.home().join("bin");
        if !bin.exists() {
            fs::create_dir(&bin).unwrap();
            symlink(crate::support::ankra_path(), bin.join("ankra")).unwrap();
        }
        let path = format!("{}:{}", bin.display(), std::env::var("PATH").unwrap());
        env.program(need(self.name, self.package))
            .env("PATH", path)
            .env("A", crate::support::ankra_path())
            .env("HISTFILE", "/dev/null")
    }

    /// The bare shell, with the script that `completion NAME OPTIONS` prints; `scene` says where
    /// the platform is.
    fn start(self, env: &Env, options: &str, scene: impl FnOnce(Run) -> Run) -> Shell {
        let mut run = self.program(env);
        run.command.args(self.args);
        let script = format!("\"$A\" completion {} {options}", self.name);
        let take = match self.name {
            "fish" => format!("{script} | source"),
            "elvish" => format!("eval ((external $E:A) completion elvish {options} | slurp)"),
            _ => format!("source <({script})"),
        };
        Shell::start(scene(run), &format!("{}; {}; {take}", self.quiet, self.before))
    }

    /// The shell as a person starts it, with the files of HOME.
    fn start_with_profile(self, env: &Env, scene: impl FnOnce(Run) -> Run) -> Shell {
        if self.name == "fish" {
            // Where one of these is not there, fish has it made from all manual pages, and does not wait.
            for place in [".local/share/fish", ".cache/fish"] {
                fs::create_dir_all(env.home().join(place).join("generated_completions")).unwrap();
            }
        }
        let mut run = self.program(env);
        run.command.arg("-i");
        Shell::start(scene(run), self.quiet)
    }
}

impl Shell {
    fn start(run: Run, setup: &str) -> Self {
        let mut shell = Self { pty: Pty::sized(run, 120, |_| {}), looked_at: 0 };
        shell.line(setup);
        shell
    }

    /// Runs a line to its end.
    fn line(&mut self, line: &str) {
        self.pty.send(&format!("{line}; echo do''ne\r")).expect("done");
        self.settle();
    }

    /// Waits until nothing more comes.
    fn settle(&mut self) {
        let start = Instant::now();
        let (mut length, mut since) = (0, Instant::now());
        while since.elapsed() < Duration::from_millis(80) && start.elapsed() < Duration::from_secs(5) {
            let now = self.pty.transcript().len();
            if now != length {
                (length, since) = (now, Instant::now());
            }
            std::thread::sleep(Duration::from_millis(5));
        }
    }

    /// Types `line` and Tab; gives how long it took until `wanted` was shown, and all that was. On a busy
    /// machine the program may give up, as it should: then the line is typed anew.
    fn tab_until(&mut self, line: &str, wanted: &str) -> (Duration, String) {
        let first = Instant::now();
        loop {
            self.pty.send(line);
            self.settle();
            self.looked_at = self.pty.transcript().len();
            let start = Instant::now();
            self.pty.send("\t");
            while start.elapsed() < Duration::from_secs(3) {
                if self.shown().contains(wanted) {
                    let took = start.elapsed();
                    self.settle();
                    return (took, self.shown());
                }
                std::thread::sleep(Duration::from_millis(2));
            }
            assert!(first.elapsed() < PATIENCE, "{line}: never offers {wanted}: {}", self.pty.transcript());
            self.clear();
        }
    }

    /// Types `line` and Tab, and gives what was shown by then.
    fn tab(&mut self, line: &str) -> String {
        self.pty.send(line);
        self.settle();
        self.looked_at = self.pty.transcript().len();
        self.pty.send("\t");
        // As long as the slowest answer takes, and a little.
        std::thread::sleep(Duration::from_millis(600));
        self.settle();
        self.shown()
    }

    fn shown(&self) -> String {
        self.pty.transcript()[self.looked_at..].to_owned()
    }

    /// Gives the line up, and waits until the shell takes another. (^C would drop what is typed ahead.)
    fn clear(&mut self) {
        self.pty.send("\x15").pass_over();
        self.line("true");
    }
}
