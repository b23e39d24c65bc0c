//! What a registry answers.

use std::time::Duration;

use reqwest::StatusCode;
use url::Url;

use super::{challenge::Challenge, redirect::Redirect, words::Words};
use crate::{http::quote, providers::caller::place};

/// An address that a secret may be sent to: the registry's own, or one that gives tokens for it.
#[derive(Clone, Debug)]
pub(super) struct Trusted(pub(super) Url);

pub(super) struct Reply {
    /// What was asked, before redirects.
    pub(super) url: Trusted,
    pub(super) status: StatusCode,
    pub(super) challenges: Vec<Challenge>,
    pub(super) body: Vec<u8>,
    pub(super) retry_after: Option<Duration>,
    /// It is a redirect that is not followed.
    pub(super) redirect: Option<Redirect>,
}

impl Reply {
    pub(super) fn is(&self, status: u16) -> bool {
        self.status.as_u16() == status
    }

    /// Whether it is a JSON object, or nothing at all.
    pub(super) fn is_object(&self) -> bool {
        matches!(serde_json::from_slice(&self.body), Ok(serde_json::Value::Object(_)))
            || self.body.iter().all(u8::is_ascii_whitespace)
    }

    /// What it says as an OCI registry's.
    pub(super) fn reading(&self) -> Reading {
        match self.status.as_u16() {
            200 if self.is_object() => Reading::Yes,
            401 | 403 => Reading::Refused,
            404 if Words::of(&self.body).has("NAME_UNKNOWN") => Reading::Nothing,
            404 => Reading::NotFound,
            // The path is none that the registry could have: a refusal in its own words.
            400 if !Words::of(&self.body).codes.is_empty() => Reading::NotFound,
            _ => Reading::Other,
        }
    }

    /// `HOST answered 403: its words`.
    pub(super) fn answered(&self) -> String {
        let answered = format!("{} answered {}", place(&self.url.0), self.status.as_u16());
        match Words::of(&self.body).text {
            Some(text) => format!("{answered}: {}", quote(&text)),
            None => answered,
        }
    }
}

/// What an answer says about reading the path.
pub(super) enum Reading {
    /// It is let in, and there is something.
    Yes,
    /// It is let in, and there is nothing (yet).
    Nothing,
    Refused,
    /// Neither: the registry does not know the address.
    NotFound,
    /// Not an answer of a registry.
    Other,
}
