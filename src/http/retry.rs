//! When a read is tried again.

use std::time::Duration;

use rand_core::{OsRng, RngCore};
use reqwest::header::HeaderValue;

/// 200 ms, doubled with each try, times 0.5 to 1.5 so that many clients do not return together.
pub(crate) fn backoff(attempt: u32) -> Duration {
    let jitter = 500 + OsRng.next_u32() % 1000;
    Duration::from_millis(200 << (attempt - 1)) * jitter / 1000
}

/// Seconds or an HTTP date (RFC 9110, 10.2.3); a date in the past is zero; nonsense is `None`.
pub(crate) fn parse_retry_after(value: &HeaderValue) -> Option<Duration> {
    let text = value.to_str().ok()?.trim();
    if !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit()) {
        return Some(Duration::from_secs(text.parse().unwrap_or(u64::MAX)));
    }
    let until = jiff::fmt::rfc2822::DateTimeParser::new().parse_timestamp(text).ok()?;
    Some(Duration::try_from(until.duration_since(jiff::Timestamp::now())).unwrap_or(Duration::ZERO))
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use reqwest::header::HeaderValue;

    use super::{backoff, parse_retry_after};

    #[test]
    fn h32_retry_after_is_seconds_or_a_date() {
        let parse = |text: &'static str| parse_retry_after(&HeaderValue::from_static(text));
        assert_eq!(parse("0"), Some(Duration::ZERO));
        assert_eq!(parse("1"), Some(Duration::from_secs(1)));
        assert_eq!(parse("1000000000"), Some(Duration::from_secs(1_000_000_000)));
        assert_eq!(parse("99999999999999999999999"), Some(Duration::from_secs(u64::MAX)));
        assert_eq!(parse("Sun, 06 Nov 1994 08:49:37 GMT"), Some(Duration::ZERO));
        assert!(
            parse("Fri, 31 Dec 2100 23:59:59 GMT").is_some_and(|wait| wait > Duration::from_secs(1_000_000))
        );
        assert_eq!(parse("soon"), None);
        assert_eq!(parse("-1"), None);
        assert_eq!(parse(""), None);
    }

    #[test]
    fn waits_grow_and_vary_within_bounds() {
        for attempt in 1..=2 {
            let whole = 200 << (attempt - 1);
            for _ in 0..100 {
                let wait = backoff(attempt).as_millis();
                assert!((whole / 2..=whole * 3 / 2).contains(&wait), "{wait}");
            }
        }
    }
}
