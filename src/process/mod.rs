//! Signals, the jobs of a terminal, and the programs that this one starts.
//!
//! What a signal means is arranged once for the whole process, in `signals`; whoever needs another
//! meaning for a while (a question, a program that must not outlive this one) takes its turn there.

mod attended;
mod children;
mod job;
mod shield;
mod signals;
#[cfg(test)]
mod started;

pub(crate) use shield::shield_process;
pub(crate) use signals::heed_signals;

pub(crate) use children::{Ended, Fault, LIMIT, run_apart, run_line};
pub(crate) use job::{Job, open_terminal};
pub(crate) use signals::{Signalling, TURN, lock, obey};
#[cfg(test)]
pub(crate) use started::Started;
