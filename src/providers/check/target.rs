//! What is checked, and where.

use url::Url;

use crate::{
    error::{Error, Result},
    http::{is_loopback, quote, variable, writes_host},
    providers::caller::Sort,
    secret::Secret,
};

/// What was given of a credential, by the names of its flags without dashes.
#[derive(Debug, Default)]
pub struct Given<'a> {
    pub texts: Vec<(&'static str, String)>,
    /// The flags that are on.
    pub flags: Vec<&'static str>,
    pub secrets: Vec<(&'static str, &'a Secret)>,
    /// The address that these credentials are for, in the cloud's own words, where what they were taken from says it.
    pub endpoint: Option<String>,
}

impl<'a> Given<'a> {
    pub(in crate::providers) fn text(&self, name: &str) -> Option<&str> {
        self.texts.iter().find(|(known, _)| *known == name).map(|(_, text)| text.as_str())
    }

    pub(in crate::providers) fn has(&self, flag: &str) -> bool {
        self.flags.contains(&flag)
    }

    pub(in crate::providers) fn secret(&self, name: &str) -> Option<&'a Secret> {
        self.secrets.iter().find(|(known, _)| *known == name).map(|(_, secret)| *secret)
    }
}

/// Where a cloud is asked.
#[derive(Clone, Debug)]
pub(in crate::providers) struct Target {
    /// The address of its API.
    pub(in crate::providers) base: Url,
    /// What a person should know of the address.
    pub(in crate::providers) told: Option<String>,
    /// What to do where something else answers there; `None`: nobody gave the address.
    pub(in crate::providers) advice: Option<String>,
    /// It is a server of the person's own, which may be reachable for the platform alone.
    is_own: bool,
    /// Whatever certificate is shown is taken.
    pub(in crate::providers) is_unverified: bool,
}

impl Target {
    /// One that there is nothing to say about.
    pub(in crate::providers) const fn new(base: Url) -> Self {
        Self { base, told: None, advice: None, is_own: false, is_unverified: false }
    }

    /// The address as people write it.
    pub(super) fn address(&self) -> &str {
        self.base.as_str().trim_end_matches('/')
    }

    /// What to do besides where a person's own server is not reached.
    pub(super) fn hint(&self, given: &Given<'_>, sort: Sort) -> Option<String> {
        if !self.is_own {
            return None;
        }
        match (sort, given.text("jumphost-host")) {
            (Sort::BadCertificate, _) if !self.is_unverified => {
                Some(format!("or accept any certificate with {INSECURE}"))
            }
            (Sort::HostUnknown | Sort::Unreachable | Sort::TimedOut, Some(host)) => Some(format!(
                "the platform goes by the jump host {}; this check does not, it asks from this machine",
                quote(host)
            )),
            (Sort::HostUnknown | Sort::Unreachable | Sort::TimedOut, None) => {
                Some("this check asks from this machine: run it where the API can be reached".to_owned())
            }
            _ => None,
        }
    }
}

/// The flag, and what it means.
const INSECURE: &str = "--tls-insecure: whoever stands in between can read the secret, so use it in a network that you trust alone";

/// The address that `variable` names, or else `own`, the cloud's. `title` is what the cloud is called.
///
/// # Errors
/// Usage, as [`address`].
pub(in crate::providers) fn provider_or(name: &'static str, own: &str, title: &str) -> Result<Target> {
    let Some((_, value)) = variable(&[name]) else {
        return Ok(Target::new(address(own, "the address")?));
    };
    let base = address(&value.to_string_lossy(), name)?;
    let target = Target::new(base);
    let address = target.address();
    if address == own {
        return Ok(target);
    }
    let told = format!("{name} is set: {address} is asked, not {title} itself. The platform asks {title}.");
    Ok(Target { told: Some(told), advice: Some(format!("check {name}")), ..target })
}

/// The address in the field `api-url`, whose certificate is taken as it is with `tls-insecure`.
///
/// # Errors
/// Usage, as [`address`].
pub(in crate::providers) fn at_own_address(given: &Given<'_>) -> Result<Target> {
    let base = address(given.text("api-url").unwrap_or_default(), "--api-url")?;
    let is_unverified = given.has("tls-insecure");
    let told = is_unverified.then(|| format!("any certificate of the API is accepted, by {INSECURE}"));
    Ok(Target {
        is_own: true,
        is_unverified,
        told,
        advice: Some("check --api-url".to_owned()),
        ..Target::new(base)
    })
}

/// Reads the address of an API: https, or http on this machine, and nothing but a host, a port and a path. `from` is
/// what names it. The address is not repeated in an error: it may hold a password.
pub(in crate::providers) fn address(text: &str, from: &str) -> Result<Url> {
    let refused = |why: &str| {
        Err(Error::usage(format!("{from} cannot be used"))
            .cause(why)
            .hint(format!("{from} is the address of an API, such as https://HOST/PATH")))
    };
    let Ok(url) = Url::parse(text) else { return refused("it is no whole address") };
    let is_local = url.scheme() == "http" && is_loopback(&url) && writes_host(text, &url);
    if url.scheme() != "https" && !is_local {
        return refused("it is not https, and a secret goes there: http is for this machine alone");
    }
    if !url.username().is_empty() || url.password().is_some() {
        return refused("it holds a user name or a password");
    }
    if url.host_str().is_none_or(str::is_empty) || url.query().is_some() || url.fragment().is_some() {
        return refused("it is to have a host, and neither ? nor #");
    }
    Ok(url)
}

#[cfg(test)]
mod tests {
    use super::address;

    #[test]
    fn a_secret_goes_to_https_or_this_machine_alone() {
        for good in
            ["https://api.example.com/v1", "http://127.0.0.1:81/1.0", "http://localhost/v1", "http://[::1]/"]
        {
            assert!(address(good, "X").is_ok(), "{good}");
        }
        for bad in [
            "",
            "ovh-eu",
            "http://api.example.com/v1",
            "http://localhost@evil.example/v1",
            "http://127.0.0.1.evil.example",
            "http://0x7f.1/v1",
            "ftp://127.0.0.1",
            "https://me:CANARY@api.example.com",
            "https://CANARY@api.example.com",
            "https://api.example.com/?token=CANARY",
            "https://api.example.com/#CANARY",
        ] {
            let error = address(bad, "X").unwrap_err();
            assert!(!format!("{error:?}").contains("CANARY"), "{error:?}");
        }
    }
}
