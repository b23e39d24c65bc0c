//! What an OCI registry and its token service answer, and what that says.

use reqwest::header::HeaderValue;

use super::{
    probe::{Ended, Probe, Progress, Reply, Trusted},
    report::Verdict,
    url::place,
    words::Words,
};

/// What an answer says about reading the path.
pub(super) enum Reading {
    /// It is let in, and there is something.
    Yes,
    /// It is let in, and there is nothing (yet).
    Nothing,
    Refused,
    /// Neither: the registry does not know the address.
    NotFound,
    /// Not an answer of a registry.
    Other,
}

impl Probe<'_> {
    /// Asks, and ends the check where the answer says nothing about credentials. Only the first `most`
    /// bytes of the answer are read.
    pub(super) async fn ask(
        &mut self,
        step: &'static str,
        url: &Trusted,
        authorization: Option<HeaderValue>,
        most: usize,
    ) -> Progress<Reply> {
        match self.get(url, authorization, most).await {
            Ok(reply) => self.usable(step, &reply).map(|()| reply),
            Err(fault) => Err(self.fault(step, &place(&url.0), &fault)),
        }
    }

    /// Ends the check where the answer is none of an OCI registry.
    pub(super) fn not_a_registry(&mut self, step: &'static str, reply: &Reply) -> Ended {
        let detail = format!("{}, which no OCI registry answers here", reply.answered());
        let hint =
            "for a classic Helm repository, which has an index.yaml, give a URL that begins with https://";
        self.failed(step, detail, Verdict::NotARegistry, ["check the registry URL", hint])
    }
}

/// Whether it is a JSON object, or nothing at all.
pub(super) fn is_object(reply: &Reply) -> bool {
    matches!(serde_json::from_slice(&reply.body), Ok(serde_json::Value::Object(_)))
        || reply.body.iter().all(u8::is_ascii_whitespace)
}

pub(super) fn reading(reply: &Reply) -> Reading {
    match reply.status.as_u16() {
        200 if is_object(reply) => Reading::Yes,
        401 | 403 => Reading::Refused,
        404 if Words::of(&reply.body).has("NAME_UNKNOWN") => Reading::Nothing,
        404 => Reading::NotFound,
        // The path is none that the registry could have: a refusal in its own words.
        400 if !Words::of(&reply.body).codes.is_empty() => Reading::NotFound,
        _ => Reading::Other,
    }
}
