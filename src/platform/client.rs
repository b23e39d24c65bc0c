//! Sends requests: one place for timeouts, retries and caps.

mod beside;
mod presumed;
mod settled;

use std::{
    cell::{Cell, OnceCell},
    rc::Rc,
    time::{Duration, Instant},
};

use bytes::Bytes;
use reqwest::{
    StatusCode,
    header::{ACCEPT, AUTHORIZATION, CONTENT_TYPE, HeaderValue, RETRY_AFTER},
};
use url::Url;
use zeroize::Zeroizing;

use presumed::Presumed;

use super::{
    answer::{Due, Step},
    base_url::BaseUrl,
    decode::OBJECT_LIMIT,
    failure::{About, Fault, Reply},
    names::OrganisationId,
    request::{Call, Request},
};
use crate::{
    deadline::Deadline,
    error::{Error, Hint, Result, Run},
    http::{self, Reach, Trace, backoff, hide, parse_retry_after, place},
    process::awaits,
    secret::{Field, Form, Secret},
};

const NO_TOKEN: &str = "it holds characters that no token has: copy it again, whole and alone";

/// The token of an account at the platform. RFC 6750 allows less: what is refused is what a careless copy
/// brings along.
pub const API_TOKEN: Field = Field {
    other_names: &["ANKRA_API_TOKEN"],
    stdin_flag: Some("token"),
    form: |text| {
        let is_usual = text.bytes().all(|byte| byte.is_ascii_graphic() && byte != b'"' && byte != b'\'');
        if is_usual { Form::Usual } else { Form::Impossible(NO_TOKEN) }
    },
    ..Field::new("api-token", "Ankra API token")
};

/// How long a command may wait in all, unless it is said otherwise.
pub const DEFAULT_TIMEOUT: Duration = Duration::from_secs(30);

const TRIES: u32 = 3;
const ORGANISATION_HEADER: &str = "X-Ankra-Organisation-Id";

/// A way to a platform, without a token: it can send nothing that needs one.
///
/// Nothing is opened or read before the first request; the system's certificates are
/// never read for a platform on loopback.
pub struct Client {
    base: BaseUrl,
    deadline: Deadline,
    trace: Trace,
    on_change: Rc<dyn Fn()>,
    /// What helps where the token is refused.
    on_refusal: Hint,
    http: OnceCell<http::Client>,
    identity: Option<Identity>,
    /// Whether the platform serves the guide's routes alone, once that is known.
    lacks_deployed: Cell<Option<bool>>,
    /// Whether there was ever a connection.
    was_reached: Cell<bool>,
    /// Whether a request was refused because there were too many.
    was_limited: Cell<bool>,
}

impl Client {
    /// A client of the platform at `base`; requests, with their pages and retries, end by `deadline`.
    pub fn new(base: BaseUrl, deadline: Deadline, trace: Trace) -> Self {
        Self {
            base,
            deadline,
            trace,
            on_change: Rc::new(|| ()),
            on_refusal: Hint::run("sign in again with", Run::new("login")),
            http: OnceCell::new(),
            identity: None,
            lacks_deployed: Cell::new(None),
            was_reached: Cell::new(false),
            was_limited: Cell::new(false),
        }
    }

    /// Calls `on_change` before and after every request that may change something.
    pub fn on_change(self, on_change: Rc<dyn Fn()>) -> Self {
        Self { on_change, ..self }
    }

    /// Gives `hint` where the token is refused.
    pub fn on_refusal(self, hint: Hint) -> Self {
        Self { on_refusal: hint, ..self }
    }

    /// The platform's address.
    pub fn base(&self) -> &BaseUrl {
        &self.base
    }

    /// Adds the token.
    ///
    /// # Errors
    /// Usage, if the token has characters that no token has.
    pub fn authenticate(self, token: &Secret) -> Result<AuthenticatedClient> {
        hide(token.expose());
        let text = Zeroizing::new(format!("Bearer {}", token.expose()));
        let mut header = HeaderValue::from_str(&text)
            .map_err(|_| Error::usage("the API token cannot be used").cause(NO_TOKEN))?;
        header.set_sensitive(true);
        let identity = Some(Identity { header, organisation: Cell::new(None) });
        Ok(AuthenticatedClient(Self { identity, ..self }, None))
    }

    /// Sends a request and reads its answer.
    ///
    /// A platform that lacks the deployed route is asked by the guide's. After any other answer nothing
    /// is sent again: it may hold a secret.
    pub(super) async fn send<D: Due>(&self, request: &Request<'_, D>) -> Result<D::Answer> {
        self.send_by(self.deadline.end(), request).await
    }

