//! Asks a cloud one thing at a time, and notes what came of it.

use std::time::Instant;

use jiff::{SignedDuration, Timestamp};
use reqwest::{
    Method,
    header::{ACCEPT, AUTHORIZATION, CONTENT_TYPE, HeaderMap, HeaderValue},
};
use url::Url;
use zeroize::Zeroizing;

use super::{Given, Outcome, Reply, report::CloudReport, target::Target};
use crate::{
    error::{Error, ErrorKind, Hint, Result},
    http::{self, Fault, Reach, quote},
    providers::{
        caller::{Caller, Silence, Sort, place, unusable},
        expiry_of,
        step::{News, Step, Told},
    },
    secret::Secret,
};

/// Warned of is what expires within this time.
const NEAR: SignedDuration = SignedDuration::from_hours(7 * 24);

/// The most that is read of an answer.
const LIMIT: usize = 1 << 20;

/// The check ended before it could say yes; the report says why.
#[derive(Debug)]
pub(in crate::providers) struct Ended;

pub(in crate::providers) type Progress<T> = Result<T, Ended>;

/// A request.
pub(in crate::providers) struct Call {
    method: Method,
    url: Url,
    headers: HeaderMap,
    body: Option<String>,
    /// Whether the answer may hold a secret.
    is_secret: bool,
}

impl Call {
    pub(in crate::providers) fn get(url: Url) -> Self {
        Self { method: Method::GET, url, headers: HeaderMap::new(), body: None, is_secret: false }
    }

    /// A request with a JSON body that holds no secret, or with none.
    pub(in crate::providers) fn post(url: Url, body: impl Into<String>) -> Self {
        let (body, json) = (body.into(), HeaderValue::from_static("application/json"));
        let kind = (!body.is_empty()).then_some((CONTENT_TYPE, json));
        let headers = kind.into_iter().collect();
        Self { method: Method::POST, url, headers, body: Some(body), is_secret: false }
    }

    /// The method, the address and the body, exactly as they will be sent.
    pub(in crate::providers) fn sent(&self) -> (&str, &str, &str) {
        (self.method.as_str(), self.url.as_str(), self.body.as_deref().unwrap_or_default())
    }

    /// Has what a good answer holds read as [`Reply::secret`] alone.
    pub(in crate::providers) fn for_a_secret(self) -> Self {
        Self { is_secret: true, ..self }
    }

    /// Adds `Authorization: SCHEME SECRET`; the scheme brings the blank, or what else follows it.
    pub(in crate::providers) fn authorized(self, scheme: &str, secret: &Secret) -> Self {
        self.with(AUTHORIZATION.as_str(), &Zeroizing::new(format!("{scheme}{}", secret.expose())))
    }

    /// Adds a header that is kept out of debug texts. What no header can hold is left out, which the server refuses.
    pub(in crate::providers) fn with(mut self, name: &'static str, value: &str) -> Self {
        if let Ok(mut value) = HeaderValue::from_str(value) {
            value.set_sensitive(true);
            self.headers.insert(name, value);
        }
        self
    }
}

/// One check, as far as it has come.
pub(in crate::providers) struct Probe<'a> {
    pub(in crate::providers) given: Given<'a>,
    pub(in crate::providers) target: Target,
    /// What is found: good, until a step finds something else.
    pub(in crate::providers) report: CloudReport,
    correlation: &'static str,
    caller: Caller<'a>,
    told: Told<'a>,
    unusable: Option<Error>,
}

impl<'a> Probe<'a> {
    pub(super) fn new(
        (provider, title): (&'static str, &'static str),
        given: Given<'a>,
        target: Target,
        correlation: &'static str,
        caller: Caller<'a>,
        told: Told<'a>,
    ) -> Self {
        let report = CloudReport {
            provider,
            address: target.address().to_owned(),
            result: Outcome::Good,
            account: None,
            steps: Vec::new(),
            missing: Vec::new(),
            warnings: Vec::new(),
            correlation_id: None,
            title,
            hints: Vec::new(),
            end: None,
            is_certain: false,
        };
        let told_of_target = target.told.clone();
        let mut probe = Self { given, target, report, correlation, caller, told, unusable: None };
        if let Some(warning) = told_of_target {
            probe.warn(warning);
        }
        probe
    }

    /// What was found. A secret that says itself when it expires is believed where the cloud says nothing.
    pub(super) fn finish(mut self) -> Result<CloudReport> {
        let own = || self.given.secrets.iter().filter_map(|(_, secret)| expiry_of(secret)).min();
        self.report.end = self.report.end.or_else(own);
        self.unusable.map_or(Ok(self.report), Err)
    }

    /// Why it ended before it could say yes.
    pub(in crate::providers) fn failure(&self, _: Ended) -> Error {
        let found = self.unusable.clone().or_else(|| self.report.failure());
        found.unwrap_or_else(|| Error::failure(self.report.verdict()))
    }

