//! A key that may be pressed while other work goes on.

use super::guard::{Guard, Mode};
use crate::{error::Result, process::Job};

/// What is offered until this is dropped. What else is typed meanwhile is neither shown nor left to the shell.
pub struct Offer {
    guard: Guard,
    is_taken: bool,
}

impl Offer {
    /// `None` in the background, where asking would stop this process.
    pub(super) fn make(text: &str) -> Result<Option<Self>> {
        if !Job::of_process().is_none_or(Job::may_set_terminal) {
            return Ok(None);
        }
        let guard = Guard::enter(Mode::Hidden)?;
        guard.prompt(&format!("{text}\n"))?;
        Ok(Some(Self { guard, is_taken: false }))
    }

    /// Whether Enter has been pressed, for the first time, since this was last asked. Never waits.
    pub fn is_taken(&mut self) -> bool {
        let mut chunk = [0; 256];
        let pressed = self.guard.typed(&mut chunk).iter().any(|byte| matches!(byte, b'\r' | b'\n'));
        pressed && !std::mem::replace(&mut self.is_taken, true)
    }
}
