//! Signals, the jobs of a terminal, the line that tells what is waited for, and the programs that this one starts.
//!
//! Signal handling is set up once for the whole process, in `signals`. A question, or a program that must
//! not outlive this one, takes it over for a while; while a file is written, signals wait.

mod attended;
mod browser;
mod children;
mod family;
mod job;
mod lent;
mod machine;
mod screen;
mod shield;
mod signals;
mod silence;
mod unbroken;
mod waiting;
mod words;

pub(crate) use attended::{Reprieve, Watch};
pub(crate) use shield::shield_process;
pub(crate) use signals::heed_signals;

pub(crate) use browser::{Browser, Opener};
pub(crate) use children::{Ended, Fault, LIMIT, Limit, Task, has_terminal};
pub(crate) use job::{Job, open_terminal};
pub(crate) use machine::Machine;
pub(crate) use screen::{columns, is_dumb, is_read_aloud};
pub(crate) use signals::{Signalling, lock, obey, turn};
pub(crate) use silence::{clear_waiting, tell_of_waiting};
pub(crate) use unbroken::unbroken;
pub(crate) use waiting::{Awaited, awaits, works};
pub(crate) use words::{JSON, masked};
