//! A key that may be pressed while other work goes on.

use std::sync::{
    Arc,
    atomic::{AtomicI32, Ordering},
};

use super::guard::{Guard, Mode};
use crate::{
    error::Result,
    process::{Job, obey},
};

/// What is offered until this is dropped. What else is typed meanwhile is neither shown nor left to the shell.
///
/// The first signal that would end this process gives the terminal back, and is obeyed when this is dropped: the
/// work beside it may be brought to an end. A second one ends the process at once.
pub struct Offer {
    guard: Guard,
    is_taken: bool,
    // Dropped after the guard, which gives the terminal back.
    noted: Noted,
}

struct Noted(Arc<AtomicI32>);

impl Offer {
    /// `None` in the background, where asking would stop this process.
    pub(super) fn make(text: &str) -> Result<Option<Self>> {
        if !Job::of_process().is_none_or(Job::may_set_terminal) {
            return Ok(None);
        }
        let noted = Noted(Arc::default());
        let guard = Guard::enter_noting(Mode::Hidden, Some(Arc::clone(&noted.0)))?;
        guard.prompt(&format!("{text}\n"))?;
        Ok(Some(Self { guard, is_taken: false, noted }))
    }

    /// Whether Enter has been pressed, for the first time, since this was last asked. Never waits.
    pub fn is_taken(&mut self) -> bool {
        let mut chunk = [0; 256];
        let pressed = self.guard.typed(&mut chunk).iter().any(|byte| matches!(byte, b'\r' | b'\n'));
        pressed && !std::mem::replace(&mut self.is_taken, true)
    }

    /// Whether this process is to end.
    pub fn is_over(&self) -> bool {
        self.noted.signal() != 0
    }
}

impl Noted {
    fn signal(&self) -> i32 {
        self.0.load(Ordering::SeqCst)
    }
}

impl Drop for Noted {
    fn drop(&mut self) {
        let signal = self.signal();
        if signal != 0 {
            obey(signal);
        }
    }
}
