//! What can go wrong between here and a server.

use std::sync::Arc;

use super::{
    connection::{NoConnection, chain},
    proxy::Proxy,
    text::quote,
    tls::TlsFault,
};
use crate::error::Error;

/// Why there is no usable answer.
#[derive(Debug)]
pub enum Fault {
    /// The environment does not allow a connection; nothing was sent or looked up.
    Setup(Error),
    /// No connection; nothing was sent.
    NotConnected(Box<NoConnection>),
    /// The time is up. On the way by a proxy: what `the proxy HOST:PORT (VARIABLE)` it is.
    TimedOut(Option<String>),
    /// The connection ended before the answer did.
    Lost(String),
    /// The answer points elsewhere.
    Redirected,
    /// The answer is larger than anything expected, in bytes.
    TooLarge(usize),
    /// The answer is compressed, which was not asked for.
    Encoded(String),
}

impl Fault {
    /// The fault of a request that got no answer.
    pub(super) fn of_request(error: reqwest::Error, proxy: Option<&Arc<Proxy>>) -> Self {
        let error = error.without_url();
        if error.is_connect() {
            Self::NotConnected(Box::new(NoConnection::of(&error, proxy)))
        } else {
            Self::lost(&error)
        }
    }

    /// The fault of an answer that has no end.
    pub(super) fn lost(error: &reqwest::Error) -> Self {
        let tls = chain(error).find_map(|error| error.downcast_ref::<rustls::Error>());
        Self::Lost(match tls {
            Some(tls) => TlsFault::of(tls).told,
            // What wraps the innermost says only that a request failed.
            None => quote(&chain(error).last().map(ToString::to_string).unwrap_or_default()),
        })
    }
}
