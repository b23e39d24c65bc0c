//! The terminal, while a program of ours may ask on it.
//!
//! The program stays in our process group, so that the terminal is its own as it is ours, for it and
//! for what else the shell runs in the same job: what is typed reaches it, ^C and ^Z reach all. A group of
//! its own would have to be put in the foreground, which stops the others of a pipeline that look at the
//! terminal; and one that is in the background again may not give it back.

use std::{fs::File, io::Write, sync::Mutex, thread::sleep, time::Duration};

use rustix::termios::{OptionalActions, QueueSelector, Termios, tcflush, tcgetattr, tcsetattr};

use super::{
    job::{Job, open_terminal},
    screen::is_dumb,
    signals::lock,
    words,
};

/// What a program that was killed may have left: a cursor that is not seen, marks around pastes.
const SWITCHED_BACK: &[u8] = b"\x1b[?25h\x1b[?2004l\n";

/// How long a paste may pause.
const QUIET: Duration = Duration::from_millis(30);

/// The terminal and how it was before.
pub(super) struct Lent {
    tty: File,
    state: Mutex<State>,
}

#[derive(Default)]
struct State {
    /// As it was found in the foreground: in the background the settings are another's.
    before: Option<Termios>,
    /// The settings were changed at some time: something was asked.
    was_used: bool,
    /// What the program had set when it was stopped.
    suspended: Option<Termios>,
    is_over: bool,
}

impl Lent {
    /// The terminal of this job, if it has one.
    pub(super) fn of_process() -> Option<Self> {
        if !Job::of_process().is_some_and(Job::has_terminal) {
            return None;
        }
        let lent = Self { tty: open_terminal().ok()?, state: Mutex::default() };
        lent.look();
        Some(lent)
    }

    /// Looks whether something is being asked; whether a person is there, in the foreground.
    pub(super) fn look(&self) -> bool {
        let mut state = lock(&self.state);
        let is_ours = is_ours();
        if is_ours {
            state.was_used |= self.has_changed(&mut state);
        }
        is_ours
    }

    /// Tells the person something, unless something is being asked.
    pub(super) fn tell(&self, line: &str) {
        if !self.has_changed(&mut lock(&self.state)) {
            self.show(&format!("{line}\n"));
        }
    }

    /// Shows what a program says, as far as that can be shown.
    pub(super) fn pass_on(&self, said: &[u8]) {
        self.show(&words::shown(&String::from_utf8_lossy(said)));
    }

    fn show(&self, text: &str) {
        // Where the terminal does not take it there is nobody to tell.
        let _ = (&self.tty).write_all(text.as_bytes());
    }

    /// Gives the shell its terminal while the job is stopped.
    pub(super) fn suspend(&self) {
        let mut state = lock(&self.state);
        if !state.is_over && is_ours() && self.has_changed(&mut state) {
            state.suspended = tcgetattr(&self.tty).ok();
            let _ = tcflush(&self.tty, QueueSelector::IFlush);
            self.restore(&state);
        }
    }

    /// Gives the program back what it had set, in the foreground and unless it has set it again.
    pub(super) fn resume(&self) {
        let mut state = lock(&self.state);
        if !state.is_over
            && is_ours()
            && !self.has_changed(&mut state)
            && let Some(settings) = state.suspended.take()
        {
            let _ = tcsetattr(&self.tty, OptionalActions::Now, &settings);
        }
    }

    /// Takes it back when the program has ended. What was typed for it and not read, or while it
    /// failed, is dropped: it was not meant for the shell.
    pub(super) fn take_back(&self, in_order: bool) {
        let mut state = lock(&self.state);
        if state.is_over || !is_ours() {
            return;
        }
        state.is_over = true;
        let has_changed = self.has_changed(&mut state);
        if state.was_used || has_changed || !in_order {
            let _ = tcflush(&self.tty, QueueSelector::IFlush);
            if has_changed {
                // The rest of a paste would show once there is an echo again.
                sleep(QUIET);
                self.restore(&state);
                let _ = (&self.tty).write_all(if is_dumb() { b"\n" } else { SWITCHED_BACK });
            }
            let _ = tcflush(&self.tty, QueueSelector::IFlush);
        }
    }

    fn restore(&self, state: &State) {
        if let Some(before) = &state.before {
            let _ = tcsetattr(&self.tty, OptionalActions::Now, before);
        }
    }

    /// Whether the settings are not those of before, in the foreground.
    fn has_changed(&self, state: &mut State) -> bool {
        let Ok(now) = tcgetattr(&self.tty) else { return false };
        let modes = |termios: &Termios| {
            (termios.input_modes, termios.output_modes, termios.control_modes, termios.local_modes)
        };
        modes(&now) != modes(state.before.get_or_insert_with(|| now.clone()))
    }
}

/// Whether the terminal may be touched: anyone else would be stopped for it.
fn is_ours() -> bool {
    Job::of_process().is_none_or(Job::may_set_terminal)
}
