//! What every talk over HTTP shares, whoever it is with: TLS, proxies, bounds, and secrets taken
//! out of what a server says.
//!
//! Redirects are never followed, nothing is sent twice unasked, a proxy is never used for this
//! machine, and nothing is read without a bound and a deadline.

mod basic;
mod body;
mod client;
mod connection;
mod exempt;
mod fault;
pub mod fuzz;
mod loopback;
mod page;
mod proxy;
mod redact;
mod retry;
mod text;
mod tls;
mod trust;
mod variable;

pub(crate) use basic::basic;
pub(crate) use body::{each_chunk, head, reason};
pub use client::Trace;
pub(crate) use client::{Client, Reach};
pub(crate) use fault::Fault;
pub(crate) use loopback::{is_loopback, writes_host};
pub(crate) use page::{place, web_page};
pub(crate) use redact::{REDACTED, Redactor, hide, may_disguise};
pub(crate) use retry::{backoff, parse_retry_after};
pub(crate) use text::{excerpt, quote};
pub(crate) use variable::variable;
