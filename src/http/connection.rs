//! Why there is no connection, and who is to blame: the server, or the proxy on the way.

use std::{error::Error as StdError, io, sync::Arc};

use super::{proxy::Proxy, text::quote, tls::TlsFault};

/// No connection to a server; nothing was sent to it.
#[derive(Debug)]
pub struct NoConnection {
    why: Why,
    /// The proxy that the connection was to go through.
    proxy: Option<Arc<Proxy>>,
    /// It is the proxy that was not reached, or that says no.
    at_proxy: bool,
}

#[derive(Debug)]
enum Why {
    /// With what is wrong, where that is not the name: no name server answers.
    NoSuchHost(&'static str),
    Refused,
    TimedOut,
    Tls(TlsFault),
    /// The proxy asks for a user name and a password.
    Unauthorized,
    /// The proxy answered that it will not, or in a way that nobody understands.
    Denied,
    /// The proxy ended the connection without an answer.
    Ended,
    /// What the system said.
    Other(String),
}

impl NoConnection {
    /// What a request says that got no connection on the way by `proxy`.
    pub(super) fn of(error: &reqwest::Error, proxy: Option<&Arc<Proxy>>) -> Self {
        const TUNNEL: &str = "tunnel error: ";
        let chain = || chain(error);
        let tunnel = chain().map(ToString::to_string).find(|text| text.starts_with(TUNNEL));
        let tls = chain().find_map(|error| error.downcast_ref::<rustls::Error>());
        let kinds = || chain().filter_map(|error| error.downcast_ref::<io::Error>()).map(io::Error::kind);
        let is = |kind| kinds().any(|found| found == kind);
        // Which of these it is depends on how much of the greeting had arrived at the other end.
        let ended = [
            io::ErrorKind::UnexpectedEof,
            io::ErrorKind::ConnectionReset,
            io::ErrorKind::ConnectionAborted,
            io::ErrorKind::BrokenPipe,
        ];
        let why = match tunnel.as_deref().and_then(|text| text.strip_prefix(TUNNEL)) {
            Some("proxy authorization required") => Why::Unauthorized,
            Some("unsuccessful" | "proxy response headers too long") => Why::Denied,
            Some("unexpected end of file" | "io error establishing tunnel") => Why::Ended,
            _ if error.is_dns() => {
                // EAI_AGAIN, in the words of the C libraries.
                let again = ["Temporary failure", "Try again"];
                let is_passing = |text: String| again.iter().any(|words| text.contains(words));
                let passing = chain().any(|error| is_passing(error.to_string()));
                Why::NoSuchHost(if passing { " (no name server answers)" } else { "" })
            }
            _ if error.is_timeout() => Why::TimedOut,
            _ => match tls {
                Some(tls) => Why::Tls(TlsFault::of(tls)),
                None if is(io::ErrorKind::ConnectionRefused) => Why::Refused,
                None if ended.into_iter().any(is) => Why::Tls(TlsFault::ended()),
                None => Why::Other(chain().last().map(ToString::to_string).unwrap_or_default()),
            },
        };
        Self { why, at_proxy: tunnel.is_some(), proxy: proxy.cloned() }
    }

    /// There is no time left to begin.
    pub(super) fn too_late(proxy: Option<&Arc<Proxy>>) -> Self {
        Self { why: Why::TimedOut, at_proxy: false, proxy: proxy.cloned() }
    }

    /// Continues a sentence about the server at `place`: what failed.
    pub(crate) fn told(&self, place: &str) -> String {
        let Some(proxy) = &self.proxy else { return self.told_of(place) };
        match &self.why {
            Why::TimedOut => format!("{proxy} gave no connection to {place} in time"),
            Why::Unauthorized if proxy.authorization.is_some() => {
                format!("{proxy} does not accept the user name and password that {} has", proxy.variable)
            }
            Why::Unauthorized => format!("{proxy} asks for a user name and a password"),
            Why::Denied => format!("{proxy} did not open a connection to {place}"),
            Why::Ended => format!("{proxy} ended the connection, asked for one to {place}"),
            _ if self.at_proxy => self.told_of(&proxy.to_string()),
            _ => format!("{}, by way of {proxy}", self.told_of(place)),
        }
    }

