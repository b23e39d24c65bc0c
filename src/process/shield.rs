//! Keeps other programs out of this process's memory, and what is ours out of a child's.

use std::{ffi::OsStr, fs, process::Command};

use nix::fcntl::{FcntlArg, FdFlag, fcntl};
use rustix::process::{Resource, Rlimit, getrlimit, setrlimit};

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
    // Those of our own close at exec; those inherited from our caller are made to. They stay open here: a secret
    // may still be read from one.
    for descriptor in descriptors().into_iter().filter(|number| *number > 2) {
        // One that is closed meanwhile needs no mark.
        let _ = fcntl(descriptor, FcntlArg::F_SETFD(FdFlag::FD_CLOEXEC));
    }
}

/// The numbers of the open descriptors; where the system does not list them, all that there may be.
fn descriptors() -> Vec<i32> {
    let number = |entry: fs::DirEntry| entry.file_name().to_str()?.parse().ok();
    if let Ok(entries) = fs::read_dir("/dev/fd") {
        return entries.flatten().filter_map(number).collect();
    }
    let most = getrlimit(Resource::Nofile).current.unwrap_or(u64::MAX);
    (0..i32::try_from(most).unwrap_or(i32::MAX).min(1 << 16)).collect()
}