    async fn send_by<D: Due>(&self, end: Instant, request: &Request<'_, D>) -> Result<D::Answer> {
        let is_change = !request.call.is_read();
        if is_change {
            (self.on_change)();
        }
        let (mut call, known) = (&request.call, self.lacks_deployed.get());
        if let (Some(guide), Some(true)) = (&request.guide, known) {
            call = guide;
        }
        let mut result = self.receive::<D>(call, end).await;
        if let (Some(guide), None) = (&request.guide, known) {
            match &result {
                Ok(_) => self.lacks_deployed.set(Some(false)),
                Err(fault) if fault.is_no_route() => {
                    self.lacks_deployed.set(Some(true));
                    call = guide;
                    result = self.receive::<D>(call, end).await;
                }
                Err(_) => {}
            }
        }
        if is_change {
            (self.on_change)();
        }
        result.map_err(|fault| self.explain(call, &fault))
    }

    /// As [`Self::send`] by the deployed route alone, until `end`; what goes wrong is yet to be explained.
    pub(super) async fn attempt<D: Due>(
        &self,
        request: &Request<'_, D>,
        end: Instant,
    ) -> Result<D::Answer, Fault> {
        self.receive::<D>(&request.call, end).await
    }

    /// When requests are to end.
    pub(super) fn end(&self) -> Instant {
        self.deadline.end()
    }

    /// The error of a request that `fault` was the answer to.
    pub(super) fn explain_request<D>(&self, request: &Request<'_, D>, fault: &Fault) -> Error {
        self.explain(&request.call, fault)
    }

    async fn receive<D: Due>(&self, call: &Call<'_>, deadline: Instant) -> Result<D::Answer, Fault> {
        let mut due = D::default();
        loop {
            let of_page = due.page().map(|page| call.of_page(page));
            let mut response = self.open(of_page.as_ref().unwrap_or(call), deadline).await?;
            let status = response.status();
            if !status.is_success() {
                self.was_limited.set(self.was_limited.get() || status == StatusCode::TOO_MANY_REQUESTS);
                let mut body = Vec::new();
                let keep = |chunk: &[u8]| {
                    body.extend_from_slice(chunk);
                    Ok::<(), Fault>(())
                };
                http::each_chunk(&mut response, deadline, OBJECT_LIMIT, keep).await?;
                return Err(Fault::Refused(Reply { status, body, retry_after: retry_after(&response) }));
            }
            let take = |chunk: &[u8]| due.push(chunk).map_err(Fault::Malformed);
            http::each_chunk(&mut response, deadline, D::LIMIT, take).await?;
            due = match due.end()? {
                Step::Done(answer) => return Ok(answer),
                Step::More(due) => due,
            };
        }
    }

    fn http(&self, url: &Url, deadline: Instant) -> Result<&http::Client, http::Fault> {
        if let Some(http) = self.http.get() {
            return Ok(http);
        }
        let left = deadline.saturating_duration_since(Instant::now());
        let http = http::Client::open(&Reach::to(url)?, left, &self.trace)?;
        Ok(self.http.get_or_init(|| http))
    }

    fn explain(&self, call: &Call<'_>, fault: &Fault) -> Error {
        let (action, is_read) = (&*call.action, call.is_read());
        let (base, timeout, on_refusal) = (&self.base, self.deadline.allowed(), &self.on_refusal);
        let naming = call.naming.as_deref();
        let names_organisation = self.identity.as_ref().is_some_and(|one| one.organisation.get().is_some());
        About { action, naming, is_read, base, timeout, on_refusal, names_organisation }.explain(fault)
    }

