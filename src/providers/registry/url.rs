//! The address of a registry, as people write it for Helm.

use std::{fmt, str::FromStr};

use serde::Serialize;
use url::{Host, Url};

use crate::{
    error::{Error, Result},
    http::{is_loopback, writes_host},
    providers::caller::place,
};

/// What speaks at a registry's address.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Protocol {
    /// An OCI registry: `oci://HOST[:PORT][/PATH]`.
    Oci,
    /// A classic Helm repository, which is a web server with an `index.yaml`: `https://HOST[:PORT][/PATH]`.
    Helm,
}

const LONGEST: usize = 2_048;

/// `oci://HOST[:PORT][/PATH]` or `https://HOST[:PORT][/PATH]`; `http://` on loopback.
///
/// Refused: any other scheme, http to another machine, user information, a query, a fragment,
/// control characters and blanks, a path that is not one. Loopback is what parses as it and is
/// written as it: neither `127.0.0.1.evil` nor `0x7f.1` passes.
///
/// The host is kept in lower case, the path without a slash at either end.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RegistryUrl {
    pub(super) protocol: Protocol,
    /// Where the requests go, by https, or by http where that was written.
    pub(super) url: Url,
}

impl RegistryUrl {
    /// The host's name or number, in lower case; an IPv6 address is in brackets.
    pub fn host(&self) -> &str {
        self.url.host_str().unwrap_or_default()
    }

    /// What follows the host, without a slash at either end: empty for the registry as a whole.
    pub fn path(&self) -> &str {
        self.url.path().trim_matches('/')
    }

    /// `HOST` or `HOST:PORT`, for messages.
    pub fn authority(&self) -> String {
        place(&self.url)
    }

    /// Whether requests stay on this machine.
    pub fn is_loopback(&self) -> bool {
        is_loopback(&self.url)
    }

    /// Whether a request may go there unencrypted: `http://`, and `oci://` on loopback, where
    /// container tools take plain http too if no TLS answers.
    pub fn may_be_plain(&self) -> bool {
        self.url.scheme() == "http" || (self.protocol == Protocol::Oci && self.is_loopback())
    }
}

fn refuse_if(is_wrong: bool, why: &str) -> Result<()> {
    if is_wrong { Err(refused(why)) } else { Ok(()) }
}

/// The text itself is not repeated: it may hold a password.
fn refused(why: &str) -> Error {
    Error::usage("the registry URL cannot be used")
        .cause(why)
        .hint("give one such as oci://ghcr.io/octocat/charts or https://charts.example.com/stable")
}

impl FromStr for RegistryUrl {
    type Err = Error;

    fn from_str(text: &str) -> Result<Self> {
        refuse_if(text.len() > LONGEST, "it is too long")?;
        let blank = text.contains(|c: char| c.is_control() || c.is_whitespace());
        refuse_if(blank, "it holds a blank or a control character")?;
        let (scheme, rest) = text.split_once("://").unwrap_or(("", text));
        let (protocol, transport) = match scheme.to_ascii_lowercase().as_str() {
            "oci" => (Protocol::Oci, "https"),
            "https" => (Protocol::Helm, "https"),
            "http" => (Protocol::Helm, "http"),
            "docker" => return Err(refused("it begins with docker://: for an OCI registry write oci://")),
            _ => return Err(refused("it does not begin with oci:// or https://")),
        };
        refuse_if(rest.contains('@'), "it holds a user name or password, or a digest")?;
        refuse_if(rest.contains(['?', '#']), "it holds a query or a fragment")?;
        // Where it stands for a slash to some, the host would not be the one that others see.
        refuse_if(rest.contains('\\'), "it holds a backslash")?;
        let (written, path) = rest.split_once('/').unwrap_or((rest, ""));
        refuse_if(written.is_empty() || written.starts_with(':'), "it has no host")?;
        check_path(protocol, path)?;
        let url = Url::parse(&format!("{transport}://{}", rest.trim_end_matches('/')))
            .map_err(|error| refused(&error.to_string()))?;
        match url.host() {
            Some(Host::Domain(name)) => {
                let is_part = |b: u8| b.is_ascii_alphanumeric() || b"-._".contains(&b);
                refuse_if(!name.bytes().all(is_part), "its host is not the name of a machine")?;
            }
            // 0x7f.1 and 2130706433 are written to be taken for something else.
            Some(Host::Ipv4(_)) => {
                refuse_if(!writes_host(text, &url), "its host is a number in an unusual notation")?;
            }
            _ => {}
        }
        refuse_if(
            transport == "http" && !is_loopback(&url),
            "http is not encrypted: it is accepted for this machine alone (localhost, 127.0.0.1, [::1])",
        )?;
        Ok(Self { protocol, url })
    }
}

