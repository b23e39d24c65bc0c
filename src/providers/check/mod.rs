//! Does this credential work at the cloud itself, and may it do what the platform needs? Nothing is stored or
//! changed there.
//!
//! What is asked of a cloud stands in the cloud's own file, as [`Check::steps`]. This module has what the
//! checks share: how to ask, what an answer is, and what comes of it all.

mod probe;
mod reply;
mod report;
mod target;

use std::pin::Pin;

pub(super) use probe::{Call, Ended, Probe, Progress};
pub(super) use reply::Reply;
pub use report::{CloudReport, Outcome};
pub use target::Given;
pub(super) use target::{Target, address, at_own_address, provider_or};

use super::{caller::Caller, step::Told};
use crate::{deadline::Deadline, error::Result, http::Trace};

/// How credentials of a cloud are checked: data of its provider.
#[derive(Clone, Copy, Debug)]
pub struct Check {
    /// Where it is asked. Fails for a variable that names no address.
    pub(super) target: fn(&Given<'_>) -> Result<Target>,
    /// The variable by which the cloud's own tools are pointed at another address, and what it is for.
    pub variables: &'static [(&'static str, &'static str)],
    /// The header of an answer by which the cloud's support finds a request; empty: none.
    pub(super) correlation: &'static str,
    /// What is asked, and what the answers mean.
    pub(super) steps: Steps,
    /// What the help says of it: what is asked, and what cannot be told.
    pub about: &'static str,
}

impl Check {
    /// Begins to ask, where `given` says; what is to be known of that place is told.
    pub(super) fn probe<'a>(
        &self,
        names: (&'static str, &'static str),
        given: Given<'a>,
        caller: Caller<'a>,
        told: Told<'a>,
    ) -> Result<Probe<'a>> {
        let target = (self.target)(&given)?;
        Ok(Probe::new(names, given, target, self.correlation, caller, told))
    }
}

/// Asks a cloud one thing after another. `Ok`: nothing is left to ask.
pub(super) type Steps = for<'p> fn(&'p mut Probe<'_>) -> Asking<'p>;

pub(super) type Asking<'p> = Pin<Box<dyn Future<Output = Progress<()>> + 'p>>;

/// Checks `given` at the cloud that is called `title` in sentences; `told` hears of it step by step. That the
/// credential does not work is not an error: it is in the report.
///
/// A secret goes to the cloud's own hosts, or to the address that its variable names, over TLS or on this
/// machine. Redirects are not followed.
///
/// # Errors
/// Usage, for a variable that cannot be used.
pub async fn check_cloud(
    check: &Check,
    (slug, title): (&'static str, &'static str),
    given: Given<'_>,
    (deadline, trace): (&Deadline, &Trace),
    told: Told<'_>,
) -> Result<CloudReport> {
    let mut probe = check.probe((slug, title), given, Caller::new(deadline, trace), told)?;
    // What ended it is in the report.
    let _ = (check.steps)(&mut probe).await;
    probe.finish()
}
