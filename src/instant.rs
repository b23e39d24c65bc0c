//! Times as they are written: RFC 3339, in UTC and with whole seconds. `jq` reads no others.

use std::borrow::Cow;

use jiff::Timestamp;
use serde::{Serialize, Serializer};

/// A time of RFC 3339 in UTC and with whole seconds, so that every reader takes it; what is no time with an offset is
/// left as it is.
pub fn whole_seconds(time: &str) -> Cow<'_, str> {
    // What it already is, told in one look.
    if time.len() == "2026-01-31T12:00:00Z".len() && time.ends_with('Z') {
        return Cow::Borrowed(time);
    }
    time.parse().map_or(Cow::Borrowed(time), |time| Cow::Owned(exact(time)))
}

/// Writes a time as [`whole_seconds`] has it.
///
/// # Errors
/// As `output`.
#[expect(clippy::ref_option, reason = "as serde calls it")]
pub fn write_time<S: Serializer>(time: &Option<String>, output: S) -> Result<S::Ok, S::Error> {
    time.as_deref().map(whole_seconds).serialize(output)
}

/// `time` in RFC 3339, in UTC and with whole seconds.
pub fn exact(time: Timestamp) -> String {
    Timestamp::from_second(time.as_second()).unwrap_or(time).to_string()
}

#[cfg(test)]
mod tests {
    use super::whole_seconds;

    #[test]
    fn a_time_has_whole_seconds_in_utc_and_anything_else_is_left() {
        for (time, whole) in [
            ("2026-11-26T07:09:04.6826Z", "2026-11-26T07:09:04Z"),
            ("2026-11-26T07:09:04Z", "2026-11-26T07:09:04Z"),
            ("2026-11-26T07:09:04.999999+02:00", "2026-11-26T05:09:04Z"),
            ("2026-11-26T07:09:04", "2026-11-26T07:09:04"),
            ("", ""),
            ("soon", "soon"),
        ] {
            assert_eq!(whole_seconds(time), whole);
        }
    }
}
