//! How far a command is that looks at many things.

use std::{cell::Cell, time::Instant};

use super::Context;
use crate::process::{Awaited, works};

/// Says on a terminal, when it takes more than two seconds, how many things have been looked at, on a line that goes
/// when something else is written.
pub(super) struct Progress<'c> {
    context: &'c Context,
    /// One and several: "credential", "credentials".
    what: (&'static str, &'static str),
    total: usize,
    done: Cell<usize>,
    started: Instant,
    line: Awaited,
}

impl<'c> Progress<'c> {
    /// Begins to look at `total` things.
    pub(super) fn of(context: &'c Context, what: (&'static str, &'static str), total: usize) -> Self {
        let line = works(&far(0, total, what));
        Self { context, what, total, done: Cell::new(0), started: Instant::now(), line }
    }

    /// One more has been looked at.
    pub(super) fn advance(&self) {
        self.done.set(self.done.get() + 1);
        self.line.tell(|| far(self.done.get(), self.total, self.what));
    }

    /// Tells who reads a log, where there is no such line, that it begins; [`Self::end`] tells that it is over.
    #[must_use]
    pub(super) fn logged(self) -> Self {
        self.log(&format!("Looking at {}.", counted(self.total, self.what)));
        self
    }

    /// Tells that all have been looked at, where [`Self::logged`] told that it begins.
    pub(super) fn end(self) {
        let (seconds, all) = (self.started.elapsed().as_secs_f64(), counted(self.total, self.what));
        self.log(&format!("Looked at {all} in {seconds:.1} s."));
    }

    fn log(&self, line: &str) {
        if self.total > 0 && !self.context.output.is_watched() {
            self.context.output.note(line);
        }
    }
}

fn far(done: usize, total: usize, what: (&str, &str)) -> String {
    format!("looking at {} of {}", grouped(done), counted(total, what))
}

/// `1 credential`, `1,000 credentials`
fn counted(count: usize, (one, several): (&str, &str)) -> String {
    format!("{} {}", grouped(count), if count == 1 { one } else { several })
}

/// `1,000`
fn grouped(number: usize) -> String {
    let digits = number.to_string();
    let mut text = String::with_capacity(digits.len() + digits.len() / 3);
    for (at, digit) in digits.char_indices() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}

#[cfg(test)]
mod tests {
    use super::grouped;

    #[test]
    fn digits_are_grouped_by_three() {
        for (number, text) in [(0, "0"), (999, "999"), (1_000, "1,000"), (1_234_567, "1,234,567")] {
            assert_eq!(grouped(number), text);
        }
    }
}
