//! Basic authentication (RFC 7617), in buffers that are zeroed.

use base64ct::{Base64, Encoding};
use reqwest::header::HeaderValue;
use zeroize::Zeroizing;

use crate::secret::Secret;

/// The base64 (RFC 4648) of `bytes`, in a buffer that never moves.
fn base64(bytes: &[u8]) -> Secret {
    Secret::new(Base64::encode_string(bytes))
}

/// What follows `Basic ` for this user, and the whole header.
pub(crate) fn basic(username: &str, password: &Secret) -> (Secret, HeaderValue) {
    let mut pair = Zeroizing::new(Vec::with_capacity(username.len() + 1 + password.expose().len()));
    pair.extend_from_slice(username.as_bytes());
    pair.push(b':');
    pair.extend_from_slice(password.expose().as_bytes());
    let encoded = base64(&pair);
    let text = Zeroizing::new(format!("Basic {}", encoded.expose()));
    // Base64 has no character that a header cannot hold.
    let mut header = HeaderValue::from_str(&text).unwrap_or(HeaderValue::from_static("Basic"));
    header.set_sensitive(true);
    (encoded, header)
}

#[cfg(test)]
mod tests {
    use super::{base64, basic};
    use crate::secret::Secret;

    #[test]
    fn base64_is_that_of_the_rfc() {
        for (plain, encoded) in [
            ("", ""),
            ("f", "Zg=="),
            ("fo", "Zm8="),
            ("foo", "Zm9v"),
            ("foob", "Zm9vYg=="),
            ("fooba", "Zm9vYmE="),
            ("foobar", "Zm9vYmFy"),
            ("\u{fb}\u{ff}>", "w7vDvz4="),
        ] {
            assert_eq!(base64(plain.as_bytes()).expose(), encoded);
        }
    }

    #[test]
    fn the_header_is_that_of_the_rfc_and_is_not_printed() {
        let (_, header) = basic("Aladdin", &Secret::copied("open sesame"));
        assert_eq!(header.as_bytes(), b"Basic QWxhZGRpbjpvcGVuIHNlc2FtZQ==");
        assert!(!format!("{header:?}").contains("QWxh"));
    }
}
