//! How long ago: times told as a person would.

use std::{borrow::Cow, time::Duration};

use jiff::Timestamp;
use serde::{Serialize, Serializer};

use crate::instant::{exact, read};

const MINUTE: u64 = 60;
const HOUR: u64 = 60 * MINUTE;
const DAY: u64 = 24 * HOUR;
const MONTH: u64 = 30 * DAY;
const YEAR: u64 = 365 * DAY;

/// When something expires.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub enum End {
    At(Timestamp),
    Never,
    /// Nobody has said.
    #[default]
    Unknown,
}

/// What is known of an end: `None` is nothing.
impl From<Option<Timestamp>> for End {
    fn from(time: Option<Timestamp>) -> Self {
        time.map_or(Self::Unknown, Self::At)
    }
}

impl End {
    /// The time, if there is one.
    pub const fn time(self) -> Option<Timestamp> {
        match self {
            Self::At(time) => Some(time),
            Self::Never | Self::Unknown => None,
        }
    }

    /// Whether it was before `now`, or is.
    pub fn is_past(self, now: Timestamp) -> bool {
        self.time().is_some_and(|time| time <= now)
    }

    /// In words: seen from `now`, or as it is.
    pub(super) fn words(self, now: Option<Timestamp>) -> Cow<'static, str> {
        match self {
            Self::At(time) => Cow::Owned(match now {
                Some(now) if time <= now => format!("expired {}", seen_from(time, now)),
                Some(now) => seen_from(time, now),
                None => exact(time),
            }),
            Self::Never => Cow::Borrowed("never"),
            Self::Unknown => Cow::Borrowed("unknown"),
        }
    }
}

/// RFC 3339, `"never"`, or null where it is not known.
impl Serialize for End {
    fn serialize<S: Serializer>(&self, output: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::At(time) => exact(*time).serialize(output),
            Self::Never => output.serialize_str("never"),
            Self::Unknown => output.serialize_none(),
        }
    }
}

/// `time` (RFC 3339) seen from `now`: `just now`, `3 minutes ago`, `in 5 hours`. `None` if it is not a time with an
/// offset.
pub(super) fn relative(time: &str, now: Timestamp) -> Option<String> {
    let then = read(time)?;
    let passed = now.as_second() - then.as_second();
    Some(if (0..10).contains(&passed) { "just now".to_owned() } else { seen_from(then, now) })
}

/// Counts whole seconds, and rounds to whole units; months have 30 days.
fn seen_from(then: Timestamp, now: Timestamp) -> String {
    let distance = now.as_second().abs_diff(then.as_second());
    let rounded = |unit: u64| (distance + unit / 2) / unit;
    let (count, unit) = if distance == 0 {
        return "just now".to_owned();
    } else if distance < MINUTE {
        (distance, "second")
    } else if rounded(MINUTE) < 60 {
        (rounded(MINUTE), "minute")
    } else if rounded(HOUR) < 24 {
        (rounded(HOUR), "hour")
    } else if rounded(DAY) < 30 {
        (rounded(DAY), "day")
    } else if rounded(MONTH) < 12 {
        (rounded(MONTH), "month")
    } else {
        // Days 345 to 364 are twelve months.
        (rounded(YEAR).max(1), "year")
    };
    let plural = if count == 1 { "" } else { "s" };
    if then < now { format!("{count} {unit}{plural} ago") } else { format!("in {count} {unit}{plural}") }
}

/// How far `time` is from now, as a person would tell it: `2 days ago`, `in 5 hours`.
pub fn ago(time: Timestamp) -> String {
    seen_from(time, Timestamp::now())
}

