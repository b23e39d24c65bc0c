//! What answers are due: each kind takes in its answer as it arrives, and tells what came of it.

use std::marker::PhantomData;

use serde::de::DeserializeOwned;
use zeroize::Zeroizing;

use super::{
    decode::{self, LIST_LIMIT, ListDecoder, Malformed, OBJECT_LIMIT},
    failure::{Fault, Reply},
    types::Outcome,
};

/// A kind of answer that a request can be due.
pub trait Due: Default {
    /// What it comes to.
    type Answer;

    /// The most bytes of it.
    const LIMIT: usize = OBJECT_LIMIT;

    /// The page to ask for, of what comes in pages.
    fn page(&self) -> Option<usize> {
        None
    }

    /// Takes in the next piece.
    ///
    /// # Errors
    /// What is wrong with it.
    fn push(&mut self, chunk: &[u8]) -> Result<(), Malformed>;

    /// Ends the answer of a success.
    ///
    /// # Errors
    /// What is wrong with it, or that it says no.
    fn end(self) -> Result<Step<Self>, Fault>;
}

/// What an answer comes to.
#[derive(Debug)]
pub enum Step<D: Due> {
    /// It is whole.
    Done(D::Answer),
    /// There is another page.
    More(D),
}

#[derive(Debug)]
pub struct List<T>(ListDecoder<T>);

impl<T: DeserializeOwned> Default for List<T> {
    fn default() -> Self {
        Self(ListDecoder::new())
    }
}

impl<T: DeserializeOwned> Due for List<T> {
    type Answer = Vec<T>;
    const LIMIT: usize = LIST_LIMIT;

    fn push(&mut self, chunk: &[u8]) -> Result<(), Malformed> {
        self.0.push(chunk)
    }

    fn end(self) -> Result<Step<Self>, Fault> {
        Ok(Step::Done(self.0.finish()?))
    }
}

#[derive(Debug)]
pub struct Object<T>(Vec<u8>, PhantomData<fn() -> T>);

impl<T> Default for Object<T> {
    fn default() -> Self {
        Self(Vec::new(), PhantomData)
    }
}

impl<T: DeserializeOwned> Due for Object<T> {
    type Answer = T;

    fn push(&mut self, chunk: &[u8]) -> Result<(), Malformed> {
        self.0.extend_from_slice(chunk);
        Ok(())
    }

    fn end(self) -> Result<Step<Self>, Fault> {
        Ok(Step::Done(decode::object(&self.0)?))
    }
}

/// One object of which no error quotes anything: it may hold a token, which nothing here knows yet.
#[derive(Debug)]
pub(super) struct Private<T>(Zeroizing<Vec<u8>>, PhantomData<fn() -> T>);

impl<T> Default for Private<T> {
    fn default() -> Self {
        Self(Zeroizing::default(), PhantomData)
    }
}

impl<T: DeserializeOwned> Due for Private<T> {
    type Answer = T;

    fn push(&mut self, chunk: &[u8]) -> Result<(), Malformed> {
        self.0.extend_from_slice(chunk);
        Ok(())
    }

    fn end(self) -> Result<Step<Self>, Fault> {
        Ok(Step::Done(decode::object(&self.0).map_err(Malformed::unquoted)?))
    }
}

/// That a change was made: a success is not enough, the answer has to say so or to be the thing made.
#[derive(Debug, Default)]
pub struct Confirmed(Vec<u8>);

impl Due for Confirmed {
    type Answer = ();

    fn push(&mut self, chunk: &[u8]) -> Result<(), Malformed> {
        self.0.extend_from_slice(chunk);
        Ok(())
    }

    fn end(self) -> Result<Step<Self>, Fault> {
        let outcome: Outcome = decode::object(&self.0)?;
        match outcome.success {
            Some(true) => Ok(Step::Done(())),
            None if outcome.id.is_some() => Ok(Step::Done(())),
            Some(false) => Err(Fault::Refused(Reply::of_success(self.0))),
            None => Err(Malformed::Unexpected("it says neither success nor what was made".into()).into()),
        }
    }
}

/// That a change was made, for which a success is promised and no body. A body that is there has to be
/// JSON, else the success is not the platform's; and one that says no is believed.
#[derive(Debug, Default)]
pub struct Done(Vec<u8>);

impl Due for Done {
    type Answer = ();

    fn push(&mut self, chunk: &[u8]) -> Result<(), Malformed> {
        self.0.extend_from_slice(chunk);
        Ok(())
    }

    fn end(self) -> Result<Step<Self>, Fault> {
        match decode::outcome_if_any(&self.0)? {
            Some(Outcome { success: Some(false), .. }) => Err(Fault::Refused(Reply::of_success(self.0))),
            _ => Ok(Step::Done(())),
        }
    }
}
