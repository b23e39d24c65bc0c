//! Basic authentication (RFC 7617), in buffers that are zeroed.

use reqwest::header::HeaderValue;
use zeroize::Zeroizing;

use crate::secret::Secret;

const ALPHABET: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

/// The base64 (RFC 4648) of `bytes`, in a buffer that never moves.
pub(crate) fn base64(bytes: &[u8]) -> Secret {
    let mut text = String::with_capacity(bytes.len().div_ceil(3) * 4);
    for group in bytes.chunks(3) {
        let byte = |index: usize| usize::from(group.get(index).copied().unwrap_or(0));
        let word = byte(0) << 16 | byte(1) << 8 | byte(2);
        for place in 0..4 {
            let is_padding = place > group.len();
            let letter = ALPHABET[(word >> (18 - 6 * place)) & 63];
            text.push(if is_padding { '=' } else { char::from(letter) });
        }
    }
    Secret::new(text)
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
