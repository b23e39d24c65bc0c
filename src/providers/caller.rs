//! Reaches the servers of clouds and registries, and puts into words why one gives no answer.

pub(super) use crate::http::place;
use crate::{
    deadline::Deadline,
    error::{Error, ErrorKind},
    http::{self, Fault, Reach, Trace, quote},
};

/// The clients of one check: one for all servers that are reached alike.
pub(super) struct Caller<'a> {
    pub(super) deadline: &'a Deadline,
    pub(super) trace: &'a Trace,
    clients: Vec<(Reach, http::Client)>,
}

impl<'a> Caller<'a> {
    pub(super) const fn new(deadline: &'a Deadline, trace: &'a Trace) -> Self {
        Self { deadline, trace, clients: Vec::new() }
    }

    pub(super) fn client(&mut self, reach: Reach) -> Result<&http::Client, Fault> {
        let known = self.clients.iter().position(|(known, _)| *known == reach);
        let index = known.unwrap_or(self.clients.len());
        if known.is_none() {
            let client = http::Client::open(&reach, self.deadline.left(), self.trace)?;
            self.clients.push((reach, client));
        }
        Ok(&self.clients[index].1)
    }

    /// Why there is no usable answer of the server at `place`. `address`: how to look at its address.
    pub(super) fn silence(&self, place: &str, fault: &Fault, address: &str) -> Silence {
        let own = |hint: &str| vec![hint.to_owned()];
        let (sort, detail, hints) = match fault {
            Fault::Setup(error) => {
                let hints = error.hints().iter().map(ToString::to_string).collect();
                (Sort::BadCertificate, error.in_one_line(), hints)
            }
            Fault::NotConnected(why) => {
                let sort = if why.is_unknown_host() {
                    Sort::HostUnknown
                } else if why.is_tls() {
                    Sort::BadCertificate
                } else if why.is_timeout() {
                    Sort::TimedOut
                } else {
                    Sort::Unreachable
                };
                (sort, why.told(place), why.hints(address))
            }
            Fault::TimedOut(proxy) => {
                let seconds = self.deadline.allowed().as_secs_f64();
                let by = proxy.as_ref().map(|proxy| format!(", by way of {proxy}")).unwrap_or_default();
                let detail = format!("{place} did not answer in full within {seconds} s{by}");
                (Sort::TimedOut, detail, own("try again, or allow more time with --timeout SECONDS"))
            }
            Fault::Lost(detail) => {
                let detail = format!("the connection to {place} ended: {}", quote(detail));
                (Sort::Unreachable, detail, own("check the network, the firewall and the proxy"))
            }
            Fault::Encoded(name) => {
                let name = quote(name);
                let detail = format!("{place} answered in an encoding that was not asked for: {name}");
                (Sort::Unusable, detail, own(address))
            }
            Fault::Redirected | Fault::TooLarge(_) => {
                (Sort::Unusable, format!("{place} gave no usable answer"), own(address))
            }
        };
        Silence { sort, detail, hints }
    }
}

/// What is wrong with a variable that every connection depends on, if that is why there is none.
pub(super) fn unusable(fault: &Fault) -> Option<Error> {
    match fault {
        Fault::Setup(error) => Some(error.clone()).filter(|error| error.kind() == ErrorKind::Usage),
        _ => None,
    }
}

/// Why there is no usable answer.
pub(super) struct Silence {
    pub(super) sort: Sort,
    pub(super) detail: String,
    pub(super) hints: Vec<String>,
}

/// What sort of trouble it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Sort {
    HostUnknown,
    Unreachable,
    TimedOut,
    BadCertificate,
    /// There is an answer, of no use.
    Unusable,
}
