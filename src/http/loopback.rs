//! Whether an address is one of this machine, where a secret may go unencrypted.

use url::{Host, Url};

/// Whether `url` names this machine: what parses as loopback, not what looks like it.
pub(crate) fn is_loopback(url: &Url) -> bool {
    match url.host() {
        Some(Host::Ipv4(ip)) => ip.is_loopback(),
        Some(Host::Ipv6(ip)) => ip.is_loopback(),
        Some(Host::Domain(name)) => name == "localhost",
        None => false,
    }
}

/// Whether `text`, which was read as `url`, writes the host as it is. Numbers such as `0x7f.1` and
/// `2130706433` are written to be taken for something else.
pub(crate) fn writes_host(text: &str, url: &Url) -> bool {
    let written = text.split_once("://").map_or("", |(_, rest)| rest).to_ascii_lowercase();
    url.host_str().is_some_and(|host| written.starts_with(host))
}
