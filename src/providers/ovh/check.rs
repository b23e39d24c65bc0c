//! Whether OVH accepts the keys, and what they may do.

use super::signature::Keys;
use crate::{
    error::Result,
    providers::check::{Asking, Call, Given, Outcome, Probe, Progress, Target, provider_or},
};

pub(super) const WHERE_FROM: &str = "https://api.ovh.com/createToken/ with GET on /cloud/project and GET, POST, PUT, DELETE on /cloud/project/*";

pub(super) fn target(_: &Given<'_>) -> Result<Target> {
    provider_or("OVH_ENDPOINT", "https://eu.api.ovh.com/1.0", "OVH")
}

pub(super) fn steps<'p>(probe: &'p mut Probe<'_>) -> Asking<'p> {
    Box::pin(async {
        let time = time(probe).await?;
        credential(probe, time).await
    })
}

/// OVH's clock in seconds since 1970, by which requests are signed.
async fn time(probe: &mut Probe<'_>) -> Progress<i64> {
    let reply = probe.ask("time", Call::get(probe.url(["auth", "time"]))).await?;
    let Some(time) = reply.json.as_ref().and_then(serde_json::Value::as_i64).filter(|_| reply.status == 200)
    else {
        return Err(probe.unclear("time", &reply, &[reply.text("/message")]));
    };
    Ok(time)
}

/// What OVH says of the consumer key.
async fn credential(probe: &mut Probe<'_>, time: i64) -> Progress<()> {
    const STEP: &str = "key";
    let call = signed(probe, &["auth", "currentCredential"], time);
    let reply = probe.ask(STEP, call).await?;
    let words = [reply.text("/errorCode"), reply.text("/message")];
    match (reply.status, reply.text("/status")) {
        (200, Some("validated")) => {
            probe.passed(STEP, "OVH accepts the keys");
            Ok(())
        }
        (400 | 401 | 403, _) if reply.json.is_some() => {
            let detail = probe.correlated(&reply, reply.answered(&words));
            Err(probe.refused(STEP, detail, Outcome::Refused, [WHERE_FROM]))
        }
        _ => Err(probe.unclear(STEP, &reply, &words)),
    }
}

/// A signed request for what is at `segments`.
fn signed(probe: &Probe<'_>, segments: &[&str], time: i64) -> Call {
    let url = probe.url(segments.iter().copied());
    let call = Call::get(url.clone());
    let secret = |name| probe.given.secret(name);
    let (Some(application_key), Some(application_secret), Some(consumer_key)) =
        (secret("application-key"), secret("application-secret"), secret("consumer-key"))
    else {
        return call;
    };
    let keys = Keys { application_key, application_secret, consumer_key };
    call.with("x-ovh-application", keys.application_key.expose())
        .with("x-ovh-consumer", keys.consumer_key.expose())
        .with("x-ovh-timestamp", &time.to_string())
        .with("x-ovh-signature", &keys.sign("GET", url.as_str(), "", time))
}
