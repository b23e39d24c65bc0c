//! Secrets that a cloud gives out, while a person agrees to that on a page of its own.

use std::{
    pin::Pin,
    time::{Duration, Instant},
};

use jiff::Timestamp;
use url::Url;

use super::{
    caller::Caller,
    check::{Check, Given, Probe, Progress},
    clock::Clock,
    step::Told,
};
use crate::{
    deadline::Deadline,
    error::{ErrorKind, Result},
    http::Trace,
    secret::Secret,
};

/// How a cloud is asked for one of the secrets of a credential: data of its provider.
#[derive(Clone, Copy, Debug)]
pub struct Grant {
    /// The secret, by the name of its field.
    pub field: &'static str,
    /// The flag that asks for it, without dashes, and its help.
    pub flag: &'static str,
    pub help: &'static str,
    /// The question of where it is to come from, and what to answer to ask for it now.
    pub question: &'static str,
    pub offer: &'static str,
    /// What a person agrees to, behind "agree to ".
    pub what: &'static str,
    /// What to see to on the page, a sentence.
    pub advice: &'static str,
    /// Where the other secrets are made where there are none, a sentence.
    pub before: &'static str,
    pub(super) request: for<'p> fn(&'p mut Probe<'_>) -> Work<'p, Progress<Requested>>,
    pub(super) look: for<'p> fn(&'p mut Probe<'_>, &'p mut Requested, Instant) -> Work<'p, Result<Looked>>,
    pub(super) give_up: for<'p> fn(&'p mut Probe<'_>, &'p Requested) -> Work<'p, bool>,
}

pub(super) type Work<'p, T> = Pin<Box<dyn Future<Output = T> + 'p>>;

/// A secret that a person has not agreed to yet.
#[derive(Debug)]
pub struct Requested {
    /// Where they do.
    pub page: Url,
    pub secret: Secret,
    pub(super) clock: Clock,
}

/// How it stands.
#[derive(Debug)]
pub enum Looked {
    Granted(Granted),
    /// Nobody has agreed yet, as far as is known.
    Waiting,
    /// Nothing that says how it stands; the next answer may.
    Trouble {
        why: String,
        wait: Option<Duration>,
    },
}

/// What is known of a secret that was agreed to.
#[derive(Debug)]
pub struct Granted {
    /// Whose it is and until when.
    pub told: String,
    /// What works today and may not work for the platform.
    pub doubts: Vec<String>,
    /// When it expires.
    pub end: Option<Timestamp>,
    /// How a person gets rid of it.
    pub undo: String,
}

/// Who is asked for a secret: what is known of a cloud.
#[derive(Clone, Copy, Debug)]
pub struct Granter {
    pub check: &'static Check,
    pub names: (&'static str, &'static str),
    pub grant: &'static Grant,
    /// What the secret is called.
    pub label: &'static str,
}

/// Asks a cloud for a secret.
pub struct Granting<'a> {
    grant: &'static Grant,
    label: &'static str,
    probe: Probe<'a>,
}

impl<'a> Granting<'a> {
    /// `given` has the other secrets. A warning is told before anything is sent.
    ///
    /// # Errors
    /// Usage, for a variable that cannot be used.
    pub fn new(
        Granter { check, names, grant, label }: Granter,
        given: Given<'a>,
        (deadline, trace): (&'a Deadline, &'a Trace),
        told: Told<'a>,
    ) -> Result<Self> {
        let probe = check.probe(names, given, Caller::new(deadline, trace), told)?;
        Ok(Self { grant, label, probe })
    }

    /// Asks for the secret, which is of no use before somebody agrees.
    ///
    /// # Errors
    /// As of a check: the cloud says no, or nothing that can be used.
    pub async fn request(&mut self) -> Result<Requested> {
        let requested = (self.grant.request)(&mut self.probe).await;
        requested.map_err(|ended| {
            let error = self.probe.failure(ended);
            if error.kind() == ErrorKind::Usage {
                return error;
            }
            let why = error.message().to_owned();
            error.with_message(format!("there is no {} yet", self.label)).with_outer_cause(why)
        })
    }

    /// Looks whether somebody has agreed; waits for the answer until `end`.
    ///
    /// # Errors
    /// Declined; timed out, where it is too late; unreachable, where that will not change.
    pub async fn look(&mut self, requested: &mut Requested, end: Instant) -> Result<Looked> {
        (self.grant.look)(&mut self.probe, requested, end).await
    }

    /// Has the cloud forget the secret; whether it has.
    pub async fn give_up(&mut self, requested: &Requested) -> bool {
        (self.grant.give_up)(&mut self.probe, requested).await
    }
}
