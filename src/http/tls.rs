//! What fails in TLS, in words.

use std::fmt;

use jiff::Timestamp;
use rustls::{
    AlertDescription, CertificateError, Error, InvalidMessage, PeerIncompatible, pki_types::UnixTime,
};

use super::{text::quote, trust};

/// Plain http is spoken here, and where that is used.
pub(crate) const PLAIN: &str = "plain http is used for this machine alone (localhost, 127.0.0.1, [::1])";

/// Why there is no TLS with a server.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct TlsFault {
    /// What is wrong, about "it" or "its certificate".
    pub(crate) told: String,
    /// What to change, whatever the server is.
    pub(crate) hint: Option<String>,
    /// What answers does not speak TLS.
    pub(crate) is_plain: bool,
    /// Another try could end otherwise.
    pub(crate) may_pass: bool,
}

impl TlsFault {
    fn new(told: impl Into<String>) -> Self {
        Self { told: told.into(), hint: None, is_plain: false, may_pass: false }
    }

    fn hint(self, hint: impl Into<String>) -> Self {
        Self { hint: Some(hint.into()), ..self }
    }

    /// What answers is something else than TLS.
    fn plain() -> Self {
        Self { is_plain: true, ..Self::new("it speaks plain http there, or something else that is not TLS") }
            .hint(PLAIN)
    }

    /// The server ended the connection instead of greeting.
    pub(super) fn ended() -> Self {
        let told = "it ends the connection instead of speaking TLS";
        Self { is_plain: true, may_pass: true, ..Self::new(told) }
    }

    pub(super) fn of(error: &Error) -> Self {
        match error {
            Error::InvalidCertificate(why) => Self::of_certificate(why),
            Error::InvalidMessage(
                InvalidMessage::InvalidContentType | InvalidMessage::UnknownProtocolVersion,
            ) => Self::plain(),
            Error::PeerIncompatible(PeerIncompatible::ServerDoesNotSupportTls12Or13)
            | Error::AlertReceived(AlertDescription::ProtocolVersion) => Self::too_old(),
            Error::AlertReceived(alert) => Self::of_alert(*alert),
            other => Self::new(quote(&other.to_string())),
        }
    }

    fn too_old() -> Self {
        Self::new("it speaks TLS 1.1 or older, or none that it has in common with this program")
            .hint("TLS 1.2 and 1.3 are spoken here: the server is to be updated")
    }

    fn of_alert(alert: AlertDescription) -> Self {
        match alert {
            AlertDescription::CertificateRequired => Self::new(
                "it asks this program for a certificate of its own (mutual TLS), which is not supported",
            ),
            AlertDescription::HandshakeFailure | AlertDescription::InsufficientSecurity => {
                Self::new("it refuses every cipher that is offered, or asks for a client certificate")
                    .hint("TLS 1.2 and 1.3 are spoken here, without client certificates")
            }
            AlertDescription::UnrecognisedName => Self::new("it knows no site of this name"),
            other => Self::new(format!("it refuses the connection (TLS alert {other:?})")),
        }
    }

    fn of_certificate(error: &CertificateError) -> Self {
        const CLOCK: &str = "check this machine's clock: a wrong date makes good certificates look expired";
        match error {
            CertificateError::Expired => Self::new("its certificate has expired").hint(CLOCK),
            CertificateError::ExpiredContext { not_after, .. } => {
                Self::new(format!("its certificate expired at {}", time(*not_after))).hint(CLOCK)
            }
            CertificateError::NotValidYet => Self::new("its certificate is not valid yet").hint(CLOCK),
            CertificateError::NotValidYetContext { not_before, .. } => {
                let told = format!("its certificate is not valid before {}", time(*not_before));
                Self::new(told).hint(CLOCK)
            }
            CertificateError::UnknownIssuer | CertificateError::BadSignature => Self::untrusted(),
            CertificateError::NotValidForNameContext { expected, presented } => {
                Self::new(format!("its certificate is {}, not for {}", names(presented), expected.to_str()))
            }
            CertificateError::NotValidForName => Self::new("its certificate is for another host"),
            CertificateError::Revoked => Self::new("its certificate has been revoked"),
            CertificateError::InvalidPurpose | CertificateError::InvalidPurposeContext { .. } => {
                Self::new("its certificate is not one of a server")
            }
            CertificateError::Other(other) if other.to_string() == "CaUsedAsEndEntity" => Self::new(
                "it presents an authority's own certificate (CA:TRUE), which is not taken for a server's",
            )
            .hint(
                "give the server a certificate of its own (basicConstraints=CA:FALSE) that the authority has \
                 signed, and name the authority's in SSL_CERT_FILE",
            ),
            CertificateError::Other(other) => Self::unusable(other),
            other => Self::unusable(other),
        }
    }

