//! Which host may be sent the password for a token: the registry's own, or one that is known for it.

use url::Url;

use super::{
    challenge::Challenge,
    probe::{Probe, Progress, Trusted},
    report::Verdict,
    url::place,
};
use crate::http::{is_loopback, quote};

impl Probe<'_> {
    /// The address that gives tokens for `scope`, if the password may go there.
    pub(super) fn realm(&mut self, challenge: &Challenge, scope: Option<&str>) -> Progress<Trusted> {
        let realm = challenge.param("realm").unwrap_or_default();
        let Ok(mut url) = Url::parse(realm) else {
            let detail = format!("the address for tokens cannot be read: {}", quote(realm));
            return Err(self.failed("token", detail, Verdict::NotARegistry, ["check the registry URL"]));
        };
        if let Err(why) = self.allows(&url) {
            let to = quote(&format!("{}://{}", url.scheme(), place(&url)));
            let detail =
                format!("the registry asks for the password to be sent to {to}: {why}; nothing was sent");
            let hint =
                "check the registry URL; if its tokens really come from that host, this check cannot be made";
            return Err(self.failed("token", detail, Verdict::ForeignRealm, [hint]));
        }
        url.set_fragment(None);
        {
            let mut query = url.query_pairs_mut();
            for (key, value) in [("service", challenge.param("service")), ("scope", scope)] {
                query.extend_pairs(value.filter(|value| !value.is_empty()).map(|value| (key, value)));
            }
        }
        Ok(Trusted(url))
    }

    fn allows(&self, realm: &Url) -> Result<(), &'static str> {
        if !realm.username().is_empty() || realm.password().is_some() {
            return Err("it holds a user name or password");
        }
        let is_plain_loopback = realm.scheme() == "http" && is_loopback(realm);
        if realm.scheme() != "https" && !is_plain_loopback {
            return Err("it is not encrypted");
        }
        let host = realm.host_str();
        if host == self.base().host_str() || (host.is_some() && host == self.known.realm) {
            return Ok(());
        }
        Err("it is another host, and not one that is known to give tokens for this registry")
    }
}
