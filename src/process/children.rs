//! Starts programs, and reads what they print in bounded memory that is zeroed.

use std::{
    fmt,
    io::{self, Write},
    mem,
    os::{
        fd::AsFd,
        unix::process::{CommandExt, ExitStatusExt},
    },
    process::{Child, ChildStdout, Command, ExitStatus, Stdio},
    sync::{Arc, Mutex},
    thread::sleep,
    time::{Duration, Instant},
};

use rustix::{
    event::{PollFd, PollFlags, Timespec, poll},
    io::Errno,
    process::{Pid, Signal, kill_process_group},
};
use zeroize::Zeroizing;

use super::{attended::attended, shield::keep_apart, signals::lock};

/// The most bytes that a program may print.
pub(crate) const LIMIT: usize = 1 << 20;

/// How often is looked whether a program has ended.
const BEAT: Duration = Duration::from_millis(10);

/// What a program printed before it ended, and how it ended. What it left running holds nothing up.
#[derive(Debug)]
pub(crate) struct Ended {
    pub(crate) printed: Zeroizing<Vec<u8>>,
    status: ExitStatus,
}

impl Ended {
    pub(crate) fn well(&self) -> bool {
        self.status.success()
    }
}

impl fmt::Display for Ended {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match (self.status.code(), self.status.signal()) {
            (Some(127), _) => f.write_str("the command ended with exit code 127: there is no such program"),
            (Some(code), _) => write!(f, "the command ended with exit code {code}"),
            (None, Some(signal)) => write!(f, "the command was ended by signal {signal}"),
            (None, None) => f.write_str("the command failed"),
        }
    }
}

/// Why a program gave nothing. It was ended, if it was started.
#[derive(Debug)]
pub(crate) enum Fault {
    NotStarted(io::Error),
    Lost(io::Error),
    TooMuch,
    TooLong,
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NotStarted(error) => write!(f, "it cannot be run: {error}"),
            Self::Lost(error) => write!(f, "waiting for the command failed: {error}"),
            Self::TooMuch => f.write_str("it printed more than 1 MiB"),
            Self::TooLong => f.write_str("it did not end in time"),
        }
    }
}

/// Runs a line of a person's in `/bin/sh`, for as long as it takes: it may ask on the terminal, and keys
/// that send signals reach it. It has no standard input and none of our tokens; what it says of errors
/// is shown.
pub(crate) fn run_line(line: &str) -> Result<Ended, Fault> {
    let mut shell = Command::new("/bin/sh");
    shell.args(["-c", line]).stdin(Stdio::null()).stderr(Stdio::inherit());
    let mut child = start(&mut shell)?;
    read(&mut child, &Leader::default(), None).inspect_err(|_| {
        let _ = child.kill();
        let _ = child.wait();
    })
}

/// Runs a program that asks nobody, in a process group of its own, which outlives neither `limit` nor
/// this process. It gets `input`, which has to fit a pipe, and none of our tokens.
pub(crate) fn run_apart(command: &mut Command, input: &str, limit: Duration) -> Result<Ended, Fault> {
    command.stdin(Stdio::piped()).stderr(Stdio::null()).process_group(0);
    let leader = Leader::default();
    let end = {
        let leader = leader.clone();
        move || leader.kill()
    };
    attended(end, || {
        let mut child = leader.start(command)?;
        if let Some(mut stdin) = child.stdin.take() {
            // A program that does not read it is free not to.
            let _ = stdin.write_all(input.as_bytes());
        }
        read(&mut child, &leader, Some(limit)).inspect_err(|_| {
            leader.kill();
            let _ = child.wait();
        })
    })
    .map_err(Fault::NotStarted)?
}

fn start(command: &mut Command) -> Result<Child, Fault> {
    keep_apart(command);
    command.stdout(Stdio::piped()).spawn().map_err(Fault::NotStarted)
}

fn read(child: &mut Child, leader: &Leader, limit: Option<Duration>) -> Result<Ended, Fault> {
    let start = Instant::now();
    let late = || limit.is_some_and(|limit| start.elapsed() > limit);
    let mut stdout = child.stdout.take();
    // One buffer that never grows: no copy stays behind.
    let mut printed = Zeroizing::new(vec![0; LIMIT + 1]);
    let mut filled = 0;
    loop {
        let status = leader.try_wait(child).map_err(Fault::Lost)?;
        // What it printed before it ended is there now; what it left running may hold the pipe.
        let wait = if status.is_some() { Duration::ZERO } else { BEAT };
        while let Some(pipe) = &stdout
            && readable(pipe, wait).map_err(|errno| Fault::Lost(errno.into()))?
        {
            match rustix::io::read(pipe, &mut printed[filled..]) {
                Ok(0) => stdout = None,
                Ok(count) => filled += count,
                Err(Errno::INTR) => {}
                Err(errno) => return Err(Fault::Lost(errno.into())),
            }
            if filled > LIMIT {
                return Err(Fault::TooMuch);
            }
            if late() {
                break;
            }
        }
        if let Some(status) = status {
            printed.truncate(filled);
            return Ok(Ended { printed, status });
        }
        if late() {
            return Err(Fault::TooLong);
        }
        if stdout.is_none() {
            // It closed its output to end: that takes a moment.
            sleep(BEAT / 10);
        }
    }
}

fn readable(pipe: &ChildStdout, wait: Duration) -> rustix::io::Result<bool> {
    let wait = Timespec::try_from(wait).unwrap_or_default();
    let mut ready = [PollFd::from_borrowed_fd(pipe.as_fd(), PollFlags::IN)];
    match poll(&mut ready, Some(&wait)) {
        Ok(count) => Ok(count > 0),
        Err(Errno::INTR) => Ok(false),
        Err(errno) => Err(errno),
    }
}

/// The leader of a program's process group.
#[derive(Clone, Default)]
struct Leader(Arc<Mutex<Stage>>);

#[derive(Default)]
enum Stage {
    #[default]
    NotStarted,
    Running(Pid),
    /// It has been waited for, so that its number may be another's; or none is to start any more.
    Over,
}

impl Leader {
    /// Starts it, unless it was killed before that. A signal that comes meanwhile finds it.
    fn start(&self, command: &mut Command) -> Result<Child, Fault> {
        let mut stage = lock(&self.0);
        if matches!(*stage, Stage::Over) {
            return Err(Fault::Lost(io::ErrorKind::Interrupted.into()));
        }
        let child = start(command)?;
        *stage = Stage::Running(Pid::from_child(&child));
        Ok(child)
    }

    fn try_wait(&self, child: &mut Child) -> io::Result<Option<ExitStatus>> {
        let mut stage = lock(&self.0);
        let status = child.try_wait()?;
        if status.is_some() {
            *stage = Stage::Over;
        }
        Ok(status)
    }

    fn kill(&self) {
        if let Stage::Running(leader) = mem::replace(&mut *lock(&self.0), Stage::Over) {
            let _ = kill_process_group(leader, Signal::KILL);
        }
    }
}
