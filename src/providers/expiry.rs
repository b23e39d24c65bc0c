//! When a secret expires, if it says so itself.

use base64ct::{Base64, Base64Unpadded, Base64UrlUnpadded, Encoding};
use jiff::Timestamp;
use serde::Deserialize;
use zeroize::Zeroizing;

use crate::secret::Secret;

/// The longest text that is looked at: no token is longer.
const LONGEST: usize = 64 << 10;

/// When `secret` expires; `None` if it does not say.
///
/// Read are a JSON Web Token's `exp` (RFC 7519, 4.1.4: seconds since 1970), and the `expiration` of
/// the base64 text that `aws ecr get-login-password` prints (seconds as well). Neither is verified:
/// it is what the secret says of itself.
#[expect(clippy::cast_possible_truncation, reason = "a value that is out of range is no time either way")]
pub fn expiry_of(secret: &Secret) -> Option<Timestamp> {
    let text = secret.expose().trim();
    let seconds = match jwt_claims(text) {
        Some(claims) => claims.exp?,
        None => ecr_expiration(text)?,
    };
    // A fraction is cut off.
    Timestamp::from_second(seconds as i64).ok()
}

#[derive(Deserialize)]
pub(super) struct Claims {
    exp: Option<f64>,
    sub: Option<serde_json::Value>,
}

/// The claims of `text`, if it is a JSON Web Token in its compact form (RFC 7515, 3.1).
pub(super) fn jwt_claims(text: &str) -> Option<Claims> {
    let mut parts = text.split('.');
    let (header, claims, signature) = (parts.next()?, parts.next()?, parts.next()?);
    if text.len() > LONGEST || parts.next().is_some() || header.is_empty() || signature.is_empty() {
        return None;
    }
    json(&Zeroizing::new(Base64UrlUnpadded::decode_vec(claims.trim_end_matches('=')).ok()?))
}

/// The end in `text`, if it looks like what `aws ecr get-login-password` prints: base64 of an object
/// that has one.
pub(super) fn ecr_expiration(text: &str) -> Option<f64> {
    #[derive(Deserialize)]
    struct Password {
        expiration: f64,
    }
    json(&base64_bytes(text)?).map(|Password { expiration }| expiration)
}

/// The bytes of base64 text, padded or not. What was decoded of other text is zeroed too.
pub(super) fn base64_bytes(text: &str) -> Option<Zeroizing<Vec<u8>>> {
    if text.is_empty() || text.len() > LONGEST {
        return None;
    }
    let mut bytes = Zeroizing::new(vec![0; text.len()]);
    let padded = Base64::decode(text, &mut bytes).map(<[u8]>::len);
    let length = padded.or_else(|_| Base64Unpadded::decode(text, &mut bytes).map(<[u8]>::len));
    bytes.truncate(length.ok()?);
    Some(bytes)
}

fn json<'a, T: Deserialize<'a>>(bytes: &'a [u8]) -> Option<T> {
    // An array would be read as the fields in their order.
    bytes.trim_ascii_start().starts_with(b"{").then(|| serde_json::from_slice(bytes).ok())?
}

impl Claims {
    /// Whom it stands for, if that is text.
    pub(super) fn subject(&self) -> Option<&str> {
        self.sub.as_ref()?.as_str()
    }
}

#[cfg(test)]
mod tests {
    use base64ct::{Base64, Base64Unpadded, Base64UrlUnpadded, Encoding};
    use proptest::prelude::*;

    use super::expiry_of;
    use crate::secret::Secret;

    fn end(text: &str) -> Option<String> {
        expiry_of(&Secret::copied(text)).map(|time| time.to_string())
    }

    fn jwt(claims: &str) -> String {
        let part = |text: &str| Base64UrlUnpadded::encode_string(text.as_bytes());
        format!("{}.{}.{}", part(r#"{"alg":"RS256"}"#), part(claims), part("signature"))
    }

    #[test]
    fn a_json_web_token_tells_its_end() {
        for (claims, told) in [
            (r#"{"sub":"a","exp":1800000000}"#, Some("2027-01-15T08:00:00Z")),
            (r#"{"exp":1800000000.75,"aud":["a",{"b":1}]}"#, Some("2027-01-15T08:00:00Z")),
            (r#"{"exp":1.8e9}"#, Some("2027-01-15T08:00:00Z")),
            (r#"{"exp":0}"#, Some("1970-01-01T00:00:00Z")),
            (r#"{"exp":"1800000000"}"#, None),
            (r#"{"exp":99999999999999999999999}"#, None),
            (r#"{"exp":null}"#, None),
            (r#"{"sub":17,"exp":1800000000}"#, Some("2027-01-15T08:00:00Z")),
            (r#"{"iat":1800000000}"#, None),
            ("[1800000000]", None),
            ("{", None),
        ] {
            assert_eq!(end(&jwt(claims)).as_deref(), told, "{claims}");
        }
    }

    #[test]
    fn an_ecr_password_tells_its_end() {
        let body =
            r#"{"payload":"x==","datakey":"y","version":"2","type":"DATA_KEY","expiration":1800000000}"#;
        for text in [
            Base64::encode_string(body.as_bytes()),
            Base64Unpadded::encode_string(body.as_bytes()),
            format!("{}\n", Base64::encode_string(body.as_bytes())),
        ] {
            assert_eq!(end(&text).as_deref(), Some("2027-01-15T08:00:00Z"), "{text}");
        }
    }

    #[test]
    fn what_is_neither_tells_none() {
        for text in ["", "ghp_abc", "a.b.c", "..", "a.b", "e30=", "{}", r#"{"expiration":1800000000}"#] {
            assert_eq!(end(text), None, "{text}");
        }
        assert_eq!(end(&"e".repeat(1 << 20)), None);
        assert_eq!(end(&jwt(&format!("{{\"exp\":1,\"a\":{}", "[".repeat(30_000)))), None);
    }

    proptest! {
        #[test]
        fn any_text_is_survived(text in "\\PC{0,200}", claims in "\\PC{0,80}") {
            let _ = end(&text);
            let _ = end(&jwt(&claims));
            let _ = end(&Base64::encode_string(claims.as_bytes()));
        }
    }
}
