//! Do these credentials work at the registry itself? Nothing is stored, pushed or changed there.

use std::time::Duration;

use super::{
    RegistryUrl, helm_repository, oci,
    probe::{Ended, Probe},
    report::{Report, Verdict},
    url::Protocol,
};
use crate::{
    error::{Error, Result},
    http::Trace,
    secret::Secret,
};

/// Asks the registry, each question within `timeout`. What the answers mean is in the report: that
/// the credentials do not work is not an error here.
///
/// The password goes to the registry's host and to the host of its tokens, if that is the same or
/// one known for this registry; over TLS, or on this machine. No redirect is followed.
///
/// # Errors
/// Usage, for a user name that cannot be sent.
pub async fn check(
    url: &RegistryUrl,
    username: &str,
    password: &Secret,
    timeout: Duration,
    trace: &Trace,
) -> Result<Report> {
    if username.contains(':') {
        return Err(Error::usage("a user name with a colon cannot be sent to a registry")
            .hint("check the user name: what follows the colon may be the password"));
    }
    let mut probe = Probe::new(url, username, password, timeout, trace);
    let ended = match url.protocol() {
        Protocol::Oci => oci::check(&mut probe).await,
        Protocol::Helm => helm_repository::check(&mut probe).await,
    };
    let Ended { verdict: result, hints, host: about } =
        ended.err().unwrap_or(Ended { verdict: Verdict::Good, hints: Vec::new(), host: None });
    Ok(Report {
        registry_url: url.to_string(),
        host: probe.place(),
        kind: url.protocol(),
        result,
        steps: probe.steps,
        hint: (!hints.is_empty()).then(|| hints.join("; ")),
        expires_at: probe.expires.map(|end| end.to_string()),
        hints,
        about,
    })
}
