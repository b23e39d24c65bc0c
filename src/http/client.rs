//! Makes the HTTP client: TLS, proxies and everything that is switched off.

use std::{env, fs, rc::Rc, time::Duration};

use reqwest::{redirect, retry};

use super::fault::{Fault, reason};

/// Where diagnostics go: a level (1 for `-v`) and a line. No line holds a secret.
pub type Trace = Rc<dyn Fn(u8, &str)>;

/// The longest that connecting may take.
const CONNECT_TIMEOUT: Duration = Duration::from_secs(10);

/// How a server is reached.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Reach {
    /// Encrypted: the system's certificates are read.
    pub(crate) https: bool,
    /// On this machine: no proxy is used.
    pub(crate) loopback: bool,
}

/// A client for what is reached by `reach`. The system's certificates are read for https only, a
/// proxy is never used for loopback, redirects are never followed and nothing is sent twice unasked.
pub(crate) fn open(reach: Reach, timeout: Duration, trace: &Trace) -> Result<reqwest::Client, Fault> {
    // Fails if a provider is installed already, which is then the same one.
    let _ = rustls::crypto::ring::default_provider().install_default();
    let mut builder = reqwest::Client::builder()
        .user_agent(concat!("ankra-credentials/", env!("CARGO_PKG_VERSION")))
        .redirect(redirect::Policy::none())
        .referer(false)
        .retry(retry::never())
        .connect_timeout(CONNECT_TIMEOUT.min(timeout))
        .http1_only();
    if reach.loopback {
        builder = builder.no_proxy();
    } else if let Some(variable) = proxy_variable() {
        trace(1, &format!("a proxy from {variable} is used, unless NO_PROXY names the host"));
    }
    if reach.https {
        check_certificate_file()?;
    } else {
        builder = builder.tls_certs_only([]);
    }
    builder.build().map_err(|error| Fault::Setup(reason(&error)))
}

/// The variable that names a proxy for https, as curl and reqwest look it up.
fn proxy_variable() -> Option<&'static str> {
    ["HTTPS_PROXY", "https_proxy", "ALL_PROXY", "all_proxy"]
        .into_iter()
        .find(|name| env::var_os(name).is_some_and(|value| !value.is_empty()))
}

/// A missing file of trusted certificates would otherwise show as "unknown issuer".
fn check_certificate_file() -> Result<(), Fault> {
    match env::var_os("SSL_CERT_FILE") {
        Some(path) if !path.is_empty() => match fs::File::open(&path) {
            Ok(_) => Ok(()),
            Err(error) => Err(Fault::Setup(format!("SSL_CERT_FILE names {}: {error}", path.display()))),
        },
        _ => Ok(()),
    }
}
