//! Tokens that a registry gives out for a password, or for nothing.

use reqwest::header::HeaderValue;
use serde::Deserialize;
use zeroize::Zeroizing;

use super::expiry::jwt_claims;
use crate::secret::Secret;

/// Longer than any token of a registry; a header could not hold it.
const LONGEST: usize = 64 << 10;

/// A token, ready to be sent.
pub(super) struct BearerToken {
    pub(super) secret: Secret,
    pub(super) header: HeaderValue,
    /// Whether it says whom it was given to: one that anybody gets does not.
    pub(super) names_somebody: bool,
}

#[derive(Deserialize)]
struct TokenReply {
    token: Option<Zeroizing<String>>,
    access_token: Option<Zeroizing<String>>,
}

impl BearerToken {
    /// Reads the answer of a token service.
    pub(super) fn of(body: &[u8]) -> Option<Self> {
        let answer: TokenReply = serde_json::from_slice(body).ok()?;
        let found = [answer.token, answer.access_token].into_iter().flatten();
        let text = found.into_iter().find(|text| !text.is_empty())?;
        if text.len() > LONGEST || !text.bytes().all(|byte| byte.is_ascii_graphic()) {
            return None;
        }
        let whole = Zeroizing::new(format!("Bearer {}", text.as_str()));
        let mut header = HeaderValue::from_str(&whole).ok()?;
        header.set_sensitive(true);
        let names_somebody = subject(&text).is_some_and(|subject| !subject.trim().is_empty());
        Some(Self { secret: Secret::copied(&text), header, names_somebody })
    }
}

/// The `sub` of a JWT (RFC 7519), which the registries' token format leaves empty for nobody in
/// particular. The signature is not looked at: who says it is the service that was asked.
fn subject(token: &str) -> Option<String> {
    jwt_claims(token)?.subject().map(str::to_owned)
}

#[cfg(test)]
mod tests {
    use base64ct::{Base64UrlUnpadded, Encoding};

    use super::{BearerToken, subject};

    fn jwt(claims: &str) -> String {
        format!("eyJhbGciOiJFUzI1NiJ9.{}.c2ln", Base64UrlUnpadded::encode_string(claims.as_bytes()))
    }

    #[test]
    fn the_subject_of_a_token_is_read() {
        assert_eq!(subject(&jwt(r#"{"sub":"octocat","aud":"x"}"#)).as_deref(), Some("octocat"));
        assert_eq!(subject(&jwt(r#"{"sub":"é?>~"}"#)).as_deref(), Some("é?>~"));
        assert_eq!(subject(&jwt(r#"{"sub":""}"#)).as_deref(), Some(""));
        for none in
            [jwt("{}"), jwt(r#"{"sub":7}"#), "djE6b2N0b2NhdA==".into(), "a.b.c".into(), "a.!.c".into()]
        {
            assert_eq!(subject(&none), None, "{none}");
        }
    }

    #[test]
    fn either_name_of_a_token_will_do() {
        for body in
            [r#"{"token":"abc"}"#, r#"{"access_token":"abc"}"#, r#"{"token":"","access_token":"abc"}"#]
        {
            let token = BearerToken::of(body.as_bytes()).unwrap();
            assert_eq!((token.secret.expose(), token.header.as_bytes()), ("abc", b"Bearer abc".as_slice()));
            assert!(!token.names_somebody && !format!("{:?}", token.header).contains("abc"));
        }
        let named = format!(r#"{{"token":"{}"}}"#, jwt(r#"{"sub":"octocat"}"#));
        assert!(BearerToken::of(named.as_bytes()).unwrap().names_somebody);
    }

    #[test]
    fn what_is_no_token_is_refused() {
        for body in ["", "{}", "[]", r#"{"token":""}"#, r#"{"token":"a b"}"#, r#"{"token":"a\nb"}"#, "<html>"]
        {
            assert!(BearerToken::of(body.as_bytes()).is_none(), "{body}");
        }
        assert!(BearerToken::of(format!(r#"{{"token":"{}"}}"#, "a".repeat(70_000)).as_bytes()).is_none());
    }
}
