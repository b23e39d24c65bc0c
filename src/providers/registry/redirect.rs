//! Redirects: followed where they stay at the same scheme, host and port, as a web server sends them that
//! adds a slash or moves a file. A password goes to no other address by one.

use reqwest::{
    StatusCode,
    header::{HeaderMap, LOCATION},
};
use url::Url;

use super::{RegistryUrl, report::Retry, url::Protocol};
use crate::http::quote;

/// How many are followed, one after another.
pub(super) const HOPS: usize = 5;

/// Where a redirect leads.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Redirect {
    /// To the same scheme, host and port.
    Within(Url),
    Elsewhere(Url),
    /// It has no address that can be read.
    Nowhere,
}

impl Redirect {
    /// The redirect that an answer of `from` is; `None`: it is none.
    pub(super) fn of(from: &Url, status: StatusCode, headers: &HeaderMap) -> Option<Self> {
        if !status.is_redirection() {
            return None;
        }
        let target = headers.get(LOCATION).and_then(|value| from.join(value.to_str().ok()?).ok());
        let Some(mut target) = target else { return Some(Self::Nowhere) };
        target.set_fragment(None);
        let has_user = !target.username().is_empty() || target.password().is_some();
        let is_move = matches!(status.as_u16(), 301 | 302 | 303 | 307 | 308);
        let is_within = is_move && !has_user && target.origin() == from.origin();
        Some(if is_within { Self::Within(target) } else { Self::Elsewhere(target) })
    }

    /// What is told of it where it is not followed.
    pub(super) fn told(&self) -> String {
        match self {
            Self::Within(_) => format!("a redirect, after {HOPS} others that were followed"),
            Self::Elsewhere(target) => format!("a redirect to {}, which is another address", shown(target)),
            Self::Nowhere => "a redirect that leads nowhere".to_owned(),
        }
    }

    pub(super) const fn advice(&self) -> &'static str {
        match self {
            Self::Elsewhere(_) => "give the address that it leads to, if that is the registry's own",
            Self::Within(_) | Self::Nowhere => "check the registry URL, or ask who runs the registry",
        }
    }

    /// The registry where it leads to, if what it leads to is the index of a classic repository.
    pub(super) fn instead(&self, protocol: Protocol) -> Option<Retry> {
        let Self::Elsewhere(target) = self else { return None };
        let folder = target.as_str().strip_suffix("/index.yaml").filter(|_| protocol == Protocol::Helm)?;
        let url: RegistryUrl = folder.parse().ok()?;
        let words = "if that is the registry's own, ask there";
        Some(Retry { words, flag: "--registry-url", value: url.to_string() })
    }
}

/// The whole address, without a user name and a password.
pub(super) fn shown(target: &Url) -> String {
    let mut target = target.clone();
    // Both fail for what has no host, which has neither.
    let _ = (target.set_username(""), target.set_password(None));
    quote(target.as_str())
}

#[cfg(test)]
mod tests {
    use reqwest::{
        StatusCode,
        header::{HeaderMap, HeaderValue, LOCATION},
    };
    use url::Url;

    use super::Redirect;

    #[test]
    fn h127_a_redirect_stays_at_the_same_scheme_host_and_port_or_it_leads_elsewhere() {
        let from = Url::parse("https://charts.example/a/index.yaml").unwrap();
        let lead = |status: u16, location: &[u8]| {
            let mut headers = HeaderMap::new();
            headers.insert(LOCATION, HeaderValue::from_bytes(location).unwrap());
            Redirect::of(&from, StatusCode::from_u16(status).unwrap(), &headers)
        };
        for (location, target) in [
            ("/b/index.yaml", "https://charts.example/b/index.yaml"),
            ("b?x=1#y", "https://charts.example/a/b?x=1"),
            ("//charts.example:443/c", "https://charts.example/c"),
            ("HTTPS://CHARTS.example/c", "https://charts.example/c"),
            ("", "https://charts.example/a/index.yaml"),
        ] {
            let within = Some(Redirect::Within(target.parse().unwrap()));
            assert_eq!(lead(302, location.as_bytes()), within, "{location}");
        }
        for location in [
            "http://charts.example/c",
            "https://charts.example:8443/c",
            "https://www.charts.example/c",
            "//evil.example/c",
            "\\\\evil.example/c",
            "https://u:p@charts.example/c",
            "https://u@charts.example/c",
            "https://:p@charts.example/c",
            "https://charts.example@evil.example/c",
            "https://charts.example./c",
            "data:text/plain,x",
            "javascript:x",
        ] {
            assert!(matches!(lead(308, location.as_bytes()), Some(Redirect::Elsewhere(_))), "{location}");
        }
        for nowhere in [b"https://".as_slice(), b"\xff"] {
            assert_eq!(lead(301, nowhere), Some(Redirect::Nowhere));
        }
        assert!(matches!(lead(300, b"/c"), Some(Redirect::Elsewhere(_))));
        assert_eq!(lead(200, b"/c"), None);
        assert_eq!(Redirect::of(&from, StatusCode::FOUND, &HeaderMap::new()), Some(Redirect::Nowhere));
    }

    #[test]
    fn a_target_is_shown_whole_and_without_a_password() {
        let target = Url::parse("https://user:hunter22hunter@h.example:8443/a/b?c=d").unwrap();
        let told = Redirect::Elsewhere(target).told();
        assert_eq!(told, "a redirect to https://h.example:8443/a/b?c=d, which is another address");
    }
}
