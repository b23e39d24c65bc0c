//! Holds the terminal for one question, and gives it back as it was, whatever happens.
//!
//! rpassword and dialoguer leave a terminal without echo or cursor when a signal ends them. The
//! guard saves the terminal's settings first and puts them back, byte for byte, when the question
//! is over, on a panic, and when INT, TERM, HUP or QUIT arrive: then the process ends by that very
//! signal. ^Z gives the terminal back too, and the question is shown again after `fg`.

use std::{
    fs::File,
    io::{self, Read, Write},
    os::unix::fs::OpenOptionsExt,
    sync::{
        Arc, Mutex, Once,
        atomic::{AtomicBool, AtomicI32, Ordering},
    },
    thread::sleep,
    time::{Duration, Instant},
};

use rustix::{
    event::{PollFd, PollFlags, Timespec, poll},
    fs::OFlags,
    io::Errno,
    termios::{
        Action, InputModes, LocalModes, OptionalActions, QueueSelector, SpecialCodeIndex, Termios, tcflow,
        tcflush, tcgetattr, tcsetattr,
    },
};
use signal_hook::consts::{SIGCONT, SIGTSTP};
use zeroize::Zeroizing;

use crate::{
    error::{Error, ErrorKind, Result},
    output::wrapped,
    process::{Job, Signalling, Watch, clear_waiting, columns, is_dumb, lock, obey, open_terminal, turn},
};

/// What a question changes on the terminal besides its settings, and what changes it back.
type Switch = [&'static str; 2];
const CURSOR: Switch = ["\x1b[?25l", "\x1b[?25h"];
/// Bracketed paste: the terminal sends a mark before and after a paste. One that does not know it sends none.
const PASTE: Switch = ["\x1b[?2004h", "\x1b[?2004l"];
/// How often a question is asked before the person is taken at their word.
pub const TRIES: usize = 3;
/// A paste is over when nothing of it came for so long.
const QUIET: Duration = Duration::from_millis(30);
/// Even a paste that never ends is given up after so long.
const PATIENCE: Duration = Duration::from_secs(2);

/// The question being asked, for the panic hook.
static ASKING: Mutex<Option<Arc<Asking>>> = Mutex::new(None);

/// How a question reads its answer. Keys that send signals do so in both modes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Mode {
    /// Byte by byte, without echo: pastes of any length arrive whole.
    Hidden,
    /// Line by line, with the terminal's own editing and echo.
    Line,
}

