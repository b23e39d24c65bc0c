//! Which registry a text names, as people, files and helpers write it.

use std::{fmt, str::FromStr};

use url::Url;

use crate::providers::registry::kinds::dockerhub;

const HUB: &str = "docker.io";

/// Docker Hub as docker itself keeps it.
const HUB_SERVER: &str = "https://index.docker.io/v1/";

/// The longest text that names a registry.
const LONGEST: usize = 512;

/// A registry, or a part of one: `ghcr.io`, `localhost:5000`, `quay.io/my-org`.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct RegistryHost {
    /// In lower case, with its port; one name for Docker Hub.
    host: String,
    /// Without slashes around it.
    path: String,
}

impl RegistryHost {
    /// Whether a login for `self` serves `wanted`, and how closely: the larger the closer.
    pub fn serves(&self, wanted: &Self) -> Option<usize> {
        let rest = wanted.path.strip_prefix(&self.path)?;
        let whole = self.path.is_empty() || rest.is_empty() || rest.starts_with('/');
        (self.host == wanted.host && whole).then_some(self.path.len())
    }

    /// The host alone, with its port.
    pub fn host(&self) -> &str {
        &self.host
    }

    /// Whether the host is a name without a dot, as machines have in a network of their own. Other texts
    /// look so too.
    pub fn is_bare(&self) -> bool {
        self.host != "localhost" && !self.host.contains(['.', ':'])
    }

    /// The host alone, without its port.
    pub fn name(&self) -> &str {
        split_port(&self.host).0
    }

    /// Under which names to ask a helper for it. Helpers keep hosts, not parts of them.
    pub fn servers(&self) -> Vec<String> {
        if self.host == HUB {
            return vec![HUB_SERVER.to_owned(), HUB.to_owned()];
        }
        vec![self.host.clone(), format!("https://{}", self.host)]
    }
}

impl FromStr for RegistryHost {
    type Err = &'static str;

    /// Reads `HOST[:PORT][/PATH]`, perhaps behind `https://`, `http://` (what follows the host is
    /// then an address of its API and no part of the name), `oci://` or `docker://`.
    ///
    /// Refuses what no registry is called, and never repeats it.
    fn from_str(text: &str) -> Result<Self, Self::Err> {
        if text.len() > LONGEST {
            return Err("a registry's name is not so long");
        }
        let (scheme, rest) = text.split_once("://").map_or(("", text), |(scheme, rest)| (scheme, rest));
        let (host, path) = rest.split_once('/').unwrap_or((rest, ""));
        let path = match scheme.to_ascii_lowercase().as_str() {
            "http" | "https" => "",
            "" | "oci" | "docker" => path.trim_matches('/'),
            _ => return Err("a registry's name begins with its host, https:// or oci://"),
        };
        let host = host.to_ascii_lowercase();
        if !is_authority(&host) {
            return Err("a registry is named by its host, such as ghcr.io or localhost:5000");
        }
        if !path.bytes().all(|b| b.is_ascii_graphic()) || path.contains("//") {
            return Err("what follows the registry's host has characters that no path has");
        }
        let host = if dockerhub::PRESET.host.is(&host) { HUB.to_owned() } else { host };
        Ok(Self { host, path: path.to_owned() })
    }
}

/// Whether `text` is `HOST` or `HOST:PORT`, in ASCII and in the form that addresses are kept in.
fn is_authority(text: &str) -> bool {
    let (name, port) = split_port(text);
    let is_label = name.contains(['.', ':']) || (name.len() <= 63 && is_word(name));
    let same = |url: Url| url.host_str() == Some(name) && name.bytes().any(|b| b.is_ascii_alphanumeric());
    is_label
        && Url::parse(&format!("https://{name}/")).is_ok_and(same)
        && port.is_none_or(|port| port.parse::<u16>().is_ok_and(|port| port != 0))
}

/// Whether `text` is the name of one machine, without a dot.
fn is_word(text: &str) -> bool {
    let is_part = |b: u8| b.is_ascii_alphanumeric() || b == b'-';
    text.bytes().all(is_part) && !text.starts_with('-') && !text.ends_with('-')
}

