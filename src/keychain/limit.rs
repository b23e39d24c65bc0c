//! How long a process waits for the keychain in all.

use std::{
    sync::{
        Arc, Mutex, PoisonError,
        atomic::{AtomicBool, Ordering},
        mpsc::{RecvTimeoutError, sync_channel},
    },
    thread,
    time::{Duration, Instant},
};

use super::words::{LIMIT, Trouble};
use crate::process::awaits;

/// The time for a question of [`Manner::Quiet`].
const MOMENT: Duration = Duration::from_millis(300);

/// How the keychain is asked.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Manner {
    /// A person may be asked to unlock it.
    Patient,
    /// Nobody is asked, and a moment is all the time there is.
    Quiet,
}

/// What was waited for so far.
static SPENT: Mutex<Spent> = Mutex::new(Spent { time: Duration::ZERO, verdict: None });

struct Spent {
    time: Duration,
    /// A keychain that was locked or mute once is not asked again.
    verdict: Option<Trouble>,
}

/// When the work must be done, and whether it waits for a person.
#[derive(Clone)]
pub(super) struct Clock {
    end: Instant,
    manner: Manner,
    is_locked: Arc<AtomicBool>,
}

impl Clock {
    /// How long it is still.
    pub(super) fn left(&self) -> Duration {
        self.end.saturating_duration_since(Instant::now())
    }

    /// Whether a person may be asked.
    pub(super) fn may_ask(&self) -> bool {
        self.manner == Manner::Patient
    }

    /// Notes that from now on a person is waited for, who may unlock the keychain.
    pub(super) fn wait_for_unlocking(&self) {
        self.is_locked.store(true, Ordering::Relaxed);
    }

    /// Notes that the keychain was unlocked.
    pub(super) fn go_on(&self) {
        self.is_locked.store(false, Ordering::Relaxed);
    }

    /// What it means that the time is over.
    pub(super) fn over(&self) -> Trouble {
        if self.is_locked.load(Ordering::Relaxed) { Trouble::Locked } else { Trouble::Silent }
    }
}

/// Has a thread do `work`, and waits for it within the time that is left. One that does not come back is left
/// behind: a library that waits for a bus cannot be interrupted.
pub(super) fn limited<T: Send + 'static>(
    manner: Manner,
    work: impl FnOnce(&Clock) -> Result<T, Trouble> + Send + 'static,
) -> Result<T, Trouble> {
    let mut spent = SPENT.lock().unwrap_or_else(PoisonError::into_inner);
    if let Some(trouble) = &spent.verdict {
        return Err(trouble.clone());
    }
    let left = LIMIT.saturating_sub(spent.time);
    let (start, left) = (Instant::now(), if manner == Manner::Quiet { left.min(MOMENT) } else { left });
    let clock = Clock { end: start + left, manner, is_locked: Arc::default() };
    let (sender, receiver) = sync_channel(1);
    let own = clock.clone();
    let thread = thread::Builder::new().name("keychain".to_owned()).spawn(move || {
        // Nobody may wait any longer.
        let _ = sender.send(work(&own));
    });
    let _awaited = awaits("the keychain");
    let result = match thread {
        Err(error) => Err(Trouble::Failed(format!("no thread can be started: {error}"))),
        Ok(_) => receiver.recv_timeout(left).unwrap_or_else(|error| match error {
            RecvTimeoutError::Timeout => Err(clock.over()),
            RecvTimeoutError::Disconnected => Err(Trouble::Failed("it gave no result".to_owned())),
        }),
    };
    spent.time += start.elapsed();
    if manner == Manner::Patient
        && let Err(trouble @ (Trouble::Locked | Trouble::Silent)) = &result
    {
        spent.verdict = Some(trouble.clone());
    }
    result
}
