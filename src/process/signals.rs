//! How this process handles signals, during a question and otherwise.

use std::{
    io,
    sync::{Arc, Mutex, MutexGuard, PoisonError, atomic::AtomicBool},
};

use signal_hook::{
    consts::{SIGHUP, SIGINT, SIGQUIT, SIGTERM, SIGTSTP},
    flag::{register_conditional_default, register_conditional_shutdown},
    low_level::{emulate_default_handler, exit},
};

use super::job::Job;

/// What ends the process, and what stops it.
const CAUGHT: [i32; 5] = [SIGINT, SIGTERM, SIGHUP, SIGQUIT, SIGTSTP];

/// The signal handling, once something has needed its own; the lock is held for as long as that lasts.
pub(crate) static TURN: Mutex<Option<Signalling>> = Mutex::new(None);

/// Locks a mutex, poisoned or not: what it guards stays usable after a panic.
pub(crate) fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Lets signals end this process even as the first of a container, where the system would ignore them.
pub(crate) fn heed_signals() {
    if is_first_process() {
        // If that fails, signals are ignored as before.
        let _ = Signalling::once(&mut lock(&TURN));
    }
}

/// The program's standing arrangement for signals.
pub(crate) struct Signalling {
    /// While no question is asked, every caught signal does what it does by default.
    ///
    /// signal-hook never removes its handler from the system, and a signal without an action of ours
    /// would be lost from the first question on.
    pub(crate) idle: Arc<AtomicBool>,
    /// Those of [`CAUGHT`] that mean something to this process.
    pub(crate) caught: Vec<i32>,
}

impl Signalling {
    /// The one in `kept`, made at the first call.
    pub(crate) fn once(kept: &mut Option<Self>) -> io::Result<&mut Self> {
        let signalling = match kept.take() {
            Some(signalling) => signalling,
            None => Self::arrange()?,
        };
        Ok(kept.insert(signalling))
    }

    fn arrange() -> io::Result<Self> {
        let idle = Arc::new(AtomicBool::new(true));
        let mut caught: Vec<i32> = CAUGHT.into_iter().filter(|signal| !is_ignored(*signal)).collect();
        if Job::of_process().is_some_and(|job| !job.can_be_continued()) {
            // The system passes over ^Z here; our handler would stop a process that nothing continues.
            caught.retain(|signal| *signal != SIGTSTP);
        }
        for signal in &caught {
            if is_first_process() && *signal != SIGTSTP {
                register_conditional_shutdown(*signal, 128 + signal, Arc::clone(&idle))?;
            } else {
                register_conditional_default(*signal, Arc::clone(&idle))?;
            }
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

/// Whether this is the first process of a PID namespace, such as a container's: the system passes over
/// every signal to it that has no handler, so that none ends it by default.
fn is_first_process() -> bool {
    std::process::id() == 1
}

/// Does what `signal` does by default; as the first process, ends with the exit code that shells give
/// to a program that it has ended.
pub(crate) fn obey(signal: i32) {
    if is_first_process() && signal != SIGTSTP {
        exit(128 + signal);
    }
    let _ = emulate_default_handler(signal);
}