    fn unusable(why: &impl fmt::Display) -> Self {
        Self::new(format!("its certificate cannot be used: {}", quote(&why.to_string())))
    }

    fn untrusted() -> Self {
        let fault = Self::new("its certificate is signed by nobody who is trusted here (or by itself)");
        match trust::named_by() {
            None => fault.hint("if your company signs its own certificates, name its CA file in SSL_CERT_FILE"),
            Some(name) => fault.hint(format!(
                "the certificates that {name} names are trusted, and none of the system's: add the one that signed it"
            )),
        }
    }
}

fn time(time: UnixTime) -> String {
    let seconds = i64::try_from(time.as_secs()).unwrap_or(i64::MAX);
    Timestamp::from_second(seconds).map_or_else(|_| "an unknown time".to_owned(), |time| time.to_string())
}

/// The first few names of a certificate.
fn names(presented: &[String]) -> String {
    const SHOWN: usize = 3;
    // As `DnsName("a.example")` and `IpAddress(10.0.0.1)`.
    let bare = |name: &String| {
        let inner = name.split_once('(').map_or(name.as_str(), |(_, rest)| rest.trim_end_matches(')'));
        inner.trim_matches('"').to_owned()
    };
    if presented.is_empty() {
        return "for no host at all (it has no subjectAltName)".to_owned();
    }
    let mut shown: Vec<String> = presented.iter().take(SHOWN).map(bare).collect();
    if presented.len() > SHOWN {
        shown.push(format!("{} more", presented.len() - SHOWN));
    }
    format!("for {}", quote(&crate::error::listed(&shown, "and")))
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use rustls::{CertificateError, Error, OtherError, pki_types::ServerName};

    use super::TlsFault;

    fn told(why: CertificateError) -> String {
        TlsFault::of(&Error::InvalidCertificate(why)).told
    }

    #[test]
    fn h108_the_first_three_names_of_a_certificate_are_told() {
        let told = |count: usize| {
            let all = ["DnsName(\"a.example\")", "IpAddress(10.0.0.1)", "DnsName(\"*.b.example\")"];
            let all = all.into_iter().cycle().take(count).map(str::to_owned).collect();
            let expected = ServerName::try_from("c.example").unwrap();
            told(CertificateError::NotValidForNameContext { expected, presented: all })
        };
        for (count, names) in [
            (0, "for no host at all (it has no subjectAltName)"),
            (1, "for a.example"),
            (3, "for a.example, 10.0.0.1 and *.b.example"),
            (4, "for a.example, 10.0.0.1, *.b.example and 1 more"),
            (9, "for a.example, 10.0.0.1, *.b.example and 6 more"),
        ] {
            assert_eq!(told(count), format!("its certificate is {names}, not for c.example"));
        }
    }

    #[test]
    fn h108_what_is_unheard_of_is_told_as_it_is() {
        let other = |text: &str| told(CertificateError::Other(OtherError(Arc::from(Box::from(text)))));
        assert_eq!(other("MaximumSignatureChecks"), "its certificate cannot be used: MaximumSignatureChecks");
        assert!(other("CaUsedAsEndEntity").contains("(CA:TRUE)"));
    }
}
