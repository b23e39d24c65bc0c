//! The address of a platform: a value of this type may be sent a token.

use std::{fmt, str::FromStr};

use url::Url;

use crate::{
    error::{Error, Result},
    http::{is_loopback, writes_host},
};

/// `https://HOST[:PORT][/PATH]`, or `http://` on loopback.
///
/// Refused: any other scheme, http to another machine, user information, a query or a
/// fragment. Loopback is what parses as it and is written as it: neither
/// `127.0.0.1.evil` nor `0x7f.1` passes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BaseUrl(Url);

impl BaseUrl {
    /// The hosted platform.
    pub const HOSTED: &'static str = "https://platform.ankra.app";

    /// # Errors
    /// None in practice: the constant is valid, as a test shows.
    pub fn hosted() -> Result<Self> {
        Self::HOSTED.parse()
    }

    /// Whether requests stay on this machine.
    pub fn is_loopback(&self) -> bool {
        is_loopback(&self.0)
    }

    /// Whether `url` is of the same scheme, host and port. This machine has several names.
    pub(super) fn is_origin_of(&self, url: &Url) -> bool {
        let is_here = self.is_loopback() && is_loopback(url);
        let is_same_place = self.0.port_or_known_default() == url.port_or_known_default();
        self.0.origin() == url.origin() || is_here && is_same_place && self.0.scheme() == url.scheme()
    }

    /// `HOST:PORT`, for messages.
    pub fn authority(&self) -> String {
        let host = self.0.host_str().unwrap_or_default();
        match self.0.port_or_known_default() {
            Some(port) => format!("{host}:{port}"),
            None => host.to_owned(),
        }
    }

    /// This address with `segments` appended to its path, each encoded on its own.
    pub(super) fn join<'a>(&self, segments: impl IntoIterator<Item = &'a str>) -> Url {
        let mut url = self.0.clone();
        // Fails for `data:`-like URLs only, which have no host and never get here.
        if let Ok(mut path) = url.path_segments_mut() {
            path.pop_if_empty().extend(segments);
        }
        url
    }
}

impl FromStr for BaseUrl {
    type Err = Error;

    fn from_str(text: &str) -> Result<Self> {
        // The text itself is not repeated: it may hold a password.
        let refuse = |why: &str| {
            Error::usage("the base URL cannot be used")
                .cause(why)
                .hint("give one such as https://platform.ankra.app")
        };
        let is_blank = |c: char| c.is_whitespace() || c.is_control();
        let bare = text.trim_matches(is_blank);
        if bare.is_empty() {
            return Err(refuse("it is empty"));
        }
        if bare.len() < text.len() {
            return Err(refuse("there is a blank before or behind it").hint("leave out the blank"));
        }
        if text.contains(is_blank) {
            return Err(refuse("there is a blank in it"));
        }
        if text.starts_with(['"', '\'']) {
            return Err(refuse("there are quotes around it").hint("leave out the quotes"));
        }
        if !text.contains("://") {
            let hint = "write https:// before it, or http:// for this machine (localhost, 127.0.0.1, [::1])";
            return Err(refuse("it does not begin with https://").hint(hint));
        }
        let url = Url::parse(text).map_err(|e| refuse(&e.to_string()))?;
        if text.contains('@') {
            return Err(refuse("it holds a user name or password"));
        }
        if url.query().is_some() || url.fragment().is_some() {
            return Err(refuse("it holds a query or a fragment"));
        }
        if url.host_str().is_none_or(str::is_empty) {
            return Err(refuse("it has no host"));
        }
        match url.scheme() {
            "https" => {}
            "http" => {
                if !is_loopback(&url) || !writes_host(text, &url) {
                    return Err(refuse(
                        "http is not encrypted: it is accepted for this machine alone (localhost, 127.0.0.1, [::1])",
                    ));
                }
            }
            _ => return Err(refuse("it does not begin with https://")),
        }
        Ok(Self(url))
    }
}

