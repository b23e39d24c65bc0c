//! Do these credentials work at the registry itself? Nothing is stored, pushed or changed there.

use super::{RegistryUrl, TokenHost, helm_repository, oci, probe::Probe, report::Report, url::Protocol};
use crate::{
    deadline::Deadline,
    error::{Error, Result},
    http::Trace,
    providers::{caller::Caller, step::Told},
    secret::Secret,
};

/// Asks the registry until `deadline`; `told` hears of each step. What the answers mean is in the report: that
/// the credentials do not work is not an error here.
///
/// The password goes to the registry's host and to the host of its tokens, if that is the same, one known
/// for this registry, or `token_host`; over TLS, or on this machine. A redirect is followed where it stays at
/// the same scheme, host and port.
///
/// # Errors
/// Usage, for a user name that cannot be sent, or a proxy variable that cannot be used.
pub async fn check(
    url: &RegistryUrl,
    username: &str,
    password: &Secret,
    token_host: Option<&TokenHost>,
    (deadline, trace): (&Deadline, &Trace),
    told: Told<'_>,
) -> Result<Report> {
    if username.contains(':') {
        return Err(Error::usage("a user name with a colon cannot be sent to a registry")
            .hint("check the user name: what follows the colon may be the password"));
    }
    let mut probe = Probe::new(url, username, password, token_host, Caller::new(deadline, trace), told);
    // What ended it is in the report.
    let _ = match url.protocol {
        Protocol::Oci => oci::check(&mut probe).await,
        Protocol::Helm => helm_repository::check(&mut probe).await,
    };
    match probe.unusable {
        Some(error) => Err(error),
        None => Ok(probe.report),
    }
}