    fn told_of(&self, place: &str) -> String {
        match &self.why {
            Why::NoSuchHost(why) => format!("no such host: {place}{why}"),
            Why::Refused => format!("connection refused: {place}"),
            Why::TimedOut => format!("no connection to {place} in time"),
            Why::Tls(fault) => format!("no secure connection to {place}: {}", fault.told),
            Why::Other(detail) => format!("no connection to {place}: {}", quote(detail)),
            Why::Unauthorized | Why::Denied | Why::Ended => format!("no connection to {place}"),
        }
    }

    /// What to do about it. `address`: how to look at the server's address, such as "check the base URL".
    pub(crate) fn hints(&self, address: &str) -> Vec<String> {
        const EXEMPT: &str = "name the host in NO_PROXY if it is reached without a proxy";
        let mut hints = Vec::new();
        if let Why::Tls(TlsFault { hint: Some(hint), .. }) = &self.why {
            hints.push(hint.clone());
        }
        match &self.proxy {
            Some(proxy) if self.at_proxy => {
                let variable = proxy.variable;
                if matches!(self.why, Why::Tls(TlsFault { is_plain: true, .. })) {
                    hints =
                        vec![format!("if the proxy itself speaks plain http, write http:// in {variable}")];
                }
                hints.push(match self.why {
                    Why::Unauthorized if proxy.authorization.is_some() => {
                        format!("check the user name and the password in {variable}")
                    }
                    Why::Unauthorized => {
                        format!("write them as http://USER:PASSWORD@HOST:PORT in {variable}")
                    }
                    Why::Denied => {
                        "ask who runs the proxy whether it lets this host and port pass".to_owned()
                    }
                    _ => format!("check {variable}"),
                });
                hints.push(EXEMPT.to_owned());
            }
            Some(proxy) if self.is_timeout() => {
                hints.extend([format!("check the network and {}", proxy.variable), EXEMPT.to_owned()]);
            }
            Some(_) => hints.push(address.to_owned()),
            None => match &self.why {
                Why::NoSuchHost(_) => hints.extend([address.to_owned(), "check the network".to_owned()]),
                Why::Tls(_) if hints.is_empty() => hints.push(address.to_owned()),
                Why::Tls(_) => {}
                Why::Refused => {
                    hints.extend(["check the network and the firewall".to_owned(), address.to_owned()]);
                }
                _ => hints.extend([
                    "check the network, the firewall and whether HTTPS_PROXY is needed".to_owned(),
                    address.to_owned(),
                ]),
            },
        }
        hints
    }

    /// Whether there was the server itself to talk to, but not securely.
    pub(crate) const fn is_tls(&self) -> bool {
        matches!(self.why, Why::Tls(_)) && !self.at_proxy
    }

    /// Whether the server itself answered a greeting in TLS with something else.
    pub(crate) const fn is_plain(&self) -> bool {
        matches!(self.why, Why::Tls(TlsFault { is_plain: true, .. })) && !self.at_proxy
    }

    /// Whether the server itself refuses connections.
    pub(crate) const fn is_refused(&self) -> bool {
        matches!(self.why, Why::Refused) && self.proxy.is_none()
    }

    /// Whether the server itself has no address.
    pub(crate) const fn is_unknown_host(&self) -> bool {
        matches!(self.why, Why::NoSuchHost(_)) && !self.at_proxy
    }

    pub(crate) const fn is_timeout(&self) -> bool {
        matches!(self.why, Why::TimedOut)
    }

    /// Whether another try could end otherwise: what a certificate or a proxy says stays as it is.
    pub(crate) const fn may_pass(&self) -> bool {
        match &self.why {
            Why::Tls(fault) => fault.may_pass,
            Why::Unauthorized | Why::Denied => false,
            _ => true,
        }
    }
}

/// `error` and what it comes from, from the outside in; an error in an `io::Error` too.
pub(super) fn chain<'a>(
    error: &'a (dyn StdError + 'static),
) -> impl Iterator<Item = &'a (dyn StdError + 'static)> {
    std::iter::successors(Some(error), |&error| match error.downcast_ref().and_then(io::Error::get_ref) {
        Some(wrapped) => Some(wrapped),
        None => error.source(),
    })
}

