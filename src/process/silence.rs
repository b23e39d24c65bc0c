//! How long a person has seen nothing new, what is waited for, and the line that says so.
//!
//! It is shown on standard error after two seconds, in the foreground alone. Whoever writes takes it away first.

use std::{
    io::Write as _,
    sync::{
        Condvar, Mutex, MutexGuard, PoisonError,
        atomic::{AtomicBool, Ordering},
    },
    thread::sleep,
    time::{Duration, Instant},
};

use super::{
    job::Job,
    screen::{columns, is_dumb, is_read_aloud},
};

/// How long nothing is said of a wait.
const QUIET: Duration = Duration::from_secs(2);

/// How often the line is drawn.
const BEAT: Duration = Duration::from_secs(1);

/// How often it is said to somebody who hears it.
const AGAIN: Duration = Duration::from_secs(30);

/// How often a signal looks whether the line can be taken away, and how soon again.
const LOOKS: u32 = 20;
const LOOK: Duration = Duration::from_millis(5);

/// A wait that begins so soon after another goes on with its silence.
const GAP: Duration = Duration::from_secs(1);

const CUT: char = '…';

static STATE: Mutex<Silence> = Mutex::new(Silence {
    manner: Manner::Once,
    has_thread: false,
    awaited: Vec::new(),
    last_id: 0,
    since: None,
    ended: None,
    told: None,
    is_drawn: false,
    is_shared: false,
});

/// Something new may be due.
pub(super) static CHANGED: Condvar = Condvar::new();

/// Whether a line may be shown at all.
static IS_TOLD: AtomicBool = AtomicBool::new(false);

/// How often the line is shown in one silence.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Manner {
    /// Each second, in place of the former one.
    Redrawn,
    /// As a new line, now and then.
    Repeated,
    Once,
}

pub(super) struct Silence {
    manner: Manner,
    pub(super) has_thread: bool,
    /// What is waited for, the latest last.
    awaited: Vec<Entry>,
    last_id: u64,
    /// Since when the person waits and has seen nothing new.
    since: Option<Instant>,
    /// When the last wait was over.
    ended: Option<Instant>,
    /// When the line was last shown in this silence.
    told: Option<Instant>,
    /// A line is on the screen that is to be taken away.
    pub(super) is_drawn: bool,
    /// Who has taken the signals over does not use the terminal.
    pub(super) is_shared: bool,
}

struct Entry {
    id: u64,
    text: String,
    /// The others are parts of it.
    is_whole: bool,
}

/// Has waiting be told of on standard error, which is a terminal.
pub(crate) fn tell_of_waiting() {
    let manner = match (is_read_aloud(), is_dumb()) {
        (true, _) => Manner::Repeated,
        (false, true) => Manner::Once,
        (false, false) => Manner::Redrawn,
    };
    state().manner = manner;
    IS_TOLD.store(true, Ordering::Relaxed);
}

pub(super) fn is_told() -> bool {
    IS_TOLD.load(Ordering::Relaxed)
}

/// Takes the line away, before something else is shown: the silence is over.
pub(crate) fn clear_waiting() {
    if is_told() {
        state().break_off();
    }
}

/// Takes the line away before a signal is obeyed, which ends this process where `is_last`. Who is drawing it is waited
/// for, but not for long: where ^S holds up the terminal, it must not hold up the signal too.
pub(super) fn vanish(is_last: bool) {
    for _ in 0..LOOKS {
        if !is_told() {
            return;
        }
        if let Ok(mut state) = STATE.try_lock() {
            state.erase();
            if is_last {
                IS_TOLD.store(false, Ordering::Relaxed);
            }
            return;
        }
        sleep(LOOK);
    }
}

pub(super) fn state() -> MutexGuard<'static, Silence> {
    STATE.lock().unwrap_or_else(PoisonError::into_inner)
}

impl Silence {
    /// Adds what is waited for from now on; gives its id.
    pub(super) fn begin(&mut self, text: String, is_whole: bool) -> u64 {
        if self.awaited.is_empty() && self.ended.is_none_or(|ended| ended.elapsed() > GAP) {
            self.break_off();
            self.since = Some(Instant::now());
        }
        self.since.get_or_insert_with(Instant::now);
        self.last_id += 1;
        self.awaited.push(Entry { id: self.last_id, text, is_whole });
        CHANGED.notify_all();
        self.last_id
    }

    pub(super) fn change(&mut self, id: u64, text: String) {
        if let Some(entry) = self.awaited.iter_mut().find(|entry| entry.id == id) {
            entry.text = text;
        }
    }

    pub(super) fn end(&mut self, id: u64) {
        self.awaited.retain(|entry| entry.id != id);
        self.ended = Some(Instant::now());
    }

    /// Takes the line away; what is still waited for is told of when two seconds are over again.
    pub(super) fn break_off(&mut self) {
        self.erase();
        CHANGED.notify_all();
        self.since = (!self.awaited.is_empty()).then(Instant::now);
        (self.ended, self.told) = (None, None);
    }

    /// How long it is until the line is to be shown next; `None`: there is nothing to show.
    pub(super) fn due(&self, now: Instant) -> Option<Duration> {
        let since = self.since.filter(|_| !self.awaited.is_empty() && is_told())?;
        let due = match (self.told, self.manner) {
            (None, _) => since + QUIET,
            (Some(told), Manner::Redrawn) => {
                since + BEAT * (told - since).as_secs().try_into().unwrap_or(u32::MAX - 1) + BEAT
            }
            (Some(told), Manner::Repeated) => told + AGAIN,
            (Some(_), Manner::Once) => return None,
        };
        Some(due.saturating_duration_since(now))
    }

    /// Shows the line as it is now.
    pub(super) fn draw(&mut self, now: Instant) {
        if !Job::of_process().is_none_or(Job::may_set_terminal) {
            return self.break_off();
        }
        let whole = self.awaited.iter().rfind(|entry| entry.is_whole);
        let (Some(entry), Some(since)) = (whole.or(self.awaited.last()), self.since) else { return };
        let end = format!(", {} s", now.duration_since(since).as_secs());
        self.told = Some(now);
        if self.manner == Manner::Redrawn {
            self.is_drawn = true;
            show(&format!("\r{}\x1b[K", cut(&entry.text, &end, columns(rustix::stdio::stderr()) - 1)));
        } else {
            show(&format!("{}{end}\n", entry.text));
        }
    }

    pub(super) fn erase(&mut self) {
        if std::mem::take(&mut self.is_drawn) {
            show("\r\x1b[K");
        }
    }
}

/// `text` and `end` in `most` columns: both are ASCII, and what is left out is of the text.
fn cut(text: &str, end: &str, most: usize) -> String {
    if text.len() + end.len() <= most {
        return format!("{text}{end}");
    }
    let room = most.saturating_sub(end.len() + 1);
    let line = text.chars().take(room).chain([CUT]).chain(end.chars());
    line.take(most).collect()
}

fn show(text: &str) {
    // Where the terminal does not take it there is nobody to tell.
    let _ = std::io::stderr().lock().write_all(text.as_bytes());
}

#[cfg(test)]
mod tests {
    use super::cut;

    #[test]
    fn a_narrow_line_keeps_the_time() {
        for (most, line) in [
            (40, "waiting for a.example, 14 s"),
            (27, "waiting for a.example, 14 s"),
            (26, "waiting for a.examp…, 14 s"),
            (19, "waiting for …, 14 s"),
            (7, "…, 14 s"),
            (3, "…, "),
            (1, "…"),
        ] {
            assert_eq!(cut("waiting for a.example", ", 14 s", most), line);
        }
    }
}
