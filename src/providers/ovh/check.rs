//! Whether OVH accepts the keys, and what they may do.
//!
//! `GET /auth/currentCredential` needs no rule of its own (an OVH developer, python-ovh#141). The platform itself
//! proves keys with a signed request for the project.

use super::{
    credential::Credential,
    project,
    refusal::{code, has_actions, new_key, refused, words},
    rules::missing,
    signed::{clock, get},
};
use crate::{
    http::quote,
    providers::{
        check::{Asking, Ended, Outcome, Probe, Progress, Reply},
        clock::Clock,
    },
};

const KEY: &str = "key";

pub(super) fn steps<'p>(probe: &'p mut Probe<'_>) -> Asking<'p> {
    Box::pin(async {
        let mut time = clock(probe).await?;
        let skew = time.doubt("OVH");
        probe.passed("time", format!("OVH answers at {}", probe.target.base));
        if let Some(skew) = skew {
            probe.warn(skew);
        }
        let mut reply = probe.ask(KEY, get(probe, &Credential::PATH, &time)).await?;
        let is_asked_again = code(&reply) == Some("QUERY_TIME_OUT");
        if is_asked_again {
            time = clock(probe).await?;
            reply = probe.ask(KEY, get(probe, &Credential::PATH, &time)).await?;
        }
        key(probe, &reply, &time)?;
        if is_asked_again {
            let detail =
                "not looked at: OVH's time had to be asked for twice, and a check asks four times at most";
            probe.unknown(project::STEP, detail, ["try again"]);
            return Ok(());
        }
        project::seen(probe, &time).await
    })
}

/// Whose the consumer key is, whether it counts and until when, and the rules that it lacks.
fn key(probe: &mut Probe<'_>, reply: &Reply, clock: &Clock) -> Progress<()> {
    if code(reply) == Some("NOT_GRANTED_CALL") && !has_actions(reply) {
        let detail = probe.correlated(reply, reply.answered(&words(reply)));
        probe.unknown(KEY, format!("{detail}: it may not look at itself"), [new_key(probe)]);
        return Ok(());
    }
    let Some(credential) = Credential::read(reply) else {
        return Err(refused(probe, KEY, reply));
    };
    probe.report.account = credential.whose();
    let whose = credential.whose().map(|whose| format!(": {whose}")).unwrap_or_default();
    let new_key = new_key(probe);
    let mut ended = |why: String, outcome, hint: &str| {
        let detail = probe.correlated(reply, format!("{why}{whose}"));
        probe.refused(KEY, detail, outcome, [hint.to_owned(), new_key.clone()])
    };
    match credential.status.as_str() {
        "validated" => {}
        "pendingValidation" => {
            let hint = "open the page whose address came with this consumer key, and agree there";
            return Err(ended(
                "nobody has validated this consumer key yet".to_owned(),
                Outcome::Refused,
                hint,
            ));
        }
        "refused" => {
            let hint = "a key that was refused on OVH's page stays refused";
            return Err(ended(
                "this consumer key was refused on OVH's page".to_owned(),
                Outcome::Refused,
                hint,
            ));
        }
        "expired" => {
            let at = credential.end.map(|end| format!(" at {end}")).unwrap_or_default();
            let hint = "choose a longer validity, or an unlimited one, on OVH's page";
            return Err(ended(format!("this consumer key expired{at}"), Outcome::Expired, hint));
        }
        other => {
            let detail =
                format!("OVH calls this consumer key {}, which is not known here{whose}", quote(other));
            let detail = probe.correlated(reply, detail);
            probe.unknown(KEY, detail, ["ask OVH's support, or make another key"]);
            return Err(Ended);
        }
    }
    probe.passed(KEY, format!("OVH accepts it{whose}; {}", credential.told_end(clock)));
    for doubt in credential.doubts(clock) {
        probe.warn(doubt);
    }
    probe.report.end = credential.end;
    match missing(credential.rules.as_ref()) {
        None => {
            probe.unknown("rules", "OVH does not say which rules the key has", [new_key]);
        }
        Some(missing) if missing.is_empty() => {
            probe.passed("rules", "all five that the platform needs");
        }
        Some(missing) => {
            let detail = format!("missing: {}", missing.join(", "));
            let hint = "the rules of a key cannot be changed".to_owned();
            probe.lacks("rules", detail, (missing, false), [hint, new_key]);
        }
    }
    Ok(())
}
