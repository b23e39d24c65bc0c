//! Which proxy is used for a server: what a variable says is checked and then used as it was read, so that
//! no request goes round a proxy that was asked for.

use std::{ffi::OsStr, fmt, sync::Arc};

use reqwest::header::HeaderValue;
use url::{Host, Url};

use super::{basic::basic, exempt::is_exempt, loopback::is_loopback, variable::variable};
use crate::{
    error::{Error, Result},
    secret::Secret,
};

/// The variables that name a proxy for https, in the order in which curl reads them. Plain http is spoken on
/// this machine alone, where none is used: `HTTP_PROXY` decides nothing.
const PROXY: [&str; 4] = ["https_proxy", "HTTPS_PROXY", "all_proxy", "ALL_PROXY"];

/// The variables that name the hosts that are reached without one.
const NO_PROXY: [&str; 2] = ["no_proxy", "NO_PROXY"];

/// How a server is reached.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Route {
    /// It is on this machine, or no variable names a proxy.
    Direct,
    /// This variable exempts this host from the proxy.
    Exempt(&'static str, String),
    /// By this proxy.
    By(Arc<Proxy>),
}

impl Route {
    /// The way to the host of `url`.
    ///
    /// # Errors
    /// Usage, naming the variable and never its value, if that cannot be used.
    pub(super) fn to(url: &Url) -> Result<Self> {
        let (Some(host), false) = (url.host(), is_loopback(url)) else { return Ok(Self::Direct) };
        let Some((name, value)) = variable(&PROXY) else { return Ok(Self::Direct) };
        if let Some((name, list)) = variable(&NO_PROXY) {
            let list = list.to_str().ok_or_else(|| unusable(name, NOT_TEXT))?;
            if is_exempt(&host, list) {
                return Ok(Self::Exempt(name, host.to_string()));
            }
        }
        Ok(Self::By(Arc::new(Proxy::read(name, &value)?)))
    }

    /// For `-v`: which proxy is used, or why none is although one is named.
    pub(super) fn told(&self) -> Option<String> {
        match self {
            Self::Direct => None,
            Self::Exempt(variable, host) => Some(format!("no proxy is used: {variable} exempts {host}")),
            Self::By(proxy) => Some(format!("{proxy} is used")),
        }
    }

    /// The proxy, if there is one.
    pub(super) const fn proxy(&self) -> Option<&Arc<Proxy>> {
        match self {
            Self::By(proxy) => Some(proxy),
            _ => None,
        }
    }
}

/// An HTTP proxy, without the text that it was read from.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Proxy {
    pub(super) variable: &'static str,
    /// It is spoken to over TLS.
    pub(super) tls: bool,
    host: Host,
    port: u16,
    /// The user name and password for it, as a header.
    pub(super) authorization: Option<HeaderValue>,
}

impl Proxy {
    /// Reads the value of `variable`: `[http[s]://][USER[:PASSWORD]@]HOST[:PORT][/]`, with what is special in the
    /// user name and the password as %XX.
    pub(super) fn read(variable: &'static str, value: &OsStr) -> Result<Self> {
        let read = value.to_str().ok_or(NOT_TEXT).and_then(parse);
        let Parts { tls, host, port, login } = read.map_err(|why| unusable(variable, why))?;
        let authorization = login.map(|(user, password)| basic(&user, &password).1);
        Ok(Self { variable, tls, host, port, authorization })
    }

    /// `HOST:PORT`
    pub(super) fn place(&self) -> String {
        format!("{}:{}", self.host, self.port)
    }

    /// As an address, without the user name and the password.
    pub(super) fn url(&self) -> String {
        let scheme = if self.tls { "https" } else { "http" };
        format!("{scheme}://{}", self.place())
    }
}

impl fmt::Display for Proxy {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "the proxy {} ({})", self.place(), self.variable)
    }
}

const NOT_TEXT: &str = "it is not UTF-8 text";