/// Refuses what is not a path over `protocol`: nothing in it may lead elsewhere.
fn check_path(protocol: Protocol, path: &str) -> Result<()> {
    let path = path.strip_suffix('/').filter(|path| !path.is_empty()).unwrap_or(path);
    if path.is_empty() {
        return Ok(());
    }
    let dots = |part: &str| matches!(part.to_ascii_lowercase().replace("%2e", ".").as_str(), "." | "..");
    let is_astray = path.split('/').any(|part| part.is_empty() || dots(part));
    refuse_if(is_astray, "its path has an empty part or a dot part")?;
    if protocol == Protocol::Helm {
        let names_index = path.rsplit('/').next() == Some("index.yaml");
        return refuse_if(names_index, "it names index.yaml: leave that out");
    }
    refuse_if(path.contains(':'), "it holds a tag: leave out what follows the colon")?;
    // The distribution specification: lower-case words, joined by a dot, underscores or hyphens.
    let is_word = |part: &str| {
        part.bytes().all(|b| matches!(b, b'a'..=b'z' | b'0'..=b'9' | b'.' | b'_' | b'-'))
            && !part.starts_with(['.', '_', '-'])
            && !part.ends_with(['.', '_', '-'])
    };
    refuse_if(
        !path.split('/').all(is_word),
        "a path at an OCI registry is of lower-case letters and digits, with . _ - between them",
    )
}

impl fmt::Display for RegistryUrl {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let scheme = match self.protocol {
            Protocol::Oci => "oci",
            Protocol::Helm => self.url.scheme(),
        };
        write!(f, "{scheme}://{}", self.authority())?;
        match self.path() {
            "" => Ok(()),
            path => write!(f, "/{path}"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{Protocol, RegistryUrl};

    fn parse(text: &str) -> RegistryUrl {
        text.parse().unwrap_or_else(|error| panic!("{text}: {error:?}"))
    }

    #[test]
    fn an_address_is_taken_apart_and_put_together() {
        for (text, shown, host, path) in [
            ("oci://ghcr.io/octocat/charts", "oci://ghcr.io/octocat/charts", "ghcr.io", "octocat/charts"),
            ("OCI://GHCR.io", "oci://ghcr.io", "ghcr.io", ""),
            ("oci://127.0.0.1:5000/a/", "oci://127.0.0.1:5000/a", "127.0.0.1", "a"),
            ("https://h.example:8443/Charts/", "https://h.example:8443/Charts", "h.example", "Charts"),
            ("https://h.example:443", "https://h.example", "h.example", ""),
            ("http://[::1]:80/x", "http://[::1]/x", "[::1]", "x"),
        ] {
            let url = parse(text);
            assert_eq!((url.to_string().as_str(), url.host(), url.path()), (shown, host, path));
            assert_eq!(parse(shown), url, "{text}");
        }
        assert_eq!(parse("oci://h").protocol, Protocol::Oci);
        assert_eq!(parse("https://h").protocol, Protocol::Helm);
    }

    #[test]
    fn plain_http_is_for_loopback_alone() {
        for plain in ["http://localhost:80/a", "http://127.0.0.1", "http://[::1]:9", "oci://localhost:5000/a"]
        {
            assert!(parse(plain).may_be_plain() && parse(plain).is_loopback(), "{plain}");
        }
        for encrypted in ["oci://ghcr.io/a", "https://localhost/a", "oci://10.0.0.1"] {
            assert!(!parse(encrypted).may_be_plain(), "{encrypted}");
        }
    }

    #[test]
    fn what_is_wrong_with_an_address_is_said() {
        for (text, why) in [
            ("docker://ghcr.io/a", "for an OCI registry write oci://"),
            ("ghcr.io/a", "does not begin with oci:// or https://"),
            ("oci:///a", "it has no host"),
            ("oci://:5000/a", "it has no host"),
            ("https://h/a/index.yaml", "leave that out"),
            ("oci://h/a:1.0", "it holds a tag"),
            ("oci://h/a//b", "an empty part"),
            ("http://2130706433", "a number in an unusual notation"),
            ("http://charts.example.com", "http is not encrypted"),
        ] {
            let error = text.parse::<RegistryUrl>().unwrap_err().in_one_line();
            assert!(error.contains(why), "{text}: {error}");
        }
    }

    #[test]
    fn nothing_but_an_address_is_accepted() {
        for bad in [
            "",
            "ghcr.io/octocat",
            "docker://ghcr.io/a",
            "ftp://h/a",
            "file:///etc/passwd",
            "oci:ghcr.io",
            "oci://",
            "oci:///a",
            "oci://:5000/a",
            "oci://u:p@h/a",
            "oci://u@h",
            "oci://h/a@sha256:abc",
            "oci://h\\evil.example/a",
            "oci://\"/a",
            "oci://a,b/a",
            "oci://h/a?x=1",
            "oci://h/a#f",
            "oci://h/a b",
            "oci://h/a\nb",
            "oci://h/a\u{7f}",
            "oci://h/../a",
            "oci://h/a//b",
            "oci://h//",
            "oci://h/A",
            "oci://h/a:1.0",
            "oci://h/-a",
            "oci://h/a-",
            "oci://h/%61",
            "oci://h:99999/a",
            "https://h/a\\b",
            "https://h/a b",
            "https://h/a\u{7f}",
            "https://h/a\u{a0}b",
            "https://h/a/%2E%2e/b",
            "https://h/a/index.yaml",
            "http://charts.example.com",
            "http://localhost.evil.example/a",
            "http://127.0.0.1.evil.example",
            "http://0x7f.1",
            "http://2130706433",
            "oci://0x7f.1:5000/a",
            "oci://127.1/a",
        ] {
            assert!(bad.parse::<RegistryUrl>().is_err(), "{bad}");
        }
        for (length, is_address) in [(2_040, true), (2_041, false)] {
            let text = format!("oci://h/{}", "a".repeat(length));
            assert_eq!(text.parse::<RegistryUrl>().is_ok(), is_address, "{length}");
        }
    }
}