    /// Sends `call`, a read also again where that can help; the body of the answer is still to come.
    async fn open(&self, call: &Call<'_>, deadline: Instant) -> Result<reqwest::Response, Fault> {
        let started = Instant::now();
        let url = call.url(&self.base);
        let mut attempt = 1;
        let mut unreached = None;
        loop {
            let result = match (self.send_once(call, deadline).await, unreached.take()) {
                // The last try had no time to end: it met what the one before did.
                (Err(http::Fault::TimedOut(_)), Some(why)) => Err(http::Fault::NotConnected(why)),
                (result, _) => result,
            };
            if !matches!(result, Err(http::Fault::Setup(_) | http::Fault::NotConnected { .. })) {
                self.was_reached.set(true);
            }
            let more = call.is_read() && attempt < TRIES;
            let wait = match result {
                Err(http::Fault::NotConnected(why))
                    if more && why.may_pass() && Instant::now() + backoff(attempt) < deadline =>
                {
                    unreached = Some(why);
                    backoff(attempt)
                }
                Err(fault) => return Err(fault.into()),
                Ok(response) => {
                    let (status, spent) = (response.status().as_u16(), started.elapsed().as_millis());
                    (self.trace)(1, &format!("{} {url} -> {status} in {spent} ms", call.method));
                    match status {
                        429 | 502..=504 if more => {
                            let wait = retry_after(&response).unwrap_or_else(|| backoff(attempt));
                            if Instant::now().checked_add(wait).is_none_or(|until| until >= deadline) {
                                return Ok(response);
                            }
                            wait
                        }
                        300..=399 => return Err(http::Fault::Redirected.into()),
                        _ => return Ok(response),
                    }
                }
            };
            attempt += 1;
            (self.trace)(1, &format!("{} {url}: try {attempt} in {} ms", call.method, wait.as_millis()));
            let _awaited = awaits(&place(&url));
            tokio::time::sleep(wait).await;
        }
    }

    async fn send_once(&self, call: &Call<'_>, deadline: Instant) -> Result<reqwest::Response, http::Fault> {
        let url = call.url(&self.base);
        let http = self.http(&url, deadline)?;
        let mut builder = http.request(call.method.clone(), url).header(ACCEPT, "application/json");
        if let Some(identity) = &self.identity {
            builder = builder.header(AUTHORIZATION, identity.header.clone());
            if let Some(organisation) = identity.organisation.get().filter(|_| !call.of_account) {
                builder = builder.header(ORGANISATION_HEADER, organisation.to_string());
            }
        }
        if let Some(body) = &call.body {
            // The buffer is zeroed when the last reader lets go of it.
            builder = builder.header(CONTENT_TYPE, "application/json").body(Bytes::from_owner(body.encode()));
        }
        http.send(builder, deadline).await
    }
}

/// A client that may send what needs a token.
pub struct AuthenticatedClient(Client, Option<Presumed>);

/// Who asks: a token, and the organisation it is used for.
struct Identity {
    header: HeaderValue,
    organisation: Cell<Option<OrganisationId>>,
}

fn retry_after(response: &reqwest::Response) -> Option<Duration> {
    response.headers().get(RETRY_AFTER).and_then(parse_retry_after)
}

impl AuthenticatedClient {
    /// Sends every later request to this organisation instead of the token's own.
    pub fn set_organisation(&mut self, organisation: OrganisationId) {
        self.1 = None;
        self.go_to(organisation);
    }

    fn go_to(&self, organisation: OrganisationId) {
        if let Some(identity) = &self.0.identity {
            identity.organisation.set(Some(organisation));
        }
    }

    /// The organisation chosen with [`Self::set_organisation`].
    pub fn organisation(&self) -> Option<OrganisationId> {
        self.0.identity.as_ref()?.organisation.get()
    }

    /// The platform's address.
    pub fn base(&self) -> &BaseUrl {
        self.0.base()
    }

    /// Sends a request, and gives the answer that it is due.
    ///
    /// Reads are tried again where that can help; anything else is sent exactly once.
    ///
    /// # Errors
    /// Authentication, permission, not found, conflict (the name is taken), timed out; failure; or that the
    /// outcome of a change is unknown.
    pub async fn send<D: Due>(&self, request: &Request<'_, D>) -> Result<D::Answer> {
        self.send_until(self.0.deadline.end(), request).await
    }

    /// As [`Self::send`], for a read that only helps: it may take half of the time that is left, so that what
    /// it helps can still be done.
    ///
    /// # Errors
    /// As [`Self::send`].
    pub async fn send_in_passing<D: Due>(&self, request: &Request<'_, D>) -> Result<D::Answer> {
        self.send_until(self.0.deadline.half().end(), request).await
    }

    /// Whether there was ever a connection to the platform.
    pub fn was_reached(&self) -> bool {
        self.0.was_reached.get()
    }

    /// Whether a request was refused because there were too many, and trying again did not help.
    pub fn was_limited(&self) -> bool {
        self.0.was_limited.get()
    }

    /// Whether `token` is the one that requests carry.
    pub fn carries(&self, token: &Secret) -> bool {
        let header = self.0.identity.as_ref().map(|identity| identity.header.as_bytes());
        let own = header.and_then(|header| header.strip_prefix(b"Bearer "));
        own.and_then(|own| std::str::from_utf8(own).ok())
            .is_some_and(|own| Secret::copied(own).same_as(token))
    }
}

#[cfg(test)]
mod tests;
