//! Whether OVH accepts the keys, and what they may do.
//!
//! `GET /auth/currentCredential` needs no rule of its own (an OVH developer, python-ovh#141). The platform itself
//! proves keys with a signed request for the project.

use super::{
    clock::Clock,
    credential::{Credential, told_end},
    refusal::{code, forbidden, has_actions, new_key, refused, words},
    rules::missing,
    signature::Keys,
};
use crate::{
    http::quote,
    providers::check::{Asking, Call, Ended, Outcome, Probe, Progress, Reply},
};

const KEY: &str = "key";
const PROJECT: &str = "project";

/// The most projects that are named.
const NAMED: usize = 20;

pub(super) fn steps<'p>(probe: &'p mut Probe<'_>) -> Asking<'p> {
    Box::pin(async {
        let mut clock = Clock::ask(probe).await?;
        let skew = clock.doubt();
        probe.passed("time", format!("OVH answers at {}", probe.target.base));
        if let Some(skew) = skew {
            probe.warn(skew);
        }
        let mut reply = probe.ask(KEY, signed(probe, &Credential::PATH, &clock)).await?;
        let is_asked_again = code(&reply) == Some("QUERY_TIME_OUT");
        if is_asked_again {
            clock = Clock::ask(probe).await?;
            reply = probe.ask(KEY, signed(probe, &Credential::PATH, &clock)).await?;
        }
        key(probe, &reply, &clock)?;
        if is_asked_again {
            let detail =
                "not looked at: OVH's time had to be asked for twice, and a check asks four times at most";
            probe.unknown(PROJECT, detail, ["try again"]);
            return Ok(());
        }
        project(probe, &clock).await
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
    let (told, warning) = told_end(&credential, clock);
    probe.passed(KEY, format!("OVH accepts it{whose}; {told}"));
    if let Some(warning) = warning {
        probe.warn(warning);
    }
    if let Some(end) = credential.end {
        probe.expires(end);
    }
    if let Some(addresses) = &credential.addresses {
        probe.warn(format!(
            "OVH takes this key from {addresses} alone: the platform asks from addresses of its own, where it does \
             not work unless those are among them"
        ));
    }
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

/// Whether the key sees the project, and the platform could use it; without an id, which projects it sees.
async fn project(probe: &mut Probe<'_>, clock: &Clock) -> Progress<()> {
    let Some(id) = probe.given.text("project-id").map(str::to_owned) else {
        return projects(probe, clock).await;
    };
    let reply = probe.ask(PROJECT, signed(probe, &["cloud", "project", &id], clock)).await?;
    if !reply.is_good() {
        return Err(unseen(probe, &reply, Some(&id), "GET /cloud/project/*"));
    }
    let name = reply.text("/description").or(reply.text("/projectName"));
    let name = name.map(|name| format!(" ({})", quote(name))).unwrap_or_default();
    // The states of cloud.project.ProjectStatusEnum in OVH's API.
    let (state, hint, is_over) = match reply.text("/status") {
        Some("ok") => {
            probe.passed(PROJECT, format!("the key sees {id}{name}, which is in use"));
            return Ok(());
        }
        Some("creating") => {
            probe.passed(PROJECT, format!("the key sees {id}{name}"));
            probe.warn("OVH is still making this project: clusters have to wait for that");
            return Ok(());
        }
        Some("suspended") => (
            "is suspended",
            "pay what is due or ask OVH's support: OVH Control Panel > Public Cloud > the project",
            false,
        ),
        Some("deleting") => ("is being deleted", "use another project: it cannot be brought back", true),
        Some("deleted") => ("was deleted", "use another project: it cannot be brought back", true),
        state => {
            let state = state.map_or("no state".to_owned(), |state| format!("the state {}", quote(state)));
            let detail = format!("the key sees {id}{name}, with {state}");
            probe.unknown(PROJECT, detail, ["look at it in OVH Control Panel > Public Cloud"]);
            return Ok(());
        }
    };
    probe.lacks(PROJECT, format!("{id}{name} {state}"), (Vec::new(), is_over), [hint]);
    Ok(())
}

async fn projects(probe: &mut Probe<'_>, clock: &Clock) -> Progress<()> {
    const STEP: &str = "projects";
    let reply = probe.ask(STEP, signed(probe, &["cloud", "project"], clock)).await?;
    let Some(ids) = ids(&reply) else { return Err(unseen(probe, &reply, None, "GET /cloud/project")) };
    if ids.is_empty() {
        let hint = "make one in OVH Control Panel > Public Cloud, with the account that made the key";
        probe.lacks(STEP, "the key sees no public cloud project", (Vec::new(), false), [hint]);
        return Ok(());
    }
    let more = ids.len().saturating_sub(NAMED);
    let more = if more > 0 { format!(" and {more} more") } else { String::new() };
    let named: Vec<String> = ids.iter().take(NAMED).map(|id| quote(id)).collect();
    probe.passed(STEP, format!("the key sees {}{more}", named.join(", ")));
    Ok(())
}

/// The ids in a list of projects.
pub(super) fn ids(reply: &Reply) -> Option<Vec<String>> {
    let list = reply.json.as_ref().filter(|_| reply.status == 200)?.as_array()?;
    list.iter().map(|id| id.as_str().map(str::to_owned)).collect()
}

/// Ends the check where the project, or the list of them, is not shown; `rule` is what the call needs.
fn unseen(probe: &mut Probe<'_>, reply: &Reply, id: Option<&str>, rule: &str) -> Ended {
    match (reply.status, code(reply), id) {
        (403, Some("NOT_GRANTED_CALL"), _) if !has_actions(reply) => {
            let rule = Some(rule.to_owned()).filter(|rule| !probe.report.missing.contains(rule));
            forbidden(probe, PROJECT, reply, rule.into_iter().collect())
        }
        (404 | 460, _, Some(id)) if reply.json.is_some() => {
            let why = if reply.status == 460 { "has expired" } else { "is none that the key sees" };
            let detail = probe.correlated(reply, format!("{id} {why}: {}", reply.answered(&words(reply))));
            let hints = [
                "look at the id in OVH Control Panel > Public Cloud > the project, which belongs to the account that \
                 made the key",
                "leave out --project-id to see which projects the key sees",
            ];
            probe.refused(PROJECT, detail, Outcome::LacksRights, hints)
        }
        _ => refused(probe, PROJECT, reply),
    }
}

/// A signed request for what is at `segments`, with the keys that were given.
fn signed(probe: &Probe<'_>, segments: &[&str], clock: &Clock) -> Call {
    let call = Call::get(probe.url(segments.iter().copied()));
    let secret = |name| probe.given.secret(name);
    let (Some(application_key), Some(application_secret), Some(consumer_key)) =
        (secret("application-key"), secret("application-secret"), secret("consumer-key"))
    else {
        return call;
    };
    Keys { application_key, application_secret, consumer_key }.signed(call, clock.now())
}
