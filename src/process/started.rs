//! What a test has had started, so that it does not outlive the test.

use std::fs;

use rustix::process::{Pid, Signal, kill_process};
use tempfile::NamedTempFile;

/// A process that notes its own id or that of its child; it ends with this value.
pub(crate) struct Started(NamedTempFile);

impl Started {
    pub(crate) fn new() -> Self {
        Self(NamedTempFile::new().unwrap())
    }

    /// The command of a shell that notes `id`: `$$` or `$!`.
    pub(crate) fn note(&self, id: &str) -> String {
        format!("echo {id} >{}", self.0.path().display())
    }

    fn id(&self) -> Option<Pid> {
        Pid::from_raw(fs::read_to_string(self.0.path()).ok()?.trim().parse().ok()?)
    }

    /// Whether it is there, and not only waits to be collected.
    pub(crate) fn lives(&self) -> bool {
        let id = self.id().unwrap();
        let status = fs::read_to_string(format!("/proc/{id}/status")).unwrap_or_default();
        !status.is_empty() && !status.contains("State:\tZ")
    }
}

impl Drop for Started {
    fn drop(&mut self) {
        if let Some(id) = self.id().filter(|_| self.lives()) {
            let _ = kill_process(id, Signal::KILL);
        }
    }
}
