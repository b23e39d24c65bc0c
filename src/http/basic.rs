//! Basic authentication (RFC 7617), in buffers that are zeroed.

use base64ct::{Base64, Encoding};
use reqwest::header::HeaderValue;
use zeroize::Zeroizing;

use crate::secret::Secret;

/// What follows `Basic ` for this user, and the whole header.
pub(crate) fn basic(username: &str, password: &Secret) -> (Secret, HeaderValue) {
    let mut pair = Zeroizing::new(Vec::with_capacity(username.len() + 1 + password.expose().len()));
    pair.extend_from_slice(username.as_bytes());
    pair.push(b':');
    pair.extend_from_slice(password.expose().as_bytes());
    let encoded = Secret::new(Base64::encode_string(&pair));
    let text = Zeroizing::new(format!("Basic {}", encoded.expose()));
    // Base64 has no character that a header cannot hold.
    let mut header = HeaderValue::from_str(&text).unwrap_or(HeaderValue::from_static("Basic"));
    header.set_sensitive(true);
    (encoded, header)
}

#[cfg(test)]
mod tests {
    use super::basic;
    use crate::secret::Secret;

    #[test]
    fn the_header_is_that_of_the_rfc_and_is_not_printed() {
        let (_, header) = basic("Aladdin", &Secret::copied("open sesame"));
        assert_eq!(header.as_bytes(), b"Basic QWxhZGRpbjpvcGVuIHNlc2FtZQ==");
        assert!(!format!("{header:?}").contains("QWxh"));
    }
}
