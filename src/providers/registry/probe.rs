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
    report::{Report, Verdict},
    url::Protocol,
    words::Words,
};
use crate::{
    error::Error,
    http::{self, Fault, Reach, basic, hide, parse_retry_after, quote},
    providers::{
        caller::{Caller, Silence, Sort, place, unusable},
        step::{News, Step, Told},
    },
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
    caller: Caller<'a>,
    told: Told<'a>,
    /// What is wrong with a variable that every connection depends on.
    pub(super) unusable: Option<Error>,
}

impl<'a> Probe<'a> {
    pub(super) fn new(
        url: &'a RegistryUrl,
        username: &'a str,
        password: &Secret,
        token_host: Option<&'a TokenHost>,
        caller: Caller<'a>,
        told: Told<'a>,
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
        Self { url, known, username, basic, report, expires, base, token_host, caller, told, unusable: None }
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

    /// A line for who wants to know what is asked.
    pub(super) fn trace(&self, line: &str) {
        (self.caller.trace)(1, &quote(line));
    }

    pub(super) fn passed(&mut self, step: &'static str, detail: impl Into<String>) {
        self.tell(Step { step, ok: Some(true), detail: detail.into() });
    }

    fn tell(&mut self, step: Step) {
        (self.told)(News::Step(&step));
        self.report.steps.push(step);
    }

    /// Notes the step that failed, and ends the check.
    pub(super) fn failed(
        &mut self,
        step: &'static str,
        detail: impl Into<String>,
        verdict: Verdict,
        hints: impl IntoIterator<Item = impl Into<String>>,
    ) -> Ended {
        self.tell(Step { step, ok: Some(false), detail: detail.into() });
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
        let deadline = self.caller.deadline.end();
        let (accept, most) = match self.url.protocol {
            Protocol::Oci => ("application/json", 1 << 20),
            // Enough of an index to know it by.
            Protocol::Helm => ("*/*", 64 << 10),
        };
        let (mut at, mut hops) = (url.0.clone(), 0);
        let (mut response, redirect) = loop {
            let client = self.caller.client(Reach::to(&at)?)?;
            let mut request = client.request(Method::GET, at.clone()).header(ACCEPT, accept);
            if let Some(authorization) = &authorization {
                request = request.header(AUTHORIZATION, authorization.clone());
            }
            let response = client.send(request, deadline).await?;
            let (status, elapsed) = (response.status().as_u16(), started.elapsed().as_millis());
            self.trace(&format!("GET {at} -> {status} in {elapsed} ms"));
            match Redirect::of(&at, response.status(), response.headers()) {
                Some(Redirect::Within(target)) if hops < HOPS => {
                    hops += 1;
                    self.trace(&format!("following the redirect to {target}, at the same host and port"));
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

    /// The first request, without a secret: shows whether the host exists and is who it claims to be.
    pub(super) async fn contact(&mut self, segments: &[&str]) -> Progress<Reply> {
        let url = self.own(segments.iter().copied());
        let mut answer = self.get(&url, None).await;
        if let Err(Fault::NotConnected(why)) = &answer
            && self.url.may_be_plain()
            && self.base.scheme() == "https"
            && (why.is_plain() || why.is_refused())
        {
            // Nothing but http and https: the scheme can always be changed.
            let _ = self.base.set_scheme("http");
            let url = self.own(segments.iter().copied());
            answer = self.get(&url, None).await;
        }
        let place = place(&self.base);
        if answer.as_ref().map_or_else(failed_in_tls, |_| true) {
            self.passed("host", format!("{place} answers"));
        }
        let reply = match answer {
            Ok(reply) => reply,
            Err(fault) => {
                // Where no connection can be set up, nobody was asked whether the host is there.
                let is_tls = matches!(fault, Fault::Setup(_)) || failed_in_tls(&fault);
                return Err(self.fault(if is_tls { "tls" } else { "host" }, &place, &fault));
            }
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
        self.unusable = unusable(fault);
        self.report.about = Some(place.to_owned());
        let Silence { sort, detail, mut hints } = self.caller.silence(place, fault, "check the registry URL");
        let verdict = match (sort, self.url.protocol) {
            (Sort::HostUnknown, _) => Verdict::HostUnknown,
            (Sort::Unreachable, _) => Verdict::Unreachable,
            (Sort::TimedOut, _) => Verdict::TimedOut,
            (Sort::BadCertificate, _) => Verdict::BadCertificate,
            // It is compressed: Helm asks for gzip, and would understand it.
            (Sort::Unusable, Protocol::Helm) => {
                let hint = "Helm may understand it; this check takes the index as it is, and cannot tell";
                hints = vec![hint.to_owned()];
                Verdict::CannotTell
            }
            (Sort::Unusable, _) => Verdict::NotARegistry,
        };
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
        if matches!(step, "path" | "token") && !self.url.path().is_empty() {
            hints.push(FOLDER);
        }
        self.failed(step, detail, Verdict::NoAccess, hints)
    }
}

/// Whether there was somebody to talk to, but not securely.
fn failed_in_tls(fault: &Fault) -> bool {
    matches!(fault, Fault::NotConnected(why) if why.is_tls())
}
