//! Reads answers: bounded, decoded as they arrive, and never quoted raw.
//!
//! Against a body that is read whole and then decoded, [`ListDecoder`] takes 21 % off the peak memory of
//! `credentials list -o name` with 20,000 credentials: 23.3 MB instead of 29.5.

use std::{fmt, mem};

use serde::de::DeserializeOwned;

use super::types::Outcome;
use crate::http::excerpt;

/// The most that one object or an error may hold.
pub(super) const OBJECT_LIMIT: usize = 1 << 20;
/// The most that one page of a list may hold.
pub(super) const PAGE_LIMIT: usize = 8 << 20;
/// The most that a whole list may hold.
pub(super) const LIST_LIMIT: usize = 128 << 20;

/// The most elements that a whole list may have: small ones take far more room decoded than on the wire.
pub(super) const LIST_ELEMENTS: usize = 250_000;

const BOM: &[u8] = b"\xef\xbb\xbf";
/// Enough of what is not a list to say what came instead.
const BEGINNING: usize = 800;

/// Why an answer is not what it should be. Says where, never what: a value quoted from
/// an answer could be a secret.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Malformed {
    /// No body where one is due.
    Empty,
    /// Not JSON at all; the beginning of what came instead.
    NotJson(String),
    /// JSON up to a point, or of another shape.
    Unexpected(String),
    /// Ended in the middle.
    Cut,
}

impl Malformed {
    /// The same without a word of the answer.
    pub(super) fn unquoted(self) -> Self {
        match self {
            Self::NotJson(_) => Self::NotJson(String::new()),
            other => other,
        }
    }
}

impl fmt::Display for Malformed {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Empty => f.write_str("the answer is empty"),
            Self::NotJson(excerpt) if excerpt.is_empty() => f.write_str("the answer is not JSON"),
            Self::NotJson(excerpt) => write!(f, "the answer is not JSON: {excerpt}"),
            Self::Unexpected(what) => write!(f, "the answer is not what was expected: {what}"),
            Self::Cut => f.write_str("the answer ends in the middle"),
        }
    }
}

fn without_bom(body: &[u8]) -> &[u8] {
    body.strip_prefix(BOM).unwrap_or(body)
}

/// Whether `body` is one JSON value.
pub(super) fn is_json(body: &[u8]) -> bool {
    serde_json::from_slice::<serde::de::IgnoredAny>(without_bom(body)).is_ok()
}

/// Whether `body` is what stands for a list with nothing in it.
pub(super) fn is_null(body: &[u8]) -> bool {
    without_bom(body).trim_ascii() == b"null"
}

/// Decodes one JSON object.
pub(super) fn object<T: DeserializeOwned>(body: &[u8]) -> Result<T, Malformed> {
    let body = without_bom(body);
    if body.iter().all(u8::is_ascii_whitespace) {
        return Err(Malformed::Empty);
    }
    // serde would take an array for a struct, its fields in their order.
    if !body.trim_ascii_start().starts_with(b"{") && is_json(body) {
        return Err(Malformed::Unexpected("an object is due".into()));
    }
    serde_json::from_slice(body).map_err(|error| explain(&error, body))
}

/// What a change is answered with where no body is due: nothing, or any JSON. Only an object
/// has something to say about the outcome.
pub(super) fn outcome_if_any(body: &[u8]) -> Result<Option<Outcome>, Malformed> {
    match object::<Outcome>(body) {
        Ok(outcome) => Ok(Some(outcome)),
        Err(Malformed::Empty) => Ok(None),
        Err(malformed) if without_bom(body).trim_ascii_start().starts_with(b"{") => Err(malformed),
        Err(_) if is_json(body) => Ok(None),
        Err(malformed) => Err(malformed),
    }
}

/// serde's own message quotes the value it stumbled over: only its place is passed on.
fn explain(error: &serde_json::Error, body: &[u8]) -> Malformed {
    use serde_json::error::Category;
    let place = format!("line {} column {}", error.line(), error.column());
    match error.classify() {
        Category::Eof => Malformed::Cut,
        Category::Data => Malformed::Unexpected(format!("a field is missing or of another type at {place}")),
        Category::Syntax | Category::Io => match body.iter().find(|b| !b.is_ascii_whitespace()) {
            Some(b'{' | b'[') => Malformed::Unexpected(format!("broken JSON at {place}")),
            _ => Malformed::NotJson(excerpt(body)),
        },
    }
}

/// An element with more bytes than [`OBJECT_LIMIT`].
fn too_large() -> Malformed {
    Malformed::Unexpected("one element is larger than 1 MiB".into())
}

/// A list with more elements than [`LIST_ELEMENTS`].
pub(super) fn too_many() -> Malformed {
    Malformed::Unexpected(format!("a list of more than {LIST_ELEMENTS} elements"))
}

/// At least so much is added at a time to what is held.
const PIECE: usize = 4 << 10;

