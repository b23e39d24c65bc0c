//! What signals mean to this process, when a question is asked and when none is.

use std::{
    io,
    sync::{Arc, atomic::AtomicBool},
};

use rustix::process::{getpgrp, getsid};
use signal_hook::{
    consts::{SIGHUP, SIGINT, SIGQUIT, SIGTERM, SIGTSTP},
    flag::register_conditional_default,
};

/// What ends the process, and what stops it.
const CAUGHT: [i32; 5] = [SIGINT, SIGTERM, SIGHUP, SIGQUIT, SIGTSTP];

/// The program's standing arrangement for signals.
pub(super) struct Signalling {
    /// While no question is asked, every caught signal does what it does by default.
    ///
    /// signal-hook never removes its handler from the system, and a signal without an action of ours
    /// would be lost from the first question on.
    pub(super) idle: Arc<AtomicBool>,
    /// Those of [`CAUGHT`] that mean something to this process.
    pub(super) caught: Vec<i32>,
}

impl Signalling {
    /// Made once, before the first question.
    pub(super) fn arrange() -> io::Result<Self> {
        let idle = Arc::new(AtomicBool::new(true));
        let mut caught: Vec<i32> = CAUGHT.into_iter().filter(|signal| !is_ignored(*signal)).collect();
        if has_no_job_control() {
            // The system passes over ^Z here; our handler would stop a process that nothing continues.
            caught.retain(|signal| *signal != SIGTSTP);
        }
        for signal in &caught {
            register_conditional_default(*signal, Arc::clone(&idle))?;
        }
        Ok(Self { idle, caught })
    }
}

/// Whether our caller (`nohup`, a script's `trap ''`) has us ignore the signal.
fn is_ignored(signal: i32) -> bool {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let mask = status.lines().find_map(|line| line.strip_prefix("SigIgn:"));
    mask.and_then(|mask| u64::from_str_radix(mask.trim(), 16).ok())
        .is_some_and(|mask| mask >> (signal - 1) & 1 == 1)
}

/// Whether no shell is there to continue what ^Z stops: this is the session's first program or runs
/// in its process group (`ssh -t HOST ankra ...`, containers).
fn has_no_job_control() -> bool {
    getsid(None).is_ok_and(|session| session == getpgrp())
}
