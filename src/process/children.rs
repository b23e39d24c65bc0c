//! Starts programs, and reads what they print in bounded memory that is zeroed.

use std::{
    fmt,
    io::{self, Write},
    mem,
    os::{
        fd::OwnedFd,
        unix::process::{CommandExt, ExitStatusExt},
    },
    process::{Command, ExitStatus, Stdio},
    sync::Arc,
    time::{Duration, Instant},
};

use rustix::{
    event::{PollFd, PollFlags, Timespec, poll},
    io::{Errno, ioctl_fionbio},
};
use signal_hook::consts::{SIGCONT, SIGINT, SIGQUIT, SIGTSTP};
use zeroize::Zeroizing;

use super::{attended::attended, family::Family, lent::Lent, shield::keep_apart, signals::obey, words::JSON};

/// The most bytes that a program may print.
pub(crate) const LIMIT: usize = 1 << 20;

/// The most that is kept of what it says of errors.
const WORDS: usize = 4 << 10;

/// The most of it that is shown while the program runs, and is read at a time.
const SHOWN: usize = 64 << 10;

/// How often is looked whether a program has ended.
const BEAT: Duration = Duration::from_millis(10);

/// A machine that is busy makes none longer.
const LONGEST_BEAT: Duration = Duration::from_secs(1);

/// How long a person waits before being told for what.
const UNTOLD: Duration = Duration::from_secs(2);

/// A program that is to be run.
pub(crate) struct Task<'t> {
    pub(crate) command: Command,
    /// What a person waits for.
    pub(crate) name: &'t str,
    /// What it gets on standard input, which has to fit a pipe; `None`: nothing.
    pub(crate) input: Option<&'t str>,
    pub(crate) limit: Limit,
    /// Its words on standard error are kept, not shown as they are.
    pub(crate) keeps_words: bool,
}

/// How long a program may take.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Limit {
    pub(crate) after: Duration,
    /// Nobody is taken to be at the terminal, if there is one.
    pub(crate) is_unattended: bool,
}

/// What a program printed before it ended, and how it ended.
#[derive(Debug)]
pub(crate) struct Ended {
    pub(crate) printed: Zeroizing<Vec<u8>>,
    /// What it said of errors, if the person has not seen it.
    pub(crate) words: Zeroizing<Vec<u8>>,
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

impl Task<'_> {
    /// Runs the program: the one place where one is started and followed. It gets none of our tokens and no descriptor
    /// beyond the first three. It ends with all that it started, when it is over, when it takes too long or
    /// prints too much, and with this process, but for one that is killed.
    ///
    /// Where there is a terminal it may ask there, and in the foreground it may take as long as it takes: the
    /// person is told what is waited for and can end it with ^C. Its limit is for everything else.
    pub(crate) fn run(mut self) -> Result<Ended, Fault> {
        let terminal = Lent::of_process().filter(|lent| lent.look() || !self.limit.is_unattended);
        let lent = terminal.map(Arc::new);
        let family = Family::new(lent.is_none());
        if lent.is_none() {
            self.command.process_group(0);
        }
        let words = if self.keeps_words { Stdio::piped() } else { Stdio::inherit() };
        let input = if self.input.is_some() { Stdio::piped() } else { Stdio::null() };
        self.command.stdin(input).stdout(Stdio::piped()).stderr(words);
        let heed = {
            let (family, lent) = (family.clone(), lent.clone());
            move |signal| heed(signal, &family, lent.as_deref())
        };
        attended(heed, || {
            let ended = self.follow(&family, lent.as_deref()).inspect_err(|_| family.end());
            if let Some(lent) = &lent {
                lent.take_back(ended.as_ref().is_ok_and(Ended::well));
                interrupt(ended.as_ref().ok());
            }
            ended
        })
        .map_err(Fault::NotStarted)?
    }

    fn follow(&mut self, family: &Family, lent: Option<&Lent>) -> Result<Ended, Fault> {
        let (start, mut last, mut unattended) = (Instant::now(), Instant::now(), Duration::ZERO);
        keep_apart(&mut self.command);
        let mut child = family.start(&mut self.command).map_err(Fault::NotStarted)?;
        if let (Some(mut stdin), Some(input)) = (child.stdin.take(), self.input) {
            // A program that does not read it is free not to.
            let _ = stdin.write_all(input.as_bytes());
        }
        let mut untold = true;
        let mut printed = Pipe::new(child.stdout.take().map(Into::into), LIMIT + 1).map_err(Fault::Lost)?;
        let mut words = Pipe::new(child.stderr.take().map(Into::into), WORDS).map_err(Fault::Lost)?;
        loop {
            let status = family.ended(&mut child).map_err(Fault::Lost)?;
            // What it printed before it ended is there now.
            let wait = if status.is_some() { Duration::ZERO } else { BEAT };
            await_any([&printed, &words], wait).map_err(Fault::Lost)?;
            if !printed.fill().map_err(Fault::Lost)? {
                return Err(Fault::TooMuch);
            }
            words.pass_on(lent).map_err(Fault::Lost)?;
            if let Some(status) = status {
                let words = if lent.is_some() { Zeroizing::default() } else { words.bytes() };
                return Ok(Ended { printed: printed.bytes(), words, status });
            }
            let beat = mem::replace(&mut last, Instant::now()).elapsed();
            match lent {
                Some(lent) if lent.look() && !self.limit.is_unattended => {
                    if untold && start.elapsed() > UNTOLD {
                        untold = false;
                        lent.tell(&format!("Waiting for {}; Ctrl-C ends it.", self.name));
                    }
                }
                // The time for which a job of the shell was stopped is nobody's.
                Some(_) if !self.limit.is_unattended => unattended += beat.min(LONGEST_BEAT),
                _ => unattended += beat,
            }
            if unattended > self.limit.after {
                return Err(Fault::TooLong);
            }
        }
    }
}

