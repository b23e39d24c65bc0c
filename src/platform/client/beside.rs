//! A read that is on its way while a person types.
//!
//! At a prompt the thread of the command stands still, and with it all that it sends. So the request has a thread,
//! and a client, of its own. Its connection stays there for what is sent afterwards: that finds it open, or closed
//! where the platform did not wait so long.

use std::{
    cell::{Cell, OnceCell, RefCell},
    future::pending,
    rc::Rc,
    thread,
    time::Duration,
};

use tokio::{
    runtime::Builder,
    sync::oneshot::{self, error::TryRecvError},
    time::timeout,
};

use super::{AuthenticatedClient, Client, Identity};
use crate::{
    deadline::Deadline,
    error::{Error, Result},
    http::Trace,
    platform::{answer::Due, request::Request},
};

/// The answer of a request that is on its way.
pub struct Beside<T> {
    told: oneshot::Receiver<Told<T>>,
    trace: Trace,
}

struct Told<T> {
    answer: Result<T>,
    was_reached: bool,
    /// What a trace has of it: a prompt is not written over.
    lines: Vec<(u8, String)>,
}

impl<T> Beside<T> {
    /// The answer, and whether there was ever a connection, if it comes within `time`.
    pub async fn within(&mut self, time: Duration) -> Option<(Result<T>, bool)> {
        let told = timeout(time, &mut self.told).await.ok()?.ok()?;
        Some(self.traced(told))
    }

    /// The same of an answer that is there already.
    pub fn so_far(&mut self) -> Option<(Result<T>, bool)> {
        match self.told.try_recv() {
            Ok(told) => Some(self.traced(told)),
            Err(TryRecvError::Empty) => None,
            Err(TryRecvError::Closed) => Some((Err(Error::failure("it was not asked")), false)),
        }
    }

    fn traced(&self, told: Told<T>) -> (Result<T>, bool) {
        told.lines.iter().for_each(|(level, line)| (self.trace)(*level, line));
        (told.answer, told.was_reached)
    }
}

impl AuthenticatedClient {
    /// Sends a read that only helps from a thread of its own, which goes on while a person is asked here.
    ///
    /// # Errors
    /// No connection can be made, or no thread.
    pub fn begin<D>(&self, request: Request<'static, D>) -> Result<Beside<D::Answer>>
    where
        D: Due + 'static,
        D::Answer: Send + 'static,
    {
        let client = &self.0;
        let half = client.deadline.half();
        let http = client.http(&request.call.url(&client.base), half.end());
        let http = http.map_err(|fault| client.explain(&request.call, &fault.into()))?.clone();
        let (base, on_refusal, allowed) = (client.base.clone(), client.on_refusal.clone(), half.left());
        let identity = client.identity.as_ref().map(|one| (one.header.clone(), one.organisation.get()));
        let (tell, told) = oneshot::channel();
        let work = move || {
            let Ok(runtime) = Builder::new_current_thread().enable_all().build() else { return };
            let lines = Rc::new(RefCell::new(Vec::new()));
            let kept = Rc::clone(&lines);
            let own = Client {
                base,
                deadline: Deadline::after(allowed),
                trace: Rc::new(move |level, line| kept.borrow_mut().push((level, line.to_owned()))),
                on_change: Rc::new(|| ()),
                on_refusal,
                http: OnceCell::from(http),
                identity: identity
                    .map(|(header, organisation)| Identity { header, organisation: Cell::new(organisation) }),
                lacks_deployed: Cell::new(None),
                was_reached: Cell::new(false),
                was_limited: Cell::new(false),
            };
            let answer = runtime.block_on(own.send(&request));
            let told = Told { answer, was_reached: own.was_reached.get(), lines: lines.take() };
            // Nobody listens any more where the command has ended.
            let _ = tell.send(told);
            runtime.block_on(pending::<()>());
        };
        thread::Builder::new()
            .spawn(work)
            .map_err(|error| Error::failure("cannot start a thread").cause(error))?;
        Ok(Beside { told, trace: Rc::clone(&client.trace) })
    }
}
