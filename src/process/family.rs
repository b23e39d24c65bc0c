//! A program that was started, and all that it started in turn.

use std::{
    io, mem,
    process::{Child, Command, ExitStatus},
    sync::{Arc, Mutex},
    thread::sleep,
    time::{Duration, Instant},
};

use rand_core::{OsRng, RngCore};
use rustix::process::{
    Pid, Signal, WaitId, WaitIdOptions, WaitOptions, kill_process, kill_process_group, waitid, waitpid,
};

use super::signals::lock;

/// The variable by which those are known again that a program started: each program adds its mark.
const VARIABLE: &str = "ANKRA_STARTED";

/// How long is waited for the end of what was killed.
const PATIENCE: Duration = Duration::from_secs(1);
const BEAT: Duration = Duration::from_millis(2);

/// The family of one program. On Linux that is every process of this session with its mark in the
/// environment, or started by such a one; elsewhere the process group of the program, or the program alone
/// where it has none of its own. What made a session of its own (a daemon) lives on.
#[derive(Clone)]
pub(super) struct Family {
    stage: Arc<Mutex<Stage>>,
    has_own_group: bool,
    /// Of this run and of those that it is part of.
    marks: String,
}

#[derive(Clone, Copy, Debug)]
enum Stage {
    NotStarted,
    Running(Pid),
    /// It has been waited for, so that its number may be another's; or none is to start any more.
    Over,
}

impl Family {
    /// `has_own_group`: the program leads a process group of its own.
    pub(super) fn new(has_own_group: bool) -> Self {
        let outer = std::env::var(VARIABLE).unwrap_or_default();
        let marks = format!("{outer}/{:016x}", OsRng.next_u64());
        Self { stage: Arc::new(Mutex::new(Stage::NotStarted)), has_own_group, marks }
    }

    /// Starts the program, unless it was ended before that. A signal that comes meanwhile finds it.
    pub(super) fn start(&self, command: &mut Command) -> io::Result<Child> {
        let mut stage = lock(&self.stage);
        if matches!(*stage, Stage::Over) {
            return Err(io::ErrorKind::Interrupted.into());
        }
        command.env(VARIABLE, &self.marks);
        let child = command.spawn()?;
        *stage = Stage::Running(Pid::from_child(&child));
        Ok(child)
    }

    /// How the program ended, once it has; what it left running is ended with it.
    pub(super) fn ended(&self, child: &mut Child) -> io::Result<Option<ExitStatus>> {
        let mut stage = lock(&self.stage);
        if let Stage::Running(leader) = *stage {
            if !is_over(leader)? {
                return Ok(None);
            }
            // Until it is waited for, its number and that of its group are its own.
            self.kill(leader, true);
            *stage = Stage::Over;
        }
        child.wait().map(Some)
    }

    /// Ends it all, and waits until that has happened: nothing of it changes the terminal any more.
    pub(super) fn end(&self) {
        let mut stage = lock(&self.stage);
        if let Stage::Running(leader) = mem::replace(&mut *stage, Stage::Over) {
            self.kill(leader, false);
            let start = Instant::now();
            while start.elapsed() < PATIENCE
                && waitpid(Some(leader), WaitOptions::NOHANG).is_ok_and(|ended| ended.is_none())
            {
                sleep(BEAT);
            }
        }
    }

    /// Kills until nobody is left: what was being started in one round is found in the next.
    fn kill(&self, leader: Pid, mut leader_is_over: bool) {
        let start = Instant::now();
        while start.elapsed() < PATIENCE {
            let others = others::of(leader, &self.marks);
            if self.has_own_group {
                let _ = kill_process_group(leader, Signal::KILL);
            }
            for pid in others.iter().chain(&[leader]) {
                let _ = kill_process(*pid, Signal::KILL);
            }
            if others.is_empty() && leader_is_over {
                return;
            }
            leader_is_over = true;
            sleep(BEAT);
        }
    }
}

/// Whether a child of ours has ended; it is not waited for.
fn is_over(child: Pid) -> io::Result<bool> {
    let options = WaitIdOptions::EXITED | WaitIdOptions::NOHANG | WaitIdOptions::NOWAIT;
    Ok(waitid(WaitId::Pid(child), options)?.is_some())
}

#[cfg(target_os = "linux")]
mod others {
    use std::fs;

    use rustix::process::Pid;

    /// What `/proc/PID/stat` says of a process (proc(5)).
    struct Process {
        id: i32,
        parent: i32,
        session: i32,
    }

    impl Process {
        /// `None` if it has ended.
        fn read(id: i32) -> Option<Self> {
            let stat = fs::read(format!("/proc/{id}/stat")).ok()?;
            let name_ends = stat.iter().rposition(|byte| *byte == b')')?;
            let rest = std::str::from_utf8(&stat[name_ends + 1..]).ok()?;
            let words: Vec<&str> = rest.split_ascii_whitespace().take(4).collect();
            let [state, parent, _group, session] = words[..] else { return None };
            let is_there = !matches!(state, "Z" | "X" | "x");
            is_there.then_some(Self { id, parent: parent.parse().ok()?, session: session.parse().ok()? })
        }

        fn has(&self, marks: &[u8]) -> bool {
            let environment = fs::read(format!("/proc/{}/environ", self.id)).unwrap_or_default();
            environment
                .split(|byte| *byte == 0)
                .filter_map(|pair| pair.strip_prefix(super::VARIABLE.as_bytes())?.strip_prefix(b"="))
                .any(|value| value.starts_with(marks))
        }
    }

    /// Those of this session that have `marks`, and all that descend from them or from `leader`.
    pub(super) fn of(leader: Pid, marks: &str) -> Vec<Pid> {
        let own = i32::try_from(std::process::id()).ok();
        let Some(session) = own.and_then(Process::read).map(|process| process.session) else {
            return Vec::new();
        };
        let numbers = fs::read_dir("/proc").into_iter().flatten().flatten();
        let numbers = numbers.filter_map(|entry| entry.file_name().to_str()?.parse().ok());
        let is_other = |process: &Process| {
            process.session == session && Some(process.id) != own && process.id != leader.as_raw_pid()
        };
        let all = numbers.filter_map(Process::read).filter(is_other);
        let (mut family, mut rest): (Vec<_>, Vec<_>) = all.partition(|one| one.has(marks.as_bytes()));
        loop {
            let is_parent = |id| id == leader.as_raw_pid() || family.iter().any(|one| one.id == id);
            let (children, others): (Vec<_>, Vec<_>) =
                rest.into_iter().partition(|one| is_parent(one.parent));
            if children.is_empty() {
                return family.into_iter().filter_map(|one| Pid::from_raw(one.id)).collect();
            }
            family.extend(children);
            rest = others;
        }
    }
}

#[cfg(not(target_os = "linux"))]
mod others {
    use rustix::process::Pid;

    pub(super) fn of(_leader: Pid, _marks: &str) -> Vec<Pid> {
        Vec::new()
    }
}
