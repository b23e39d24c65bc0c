//! What signals mean for a while: during a question, or while work is done that would outlive this
//! process unless it is ended with it.

use std::{
    io,
    sync::{
        Arc, MutexGuard,
        atomic::{AtomicBool, AtomicI32, Ordering},
    },
    thread::JoinHandle,
};

use signal_hook::{
    consts::{SIGCONT, SIGTSTP},
    iterator::{Handle, Signals},
};

use super::{
    signals::{Signalling, UNBROKEN, lock, obey, turn},
    silence,
};

/// Has the caught signals heeded on a thread of its own, until it is dropped.
pub(crate) struct Watch {
    idle: Arc<AtomicBool>,
    handle: Handle,
    waiter: Option<JoinHandle<()>>,
    _turn: MutexGuard<'static, Option<Signalling>>,
}

impl Watch {
    /// Gives the caught signals, and the one to continue, to `heed`. They do what they do by default as well,
    /// while the arrangement is idle.
    pub(crate) fn start(
        mut turn: MutexGuard<'static, Option<Signalling>>,
        heed: impl Fn(i32) + Send + 'static,
    ) -> io::Result<Self> {
        let signalling = Signalling::once(&mut turn)?;
        let mut signals = Signals::new(signalling.caught.iter().chain(&[SIGCONT]))?;
        let (idle, handle) = (Arc::clone(&signalling.idle), signals.handle());
        let waiter = std::thread::Builder::new().name("signals".into()).spawn(move || {
            signals.forever().for_each(&heed);
            // One that came just before the end is not lost.
            signals.pending().for_each(heed);
        })?;
        Ok(Self { idle, handle, waiter: Some(waiter), _turn: turn })
    }

    /// As [`Self::start`]; nobody else acts on the signals.
    pub(super) fn alone(
        turn: MutexGuard<'static, Option<Signalling>>,
        heed: impl Fn(i32) + Send + 'static,
    ) -> io::Result<Self> {
        let watch = Self::start(turn, heed)?;
        watch.idle.store(false, Ordering::SeqCst);
        Ok(watch)
    }
}

impl Drop for Watch {
    fn drop(&mut self) {
        let held = lock(&UNBROKEN);
        self.idle.store(true, Ordering::SeqCst);
        drop(held);
        self.handle.close();
        let _ = self.waiter.take().map(JoinHandle::join);
    }
}

/// Does `work`; what ends or stops this process meanwhile, or continues it, is given to `heed`, which has to
/// obey it. `work` must not ask a question.
///
/// # Errors
/// Signals cannot be caught; nothing was done then.
pub(super) fn attended<T>(heed: impl Fn(i32) + Send + 'static, work: impl FnOnce() -> T) -> io::Result<T> {
    let _watch = Watch::alone(turn(), heed)?;
    Ok(work())
}

/// While it lasts, the first signal that would end this process is noted, and obeyed when this is dropped; a
/// second one ends it at once.
pub(crate) struct Reprieve {
    noted: Arc<AtomicI32>,
    watch: Option<Watch>,
}

impl Reprieve {
    /// Begins one. No question may be asked meanwhile.
    ///
    /// # Errors
    /// Signals cannot be caught.
    pub(crate) fn start() -> io::Result<Self> {
        let noted = Arc::new(AtomicI32::new(0));
        let heed = {
            let noted = Arc::clone(&noted);
            move |signal| match signal {
                SIGCONT => {}
                SIGTSTP => obey(signal),
                _ if noted.swap(signal, Ordering::SeqCst) == 0 => {}
                _ => obey(signal),
            }
        };
        let watch = Watch::alone(turn(), heed)?;
        silence::state().is_shared = true;
        Ok(Self { noted, watch: Some(watch) })
    }

    /// Whether this process is to end.
    pub(crate) fn is_over(&self) -> bool {
        self.noted.load(Ordering::SeqCst) != 0
    }
}

impl Drop for Reprieve {
    fn drop(&mut self) {
        silence::state().is_shared = false;
        // What came until now is noted then.
        drop(self.watch.take());
        let signal = self.noted.load(Ordering::SeqCst);
        if signal != 0 {
            obey(signal);
        }
    }
}
