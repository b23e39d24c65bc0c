//! What OVH says of a consumer key (`api.Credential`).

use jiff::Timestamp;
use serde_json::Value;

use crate::{
    http::quote,
    providers::{check::Reply, clock::Clock},
};

/// Fewer days are short for a key that clusters depend on.
const SHORT: i64 = 90;

const DAY: i64 = 24 * 3_600;

/// A consumer key as OVH describes it.
#[derive(Debug)]
pub(super) struct Credential {
    /// `validated`, `pendingValidation`, `refused` or `expired`.
    pub(super) status: String,
    /// The ids of the application and of the key itself.
    ids: [Option<u64>; 2],
    /// When it expires, where that can be read.
    pub(super) end: Option<Timestamp>,
    /// Whether OVH says that it never does.
    is_endless: bool,
    /// From where alone it is taken.
    pub(super) addresses: Option<String>,
    pub(super) rules: Option<Value>,
}

impl Credential {
    /// Where OVH describes the key that a request is signed with.
    pub(super) const PATH: [&str; 2] = ["auth", "currentCredential"];

    /// `None`: the answer describes none.
    pub(super) fn read(reply: &Reply) -> Option<Self> {
        let status = reply.text("/status").filter(|_| reply.status == 200)?.to_owned();
        let number = |name| reply.at(name).and_then(Value::as_u64);
        let addresses = reply.at("/allowedIPs").map(|addresses| {
            let named = addresses.as_array().map(|all| all.iter().filter_map(Value::as_str).collect());
            let named: Vec<&str> = named.unwrap_or_default();
            if named.is_empty() { "certain addresses".to_owned() } else { quote(&named.join(", ")) }
        });
        Some(Self {
            status,
            ids: [number("/applicationId"), number("/credentialId")],
            end: reply.text("/expiration").and_then(|text| text.parse().ok()),
            is_endless: reply.json.as_ref()?.get("expiration").is_some_and(Value::is_null),
            addresses,
            rules: reply.at("/rules").cloned(),
        })
    }

    /// The id of the key.
    pub(super) fn id(&self) -> Option<u64> {
        self.ids[1]
    }

    /// Whose it is: `application 12, key 34`.
    pub(super) fn whose(&self) -> Option<String> {
        let named = ["application", "key"].iter().zip(self.ids);
        let named: Vec<String> = named.filter_map(|(name, id)| Some(format!("{name} {}", id?))).collect();
        (!named.is_empty()).then(|| named.join(", "))
    }

    /// When it expires, in words.
    pub(super) fn told_end(&self, clock: &Clock) -> String {
        match self.end {
            Some(end) => format!("it expires at {end}, {}", in_time(end, clock)),
            None if self.is_endless => "it does not expire".to_owned(),
            None => "when it expires is not known".to_owned(),
        }
    }

    /// What works today and may not work for the platform: many keys are made with the short validity that OVH's page
    /// offers first.
    pub(super) fn doubts(&self, clock: &Clock) -> Vec<String> {
        let end = self.end.filter(|end| days_to(*end, clock) < SHORT).map(|end| {
            let in_time = in_time(end, clock);
            format!(
                "this consumer key expires {in_time}, at {end}: then the platform can do nothing with it. An unlimited \
                 validity can be chosen on OVH's page, for a new key"
            )
        });
        let addresses = self.addresses.as_ref().map(|addresses| {
            format!(
                "OVH takes this key from {addresses} alone: the platform asks from addresses of its own, where it does \
                 not work unless those are among them"
            )
        });
        end.into_iter().chain(addresses).collect()
    }
}

fn days_to(end: Timestamp, clock: &Clock) -> i64 {
    end.as_second().saturating_sub(clock.now()).max(0) / DAY
}

fn in_time(end: Timestamp, clock: &Clock) -> String {
    match days_to(end, clock) {
        0 => "within a day".to_owned(),
        1 => "in 1 day".to_owned(),
        days => format!("in {days} days"),
    }
}
