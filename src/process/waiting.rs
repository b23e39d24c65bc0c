//! Tells a person what is waited for, on a thread of its own: work that blocks is told of too.
//!
//! While a line is on the screen the signals are taken over, and each takes it away before it is obeyed. Whoever
//! takes them for something else (a question, a program that is started) has the terminal without a line.

use std::{
    sync::{PoisonError, TryLockError},
    thread,
    time::{Duration, Instant},
};

use signal_hook::consts::SIGCONT;

use super::{
    attended::Watch,
    signals::{TURN, obey},
    silence::{self, CHANGED},
};

/// How soon is looked again where there is nothing to show.
const IDLE: Duration = Duration::from_secs(1);

/// Something is waited for, until this is dropped.
#[derive(Debug)]
pub(crate) struct Awaited(u64);

/// Begins to wait for the answer of `whom`, which is ASCII.
pub(crate) fn awaits(whom: &str) -> Awaited {
    begin(|| format!("waiting for {whom}"), false)
}

/// Begins work that consists of many waits; `text`, which is ASCII, says what it is.
pub(crate) fn works(text: &str) -> Awaited {
    begin(|| text.to_owned(), true)
}

impl Awaited {
    /// Says anew what it is.
    pub(crate) fn tell(&self, text: impl FnOnce() -> String) {
        if self.0 != 0 {
            silence::state().change(self.0, text());
        }
    }
}

impl Drop for Awaited {
    fn drop(&mut self) {
        if self.0 != 0 {
            silence::state().end(self.0);
        }
    }
}

fn begin(text: impl FnOnce() -> String, is_whole: bool) -> Awaited {
    if !silence::is_told() {
        return Awaited(0);
    }
    let mut state = silence::state();
    if !state.has_thread {
        // Where there can be no thread, nothing is told.
        state.has_thread = thread::Builder::new().name("waiting".into()).spawn(attend).is_ok();
    }
    Awaited(state.begin(text(), is_whole))
}

/// Shows the line when it is due, and takes it away when nothing is waited for any more.
fn attend() {
    let mut watch = None;
    let mut state = silence::state();
    loop {
        let now = Instant::now();
        let due = state.due(now);
        if due.is_some_and(|due| due.is_zero()) {
            watch = watch.or_else(signals);
            if watch.is_some() || state.is_shared {
                state.draw(now);
            } else {
                // The terminal is another's.
                state.break_off();
            }
            continue;
        }
        if due.is_none() {
            state.erase();
        }
        if watch.is_some() && !state.is_drawn {
            // A signal that is heeded now may need the state.
            drop(state);
            watch = None;
            state = silence::state();
            continue;
        }
        let time = due.unwrap_or(IDLE);
        state = CHANGED.wait_timeout(state, time).unwrap_or_else(PoisonError::into_inner).0;
    }
}

/// Takes the signals over, unless somebody has.
fn signals() -> Option<Watch> {
    let turn = match TURN.try_lock() {
        Ok(turn) => turn,
        Err(TryLockError::Poisoned(turn)) => turn.into_inner(),
        Err(TryLockError::WouldBlock) => return None,
    };
    let heed = |signal| {
        if signal != SIGCONT {
            obey(signal);
        }
    };
    Watch::alone(turn, heed).ok()
}
