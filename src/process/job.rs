//! Where this process stands among the jobs of its terminal.
//!
//! In a PID namespace whose first program was started from outside (`unshare --pid`, some CI runners)
//! the session or the process group may have no number that is seen from inside: the system then says
//! 0, which rustix takes for impossible. `/proc/self/stat` tells all of them, in one numbering.

use std::{fs::File, io};

#[cfg(target_os = "linux")]
use std::os::fd::BorrowedFd;

/// The terminal to ask on: the controlling one. A session that has none (below `su -c`) may still have one at
/// its standard streams, which is taken where a program that waits for this one is in its foreground.
pub(crate) fn open_terminal() -> io::Result<File> {
    let controlling = File::options().read(true).write(true).open("/dev/tty");
    controlling.or_else(|error| inherited_terminal().ok_or(error))
}

/// The descriptor itself: the user that this process runs as may be allowed to use it, and not to open it again.
#[cfg(target_os = "linux")]
fn inherited_terminal() -> Option<File> {
    use rustix::{
        fs::{OFlags, fcntl_getfl, fstat, major, minor},
        stdio::{stderr, stdin},
        termios::isatty,
    };

    let is_fit = |stream: &BorrowedFd<'_>| {
        let number = || fstat(stream).ok().map(|stat| stat.st_rdev);
        let number = || number().map(|device| (major(device), minor(device)));
        isatty(stream)
            && fcntl_getfl(stream).is_ok_and(|flags| flags & OFlags::RWMODE == OFlags::RDWR)
            && number().is_some_and(is_waited_for_on)
    };
    let stream = [stdin(), stderr()].into_iter().find(is_fit)?;
    stream.try_clone_to_owned().ok().map(File::from)
}

/// Whether an ancestor of this process is in the foreground of the terminal with that device number.
#[cfg(target_os = "linux")]
fn is_waited_for_on((major, minor): (u32, u32)) -> bool {
    let number = i64::from(major << 8 | minor & 0xff | (minor & !0xff) << 12);
    let mut id = i32::try_from(std::process::id()).unwrap_or_default();
    for _ in 0..MOST_ANCESTORS {
        let Ok(stat) = std::fs::read(format!("/proc/{id}/stat")) else { return false };
        let Some([parent, group, _session, terminal, foreground]) = Job::numbers(&stat) else { return false };
        if i64::from(terminal) == number && group == foreground {
            return true;
        }
        id = parent;
    }
    false
}

/// There are fewer between a person's shell and this program.
#[cfg(target_os = "linux")]
const MOST_ANCESTORS: usize = 64;

#[cfg(not(target_os = "linux"))]
fn inherited_terminal() -> Option<File> {
    None
}

/// The numbers of the process's group, of its session, and of the group in the foreground of its
/// controlling terminal: 0 where it cannot be seen from here, -1 in the foreground where there is no
/// terminal.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Job {
    group: i32,
    session: i32,
    foreground: i32,
}

impl Job {
    /// This process's; `None` where the system does not tell.
    #[cfg(target_os = "linux")]
    pub(crate) fn of_process() -> Option<Self> {
        Self::read(&std::fs::read("/proc/self/stat").ok()?)
    }

    #[cfg(not(target_os = "linux"))]
    pub(crate) fn of_process() -> Option<Self> {
        use rustix::{
            process::{getpgrp, getsid},
            termios::tcgetpgrp,
        };

        let terminal = open_terminal().ok();
        let foreground = terminal.and_then(|terminal| tcgetpgrp(terminal).ok());
        Some(Self {
            group: getpgrp().as_raw_pid(),
            session: getsid(None).ok()?.as_raw_pid(),
            foreground: foreground.map_or(-1, rustix::process::Pid::as_raw_pid),
        })
    }

    #[cfg(any(target_os = "linux", test))]
    fn read(stat: &[u8]) -> Option<Self> {
        let [_parent, group, session, _terminal, foreground] = Self::numbers(stat)?;
        Some(Self { group, session, foreground })
    }

    /// Reads `/proc/PID/stat`: the program's name stands in parentheses and may hold any byte; then
    /// come state, parent, group, session, terminal, foreground (proc(5)).
    #[cfg(any(target_os = "linux", test))]
    fn numbers(stat: &[u8]) -> Option<[i32; 5]> {
        let name_ends = stat.iter().rposition(|byte| *byte == b')')?;
        let mut rest = std::str::from_utf8(&stat[name_ends + 1..]).ok()?.split_ascii_whitespace().skip(1);
        let mut number = || rest.next()?.parse().ok();
        Some([number()?, number()?, number()?, number()?, number()?])
    }

    /// Whether there is a terminal on which it may be in the foreground, now or later.
    pub(crate) fn has_terminal(self) -> bool {
        self.foreground != -1
    }

    /// Whether the terminal is this job's to set: it is in the foreground, or the terminal does not control it.
    pub(crate) fn may_set_terminal(self) -> bool {
        self.group == self.foreground || !self.has_terminal()
    }

    /// Whether a shell is there that continues what ^Z stops: not for a session's first program and
    /// its process group (`ssh -t HOST ankra ...`, containers). A group from outside is taken for a
    /// shell's job: a terminal left without echo is the worse mistake.
    pub(crate) fn can_be_continued(self) -> bool {
        self.group == 0 || self.group != self.session
    }
}

#[cfg(test)]
mod tests {
    use super::Job;

    fn read(stat: &str) -> Option<Job> {
        Job::read(stat.as_bytes())
    }

    #[test]
    fn a_program_may_be_called_anything_and_what_is_no_stat_line_tells_nothing() {
        let job = Some(Job { group: 7, session: 5, foreground: 8 });
        assert_eq!(read("9 (ankra) S 1 7 5 34817 8 4194560 1 2\n"), job);
        assert_eq!(read("9 (a) R 1 2 3 4 5) S 1 7 5 34817 8 4194560\n"), job);
        assert_eq!(Job::read(b"9 (\xff\xfe) S 1 7 5 34817 8 4194560\n"), job);
        for stat in ["", "9 ankra S 1 7 5 34817 8", "9 (ankra) S 1 7 5", "9 (ankra) S 1 x 5 34817 8", ")"] {
            assert_eq!(read(stat), None, "{stat}");
        }
    }

    #[test]
    fn a_job_from_outside_is_told_by_the_numbers_that_are_left() {
        let outside = read("2 (ankra) S 0 0 0 0 -1 0\n").unwrap();
        assert!(outside.may_set_terminal() && outside.can_be_continued());
        let first_of_a_session = read("2 (ankra) S 0 2 2 34817 2 0\n").unwrap();
        assert!(first_of_a_session.may_set_terminal() && !first_of_a_session.can_be_continued());
        let of_a_shell_outside = read("2 (ankra) S 1 2 0 34817 2 0\n").unwrap();
        assert!(of_a_shell_outside.may_set_terminal() && of_a_shell_outside.can_be_continued());
    }

    #[test]
    fn this_process_is_found() {
        assert!(Job::of_process().is_some());
    }
}
