//! A running `ankra sandbox serve`.

use std::{
    io::{BufRead, BufReader},
    process::Stdio,
    sync::{Arc, Mutex},
    thread,
};

use super::{Ended, Env, Run, await_that};

/// The sandbox, served on loopback for as long as this lives.
pub struct Platform {
    _child: Ended,
    pub url: String,
    pub admin: String,
    pub viewer: String,
    log: Arc<Mutex<String>>,
}

impl Platform {
    /// Serves `env`'s sandbox.
    pub fn start(env: &Env) -> Self {
        Self::started_by(env, env.line("sandbox serve --listen 127.0.0.1:0"))
    }

    /// Serves `env`'s sandbox by `run`.
    pub fn started_by(env: &Env, mut run: Run) -> Self {
        run.command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped());
        let mut child = Ended(run.command.spawn().unwrap());
        let mut lines = BufReader::new(child.stdout.take().unwrap()).lines();
        let first = lines.next().unwrap().unwrap();
        let url = first.strip_prefix("listening on ").unwrap_or_else(|| panic!("{first}")).to_owned();
        let log = Arc::new(Mutex::new(String::new()));
        keep(lines, &log);
        keep(BufReader::new(child.stderr.take().unwrap()).lines(), &log);
        let mut platform = Self { _child: child, admin: String::new(), viewer: String::new(), url, log };
        let token = |role: &str| {
            let exports = env.line(&format!("sandbox env --role {role}")).ok().stdout;
            assert!(exports.contains(&format!("export ANKRA_BASE_URL='{}'", platform.url)), "{exports}");
            let token = exports.lines().find_map(|line| line.strip_prefix("export ANKRA_API_TOKEN='"));
            token.unwrap().trim_end_matches('\'').to_owned()
        };
        let (admin, viewer) = (token("admin"), token("viewer"));
        (platform.admin, platform.viewer) = (admin, viewer);
        platform
    }

    /// A command of the administrator.
    pub fn admin(&self, env: &Env, line: &str) -> Run {
        self.with(env.line(line), &self.admin)
    }

    /// A command of the viewer.
    pub fn viewer(&self, env: &Env, line: &str) -> Run {
        self.with(env.line(line), &self.viewer)
    }

    /// Points `run` here.
    pub fn with(&self, run: Run, token: &str) -> Run {
        run.env("ANKRA_BASE_URL", &self.url).env("ANKRA_API_TOKEN", token)
    }

    /// Waits until it has printed a line with all of `words`; gives that line.
    pub fn expect_log(&self, words: &[&str]) -> String {
        await_that(
            || {
                let log = self.log();
                let line = log.lines().find(|line| words.iter().all(|word| line.contains(word)));
                line.map(str::to_owned)
            },
            || format!("never printed: {words:?}\n{}", self.log()),
        )
    }

    /// What it has printed so far.
    pub fn log(&self) -> String {
        self.log.lock().unwrap().clone()
    }
}

/// Adds each line to the log as it comes.
fn keep(lines: impl Iterator<Item = std::io::Result<String>> + Send + 'static, log: &Arc<Mutex<String>>) {
    let log = Arc::clone(log);
    thread::spawn(move || {
        for line in lines.map_while(Result::ok) {
            *log.lock().unwrap() += &(line + "\n");
        }
    });
}
