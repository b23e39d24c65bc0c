//! Which login `--from-docker` means, and where it may go.

use crate::{
    error::{Error, Result},
    platform::CredentialName,
    providers::{RegistryUrl, registry_logins::RegistryHost},
};

/// What the login is wanted for.
pub(in crate::commands::registry) struct Wanted<'a> {
    /// The user that `--username` names.
    pub(in crate::commands::registry) username: Option<&'a str>,
    /// The registry that `--registry-url` names.
    pub(in crate::commands::registry) registry: Option<&'a RegistryUrl>,
    /// Whether the login is sent to that registry.
    pub(in crate::commands::registry) is_sent: bool,
    /// The credential that is to have it.
    pub(in crate::commands::registry) name: Option<&'a CredentialName>,
}

impl Wanted<'_> {
    /// The registry whose login is meant: the one that is named, else that of `--registry-url`;
    /// `None`: neither is there.
    pub(super) fn host(&self, named: Option<&RegistryHost>) -> Result<Option<RegistryHost>> {
        if let (true, Some(host), Some(registry)) = (self.is_sent, named, self.registry) {
            meets(host, registry)?;
        }
        match (named, self.registry) {
            (Some(host), _) => Ok(Some(host.clone())),
            (None, registry) => registry.map(host_of).transpose(),
        }
    }
}

/// The registry at `url`, as other tools name it.
fn host_of(url: &RegistryUrl) -> Result<RegistryHost> {
    let text = format!("{}/{}", url.authority(), url.path());
    text.parse().map_err(|why: &str| {
        Error::usage("other tools keep no login for the host of --registry-url").cause(why)
    })
}

/// Fails where the login at `host` would be sent to a registry on another host.
fn meets(host: &RegistryHost, registry: &RegistryUrl) -> Result<()> {
    if host_of(registry)?.host() == host.host() {
        return Ok(());
    }
    Err(Error::usage("the login of one registry is not sent to another")
        .cause(format!("--from-docker names {}, and --registry-url {}", host.host(), registry.authority()))
        .hint("leave out HOST: --from-docker then takes the login for the host of --registry-url"))
}