fn unusable(variable: &str, why: &str) -> Error {
    let error = Error::usage(format!("{variable} cannot be used")).cause(why);
    if NO_PROXY.contains(&variable) {
        return error.hint("give it host names, addresses and networks, with commas between them");
    }
    error
        .hint("write it as http://HOST:PORT or http://USER:PASSWORD@HOST:PORT")
        .hint("in the user name and the password write what is neither a letter nor a digit as %XX: @ is %40")
}

/// What the value of a variable says.
pub(super) struct Parts {
    pub(super) tls: bool,
    pub(super) host: Host,
    pub(super) port: u16,
    pub(super) login: Option<(String, Secret)>,
}

/// Reads `text`; the reason why not repeats nothing of it.
pub(super) fn parse(text: &str) -> Result<Parts, &'static str> {
    let is_blank = |c: char| c.is_whitespace() || c.is_control();
    if text.trim_matches(is_blank).len() < text.len() {
        return Err("there is a blank before or behind it");
    }
    if text.starts_with(['"', '\'']) && text.ends_with(['"', '\'']) {
        return Err("there are quotes around it");
    }
    if text.contains(is_blank) {
        return Err("there is a blank in it");
    }
    if text.contains('\\') {
        return Err("there is a backslash in it, which is written %5C");
    }
    let (tls, rest) = match text.split_once("://") {
        None => (false, text),
        Some((scheme, rest)) => match scheme.to_ascii_lowercase().as_str() {
            "http" => (false, rest),
            "https" => (true, rest),
            "socks" | "socks4" | "socks4a" | "socks5" | "socks5h" => {
                return Err("it names a SOCKS proxy, and only HTTP proxies are served");
            }
            _ => return Err("it begins with neither http:// nor https://"),
        },
    };
    let (authority, more) = rest.split_at(rest.find(['/', '?', '#']).unwrap_or(rest.len()));
    if more.contains('@') {
        return Err("its user name or password holds a /, ? or #, which are written %2F, %3F and %23");
    }
    if !matches!(more, "" | "/") {
        return Err("something follows the host and the port");
    }
    let (login, place) = match authority.rsplit_once('@') {
        None => (None, authority),
        Some((login, _)) if login.contains('@') => {
            return Err("its user name or password holds an @, which is written %40");
        }
        Some((login, place)) => (Some(login), place),
    };
    let login = match login {
        None | Some("") => None,
        Some(login) => {
            let (user, password) = login.split_once(':').unwrap_or((login, ""));
            Some((decoded(user)?, Secret::new(decoded(password)?)))
        }
    };
    let (host, port) = host_and_port(place, if tls { 443 } else { 80 })?;
    Ok(Parts { tls, host, port, login })
}

/// A piece of a user name or password, which is of the characters that RFC 3986 has there.
fn decoded(text: &str) -> Result<String, &'static str> {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.as_bytes();
    while let Some((&byte, behind)) = rest.split_first() {
        rest = behind;
        bytes.push(match byte {
            b'%' => {
                let digit = |at: usize| rest.get(at).and_then(|digit| char::from(*digit).to_digit(16));
                let (Some(high), Some(low)) = (digit(0), digit(1)) else {
                    return Err("two hexadecimal digits must follow each %, and % itself is written %25");
                };
                rest = &rest[2..];
                u8::try_from(high * 16 + low).unwrap_or_default()
            }
            _ if byte.is_ascii_alphanumeric() || b"-._~!$&'()*+,;=:".contains(&byte) => byte,
            _ => return Err("its user name or password holds a character that must be written as %XX"),
        });
    }
    String::from_utf8(bytes).map_err(|_| "its user name or password is not UTF-8 text")
}

fn host_and_port(place: &str, usual: u16) -> Result<(Host, u16), &'static str> {
    let (host, port) = match place.rsplit_once(':') {
        // A colon within brackets is the address's own.
        Some((host, port)) if !port.ends_with(']') => (host, Some(port)),
        _ => (place, None),
    };
    if host.is_empty() {
        return Err("it has no host");
    }
    let port = match port {
        None => usual,
        Some(digits) => match digits.parse() {
            Ok(port @ 1..) if digits.bytes().all(|byte| byte.is_ascii_digit()) => port,
            _ => return Err("its port is not a number from 1 to 65535"),
        },
    };
    Host::parse(host).map(|host| (host, port)).map_err(|_| "its host is neither a name nor an address")
}

