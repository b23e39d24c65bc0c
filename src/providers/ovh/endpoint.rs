//! The APIs of OVH: one for each of its brands and regions, each with accounts and keys of its own.

use url::Url;

use crate::{
    error::{Error, Result, listed},
    http::{quote, variable},
    providers::check::{Given, Target, address},
};

/// Where OVH's own clients take an endpoint from: its name, or the address of an API.
const VARIABLE: &str = "OVH_ENDPOINT";

/// One of them, by the name that OVH's own clients have for it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Endpoint {
    pub(super) name: &'static str,
    /// The address of its API.
    api: &'static str,
}

/// Every one (go-ovh's and python-ovh's tables).
const ENDPOINTS: [Endpoint; 7] = [
    Endpoint::PLATFORM,
    Endpoint { name: "ovh-ca", api: "https://ca.api.ovh.com/1.0" },
    Endpoint { name: "ovh-us", api: "https://api.us.ovhcloud.com/1.0" },
    Endpoint { name: "kimsufi-eu", api: "https://eu.api.kimsufi.com/1.0" },
    Endpoint { name: "kimsufi-ca", api: "https://ca.api.kimsufi.com/1.0" },
    Endpoint { name: "soyoustart-eu", api: "https://eu.api.soyoustart.com/1.0" },
    Endpoint { name: "soyoustart-ca", api: "https://ca.api.soyoustart.com/1.0" },
];

impl Endpoint {
    /// The one that the platform asks, and no other.
    pub(super) const PLATFORM: Self = Self { name: "ovh-eu", api: "https://eu.api.ovh.com/1.0" };

    fn named(name: &str) -> Option<Self> {
        ENDPOINTS.into_iter().find(|one| one.name.eq_ignore_ascii_case(name))
    }

    /// The one whose API is at `base`; `None`: that is an address of somebody else's.
    pub(super) fn at(base: &Url) -> Option<Self> {
        let is_alias = |one: &Self| {
            let host = one.api.trim_end_matches("/1.0");
            // `/v1` is the same API.
            ["/1.0", "/v1"].iter().any(|path| base.as_str().trim_end_matches('/') == format!("{host}{path}"))
        };
        ENDPOINTS.into_iter().find(is_alias)
    }

    /// The others, by name.
    pub(super) fn others(base: &Url) -> String {
        let own = Self::at(base);
        let others: Vec<&str> =
            ENDPOINTS.iter().filter(|one| Some(**one) != own).map(|one| one.name).collect();
        listed(&others, "or")
    }

    /// The address of the page `name` (`createToken`, `createApp`), which is at the host of the API.
    pub(super) fn page(self, name: &str) -> String {
        format!("{}/{name}/", self.api.trim_end_matches("/1.0"))
    }
}

/// Where the keys are asked about. An address in `OVH_ENDPOINT` counts first, then the endpoint that the keys were
/// taken from, then a name in `OVH_ENDPOINT`.
pub(super) fn target(given: &Given<'_>) -> Result<Target> {
    let set = variable(&[VARIABLE]).map(|(_, value)| value.to_string_lossy().trim().to_owned());
    let is_address = |text: &str| text.contains("://");
    if let Some(text) = set.as_deref().filter(|text| is_address(text)) {
        return at(text, VARIABLE);
    }
    match (&given.endpoint, set) {
        (Some(text), _) if is_address(text) => at(text, "the endpoint of these keys"),
        (Some(name), _) => named(name, "the endpoint of these keys"),
        (None, Some(name)) => named(&name, VARIABLE),
        (None, None) => named(Endpoint::PLATFORM.name, ""),
    }
}

fn at(text: &str, from: &str) -> Result<Target> {
    let base = address(text, from)?;
    let (told, advice) = match Endpoint::at(&base) {
        Some(endpoint) => (doubt(endpoint), None),
        None => (
            Some(format!("{from} is set: {base} is asked, not OVH itself. The platform asks OVH.")),
            Some(format!("check {from}")),
        ),
    };
    let mut target = Target::new(base);
    (target.told, target.advice) = (told, advice);
    Ok(target)
}

fn named(name: &str, from: &str) -> Result<Target> {
    let Some(endpoint) = Endpoint::named(name) else {
        let names: Vec<&str> = ENDPOINTS.iter().map(|one| one.name).collect();
        return Err(Error::usage(format!("{from} cannot be used"))
            .cause(format!("OVH has no endpoint {}", quote(name)))
            .hint(format!("it is one of {}, or the address of an API with /1.0", listed(&names, "and"))));
    };
    let mut target = Target::new(address(endpoint.api, from)?);
    target.told = doubt(endpoint);
    Ok(target)
}

/// What is told of keys that are not for the endpoint that the platform asks.
fn doubt(endpoint: Endpoint) -> Option<String> {
    let (Endpoint { name, api }, platform) = (endpoint, Endpoint::PLATFORM.name);
    let told = || {
        format!(
            "{name} is asked, at {api}. The platform asks {platform} alone: keys of {name} are unknown there."
        )
    };
    (endpoint != Endpoint::PLATFORM).then(told)
}

#[cfg(test)]
mod tests {
    use super::{ENDPOINTS, Endpoint, at, named};

    #[test]
    fn every_endpoint_has_a_name_and_pages_at_its_own_host() {
        for endpoint in ENDPOINTS {
            let target = named(&endpoint.name.to_uppercase(), "X").unwrap();
            assert_eq!(Endpoint::at(&target.base), Some(endpoint));
            assert_eq!(target.told.is_none(), endpoint.name == "ovh-eu", "{endpoint:?}");
            let page = url::Url::parse(&endpoint.page("createApp")).unwrap();
            assert_eq!((page.host(), page.path()), (target.base.host(), "/createApp/"));
        }
        assert!(named("ovh", "X").unwrap_err().in_one_line().contains("OVH has no endpoint ovh"));
    }

    #[test]
    fn addresses_of_ovh_itself_are_known_by_any_of_their_forms() {
        for text in ["https://eu.api.ovh.com/1.0", "https://eu.api.ovh.com/1.0/", "https://eu.api.ovh.com/v1"]
        {
            let target = at(text, "X").unwrap();
            assert!(
                target.told.is_none() && Endpoint::at(&target.base) == Some(Endpoint::PLATFORM),
                "{text}"
            );
        }
        for text in [
            "https://eu.api.ovh.com.evil.example/1.0",
            "https://eu.api.ovh.com:444/1.0",
            "http://127.0.0.1:1/1.0",
        ] {
            let target = at(text, "X").unwrap();
            assert!(target.told.is_some() && Endpoint::at(&target.base).is_none(), "{text}");
        }
    }
}
