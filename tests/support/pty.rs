//! A real pseudo-terminal with the built program on it.

use std::{
    fs::File,
    io::{Read, Write},
    os::unix::process::ExitStatusExt,
    process::{Command, Stdio},
    sync::{Arc, Condvar, Mutex},
    thread,
    time::{Duration, Instant},
};

use rustix::{
    fs::{Mode, OFlags},
    io::{FdFlags, fcntl_setfd},
    pty::{OpenptFlags, grantpt, openpt, ptsname, unlockpt},
    termios::{Termios, Winsize, tcgetattr, tcsetwinsize},
};
use tempfile::NamedTempFile;

use super::{Ended, PATIENCE, Run, await_that, printed};

/// Written by the test after the program's death: what came before it is all that was shown.
const MARK: &[u8] = b"\x1eend of the transcript\x1e";

/// What has a terminal mark pastes, and what ends that: nothing of it is seen.
const PASTE: [&str; 2] = ["\u{1b}[?2004h", "\u{1b}[?2004l"];

/// Only Linux can open a terminal so that no program started meanwhile inherits it.
#[cfg(target_os = "linux")]
const CLOSED_BY_EXEC: OpenptFlags = OpenptFlags::CLOEXEC;
#[cfg(not(target_os = "linux"))]
const CLOSED_BY_EXEC: OpenptFlags = OpenptFlags::empty();

/// How a program ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum End {
    Code(i32),
    Signal(i32),
}

/// A program on a terminal of its own. The slave side stays open here, so that the
/// terminal's settings can be compared after the program's death.
pub struct Pty {
    child: Ended,
    master: File,
    slave: File,
    before: Termios,
    seen: Arc<(Mutex<Vec<u8>>, Condvar)>,
    looked_at: usize,
    /// The arguments, if this program itself runs.
    own: Option<Vec<String>>,
    /// What stands in for stdin, for as long as the program may read it.
    _input: Option<NamedTempFile>,
}

impl Pty {
    /// Starts `run` with its three streams on a terminal that is wide enough for every line; stdin is a file
    /// where `run` has been given one, and the terminal is there all the same.
    pub fn start(run: Run) -> Self {
        Self::sized(run, 400, |_| {})
    }

    /// Starts `run`; `streams` may send stdout and stderr elsewhere.
    pub fn sized(run: Run, columns: u16, streams: impl FnOnce(&mut Command)) -> Self {
        let is_own = run.command.get_program() == super::ankra_path();
        let words = || run.command.get_args().map(|arg| arg.to_string_lossy().into_owned()).collect();
        let own = is_own.then(words);
        let master = openpt(OpenptFlags::RDWR | OpenptFlags::NOCTTY | CLOSED_BY_EXEC).unwrap();
        fcntl_setfd(&master, FdFlags::CLOEXEC).unwrap();
        grantpt(&master).unwrap();
        unlockpt(&master).unwrap();
        let path = ptsname(&master, Vec::new()).unwrap();
        let slave =
            rustix::fs::open(&path, OFlags::RDWR | OFlags::NOCTTY | OFlags::CLOEXEC, Mode::empty()).unwrap();
        tcsetwinsize(&slave, window(columns)).unwrap();
        let (master, slave) = (File::from(master), File::from(slave));
        let before = tcgetattr(&slave).unwrap();

        let input = run.input().map(|bytes| {
            let mut file = NamedTempFile::new().unwrap();
            file.write_all(&bytes).unwrap();
            file
        });
        // setsid --ctty makes the terminal on stdin the controlling one, then becomes the
        // program: only after that can stdin be something else.
        let mut command = Command::new("setsid");
        command.arg("--ctty").env_clear();
        if let Some(file) = &input {
            command.args(["sh", "-c", "input=$1; shift; exec \"$@\" <\"$input\"", "sh"]).arg(file.path());
        }
        command.arg(run.command.get_program()).args(run.command.get_args());
        command.env("TERM", "xterm");
        for (key, value) in run.command.get_envs() {
            if let Some(value) = value {
                command.env(key, value);
            }
        }
        command.current_dir(run.command.get_current_dir().unwrap());
        let side = || Stdio::from(slave.try_clone().unwrap());
        command.stdin(side()).stdout(side()).stderr(side());
        streams(&mut command);
        let child = Ended(command.spawn().unwrap());

        let seen = Arc::new((Mutex::new(Vec::new()), Condvar::new()));
        let (shared, mut reader) = (Arc::clone(&seen), master.try_clone().unwrap());
        thread::spawn(move || {
            let mut buffer = [0; 4096];
            while let Ok(count) = reader.read(&mut buffer) {
                if count == 0 {
                    break;
                }
                shared.0.lock().unwrap().extend_from_slice(&buffer[..count]);
                shared.1.notify_all();
            }
        });
        Self { child, master, slave, before, seen, looked_at: 0, own, _input: input }
    }