impl Mode {
    fn of(self, saved: &Termios) -> Termios {
        let mut mode = saved.clone();
        mode.local_modes |= LocalModes::ISIG;
        match self {
            Self::Hidden => {
                // The end of a line in a paste may have both characters: they come as they are.
                mode.input_modes -= InputModes::ICRNL | InputModes::INLCR | InputModes::IGNCR;
                mode.local_modes -= LocalModes::ICANON | LocalModes::ECHO | LocalModes::IEXTEN;
                mode.special_codes[SpecialCodeIndex::VMIN] = 1;
                mode.special_codes[SpecialCodeIndex::VTIME] = 0;
            }
            Self::Line => {
                mode.input_modes |= InputModes::ICRNL;
                mode.local_modes |= LocalModes::ICANON | LocalModes::ECHO;
            }
        }
        mode
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Phase {
    Asking,
    /// Stopped by ^Z: the terminal is the shell's.
    Suspended,
    Over,
}

struct State {
    phase: Phase,
    /// What is on the screen for the question, to be shown again after `fg`.
    shown: String,
    switched: Option<Switch>,
    /// The question was shown again: what was typed before is void.
    resumed: bool,
}

/// The terminal during a question; shared with the thread that waits for signals.
struct Asking {
    tty: File,
    /// The same terminal, where a read does not wait; `None` where it cannot be opened again.
    rest: Option<File>,
    saved: Termios,
    mode: Termios,
    /// Whether signals do what they do by default: always, but while the terminal is held.
    idle: Arc<AtomicBool>,
    /// Where the first signal that would end this process is noted in place of being obeyed.
    noted: Option<Arc<AtomicI32>>,
    state: Mutex<State>,
}

impl Asking {
    fn write(&self, text: &str) -> io::Result<()> {
        (&self.tty).write_all(text.as_bytes())
    }

    fn take(&self, state: &mut State) -> rustix::io::Result<()> {
        self.idle.store(false, Ordering::SeqCst);
        tcsetattr(&self.tty, OptionalActions::Now, &self.mode)?;
        state.phase = Phase::Asking;
        tcflush(&self.tty, QueueSelector::IFlush)
    }

    /// Errors are passed over: a terminal that is gone needs nothing back.
    fn give_back(&self, state: &mut State, phase: Phase) {
        if state.phase == Phase::Asking {
            let _ = tcsetattr(&self.tty, OptionalActions::Now, &self.saved);
            let _ = tcflush(&self.tty, QueueSelector::IFlush);
            if let Some([_, back]) = state.switched {
                self.write_at_once(back);
            }
        }
        state.phase = phase;
        self.idle.store(true, Ordering::SeqCst);
    }

    fn handle(&self, signal: i32) {
        let mut state = lock(&self.state);
        // Only the foreground may touch the settings; anyone else would be stopped for it.
        let foreground = Job::of_process().is_none_or(Job::may_set_terminal);
        match signal {
            SIGCONT if foreground && state.phase != Phase::Over => self.resume(&mut state),
            SIGCONT => {}
            SIGTSTP if state.phase != Phase::Asking => {}
            SIGTSTP => {
                if foreground {
                    self.leave(&mut state, Phase::Suspended);
                }
                drop(state);
                obey(SIGTSTP);
            }
            fatal => {
                if foreground {
                    self.leave(&mut state, Phase::Over);
                }
                let is_first = |noted: &Arc<AtomicI32>| noted.swap(fatal, Ordering::SeqCst) == 0;
                if !self.noted.as_ref().is_some_and(is_first) {
                    // The lock is held to the end: nobody may go on with half an answer.
                    obey(fatal);
                }
            }
        }
    }

    /// Takes the terminal again, and shows the question again.
    fn resume(&self, state: &mut State) {
        if self.take(state).is_ok() {
            state.resumed = true;
            let switch = state.switched.map_or("", |[switch, _]| switch);
            let _ = self.write(&format!("{switch}{}", state.shown));
        }
    }

    /// Gives the terminal back in the middle of a question, on a line of its own.
    fn leave(&self, state: &mut State, phase: Phase) {
        let asking = state.phase == Phase::Asking;
        if asking {
            // A secret that is still coming in would show once there is an echo again.
            self.swallow();
        }
        self.give_back(state, phase);
        if asking {
            self.write_at_once("\n");
        }
    }

    /// Reads what is left of a paste; whether that was more than the end of its line.
    fn swallow(&self) -> bool {
        let (start, mut last) = (Instant::now(), Instant::now());
        let mut chunk = Zeroizing::new([0; 1024]);
        let mut lines = false;
        while start.elapsed() < PATIENCE {
            match self.read_rest(&mut *chunk) {
                Ok(count @ 1..) => {
                    lines |= !matches!(chunk[..count].trim_ascii(), b"" | b"\x1b[201~");
                    last = Instant::now();
                }
                // Only here: on a busy machine the time may be up while more has come.
                _ if last.elapsed() >= QUIET => break,
                _ => sleep(Duration::from_millis(5)),
            }
        }
        lines
    }

    /// Reads what is there.
    fn read_rest(&self, chunk: &mut [u8]) -> io::Result<usize> {
        let Some(mut rest) = self.rest.as_ref() else {
            let mut ready = [PollFd::new(&self.tty, PollFlags::IN)];
            poll(&mut ready, Some(&Timespec::default()))?;
            let is_there = ready[0].revents().contains(PollFlags::IN);
            return if is_there { (&self.tty).read(chunk) } else { Ok(0) };
        };
        rest.read(chunk)
    }

    /// Writes even where ^S holds up output: it must not hold up the signal too.
    fn write_at_once(&self, text: &str) {
        // Only output stopped by this call is started by the next.
        let _ = tcflow(&self.tty, Action::OOff);
        let _ = tcflow(&self.tty, Action::OOn);
        let _ = self.write(text);
    }
}

/// The terminal, held for one question.
pub(super) struct Guard {
    asking: Arc<Asking>,
    _watch: Watch,
}

impl Guard {
    /// Takes the terminal. What was typed ahead of the question is dropped: it was no answer to it.
    /// A background process is stopped here until it is brought to the foreground.
    pub(super) fn enter(mode: Mode) -> Result<Self> {
        Self::enter_noting(mode, None)
    }

    /// As [`Self::enter`]. The first signal that would end this process gives the terminal back, and is noted for
    /// the caller to obey; a second one ends it.
    pub(super) fn enter_noting(mode: Mode, noted: Option<Arc<AtomicI32>>) -> Result<Self> {
        let tty = open_terminal().map_err(|error| {
            Error::usage("there is no terminal to ask on")
                .cause(error)
                .hint("run this in a terminal, or give the answer with a flag")
        })?;
        Self::hold(tty, mode, noted).map_err(failed)
    }

    fn hold(tty: File, mode: Mode, noted: Option<Arc<AtomicI32>>) -> io::Result<Self> {
        let mut turn = turn();
        restore_on_panic();
        // In the background this stops the process, before settings are read that are another's.
        tcflush(&tty, QueueSelector::IFlush)?;
        let saved = tcgetattr(&tty)?;
        let flags = OFlags::NONBLOCK.bits().cast_signed();
        let rest = File::options().read(true).custom_flags(flags).open("/dev/tty").ok();

        let state = State { phase: Phase::Suspended, shown: String::new(), switched: None, resumed: false };
        let (idle, mode) = (Arc::clone(&Signalling::once(&mut turn)?.idle), mode.of(&saved));
        let asking = Arc::new(Asking { tty, rest, saved, mode, idle, noted, state: Mutex::new(state) });
        let heed = {
            let asking = Arc::clone(&asking);
            move |signal| asking.handle(signal)
        };
        let watch = Watch::start(turn, heed)?;
        *lock(&ASKING) = Some(Arc::clone(&asking));
        let guard = Self { asking, _watch: watch };
        guard.asking.take(&mut lock(&guard.asking.state))?;
        Ok(guard)
    }

    /// Shows the question, broken between words; it replaces the one before it when it is shown again after `fg`.
    pub(super) fn prompt(&self, text: &str) -> Result<()> {
        let text = fitted(text, self.size().0);
        self.show(&text)?;
        lock(&self.asking.state).shown = text;
        Ok(())
    }

    /// Shows lines of words, broken between them.
    pub(super) fn tell(&self, text: &str) -> Result<()> {
        self.show(&fitted(text, self.size().0))
    }

    pub(super) fn show(&self, text: &str) -> Result<()> {
        self.asking.write(text).map_err(failed)
    }

    /// Hides the cursor until the terminal is given back.
    pub(super) fn hide_cursor(&self) -> Result<()> {
        self.switch(CURSOR)
    }

    /// Has the terminal mark pastes until it is given back, unless it is one that would show that.
    pub(super) fn mark_pastes(&self) -> Result<()> {
        if is_dumb() { Ok(()) } else { self.switch(PASTE) }
    }

    fn switch(&self, switch: Switch) -> Result<()> {
        lock(&self.asking.state).switched = Some(switch);
        self.show(switch[0])
    }

    /// The terminal's size in columns and rows; 80 x 24 where it does not know.
    pub(super) fn size(&self) -> (usize, usize) {
        let size = rustix::termios::tcgetwinsize(&self.asking.tty).ok();
        let (columns, rows) = size.map_or((0, 0), |size| (size.ws_col, size.ws_row));
        let or = |size: u16, default| if size == 0 { default } else { usize::from(size) };
        (or(columns, 80), or(rows, 24))
    }

    /// What was typed since this was last asked, as far as it fits: never waits. In the foreground the terminal is
    /// taken again that was given back in the background, of which no signal may tell.
    pub(super) fn typed<'c>(&self, chunk: &'c mut [u8]) -> &'c [u8] {
        let mut state = lock(&self.asking.state);
        let foreground = Job::of_process().is_none_or(Job::may_set_terminal);
        if foreground && state.phase == Phase::Suspended {
            self.asking.resume(&mut state);
        }
        let is_held = foreground && state.phase == Phase::Asking;
        let count = if is_held { self.asking.read_rest(chunk).unwrap_or(0) } else { 0 };
        &chunk[..count]
    }

