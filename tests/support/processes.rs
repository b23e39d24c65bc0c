//! The processes of this machine, so that a test that fails leaves none behind.

use std::{
    fmt, fs,
    ops::{Deref, DerefMut},
    process::Child,
};

use rustix::process::{Pid, Signal, kill_process};

/// A program that does not outlive this value, whatever happens to the test.
pub struct Ended(pub Child);

impl Deref for Ended {
    type Target = Child;

    fn deref(&self) -> &Child {
        &self.0
    }
}

impl DerefMut for Ended {
    fn deref_mut(&mut self) -> &mut Child {
        &mut self.0
    }
}

impl Drop for Ended {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

/// A process, known by its id.
pub struct Process(i32);

/// Every process that is there now, but for this one.
pub fn all() -> impl Iterator<Item = Process> {
    let own = i32::try_from(std::process::id()).unwrap();
    fs::read_dir("/proc")
        .unwrap()
        .filter_map(|entry| entry.ok()?.file_name().to_str()?.parse().ok())
        .filter(move |id| *id != own)
        .map(Process)
}

impl Process {
    fn read(&self, file: &str) -> Vec<u8> {
        fs::read(format!("/proc/{}/{file}", self.0)).unwrap_or_default()
    }

    /// What it was started with, `NAME=value` each; nothing where it has ended or may not be looked at.
    pub fn environment(&self) -> impl Iterator<Item = Vec<u8>> {
        let pairs: Vec<_> = self.read("environ").split(|byte| *byte == 0).map(<[u8]>::to_vec).collect();
        pairs.into_iter()
    }

    /// Whether it runs, as one of the process group `group`.
    pub fn is_alive_in(&self, group: Pid) -> bool {
        let stat = String::from_utf8_lossy(&self.read("stat")).into_owned();
        // The name before it may hold anything.
        let mut fields = stat.rsplit(')').next().unwrap_or_default().split_whitespace();
        let is_alive = fields.next().is_some_and(|state| !matches!(state, "Z" | "X"));
        is_alive && fields.nth(1) == Some(&group.as_raw_nonzero().to_string())
    }

    pub fn kill(&self, signal: Signal) {
        let _ = kill_process(Pid::from_raw(self.0).unwrap(), signal);
    }
}

impl fmt::Display for Process {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let words = String::from_utf8_lossy(&self.read("cmdline")).replace('\0', " ");
        write!(f, "{} {}", self.0, words.trim_end())
    }
}
