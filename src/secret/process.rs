//! Keeps other programs out of this process's memory.

use rustix::process::{Resource, Rlimit, setrlimit};

/// Turns core dumps off and, on Linux, closes `/proc/PID/mem` and `/proc/PID/environ` to other
/// processes of the same user (`prctl(2)`, `PR_SET_DUMPABLE`).
///
/// Where the system refuses, the command goes on: the shield is a second line of defence.
pub fn shield_process() {
    let _ = setrlimit(Resource::Core, Rlimit { current: Some(0), maximum: Some(0) });
    #[cfg(target_os = "linux")]
    let _ = rustix::process::set_dumpable_behavior(rustix::process::DumpableBehavior::NotDumpable);
}
