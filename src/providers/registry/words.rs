//! What a registry says when it refuses.

use serde_json::Value;

#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Words {
    pub(super) codes: Vec<String>,
    pub(super) text: Option<String>,
}

/// Where others than the distribution specification put their text.
const TEXTS: [&str; 5] = ["details", "detail", "message", "error_description", "error"];

impl Words {
    /// Reads `{"errors": [{"code", "message"}]}`, and the forms that others have. Anything else says nothing.
    pub(super) fn of(body: &[u8]) -> Self {
        let Ok(Value::Object(body)) = serde_json::from_slice::<Value>(body) else { return Self::default() };
        let errors = body.get("errors").and_then(Value::as_array).map_or(&[] as &[Value], Vec::as_slice);
        let of_errors =
            |key: &'static str| errors.iter().take(10).filter_map(move |error| error[key].as_str());
        let codes = of_errors("code").map(str::to_owned).collect();
        let text = of_errors("message")
            .chain(TEXTS.iter().filter_map(|key| body.get(*key)?.as_str()))
            .chain(of_errors("code"))
            .find(|text| !text.trim().is_empty());
        Self { codes, text: text.map(str::to_owned) }
    }

    pub(super) fn has(&self, code: &str) -> bool {
        self.codes.iter().any(|one| one.eq_ignore_ascii_case(code))
    }

    /// Whether it says that it is the user name or the password that is wrong.
    pub(super) fn blames_the_password(&self) -> bool {
        let text = self.text.as_deref().unwrap_or_default().to_ascii_lowercase();
        ["password", "credential", "username", "user name", "token"].iter().any(|word| text.contains(word))
    }

    pub(super) fn says_expired(&self) -> bool {
        self.text.as_ref().is_some_and(|text| text.to_ascii_lowercase().contains("expired"))
    }
}

#[cfg(test)]
mod tests {
    use super::Words;

    #[test]
    fn the_words_of_every_registry_are_read() {
        for (body, codes, text) in [
            (
                r#"{"errors":[{"code":"DENIED","message":"requested access to the resource is denied","detail":null}]}"#,
                &["DENIED"] as &[&str],
                Some("requested access to the resource is denied"),
            ),
            (r#"{"errors":[{"code":"NAME_UNKNOWN"}]}"#, &["NAME_UNKNOWN"], Some("NAME_UNKNOWN")),
            (r#"{"details":"incorrect username or password"}"#, &[], Some("incorrect username or password")),
            (r#"{"error":"unauthorized"}"#, &[], Some("unauthorized")),
            (r#"{"errors":{"a":1},"message":7}"#, &[], None),
            ("[]", &[], None),
            ("<html>", &[], None),
            ("", &[], None),
        ] {
            let words = Words::of(body.as_bytes());
            let found: Vec<&str> = words.codes.iter().map(String::as_str).collect();
            assert_eq!((found.as_slice(), words.text.as_deref()), (codes, text), "{body}");
        }
    }

    #[test]
    fn words_about_the_password_are_told_from_others() {
        let blames = |text: &str| Words { codes: Vec::new(), text: Some(text.into()) }.blames_the_password();
        for text in [
            "incorrect username or password",
            "Bad Credentials",
            "Token failed verification: parse",
            "wrong password",
        ] {
            assert!(blames(text), "{text}");
        }
        for text in ["authentication required, visit https://aka.ms/acr/authorization", "denied", ""] {
            assert!(!blames(text), "{text}");
        }
    }

    #[test]
    fn an_end_that_has_passed_is_heard() {
        let expired = br#"{"errors":[{"code":"DENIED","message":"Your authorization token has Expired."}]}"#;
        assert!(Words::of(expired).says_expired() && Words::of(expired).has("denied"));
        assert!(!Words::of(b"{}").says_expired());
    }
}
