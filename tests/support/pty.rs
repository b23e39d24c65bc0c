//! A real pseudo-terminal with the built program on it.

use std::{
    fs::File,
    io::{Read, Write},
    os::unix::process::ExitStatusExt,
    process::{Child, Command, Stdio},
    sync::{Arc, Condvar, Mutex},
    thread,
    time::{Duration, Instant},
};

use rustix::{
    fs::{Mode, OFlags},
    pty::{OpenptFlags, grantpt, openpt, ptsname, unlockpt},
    termios::{Termios, Winsize, tcgetattr, tcsetwinsize},
};

use super::Run;

const PATIENCE: Duration = Duration::from_secs(20);

/// How a program ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum End {
    Code(i32),
    Signal(i32),
}

/// A program on a terminal of its own. The slave side stays open here, so that the
/// terminal's settings can be compared after the program's death.
pub struct Pty {
    child: Child,
    master: File,
    slave: File,
    before: Termios,
    seen: Arc<(Mutex<Vec<u8>>, Condvar)>,
    looked_at: usize,
}

impl Pty {
    /// Starts `run` with its three streams on a terminal of 80 columns.
    pub fn start(run: Run) -> Self {
        Self::sized(run, 80, |_| {})
    }

    /// Starts `run`; `streams` may send some of them elsewhere.
    pub fn sized(run: Run, columns: u16, streams: impl FnOnce(&mut Command)) -> Self {
        let master = openpt(OpenptFlags::RDWR | OpenptFlags::NOCTTY | OpenptFlags::CLOEXEC).unwrap();
        grantpt(&master).unwrap();
        unlockpt(&master).unwrap();
        let path = ptsname(&master, Vec::new()).unwrap();
        let slave =
            rustix::fs::open(&path, OFlags::RDWR | OFlags::NOCTTY | OFlags::CLOEXEC, Mode::empty()).unwrap();
        let window = Winsize { ws_row: 24, ws_col: columns, ws_xpixel: 0, ws_ypixel: 0 };
        tcsetwinsize(&slave, window).unwrap();
        let (master, slave) = (File::from(master), File::from(slave));
        let before = tcgetattr(&slave).unwrap();

        // setsid --ctty makes the terminal on stdin the controlling one, then becomes the program.
        let mut command = Command::new("setsid");
        command.arg("--ctty").arg(run.command.get_program()).args(run.command.get_args()).env_clear();
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
        let child = command.spawn().unwrap();

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
        Self { child, master, slave, before, seen, looked_at: 0 }
    }

    /// Waits until `text` has been written after what was last waited for.
    pub fn expect(&mut self, text: &str) -> &mut Self {
        let start = Instant::now();
        let shared = Arc::clone(&self.seen);
        let (lock, changed) = &*shared;
        let mut seen = lock.lock().unwrap();
        loop {
            let rest = &seen[self.looked_at..];
            if let Some(at) = rest.windows(text.len()).position(|window| window == text.as_bytes()) {
                self.looked_at += at + text.len();
                return self;
            }
            let left = PATIENCE.checked_sub(start.elapsed());
            let Some(left) = left else {
                panic!("never shown: {text:?}\n--- shown\n{}", String::from_utf8_lossy(&seen));
            };
            seen = changed.wait_timeout(seen, left).unwrap().0;
        }
    }

    /// Types.
    pub fn send(&mut self, text: &str) -> &mut Self {
        self.master.write_all(text.as_bytes()).unwrap();
        self
    }

    /// Waits until the terminal no longer echoes: a hidden prompt is ready.
    pub fn expect_hidden(&mut self) -> &mut Self {
        let start = Instant::now();
        while tcgetattr(&self.slave).unwrap().local_modes.contains(rustix::termios::LocalModes::ECHO) {
            assert!(start.elapsed() < PATIENCE, "the terminal still echoes\n{}", self.transcript());
            thread::sleep(Duration::from_millis(2));
        }
        self
    }

    /// Sends a signal to the program.
    pub fn signal(&mut self, signal: rustix::process::Signal) -> &mut Self {
        let pid = rustix::process::Pid::from_child(&self.child);
        rustix::process::kill_process(pid, signal).unwrap();
        self
    }

    /// Waits for the end; whatever happened, the terminal is as it was.
    pub fn end(&mut self) -> End {
        let start = Instant::now();
        let status = loop {
            if let Some(status) = self.child.try_wait().unwrap() {
                break status;
            }
            assert!(start.elapsed() < PATIENCE, "does not end\n{}", self.transcript());
            thread::sleep(Duration::from_millis(2));
        };
        // What was written last may still be on its way through the terminal.
        thread::sleep(Duration::from_millis(50));
        assert_eq!(
            self.settings(),
            describe(&self.before),
            "the terminal is not as it was\n{}",
            self.transcript()
        );
        match (status.code(), status.signal()) {
            (Some(code), _) => End::Code(code),
            (None, signal) => End::Signal(signal.unwrap()),
        }
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
        String::from_utf8_lossy(&self.seen.0.lock().unwrap()).into_owned()
    }
}

fn describe(termios: &Termios) -> String {
    format!("{termios:?}")
}

impl Drop for Pty {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
