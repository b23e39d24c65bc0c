//! The time at a provider, for requests that are signed with it: the clock of this machine is not asked for it.

use std::time::Instant;

use jiff::Timestamp;

/// The most seconds that the clock of this machine may be away without a word.
const SKEW: i64 = 60;

/// What time it is there, since it was asked once.
#[derive(Clone, Copy, Debug)]
pub(super) struct Clock {
    then: Timestamp,
    asked: Instant,
}

impl Clock {
    /// One that shows `seconds` since 1970 now; `None` for what is no time.
    pub(super) fn at(seconds: i64) -> Option<Self> {
        let then = Timestamp::from_second(seconds).ok().filter(|_| seconds > 0)?;
        Some(Self { then, asked: Instant::now() })
    }

    /// The time now, in seconds since 1970.
    pub(super) fn now(&self) -> i64 {
        let since = i64::try_from(self.asked.elapsed().as_secs()).unwrap_or_default();
        self.then.as_second().saturating_add(since)
    }

    /// How far the clock of this machine is away from that of `title`, where that is worth a word.
    pub(super) fn doubt(&self, title: &str) -> Option<String> {
        let off = Timestamp::now().as_second().saturating_sub(self.now());
        let way = if off > 0 { "ahead of" } else { "behind" };
        let told = || {
            format!(
                "the clock of this machine is {} s {way} {title}'s: {title}'s time is used",
                off.unsigned_abs()
            )
        };
        (off.unsigned_abs() > SKEW.unsigned_abs()).then(told)
    }
}
