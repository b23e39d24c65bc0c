//! Requests to OVH: signed with the keys that were given, and with OVH's own time.

use super::{refusal::words, signature::Keys};
use crate::{
    providers::{
        check::{Call, Probe, Progress, Reply},
        clock::Clock,
    },
    secret::Secret,
};

/// Asks OVH for its time, which needs no key.
pub(super) async fn clock(probe: &mut Probe<'_>) -> Progress<Clock> {
    const STEP: &str = "time";
    let reply = probe.ask(STEP, Call::get(probe.url(["auth", "time"]))).await?;
    let Some(clock) = time(&reply) else { return Err(probe.unclear(STEP, &reply, &words(&reply))) };
    Ok(clock)
}

/// The time that OVH answers: a number of seconds since 1970, and nothing else.
pub(super) fn time(reply: &Reply) -> Option<Clock> {
    Clock::at(reply.json.as_ref().filter(|_| reply.status == 200)?.as_i64()?)
}

/// A signed request for what is at `segments`.
pub(super) fn get(probe: &Probe<'_>, segments: &[&str], clock: &Clock) -> Call {
    let call = Call::get(probe.url(segments.iter().copied()));
    signed(probe, call, probe.given.secret("consumer-key"), clock)
}

/// `call`, signed with the application that was given, for the owner of `consumer_key`. Without all keys it stays as it
/// is, which OVH refuses.
pub(super) fn signed(probe: &Probe<'_>, call: Call, consumer_key: Option<&Secret>, clock: &Clock) -> Call {
    let secret = |name| probe.given.secret(name);
    let (Some(application_key), Some(application_secret), Some(consumer_key)) =
        (secret("application-key"), secret("application-secret"), consumer_key)
    else {
        return call;
    };
    Keys { application_key, application_secret, consumer_key }.signed(call, clock.now())
}
