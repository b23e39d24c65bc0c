//! The page of a browser sign-in: the platform names it, and a person is sent there.

use url::{Host, Url};

use super::super::base_url::BaseUrl;
use crate::{
    error::{Error, Run},
    http::{place, web_page},
};

/// An address that a person may be sent to: https, or http on this machine; of the platform itself, or of the
/// host that it names for identity.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SignInPage {
    url: Url,
    is_elsewhere: bool,
}

impl SignInPage {
    /// Reads what the platform at `base` names; `identity` is the host where it has people prove who they are.
    ///
    /// # Errors
    /// Failure. The address is not repeated.
    pub(in crate::platform) fn read(
        text: &str,
        identity: Option<&str>,
        base: &BaseUrl,
    ) -> Result<Self, Error> {
        let refuse = |why: &str| {
            Error::failure("the platform names a page to sign in on that nobody should open")
                .cause(why)
                .hint("check that the base URL is the address of an Ankra platform")
                .run("sign in with an API token instead", Run::new("login").arg("--with-token"))
        };
        let url = web_page(text).map_err(|why| refuse(&why))?;
        let is_elsewhere = if base.is_origin_of(&url) {
            false
        } else if identity.is_some_and(|host| is_at(&url, host)) {
            true
        } else {
            let host = url.host_str().unwrap_or_default();
            return Err(refuse(&format!("it is at {host}, which is not the platform's host")));
        };
        Ok(Self { url, is_elsewhere })
    }

    /// The address, as it is to be shown and opened.
    pub fn url(&self) -> &Url {
        &self.url
    }

    /// The host, with its port where that is not the usual one.
    pub fn host(&self) -> String {
        place(&self.url)
    }

    /// Whether it is at another host than the platform.
    pub fn is_elsewhere(&self) -> bool {
        self.is_elsewhere
    }
}

/// Whether `url` is at `host`, which has to be the bare name of one, by https and its usual port.
fn is_at(url: &Url, host: &str) -> bool {
    let is_bare = |name: &str| {
        name.contains('.') && name.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"-.".contains(&byte))
    };
    let is_named = matches!(url.host(), Some(Host::Domain(name)) if name.eq_ignore_ascii_case(host));
    is_bare(host) && is_named && url.scheme() == "https" && url.port().is_none()
}

#[cfg(test)]
mod tests {
    use super::SignInPage;

    fn read(text: &str, identity: Option<&str>, base: &str) -> Result<SignInPage, String> {
        SignInPage::read(text, identity, &base.parse().unwrap()).map_err(|error| error.causes().join(": "))
    }

    #[test]
    fn a_page_of_the_platform_or_of_the_host_that_it_names_is_taken() {
        const HOSTED: &str = "https://platform.ankra.app";
        for (text, identity, base, host, shown) in [
            ("https://platform.ankra.app/x?state=a", None, HOSTED, "platform.ankra.app", None),
            (
                "HTTPS://Platform.Ankra.App:443/x",
                None,
                HOSTED,
                "platform.ankra.app",
                Some("https://platform.ankra.app/x"),
            ),
            ("https://login.ankra.app/a?b=%20c", Some("Login.Ankra.app"), HOSTED, "login.ankra.app", None),
            ("https://h:8443/p", None, "https://h:8443/base", "h:8443", None),
            ("http://127.0.0.1:9/a", None, "http://127.0.0.1:9", "127.0.0.1:9", None),
            ("http://127.0.0.1:9/a", None, "http://localhost:9", "127.0.0.1:9", None),
            ("http://[::1]:9/a", None, "http://[::1]:9", "[::1]:9", None),
            (
                "https://platform.ankra.app/a b\u{e4}",
                None,
                HOSTED,
                "platform.ankra.app",
                Some("https://platform.ankra.app/a%20b%C3%A4"),
            ),
        ] {
            let page = read(text, identity, base).unwrap();
            assert_eq!((page.host().as_str(), page.url().as_str()), (host, shown.unwrap_or(text)));
            assert_eq!(page.is_elsewhere(), identity.is_some(), "{text}");
        }
    }

    #[test]
    fn a_page_may_have_an_address_of_8_kib_and_no_longer() {
        let url = |length: usize| format!("https://h/{}", "x".repeat(length - "https://h/".len()));
        assert!(read(&url(8 * 1024), None, "https://h").is_ok());
        assert!(read(&url(8 * 1024 + 1), None, "https://h").unwrap_err().contains("8 KiB"));
    }

    #[test]
    fn a_page_of_anyone_else_is_refused() {
        const HOSTED: &str = "https://platform.ankra.app";
        for (text, identity, why) in [
            ("", None, "is none"),
            ("/x", None, "is none"),
            ("platform.ankra.app", None, "is none"),
            ("http://platform.ankra.app/", None, "neither with https"),
            ("file:///etc/passwd", None, "neither with https"),
            ("javascript:alert(1)", None, "neither with https"),
            ("ankra://x", None, "neither with https"),
            ("-https://platform.ankra.app", None, "is none"),
            ("https://me@platform.ankra.app/", None, "user name"),
            ("https://:p@platform.ankra.app/", None, "user name"),
            ("https://platform.ankra.app@evil.example/", None, "user name"),
            ("https://platform.ankra.app.evil.example/", None, "at platform.ankra.app.evil.example"),
            ("https://evil.example\\@platform.ankra.app/", None, "at evil.example"),
            ("https://platform.ankra.app:444/", None, "at platform.ankra.app"),
            ("https://platform.\u{430}nkra.app/", None, "at platform.xn--"),
            ("http://127.0.0.1:9/", None, "at 127.0.0.1"),
            ("https://login.example/", Some("https://login.example"), "at login.example"),
            ("https://login.example/", Some("login.example/x"), "at login.example"),
            ("https://login.example/", Some("login.example:443"), "at login.example"),
            ("https://login.example/", Some("me@login.example"), "at login.example"),
            ("https://login.example/", Some("example"), "at login.example"),
            ("https://login.example/", Some(".example"), "at login.example"),
            ("https://login.example/", Some(""), "at login.example"),
            ("https://login.example:444/", Some("login.example"), "at login.example"),
            ("https://login/", Some("login"), "at login"),
            ("https://a_b.example/", Some("a_b.example"), "at a_b.example"),
            ("http://localhost/", Some("localhost"), "at localhost"),
            ("https://10.0.0.1/", Some("10.0.0.1"), "at 10.0.0.1"),
            ("https://platform.ankra.app/\n", None, "control characters"),
            ("https://platform.ankra.app/\u{1b}]0;x\u{7}", None, "control characters"),
            ("https://platform.ankra.app/\u{202e}x", None, "control characters"),
            ("https://plat\u{ad}form.ankra.app/", None, "control characters"),
            ("https://platform.ankra.app/\u{9b}2J", None, "control characters"),
        ] {
            let refused = read(text, identity, HOSTED).unwrap_err();
            assert!(refused.contains(why), "{text:?}: {refused}");
        }
        let long = format!("{HOSTED}/{}", "x".repeat(9_000));
        assert!(read(&long, None, HOSTED).unwrap_err().contains("longer"));
        // A platform on this machine has no pages on other ports of it.
        assert!(read("http://127.0.0.1:8/", None, "http://127.0.0.1:9").is_err());
        assert!(read("http://10.0.0.1:9/", None, "http://127.0.0.1:9").is_err());
    }
}