    /// The answer, as it is typed.
    pub(super) fn input(&self) -> Input {
        Input(Arc::clone(&self.asking))
    }

    /// Drops what is left of a paste, and tells the person if that was more than the end of its line.
    pub(super) fn drop_rest(&self) -> Result<()> {
        if self.asking.swallow() { self.tell("only the first line is taken\n") } else { Ok(()) }
    }
}

impl Drop for Guard {
    fn drop(&mut self) {
        self.asking.give_back(&mut lock(&self.asking.state), Phase::Over);
        *lock(&ASKING) = None;
    }
}

/// Reads the terminal's bytes as an answer to the question being asked.
pub(super) struct Input(Arc<Asking>);

impl Input {
    /// Whether the question was shown again since this was last asked.
    pub(super) fn was_resumed(&self) -> bool {
        std::mem::take(&mut lock(&self.0.state).resumed)
    }

    /// Shows what is typed.
    pub(super) fn show(&self, text: &str) -> io::Result<()> {
        self.0.write(text)
    }
}

impl Read for Input {
    /// `Ok(0)` is ^D in [`Mode::Line`], and a terminal that is gone in both modes.
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        loop {
            // A read that waits in the background would stop the process before a signal that came
            // with the one to continue is handled. Where terminals cannot be polled, the read waits.
            let mut ready = [PollFd::new(&self.0.tty, PollFlags::IN)];
            if poll(&mut ready, None) == Err(Errno::INTR) {
                continue;
            }
            match rustix::io::read(&self.0.tty, &mut *buffer) {
                Err(Errno::INTR) => {}
                other => return Ok(other?),
            }
        }
    }
}

