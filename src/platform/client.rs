//! Sends requests: one place for timeouts, retries and caps.

use std::{
    cell::OnceCell,
    fmt,
    rc::Rc,
    time::{Duration, Instant},
};

use bytes::Bytes;
use reqwest::header::{ACCEPT, AUTHORIZATION, CONTENT_TYPE, HeaderValue, RETRY_AFTER};
use serde::de::DeserializeOwned;
use zeroize::Zeroizing;

use super::{
    base_url::BaseUrl,
    decode::{self, ListDecoder, Malformed, OBJECT_LIMIT},
    failure::{Answer, Fault},
    names::OrganisationId,
    request::{Body, Request},
};
use crate::{
    error::{Error, Result},
    http::{self, Reach, Trace, backoff, hide, parse_retry_after},
    secret::Secret,
};

/// How long a request may take in all, unless it is said otherwise.
pub const DEFAULT_TIMEOUT: Duration = Duration::from_secs(30);

const TRIES: u32 = 3;
const ORGANISATION_HEADER: &str = "X-Ankra-Organisation-Id";

/// A way to a platform, without a token: it can send nothing that needs one.
///
/// Nothing is opened or read before the first request; the system's certificates are
/// never read for a platform on loopback.
pub struct Client {
    base: BaseUrl,
    timeout: Duration,
    trace: Trace,
    on_change: Rc<dyn Fn()>,
    http: OnceCell<reqwest::Client>,
}

impl fmt::Debug for Client {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Client")
            .field("base", &self.base)
            .field("timeout", &self.timeout)
            .finish_non_exhaustive()
    }
}

impl Client {
    /// A client of the platform at `base`; each request, with its retries, ends within `timeout`.
    #[must_use]
    pub fn new(base: BaseUrl, timeout: Duration, trace: Trace) -> Self {
        Self { base, timeout, trace, on_change: Rc::new(|| ()), http: OnceCell::new() }
    }

    /// Calls `on_change` before and after every request that may change something.
    #[must_use]
    pub fn on_change(self, on_change: Rc<dyn Fn()>) -> Self {
        Self { on_change, ..self }
    }

    /// The platform's address.
    #[must_use]
    pub fn base(&self) -> &BaseUrl {
        &self.base
    }

    /// Adds the token.
    ///
    /// # Errors
    /// Usage, if the token has characters that no token has.
    pub fn authenticate(self, token: &Secret) -> Result<AuthenticatedClient> {
        let unusable = || {
            Error::usage("the API token cannot be used").cause("it holds characters that no token has").hint(
                "copy the token again, whole and alone: without blanks, quotes or line breaks around it",
            )
        };
        // RFC 6750 allows less; what is refused here is what a careless copy brings along.
        if !token.expose().bytes().all(|byte| byte.is_ascii_graphic() && byte != b'"' && byte != b'\'') {
            return Err(unusable());
        }
        hide(token.expose());
        let text = Zeroizing::new(format!("Bearer {}", token.expose()));
        let mut header = HeaderValue::from_str(&text).map_err(|_| unusable())?;
        header.set_sensitive(true);
        Ok(AuthenticatedClient { client: self, identity: Identity { header, organisation: None } })
    }

    fn http(&self) -> Result<&reqwest::Client, http::Fault> {
        if let Some(http) = self.http.get() {
            return Ok(http);
        }
        let reach = Reach { https: self.base.is_https(), loopback: self.base.is_loopback() };
        let http = http::open(reach, self.timeout, &self.trace)?;
        Ok(self.http.get_or_init(|| http))
    }
}

/// A client that may send what needs a token.
pub struct AuthenticatedClient {
    client: Client,
    identity: Identity,
}

/// Who asks: a token, and the organisation it is used for.
struct Identity {
    header: HeaderValue,
    organisation: Option<OrganisationId>,
}

impl fmt::Debug for AuthenticatedClient {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("AuthenticatedClient")
            .field("client", &self.client)
            .field("organisation", &self.identity.organisation)
            .finish_non_exhaustive()
    }
}

/// An answer whose body is still to come.
struct Opened {
    response: reqwest::Response,
    retry_after: Option<Duration>,
    deadline: Instant,
}

impl AuthenticatedClient {
    /// Sends every later request to this organisation instead of the token's own.
    pub fn set_organisation(&mut self, organisation: OrganisationId) {
        self.identity.organisation = Some(organisation);
    }

    /// The organisation chosen with [`Self::set_organisation`].
    #[must_use]
    pub fn organisation(&self) -> Option<OrganisationId> {
        self.identity.organisation
    }

    /// The platform's address.
    #[must_use]
    pub fn base(&self) -> &BaseUrl {
        self.client.base()
    }

    /// The error for `fault`, in the words of what `request` was to do.
    pub(super) fn explain(&self, request: &Request<'_>, fault: &Fault) -> Error {
        self.client.explain(request, fault)
    }

    /// The error that an answer of failure stands for.
    pub(super) fn refusal(request: &Request<'_>, answer: &Answer) -> Error {
        super::failure::refusal(&request.action, request.is_read(), answer)
    }

    /// Sends `request` and reads its whole answer, of at most `limit` bytes.
    ///
    /// Reads are tried again where that can help; anything else is sent exactly once.
    pub(super) async fn exchange(&self, request: &Request<'_>, limit: usize) -> Result<Answer> {
        self.client.exchange(Some(&self.identity), request, limit).await
    }

