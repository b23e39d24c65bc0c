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

pub type List<T> = ListDecoder<T>;

impl<T: DeserializeOwned> Due for List<T> {
    type Answer = Vec<T>;
    const LIMIT: usize = LIST_LIMIT;

    fn push(&mut self, chunk: &[u8]) -> Result<(), Malformed> {
        self.push(chunk)
    }

    fn end(self) -> Result<Step<Self>, Fault> {
        Ok(Step::Done(self.finish()?))
    }
}

/// An answer that is read when it is whole, as `R` says.
pub struct Whole<R>(Zeroizing<Vec<u8>>, PhantomData<fn() -> R>);

/// How a whole answer is read.
pub trait Read {
    /// What it comes to.
    type Answer;

    /// Reads the body of a success.
    ///
    /// # Errors
    /// What is wrong with it, or that it says no.
    fn read(body: &[u8]) -> Result<Self::Answer, Fault>;
}

impl<R> Default for Whole<R> {
    fn default() -> Self {
        Self(Zeroizing::default(), PhantomData)
    }
}

impl<R: Read> Due for Whole<R> {
    type Answer = R::Answer;

    fn push(&mut self, chunk: &[u8]) -> Result<(), Malformed> {
        self.0.extend_from_slice(chunk);
        Ok(())
    }

    fn end(self) -> Result<Step<Self>, Fault> {
        R::read(&self.0).map(Step::Done)
    }
}

/// One object.
pub struct Plain<T>(T);

pub type Object<T> = Whole<Plain<T>>;

impl<T: DeserializeOwned> Read for Plain<T> {
    type Answer = T;

    fn read(body: &[u8]) -> Result<T, Fault> {
        Ok(decode::object(body)?)
    }
}

/// One object of which no error quotes anything: it may hold a token, which nothing here knows yet.
pub struct Unquoted<T>(T);

pub type Private<T> = Whole<Unquoted<T>>;

impl<T: DeserializeOwned> Read for Unquoted<T> {
    type Answer = T;

    fn read(body: &[u8]) -> Result<T, Fault> {
        Ok(decode::object(body).map_err(Malformed::unquoted)?)
    }
}

/// That a change was made: a success is not enough, the answer has to say so or to be the thing made. It comes
/// to what the platform says beside that.
pub struct Made;

pub type Confirmed = Whole<Made>;

impl Read for Made {
    type Answer = Option<String>;

    fn read(body: &[u8]) -> Result<Option<String>, Fault> {
        let outcome: Outcome = decode::object(body)?;
        match outcome.success {
            Some(true) => Ok(outcome.message()),
            None if outcome.id.is_some() => Ok(outcome.message()),
            Some(false) => Err(Fault::Refused(Reply::of_success(body.to_vec()))),
            None => Err(Malformed::Unexpected("it says neither success nor what was made".into()).into()),
        }
    }
}

/// That a change was made, for which a success is promised and no body. A body that is there has to be
/// JSON, else the success is not the platform's; and one that says no is believed.
pub struct Accepted;

pub type Done = Whole<Accepted>;

impl Read for Accepted {
    type Answer = ();

    fn read(body: &[u8]) -> Result<(), Fault> {
        match decode::outcome_if_any(body)? {
            Some(Outcome { success: Some(false), .. }) => {
                Err(Fault::Refused(Reply::of_success(body.to_vec())))
            }
            _ => Ok(()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{Confirmed, Done, Due, Fault, Malformed, Private, Step};
    use crate::platform::types::MadeToken;

    fn answer<D: Due>(pieces: &[&str]) -> Result<D::Answer, Fault> {
        let mut due = D::default();
        for piece in pieces {
            due.push(piece.as_bytes())?;
        }
        match due.end()? {
            Step::Done(answer) => Ok(answer),
            Step::More(_) => panic!("there are no pages of it"),
        }
    }

    #[test]
    fn a_change_is_made_where_the_answer_says_so_or_is_the_thing_made() {
        for (body, said) in [
            (r#"{"success":true}"#, None),
            (r#"{"success":true,"message":"watch out"}"#, Some("watch out")),
            (r#"{"success":true,"message":7}"#, None),
            (r#"{"id":"x"}"#, None),
            (r#"{"id":7,"success":null,"message":"new"}"#, Some("new")),
        ] {
            assert_eq!(answer::<Confirmed>(&[body]).unwrap().as_deref(), said, "{body}");
        }
        for body in ["{}", r#"{"id":null}"#, r#"{"message":"done"}"#, "", "[]", "null"] {
            assert!(matches!(answer::<Confirmed>(&[body]), Err(Fault::Malformed(_))), "{body}");
        }
        for no in [r#"{"success":false}"#, r#"{"id":"x","success":false}"#] {
            assert!(matches!(answer::<Confirmed>(&[no]), Err(Fault::Refused(_))), "{no}");
            assert!(matches!(answer::<Done>(&[no]), Err(Fault::Refused(_))), "{no}");
        }
        for body in ["", "{}", "[]", "null", r#"{"success":true}"#] {
            assert!(answer::<Done>(&[body]).is_ok(), "{body}");
        }
        assert!(matches!(answer::<Done>(&["<html>"]), Err(Fault::Malformed(Malformed::NotJson(_)))));
    }

    #[test]
    fn what_may_hold_a_token_is_not_quoted() {
        let made = answer::<Private<MadeToken>>(&["{\"id\":", "\"x\"}"]).unwrap();
        assert_eq!(made.id.as_deref(), Some("x"));
        for (body, expected) in
            [("hunter2", Malformed::NotJson(String::new())), ("", Malformed::Empty), ("{", Malformed::Cut)]
        {
            match answer::<Private<MadeToken>>(&[body]) {
                Err(Fault::Malformed(malformed)) => assert_eq!(malformed, expected),
                _ => panic!("{body} was taken"),
            }
        }
        assert_eq!(Malformed::NotJson(String::new()).to_string(), "the answer is not JSON");
        assert_eq!(Malformed::NotJson("<p>".into()).to_string(), "the answer is not JSON: <p>");
    }
}
