//! Work that no signal breaks off: a file that holds a secret has its name, or is gone, before this process
//! ends.

use std::{
    io,
    sync::{
        Arc, TryLockError,
        atomic::{AtomicBool, Ordering},
    },
};

use signal_hook::iterator::Signals;

use super::signals::{Signalling, TURN, UNBROKEN, lock, obey};

/// Does `work`, which has to be short, wait for nobody and ask nothing. The caught signals that come meanwhile
/// are obeyed after it.
pub(crate) fn unbroken<T>(work: impl FnOnce() -> T) -> T {
    let mut turn = match TURN.try_lock() {
        Ok(turn) => turn,
        Err(TryLockError::Poisoned(turn)) => turn.into_inner(),
        // A question or a program has the signals: what comes is obeyed when this lock is free.
        Err(TryLockError::WouldBlock) => {
            let _held = lock(&UNBROKEN);
            return work();
        }
    };
    // Where signals cannot be caught, the work is still to be done.
    let _pause = Signalling::once(&mut turn).and_then(Pause::start).ok();
    let _held = lock(&UNBROKEN);
    work()
}

/// While it lasts, the caught signals are noted and nothing else.
struct Pause {
    idle: Arc<AtomicBool>,
    signals: Signals,
}

impl Pause {
    fn start(signalling: &mut Signalling) -> io::Result<Self> {
        let signals = Signals::new(&signalling.caught)?;
        signalling.idle.store(false, Ordering::SeqCst);
        Ok(Self { idle: Arc::clone(&signalling.idle), signals })
    }
}

impl Drop for Pause {
    fn drop(&mut self) {
        // Another thread may have begun such work meanwhile.
        let held = lock(&UNBROKEN);
        self.idle.store(true, Ordering::SeqCst);
        drop(held);
        self.signals.pending().for_each(obey);
    }
}
