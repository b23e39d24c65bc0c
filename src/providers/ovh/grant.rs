//! Asks OVH for a consumer key: with the application alone, and with exactly the rights that the platform needs.
//!
//! `POST /auth/credential` gives the key and the page on which the owner of an account agrees to it; until then the
//! key is of no use. What a key that nobody has validated is answered, is not documented: others have met
//! `INVALID_CREDENTIAL` and `INVALID_SIGNATURE`, and the schema has `pendingValidation`.

use std::time::Instant;

use serde_json::json;
use url::{Host, Url};

use super::{
    credential::Credential,
    endpoint::Endpoint,
    refusal::{code, has_actions, new_key, refused, words},
    rules::RULES,
    signed::{clock, signed},
};
use crate::{
    error::{Error, ErrorKind, Result},
    http::{Redactor, hide, place, web_page},
    providers::{
        check::{Call, Ended, Outcome, Probe, Progress, Reply},
        clock::Clock,
        grant::{Grant, Granted, Looked, Requested, Work},
    },
    secret::{Secret, json::Value},
};

const STEP: &str = "request";

pub(super) static GRANT: Grant = Grant {
    field: "consumer-key",
    flag: "request-consumer-key",
    help: "Ask OVH for a consumer key with the rights that the platform needs, and show the page to agree on",
    question: "Where the OVH consumer key is to come from",
    offer: "ask OVH for one now, with the rights that the platform needs",
    what: "a consumer key with these rights: GET on /cloud/project; GET, POST, PUT and DELETE on /cloud/project/*",
    advice: "Choose an unlimited validity there: with an expired key, the platform can do nothing.",
    before: "An application key and secret alone are made at https://eu.api.ovh.com/createApp/: the consumer key can \
             then be asked for here.",
    request,
    look,
    give_up,
};

/// The hosts of OVH's own pages end so.
const DOMAINS: [&str; 4] = [".ovh.com", ".ovhcloud.com", ".kimsufi.com", ".soyoustart.com"];

fn request<'p>(probe: &'p mut Probe<'_>) -> Work<'p, Progress<Requested>> {
    Box::pin(async {
        let clock = clock(probe).await?;
        if let Some(doubt) = clock.doubt("OVH") {
            probe.warn(doubt);
        }
        let rules: Vec<_> =
            RULES.iter().map(|(method, path)| json!({"method": method, "path": path})).collect();
        let body = json!({"accessRules": rules}).to_string();
        let call = Call::post(probe.url(["auth", "credential"]), body).for_a_secret();
        let key = probe.given.secret("application-key");
        let call = key.into_iter().fold(call, |call, key| call.with("x-ovh-application", key.expose()));
        let reply = probe.ask(STEP, call).await?;
        let answer = reply.secret.as_ref().filter(|_| reply.status == 200);
        let text = |name| match answer?.member(name) {
            Some(Value::Text(text)) => Some(text).filter(|text| !text.expose().is_empty()),
            _ => None,
        };
        let Some(secret) = text("consumerKey").cloned() else { return Err(no_key(probe, &reply)) };
        hide(secret.expose());
        match text("validationUrl")
            .map_or(Err("it names none".to_owned()), |text| page(text, &probe.target.base))
        {
            Ok(page) => Ok(Requested { page, secret, clock }),
            Err(why) => {
                log_out(probe, &secret, &clock).await;
                let detail =
                    format!("OVH names a page to validate the key on that nobody should open: {why}");
                let hint = format!("check what answers at {}", probe.target.base);
                Err(probe.refused(STEP, detail, Outcome::CannotTell, [hint, new_key(probe)]))
            }
        }
    })
}

/// Ends it where the answer has no key.
fn no_key(probe: &mut Probe<'_>, reply: &Reply) -> Ended {
    if reply.status == 200 {
        let detail = format!("{}, without a consumer key", reply.answered(&[]));
        return probe.refused(STEP, detail, Outcome::CannotTell, [new_key(probe)]);
    }
    refused(probe, STEP, reply)
}

