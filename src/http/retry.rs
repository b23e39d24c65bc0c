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
    use super::backoff;

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
