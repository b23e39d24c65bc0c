//! OVH's time, by which requests are signed: the clock of this machine is not asked for it.

use std::time::Instant;

use jiff::Timestamp;

use super::refusal::words;
use crate::providers::check::{Call, Probe, Progress, Reply};

/// The most seconds that the clock of this machine may be away from OVH's without a word.
const SKEW: i64 = 60;

/// Where the time is asked for, without a signature.
pub(super) const PATH: [&str; 2] = ["auth", "time"];

/// What time it is at OVH, since it was asked once.
#[derive(Clone, Copy, Debug)]
pub(super) struct Clock {
    then: Timestamp,
    asked: Instant,
}

impl Clock {
    /// Asks OVH.
    pub(super) async fn ask(probe: &mut Probe<'_>) -> Progress<Self> {
        const STEP: &str = "time";
        let reply = probe.ask(STEP, Call::get(probe.url(PATH))).await?;
        let Some(clock) = Self::read(&reply) else {
            return Err(probe.unclear(STEP, &reply, &words(&reply)));
        };
        Ok(clock)
    }

    /// The time that OVH answers: a number of seconds since 1970, and nothing else.
    pub(super) fn read(reply: &Reply) -> Option<Self> {
        let seconds = reply.json.as_ref().filter(|_| reply.status == 200)?.as_i64()?;
        let then = Timestamp::from_second(seconds).ok().filter(|_| seconds > 0)?;
        Some(Self { then, asked: Instant::now() })
    }

    /// The time now, in seconds.
    pub(super) fn now(&self) -> i64 {
        let since = i64::try_from(self.asked.elapsed().as_secs()).unwrap_or_default();
        self.then.as_second().saturating_add(since)
    }

    /// How far the clock of this machine is away, where that is worth a word.
    pub(super) fn doubt(&self) -> Option<String> {
        let off = Timestamp::now().as_second() - self.now();
        let way = if off > 0 { "ahead of" } else { "behind" };
        (off.abs() > SKEW)
            .then(|| format!("the clock of this machine is {} s {way} OVH's: OVH's time was used", off.abs()))
    }
}
