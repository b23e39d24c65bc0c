//! What OVH's errors say of a key, by their `errorCode` (go-ovh and python-ovh branch on it too).

use super::{endpoint::Endpoint, rules::page};
use crate::{
    http::quote,
    providers::check::{Ended, Outcome, Probe, Reply},
};

/// The code of an error.
pub(super) fn code(reply: &Reply) -> Option<&str> {
    reply.text("/errorCode").filter(|_| (400..500).contains(&reply.status))
}

/// What OVH says of an error.
pub(super) fn words(reply: &Reply) -> [Option<&str>; 2] {
    [code(reply), reply.text("/message")]
}

/// How another key is made where these are not the right ones.
pub(super) fn new_key(probe: &Probe<'_>) -> String {
    let endpoint = Endpoint::at(&probe.target.base).unwrap_or(Endpoint::PLATFORM);
    format!("make new keys, with all the rights that the platform needs: {}", page(endpoint))
}

/// Ends the check with what an error says against the keys, or where it says nothing of them.
pub(super) fn refused(probe: &mut Probe<'_>, step: &'static str, reply: &Reply) -> Ended {
    let base = &probe.target.base;
    let (outcome, hint) = match code(reply) {
        Some("INVALID_KEY") => {
            let place = Endpoint::at(base).map_or("this address", |one| one.name);
            let others = Endpoint::others(base);
            let hint = format!(
                "{place} does not know this application key: it is not whole, was deleted, or is one of {others}, \
                 where these keys were not tried"
            );
            (Outcome::Refused, hint)
        }
        Some("NOT_CREDENTIAL") => (
            Outcome::Refused,
            "OVH does not know this consumer key: it is not whole, or belongs to another endpoint".to_owned(),
        ),
        Some("INVALID_CREDENTIAL") => (
            Outcome::Refused,
            "this consumer key was never validated, or was refused on OVH's page, or has expired, or was deleted: \
             OVH does not say which"
                .to_owned(),
        ),
        Some("INVALID_SIGNATURE") => (
            Outcome::Refused,
            "the application secret is not that of this application key, or not whole; some have met this with a \
             consumer key that was not validated yet"
                .to_owned(),
        ),
        Some("QUERY_TIME_OUT") => {
            let detail = probe.correlated(reply, reply.answered(&words(reply)));
            let hint = "OVH took its own time, asked for just before, for wrong twice: look at the clock of this \
                        machine, and whether a proxy keeps the answers of /auth/time";
            probe.unknown(step, detail, [hint]);
            return Ended;
        }
        Some("FORBIDDEN" | "NOT_GRANTED_CALL") => return forbidden(probe, step, reply, Vec::new()),
        _ if has_actions(reply) => return forbidden(probe, step, reply, Vec::new()),
        _ => return probe.unclear(step, reply, &words(reply)),
    };
    let detail = probe.correlated(reply, reply.answered(&words(reply)));
    let hints = [hint, new_key(probe)];
    probe.refused(step, detail, outcome, hints)
}

/// Ends the check where a call is not allowed to the keys, which lack the rules `missing`.
pub(super) fn forbidden(
    probe: &mut Probe<'_>,
    step: &'static str,
    reply: &Reply,
    missing: Vec<String>,
) -> Ended {
    let by_key = actions(reply, "unauthorizedActionsByAuthentication");
    let by_policy = actions(reply, "unauthorizedActionsByIAM");
    let mut detail = reply.answered(&words(reply));
    let mut hints = Vec::new();
    if !missing.is_empty() {
        hints.push("the rules of a key cannot be changed".to_owned());
    }
    if let Some(actions) = &by_policy {
        detail = format!("{detail}; not allowed by the policies of the account (IAM): {actions}");
        hints.push(format!(
            "allow these actions to the user in OVH Control Panel > Identity and access management: {actions}"
        ));
    }
    if let Some(actions) = &by_key {
        detail = format!("{detail}; not allowed to this key: {actions}");
    }
    if by_policy.is_none() || by_key.is_some() {
        hints.push(new_key(probe));
    }
    let detail = probe.correlated(reply, detail);
    let missing = missing.into_iter().chain(by_key).chain(by_policy).collect();
    probe.lacks(step, detail, (missing, true), hints);
    Ended
}

/// Whether the policies of the account refuse something.
pub(super) fn has_actions(reply: &Reply) -> bool {
    ["unauthorizedActionsByAuthentication", "unauthorizedActionsByIAM"]
        .iter()
        .any(|name| actions(reply, name).is_some())
}

/// The actions that `details` names, as OVH writes them: with commas between.
fn actions(reply: &Reply, name: &str) -> Option<String> {
    let named = reply.text(&format!("/details/{name}")).filter(|_| reply.status == 403)?;
    let actions: Vec<&str> = named.split(',').map(str::trim).filter(|one| !one.is_empty()).collect();
    (!actions.is_empty()).then(|| quote(&actions.join(", ")))
}
