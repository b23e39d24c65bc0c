//! Tokens that a registry gives out for a password, or for nothing.

use reqwest::header::HeaderValue;
use zeroize::Zeroizing;

use super::{
    expiry::{Claims, jwt_claims},
    members::Members,
};
use crate::http::hide;

/// Longer than any token of a registry; a header could not hold it.
const LONGEST: usize = 64 << 10;

/// A token, ready to be sent.
pub(super) struct BearerToken {
    pub(super) header: HeaderValue,
    /// Whether it says whom it was given to: one that anybody gets does not.
    pub(super) names_somebody: bool,
}

impl BearerToken {
    /// Reads the answer of a token service. The token is kept out of what is shown from then on.
    pub(super) fn of(body: &[u8]) -> Option<Self> {
        let answer = Members::read(body).ok()?;
        let text =
            [answer.text("token"), answer.text("access_token")].into_iter().find(|text| !text.is_empty())?;
        if text.len() > LONGEST || !text.bytes().all(|byte| byte.is_ascii_graphic()) {
            return None;
        }
        hide(text);
        let mut header = HeaderValue::from_str(&Zeroizing::new(format!("Bearer {text}"))).ok()?;
        header.set_sensitive(true);
        // The `sub` of a JWT (RFC 7519), which the registries' token format leaves empty for nobody in
        // particular. The signature is not looked at: who says it is the service that was asked.
        let claims = jwt_claims(text);
        let subject = claims.as_ref().and_then(Claims::subject);
        Some(Self { header, names_somebody: subject.is_some_and(|subject| !subject.trim().is_empty()) })
    }
}

#[cfg(test)]
mod tests {
    use base64ct::{Base64UrlUnpadded, Encoding};

    use super::BearerToken;

    fn jwt(claims: &str) -> String {
        format!("eyJhbGciOiJFUzI1NiJ9.{}.c2ln", Base64UrlUnpadded::encode_string(claims.as_bytes()))
    }

    #[test]
    fn a_token_may_name_whom_it_was_given_to() {
        for (token, names_somebody) in [
            (jwt(r#"{"sub":"octocat","aud":"x"}"#), true),
            (jwt(r#"{"sub":"é?>~"}"#), true),
            (jwt(r#"{"sub":""}"#), false),
            (jwt("{}"), false),
            (jwt(r#"{"sub":7}"#), false),
            ("djE6b2N0b2NhdA==".into(), false),
            ("a.b.c".into(), false),
            ("a.!.c".into(), false),
        ] {
            let found = BearerToken::of(format!(r#"{{"token":"{token}"}}"#).as_bytes()).unwrap();
            assert_eq!(found.names_somebody, names_somebody, "{token}");
        }
    }

    #[test]
    fn either_name_of_a_token_will_do() {
        for body in
            [r#"{"token":"abc"}"#, r#"{"access_token":"abc"}"#, r#"{"token":"","access_token":"abc"}"#]
        {
            let header = BearerToken::of(body.as_bytes()).unwrap().header;
            assert_eq!(header.as_bytes(), b"Bearer abc");
            assert!(!format!("{header:?}").contains("abc"));
        }
    }

    #[test]
    fn what_is_no_token_is_refused() {
        for body in ["", "{}", "[]", r#"{"token":""}"#, r#"{"token":"a b"}"#, r#"{"token":"a\nb"}"#, "<html>"]
        {
            assert!(BearerToken::of(body.as_bytes()).is_none(), "{body}");
        }
        for (length, is_token) in [(64 << 10, true), ((64 << 10) + 1, false)] {
            let body = format!(r#"{{"token":"{}"}}"#, "a".repeat(length));
            assert_eq!(BearerToken::of(body.as_bytes()).is_some(), is_token, "{length}");
        }
    }
}