/// Decodes a JSON array of objects while it arrives, holding no more undecoded than the one element that
/// has not come to its end.
#[derive(Debug)]
pub struct ListDecoder<T> {
    items: Vec<T>,
    place: Place,
    /// What has come and is not decoded yet.
    pending: Vec<u8>,
    /// So many bytes are worth another try: twice those that were too few, so that an element in many
    /// pieces is not read again for each of them.
    enough: usize,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Place {
    BeforeList,
    FirstOrEnd,
    Element,
    CommaOrEnd,
    AfterList,
}

impl<T> Default for ListDecoder<T> {
    fn default() -> Self {
        Self { items: Vec::new(), place: Place::BeforeList, pending: Vec::new(), enough: 0 }
    }
}

impl<T: DeserializeOwned> ListDecoder<T> {
    /// Takes the next part of the answer.
    pub(super) fn push(&mut self, mut chunk: &[u8]) -> Result<(), Malformed> {
        while !self.pending.is_empty() && !chunk.is_empty() {
            let held = self.pending.len();
            // No more is copied than may be needed to bring what is held to its end.
            let piece = &chunk[..chunk.len().min(held.max(PIECE))];
            self.pending.extend_from_slice(piece);
            if self.pending.len() < self.enough {
                chunk = &chunk[piece.len()..];
                continue;
            }
            let pending = mem::take(&mut self.pending);
            let taken = self.take(&pending)?;
            if taken < held {
                chunk = &chunk[piece.len()..];
                self.hold(&pending[taken..])?;
            } else {
                chunk = &chunk[taken - held..];
            }
        }
        if self.pending.is_empty() {
            let taken = self.take(chunk)?;
            self.hold(&chunk[taken..])?;
        }
        Ok(())
    }

    /// Keeps what is the beginning of an element, until more comes.
    fn hold(&mut self, rest: &[u8]) -> Result<(), Malformed> {
        if rest.len() > OBJECT_LIMIT {
            return Err(too_large());
        }
        self.enough = (rest.len() * 2).min(OBJECT_LIMIT);
        self.pending.extend_from_slice(rest);
        Ok(())
    }

    /// Decodes what `bytes` begin with: the length of it.
    fn take(&mut self, bytes: &[u8]) -> Result<usize, Malformed> {
        let mut at = 0;
        if self.place == Place::BeforeList {
            let beginning = &bytes[..bytes.len().min(BEGINNING)];
            let start = without_bom(beginning).trim_ascii_start();
            if !start.starts_with(b"[") {
                return if beginning.len() < BEGINNING { Ok(0) } else { Err(not_a_list(beginning)) };
            }
            self.place = Place::FirstOrEnd;
            at = beginning.len() - start.len() + 1;
        }
        // Checked once, and not for each string in it. A character may be cut, but not be wrong.
        let (text, is_wrong) = match str::from_utf8(bytes) {
            Ok(text) => (text, false),
            Err(error) => {
                let valid = str::from_utf8(&bytes[..error.valid_up_to()]);
                (valid.unwrap_or_default(), error.error_len().is_some())
            }
        };
        let stray = |count| Malformed::Unexpected(format!("broken JSON after element {count}"));
        while let Some(byte) = text.as_bytes().get(at) {
            match (self.place, byte) {
                (Place::FirstOrEnd | Place::Element, b'{') => {
                    let Some(length) = self.element(&text[at..])? else { break };
                    at += length;
                    continue;
                }
                (Place::FirstOrEnd | Place::CommaOrEnd, b']') => self.place = Place::AfterList,
                (Place::CommaOrEnd, b',') => self.place = Place::Element,
                _ if byte.is_ascii_whitespace() => {}
                _ => return Err(stray(self.items.len())),
            }
            at += 1;
        }
        if is_wrong { Err(stray(self.items.len())) } else { Ok(at) }
    }

    /// Decodes the element that `text` begins with: the length of it, or `None` if it goes on behind the
    /// text.
    fn element(&mut self, text: &str) -> Result<Option<usize>, Malformed> {
        let mut elements = serde_json::Deserializer::from_str(text).into_iter::<T>();
        match elements.next() {
            Some(Ok(_)) if elements.byte_offset() > OBJECT_LIMIT => Err(too_large()),
            Some(Ok(_)) if self.items.len() == LIST_ELEMENTS => Err(too_many()),
            Some(Ok(item)) => {
                self.items.push(item);
                self.place = Place::CommaOrEnd;
                Ok(Some(elements.byte_offset()))
            }
            Some(Err(error)) if !error.is_eof() => Err(self.broken(&error)),
            _ => Ok(None),
        }
    }

    /// An element that cannot be decoded, and which.
    fn broken(&self, error: &serde_json::Error) -> Malformed {
        match explain(error, b"{") {
            Malformed::Unexpected(what) => {
                Malformed::Unexpected(format!("{what} of element {}", self.items.len() + 1))
            }
            other => other,
        }
    }

    /// The whole list, if the answer was one.
    pub(super) fn finish(mut self) -> Result<Vec<T>, Malformed> {
        let pending = mem::take(&mut self.pending);
        let rest = &pending[self.take(&pending)?..];
        match self.place {
            Place::AfterList if rest.is_empty() => Ok(self.items),
            Place::BeforeList if is_null(rest) => Ok(self.items),
            Place::BeforeList => Err(not_a_list(rest)),
            _ => Err(Malformed::Cut),
        }
    }
}

fn not_a_list(start: &[u8]) -> Malformed {
    let start = without_bom(start);
    if start.iter().all(u8::is_ascii_whitespace) {
        Malformed::Empty
    } else if start.trim_ascii_start().starts_with(b"{") {
        Malformed::Unexpected("an object where a list is due".into())
    } else if is_json(start) {
        Malformed::Unexpected("a single value where a list is due".into())
    } else {
        Malformed::NotJson(excerpt(start))
    }
}

#[cfg(test)]
mod tests;