    /// The address of the API with `segments` behind its path, each of which is one whatever it holds.
    pub(in crate::providers) fn url<'s>(&self, segments: impl IntoIterator<Item = &'s str>) -> Url {
        let mut url = self.target.base.clone();
        // Fails for what has no host, which an address of an API always has.
        if let Ok(mut path) = url.path_segments_mut() {
            path.pop_if_empty().extend(segments);
        }
        url
    }

    /// `call` with the secret of the field `name` as its bearer token (RFC 6750).
    pub(in crate::providers) fn bearer(&self, name: &str, call: Call) -> Call {
        self.given.secret(name).into_iter().fold(call, |call, token| call.authorized("Bearer ", token))
    }

    /// Notes a step that went well.
    pub(in crate::providers) fn passed(&mut self, step: &'static str, detail: impl Into<String>) {
        self.tell(Step { step, ok: Some(true), detail: detail.into() });
    }

    /// Notes what works today and may not work for the platform.
    pub(in crate::providers) fn warn(&mut self, text: impl Into<String>) {
        let text = text.into();
        (self.told)(News::Warning(&text));
        self.report.warnings.push(text);
    }

    /// Notes a step that says nothing of the credential, and goes on.
    pub(in crate::providers) fn unknown(
        &mut self,
        step: &'static str,
        detail: impl Into<String>,
        hints: impl IntoIterator<Item = impl Into<Hint>>,
    ) {
        self.tell(Step { step, ok: None, detail: detail.into() });
        self.found(Outcome::CannotTell, hints);
    }

    /// Notes a step that says nothing, where nothing of the result depends on it.
    pub(in crate::providers) fn untold(&mut self, step: &'static str, detail: impl Into<String>) {
        self.tell(Step { step, ok: None, detail: detail.into() });
    }

    /// Notes rights that are missing, and goes on. `is_certain`: the cloud itself refused something for it.
    pub(in crate::providers) fn lacks(
        &mut self,
        step: &'static str,
        detail: impl Into<String>,
        (missing, is_certain): (Vec<String>, bool),
        hints: impl IntoIterator<Item = impl Into<Hint>>,
    ) {
        self.tell(Step { step, ok: Some(false), detail: detail.into() });
        self.report.missing.extend(missing);
        self.report.is_certain |= is_certain;
        self.found(Outcome::LacksRights, hints);
    }

    /// Ends the check with a step that failed: the cloud says no.
    pub(in crate::providers) fn refused(
        &mut self,
        step: &'static str,
        detail: impl Into<String>,
        outcome: Outcome,
        hints: impl IntoIterator<Item = impl Into<Hint>>,
    ) -> Ended {
        self.tell(Step { step, ok: Some(false), detail: detail.into() });
        self.report.is_certain = true;
        self.found(outcome, hints);
        Ended
    }

    /// Ends the check where an answer says nothing of the credential: limits, failures, what is no answer of this
    /// cloud.
    pub(in crate::providers) fn unclear(
        &mut self,
        step: &'static str,
        reply: &Reply,
        words: &[Option<&str>],
    ) -> Ended {
        let (detail, hints) = unclear(reply, words, self.target.advice.as_deref());
        let detail = self.correlated(reply, detail);
        self.unknown(step, detail, hints);
        Ended
    }

    /// `detail` with the id by which the cloud's support finds the request; it is noted in the report too. An error
    /// has it in its body, or the answer in a header.
    pub(in crate::providers) fn correlated(&mut self, reply: &Reply, detail: String) -> String {
        let in_body = reply.text("/request_id").or_else(|| reply.text("/correlation_id"));
        let in_header = || reply.header(self.correlation).filter(|id| !id.is_empty());
        let Some(id) = in_body.or_else(in_header).map(quote) else { return detail };
        let detail = format!("{detail} (correlation id {id})");
        self.report.correlation_id = Some(id);
        detail
    }

    /// Notes when the credential expires, and warns of an end that is near.
    pub(in crate::providers) fn expires(&mut self, end: Timestamp) {
        self.report.end = Some(end);
        let left = end.duration_since(Timestamp::now());
        if left.is_negative() {
            self.warn(format!(
                "this credential is said to have expired at {end}: make a new one, or check this machine's clock"
            ));
        } else if left < NEAR {
            self.warn(format!("this credential expires at {end}, {}: have a new one ready", in_days(left)));
        }
    }

    /// Sends a request once. Ends the check where there is no answer at all.
    pub(in crate::providers) async fn ask(&mut self, step: &'static str, call: Call) -> Progress<Reply> {
        let (place, end) = (place(&call.url), self.caller.deadline.end());
        self.send(call, end).await.map_err(|fault| {
            self.unusable = unusable(&fault);
            let Silence { sort, detail, mut hints } = self.silence(&place, &fault);
            let is_plain = matches!(&fault, Fault::NotConnected(why) if why.is_plain());
            hints.extend(self.target.hint(&self.given, sort).filter(|_| !is_plain));
            self.tell(Step { step, ok: None, detail });
            let outcome = match sort {
                Sort::HostUnknown | Sort::Unreachable | Sort::BadCertificate => Outcome::Unreachable,
                Sort::TimedOut => Outcome::TimedOut,
                Sort::Unusable => Outcome::CannotTell,
            };
            self.found(outcome, hints);
            Ended
        })
    }

    /// Sends a request once, where the check does not depend on the answer.
    ///
    /// # Errors
    /// Why there is none, in words.
    pub(in crate::providers) async fn ask_too(&mut self, call: Call) -> Result<Reply, String> {
        let (place, end) = (place(&call.url), self.caller.deadline.end());
        self.send(call, end).await.map_err(|fault| self.silence(&place, &fault).detail)
    }

    /// Why there is no answer, and what to do: nothing about the address where nobody gave one.
    fn silence(&self, place: &str, fault: &Fault) -> Silence {
        let advice = self.target.advice.as_deref().unwrap_or_default();
        let mut silence = self.caller.silence(place, fault, advice);
        silence.hints.retain(|hint| !hint.is_empty());
        if silence.hints.is_empty() && !matches!(fault, Fault::Setup(_)) {
            silence.hints.push(BETWEEN.to_owned());
        }
        silence
    }

    /// Sends a request once, as one of many, and waits for the answer until `end`.
    ///
    /// # Errors
    /// `Err`: there is none and will be none. `Ok(Err)`: why there is none, in words; the next may be answered.
    pub(in crate::providers) async fn ask_again(
        &mut self,
        call: Call,
        end: Instant,
    ) -> Result<Result<Reply, String>> {
        let place = place(&call.url);
        let fault = match self.send(call, end).await {
            Ok(reply) => return Ok(Ok(reply)),
            Err(fault) => fault,
        };
        let Silence { detail, hints, .. } = self.silence(&place, &fault);
        let is_final = match &fault {
            Fault::Setup(_) => true,
            Fault::NotConnected(why) => why.is_tls() && !why.is_plain(),
            _ => false,
        };
        if !is_final {
            return Ok(Err(detail));
        }
        let error = unusable(&fault).unwrap_or_else(|| {
            Error::new(ErrorKind::Unreachable, format!("{} cannot be reached from here", self.report.title))
        });
        Err(hints.into_iter().fold(error.cause(detail), Error::hint))
    }

    async fn send(&mut self, call: Call, deadline: Instant) -> Result<Reply, Fault> {
        let (started, trace) = (Instant::now(), self.caller.trace);
        let Call { method, url, headers, body, is_secret } = call;
        let reach = Reach::to(&url)?;
        let reach = if self.target.is_unverified { reach.unverified() } else { reach };
        let client = self.caller.client(reach)?;
        let request =
            client.request(method.clone(), url.clone()).headers(headers).header(ACCEPT, "application/json");
        let request = body.into_iter().fold(request, reqwest::RequestBuilder::body);
        let mut response = client.send(request, deadline).await?;
        let status = response.status().as_u16();
        let elapsed = started.elapsed().as_millis();
        trace(1, &quote(&format!("{method} {url} -> {status} in {elapsed} ms")));
        let headers = response.headers().clone();
        let body = Zeroizing::new(http::head(&mut response, deadline, LIMIT).await?);
        Ok(Reply {
            place: place(&url),
            status,
            headers,
            json: if is_secret && status < 400 { None } else { serde_json::from_slice(&body).ok() },
            secret: if is_secret { serde_json::from_slice(&body).ok() } else { None },
            reason: http::reason(&response),
            is_empty: body.trim_ascii().is_empty(),
        })
    }

    fn tell(&mut self, step: Step) {
        (self.told)(News::Step(&step));
        self.report.steps.push(step);
    }

    /// Notes what was found, unless worse is known; its hints come first then.
    fn found(&mut self, outcome: Outcome, hints: impl IntoIterator<Item = impl Into<Hint>>) {
        let mut hints: Vec<Hint> = hints.into_iter().map(Into::into).collect();
        hints.retain(|hint| !self.report.hints.contains(hint));
        if outcome > self.report.result {
            self.report.result = outcome;
            self.report.hints.splice(0..0, hints);
        } else {
            self.report.hints.extend(hints);
        }
    }
}

/// `in 3 days`
fn in_days(left: SignedDuration) -> String {
    match left.as_hours() / 24 {
        0 => "within a day".to_owned(),
        1 => "in one day".to_owned(),
        days => format!("in {days} days"),
    }
}

const BETWEEN: &str = "check what answers there: a proxy or a sign-in page may stand in between";

/// What an answer is that says nothing of a credential, and what to do; `advice`: about the address.
fn unclear(reply: &Reply, words: &[Option<&str>], advice: Option<&str>) -> (String, Vec<String>) {
    let answered = reply.answered(words);
    let with_advice = |hint: &str| advice.into_iter().chain([hint]).map(str::to_owned).collect();
    let again = "try again; if it stays so, ask the provider's support";
    match reply.status {
        429 => (format!("{answered}: too many requests"), vec![reply.wait()]),
        500.. => (answered, vec!["try again later".to_owned()]),
        300..=399 => (format!("{answered}: a redirect, which is not followed"), with_advice(BETWEEN)),
        _ if reply.json.is_none() => {
            (format!("{answered}, which is not the JSON of this API"), with_advice(BETWEEN))
        }
        404 => (answered, with_advice(again)),
        _ => (answered, vec![again.to_owned()]),
    }
}
