//! What can go wrong between here and a server.

/// The innermost reason: what wraps it says only that a request failed.
pub(crate) fn reason(error: &dyn std::error::Error) -> String {
    let mut innermost = error;
    while let Some(source) = innermost.source() {
        innermost = source;
    }
    innermost.to_string()
}

/// Why there is no usable answer.
#[derive(Debug)]
pub enum Fault {
    /// The client could not be made; nothing was sent.
    Setup(String),
    /// No connection; nothing was sent.
    NotConnected {
        /// The host was not found.
        dns: bool,
        /// What the system said.
        detail: String,
    },
    /// The time is up.
    TimedOut,
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
    pub(super) fn of_request(error: reqwest::Error) -> Self {
        let dns = error.is_dns();
        let not_connected = error.is_connect();
        let detail = reason(&error.without_url());
        if not_connected { Self::NotConnected { dns, detail } } else { Self::Lost(detail) }
    }
}

/// Why there is no connection, as far as its fault's detail tells.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Connection {
    /// The certificate is past its end, or not yet valid by this machine's clock.
    WrongTime,
    /// Nobody who is trusted signed the certificate.
    Untrusted,
    /// TLS failed for another reason: a certificate of another host, no TLS there.
    Tls,
    /// Nothing listens there.
    Refused,
    /// Nobody answered in time.
    TimedOut,
    /// Something else.
    Failed,
}

impl Connection {
    /// Reads the detail of a [`Fault::NotConnected`].
    pub(crate) fn of(detail: &str) -> Self {
        let lower = detail.to_ascii_lowercase();
        let has = |words: &[&str]| words.iter().any(|word| lower.contains(word));
        if has(&["certificate", "tls"]) {
            if has(&["expired", "not valid yet", "notvalidyet"]) {
                Self::WrongTime
            } else if has(&["issuer", "badsignature"]) {
                Self::Untrusted
            } else {
                Self::Tls
            }
        } else if has(&["refused"]) {
            Self::Refused
        } else if has(&["timed out", "timeout"]) {
            Self::TimedOut
        } else {
            Self::Failed
        }
    }

    /// Whether TLS, not the way there, is what failed.
    pub(crate) const fn is_tls(self) -> bool {
        matches!(self, Self::WrongTime | Self::Untrusted | Self::Tls)
    }

    /// What to change where TLS failed, if that can be told whatever the server is.
    pub(crate) const fn tls_hint(self) -> Option<&'static str> {
        match self {
            Self::WrongTime => {
                Some("check this machine's clock: a wrong date makes good certificates look expired")
            }
            Self::Untrusted => {
                Some("if your company signs its own certificates, name its CA file in SSL_CERT_FILE")
            }
            _ => None,
        }
    }
}
