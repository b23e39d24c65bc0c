//! Sends to the organisation that is meant, where its id may be old.

use std::cell::Cell;

use futures_util::future::join;
use tokio::sync::OnceCell;

use super::{
    AuthenticatedClient,
    presumed::{Find, Presumed},
};
use crate::{
    error::{Error, ErrorKind, Result},
    platform::{OrganisationId, answer::Due, request::Request, routes},
};

impl AuthenticatedClient {
    /// As [`Self::set_organisation`], of an id that may be old: `find` finds the present one among all.
    pub fn presume(&mut self, organisation: OrganisationId, find: Find) {
        self.go_to(organisation);
        self.1 = Some(Presumed { find, at_once: Cell::new(false), moved: OnceCell::new() });
    }

    /// Says that something is about to be changed after something was read: both do not wait for the name's look-up,
    /// one after the other.
    #[must_use]
    pub fn changing(self) -> Self {
        if let Some(presumed) = &self.1 {
            presumed.at_once.set(true);
        }
        self
    }

    /// Looks the name up again, if its id may be old.
    ///
    /// # Errors
    /// Failure, if the name is another organisation's by now; else as [`Self::send`].
    pub async fn confirm(&self) -> Result<()> {
        let Some(presumed) = &self.1 else { return Ok(()) };
        if self.moved(presumed).await? {
            return Err(Error::failure("the name of the organisation is that of another one by now")
                .cause("nothing was changed")
                .hint("run it again, and it acts there"));
        }
        Ok(())
    }

    /// Whether the name is another organisation's by now, to which requests go from then on.
    async fn moved(&self, presumed: &Presumed) -> Result<bool> {
        let look_up = || async {
            let all = self.0.send(&routes::organisations().of_account()).await?;
            let found = (presumed.find)(&all)?;
            let moved = self.organisation() != Some(found);
            self.go_to(found);
            Ok(moved)
        };
        presumed.moved.get_or_try_init(look_up).await.copied()
    }

    /// Sends `request` by `send`, to the organisation that is meant.
    pub(super) async fn settled<D: Due>(
        &self,
        request: &Request<'_, D>,
        send: impl AsyncFn() -> Result<D::Answer>,
    ) -> Result<D::Answer> {
        let Some(presumed) = self.1.as_ref().filter(|presumed| presumed.moved.get() != Some(&false)) else {
            return send().await;
        };
        if !request.call.is_read() {
            self.confirm().await?;
            return send().await;
        }
        if presumed.at_once.get() {
            let (answer, confirmed) = join(send(), self.confirm()).await;
            return confirmed.and(answer);
        }
        match send().await {
            Err(error) if matches!(error.kind(), ErrorKind::Permission | ErrorKind::NotFound) => {
                match self.moved(presumed).await {
                    Ok(true) => send().await,
                    // There is no such organisation any more.
                    Err(gone) if gone.kind() == ErrorKind::NotFound => Err(gone),
                    _ => Err(error),
                }
            }
            answer => answer,
        }
    }
}
