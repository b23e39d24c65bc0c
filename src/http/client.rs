//! Makes the HTTP client: TLS, proxies and everything that is switched off.

use std::{
    net::{Ipv4Addr, Ipv6Addr, SocketAddr},
    rc::Rc,
    sync::{Arc, mpsc},
    thread,
    time::{Duration, Instant},
};

use reqwest::{Certificate, ClientBuilder, Method, redirect, retry};
use url::Url;

use super::{
    connection::{NoConnection, chain},
    fault::Fault,
    page::place,
    proxy::{Proxy, Route},
    trust::{self, Trusted},
};
use crate::{
    error::{Error, Result},
    process::awaits,
};

/// Where diagnostics go: a level (1 for `-v`) and a line. No line holds a secret.
pub type Trace = Rc<dyn Fn(u8, &str)>;

/// The longest that connecting may take.
const CONNECT_TIMEOUT: Duration = Duration::from_secs(10);

/// `localhost` is this machine whatever a hosts file or a name server says: secrets go there in the clear.
const LOCALHOST: [SocketAddr; 2] = [
    SocketAddr::new(std::net::IpAddr::V4(Ipv4Addr::LOCALHOST), 0),
    SocketAddr::new(std::net::IpAddr::V6(Ipv6Addr::LOCALHOST), 0),
];

/// How a server is reached. Servers that are reached alike share a client.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Reach {
    /// Encrypted: the system's certificates are read.
    https: bool,
    /// Whatever certificate is shown is taken.
    unverified: bool,
    route: Route,
}

impl Reach {
    /// The way to the server of `url`. No proxy is used on this machine.
    pub(crate) fn to(url: &Url) -> Result<Self, Fault> {
        let https = url.scheme() == "https";
        Ok(Self { https, unverified: false, route: Route::to(url).map_err(Fault::Setup)? })
    }

    /// The same way, on which no certificate is looked at: for a server of the person's own, who says so.
    pub(crate) fn unverified(self) -> Self {
        Self { unverified: self.https, ..self }
    }
}

/// A client of all servers that are reached alike; its clones share their connections.
#[derive(Clone)]
pub(crate) struct Client {
    client: reqwest::Client,
    proxy: Option<Arc<Proxy>>,
}

impl Client {
    /// A client for what is reached by `reach`, made within `left`. The system's certificates are read for https
    /// only, redirects are never followed and nothing is sent twice unasked.
    pub(crate) fn open(reach: &Reach, left: Duration, trace: &Trace) -> Result<Self, Fault> {
        if left.is_zero() {
            return Err(Fault::NotConnected(Box::new(NoConnection::too_late(reach.route.proxy()))));
        }
        // Fails if a provider is installed already, which is then the same one.
        let _ = rustls::crypto::ring::default_provider().install_default();
        if let Some(told) = reach.route.told() {
            trace(1, &told);
        }
        let proxy = reach.route.proxy().cloned();
        // Connecting is given up a little before everything is: then it is known what did not answer.
        let connecting = CONNECT_TIMEOUT.min(left.mul_f32(0.9));
        let mut builder = reqwest::Client::builder()
            .user_agent(concat!("ankra-credentials/", env!("CARGO_PKG_VERSION")))
            .redirect(redirect::Policy::none())
            .referer(false)
            .retry(retry::never())
            .connect_timeout(connecting)
            .http1_only()
            .resolve_to_addrs("localhost", &LOCALHOST)
            .no_proxy();
        if let Some(proxy) = &proxy {
            builder = builder.proxy(used(proxy)?);
        }
        let client = if reach.unverified {
            let builder = builder.tls_danger_accept_invalid_certs(true).tls_certs_only([]);
            builder.build().map_err(|error| unmade(&error))?
        } else if reach.https {
            let (client, told) = within(left, move || trusting(builder))?;
            if let Some(told) = told {
                trace(1, &told);
            }
            client
        } else {
            builder.tls_certs_only([]).build().map_err(|error| unmade(&error))?
        };
        Ok(Self { client, proxy })
    }

    pub(crate) fn request(&self, method: Method, url: Url) -> reqwest::RequestBuilder {
        self.client.request(method, url)
    }

    /// Sends `request` once, until `deadline`; the body of the answer is still to come.
    pub(crate) async fn send(
        &self,
        request: reqwest::RequestBuilder,
        deadline: Instant,
    ) -> Result<reqwest::Response, Fault> {
        if Instant::now() >= deadline {
            // What is not begun leaves nothing in doubt.
            return Err(Fault::NotConnected(Box::new(NoConnection::too_late(self.proxy.as_ref()))));
        }
        let (client, request) = request.build_split();
        let request = request.map_err(|error| Fault::of_request(error, self.proxy.as_ref()))?;
        let _awaited = awaits(&place(request.url()));
        match tokio::time::timeout_at(deadline.into(), client.execute(request)).await {
            Ok(Ok(response)) => Ok(response),
            Ok(Err(error)) => Err(Fault::of_request(error, self.proxy.as_ref())),
            Err(_) => Err(Fault::TimedOut(self.proxy.as_ref().map(ToString::to_string))),
        }
    }
}

/// The proxy as it was read, for every request of the client: whom it is for was decided before.
fn used(proxy: &Proxy) -> Result<reqwest::Proxy, Fault> {
    let used = reqwest::Proxy::all(proxy.url()).map_err(|error| unmade(&error))?;
    Ok(match &proxy.authorization {
        Some(header) => used.custom_http_auth(header.clone()),
        None => used,
    })
}

/// The client with the certificates that are trusted, and a line that tells whose they are.
fn trusting(builder: ClientBuilder) -> Result<(reqwest::Client, Option<String>), Fault> {
    let (builder, told) = match trust::named().map_err(Fault::Setup)? {
        None => (builder, None),
        Some(Trusted { certificates, told }) => {
            let certificates = certificates.iter().filter_map(|one| Certificate::from_der(one).ok());
            (builder.tls_certs_only(certificates), Some(told))
        }
    };
    match builder.build() {
        Ok(client) => Ok((client, told)),
        Err(error) if told.is_none() => Err(Fault::Setup(trust::unfound(last_cause(&error)))),
        Err(error) => Err(unmade(&error)),
    }
}

/// What `work` gives within `time`. Reading certificates from a disk that does not answer is not waited for.
fn within<T: Send + 'static>(
    time: Duration,
    work: impl FnOnce() -> Result<T, Fault> + Send + 'static,
) -> Result<T, Fault> {
    let _awaited = awaits("the system's certificates");
    let (give, given) = mpsc::sync_channel(1);
    let _detached = thread::spawn(move || give.send(work()));
    given.recv_timeout(time).unwrap_or_else(|_| Err(Fault::Setup(trust::too_late())))
}

fn unmade(error: &reqwest::Error) -> Fault {
    Fault::Setup(Error::failure("no connection can be made").cause(last_cause(error)))
}

fn last_cause(error: &reqwest::Error) -> String {
    chain(error).last().map(ToString::to_string).unwrap_or_default()
}
