//! Times of the platform, whose fractions have as many digits as happen to be there.

use std::borrow::Cow;

use jiff::Timestamp;
use serde::{Deserialize, Deserializer};

/// A time in RFC 3339, in UTC and with whole seconds, so that every reader takes it; what is no time with an offset
/// is left as it is.
pub(super) fn whole_seconds(time: &str) -> Cow<'_, str> {
    // What it already is, told in one look.
    if time.len() == "2026-01-31T12:00:00Z".len() && time.ends_with('Z') {
        return Cow::Borrowed(time);
    }
    let whole = time.parse::<Timestamp>().and_then(|time| Timestamp::from_second(time.as_second()));
    whole.map_or(Cow::Borrowed(time), |time| Cow::Owned(time.to_string()))
}

/// Reads a time that may be missing.
pub(super) fn read<'de, D: Deserializer<'de>>(input: D) -> Result<Option<String>, D::Error> {
    Ok(Option::<String>::deserialize(input)?.map(|time| whole_seconds(&time).into_owned()))
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
