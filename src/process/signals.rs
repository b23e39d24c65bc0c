//! How this process handles signals, during a question and otherwise.

use std::{
    io,
    ops::RangeInclusive,
    sync::{Arc, Mutex, MutexGuard, PoisonError, atomic::AtomicBool},
};

use signal_hook::{
    SigId,
    consts::{
        SIGABRT, SIGALRM, SIGHUP, SIGINT, SIGIO, SIGPROF, SIGQUIT, SIGSYS, SIGTERM, SIGTRAP, SIGTSTP,
        SIGUSR1, SIGUSR2, SIGVTALRM, SIGXCPU, SIGXFSZ,
    },
    flag::{register_conditional_default, register_conditional_shutdown},
    low_level::{emulate_default_handler, exit, signal_name},
};

use super::{
    job::Job,
    silence::{clear_waiting, vanish},
};

/// What ends a process by default, but for what only a fault in the program brings about (SEGV, BUS, ILL,
/// FPE): a handler that returns from one would be called for ever. XFSZ ends nothing: see [`heed_signals`].
/// Nor does PIPE, which every Rust program ignores.
const FATAL: [i32; 13] = [
    SIGHUP, SIGINT, SIGQUIT, SIGTERM, SIGUSR1, SIGUSR2, SIGALRM, SIGVTALRM, SIGPROF, SIGXCPU, SIGABRT,
    SIGSYS, SIGTRAP,
];

/// The same for Linux alone: STKFLT, IO and PWR, and the real-time signals that a C library leaves to
/// programs. signal-hook cannot do what they do by default: the process ends with the exit code that a
/// shell gives for them.
const FATAL_ON_LINUX: [RangeInclusive<i32>; 3] = [16..=16, 29..=30, 34..=64];

/// The signal handling, once something has needed its own; the lock is held for as long as that lasts.
pub(super) static TURN: Mutex<Option<Signalling>> = Mutex::new(None);

/// Held while work is done that must not be broken off: whoever would end this process waits for it.
pub(super) static UNBROKEN: Mutex<()> = Mutex::new(());

/// Takes the signals over. What tells of waiting goes from the terminal, and stays away until they are given back.
pub(crate) fn turn() -> MutexGuard<'static, Option<Signalling>> {
    clear_waiting();
    lock(&TURN)
}

/// Locks a mutex, poisoned or not: what it guards stays usable after a panic.
pub(crate) fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Lets signals end this process even as the first of a container, where the system would ignore them. A
/// file-size limit (SIGXFSZ) is an error of the write that meets it, and ends nothing.
pub(crate) fn heed_signals() {
    // A handler, and not to be ignored: programs that are started do not inherit it.
    let _ = signal_hook::flag::register(SIGXFSZ, Arc::default());
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
    /// The signals that end or stop this process, without those that our caller has it ignore.
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
        let ignored = ignored();
        let is_heeded = |signal: &i32| ignored >> (signal - 1) & 1 == 0;
        let mut caught: Vec<i32> = FATAL.into_iter().filter(is_heeded).collect();
        // The system passes over ^Z where nothing continues the process; our handler would stop it.
        if is_heeded(&SIGTSTP) && Job::of_process().is_none_or(Job::can_be_continued) {
            caught.push(SIGTSTP);
        }
        for signal in &caught {
            register(*signal, &idle)?;
        }
        if cfg!(target_os = "linux") {
            // A C library may keep more of them to itself.
            let is_caught = |signal: &i32| {
                // On some machines the numbers are those of other signals.
                let is_meant = *signal == SIGIO || signal_name(*signal).is_none();
                is_meant && is_heeded(signal) && register(*signal, &idle).is_ok()
            };
            caught.extend(FATAL_ON_LINUX.into_iter().flatten().filter(is_caught));
        }
        Ok(Self { idle, caught })
    }
}

/// Has `signal` do what it does by default while `idle`.
fn register(signal: i32, idle: &Arc<AtomicBool>) -> io::Result<SigId> {
    if ends_by_exit(signal) {
        register_conditional_shutdown(signal, 128 + signal, Arc::clone(idle))
    } else {
        register_conditional_default(signal, Arc::clone(idle))
    }
}

/// Whether the signal cannot end this process by itself: an exit code stands for it.
fn ends_by_exit(signal: i32) -> bool {
    signal != SIGTSTP && (is_first_process() || !FATAL.contains(&signal))
}

/// The signals that our caller (`nohup`, a script's `trap ''`) has us ignore, the first in the lowest bit.
fn ignored() -> u64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let mask = status.lines().find_map(|line| line.strip_prefix("SigIgn:"));
    mask.and_then(|mask| u64::from_str_radix(mask.trim(), 16).ok()).unwrap_or_default()
}

/// Whether this is the first process of a PID namespace, such as a container's: the system passes over
/// every signal to it that has no handler, so that none ends it by default.
fn is_first_process() -> bool {
    std::process::id() == 1
}

/// Does what `signal` does by default, when no work must be finished first; where that cannot be, ends with
/// the exit code that shells give to a program that it has ended.
pub(crate) fn obey(signal: i32) {
    vanish(signal != SIGTSTP);
    let _held = lock(&UNBROKEN);
    if ends_by_exit(signal) {
        exit(128 + signal);
    }
    let _ = emulate_default_handler(signal);
}