/// A duration in its two largest units, rounded down: `5 h 48 min`, `30 s`.
pub fn duration(duration: Duration) -> String {
    let seconds = duration.as_secs();
    match seconds {
        0..MINUTE => format!("{seconds} s"),
        MINUTE..HOUR => format!("{} min {} s", seconds / MINUTE, seconds % MINUTE),
        HOUR..DAY => format!("{} h {} min", seconds / HOUR, seconds % HOUR / MINUTE),
        DAY.. => format!("{} d {} h", seconds / DAY, seconds % DAY / HOUR),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn from(time: &str) -> Option<String> {
        relative(time, "2026-03-10T12:00:00Z".parse().unwrap())
    }

    #[test]
    fn each_unit_has_its_words() {
        for (time, told) in [
            ("2026-03-10T12:00:00Z", "just now"),
            ("2026-03-10T11:59:51Z", "just now"),
            ("2026-03-10T12:00:09Z", "in 9 seconds"),
            ("2026-03-10T11:59:50Z", "10 seconds ago"),
            ("2026-03-10T11:59:00Z", "1 minute ago"),
            ("2026-03-10T11:57:00.123456Z", "3 minutes ago"),
            ("2026-03-10T12:57:00+01:00", "3 minutes ago"),
            ("2026-03-10T11:57:31Z", "2 minutes ago"),
            ("2026-03-10T11:57:29Z", "3 minutes ago"),
            ("2026-03-10T11:00:31Z", "59 minutes ago"),
            ("2026-03-10T11:00:30Z", "1 hour ago"),
            ("2026-03-10T23:59:59Z", "in 12 hours"),
            ("2026-03-11T11:59:59Z", "in 1 day"),
            ("2026-03-10T11:00:00Z", "1 hour ago"),
            ("2026-03-10T17:29:59Z", "in 5 hours"),
            ("2026-03-08T12:00:00Z", "2 days ago"),
            ("2026-02-08T12:00:00Z", "1 month ago"),
            ("2025-03-11T12:00:00Z", "1 year ago"),
            ("2025-03-10T12:00:00Z", "1 year ago"),
            ("2025-04-10T12:00:00Z", "11 months ago"),
            ("2030-03-10T12:00:00Z", "in 4 years"),
            ("0001-01-01T00:00:00Z", "2027 years ago"),
        ] {
            assert_eq!(from(time).as_deref(), Some(told), "{time}");
        }
    }

    #[test]
    fn what_expired_never_reads_like_what_is_about_to() {
        let now: Timestamp = "2026-03-10T12:00:00.9Z".parse().unwrap();
        for (end, words, written) in [
            (
                End::At("2026-03-10T11:59:58.5Z".parse().unwrap()),
                "expired 2 seconds ago",
                "\"2026-03-10T11:59:58Z\"",
            ),
            (
                End::At("2026-03-10T12:00:00.1Z".parse().unwrap()),
                "expired just now",
                "\"2026-03-10T12:00:00Z\"",
            ),
            (End::At("2026-03-10T12:00:02Z".parse().unwrap()), "in 2 seconds", "\"2026-03-10T12:00:02Z\""),
            (End::Never, "never", "\"never\""),
            (End::Unknown, "unknown", "null"),
        ] {
            assert_eq!(
                (end.words(Some(now)).as_ref(), serde_json::to_string(&end).unwrap().as_str()),
                (words, written)
            );
            assert_eq!(end.is_past(now), words.starts_with("expired"));
        }
    }

    #[test]
    fn a_duration_is_told_in_its_two_largest_units() {
        for (seconds, told) in [
            (0, "0 s"),
            (59, "59 s"),
            (60, "1 min 0 s"),
            (3_599, "59 min 59 s"),
            (20_930, "5 h 48 min"),
            (90_000, "1 d 1 h"),
        ] {
            assert_eq!(duration(Duration::from_secs(seconds)), told);
        }
    }

    #[test]
    fn what_is_not_a_time_is_left_to_the_caller() {
        for time in ["", "yesterday", "2026-03-10", "\x1b[2J", "99999-01-01T00:00:00Z"] {
            assert_eq!(from(time), None, "{time}");
        }
    }
}
