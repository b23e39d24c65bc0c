//! Asks a registry one thing at a time, and notes what came of it.

use std::time::Instant;

use jiff::Timestamp;
use reqwest::{
    Method,
    header::{ACCEPT, AUTHORIZATION, HeaderValue, RETRY_AFTER, WWW_AUTHENTICATE},
};
use url::Url;

use super::{
    RegistryUrl,
    challenge::{self, Challenge},
    expiry::expiry_of,
    kinds::known_host,
    preset::KnownHost,
    realm::TokenHost,
    redirect::{HOPS, Redirect},
    reply::{Reply, Trusted},
    report::{Report, Step, Verdict},
    url::{Protocol, place},
    words::Words,
};
use crate::{
    deadline::Deadline,
    error::{Error, ErrorKind},
    http::{self, Fault, Reach, Trace, basic, hide, parse_retry_after, quote},
    secret::Secret,
};

/// Charts lie one step below the address that Helm is given, and many registries know nothing there.
pub(super) const FOLDER: &str = "where charts lie below this path, name one of them: oci://HOST/PATH/CHART";

/// The check ended before it could say yes; the report says why.
#[derive(Debug)]
pub(super) struct Ended;

pub(super) type Progress<T> = Result<T, Ended>;

pub(super) struct Probe<'a> {
    pub(super) url: &'a RegistryUrl,
    pub(super) known: &'static KnownHost,
    pub(super) username: &'a str,
    pub(super) basic: HeaderValue,
    /// What is found: good, until a step fails.
    pub(super) report: Report,
    /// When the password expires, if it says so itself.
    expires: Option<Timestamp>,
    /// Where requests go without the path, with the scheme that turned out to be spoken there.
    pub(super) base: Url,
    /// Another host that the person allows to have the password for a token.
    pub(super) token_host: Option<&'a TokenHost>,
    deadline: &'a Deadline,
    pub(super) trace: &'a Trace,
    /// What is wrong with a variable that every connection depends on.
    pub(super) unusable: Option<Error>,
    clients: Vec<(Reach, http::Client)>,
}

impl<'a> Probe<'a> {
    pub(super) fn new(
        url: &'a RegistryUrl,
        username: &'a str,
        password: &Secret,
        token_host: Option<&'a TokenHost>,
        deadline: &'a Deadline,
        trace: &'a Trace,
    ) -> Self {
        let known = known_host(url.host());
        let mut base = url.url.clone();
        if let Some(api) = known.api {
            // Fails for what has no host, which a registry's address always has.
            let _ = base.set_host(Some(api));
        }
        let (encoded, basic) = basic(username, password);
        hide(password.expose());
        hide(encoded.expose());
        let expires = expiry_of(password);
        let report = Report {
            registry_url: url.to_string(),
            host: place(&base),
            kind: url.protocol,
            result: Verdict::Good,
            steps: Vec::new(),
            hints: Vec::new(),
            expires_at: expires.map(|end| end.to_string()),
            about: None,
            retry: None,
            remark: None,
        };
        Self {
            url,
            known,
            username,
            basic,
            report,
            expires,
            base,
            token_host,
            deadline,
            trace,
            unusable: None,
            clients: Vec::new(),
        }
    }

