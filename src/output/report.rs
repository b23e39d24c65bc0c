//! Reports: lines of words on stdout, of which some begin with a state.

use std::io::Write;

use super::{Output, Tone, WIDEST_TEXT, deliver, wrap::wrapped};
use crate::{error::Result, process};

impl Output {
    /// Writes a report for a person to stdout, whatever the format: lines of which the first word may be coloured as a
    /// state. On a terminal they are broken between words, and command lines stay whole.
    ///
    /// # Errors
    ///
    /// What could not be written; see [`ErrorKind::BrokenPipe`](crate::error::ErrorKind::BrokenPipe).
    pub fn report<'t>(&self, lines: impl IntoIterator<Item = (Option<Tone>, &'t str)>) -> Result<()> {
        let sieve = self.sieve(WIDEST_TEXT);
        let columns =
            if self.stdout.terminal { process::columns(rustix::stdio::stdout()) } else { usize::MAX };
        deliver(|out| {
            lines.into_iter().try_for_each(|(tone, line)| {
                let line = sieve.text(line);
                let line = wrapped(&line, 0, columns);
                let color = tone.and_then(Tone::color).filter(|_| self.stdout.color);
                match (color, line.split_once(' ')) {
                    (Some((start, end)), Some((word, rest))) => writeln!(out, "{start}{word}{end} {rest}"),
                    _ => writeln!(out, "{line}"),
                }
            })
        })
    }
}
