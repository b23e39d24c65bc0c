//! How OVH's requests are signed, as its own clients do it (go-ovh and python-ovh): the SHA-1 of the secrets and of what
//! is sent.

use sha1::{Digest, Sha1};

use crate::{providers::check::Call, secret::Secret};

/// The keys of an application and its consumer.
#[derive(Clone, Copy, Debug)]
pub(super) struct Keys<'a> {
    /// Names the application; not secret by itself.
    pub(super) application_key: &'a Secret,
    pub(super) application_secret: &'a Secret,
    pub(super) consumer_key: &'a Secret,
}

impl Keys<'_> {
    /// `call`, signed as it will be sent at `time`.
    pub(super) fn signed(&self, call: Call, time: i64) -> Call {
        let (method, url, body) = call.sent();
        let signature = self.sign(method, url, body, time);
        call.with("x-ovh-application", self.application_key.expose())
            .with("x-ovh-consumer", self.consumer_key.expose())
            .with("x-ovh-timestamp", &time.to_string())
            .with("x-ovh-signature", &signature)
    }

    /// The value of `X-Ovh-Signature` for exactly what is sent: the URL with its encoded query, the body or nothing,
    /// and the time of the request in OVH's seconds.
    fn sign(&self, method: &str, url: &str, body: &str, time: i64) -> String {
        let mut hash = Sha1::new();
        let (secret, consumer) = (self.application_secret.expose(), self.consumer_key.expose());
        for part in [secret, "+", consumer, "+", method, "+", url, "+", body, "+", &time.to_string()] {
            hash.update(part);
        }
        hash.finalize().iter().fold("$1$".to_owned(), |signature, byte| format!("{signature}{byte:02x}"))
    }
}

#[cfg(test)]
mod tests {
    use super::Keys;
    use crate::secret::Secret;

    #[test]
    fn signatures_are_those_of_the_published_vectors() {
        const AUTH: &str = "https://eu.api.ovh.com/1.0/auth";
        const BODY: &str = r#"{"a":"b","c":"d"}"#;
        let secret = Secret::copied;
        let keys = Keys {
            application_key: &secret("TDPKJdwZwAQPwKX2"),
            application_secret: &secret("9ufkBmLaTQ9nz5yMUlg79taH0GNnzDjk"),
            consumer_key: &secret("5mBuy6SUQcRw2ZUxg0cG68BoDKpED4KY"),
        };
        for (method, url, body, signature) in [
            ("GET", AUTH, "", "$1$e9556054b6309771395efa467c22e627407461ad"),
            ("POST", AUTH, BODY, "$1$ec2fb5c7a81f64723c77d2e5b609ae6f58a84fc1"),
            ("PUT", AUTH, BODY, "$1$8a75a9e7c8e7296c9dbeda6a2a735eb6bd58ec4b"),
            ("DELETE", AUTH, "", "$1$a1eecd00b3b02b6cf5708b84b9ff42059a950d85"),
            ("GET", "https://eu.api.ovh.com/v1/call", "", "$1$e6e7906d385eb28adcbfbe6b66c1528a42d741ad"),
        ] {
            assert_eq!(keys.sign(method, url, body, 1_457_018_875), signature, "{method} {url}");
        }
    }
}
