//! A pseudo-terminal, and the process on its other side.

use std::{
    fs::File,
    io::{Read, Write},
    os::unix::{fs::OpenOptionsExt, process::ExitStatusExt},
    process::{Child, Command, Stdio},
    sync::{Arc, Mutex},
    thread::{JoinHandle, sleep, spawn},
    time::{Duration, Instant},
};

use rustix::{
    fs::OFlags,
    pty::{OpenptFlags, grantpt, openpt, ptsname, unlockpt},
    termios::{InputModes, LocalModes, Winsize, tcgetattr, tcsetwinsize},
};

use super::{ROLE, TERMINAL};

const END: &str = "\x1cEND";
/// What has a terminal mark pastes, and what ends that.
pub(super) const PASTE: [&str; 2] = ["\x1b[?2004h", "\x1b[?2004l"];
const PATIENCE: Duration = Duration::from_secs(20);

pub(super) struct Pty {
    master: File,
    /// Held open, so that the settings can still be read when the process is gone.
    slave: File,
    screen: Arc<Mutex<Vec<u8>>>,
    settings: String,
    child: Child,
    printed: Option<JoinHandle<String>>,
}

impl Pty {
    pub(super) fn start(role: &str) -> Self {
        Self::start_with(role, "xterm", (80, 24))
    }

    pub(super) fn start_with(role: &str, term: &str, (columns, rows): (u16, u16)) -> Self {
        // What a caller such as nohup has ignored stays ignored in a child; what is handled does not.
        signal_hook::flag::register(signal_hook::consts::SIGHUP, Arc::default()).unwrap();
        let master = File::from(openpt(OpenptFlags::RDWR | OpenptFlags::NOCTTY).unwrap());
        grantpt(&master).unwrap();
        unlockpt(&master).unwrap();
        let name = ptsname(&master, Vec::new()).unwrap().into_string().unwrap();
        let no_ctty = OFlags::NOCTTY.bits().cast_signed();
        let slave = File::options().read(true).write(true).custom_flags(no_ctty).open(&name).unwrap();
        let size = Winsize { ws_col: columns, ws_row: rows, ws_xpixel: 0, ws_ypixel: 0 };
        tcsetwinsize(&slave, size).unwrap();

        let settings = settings(&slave);
        assert!(settings.contains(':'), "{settings}");

        let screen = Arc::new(Mutex::new(Vec::new()));
        spawn({
            let (screen, mut master) = (Arc::clone(&screen), master.try_clone().unwrap());
            move || {
                let mut chunk = [0; 4096];
                while let Ok(count @ 1..) = master.read(&mut chunk) {
                    screen.lock().unwrap().extend_from_slice(&chunk[..count]);
                }
            }
        });
        let mut child = Command::new(std::env::current_exe().unwrap())
            .args(["terminal::tests::other_side", "--exact", "--nocapture", "--test-threads=1"])
            .env(ROLE, role)
            .env(TERMINAL, name)
            .env("TERM", term)
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        let mut stdout = child.stdout.take().unwrap();
        let printed = Some(spawn(move || {
            let mut text = String::new();
            stdout.read_to_string(&mut text).unwrap();
            text
        }));
        Self { master, slave, screen, settings, child, printed }
    }

    /// All that was shown so far.
    pub(super) fn screen(&self) -> String {
        self.written().replace(PASTE[0], "").replace(PASTE[1], "")
    }

    /// All that was written, with what has the terminal mark pastes.
    pub(super) fn written(&self) -> String {
        String::from_utf8_lossy(&self.screen.lock().unwrap()).into_owned()
    }

    /// Waits until `text` is on the screen for the `times`th time.
    pub(super) fn wait_for_times(&self, text: &str, times: usize) {
        let start = Instant::now();
        while self.screen().matches(text).count() < times {
            assert!(start.elapsed() < PATIENCE, "no {text:?} in {:?}", self.screen());
            sleep(Duration::from_millis(2));
        }
    }

    pub(super) fn wait_for(&self, text: &str) {
        self.wait_for_times(text, 1);
    }

    pub(super) fn type_in(&mut self, text: &str) {
        self.type_bytes(text.as_bytes());
    }

    pub(super) fn type_bytes(&mut self, bytes: &[u8]) {
        self.master.write_all(bytes).unwrap();
    }

    /// Another hand on the same keyboard.
    pub(super) fn keyboard(&self) -> File {
        self.master.try_clone().unwrap()
    }

    pub(super) fn signal(&self, signal: i32) {
        let script = format!("kill -{signal} {}", self.child.id());
        assert!(Command::new("sh").args(["-c", &script]).status().unwrap().success());
    }

    /// The terminal's settings, in the words of `stty`: all of them, in hexadecimal.
    pub(super) fn settings(&self) -> String {
        settings(&self.slave)
    }

    pub(super) fn modes(&self) -> (InputModes, LocalModes) {
        let modes = tcgetattr(&self.slave).unwrap();
        (modes.input_modes, modes.local_modes)
    }

    pub(super) fn settings_at_start(&self) -> &str {
        &self.settings
    }

    /// Waits for the end; gives the last outcome that was reported, or the signal that ended it.
    pub(super) fn end(&mut self) -> String {
        let start = Instant::now();
        let status = loop {
            if let Some(status) = self.child.try_wait().unwrap() {
                break status;
            }
            assert!(start.elapsed() < PATIENCE, "no end after {:?}", self.screen());
            sleep(Duration::from_millis(2));
        };
        let printed = self.printed.take().unwrap().join().unwrap();
        // What the process wrote last is on the screen before what is written now.
        self.slave.write_all(END.as_bytes()).unwrap();
        self.wait_for(END);
        let mut screen = self.screen.lock().unwrap();
        let length = screen.len() - END.len();
        screen.truncate(length);
        drop(screen);
        if let Some(signal) = status.signal() {
            return format!("signal {signal}");
        }
        if let Some(code @ 129..) = status.code() {
            return format!("code {code}");
        }
        let outcome = printed.lines().rev().find_map(|line| line.strip_prefix("OUTCOME "));
        outcome.unwrap_or(&printed).to_owned()
    }

    /// As [`Pty::end`], and the terminal must be as it was before.
    pub(super) fn end_restored(&mut self) -> String {
        let outcome = self.end();
        assert_eq!(self.settings(), self.settings, "after {outcome}, screen {:?}", self.screen());
        let written = self.written();
        for [on, off] in [PASTE, ["\x1b[?25l", "\x1b[?25h"]] {
            assert!(written.rfind(on) <= written.rfind(off), "{on:?} stays: {written:?}");
        }
        outcome
    }
}

impl Drop for Pty {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

fn settings(terminal: &File) -> String {
    let output = Command::new("stty").arg("-g").stdin(terminal.try_clone().unwrap()).output().unwrap();
    assert!(output.status.success());
    String::from_utf8(output.stdout).unwrap()
}