    /// Sends a read and decodes its answer, a list, as it arrives. The inner error is an answer of failure.
    pub(super) async fn stream<T: DeserializeOwned>(
        &self,
        request: &Request<'_>,
    ) -> Result<Result<Vec<T>, Answer>, Fault> {
        let opened = self.client.open(Some(&self.identity), request).await?;
        if !opened.response.status().is_success() {
            return opened.collect(OBJECT_LIMIT).await.map(Err);
        }
        let mut decoder = ListDecoder::new();
        opened.each_chunk(decode::LIST_LIMIT, |chunk| decoder.push(chunk).map_err(Fault::Malformed)).await?;
        decoder.finish().map(Ok).map_err(Fault::Malformed)
    }
}

impl Client {
    fn explain(&self, request: &Request<'_>, fault: &Fault) -> Error {
        fault.explain(&request.action, request.is_read(), &self.base, self.timeout)
    }

    /// Sends a request that needs no token.
    pub(super) async fn exchange_openly(&self, request: &Request<'_>) -> Result<Answer> {
        self.exchange(None, request, OBJECT_LIMIT).await
    }

    async fn exchange(
        &self,
        identity: Option<&Identity>,
        request: &Request<'_>,
        limit: usize,
    ) -> Result<Answer> {
        if !request.is_read() {
            (self.on_change)();
        }
        let answer = match self.open(identity, request).await {
            Ok(opened) => opened.collect(limit).await,
            Err(fault) => Err(fault),
        };
        if !request.is_read() {
            (self.on_change)();
        }
        answer.map_err(|fault| self.explain(request, &fault))
    }

    async fn open(&self, identity: Option<&Identity>, request: &Request<'_>) -> Result<Opened, Fault> {
        let started = Instant::now();
        let deadline = started + self.timeout;
        let url = request.url(&self.base);
        request.body.iter().flat_map(Body::secrets).for_each(|secret| hide(secret.expose()));
        let mut attempt = 1;
        loop {
            let result = self.send_once(identity, request, deadline).await;
            let more = request.is_read() && attempt < TRIES;
            let wait = match result {
                Err(http::Fault::NotConnected { .. }) if more => backoff(attempt),
                Err(fault) => return Err(fault.into()),
                Ok(response) => {
                    let status = response.status();
                    (self.trace)(
                        1,
                        &format!(
                            "{} {url} -> {} in {} ms",
                            request.method,
                            status.as_u16(),
                            started.elapsed().as_millis()
                        ),
                    );
                    let retry_after = response.headers().get(RETRY_AFTER).and_then(parse_retry_after);
                    let opened = Opened { response, retry_after, deadline };
                    match status.as_u16() {
                        429 | 502..=504 if more => {
                            let wait = retry_after.unwrap_or_else(|| backoff(attempt));
                            if Instant::now().checked_add(wait).is_none_or(|until| until >= deadline) {
                                return Ok(opened);
                            }
                            wait
                        }
                        300..=399 => return Err(http::Fault::Redirected.into()),
                        _ => return Ok(opened),
                    }
                }
            };
            attempt += 1;
            (self.trace)(1, &format!("{} {url}: try {attempt} in {} ms", request.method, wait.as_millis()));
            if tokio::time::timeout_at(deadline.into(), tokio::time::sleep(wait)).await.is_err() {
                return Err(http::Fault::TimedOut.into());
            }
        }
    }

    async fn send_once(
        &self,
        identity: Option<&Identity>,
        request: &Request<'_>,
        deadline: Instant,
    ) -> Result<reqwest::Response, http::Fault> {
        let url = request.url(&self.base);
        let mut builder =
            self.http()?.request(request.method.clone(), url).header(ACCEPT, "application/json");
        if let Some(identity) = identity {
            builder = builder.header(AUTHORIZATION, identity.header.clone());
            if let Some(organisation) = identity.organisation {
                builder = builder.header(ORGANISATION_HEADER, organisation.to_string());
            }
        }
        if let Some(body) = &request.body {
            // The buffer is zeroed when the last reader lets go of it.
            builder = builder
                .header(CONTENT_TYPE, "application/json")
                .body(Bytes::from_owner(Encoded(body.encode())));
        }
        http::send(builder, deadline).await
    }
}

struct Encoded(Zeroizing<Vec<u8>>);

impl AsRef<[u8]> for Encoded {
    fn as_ref(&self) -> &[u8] {
        &self.0
    }
}

impl Opened {
    async fn collect(self, limit: usize) -> Result<Answer, Fault> {
        let status = self.response.status();
        let retry_after = self.retry_after;
        let mut body = Vec::new();
        self.each_chunk(limit, |chunk| {
            body.extend_from_slice(chunk);
            Ok(())
        })
        .await?;
        Ok(Answer { status, body, retry_after })
    }

    async fn each_chunk(
        mut self,
        limit: usize,
        mut take: impl FnMut(&[u8]) -> Result<(), Fault>,
    ) -> Result<(), Fault> {
        http::each_chunk(&mut self.response, self.deadline, limit, &mut take).await
    }
}

impl From<Malformed> for Fault {
    fn from(malformed: Malformed) -> Self {
        Self::Malformed(malformed)
    }
}
