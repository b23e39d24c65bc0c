//! What signals mean for a while: during a question, or while work is done that would outlive this
//! process unless it is ended with it.

use std::{
    io,
    sync::{
        Arc, MutexGuard,
        atomic::{AtomicBool, Ordering},
    },
    thread::JoinHandle,
};

use signal_hook::{
    consts::SIGTSTP,
    iterator::{Handle, Signals},
};

use super::signals::{Signalling, TURN, lock, obey};

/// Has the caught signals heeded on a thread of its own, until it is dropped.
pub(crate) struct Watch {
    idle: Arc<AtomicBool>,
    handle: Handle,
    waiter: Option<JoinHandle<()>>,
    _turn: MutexGuard<'static, Option<Signalling>>,
}

impl Watch {
    /// Gives the caught signals, and `others`, to `heed`. They do what they do by default as well, while
    /// the arrangement is idle.
    pub(crate) fn start(
        mut turn: MutexGuard<'static, Option<Signalling>>,
        others: &[i32],
        heed: impl Fn(i32) + Send + 'static,
    ) -> io::Result<Self> {
        let signalling = Signalling::once(&mut turn)?;
        let mut signals = Signals::new(signalling.caught.iter().chain(others))?;
        let (idle, handle) = (Arc::clone(&signalling.idle), signals.handle());
        let waiter = std::thread::Builder::new().name("signals".into()).spawn(move || {
            signals.forever().for_each(&heed);
            // One that came just before the end is not lost.
            signals.pending().for_each(heed);
        })?;
        Ok(Self { idle, handle, waiter: Some(waiter), _turn: turn })
    }
}

impl Drop for Watch {
    fn drop(&mut self) {
        self.idle.store(true, Ordering::SeqCst);
        self.handle.close();
        let _ = self.waiter.take().map(JoinHandle::join);
    }
}

/// Does `work`. When INT, TERM, HUP or QUIT arrives meanwhile, `end` is called and the process ends by that
/// very signal; ^Z stops this process only. `work` must not ask a question.
///
/// # Errors
/// Signals cannot be caught; nothing was done then.
pub(super) fn attended<T>(end: impl Fn() + Send + 'static, work: impl FnOnce() -> T) -> io::Result<T> {
    let watch = Watch::start(lock(&TURN), &[], move |signal| {
        if signal != SIGTSTP {
            end();
        }
        obey(signal);
    })?;
    watch.idle.store(false, Ordering::SeqCst);
    Ok(work())
}
