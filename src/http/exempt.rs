//! Which hosts `NO_PROXY` exempts from the proxy, by the rules of curl.

use std::net::IpAddr;

use url::Host;

/// Whether `list` names `host`: itself or a domain that it is in, an address or a network (`10.0.0.0/8`) that it
/// is in, or `*`. Commas and blanks part the names; a dot before or behind a name changes nothing.
pub(super) fn is_exempt(host: &Host<&str>, list: &str) -> bool {
    list.split(|c: char| c == ',' || c.is_whitespace()).filter(|name| !name.is_empty()).any(|name| {
        name == "*"
            || match host {
                Host::Domain(domain) => is_within(domain.trim_end_matches('.'), name),
                Host::Ipv4(address) => holds(name, IpAddr::V4(*address)),
                Host::Ipv6(address) => holds(name, IpAddr::V6(*address)),
            }
    })
}

/// Whether `domain` is `name` or ends with it, at a dot.
fn is_within(domain: &str, name: &str) -> bool {
    let name = name.trim_end_matches('.');
    let name = name.strip_prefix('.').unwrap_or(name).as_bytes();
    let domain = domain.as_bytes();
    let Some(at) = domain.len().checked_sub(name.len()) else { return false };
    !name.is_empty() && domain[at..].eq_ignore_ascii_case(name) && (at == 0 || domain[at - 1] == b'.')
}

/// Whether `name` is `address`, or a network that it is in.
fn holds(name: &str, address: IpAddr) -> bool {
    let (base, length) = match name.split_once('/') {
        Some((base, length)) => (base, length.parse::<u32>().ok()),
        None => (name, Some(128)),
    };
    let base = base.trim_start_matches('[').trim_end_matches(']').parse();
    let (Ok(base), Some(length)) = (base, length) else { return false };
    // The bits that may differ.
    let free = |width: u32| width.saturating_sub(length);
    match (base, address) {
        (IpAddr::V4(base), IpAddr::V4(address)) => {
            (base.to_bits() ^ address.to_bits()).checked_shr(free(32)).unwrap_or_default() == 0
        }
        (IpAddr::V6(base), IpAddr::V6(address)) => {
            (base.to_bits() ^ address.to_bits()).checked_shr(free(128)).unwrap_or_default() == 0
        }
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use url::Url;

    use super::is_exempt;

    #[test]
    fn h104_the_hosts_that_no_proxy_names_are_exempt() {
        for (host, list, expected) in [
            ("a.corp", "a.corp", true),
            ("a.corp", "b.corp, A.Corp", true),
            ("a.corp", "b.corp a.corp", true),
            ("a.corp", "corp", true),
            ("a.corp", ".corp", true),
            ("a.corp.", "corp.", true),
            ("a.corp", "*", true),
            ("a.corp", "*.corp", false),
            ("acorp", "corp", false),
            ("a.corp", "b.a.corp", false),
            ("a.corp", ",, ,.", false),
            ("a.corp", "orp", false),
            ("10.1.2.3", "10.1.2.3", true),
            ("10.1.2.3", "10.0.0.0/8", true),
            ("10.1.2.3", "10.1.2.3/33", true),
            ("10.1.2.3", "0.0.0.0/0", true),
            ("10.1.2.3", "10.1.2.4", false),
            ("10.1.2.3", "10.1.2.0/30", true),
            ("10.1.2.4", "10.1.2.0/30", false),
            ("10.1.2.3", "2.3", false),
            ("10.1.2.3", "10.0.0.0/x", false),
            ("[fd00::1]", "fd00::1", true),
            ("[fd00::1]", "[fd00::1]", true),
            ("[fd00::1]", "fd00::/8", true),
            ("[fd00::1]", "::/0", true),
            ("[fd00::1]", "fe80::/10", false),
            ("[fd00::1]", "10.0.0.0/8", false),
        ] {
            let url = Url::parse(&format!("https://{host}/")).unwrap();
            assert_eq!(is_exempt(&url.host().unwrap(), list), expected, "{host} in {list}");
        }
    }
}