    /// Waits until `text` has been written after what was last waited for.
    pub fn expect(&mut self, text: &str) -> &mut Self {
        let start = Instant::now();
        loop {
            // Asked before looking: what an ended program wrote last is not missed.
            let ended = self.child.try_wait().unwrap();
            if ended.is_some() {
                self.drain();
            }
            let (lock, changed) = &*self.seen;
            let seen = lock.lock().unwrap();
            let rest = &seen[self.looked_at..];
            if let Some(at) = rest.windows(text.len()).position(|window| window == text.as_bytes()) {
                self.looked_at += at + text.len();
                drop(seen);
                return self;
            }
            assert!(
                ended.is_none() && start.elapsed() < PATIENCE,
                "never shown: {text:?} ({ended:?})\n--- shown\n{}",
                String::from_utf8_lossy(&seen)
            );
            drop(changed.wait_timeout(seen, Duration::from_millis(20)).unwrap());
        }
    }

    /// Answers each question that comes, in whatever order, until `says` is shown or the program has
    /// ended; whether `says` was shown.
    pub fn answer(&mut self, answers: &[(String, String)], says: &str) -> bool {
        let start = Instant::now();
        loop {
            let ended = self.child.try_wait().unwrap().is_some();
            if ended {
                self.drain();
            }
            let seen = self.seen.0.lock().unwrap().clone();
            let find = |text: &str| {
                let rest = &seen[self.looked_at..];
                rest.windows(text.len()).position(|window| window == text.as_bytes())
            };
            if (ended || !says.is_empty())
                && (says.is_empty() || String::from_utf8_lossy(&seen).contains(says))
            {
                return true;
            }
            if ended {
                return false;
            }
            let asked = answers.iter().filter_map(|(text, answer)| Some((find(text)? + text.len(), answer)));
            if let Some((end, answer)) = asked.min() {
                self.looked_at += end;
                // A hidden prompt drops what was typed before it was ready.
                thread::sleep(Duration::from_millis(50));
                self.send(&format!("{answer}\r"));
            }
            assert!(start.elapsed() < PATIENCE, "neither asks nor ends\n{}", self.transcript());
            thread::sleep(Duration::from_millis(5));
        }
    }

    /// What has been written so far is not looked at again.
    pub fn pass_over(&mut self) -> &mut Self {
        self.looked_at = self.seen.0.lock().unwrap().len();
        self
    }

    /// Waits until all that an ended program wrote has come through the terminal.
    fn drain(&mut self) {
        self.slave.write_all(MARK).unwrap();
        let (lock, changed) = &*self.seen;
        let waiting =
            changed.wait_timeout_while(lock.lock().unwrap(), PATIENCE, |seen| !seen.ends_with(MARK));
        let (mut seen, timeout) = waiting.unwrap();
        assert!(!timeout.timed_out(), "the terminal is stuck\n{}", String::from_utf8_lossy(&seen));
        let whole = seen.len() - MARK.len();
        seen.truncate(whole);
    }

