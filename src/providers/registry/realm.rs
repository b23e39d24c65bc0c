//! Where a password may go for a token: which of the addresses that a registry names are allowed.

use std::{fmt, str::FromStr};

use url::{Host, Url};

use crate::{
    error::{Error, Result},
    http::{is_loopback, writes_host},
};

/// The longest name of a host, with a port.
const LONGEST: usize = 262;

/// The host of a token service, `HOST` or `HOST:PORT`, which a person allows to have the password. Without
/// a port it is the usual one of the scheme.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TokenHost {
    /// In lower case; an IPv6 address is in brackets.
    host: String,
    port: Option<u16>,
}

impl TokenHost {
    fn is_of(&self, realm: &Url) -> bool {
        let is_port = match self.port {
            None => realm.port().is_none(),
            port => realm.port_or_known_default() == port,
        };
        is_port && realm.host_str() == Some(self.host.as_str())
    }
}

impl FromStr for TokenHost {
    type Err = Error;

    /// The text is not repeated: it may be a secret.
    fn from_str(text: &str) -> Result<Self> {
        let refused = |why: &str| {
            Error::usage("the host of the token service cannot be used")
                .cause(why)
                .hint("give its host alone, such as gitlab.example.com or gitlab.example.com:8443")
        };
        if text.len() > LONGEST {
            return Err(refused("it is too long"));
        }
        if text.contains("://") {
            return Err(refused("it has a scheme"));
        }
        let is_part = |c: char| c.is_ascii_alphanumeric() || "-._:[]".contains(c);
        if !text.chars().all(is_part) {
            return Err(refused("it has characters that no host has"));
        }
        let (name, port) = match text.rsplit_once(':') {
            Some((name, port)) if !text.ends_with(']') => (name, Some(port)),
            _ => (text, None),
        };
        let port = port.map(|port| {
            let number = port.parse::<u16>().ok().filter(|number| *number != 0);
            number.ok_or_else(|| refused("its port is not a number from 1 to 65535"))
        });
        let port = port.transpose()?;
        let address = format!("https://{name}");
        let url = Url::parse(&address).map_err(|_| refused("it is not the name of a machine"))?;
        // 0x7f.1 and 2130706433 are written to be taken for something else.
        if matches!(url.host(), Some(Host::Ipv4(_))) && !writes_host(&address, &url) {
            return Err(refused("it is a number in an unusual notation"));
        }
        let host = url.host_str().unwrap_or_default().to_owned();
        if (name.contains(':') && !name.starts_with('['))
            || !host.bytes().any(|byte| byte.is_ascii_alphanumeric())
        {
            return Err(refused("it is not the name of a machine"));
        }
        Ok(Self { host, port })
    }
}

impl fmt::Display for TokenHost {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.host)?;
        self.port.map_or(Ok(()), |port| write!(f, ":{port}"))
    }
}

/// Why an address may have the password.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Allowed {
    /// It is the registry itself: its host and port.
    Registry,
    /// It is another service on the registry's host.
    OtherPort,
    /// It is known to give tokens for this registry.
    Known,
    /// The person named it.
    Named,
}

impl Allowed {
    /// What to say of the address, in words that follow it.
    pub(super) const fn told(self) -> &'static str {
        match self {
            Self::Registry | Self::Known => "",
            Self::OtherPort => " (another port of the registry's host)",
            Self::Named => " (named by --token-host)",
        }
    }
}

/// Why an address may not have it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Refused {
    /// It has a user name or a password of its own.
    UserInfo,
    /// The password would cross a network in clear, or leave TLS.
    Plain,
    /// It is another host, which nobody named.
    OtherHost,
}

impl fmt::Display for Refused {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::UserInfo => "it holds a user name or password",
            Self::Plain => "it is not encrypted",
            Self::OtherHost => {
                "it is another host, and not one that is known to give tokens for this registry"
            }
        })
    }
}

/// Decides whether `realm`, which the registry at `registry` names, may have the password. `known` is the
/// host that is known to give tokens for it, `named` the one that the person allows.
///
/// Plain http is for a realm on this machine, of a registry that itself speaks it here. The registry could
/// ask for the password itself, so another port of its host may have it; another host may not.
///
/// # Errors
/// Why the password may not go there.
pub fn decide(
    realm: &Url,
    registry: &Url,
    known: Option<&str>,
    named: Option<&TokenHost>,
) -> Result<Allowed, Refused> {
    if !realm.username().is_empty() || realm.password().is_some() {
        return Err(Refused::UserInfo);
    }
    let is_plain_here = |url: &Url| url.scheme() == "http" && is_loopback(url);
    if realm.scheme() != "https" && !(is_plain_here(realm) && is_plain_here(registry)) {
        return Err(Refused::Plain);
    }
    let host = realm.host_str();
    if host.is_none() {
        return Err(Refused::OtherHost);
    }
    if host == registry.host_str() {
        let same = realm.port_or_known_default() == registry.port_or_known_default();
        return Ok(if same { Allowed::Registry } else { Allowed::OtherPort });
    }
    if host == known && realm.scheme() == "https" && realm.port().is_none() {
        return Ok(Allowed::Known);
    }
    if named.is_some_and(|named| named.is_of(realm)) {
        return Ok(Allowed::Named);
    }
    Err(Refused::OtherHost)
}

#[cfg(test)]
mod tests {
    use url::Url;

    use super::{Allowed, Refused, TokenHost, decide};

    fn url(text: &str) -> Url {
        text.parse().unwrap()
    }