/// Whether a program that is started may ask a person.
pub(crate) fn has_terminal() -> bool {
    Lent::of_process().is_some()
}

/// What a signal means while a program runs.
fn heed(signal: i32, family: &Family, lent: Option<&Lent>) {
    if signal != SIGCONT && signal != SIGTSTP {
        family.end();
    }
    if let Some(lent) = lent {
        match signal {
            SIGCONT => lent.resume(),
            SIGTSTP => lent.suspend(),
            _ => lent.take_back(false),
        }
    }
    if signal != SIGCONT {
        obey(signal);
    }
}

/// Ends this process too, where the person has ended the program with a key.
fn interrupt(ended: Option<&Ended>) {
    let status = ended.map(|ended| ended.status);
    let signal = status.and_then(|status| status.signal().or(status.code().map(|code| code - 128)));
    if let Some(signal @ (SIGINT | SIGQUIT)) = signal {
        obey(signal);
    }
}

/// The end of a pipe that a program writes to, and what came.
struct Pipe {
    end: Option<OwnedFd>,
    /// Never grows: no copy stays behind.
    buffer: Zeroizing<Vec<u8>>,
    filled: usize,
    shown: usize,
}

impl Pipe {
    fn new(end: Option<OwnedFd>, size: usize) -> io::Result<Self> {
        if let Some(end) = &end {
            ioctl_fionbio(end, true)?;
        }
        Ok(Self { end, buffer: Zeroizing::new(vec![0; size]), filled: 0, shown: 0 })
    }

    /// Takes what is there; whether there is room for more.
    fn fill(&mut self) -> io::Result<bool> {
        while self.filled < self.buffer.len() {
            match read(&mut self.end, &mut self.buffer[self.filled..])? {
                0 => return Ok(true),
                count => self.filled += count,
            }
        }
        Ok(false)
    }

    /// Takes some of what is there, as far as there is room for it, and shows it.
    fn pass_on(&mut self, lent: Option<&Lent>) -> io::Result<()> {
        let mut chunk = Zeroizing::new([0; 1024]);
        for _ in 0..SHOWN / chunk.len() {
            let count = read(&mut self.end, &mut *chunk)?;
            if count == 0 {
                break;
            }
            if let Some(lent) = lent.filter(|_| self.shown < SHOWN) {
                lent.pass_on(&chunk[..count]);
                // What follows an answer may be the rest of it.
                self.shown += if chunk[..count].contains(&(JSON as u8)) { SHOWN } else { count };
            }
            let kept = count.min(self.buffer.len() - self.filled);
            self.buffer[self.filled..][..kept].copy_from_slice(&chunk[..kept]);
            self.filled += kept;
        }
        Ok(())
    }

    fn bytes(mut self) -> Zeroizing<Vec<u8>> {
        self.buffer.truncate(self.filled);
        self.buffer
    }
}

/// Reads what is there: nothing is 0, as at the end, where the pipe is closed.
fn read(end: &mut Option<OwnedFd>, buffer: &mut [u8]) -> io::Result<usize> {
    let Some(pipe) = end else { return Ok(0) };
    match rustix::io::read(pipe, buffer) {
        Ok(0) => {
            *end = None;
            Ok(0)
        }
        Err(Errno::INTR | Errno::AGAIN) => Ok(0),
        other => Ok(other?),
    }
}

/// Waits until there is something in one of `pipes`, but not for longer than `wait`.
fn await_any(pipes: [&Pipe; 2], wait: Duration) -> io::Result<()> {
    let ends = pipes.into_iter().filter_map(|pipe| pipe.end.as_ref());
    let mut ready: Vec<PollFd<'_>> = ends.map(|end| PollFd::new(end, PollFlags::IN)).collect();
    // Who has closed all is about to end: that takes a moment.
    let wait = if ready.is_empty() { wait / 10 } else { wait };
    match poll(&mut ready, Some(&Timespec::try_from(wait).unwrap_or_default())) {
        Ok(_) | Err(Errno::INTR) => Ok(()),
        Err(errno) => Err(errno.into()),
    }
}