    /// Types.
    pub fn send(&mut self, text: &str) -> &mut Self {
        self.master.write_all(text.as_bytes()).unwrap();
        self
    }

    /// Waits until the terminal no longer echoes: a hidden prompt is ready.
    pub fn expect_hidden(&mut self) -> &mut Self {
        let echoes =
            || tcgetattr(&self.slave).unwrap().local_modes.contains(rustix::termios::LocalModes::ECHO);
        await_that(
            || (!echoes()).then_some(()),
            || format!("the terminal still echoes\n{}", self.transcript()),
        );
        self
    }

    /// Makes the terminal so many columns wide; the program is told by a signal.
    pub fn resize(&mut self, columns: u16) -> &mut Self {
        tcsetwinsize(&self.slave, window(columns)).unwrap();
        self
    }

    /// Sends a signal to the program.
    pub fn signal(&mut self, signal: rustix::process::Signal) -> &mut Self {
        let pid = rustix::process::Pid::from_child(&self.child);
        let ended = self.child.try_wait().unwrap();
        if let Some(status) = ended {
            self.drain();
            panic!("ended before the signal, {status}\n{}", self.transcript());
        }
        rustix::process::kill_process(pid, signal).unwrap();
        self
    }

    /// Waits for the end; whatever happened, the terminal is as it was.
    pub fn end(&mut self) -> End {
        let (end, is_restored) = self.end_and_look();
        assert!(is_restored, "the terminal is not as it was\n{}", self.transcript());
        end
    }

    /// Waits for the end, and tells whether the terminal is as it was: its settings, its cursor, and that it
    /// marks no pastes.
    pub fn end_and_look(&mut self) -> (End, bool) {
        let (child, seen) = (&mut self.child, &self.seen);
        let status = await_that(
            || child.try_wait().unwrap(),
            || format!("does not end\n{}", String::from_utf8_lossy(&seen.0.lock().unwrap())),
        );
        let after = self.settings();
        self.drain();
        let end = match (status.code(), status.signal()) {
            (Some(code), _) => End::Code(code),
            (None, signal) => End::Signal(signal.unwrap()),
        };
        let shown = self.transcript();
        if let Some(args) = self.own.take() {
            printed::hold(&args, &plain(&shown));
        }
        let written = self.written();
        let is_off = |[on, off]: [&str; 2]| written.rfind(on) <= written.rfind(off);
        let switches = [["\u{1b}[?25l", "\u{1b}[?25h"], PASTE];
        (end, after == describe(&self.before) && switches.into_iter().all(is_off))
    }

    /// Ends with code 0; gives all that was shown.
    pub fn ok(&mut self) -> String {
        let end = self.end();
        assert_eq!(end, End::Code(0), "{}", self.transcript());
        self.transcript()
    }

    /// Every setting of the terminal, in a comparable form.
    pub fn settings(&self) -> String {
        describe(&tcgetattr(&self.slave).unwrap())
    }

    /// All that was shown.
    pub fn transcript(&self) -> String {
        PASTE.iter().fold(self.written(), |shown, switch| shown.replace(switch, ""))
    }

    fn written(&self) -> String {
        String::from_utf8_lossy(&self.seen.0.lock().unwrap()).into_owned()
    }
}

/// `text` without what turns colours on and off, and moves the cursor.
fn plain(text: &str) -> String {
    let mut parts = text.split("\x1b[");
    let first = parts.next().unwrap_or_default().to_owned();
    parts.fold(first, |plain, part| {
        plain
            + part
                .trim_start_matches(|c: char| c.is_ascii_digit() || c == ';' || c == '?')
                .get(1..)
                .unwrap_or_default()
    })
}

fn window(columns: u16) -> Winsize {
    Winsize { ws_row: 24, ws_col: columns, ws_xpixel: 0, ws_ypixel: 0 }
}

fn describe(termios: &Termios) -> String {
    format!("{termios:?}")
}