/// `HOST` and `PORT`; an IPv6 address is in brackets, and its colons are none before a port.
fn split_port(text: &str) -> (&str, Option<&str>) {
    match text.rsplit_once(':') {
        Some((name, port)) if !text.ends_with(']') => (name, Some(port)),
        _ => (text, None),
    }
}

impl fmt::Display for RegistryHost {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.host)?;
        if self.path.is_empty() { Ok(()) } else { write!(f, "/{}", self.path) }
    }
}

#[cfg(test)]
mod tests {
    use super::RegistryHost;

    fn host(text: &str) -> RegistryHost {
        text.parse().unwrap_or_else(|why| panic!("{text}: {why}"))
    }

    #[test]
    fn a_registry_has_one_name_however_it_is_written() {
        for (text, name) in [
            ("ghcr.io", "ghcr.io"),
            ("GHCR.io/", "ghcr.io"),
            ("https://ghcr.io", "ghcr.io"),
            ("HTTPS://ghcr.io/v2/", "ghcr.io"),
            ("http://127.0.0.1:5000/v1/", "127.0.0.1:5000"),
            ("localhost", "localhost"),
            ("localhost:5000/Team/app", "localhost:5000/Team/app"),
            ("[::1]:5000", "[::1]:5000"),
            ("[::1]", "[::1]"),
            ("oci://ghcr.io/org/charts", "ghcr.io/org/charts"),
            ("docker.io", "docker.io"),
            ("index.docker.io", "docker.io"),
            ("registry-1.docker.io", "docker.io"),
            ("https://index.docker.io/v1/", "docker.io"),
            ("docker.io/org", "docker.io/org"),
            ("Harbor", "harbor"),
            ("oci://harbor/charts", "harbor/charts"),
            ("harbor:5000", "harbor:5000"),
        ] {
            assert_eq!(host(text).to_string(), name, "{text}");
            assert_eq!(host(name).to_string(), name, "{text}");
        }
    }

    #[test]
    fn the_name_of_a_host_has_no_port() {
        for (text, name) in [
            ("ghcr.io/a", "ghcr.io"),
            ("localhost:5000", "localhost"),
            ("[::1]:5000", "[::1]"),
            ("[::1]", "[::1]"),
        ] {
            assert_eq!(host(text).name(), name);
        }
    }

    #[test]
    fn what_no_registry_is_called_is_refused() {
        for text in [
            "",
            "/",
            ".",
            "https://",
            "ftp://ghcr.io",
            "Hunter2_9f8e",
            "-harbor",
            "harbor-",
            "2130706433",
            "ghcr.io\n",
            "gh cr.io",
            ":5000",
            "ghcr.io/a\u{1b}b",
            "ghcr.io@evil",
            "user:pass@ghcr.io",
            "gh\u{e9}.io",
            "ghcr.io/\u{e9}",
            "ghcr.io:",
            "ghcr.io:0",
            "ghcr.io:65536",
            "ghcr.io:port",
            "[::1",
            "0x7f.1",
            "ghcr.io/a://b",
            "oci://oci://ghcr.io",
        ] {
            assert!(text.parse::<RegistryHost>().is_err(), "{text:?}");
        }
        let is_name = |text: String| text.parse::<RegistryHost>().is_ok();
        for (length, is_short) in [(504, true), (505, false)] {
            assert_eq!(is_name(format!("ghcr.io/{}", "a".repeat(length))), is_short, "{length}");
        }
        // The longest name that DNS has for one machine.
        assert!(is_name("a".repeat(63)) && !is_name("a".repeat(64)));
    }

    #[test]
    fn a_name_without_a_dot_and_a_port_may_be_anything() {
        for (text, is_bare) in [
            ("hunter2", true),
            ("harbor/a.b", true),
            ("localhost", false),
            ("harbor:5000", false),
            ("ghcr.io", false),
        ] {
            assert_eq!(host(text).is_bare(), is_bare, "{text}");
        }
    }

    #[test]
    fn a_helper_is_asked_by_the_name_that_docker_uses() {
        assert_eq!(host("docker.io/org").servers(), ["https://index.docker.io/v1/", "docker.io"]);
        assert_eq!(host("ghcr.io/org").servers(), ["ghcr.io", "https://ghcr.io"]);
    }
}