#[cfg(test)]
mod tests {
    use std::{ffi::OsStr, os::unix::ffi::OsStrExt};

    use super::{Proxy, parse};

    fn read(text: &str) -> Result<String, &'static str> {
        parse(text).map(|parts| {
            let login = parts.login.map(|(user, password)| format!("{user}:{} ", password.expose()));
            format!("{}{} {} {}", login.unwrap_or_default(), parts.tls, parts.host, parts.port)
        })
    }

    #[test]
    fn h104_a_proxy_is_read_as_it_is_meant() {
        for (text, meant) in [
            ("http://proxy.corp:3128", "false proxy.corp 3128"),
            ("proxy.corp:3128/", "false proxy.corp 3128"),
            ("HTTPS://proxy.corp", "true proxy.corp 443"),
            ("10.0.0.1", "false 10.0.0.1 80"),
            ("http://[fd00::1]", "false [fd00::1] 80"),
            ("http://[fd00::1]:3128", "false [fd00::1] 3128"),
            ("http://@proxy.corp", "false proxy.corp 80"),
            ("http://me@proxy.corp", "me: false proxy.corp 80"),
            ("me:a:b@proxy.corp:1", "me:a:b false proxy.corp 1"),
            ("'me:a@proxy.corp:1", "'me:a false proxy.corp 1"),
            ("http://CORP%5cme:p%40%23%2f%25@proxy.corp:1", r"CORP\me:p@#/% false proxy.corp 1"),
            ("http://me:!$&'()*+,;=-._~@proxy.corp:1", "me:!$&'()*+,;=-._~ false proxy.corp 1"),
        ] {
            assert_eq!(read(text).as_deref(), Ok(meant), "{text}");
        }
    }

    #[test]
    fn h104_what_cannot_be_used_is_refused_and_not_repeated() {
        for (text, why) in [
            (" http://h:1", "blank before"),
            ("http://h:1\n", "blank before"),
            ("\u{a0}http://h:1", "blank before"),
            (" ", "blank before"),
            ("\"http://h:1\"", "quotes"),
            ("'http://h:1'", "quotes"),
            ("http://h:1'", "its port"),
            ("\"http://h:1", "begins with neither"),
            ("http://us er:CANARY@h:1", "blank in it"),
            ("http://bad host", "blank in it"),
            ("http://CORP\\me:CANARY@h:1", "%5C"),
            ("ftp://h:1", "begins with neither"),
            ("://h", "begins with neither"),
            ("http//h:1", "something follows"),
            ("socks5h://h:1", "SOCKS"),
            ("http://me:CANARY#s@h:1", "%23"),
            ("http://me:CANARY?s@h:1", "%23"),
            ("http://me:CANARY/s@h:1", "%23"),
            ("http://me:CANARY@s@h:1", "%40"),
            ("http://me:CANARY[@h:1", "as %XX"),
            ("http://me:CANARY\u{e4}@h:1", "as %XX"),
            ("http://me:CANARY%@h:1", "%25"),
            ("http://me:CANARY%zz@h:1", "%25"),
            ("http://me:CANARY%ff@h:1", "not UTF-8"),
            ("http://", "no host"),
            ("http://:3128", "no host"),
            ("http://me:CANARY@", "no host"),
            ("http://h:0", "its port"),
            ("http://h:65536", "its port"),
            ("http://h:", "its port"),
            ("http://h:+1", "its port"),
            ("http://h:port", "its port"),
            ("http://fd00::1:3128", "its host"),
            ("http://h<x>", "its host"),
            ("http://h:1/path", "something follows"),
            ("http://h:1?x", "something follows"),
        ] {
            assert!(read(text).unwrap_err().contains(why), "{text}: {:?}", read(text));
            let error = Proxy::read("HTTPS_PROXY", OsStr::new(text)).unwrap_err();
            assert!(!format!("{error:?}").contains("CANARY"), "{error:?}");
        }
        assert!(Proxy::read("HTTPS_PROXY", OsStr::from_bytes(b"http://h\xff")).is_err());
    }
}
