//! Work that would outlive this process unless it is ended with it.

use std::{
    io,
    sync::atomic::{AtomicBool, Ordering},
};

use signal_hook::{
    consts::SIGTSTP,
    iterator::{Handle, Signals},
};

use super::signals::{Signalling, TURN, lock, obey};

/// Does `work`. When INT, TERM, HUP or QUIT arrives meanwhile, `end` is called and the process ends by that
/// very signal; ^Z stops this process only. `work` must not ask a question.
///
/// # Errors
/// Signals cannot be caught; nothing was done then.
pub(super) fn attended<T>(end: impl Fn() + Send + 'static, work: impl FnOnce() -> T) -> io::Result<T> {
    let mut turn = lock(&TURN);
    let signalling = Signalling::once(&mut turn)?;
    let mut signals = Signals::new(&signalling.caught)?;
    let (handle, idle) = (signals.handle(), signalling.idle.clone());
    let waiter = std::thread::Builder::new().name("signals".into()).spawn(move || {
        for signal in &mut signals {
            end_and_obey(signal, &end);
        }
        // One that came just before the work was done is not lost.
        signals.pending().for_each(|signal| end_and_obey(signal, &end));
    })?;

    // Also where the work panics: a signal would mean nothing from then on.
    let over = Over { handle, idle: &idle };
    idle.store(false, Ordering::SeqCst);
    let result = work();
    drop(over);
    let _ = waiter.join();
    Ok(result)
}

fn end_and_obey(signal: i32, end: &impl Fn()) {
    if signal != SIGTSTP {
        end();
    }
    obey(signal);
}

struct Over<'a> {
    handle: Handle,
    idle: &'a AtomicBool,
}

impl Drop for Over<'_> {
    fn drop(&mut self) {
        self.idle.store(true, Ordering::SeqCst);
        self.handle.close();
    }
}
