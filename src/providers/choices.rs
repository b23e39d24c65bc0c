//! Values of a field that the cloud itself knows, for a person to choose from.

use std::pin::Pin;

use super::{
    caller::Caller,
    check::{Check, Given, Probe, Progress},
    step::Told,
};
use crate::{deadline::Deadline, error::Result, http::Trace};

/// One of them.
#[derive(Clone, Debug)]
pub struct Choice {
    pub value: String,
    /// What a person reads.
    pub label: String,
}

/// Asks a cloud for them, with the secrets that were given.
#[derive(Clone, Copy, Debug)]
pub struct Choices(pub(super) for<'p> fn(&'p mut Probe<'_>) -> Choosing<'p>);

pub(super) type Choosing<'p> = Pin<Box<dyn Future<Output = Progress<Vec<Choice>>> + 'p>>;

impl Choices {
    /// Asks the cloud that `check` is of.
    ///
    /// # Errors
    /// Why it does not say, as of a check.
    pub async fn ask(
        self,
        (check, names): (&Check, (&'static str, &'static str)),
        given: Given<'_>,
        (deadline, trace): (&Deadline, &Trace),
        told: Told<'_>,
    ) -> Result<Vec<Choice>> {
        let mut probe = check.probe(names, given, Caller::new(deadline, trace), told)?;
        (self.0)(&mut probe).await.map_err(|ended| probe.failure(ended))
    }
}
