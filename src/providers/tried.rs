//! What the platform says of secrets that it tried at their provider before it stored them.
//!
//! It has no codes for that: its sentences are told apart by their words, whatever the provider's name, the letter
//! case and the punctuation. A sentence that is not known stays what it was.

use serde_json::Value;

use super::cloud::{Plain, Provider};
use crate::error::{Error, ErrorKind, Hint, Run};

/// What came of the try.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Tried {
    /// The provider does not take the secrets.
    Rejected,
    /// It takes them, and they may not do what was asked.
    Denied,
    /// The platform got no answer from it.
    Unreachable,
    /// It answered with this status, which says neither.
    Answered(u16),
    /// It was not asked: behind a jump host that is left to the making of a cluster.
    Later,
}

impl Tried {
    /// Reads one of the platform's sentences.
    pub fn read(message: &str) -> Option<Self> {
        let lower = message.to_lowercase();
        let words: Vec<&str> =
            lower.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).collect();
        let after = |wanted: &[&str]| {
            let at = words.windows(wanted.len()).position(|some| some == wanted)?;
            words.get(at + wanted.len()..)
        };
        // Behind `the`, a few words may say which.
        let names_secrets = |rest: &[&str]| {
            let secrets = ["token", "tokens", "key", "keys", "secret", "credential", "credentials"];
            rest.iter().take(4).any(|word| secrets.contains(word))
        };
        if after(&["accepted", "connection", "test", "runs"]).is_some() {
            return Some(Self::Later);
        }
        if let Some(rest) = after(&["accepted", "the"])
            && names_secrets(rest)
            && (rest.contains(&"denied") || rest.contains(&"lacks"))
        {
            return Some(Self::Denied);
        }
        if after(&["rejected", "the"]).is_some_and(names_secrets) {
            return Some(Self::Rejected);
        }
        if after(&["could", "not", "reach", "the"]).is_some_and(|rest| rest.contains(&"api")) {
            return Some(Self::Unreachable);
        }
        let code = after(&["returned", "http"])?.first()?.parse().ok()?;
        (100..600).contains(&code).then_some(Self::Answered(code))
    }
}

impl Provider {
    /// Builds the error of a credential `name` with the fields `given`, which was not stored because of what the
    /// provider said, if `error` gives such a cause. It is never about the login to the platform, whatever status that answered.
    pub fn untaken(&self, error: &Error, name: &str, given: &[(&Plain, Value)]) -> Option<Error> {
        if error.kind() == ErrorKind::Conflict {
            return None;
        }
        let tried = error.causes().iter().find_map(|cause| Tried::read(cause))?;
        let kind = match tried {
            Tried::Rejected => ErrorKind::Authentication,
            Tried::Denied => ErrorKind::Permission,
            Tried::Unreachable | Tried::Answered(_) => ErrorKind::Failure,
            Tried::Later => return None,
        };
        let start = Error::new(kind, format!("cannot create the {} credential {name}", self.title));
        let error = error.causes().iter().fold(start, Error::cause);
        Some(self.next_steps(tried, given).into_iter().fold(error, Error::hint))
    }

    fn next_steps(&self, tried: Tried, given: &[(&Plain, Value)]) -> Vec<Hint> {
        let check = || {
            let run = Run::new(format!("credentials {} check", self.slug));
            let due = given.iter().filter(|(field, _)| field.is_due() && !field.is_for_storing);
            let run = due.fold(run, |run, (field, value)| {
                run.arg(format!("--{}", field.name)).arg(value.as_str().unwrap_or_default())
            });
            Hint::run(&format!("ask {} itself with", self.title), run)
        };
        match tried {
            Tried::Rejected => {
                vec![format!("make a new one, and copy it whole: {}", self.where_from).into(), check()]
            }
            Tried::Denied => vec![format!("make one with these rights: {}", self.where_from).into(), check()],
            Tried::Unreachable | Tried::Answered(_) => {
                let again = Hint::from("nothing was stored: try again in a while");
                let own = self.switch_of("jumphost").map(|host| {
                    Hint::from(format!(
                        "the platform has to reach the API at --api-url from outside, or by way of --{}",
                        host.name
                    ))
                });
                [Some(again), own].into_iter().flatten().collect()
            }
            Tried::Later => Vec::new(),
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::Tried;

    #[test]
    fn the_platform_s_sentences_are_known_whoever_they_are_about_and_however_they_are_written() {
        for (message, tried) in [
            ("Hetzner rejected the API token.", Tried::Rejected),
            ("api_token: Hetzner rejected the API token.", Tried::Rejected),
            ("OVH rejected the supplied keys.", Tried::Rejected),
            ("PROXMOX VE REJECTED THE TOKEN SECRET!", Tried::Rejected),
            ("Hetzner accepted the token but denied the request.", Tried::Denied),
            ("OVH accepted the keys but the consumer key lacks the required permissions.", Tried::Denied),
            ("ovh accepted the keys, but the consumer key lacks required permissions", Tried::Denied),
            ("Could not reach the Hetzner API.", Tried::Unreachable),
            ("could not reach the Proxmox VE API", Tried::Unreachable),
            ("UpCloud returned HTTP 503.", Tried::Answered(503)),
            ("DigitalOcean returned HTTP  429", Tried::Answered(429)),
            ("Proxmox accepted; connection test runs during cluster provisioning.", Tried::Later),
        ] {
            assert_eq!(Tried::read(message), Some(tried), "{message}");
        }
    }

    #[test]
    fn other_sentences_are_not() {
        for message in [
            "",
            ".",
            "name: already taken",
            "The platform rejected the name",
            "rejected the request because the name in it is no token of good style",
            "Hetzner accepted the token",
            "Could not reach the database",
            "Hetzner returned HTTP",
            "Hetzner returned HTTP 99",
            "Hetzner returned HTTP 5031",
            "Hetzner returned HTTPS 503",
            "permission_denied",
            "accepted",
        ] {
            assert_eq!(Tried::read(message), None, "{message}");
        }
    }
    proptest! {
        #[test]
        fn a_sentence_is_known_amid_any_blanks_and_marks_and_no_text_is_too_much(
            text in "\\PC{0,80}", mark in "[ .,:;!\u{a0}\u{2026}\n]{1,4}",
        ) {
            let _ = Tried::read(&text);
            let sentence = "Hetzner rejected the API token".replace(' ', &mark);
            prop_assert_eq!(Tried::read(&sentence), Some(Tried::Rejected));
            let long = format!("{text} {} returned HTTP 502", "x ".repeat(1_000));
            prop_assert!(Tried::read(&long).is_some());
        }
    }
}