    /// The registry's own address with `segments` for a path.
    pub(super) fn own<'s>(&self, segments: impl IntoIterator<Item = &'s str>) -> Trusted {
        let mut url = self.base.clone();
        url.set_path("");
        // Fails for what has no host, which a registry's address always has.
        if let Ok(mut path) = url.path_segments_mut() {
            path.pop_if_empty().extend(segments);
        }
        Trusted(url)
    }

    pub(super) fn passed(&mut self, step: &'static str, detail: impl Into<String>) {
        self.report.steps.push(Step { step, ok: true, detail: detail.into() });
    }

    /// Notes the step that failed, and ends the check.
    pub(super) fn failed(
        &mut self,
        step: &'static str,
        detail: impl Into<String>,
        verdict: Verdict,
        hints: impl IntoIterator<Item = impl Into<String>>,
    ) -> Ended {
        self.report.steps.push(Step { step, ok: false, detail: detail.into() });
        self.report.result = verdict;
        self.report.hints = hints.into_iter().map(Into::into).collect();
        Ended
    }

    /// Asks, and follows redirects that stay at the same scheme, host and port. Only the beginning of the
    /// last answer is read.
    pub(super) async fn get(
        &mut self,
        url: &Trusted,
        authorization: Option<HeaderValue>,
    ) -> Result<Reply, Fault> {
        let started = Instant::now();
        let deadline = self.deadline.end();
        let (accept, most) = match self.url.protocol {
            Protocol::Oci => ("application/json", 1 << 20),
            // Enough of an index to know it by.
            Protocol::Helm => ("*/*", 64 << 10),
        };
        let (mut at, mut hops) = (url.0.clone(), 0);
        let (mut response, redirect) = loop {
            let client = self.client(&at)?;
            let mut request = client.request(Method::GET, at.clone()).header(ACCEPT, accept);
            if let Some(authorization) = &authorization {
                request = request.header(AUTHORIZATION, authorization.clone());
            }
            let response = client.send(request, deadline).await?;
            let (status, elapsed) = (response.status().as_u16(), started.elapsed().as_millis());
            (self.trace)(1, &quote(&format!("GET {at} -> {status} in {elapsed} ms")));
            match Redirect::of(&at, response.status(), response.headers()) {
                Some(Redirect::Within(target)) if hops < HOPS => {
                    hops += 1;
                    let line = format!("following the redirect to {target}, at the same host and port");
                    (self.trace)(1, &quote(&line));
                    at = target;
                }
                redirect => break (response, redirect),
            }
        };
        let (status, headers) = (response.status(), response.headers());
        let asked = headers.get_all(WWW_AUTHENTICATE).iter();
        let challenges = asked.flat_map(|value| challenge::parse(value.as_bytes())).collect();
        let retry_after = headers.get(RETRY_AFTER).and_then(parse_retry_after);
        let body = http::head(&mut response, deadline, most).await?;
        Ok(Reply { url: url.clone(), status, challenges, body, retry_after, redirect })
    }

    /// Asks, and ends the check where the answer says nothing about credentials.
    pub(super) async fn ask(
        &mut self,
        step: &'static str,
        url: &Trusted,
        authorization: Option<HeaderValue>,
    ) -> Progress<Reply> {
        match self.get(url, authorization).await {
            Ok(reply) => self.usable(step, &reply).map(|()| reply),
            Err(fault) => Err(self.fault(step, &place(&url.0), &fault)),
        }
    }

    /// Ends the check where the answer is none of an OCI registry.
    pub(super) fn not_a_registry(&mut self, step: &'static str, reply: &Reply) -> Ended {
        let detail = format!("{}, which no OCI registry answers here", reply.answered());
        let hint =
            "for a classic Helm repository, which has an index.yaml, give a URL that begins with https://";
        self.failed(step, detail, Verdict::NotARegistry, ["check the registry URL", hint])
    }

    fn client(&mut self, url: &Url) -> Result<&http::Client, Fault> {
        let reach = Reach::to(url)?;
        let known = self.clients.iter().position(|(known, _)| *known == reach);
        let index = known.unwrap_or(self.clients.len());
        if known.is_none() {
            let client = http::Client::open(&reach, self.deadline.left(), self.trace)?;
            self.clients.push((reach, client));
        }
        Ok(&self.clients[index].1)
    }

    /// The first request, without a secret: shows whether the host exists and is who it claims to be.
    pub(super) async fn contact(&mut self, segments: &[&str]) -> Progress<Reply> {
        let url = self.own(segments.iter().copied());
        let mut answer = self.get(&url, None).await;
        if let Err(Fault::NotConnected(why)) = &answer
            && self.url.may_be_plain()
            && self.base.scheme() == "https"
            && (why.is_plain() || (self.base.port().is_none() && why.is_refused()))
        {
            // Nothing but http and https: the scheme can always be changed.
            let _ = self.base.set_scheme("http");
            let url = self.own(segments.iter().copied());
            answer = self.get(&url, None).await;
        }
        let place = place(&self.base);
        let is_there = answer.as_ref().map_or_else(failed_in_tls, |_| true);
        if is_there {
            self.passed("host", format!("{place} answers"));
        }
        let reply = match answer {
            Ok(reply) => reply,
            Err(fault) => return Err(self.fault(if is_there { "tls" } else { "host" }, &place, &fault)),
        };
        let tls = match self.base.scheme() {
            "https" => "the certificate is trusted",
            _ => "none: plain http, on this machine alone",
        };
        self.passed("tls", tls);
        Ok(reply)
    }

    /// Ends the check where `place` gave no usable answer.
    pub(super) fn fault(&mut self, step: &'static str, place: &str, fault: &Fault) -> Ended {
        const ADDRESS: &str = "check the registry URL";
        let own = |hint: &str| vec![hint.to_owned()];
        let (detail, verdict, hints) = match fault {
            Fault::Setup(error) => {
                self.unusable = Some(error.clone()).filter(|error| error.kind() == ErrorKind::Usage);
                let hints = error.hints().iter().map(ToString::to_string).collect();
                (error.in_one_line(), Verdict::BadCertificate, hints)
            }
            Fault::NotConnected(why) => {
                let verdict = if why.is_unknown_host() {
                    Verdict::HostUnknown
                } else if why.is_tls() {
                    Verdict::BadCertificate
                } else if why.is_timeout() {
                    Verdict::TimedOut
                } else {
                    Verdict::Unreachable
                };
                (why.told(place), verdict, why.hints(ADDRESS))
            }
            Fault::TimedOut(proxy) => {
                let seconds = self.deadline.allowed().as_secs_f64();
                let by = proxy.as_ref().map(|proxy| format!(", by way of {proxy}")).unwrap_or_default();
                let detail = format!("{place} did not answer in full within {seconds} s{by}");
                (detail, Verdict::TimedOut, own("try again, or allow more time with --timeout SECONDS"))
            }
            Fault::Lost(detail) => {
                let detail = format!("the connection to {place} ended: {}", quote(detail));
                (detail, Verdict::Unreachable, own("check the network, the firewall and the proxy"))
            }
            Fault::Encoded(name) => {
                let name = quote(name);
                let detail = format!("{place} answered in an encoding that was not asked for: {name}");
                match self.url.protocol {
                    Protocol::Oci => (detail, Verdict::NotARegistry, own(ADDRESS)),
                    // Helm asks for gzip, and would understand it.
                    Protocol::Helm => {
                        let hint =
                            "Helm may understand it; this check takes the index as it is, and cannot tell";
                        (detail, Verdict::CannotTell, own(hint))
                    }
                }
            }
            Fault::Redirected | Fault::TooLarge(_) => {
                (format!("{place} gave no usable answer"), Verdict::NotARegistry, own(ADDRESS))
            }
        };
        self.report.about = Some(place.to_owned());
        self.failed(step, detail, verdict, hints)
    }

    /// Ends the check where an answer says nothing about credentials: redirects, limits, failures.
    pub(super) fn usable(&mut self, step: &'static str, reply: &Reply) -> Progress<()> {
        let answered = reply.answered();
        let (detail, verdict, hints) = match reply.status.as_u16() {
            300..=399 => {
                let redirect = reply.redirect.as_ref().unwrap_or(&Redirect::Nowhere);
                self.report.retry = redirect.instead(self.url.protocol);
                let detail = format!("{answered}: {}", redirect.told());
                (detail, Verdict::Redirected, vec![redirect.advice().to_owned()])
            }
            429 => {
                let wait = match reply.retry_after {
                    Some(wait) => format!("try again in {} s", wait.as_secs()),
                    None => "wait a while and try again".to_owned(),
                };
                let rate = self.known.rate.map(str::to_owned);
                (answered, Verdict::RateLimited, [wait].into_iter().chain(rate).collect())
            }
            500.. => (answered, Verdict::RegistryError, vec!["try again later".to_owned()]),
            _ => return Ok(()),
        };
        self.report.about = Some(place(&reply.url.0));
        Err(self.failed(step, detail, verdict, hints))
    }

    /// Whether the password is refused because it has expired: it says so itself, or the registry does.
    pub(super) fn is_expired(&self, reply: &Reply) -> bool {
        self.expires.is_some_and(|end| end <= Timestamp::now())
            || Words::of(&reply.body).says_expired()
            || reply.challenges.iter().any(Challenge::says_expired)
    }

    pub(super) fn wrong_password(&mut self, step: &'static str, reply: &Reply) -> Ended {
        let answered = reply.answered();
        if self.is_expired(reply) {
            return self.failed(step, answered, Verdict::Expired, [self.known.expired]);
        }
        self.failed(step, answered, Verdict::WrongPassword, [self.known.password])
    }

    /// Ends the check because the path is refused. `certain`: the password is known to be right.
    pub(super) fn no_access(&mut self, step: &'static str, reply: &Reply, certain: bool) -> Ended {
        if self.is_expired(reply) {
            return self.wrong_password(step, reply);
        }
        let answered = reply.answered();
        let mut hints = vec![self.known.access];
        let detail = if certain {
            format!("{answered}; the user name and the password are right")
        } else {
            hints.insert(0, self.known.password);
            format!("{answered}; it does not tell whether the password is wrong or lacks the right")
        };
        if step == "path" || (step == "token" && !self.url.path().is_empty()) {
            hints.push(FOLDER);
        }
        self.failed(step, detail, Verdict::NoAccess, hints)
    }
}

/// Whether there was somebody to talk to, but not securely.
fn failed_in_tls(fault: &Fault) -> bool {
    match fault {
        Fault::Setup(_) => true,
        Fault::NotConnected(why) => why.is_tls(),
        _ => false,
    }
}
