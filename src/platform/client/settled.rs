//! Sends to the organisation that is meant, where its id may be old.

use std::{cell::Cell, time::Instant};

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

    /// Sends `request` until `end`, to the organisation that is meant.
    ///
    /// It is compiled for each kind of answer, so all that is not about the answer is elsewhere.
    pub(super) async fn send_until<D: Due>(
        &self,
        end: Instant,
        request: &Request<'_, D>,
    ) -> Result<D::Answer> {
        if !request.call.is_read() {
            self.confirm().await?;
        }
        loop {
            let (answer, confirmed) = join(self.0.send_by(end, request), self.confirm_at_once()).await;
            confirmed?;
            match answer {
                Err(error) if self.has_moved(&error).await? => {}
                answer => return answer,
            }
        }
    }

    /// As [`Self::confirm`], where something is about to be changed.
    async fn confirm_at_once(&self) -> Result<()> {
        match &self.1 {
            Some(presumed) if presumed.at_once.get() => self.confirm().await,
            _ => Ok(()),
        }
    }

    /// Whether a read met `error` because the name is another organisation's by now.
    async fn has_moved(&self, error: &Error) -> Result<bool> {
        let Some(presumed) = self.1.as_ref().filter(|presumed| presumed.moved.get().is_none()) else {
            return Ok(false);
        };
        if !matches!(error.kind(), ErrorKind::Permission | ErrorKind::NotFound) {
            return Ok(false);
        }
        match self.moved(presumed).await {
            Ok(moved) => Ok(moved),
            // There is no such organisation any more.
            Err(gone) if gone.kind() == ErrorKind::NotFound => Err(gone),
            Err(_) => Ok(false),
        }
    }
}
