//! Keeps other programs out of this process's memory, and what is ours out of a child's.

use std::{ffi::OsStr, process::Command};

use rustix::process::{Resource, Rlimit, setrlimit};

/// Turns core dumps off and, on Linux, closes `/proc/PID/mem` and `/proc/PID/environ` to other
/// processes of the same user (`prctl(2)`, `PR_SET_DUMPABLE`).
///
/// Where the system refuses, the command goes on: the shield is a second line of defence.
pub(crate) fn shield_process() {
    let _ = setrlimit(Resource::Core, Rlimit { current: Some(0), maximum: Some(0) });
    #[cfg(target_os = "linux")]
    let _ = rustix::process::set_dumpable_behavior(rustix::process::DumpableBehavior::NotDumpable);
}

/// Whether a variable may hold a token of ours, which is not the business of other programs.
fn is_our_token(name: &OsStr) -> bool {
    let name = name.to_string_lossy();
    name.starts_with("ANKRA_") && name.contains("TOKEN")
}

/// Has `command` start without the variables that hold tokens of ours and without descriptors beyond
/// the first three.
pub(super) fn keep_apart(command: &mut Command) {
    for (name, _) in std::env::vars_os().filter(|(name, _)| is_our_token(name)) {
        command.env_remove(name);
    }
    // Descriptors of our own close at exec; those inherited from our caller are made to.
    close_fds::set_fds_cloexec(3, &[]);
}