    #[test]
    fn h128_a_realm_is_allowed_by_scheme_host_and_port() {
        let known = Some("auth.docker.io");
        for (registry, realm, decision) in [
            ("https://r.example", "https://r.example/token", Ok(Allowed::Registry)),
            ("https://r.example", "https://R.EXAMPLE:443/token", Ok(Allowed::Registry)),
            ("https://r.example", "https://r.example:5001/token", Ok(Allowed::OtherPort)),
            ("https://r.example:5000", "https://r.example/token", Ok(Allowed::OtherPort)),
            ("https://r.example", "https://auth.docker.io/token", Ok(Allowed::Known)),
            ("https://r.example", "https://auth.docker.io:8443/token", Err(Refused::OtherHost)),
            ("https://r.example", "http://r.example/token", Err(Refused::Plain)),
            ("https://r.example", "http://auth.docker.io/token", Err(Refused::Plain)),
            ("https://r.example", "ftp://r.example/token", Err(Refused::Plain)),
            ("https://r.example", "file:///etc/passwd", Err(Refused::Plain)),
            ("https://r.example", "https://u@r.example/token", Err(Refused::UserInfo)),
            ("https://r.example", "https://r.example.evil/token", Err(Refused::OtherHost)),
            ("https://r.example", "https://sub.r.example/token", Err(Refused::OtherHost)),
            ("https://r.example", "https://r.example./token", Err(Refused::OtherHost)),
            // On this machine too: where the registry speaks TLS, so does its token service.
            ("https://127.0.0.1:5000", "http://127.0.0.1:5000/token", Err(Refused::Plain)),
            ("https://localhost:5000", "http://localhost:5001/token", Err(Refused::Plain)),
            ("http://127.0.0.1:5000", "http://127.0.0.1:5000/token", Ok(Allowed::Registry)),
            ("http://127.0.0.1:5000", "http://127.0.0.1:5001/token", Ok(Allowed::OtherPort)),
            ("http://127.0.0.1:5000", "https://127.0.0.1:5001/token", Ok(Allowed::OtherPort)),
            ("http://127.0.0.1:5000", "http://127.0.0.2:5000/token", Err(Refused::OtherHost)),
            ("http://127.0.0.1:5000", "http://r.example/token", Err(Refused::Plain)),
        ] {
            assert_eq!(decide(&url(realm), &url(registry), known, None), decision, "{registry} {realm}");
        }
    }

    #[test]
    fn h128_a_named_host_is_that_host_and_port_and_encrypted() {
        for (named, realm, decision) in [
            ("gitlab.example", "https://gitlab.example/jwt/auth", Ok(Allowed::Named)),
            ("GitLab.Example:443", "https://gitlab.example/jwt/auth", Ok(Allowed::Named)),
            ("gitlab.example:8443", "https://gitlab.example:8443/jwt/auth", Ok(Allowed::Named)),
            ("gitlab.example", "https://gitlab.example:8443/jwt/auth", Err(Refused::OtherHost)),
            ("gitlab.example:8443", "https://gitlab.example/jwt/auth", Err(Refused::OtherHost)),
            ("gitlab.example", "https://sub.gitlab.example/jwt/auth", Err(Refused::OtherHost)),
            ("gitlab.example", "https://gitlab.example.evil/jwt/auth", Err(Refused::OtherHost)),
            ("gitlab.example", "http://gitlab.example/jwt/auth", Err(Refused::Plain)),
            ("gitlab.example", "https://u:p@gitlab.example/jwt/auth", Err(Refused::UserInfo)),
            ("127.0.0.1:9", "http://127.0.0.1:9/", Err(Refused::Plain)),
            ("[::1]:9", "https://[::1]:9/", Ok(Allowed::Named)),
        ] {
            let named: TokenHost = named.parse().unwrap();
            let found = decide(&url(realm), &url("https://r.example"), None, Some(&named));
            assert_eq!(found, decision, "{named} {realm}");
        }
        for (named, realm, decision) in [
            ("127.0.0.2:5001", "http://127.0.0.2:5001/jwt/auth", Ok(Allowed::Named)),
            ("127.0.0.2:80", "http://127.0.0.2/jwt/auth", Ok(Allowed::Named)),
            ("127.0.0.2", "http://127.0.0.2/jwt/auth", Ok(Allowed::Named)),
            ("127.0.0.2", "http://127.0.0.2:443/jwt/auth", Err(Refused::OtherHost)),
            ("127.0.0.2", "https://127.0.0.2:80/jwt/auth", Err(Refused::OtherHost)),
        ] {
            let host: TokenHost = named.parse().unwrap();
            let found = decide(&url(realm), &url("http://127.0.0.1:5000"), None, Some(&host));
            assert_eq!(found, decision, "{named} {realm}");
        }
    }

    #[test]
    fn a_token_host_is_a_host_and_nothing_more() {
        for (text, shown) in
            [("a.b", "a.b"), ("A.b:1", "a.b:1"), ("[::1]", "[::1]"), ("10.0.0.1:443", "10.0.0.1:443")]
        {
            assert_eq!(text.parse::<TokenHost>().unwrap().to_string(), shown);
        }
        for text in [
            "",
            ":",
            ":1",
            "a:",
            "a:0",
            "a:65536",
            "a:+1",
            "a:1:2",
            "a:443:2",
            "https://a.b",
            "a.b/x",
            "u@a.b",
            "a b",
            "a.b?x",
            "a.b#x",
            "a\\b",
            "*.b",
            "0x7f.1",
            "2130706433",
            "[::1",
            "::1",
            "[]",
            "a\n",
            "\u{e9}.b",
            ".",
        ] {
            assert!(text.parse::<TokenHost>().is_err(), "{text:?}");
        }
        for (length, is_host) in [(256, true), (257, false)] {
            let text = format!("{}:65535", "a".repeat(length));
            assert_eq!(text.parse::<TokenHost>().is_ok(), is_host, "{length}");
        }
    }
}