impl fmt::Display for BaseUrl {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.0.as_str().trim_end_matches('/'))
    }
}

#[cfg(test)]
mod tests {
    use super::BaseUrl;

    #[test]
    fn this_machine_has_more_names_than_its_v4_address_and_https_is_for_all() {
        for good in [BaseUrl::HOSTED, "http://[::1]:9/", "http://localhost", "https://10.0.0.1/ankra/"] {
            assert!(good.parse::<BaseUrl>().is_ok(), "{good}");
        }
    }

    #[test]
    fn what_a_careless_copy_brings_along_is_named() {
        for (text, why) in [
            ("", "empty"),
            (" \t", "empty"),
            (" http://127.0.0.1:9", "a blank before or behind"),
            ("https://platform.ankra.app\n", "a blank before or behind"),
            ("https://platform.\nankra.app", "a blank in it"),
            ("https://platform ankra.app", "a blank in it"),
            ("\"https://platform.ankra.app\"", "quotes"),
            ("platform.ankra.app", "does not begin with https://"),
            ("127.0.0.1:9", "does not begin with https://"),
            ("https:platform.ankra.app", "does not begin with https://"),
        ] {
            let error = text.parse::<BaseUrl>().unwrap_err();
            assert!(error.causes()[0].contains(why), "{text:?}: {error:?}");
        }
    }

    #[test]
    fn what_a_token_is_never_sent_to_is_refused() {
        for (text, why) in [
            ("https://user@h", "a user name or password"),
            ("https://:p@h", "a user name or password"),
            ("https://@h", "a user name or password"),
            ("https://h/@", "a user name or password"),
            ("https://h?a", "a query or a fragment"),
            ("https://h/?", "a query or a fragment"),
            ("https://h#a", "a query or a fragment"),
            ("https://h/#", "a query or a fragment"),
            ("http://10.0.0.1", "http is not encrypted"),
            ("http://localhost.h", "http is not encrypted"),
            ("http://0x7f.1", "http is not encrypted"),
            ("ftp://127.0.0.1", "does not begin with https://"),
        ] {
            let error = text.parse::<BaseUrl>().unwrap_err();
            assert!(error.causes()[0].contains(why), "{text}: {error:?}");
        }
    }

    #[test]
    fn a_page_is_of_the_platform_where_scheme_host_and_port_are() {
        for (base, url, expected) in [
            ("https://h/prefix", "https://h:443/other", true),
            ("http://127.0.0.1:9", "http://localhost:9/", true),
            ("https://localhost", "https://[::1]/", true),
            ("https://h", "https://other/", false),
            ("https://h", "https://h:444/", false),
            ("https://127.0.0.1", "https://other/", false),
            ("https://h", "https://127.0.0.1/", false),
            ("http://127.0.0.1:9", "http://localhost:8/", false),
            ("http://127.0.0.1:9", "https://localhost:9/", false),
        ] {
            let base: BaseUrl = base.parse().unwrap();
            assert_eq!(base.is_origin_of(&url.parse().unwrap()), expected, "{base} {url}");
        }
    }

    #[test]
    fn messages_name_its_host_and_its_port() {
        for (base, authority) in [
            ("https://h", "h:443"),
            ("https://h:8443/prefix", "h:8443"),
            ("http://localhost", "localhost:80"),
            ("http://[::1]:9", "[::1]:9"),
        ] {
            let base: BaseUrl = base.parse().unwrap();
            assert_eq!(base.authority(), authority);
        }
        assert_eq!(BaseUrl::hosted().unwrap().to_string(), BaseUrl::HOSTED);
    }

    #[test]
    fn segments_cannot_leave_their_place() {
        let base: BaseUrl = "https://h/prefix/".parse().unwrap();
        assert_eq!(base.join(["api", "v1", "a/b"]).as_str(), "https://h/prefix/api/v1/a%2Fb");
        assert_eq!(base.to_string(), "https://h/prefix");
    }
}
