//! Times as they are written: RFC 3339, in UTC and with whole seconds. `jq` reads no others.

use std::borrow::Cow;

use jiff::{Timestamp, civil::DateTime, tz::TimeZone};
use serde::{Serialize, Serializer};

/// The instant that `time` stands for: RFC 3339, or the same without an offset, which is UTC. `None` if it is neither.
pub fn read(time: &str) -> Option<Timestamp> {
    let bare = || TimeZone::UTC.to_timestamp(time.parse::<DateTime>().ok()?).ok();
    // A date alone is no instant.
    time.parse().ok().or_else(|| bare().filter(|_| time.len() >= "2026-01-31T12:00:00".len()))
}

/// `time` as this program writes times; `None` if it is none.
pub fn whole_seconds(time: &str) -> Option<Cow<'_, str>> {
    // What it already is, told in one look.
    let bytes = time.as_bytes();
    let is_whole = bytes.len() == "2026-01-31T12:00:00Z".len()
        && bytes.ends_with(b"Z")
        && bytes.starts_with(b"20")
        && bytes[10] == b'T';
    if is_whole { Some(Cow::Borrowed(time)) } else { read(time).map(|time| Cow::Owned(exact(time))) }
}

/// Writes a time as [`whole_seconds`] has it; what is no time is as if nothing were known.
///
/// # Errors
/// As `output`.
#[expect(clippy::ref_option, reason = "as serde calls it")]
pub fn write_time<S: Serializer>(time: &Option<String>, output: S) -> Result<S::Ok, S::Error> {
    time.as_deref().and_then(whole_seconds).serialize(output)
}

/// `time` in RFC 3339, in UTC and with whole seconds.
pub fn exact(time: Timestamp) -> String {
    Timestamp::from_second(time.as_second()).unwrap_or(time).to_string()
}

#[cfg(test)]
mod tests {
    use super::whole_seconds;

    #[test]
    fn a_time_has_whole_seconds_in_utc_and_anything_else_is_none() {
        for (time, whole) in [
            ("2026-11-26T07:09:04.6826Z", Some("2026-11-26T07:09:04Z")),
            ("2026-11-26T07:09:04Z", Some("2026-11-26T07:09:04Z")),
            ("2026-11-26T07:09:04.999999+02:00", Some("2026-11-26T05:09:04Z")),
            // As servers write it that know of no time zones.
            ("2026-11-26T07:09:04", Some("2026-11-26T07:09:04Z")),
            ("2026-11-26T07:09:04.123456", Some("2026-11-26T07:09:04Z")),
            ("2026-11-26 07:09:04", Some("2026-11-26T07:09:04Z")),
            ("2026-11-26", None),
            ("0000-00-00", None),
            ("", None),
            ("soon", None),
        ] {
            assert_eq!(whole_seconds(time).as_deref(), whole, "{time}");
        }
    }
}
