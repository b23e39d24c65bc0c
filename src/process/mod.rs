//! Signals, the jobs of a terminal, and the programs that this one starts.
//!
//! Signal handling is set up once for the whole process, in `signals`. A question, or a program that must
//! not outlive this one, takes it over for a while.

mod attended;
mod children;
mod job;
mod shield;
mod signals;

pub(crate) use attended::Watch;
pub(crate) use shield::shield_process;
pub(crate) use signals::heed_signals;

pub(crate) use children::{Ended, Fault, LIMIT, run_apart, run_line};
pub(crate) use job::{Job, open_terminal};
pub(crate) use signals::{Signalling, TURN, lock, obey};
