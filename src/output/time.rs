//! How long ago: times told as a person would.

use std::time::Duration;

use jiff::Timestamp;

const MINUTE: u64 = 60;
const HOUR: u64 = 60 * MINUTE;
const DAY: u64 = 24 * HOUR;
const MONTH: u64 = 30 * DAY;
const YEAR: u64 = 365 * DAY;

/// `time` (RFC 3339) seen from `now`: `3 minutes ago`, `in 5 hours`, `just now`.
///
/// Counts whole seconds and whole units, rounded down; months have 30 days. `None` if `time` is not a time
/// with an offset.
pub(super) fn relative(time: &str, now: Timestamp) -> Option<String> {
    let then: Timestamp = time.parse().ok()?;
    let distance = now.as_second().abs_diff(then.as_second());
    let (count, unit) = match distance {
        0..10 => return Some("just now".to_owned()),
        10..MINUTE => (distance, "second"),
        MINUTE..HOUR => (distance / MINUTE, "minute"),
        HOUR..DAY => (distance / HOUR, "hour"),
        DAY..MONTH => (distance / DAY, "day"),
        // Days 360 to 364 are not yet a year.
        MONTH..YEAR => ((distance / MONTH).min(11), "month"),
        YEAR.. => (distance / YEAR, "year"),
    };
    let plural = if count == 1 { "" } else { "s" };
    Some(if then < now {
        format!("{count} {unit}{plural} ago")
    } else {
        format!("in {count} {unit}{plural}")
    })
}

/// How far `time` is from now, as a person would tell it: `2 days ago`, `in 5 hours`.
pub fn ago(time: Timestamp) -> String {
    relative(&time.to_string(), Timestamp::now()).unwrap_or_else(|| time.to_string())
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
            ("2026-03-10T12:00:09Z", "just now"),
            ("2026-03-10T11:59:50Z", "10 seconds ago"),
            ("2026-03-10T11:59:00Z", "1 minute ago"),
            ("2026-03-10T11:57:00.123456Z", "3 minutes ago"),
            ("2026-03-10T12:57:00+01:00", "3 minutes ago"),
            ("2026-03-10T11:00:01Z", "59 minutes ago"),
            ("2026-03-10T11:00:00Z", "1 hour ago"),
            ("2026-03-10T17:30:00Z", "in 5 hours"),
            ("2026-03-08T12:00:00Z", "2 days ago"),
            ("2026-02-08T12:00:00Z", "1 month ago"),
            ("2025-03-11T12:00:00Z", "11 months ago"),
            ("2025-03-10T12:00:00Z", "1 year ago"),
            ("2030-03-10T12:00:00Z", "in 4 years"),
            ("0001-01-01T00:00:00Z", "2026 years ago"),
        ] {
            assert_eq!(from(time).as_deref(), Some(told), "{time}");
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
        for time in ["", "yesterday", "2026-03-10", "2026-03-10T12:00:00", "\x1b[2J", "99999-01-01T00:00:00Z"]
        {
            assert_eq!(from(time), None, "{time}");
        }
    }
}