#[cfg(test)]
mod tests {
    use std::{ffi::OsStr, sync::Arc};

    use rustls::{CertificateError, Error};

    use super::{NoConnection, Why};
    use crate::http::{proxy::Proxy, tls::TlsFault};

    const EXEMPT: &str = "name the host in NO_PROXY if it is reached without a proxy";

    fn direct(why: Why) -> NoConnection {
        NoConnection { why, proxy: None, at_proxy: false }
    }

    fn at(proxy: &str, why: Why) -> NoConnection {
        let proxy = Proxy::read("HTTPS_PROXY", OsStr::new(proxy)).unwrap();
        NoConnection { why, proxy: Some(Arc::new(proxy)), at_proxy: true }
    }

    fn expired() -> NoConnection {
        direct(Why::Tls(TlsFault::of(&Error::InvalidCertificate(CertificateError::Expired))))
    }

    #[test]
    fn h105_what_a_proxy_does_is_not_the_server_s_doing() {
        type Is = fn(&NoConnection) -> bool;
        let table: [(fn() -> Why, Is); 4] = [
            (|| Why::Refused, NoConnection::is_refused),
            (|| Why::NoSuchHost(""), NoConnection::is_unknown_host),
            (|| Why::Tls(TlsFault::ended()), NoConnection::is_plain),
            (|| Why::Tls(TlsFault::ended()), NoConnection::is_tls),
        ];
        for (why, is) in table {
            assert!(is(&direct(why())), "{:?}", why());
            assert!(!is(&at("http://proxy.corp:3128", why())), "{:?}", why());
            assert!(!is(&direct(Why::TimedOut)), "{:?}", why());
        }
        let expired = expired();
        assert!(expired.is_tls() && !expired.is_plain());
    }

    #[test]
    fn what_may_be_otherwise_the_next_time_may_be_tried_again() {
        let passing =
            [Why::Refused, Why::TimedOut, Why::NoSuchHost(""), Why::Ended, Why::Tls(TlsFault::ended())];
        assert!(passing.into_iter().map(direct).all(|why| why.may_pass()));
        let staying = [Why::Unauthorized, Why::Denied].map(|why| at("http://proxy.corp:3128", why));
        assert!(staying.into_iter().chain([expired()]).all(|why| !why.may_pass()));
    }

    #[test]
    fn h108_what_fails_at_the_server_has_its_own_advice() {
        let of = |why: CertificateError| Why::Tls(TlsFault::of(&Error::InvalidCertificate(why)));
        let expired = || of(CertificateError::Expired);
        let clock = "check this machine's clock: a wrong date makes good certificates look expired";
        let address = "check the base URL";
        for (why, advice) in [
            (Why::NoSuchHost(""), &[address, "check the network"][..]),
            (Why::Refused, &["check the network and the firewall", address]),
            (Why::TimedOut, &["check the network, the firewall and whether HTTPS_PROXY is needed", address]),
            (expired(), &[clock]),
            (of(CertificateError::Revoked), &[address]),
        ] {
            assert_eq!(direct(why).hints(address), advice);
        }
        let behind =
            |why| NoConnection { at_proxy: false, ..at("http://proxy.corp:3128", why) }.hints(address);
        assert_eq!(behind(expired()), [clock, address]);
        assert_eq!(behind(Why::TimedOut), ["check the network and HTTPS_PROXY", EXEMPT]);
    }

    #[test]
    fn h105_each_thing_that_a_proxy_does_wrong_has_its_own_advice() {
        let (open, login) = ("http://proxy.corp:3128", "http://me:password@proxy.corp:3128");
        for (proxy, why, advice) in [
            (open, Why::Unauthorized, "write them as http://USER:PASSWORD@HOST:PORT in HTTPS_PROXY"),
            (login, Why::Unauthorized, "check the user name and the password in HTTPS_PROXY"),
            (login, Why::Denied, "ask who runs the proxy whether it lets this host and port pass"),
            (login, Why::Ended, "check HTTPS_PROXY"),
            (login, Why::Refused, "check HTTPS_PROXY"),
        ] {
            assert_eq!(at(proxy, why).hints("check the base URL"), [advice, EXEMPT]);
        }
    }
}