/// Reads the address of the page that an API at `base` names: at the same place, or one of OVH's, and without any of
/// the keys in it.
fn page(text: &Secret, base: &Url) -> Result<Url, String> {
    let url = web_page(text.expose())?;
    let is_ovh =
        matches!(url.host(), Some(Host::Domain(host)) if DOMAINS.iter().any(|end| host.ends_with(end)));
    let is_known = url.origin() == base.origin() || is_ovh && url.scheme() == "https" && url.port().is_none();
    if !is_known {
        return Err(format!("it is at {}, which is neither OVH's nor the place that was asked", place(&url)));
    }
    if Redactor::of_process().apply(url.as_str()) != url.as_str() {
        return Err("its address holds one of the keys".to_owned());
    }
    Ok(url)
}

fn look<'p>(
    probe: &'p mut Probe<'_>,
    requested: &'p mut Requested,
    end: Instant,
) -> Work<'p, Result<Looked>> {
    Box::pin(async move {
        let call = Call::get(probe.url(Credential::PATH));
        let call = signed(probe, call, Some(&requested.secret), &requested.clock);
        let reply = match probe.ask_again(call, end).await? {
            Ok(reply) => reply,
            Err(why) => return Ok(Looked::Trouble { why, wait: None }),
        };
        let trouble = |more: &str| {
            let why = format!("{}{more}", reply.answered(&words(&reply)));
            Ok(Looked::Trouble { why, wait: reply.retry_after() })
        };
        if let Some(credential) = Credential::read(&reply) {
            return match credential.status.as_str() {
                "validated" => Ok(Looked::Granted(granted(probe, &credential, requested))),
                "pendingValidation" => Ok(Looked::Waiting),
                "refused" => {
                    Err(Error::new(ErrorKind::Declined, "the consumer key was refused on OVH's page"))
                }
                "expired" => {
                    Err(Error::new(ErrorKind::TimedOut, "the request for a consumer key has expired"))
                }
                _ => trouble(""),
            };
        }
        match code(&reply) {
            Some("INVALID_CREDENTIAL") => Ok(Looked::Waiting),
            Some("INVALID_SIGNATURE") => trouble(
                "; if you have agreed on the page already, the application secret is not that of the application key",
            ),
            // The key counts, and may not look at itself.
            Some("NOT_GRANTED_CALL") if !has_actions(&reply) => Ok(Looked::Granted(unknown(probe))),
            Some("QUERY_TIME_OUT") => {
                if let Ok(clock) = clock(probe).await {
                    requested.clock = clock;
                }
                trouble("")
            }
            _ => trouble(""),
        }
    })
}

fn granted(probe: &Probe<'_>, credential: &Credential, requested: &Requested) -> Granted {
    let clock = &requested.clock;
    let whose = credential.whose().map(|whose| format!("{whose}; ")).unwrap_or_default();
    Granted {
        told: format!("{whose}{}", credential.told_end(clock)),
        doubts: credential.doubts(clock),
        end: credential.end,
        undo: undo(probe, credential.id()),
    }
}

/// Of a key that may not look at itself.
fn unknown(probe: &Probe<'_>) -> Granted {
    let told = "when it expires is not known".to_owned();
    Granted { told, doubts: Vec::new(), end: None, undo: undo(probe, None) }
}

fn undo(probe: &Probe<'_>, id: Option<u64>) -> String {
    let console = Endpoint::at(&probe.target.base).unwrap_or(Endpoint::PLATFORM).page("console");
    let id = id.map_or("ID".to_owned(), |id| id.to_string());
    format!("delete the key at OVH with DELETE /me/api/credential/{id} at {console}")
}

fn give_up<'p>(probe: &'p mut Probe<'_>, requested: &'p Requested) -> Work<'p, bool> {
    Box::pin(async { log_out(probe, &requested.secret, &requested.clock).await })
}

/// Has OVH expire the key.
async fn log_out(probe: &mut Probe<'_>, key: &Secret, clock: &Clock) -> bool {
    let call = Call::post(probe.url(["auth", "logout"]), "");
    let call = signed(probe, call, Some(key), clock);
    probe.ask_too(call).await.is_ok_and(|reply| matches!(reply.status, 200 | 204))
}