/// The person ended the question without an answer to it.
pub(super) fn unanswered(label: &str) -> Error {
    Error::new(ErrorKind::Declined, format!("no answer was given for {label}"))
}

/// Every answer was refused.
pub(super) fn unusable(label: &str) -> Error {
    Error::usage(format!("no usable answer was given for {label}"))
}

/// Writes lines of words outside of any question.
pub(super) fn say(text: &str) -> Result<()> {
    clear_waiting();
    let write = |mut tty: File| tty.write_all(fitted(text, columns(&tty)).as_bytes());
    open_terminal().and_then(write).map_err(failed)
}

/// The lines of `text`, each broken between words where it is wider than the terminal.
fn fitted(text: &str, columns: usize) -> String {
    let lines: Vec<_> = text.split('\n').map(|line| wrapped(line, 0, columns)).collect();
    lines.join("\n")
}

pub(super) fn failed(error: impl Into<io::Error>) -> Error {
    Error::failure("the terminal cannot be used").cause(error.into())
}

/// A panic that ends the process at once (`panic = "abort"`) runs no `Drop`.
fn restore_on_panic() {
    static ONCE: Once = Once::new();
    ONCE.call_once(|| {
        let next = std::panic::take_hook();
        std::panic::set_hook(Box::new(move |panic| {
            // Never waits: the thread that panicked may hold these locks.
            if let Some(asking) = ASKING.try_lock().ok().and_then(|asking| asking.clone())
                && let Ok(mut state) = asking.state.try_lock()
            {
                asking.leave(&mut state, Phase::Over);
            }
            next(panic);
        }));
    });
}
