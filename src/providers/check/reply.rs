//! What a cloud answers.

use std::time::Duration;

use reqwest::header::HeaderMap;
use serde_json::Value;

use crate::{
    http::{parse_retry_after, quote},
    secret::json,
};

/// An answer that was read, up to a limit.
pub(in crate::providers) struct Reply {
    /// The host and port that gave it.
    pub(super) place: String,
    pub(in crate::providers) status: u16,
    pub(super) headers: HeaderMap,
    /// `None`: it is not JSON.
    pub(in crate::providers) json: Option<Value>,
    /// What stands behind the status in the first line, where that is not what HTTP has for the status.
    pub(in crate::providers) reason: Option<String>,
    /// What an answer holds that may be a secret, where one was asked for; `json` is for its errors then.
    pub(in crate::providers) secret: Option<json::Value>,
    /// Whether it has no body, or blanks alone.
    pub(in crate::providers) is_empty: bool,
}

impl Reply {
    /// The text of a header, if there is one that is a text.
    pub(in crate::providers) fn header(&self, name: &str) -> Option<&str> {
        self.headers.get(name)?.to_str().ok()
    }

    /// What is at `pointer` (RFC 6901) in its JSON.
    pub(in crate::providers) fn at(&self, pointer: &str) -> Option<&Value> {
        self.json.as_ref()?.pointer(pointer).filter(|value| !value.is_null())
    }

    /// The text at `pointer`, if it is one and not blank.
    pub(in crate::providers) fn text(&self, pointer: &str) -> Option<&str> {
        self.at(pointer)?.as_str().filter(|text| !text.trim().is_empty())
    }

    /// Whether it says yes, in a form that can be read.
    pub(in crate::providers) const fn is_good(&self) -> bool {
        self.status == 200 && self.json.is_some()
    }

    /// `HOST answered 403: WORDS`.
    pub(in crate::providers) fn answered(&self, words: &[Option<&str>]) -> String {
        let words: Vec<String> = words.iter().flatten().map(|text| quote(text)).collect();
        let answered = format!("{} answered {}", self.place, self.status);
        if words.is_empty() { answered } else { format!("{answered}: {}", words.join(": ")) }
    }

    /// How long the server wants to be left alone.
    pub(in crate::providers) fn retry_after(&self) -> Option<Duration> {
        self.headers.get("retry-after").and_then(parse_retry_after)
    }

    /// When to try again, if it says so.
    pub(super) fn wait(&self) -> String {
        self.retry_after().map_or("wait a while and try again".to_owned(), |wait| {
            format!("try again in {} s", wait.as_secs())
        })
    }
}
